/* The key that signs the journal's checkpoints: a file beside the database, not in it. */
#ifndef ONDO_CLI_SIGNING_KEY_H
#define ONDO_CLI_SIGNING_KEY_H

#include "system.h"

enum { SIGNING_KEY_SIZE = 64, SIGNING_PUBLIC_SIZE = 32 };

/**
 * Reads the Ed25519 secret key from ONDO_KEY_FILE or `ondo.key` in the database's folder, and makes
 * it when there is none.
 */
MUST_USE Status signing_key_load(const System *system, unsigned char key[static SIGNING_KEY_SIZE]);

/** The public key of that file; STATUS_NOT_FOUND when there is none. */
MUST_USE Status signing_key_public(const System *system,
                                   unsigned char key[static SIGNING_PUBLIC_SIZE]);

#endif

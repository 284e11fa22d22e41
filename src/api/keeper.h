/*
 * The keeper: one thread beside the server that seals the journal, tells the event streams, runs
 * the daily rules and sweeps up what has expired.
 */
#ifndef ONDO_API_KEEPER_H
#define ONDO_API_KEEPER_H

#include "call.h"

typedef struct Keeper Keeper;

/** Starts the thread. `secret_key` signs checkpoints (Ed25519) and must outlive the keeper. */
MUST_USE Status keeper_start(Api *api, const unsigned char *secret_key, Keeper **out);
/** Seals what is left, then ends the thread. */
void keeper_stop(Keeper *keeper);

#endif

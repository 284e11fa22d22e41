/*
 * The key lives in a file of its own and not in the database, because it is to prove that whoever
 * can write to the database has not rewritten the journal. Losing it loses nothing but that proof
 * for the time before.
 */
#include "signing_key.h"

#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "files.h"

/* ONDO_KEY_FILE lets the key lie on another disk, or be handed in by a service manager. */
static const char *key_path(const System *system) {
    const char *path = getenv("ONDO_KEY_FILE");
    if (path && *path) return path;
    return str_join(system->arena, system_folder(system, system->arena), STR("/ondo.key")).data;
}

/* A file of another length is no key; it is refused rather than replaced. */
static Status read_key(const System *system, unsigned char key[static SIGNING_KEY_SIZE]) {
    Str content;
    Status status = files_read(system->arena, key_path(system), &content);
    if (status != STATUS_OK) return status;
    if (content.size != SIGNING_KEY_SIZE) return STATUS_FAILED;
    memcpy(key, content.data, SIGNING_KEY_SIZE);
    return STATUS_OK;
}

Status signing_key_load(const System *system, unsigned char key[static SIGNING_KEY_SIZE]) {
    Status status = read_key(system, key);
    if (status != STATUS_NOT_FOUND) return status;
    unsigned char public_key[SIGNING_PUBLIC_SIZE];
    crypto_sign_keypair(public_key, key);
    /* A database on a server brings no folder along; where it is there, this does nothing. */
    mkdir(system_folder(system, system->arena).data, 0700);
    status = files_write_private(key_path(system),
                                 (Str){.data = (const char *)key, .size = SIGNING_KEY_SIZE});
    /* Two processes that start at once: the one that came first has made it. */
    return status == STATUS_CONFLICT ? read_key(system, key) : status;
}

Status signing_key_public(const System *system, unsigned char key[static SIGNING_PUBLIC_SIZE]) {
    unsigned char secret[SIGNING_KEY_SIZE];
    Status status = read_key(system, secret);
    if (status == STATUS_OK) crypto_sign_ed25519_sk_to_pk(key, secret);
    return status;
}

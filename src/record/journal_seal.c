/*
 * Sealing, signing and verifying. An entry is sealed after the commit of its change: its position
 * cannot be known before, and a counter that every save increments would make all saves wait for
 * each other. Signatures are Ed25519.
 */
#include <sodium.h>

#include "journal_chain.h"

enum { SEAL_GROUP = 2000 };

/* ---- Sealing ---- */

/* The end of the chain: position and hash of the newest sealed entry. */
static Status read_end(Transaction *transaction, int64_t *position, ChainHash *hash) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_query_first(transaction,
                          STR("SELECT \"position\", \"hash\" FROM \"journal\" WHERE "
                              "\"position\" IS NOT NULL ORDER BY \"position\" DESC LIMIT 1"),
                          NULL, 0, &rows);
    *position = 0;
    *hash = (ChainHash){0};
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    *position = store_column(rows, 0, VALUE_INTEGER).integer;
    return chain_hash_from(store_column(rows, 1, VALUE_BYTES), hash) ? STATUS_OK : STATUS_FAILED;
}

/* The position and hash that a committed entry gets. */
typedef struct Seal {
    Id id;
    ChainHash hash;
} Seal;

/* Hashes are computed in one pass and written in a second: a row is not changed while it is read.
 */
static Status compute_seals(Transaction *transaction, int64_t limit, int64_t position,
                            ChainHash hash, Seal *seals, int64_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows,
                              "SELECT " CHAIN_COLUMNS
                              " FROM \"journal\" WHERE \"position\" IS NULL "
                              "ORDER BY \"id\" LIMIT $1",
                              value_integer(limit));
    *count = 0;
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ChainEntry whole = chain_read_entry(rows);
        hash = chain_hash(&hash, ++position, &whole);
        seals[(*count)++] = (Seal){.id = whole.id, .hash = hash};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Runs inside a writing job, so two sealers cannot give the same position (ADR 3). */
Status journal_seal(Transaction *transaction, int64_t limit, int64_t *sealed) {
    int64_t position, count;
    ChainHash hash;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Status status = read_end(transaction, &position, &hash);
    if (status != STATUS_OK) return status;
    Seal *seals = arena_take(arena, (size_t)limit * sizeof(Seal));
    status = compute_seals(transaction, limit, position, hash, seals, &count);
    for (int64_t i = 0; status == STATUS_OK && i < count; i++) {
        status = store_run(transaction,
                           "UPDATE \"journal\" SET \"position\" = $1, \"hash\" = $2 "
                           "WHERE \"id\" = $3",
                           value_integer(position + i + 1), chain_hash_value(&seals[i].hash),
                           value_id(seals[i].id));
    }
    if (status == STATUS_OK) *sealed = count;
    return status;
}

/* A partial index serves: entries without a position are few. */
static Status count_waiting(Transaction *transaction, void *data) {
    bool *waiting = data;
    return store_ask_any(transaction, waiting,
                         "SELECT 1 FROM \"journal\" WHERE \"position\" IS NULL LIMIT 1");
}

static Status seal_group(Transaction *transaction, void *data) {
    return journal_seal(transaction, SEAL_GROUP, data);
}

/* A reading job asks first, so that an idle server writes nothing. */
Status journal_seal_all(Store *store) {
    bool waiting = false;
    int64_t sealed = SEAL_GROUP;
    Status status = store_read(store, count_waiting, &waiting);
    while (status == STATUS_OK && waiting && sealed == SEAL_GROUP) {
        status = store_write(store, seal_group, &sealed);
    }
    return status;
}

/* ---- Checkpoints ---- */

static Status newest_checkpoint(Transaction *transaction, int64_t *out) {
    return store_ask_integer(transaction, out,
                             "SELECT max(\"position\") FROM \"journal_checkpoint\"");
}

/*
 * The chain alone shows that an entry was altered, but whoever can write to the tables could
 * compute it anew from there. A signature with a key that is not in the database shows that too.
 */
Status journal_checkpoint(Transaction *transaction, int64_t now,
                          const unsigned char secret_key[static 64]) {
    int64_t last;
    ChainSigned end = {0};
    Status status = read_end(transaction, &end.position, &end.hash);
    if (status == STATUS_OK) status = newest_checkpoint(transaction, &last);
    if (status != STATUS_OK || end.position == last) return status;
    unsigned char signature[crypto_sign_BYTES], public_key[crypto_sign_PUBLICKEYBYTES];
    crypto_sign_detached(signature, NULL, (const unsigned char *)&end, sizeof end, secret_key);
    crypto_sign_ed25519_sk_to_pk(public_key, secret_key);
    return store_run(
        transaction,
        "INSERT INTO \"journal_checkpoint\" (\"position\", \"hash\", \"at\", \"signature\", "
        "\"public_key\") VALUES ($1, $2, $3, $4, $5)",
        value_integer(end.position), chain_hash_value(&end.hash), value_integer(now),
        value_bytes((Str){.data = (const char *)signature, .size = sizeof signature}),
        value_bytes((Str){.data = (const char *)public_key, .size = sizeof public_key}));
}

/* ---- Verifying ---- */

static void break_at(Arena *arena, JournalVerdict *verdict, const ChainEntry *whole,
                     int64_t position, const char *reason) {
    verdict->intact = false;
    verdict->broken_position = position;
    verdict->reason = reason;
    if (!whole) return;
    verdict->broken_record = str_format(arena, "%.*s %.*s", STR_ARGS(whole->entry.object),
                                        STR_ARGS(id_text(arena, whole->entry.record)));
}

/* Stops at the first entry that does not hold: those behind it follow from it. */
static Status verify_chain(Arena *arena, Transaction *transaction, JournalVerdict *verdict) {
    Rows *rows CLEANUP(store_drop) = NULL;
    ChainHash expected = {0}, stored;
    Status status = store_query(
        transaction,
        STR("SELECT " CHAIN_COLUMNS ", \"hash\" FROM \"journal\" WHERE \"position\" IS NOT NULL "
            "ORDER BY \"position\""),
        NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ChainEntry whole = chain_read_entry(rows);
        int64_t position = ++verdict->entries;
        if (whole.entry.position != position) {
            break_at(arena, verdict, &whole, position, "missing");
            return STATUS_OK;
        }
        expected = chain_hash(&expected, position, &whole);
        if (!chain_hash_from(store_column(rows, 14, VALUE_BYTES), &stored) ||
            sodium_memcmp(&expected, &stored, sizeof stored) != 0) {
            break_at(arena, verdict, &whole, position, "altered");
            return STATUS_OK;
        }
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static bool bytes_into(Value value, unsigned char *out, size_t size) {
    if (value.kind != VALUE_BYTES || value.text.size != size) return false;
    memcpy(out, value.text.data, size);
    return true;
}

/* The hash that was signed must also be the one that the chain has now at that position. */
static bool checkpoint_holds(const Rows *rows, const unsigned char *public_key) {
    ChainSigned claim = {.position = store_column(rows, 0, VALUE_INTEGER).integer};
    ChainHash chain;
    unsigned char signature[crypto_sign_BYTES], stored_key[crypto_sign_PUBLICKEYBYTES];
    if (!chain_hash_from(store_column(rows, 1, VALUE_BYTES), &claim.hash)) return false;
    if (!chain_hash_from(store_column(rows, 4, VALUE_BYTES), &chain)) return false;
    if (!bytes_into(store_column(rows, 2, VALUE_BYTES), signature, sizeof signature)) return false;
    if (!bytes_into(store_column(rows, 3, VALUE_BYTES), stored_key, sizeof stored_key))
        return false;
    if (public_key && sodium_memcmp(public_key, stored_key, sizeof stored_key) != 0) return false;
    return sodium_memcmp(&claim.hash, &chain, sizeof chain) == 0 &&
           crypto_sign_verify_detached(signature, (const unsigned char *)&claim, sizeof claim,
                                       stored_key) == 0;
}

/* Each is checked against the chain as it is now, after the chain itself was found whole. */
static Status verify_checkpoints(Transaction *transaction, const unsigned char *public_key,
                                 JournalVerdict *verdict) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_query(transaction,
                    STR("SELECT c.\"position\", c.\"hash\", c.\"signature\", c.\"public_key\", "
                        "j.\"hash\" FROM \"journal_checkpoint\" AS c LEFT JOIN \"journal\" AS j "
                        "ON j.\"position\" = c.\"position\" ORDER BY c.\"position\""),
                    NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        if (!checkpoint_holds(rows, public_key)) {
            break_at(NULL, verdict, NULL, store_column(rows, 0, VALUE_INTEGER).integer,
                     "signature");
            return STATUS_OK;
        }
        verdict->checkpoints++;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status count_unsealed(Transaction *transaction, JournalVerdict *verdict) {
    return store_ask_integer(transaction, &verdict->unsealed,
                             "SELECT count(*) FROM \"journal\" WHERE \"position\" IS NULL");
}

/* What waits for the sealer cannot be verified yet; it is counted, so that nobody overlooks it. */
Status journal_verify(Arena *arena, Transaction *transaction, const unsigned char *public_key,
                      JournalVerdict *out) {
    JournalVerdict verdict = {.intact = true};
    Status status = verify_chain(arena, transaction, &verdict);
    if (status == STATUS_OK && verdict.intact) {
        status = verify_checkpoints(transaction, public_key, &verdict);
    }
    if (status == STATUS_OK) status = count_unsealed(transaction, &verdict);
    if (status == STATUS_OK) *out = verdict;
    return status;
}

/* Hashes are BLAKE2b (libsodium). docs/api.md tells other programs how to compute them. */
#include "journal_chain.h"

#include <sodium.h>

/* In the order of CHAIN_COLUMNS. Texts are valid until the next row. */
ChainEntry chain_read_entry(const Rows *rows) {
    return (ChainEntry){
        .entry = {.position = store_column_integer(rows, 0),
                  .at = store_column_integer(rows, 1),
                  .by = store_column_id(rows, 2),
                  .via = store_column_text(rows, 3),
                  .object = store_column_text(rows, 4),
                  .record = store_column_id(rows, 5),
                  .version = store_column_integer(rows, 6),
                  .action = store_column_text(rows, 7),
                  .changes = store_column_text(rows, 8),
                  .reason = store_column_text(rows, 9),
                  .batch = store_column_id(rows, 10)},
        .id = store_column_id(rows, 11),
        .cause = store_column_id(rows, 12),
        .session = store_column_id(rows, 13),
    };
}

/* Each part goes in with its length, so that no two different entries give the same stream. */
static void hash_part(crypto_generichash_state *state, const void *data, size_t size) {
    uint64_t length = size;
    crypto_generichash_update(state, (const unsigned char *)&length, sizeof length);
    if (size) crypto_generichash_update(state, data, size);
}

static void hash_integer(crypto_generichash_state *state, int64_t number) {
    hash_part(state, &number, sizeof number);
}

static void hash_text(crypto_generichash_state *state, Str text) {
    hash_part(state, text.data, text.size);
}

static void hash_id(crypto_generichash_state *state, Id id) {
    hash_part(state, id.bytes, sizeof id.bytes);
}

/* The order of the parts is fixed for ever: a change would break every chain there is. */
ChainHash chain_hash(const ChainHash *previous, int64_t position, const ChainEntry *whole) {
    const JournalEntry *entry = &whole->entry;
    crypto_generichash_state state;
    ChainHash hash;
    crypto_generichash_init(&state, NULL, 0, CHAIN_HASH_SIZE);
    hash_part(&state, previous->bytes, CHAIN_HASH_SIZE);
    hash_integer(&state, position);
    hash_id(&state, whole->id);
    hash_integer(&state, entry->at);
    hash_id(&state, entry->by);
    hash_text(&state, entry->via);
    hash_text(&state, entry->object);
    hash_id(&state, entry->record);
    hash_integer(&state, entry->version);
    hash_text(&state, entry->action);
    hash_text(&state, entry->changes);
    hash_text(&state, entry->reason);
    hash_id(&state, entry->batch);
    hash_id(&state, whole->cause);
    hash_id(&state, whole->session);
    crypto_generichash_final(&state, hash.bytes, CHAIN_HASH_SIZE);
    return hash;
}

Value chain_hash_value(const ChainHash *hash) {
    return value_bytes((Str){.data = (const char *)hash->bytes, .size = CHAIN_HASH_SIZE});
}

bool chain_hash_from(Value value, ChainHash *out) {
    if (value.kind != VALUE_BYTES || value.text.size != CHAIN_HASH_SIZE) return false;
    memcpy(out->bytes, value.text.data, CHAIN_HASH_SIZE);
    return true;
}

/* Hashes are BLAKE2b (libsodium). docs/api.md tells other programs how to compute them. */
#include "journal_chain.h"

#include <sodium.h>

static Id id_or_none(Value value) {
    return value.kind == VALUE_ID ? value.id : (Id){0};
}
static Str text_or_empty(Value value) {
    return value.kind == VALUE_TEXT ? value.text : (Str){0};
}

/* In the order of CHAIN_COLUMNS. Texts are valid until the next row. */
ChainEntry chain_read_entry(const Rows *rows) {
    return (ChainEntry){
        .entry = {.position = store_column(rows, 0, VALUE_INTEGER).integer,
                  .at = store_column(rows, 1, VALUE_INTEGER).integer,
                  .by = id_or_none(store_column(rows, 2, VALUE_ID)),
                  .via = text_or_empty(store_column(rows, 3, VALUE_TEXT)),
                  .object = text_or_empty(store_column(rows, 4, VALUE_TEXT)),
                  .record = id_or_none(store_column(rows, 5, VALUE_ID)),
                  .version = store_column(rows, 6, VALUE_INTEGER).integer,
                  .action = text_or_empty(store_column(rows, 7, VALUE_TEXT)),
                  .changes = text_or_empty(store_column(rows, 8, VALUE_TEXT)),
                  .reason = text_or_empty(store_column(rows, 9, VALUE_TEXT)),
                  .batch = id_or_none(store_column(rows, 10, VALUE_ID))},
        .id = id_or_none(store_column(rows, 11, VALUE_ID)),
        .cause = id_or_none(store_column(rows, 12, VALUE_ID)),
        .session = id_or_none(store_column(rows, 13, VALUE_ID)),
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

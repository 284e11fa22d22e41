/*
 * A checkpoint signs the hash of its entry, which holds the hash of the one before, and so on back
 * to the entry asked for: if all of them compute to what is stored and the signature holds, none of
 * them has been altered since it was signed.
 */
#include "journal_proof.h"

#include <sodium.h>

#include "access.h"
#include "clock.h"
#include "journal_chain.h"

/* The signed point that ends a chain: what was claimed, and by which key. */
typedef struct Checkpoint {
    bool there;
    ChainSigned claim;
    int64_t at;
    unsigned char signature[crypto_sign_BYTES], key[crypto_sign_PUBLICKEYBYTES];
} Checkpoint;

/* One entry's proof while it is recomputed. */
typedef struct Proof {
    Context *context;
    JsonWriter *json;
    int64_t position, after;
    ChainHash previous, expected; /* before the entry; of the last one computed */
    Checkpoint checkpoint;
    int64_t checked, shown, next; /* entries; the last one shown when there are more */
    bool entry_holds, chain_holds;
} Proof;

/* ---- Reading ---- */

static bool bytes_into(Value value, unsigned char *out, size_t size) {
    if (value.kind != VALUE_BYTES || value.text.size != size) return false;
    memcpy(out, value.text.data, size);
    return true;
}

/* All zeros before the first entry. */
static Status read_previous(Proof *proof) {
    Rows *rows CLEANUP(store_drop) = NULL;
    if (proof->position == 1) return STATUS_OK;
    Status status = store_ask_first(proof->context->transaction, &rows,
                                    "SELECT \"hash\" FROM \"journal\" WHERE \"position\" = $1",
                                    value_integer(proof->position - 1));
    if (status == STATUS_END) return STATUS_OK; /* removed: then the entry does not hold either */
    if (status != STATUS_OK) return status;
    return chain_hash_from(store_column(rows, 0, VALUE_BYTES), &proof->previous) ? STATUS_OK
                                                                                 : STATUS_FAILED;
}

static Status read_checkpoint(Proof *proof) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Checkpoint *out = &proof->checkpoint;
    Status status = store_ask_first(proof->context->transaction, &rows,
                                    "SELECT \"position\", \"hash\", \"at\", \"signature\", "
                                    "\"public_key\" FROM \"journal_checkpoint\" "
                                    "WHERE \"position\" >= $1 ORDER BY \"position\" LIMIT 1",
                                    value_integer(proof->position));
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    out->claim.position = store_column(rows, 0, VALUE_INTEGER).integer;
    out->at = store_column(rows, 2, VALUE_INTEGER).integer;
    out->there =
        chain_hash_from(store_column(rows, 1, VALUE_BYTES), &out->claim.hash) &&
        bytes_into(store_column(rows, 3, VALUE_BYTES), out->signature, sizeof out->signature) &&
        bytes_into(store_column(rows, 4, VALUE_BYTES), out->key, sizeof out->key);
    return STATUS_OK;
}

/* ---- Writing ---- */

static void write_hex(JsonWriter *json, const char *key, const unsigned char *bytes, size_t size) {
    char text[2 * crypto_sign_BYTES + 1];
    sodium_bin2hex(text, sizeof text, bytes, size);
    json_member_text(json, key, str_of(text));
}

/* Whether the actor may read all that the entry says: its hash is over all of it. */
static bool may_read_whole(Context *context, const JournalEntry *entry) {
    const Object *object = model_object(context->model, entry->object);
    json_t *changes CLEANUP(json_drop) = NULL;
    const char *name;
    json_t *change;
    if (!object) return true;
    if (access_scope(context->actor, object, VERB_READ) == SCOPE_NONE) return false;
    if (json_read(entry->changes, NULL, &changes) != STATUS_OK) return true;
    json_object_foreach(changes, name, change) {
        const Field *field = object_field(object, str_of(name));
        if (field && !access_may_read_field(context->actor, object, field)) return false;
    }
    return true;
}

/* In the order in which they are hashed, and as they are hashed: the changes as a text. */
static void write_entry(Proof *proof, const ChainEntry *whole, const ChainHash *hash) {
    JsonWriter *json = proof->json;
    const JournalEntry *entry = &whole->entry;
    bool readable = may_read_whole(proof->context, entry);
    json_open_object(json);
    json_member_integer(json, "position", entry->position);
    json_member_id(json, "entry", whole->id);
    json_member_integer(json, "at", entry->at);
    json_member_id_or_null(json, "by", entry->by);
    json_member_text(json, "via", entry->via);
    json_member_text(json, "object", entry->object);
    json_member_id_or_null(json, "id", entry->record);
    json_member_integer(json, "version", entry->version);
    json_member_text(json, "action", entry->action);
    json_key(json, STR("changes"));
    if (readable) {
        json_write_text(json, entry->changes);
    } else {
        json_write_null(json);
    }
    json_member_text(json, "reason", entry->reason);
    json_member_id_or_null(json, "batch", entry->batch);
    json_member_id_or_null(json, "cause", whole->cause);
    json_member_id_or_null(json, "session", whole->session);
    json_member_boolean(json, "withheld", !readable);
    write_hex(json, "hash", hash->bytes, CHAIN_HASH_SIZE);
    json_close_object(json);
}

static void write_checkpoint(const Proof *proof, const unsigned char *public_key) {
    JsonWriter *json = proof->json;
    const Checkpoint *checkpoint = &proof->checkpoint;
    json_key(json, STR("checkpoint"));
    if (!checkpoint->there) {
        json_write_null(json);
        return;
    }
    json_open_object(json);
    json_member_integer(json, "position", checkpoint->claim.position);
    json_member_instant(json, "at", checkpoint->at);
    write_hex(json, "hash", checkpoint->claim.hash.bytes, CHAIN_HASH_SIZE);
    write_hex(json, "signature", checkpoint->signature, sizeof checkpoint->signature);
    write_hex(json, "public_key", checkpoint->key, sizeof checkpoint->key);
    json_key(json, STR("own_key"));
    if (public_key) {
        json_write_boolean(json,
                           sodium_memcmp(public_key, checkpoint->key, sizeof checkpoint->key) == 0);
    } else {
        json_write_null(json);
    }
    json_close_object(json);
}

/* ---- Computing ---- */

/* Over what is stored now; what comes after a break follows from it and is not blamed. */
static void check_row(Proof *proof, const ChainEntry *whole, const ChainHash *stored) {
    int64_t position = proof->position + proof->checked;
    proof->expected = chain_hash(&proof->expected, position, whole);
    bool same = whole->entry.position == position &&
                sodium_memcmp(&proof->expected, stored, sizeof *stored) == 0;
    if (!proof->checked++) {
        proof->entry_holds = same;
    } else if (!same) {
        proof->chain_holds = false;
    }
}

static void show_row(Proof *proof, const ChainEntry *whole, const ChainHash *stored) {
    if (proof->checked == 1) {
        json_key(proof->json, STR("entry"));
        write_entry(proof, whole, stored);
        json_key(proof->json, STR("chain"));
        json_open_array(proof->json);
        return;
    }
    if (whole->entry.position <= proof->after) return;
    if (proof->shown == JOURNAL_PROOF_SHOWN) {
        proof->next = proof->next ? proof->next : whole->entry.position - 1;
        return;
    }
    write_entry(proof, whole, stored);
    proof->shown++;
}

static Status walk(Proof *proof) {
    const Checkpoint *checkpoint = &proof->checkpoint;
    int64_t end = checkpoint->there ? checkpoint->claim.position : INT64_MAX;
    Arena *arena = proof->context->arena;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(proof->context->transaction, &rows,
                              "SELECT " CHAIN_COLUMNS
                              ", \"hash\" FROM \"journal\" WHERE \"position\" >= $1 "
                              "AND \"position\" <= $2 ORDER BY \"position\"",
                              value_integer(proof->position), value_integer(end));
    ArenaMark mark = arena_mark(arena);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ChainHash stored = {0};
        ChainEntry whole = chain_read_entry(rows);
        if (!proof->checked && whole.entry.position != proof->position) return STATUS_NOT_FOUND;
        if (!chain_hash_from(store_column(rows, 14, VALUE_BYTES), &stored)) return STATUS_FAILED;
        check_row(proof, &whole, &stored);
        show_row(proof, &whole, &stored);
        arena_rewind(arena, mark);
    }
    if (status == STATUS_END) status = proof->checked ? STATUS_OK : STATUS_NOT_FOUND;
    return status;
}

/* The hash that was signed must also be the one that the chain computes to. */
static bool signature_holds(const Proof *proof) {
    const Checkpoint *checkpoint = &proof->checkpoint;
    return checkpoint->there &&
           proof->position + proof->checked - 1 == checkpoint->claim.position &&
           sodium_memcmp(&checkpoint->claim.hash, &proof->expected, sizeof proof->expected) == 0 &&
           crypto_sign_verify_detached(checkpoint->signature,
                                       (const unsigned char *)&checkpoint->claim,
                                       sizeof checkpoint->claim, checkpoint->key) == 0;
}

/* Without a checkpoint nothing is signed yet; that is said, and is no fault. */
static void write_verdict(const Proof *proof) {
    JsonWriter *json = proof->json;
    bool chain = proof->entry_holds && proof->chain_holds;
    bool signature = signature_holds(proof);
    json_key(json, STR("verified"));
    json_open_object(json);
    json_member_boolean(json, "entry", proof->entry_holds);
    json_member_boolean(json, "chain", chain);
    json_key(json, STR("signature"));
    if (proof->checkpoint.there) {
        json_write_boolean(json, signature);
    } else {
        json_write_null(json);
    }
    json_member_integer(json, "entries", proof->checked);
    json_close_object(json);
    json_member_boolean(json, "holds", chain && (signature || !proof->checkpoint.there));
}

Status journal_proof_write(Context *context, int64_t position, int64_t after,
                           const unsigned char *public_key, JsonWriter *json) {
    Proof proof = {.context = context,
                   .json = json,
                   .position = position,
                   .after = after,
                   .chain_holds = true};
    Status status = read_previous(&proof);
    if (status == STATUS_OK) status = read_checkpoint(&proof);
    if (status != STATUS_OK) return status;
    proof.expected = proof.previous;
    json_open_object(json);
    write_hex(json, "previous_hash", proof.previous.bytes, CHAIN_HASH_SIZE);
    status = walk(&proof);
    if (status != STATUS_OK) return status;
    json_close_array(json);
    json_key(json, STR("next"));
    if (proof.next) {
        json_write_integer(json, proof.next);
    } else {
        json_write_null(json);
    }
    write_checkpoint(&proof, public_key);
    write_verdict(&proof);
    json_close_object(json);
    return STATUS_OK;
}

/*
 * Appending, reading, sealing and verifying the journal. An entry is appended in the transaction of
 * its change and sealed in a later one: the position of an entry cannot be known before its commit,
 * and a counter that every save increments would make all saves wait for each other. Hashes are
 * BLAKE2b (libsodium), signatures Ed25519.
 */
#include "journal.h"

#include <sodium.h>

#include "access.h"
#include "clock.h"
#include "cursor.h"
#include "field.h"

enum { HASH_SIZE = 32, HISTORY_LIMIT_MOST = 200, SEAL_GROUP = 2000 };

static const char *const ACTION_NAMES[] = {
    [CHANGE_CREATE] = "create",
    [CHANGE_UPDATE] = "update",
    [CHANGE_DELETE] = "delete",
    [CHANGE_RESTORE] = "restore",
};

/* ---- Appending ---- */

static void write_field_change(JsonWriter *json, const Field *field, const Value *from,
                               const Value *to) {
    json_key(json, field->name);
    json_open_object(json);
    json_key(json, STR("from"));
    field_write_json(json, field, from);
    json_key(json, STR("to"));
    field_write_json(json, field, to);
    json_close_object(json);
}

/* {"temperature":{"from":"neutral","to":"skeptical"}}: only what differs; a creation from null. */
static Str changes_of(Arena *arena, const Change *change) {
    static const Value NOTHING = {.kind = VALUE_NULL};
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    const Object *object = change->after->object;
    json_open_object(&json);
    for (size_t i = 0; i < object->field_count; i++) {
        const Value *from = change->before ? &change->before->values[i] : &NOTHING;
        const Value *to = &change->after->values[i];
        if (object->fields[i].rollup || value_equal(from, to)) continue;
        write_field_change(&json, &object->fields[i], from, to);
    }
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}

/* What differs between a change and an act; everything else comes from the context. */
typedef struct Line {
    Str object, action, changes;
    Id record;
    int64_t version;
} Line;

/*
 * The one statement that writes entries. Nothing updates one but the sealer, and nothing deletes
 * one.
 */
static Status append(Context *context, const Line *line) {
    const Actor *actor = context->actor;
    return store_run(
        context->transaction,
        "INSERT INTO \"journal\" (\"id\", \"at\", \"actor\", \"via\", \"object\", \"record\", "
        "\"version\", \"action\", \"changes\", \"reason\", \"batch\", \"cause\", \"session\") "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        value_id(id_new(context->now)), value_integer(context->now), value_id_or_null(actor->user),
        value_text(actor->via), value_text(line->object), value_id_or_null(line->record),
        value_integer(line->version), value_text(line->action), value_text(line->changes),
        str_empty(context->reason) ? value_null() : value_text(context->reason),
        value_id_or_null(context->batch), value_id_or_null(context->cause_visit),
        value_id_or_null(actor->session));
}

Status journal_append(Context *context, const Change *change) {
    Line line = {.object = change->after->object->name,
                 .action = str_of(ACTION_NAMES[change->action]),
                 .changes = changes_of(context->arena, change),
                 .record = change->after->id,
                 .version = change->after->version};
    return append(context, &line);
}

Status journal_append_act(Context *context, const char *action, Str object, Id record, Str facts) {
    Line line = {.object = object, .action = str_of(action), .changes = facts, .record = record};
    return append(context, &line);
}

/* ---- Reading ---- */

/* Fields that the model no longer has are shown as they were written: history is not rewritten. */
void journal_write_changes(Context *context, const Object *object, Str changes, JsonWriter *json) {
    json_t *fields CLEANUP(json_drop) = NULL;
    json_open_object(json);
    if (json_read(changes, NULL, &fields) == STATUS_OK) {
        const char *name;
        json_t *node;
        json_object_foreach(fields, name, node) {
            const Field *field = object ? object_field(object, str_of(name)) : NULL;
            if (field && !access_may_read_field(context->actor, object, field)) continue;
            json_key(json, str_of(name));
            json_write_raw(json, json_compact(context->arena, node));
        }
    }
    json_close_object(json);
}

static void write_optional_id(JsonWriter *json, const char *key, Value id) {
    json_key(json, str_of(key));
    if (id.kind == VALUE_ID) {
        json_write_id(json, id.id);
    } else {
        json_write_null(json);
    }
}

static void write_optional_text(JsonWriter *json, const char *key, Value text) {
    json_key(json, str_of(key));
    if (text.kind == VALUE_TEXT) {
        json_write_text(json, text.text);
    } else {
        json_write_null(json);
    }
}

static void write_history_line(Context *context, const Object *object, const Rows *rows,
                               JsonWriter *json) {
    char at[INSTANT_TEXT_SIZE];
    instant_write(store_column(rows, 1, VALUE_INTEGER).integer, at);
    json_open_object(json);
    json_member_text(json, "at", (Str){.data = at, .size = sizeof at});
    write_optional_id(json, "by", store_column(rows, 2, VALUE_ID));
    write_optional_text(json, "by_name", store_column(rows, 8, VALUE_TEXT));
    write_optional_text(json, "via", store_column(rows, 3, VALUE_TEXT));
    json_member_integer(json, "version", store_column(rows, 4, VALUE_INTEGER).integer);
    write_optional_text(json, "action", store_column(rows, 5, VALUE_TEXT));
    json_key(json, STR("changes"));
    journal_write_changes(context, object, store_column(rows, 6, VALUE_TEXT).text, json);
    write_optional_text(json, "reason", store_column(rows, 7, VALUE_TEXT));
    json_close_object(json);
}

/*
 * By id rather than by instant: ids ascend with time and are unique, so a page ends at exactly one.
 */
Status journal_write_history(Context *context, const Object *object, Id id, int64_t limit,
                             Str cursor, JsonWriter *json) {
    static const Str LIST = STR_INIT("history");
    Cursor from = {0};
    if (!str_empty(cursor) && !cursor_read(context->arena, cursor, LIST, &from)) {
        problem_add(context->problem, STR("/cursor"), "cursor");
        return STATUS_INVALID;
    }
    if (limit < 1 || limit > HISTORY_LIMIT_MOST) limit = HISTORY_LIMIT_MOST;
    if (id_none(from.id)) memset(from.id.bytes, 0xFF, sizeof from.id.bytes);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(
        context->transaction, &rows,
        "SELECT j.\"id\", j.\"at\", j.\"actor\", j.\"via\", j.\"version\", j.\"action\", "
        "j.\"changes\", j.\"reason\", u.\"name\" FROM \"journal\" AS j "
        "LEFT JOIN \"user\" AS u ON u.\"id\" = j.\"actor\" "
        "WHERE j.\"object\" = $1 AND j.\"record\" = $2 AND j.\"id\" < $3 "
        "ORDER BY j.\"id\" DESC LIMIT $4",
        value_text(object->name), value_id(id), value_id(from.id), value_integer(limit + 1));
    Id last = {0};
    int64_t count = 0;
    json_open_object(json);
    json_key(json, STR("items"));
    json_open_array(json);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        if (++count > limit) break;
        last = store_column(rows, 0, VALUE_ID).id;
        write_history_line(context, object, rows, json);
    }
    json_close_array(json);
    json_key(json, STR("next"));
    if (count > limit) {
        json_write_text(json, cursor_write(context->arena, LIST, &(Cursor){.id = last}));
    } else {
        json_write_null(json);
    }
    json_close_object(json);
    return status == STATUS_END ? STATUS_OK : status;
}

/* The columns of a whole entry, as read_entry expects them. */
#define ENTRY_COLUMNS                                                                             \
    "\"position\", \"at\", \"actor\", \"via\", \"object\", \"record\", \"version\", \"action\", " \
    "\"changes\", \"reason\", \"batch\", \"id\", \"cause\", \"session\""

/*
 * Everything that is hashed. A column added to the journal must be added here, or it could be
 * altered unnoticed.
 */
typedef struct WholeEntry {
    JournalEntry entry;
    Id id, cause, session;
} WholeEntry;

static Id id_or_none(Value value) {
    return value.kind == VALUE_ID ? value.id : (Id){0};
}
static Str text_or_empty(Value value) {
    return value.kind == VALUE_TEXT ? value.text : (Str){0};
}

/* In the order of ENTRY_COLUMNS. Texts are valid until the next row. */
static WholeEntry read_entry(const Rows *rows) {
    return (WholeEntry){
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

/* Only sealed entries have a position, so a follower never sees one that could still be undone. */
Status journal_each(Transaction *transaction, int64_t position, int64_t limit,
                    JournalVisitor *visit, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows,
                              "SELECT " ENTRY_COLUMNS
                              " FROM \"journal\" WHERE \"position\" > $1 "
                              "ORDER BY \"position\" LIMIT $2",
                              value_integer(position), value_integer(limit));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        WholeEntry whole = read_entry(rows);
        status = visit(data, &whole.entry);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Definitions are no records: who may change them, or read everybody's history, may know. */
static bool is_publication(const JournalEntry *entry) {
    return str_is(entry->object, "definition");
}

/*
 * Asked as a reader of the record would ask; refusals are no errors of the feed, so they are
 * collected in a problem that nobody reads.
 */
Status journal_may_read(Context *context, const JournalEntry *entry, bool *out) {
    const Object *object = model_object(context->model, entry->object);
    Problem quiet = problem_new(context->arena);
    Context asking = *context;
    Record record;
    asking.problem = &quiet;
    *out = false;
    if (is_publication(entry)) {
        *out = access_may(context->actor, STR("configure")) ||
               access_may(context->actor, STR("journal"));
        return STATUS_OK;
    }
    if (!object || id_none(entry->record)) return STATUS_OK;
    if (access_scope(context->actor, object, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    Status status = record_read(&asking, object, entry->record, &record);
    if (status == STATUS_NOT_FOUND) {
        status = record_read_deleted(&asking, object, entry->record, &record);
    }
    *out = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

Status journal_position(Transaction *transaction, int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_query(transaction, STR("SELECT max(\"position\") FROM \"journal\""), NULL, 0, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK) return status;
    Value position = store_column(rows, 0, VALUE_INTEGER);
    *out = value_is_null(&position) ? 0 : position.integer;
    return STATUS_OK;
}

/* ---- Sealing ---- */

typedef struct Hash {
    unsigned char bytes[HASH_SIZE];
} Hash;

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
static Hash hash_entry(const Hash *previous, int64_t position, const WholeEntry *whole) {
    const JournalEntry *entry = &whole->entry;
    crypto_generichash_state state;
    Hash hash;
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    hash_part(&state, previous->bytes, HASH_SIZE);
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
    crypto_generichash_final(&state, hash.bytes, HASH_SIZE);
    return hash;
}

static Value hash_value(const Hash *hash) {
    return value_bytes((Str){.data = (const char *)hash->bytes, .size = HASH_SIZE});
}

static bool hash_from(Value value, Hash *out) {
    if (value.kind != VALUE_BYTES || value.text.size != HASH_SIZE) return false;
    memcpy(out->bytes, value.text.data, HASH_SIZE);
    return true;
}

/* The end of the chain: position and hash of the newest sealed entry. */
static Status read_end(Transaction *transaction, int64_t *position, Hash *hash) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(transaction,
                                STR("SELECT \"position\", \"hash\" FROM \"journal\" WHERE "
                                    "\"position\" IS NOT NULL ORDER BY \"position\" DESC LIMIT 1"),
                                NULL, 0, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    *position = 0;
    *hash = (Hash){0};
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    *position = store_column(rows, 0, VALUE_INTEGER).integer;
    return hash_from(store_column(rows, 1, VALUE_BYTES), hash) ? STATUS_OK : STATUS_FAILED;
}

typedef struct Seal {
    Id id;
    Hash hash;
} Seal;

/* Hashes are computed in one pass and written in a second: a row is not changed while it is read.
 */
static Status compute_seals(Transaction *transaction, int64_t limit, int64_t position, Hash hash,
                            Seal *seals, int64_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows,
                              "SELECT " ENTRY_COLUMNS
                              " FROM \"journal\" WHERE \"position\" IS NULL "
                              "ORDER BY \"id\" LIMIT $1",
                              value_integer(limit));
    *count = 0;
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        WholeEntry whole = read_entry(rows);
        hash = hash_entry(&hash, ++position, &whole);
        seals[(*count)++] = (Seal){.id = whole.id, .hash = hash};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Runs inside a writing job, so two sealers cannot give the same position (ADR 3). */
Status journal_seal(Transaction *transaction, int64_t limit, int64_t *sealed) {
    int64_t position, count;
    Hash hash;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Status status = read_end(transaction, &position, &hash);
    if (status != STATUS_OK) return status;
    Seal *seals = arena_take(arena, (size_t)limit * sizeof(Seal));
    status = compute_seals(transaction, limit, position, hash, seals, &count);
    for (int64_t i = 0; status == STATUS_OK && i < count; i++) {
        status = store_run(transaction,
                           "UPDATE \"journal\" SET \"position\" = $1, \"hash\" = $2 "
                           "WHERE \"id\" = $3",
                           value_integer(position + i + 1), hash_value(&seals[i].hash),
                           value_id(seals[i].id));
    }
    if (status == STATUS_OK) *sealed = count;
    return status;
}

/* A partial index serves: entries without a position are few. */
static Status count_waiting(Transaction *transaction, void *data) {
    bool *waiting = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(transaction,
                                STR("SELECT 1 FROM \"journal\" WHERE \"position\" IS NULL LIMIT 1"),
                                NULL, 0, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    *waiting = status == STATUS_OK;
    return status == STATUS_END ? STATUS_OK : status;
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

/* What is signed: the position and the hash there. */
typedef struct Signed {
    int64_t position;
    Hash hash;
} Signed;

static Status newest_checkpoint(Transaction *transaction, int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(
        transaction, STR("SELECT max(\"position\") FROM \"journal_checkpoint\""), NULL, 0, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK) return status;
    Value position = store_column(rows, 0, VALUE_INTEGER);
    *out = value_is_null(&position) ? 0 : position.integer;
    return STATUS_OK;
}

/*
 * The chain alone shows that an entry was altered, but whoever can write to the tables could
 * compute it anew from there. A signature with a key that is not in the database shows that too.
 */
Status journal_checkpoint(Transaction *transaction, int64_t now,
                          const unsigned char secret_key[static 64]) {
    int64_t last;
    Signed end = {0};
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
        value_integer(end.position), hash_value(&end.hash), value_integer(now),
        value_bytes((Str){.data = (const char *)signature, .size = sizeof signature}),
        value_bytes((Str){.data = (const char *)public_key, .size = sizeof public_key}));
}

/* ---- Verifying ---- */

static void break_at(Arena *arena, JournalVerdict *verdict, const WholeEntry *whole,
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
    Hash expected = {0}, stored;
    Status status = store_query(
        transaction,
        STR("SELECT " ENTRY_COLUMNS ", \"hash\" FROM \"journal\" WHERE \"position\" IS NOT NULL "
            "ORDER BY \"position\""),
        NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        WholeEntry whole = read_entry(rows);
        int64_t position = ++verdict->entries;
        if (whole.entry.position != position) {
            break_at(arena, verdict, &whole, position, "missing");
            return STATUS_OK;
        }
        expected = hash_entry(&expected, position, &whole);
        if (!hash_from(store_column(rows, 14, VALUE_BYTES), &stored) ||
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
    Signed claim = {.position = store_column(rows, 0, VALUE_INTEGER).integer};
    Hash chain;
    unsigned char signature[crypto_sign_BYTES], stored_key[crypto_sign_PUBLICKEYBYTES];
    if (!hash_from(store_column(rows, 1, VALUE_BYTES), &claim.hash)) return false;
    if (!hash_from(store_column(rows, 4, VALUE_BYTES), &chain)) return false;
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
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_query(transaction, STR("SELECT count(*) FROM \"journal\" WHERE \"position\" IS NULL"),
                    NULL, 0, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) verdict->unsealed = store_column(rows, 0, VALUE_INTEGER).integer;
    return status;
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

/*
 * The one door to business data: read, list, create, update, delete, restore, with access decided,
 * values checked, versions kept, roll-ups and search up to date and the journal written, all in the
 * caller's transaction.
 */
#ifndef ONDO_RECORD_RECORD_H
#define ONDO_RECORD_RECORD_H

#include "context.h"
#include "sql.h"

/** One record in memory; `values` has one for each field of the object. */
typedef struct Record {
    const Object *object;
    Id id;
    int64_t version; /* counts saves, for If-Match */
    int64_t created_at, updated_at;
    Id created_by, updated_by;
    int64_t deleted_at; /* 0: alive */
    Value *values;      /* by field index; VALUE_NULL is empty */
} Record;

/** The value of a field by name; NULL-valued when the object has no such field. */
const Value *record_value(const Record *record, Str field);

/** Reads one. STATUS_NOT_FOUND also when the actor may not know that it exists. */
MUST_USE Status record_read(Context *context, const Object *object, Id id, Record *out);

/** Reads one that was deleted, for those who may delete it. */
MUST_USE Status record_read_deleted(Context *context, const Object *object, Id id, Record *out);

/** Creates from a request's object, children included. */
MUST_USE Status record_create(Context *context, const Object *object, const json_t *body,
                              Record *out);

/**
 * Merges a request's members into the record. `if_version` 0: whatever version; otherwise
 * STATUS_STALE with the present record in problem->difference when it has moved on. A patch that
 * changes nothing keeps the version and writes nothing.
 */
MUST_USE Status record_update(Context *context, const Object *object, Id id, const json_t *patch,
                              int64_t if_version, Record *out);
/**
 * Marks the record and its children as deleted (ADR 2). `if_version` as in record_update.
 * STATUS_DENIED for records that only grow.
 */
MUST_USE Status record_delete(Context *context, const Object *object, Id id, int64_t if_version);
/**
 * Brings back a deleted record and the children that went with it. STATUS_NOT_FOUND when it is not
 * deleted; STATUS_CONFLICT when a unique value has been taken meanwhile.
 */
MUST_USE Status record_restore(Context *context, const Object *object, Id id, Record *out);

typedef enum UpsertOutcome { UPSERT_CREATED, UPSERT_UPDATED, UPSERT_UNCHANGED } UpsertOutcome;

/** Creates, or updates the record whose unique `key` field has the body's value. */
MUST_USE Status record_upsert(Context *context, const Object *object, const Field *key,
                              const json_t *body, Record *out, UpsertOutcome *outcome);

/* ---- For the layers above that have values, not JSON (rules, domain, import) ---- */

/** A field to be set. A `field` of NULL is not allowed: names are checked at start-up. */
typedef struct FieldValue {
    const Field *field;
    Value value;
} FieldValue;

/** As record_create and record_update with checked values; system fields may be set. */
MUST_USE Status record_insert(Context *context, const Object *object, const FieldValue *values,
                              size_t count, Record *out);
/** As record_insert, for a record that the actor may read. Writes nothing when nothing differs. */
MUST_USE Status record_change(Context *context, const Object *object, Id id,
                              const FieldValue *values, size_t count, Record *out);

/** Writes a record as the API shows it: id, version, title and the fields that the actor may read.
 */
void record_write(Context *context, JsonWriter *json, const Record *record);

/** The members of record_write, for a caller that opens the object and adds its own. */
void record_write_members(Context *context, JsonWriter *json, const Record *record);
/** Only "id", "version" and "title". */
void record_write_head(Context *context, JsonWriter *json, const Record *record);

/** The record's title in the actor's language. */
Str record_title(Context *context, const Record *record);

#endif

/*
 * A fact of its own and not a part of the check on saving, because the check lets imports pass:
 * what was promised years ago cannot be written better now, but it should not look better either.
 */
#include "promise_clarity.h"

#include "note/note_promise.h"
#include "record.h"

#define VAGUE STR("vague")

Str promise_clarity(const Business *business, Context *context, Str deliverable) {
    NoteWriter writer =
        note_writer(context->actor->lang, context->actor->zone, &business->holidays);
    NotePromise read =
        note_promise_read(context->arena, &business->lexicons, &writer, deliverable, context->now);
    return read.names_thing ? STR("clear") : VAGUE;
}

Status promise_clarity_before_save(const Business *business, Context *context, Change *change) {
    Record *promise = change->after;
    const Value *words = record_value(promise, STR("deliverable"));
    const Field *field = object_field(promise->object, STR("clarity"));
    Str said = words->kind == VALUE_TEXT ? words->text : (Str){0};
    promise->values[field->index] = value_text(promise_clarity(business, context, said));
    return STATUS_OK;
}

/* ---- Of older records ---- */

/* A promise and whether its words leave open what is brought. */
typedef struct Judged {
    Id id, visit; /* no visit: the promise was made by hand */
    bool vague;
} Judged;

static Status read_unjudged(const Business *business, Context *context, Judged *judged,
                            size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Context brief = *context; /* what one text needs is given back before the next */
    brief.arena = arena;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"id\", \"visit\", \"deliverable\" FROM \"promise\" WHERE "
                              "\"clarity\" IS NULL ORDER BY \"id\" LIMIT $1",
                              value_integer(PROMISE_CLARITY_ROUND));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Judged *one = &judged[(*count)++];
        Value visit = store_column(rows, 1, VALUE_ID), words = store_column(rows, 2, VALUE_TEXT);
        Str said = words.kind == VALUE_TEXT ? words.text : (Str){0};
        one->id = store_column(rows, 0, VALUE_ID).id;
        one->visit = visit.kind == VALUE_ID ? visit.id : (Id){0};
        one->vague = str_equal(promise_clarity(business, &brief, said), VAGUE);
        arena_reset(arena);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status keep_judged(Context *context, const Judged *one) {
    Str clarity = one->vague ? VAGUE : STR("clear");
    Status status =
        store_run(context->transaction, "UPDATE \"promise\" SET \"clarity\" = $1 WHERE \"id\" = $2",
                  value_text(clarity), value_id(one->id));
    if (status != STATUS_OK || !one->vague || id_none(one->visit)) return status;
    return store_run(context->transaction,
                     "UPDATE \"visit\" SET \"vague_promise_count\" = (SELECT COUNT(*) FROM "
                     "\"promise\" AS p WHERE p.\"visit\" = $1 AND p.\"clarity\" = 'vague' AND "
                     "p.\"deleted_at\" IS NULL) WHERE \"id\" = $1",
                     value_id(one->visit));
}

Status promise_clarity_fill(const Business *business, Context *context, size_t *filled) {
    Judged *judged = ARENA_ARRAY(context->arena, PROMISE_CLARITY_ROUND, Judged);
    size_t count = 0;
    Status status = read_unjudged(business, context, judged, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = keep_judged(context, &judged[i]);
    }
    *filled = count;
    return status;
}

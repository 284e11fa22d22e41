/*
 * A visit looked at while it is written: what its record would be worth, and what its promises
 * lack. Nothing is kept, and nothing is refused: what is half written is as it should be. The same
 * rules decide when it is saved.
 */
#include "draft.h"
#include "note/note_promise.h"
#include "problem_answer.h"
#include "promise.h"
#include "promise_clarity.h"
#include "resources.h"
#include "visit_substance.h"
#include "zone.h"

/* ---- The record that would be made ---- */

static bool child_counts(const Rollup *rollup, const json_t *child) {
    if (!str_empty(rollup->of) && !json_is_string(json_object_get(child, rollup->of.data))) {
        return false;
    }
    if (str_empty(rollup->where_field)) return true;
    Str code = json_get_text(child, rollup->where_field.data);
    for (size_t i = 0; i < rollup->where_count; i++) {
        if (str_equal(rollup->where_codes[i], code)) return true;
    }
    return false;
}

/* As the roll-up will count them once they are saved. */
static int64_t count_children(const Object *object, const Rollup *rollup, const json_t *body) {
    int64_t count = 0;
    for (size_t i = 0; i < object->child_count; i++) {
        const Child *child = &object->children[i];
        if (!str_equal(child->object, rollup->object)) continue;
        size_t at;
        json_t *node;
        json_array_foreach(json_object_get(body, child->name.data), at, node) {
            count += child_counts(rollup, node);
        }
    }
    return count;
}

/* As promise_clarity_before_save will, so that a vague promise counts as one here too. */
static void judge_promises(Call *call, json_t *promises) {
    size_t at;
    json_t *node;
    json_array_foreach(promises, at, node) {
        Str words = json_get_text(node, "deliverable");
        Str clarity = promise_clarity(call->business, &call->context, words);
        if (json_is_object(node)) {
            json_object_set_new(node, "clarity", json_stringn(clarity.data, clarity.size));
        }
    }
}

static void count_all(Record *record, const json_t *body) {
    const Object *object = record->object;
    for (size_t i = 0; i < object->field_count; i++) {
        const Rollup *rollup = object->fields[i].rollup;
        if (!rollup || rollup->measure != ROLLUP_COUNT) continue;
        record->values[i] = value_integer(count_children(object, rollup, body));
    }
}

/* Values that would be refused are left out: the save says what is wrong with them. */
static Status read_record(Call *call, const Object *object, Record *out) {
    Context lenient = call->context;
    Problem ignored = problem_new(call->arena);
    lenient.problem = &ignored;
    Draft draft = draft_new(&lenient, object, STR(""));
    Status taken = draft_take(&lenient, &draft, call->body);
    if (taken != STATUS_OK && taken != STATUS_INVALID) return taken;
    draft_set_defaults(&lenient, &draft);
    count_all(&draft.record, call->body);
    Change change = {.action = CHANGE_CREATE, .after = &draft.record};
    Status status = visit_substance_before_save(call->business, &lenient, &change);
    *out = draft.record;
    return status;
}

/* ---- Its quality ---- */

static Status write_quality(Call *call) {
    const Score *score = scores_find(&call->business->scores, STR("visit_quality"));
    json_key(&call->json, STR("quality"));
    if (!score) {
        json_write_null(&call->json);
        return STATUS_OK;
    }
    Record record;
    judge_promises(call, json_object_get(call->body, "promises"));
    Status status = read_record(call, score->object, &record);
    return status == STATUS_OK ? score_write_of(call, score, &record) : status;
}

/* ---- Its promises ---- */

/* A promise of a visit that is still being written; nothing of it is a record yet. */
typedef struct Promised {
    Str deliverable;
    bool has_due, has_confirm;
    int64_t due_at, confirm_at;
} Promised;

static bool take_instant(const json_t *promise, const char *name, int64_t *out) {
    return instant_parse(json_get_text(promise, name), out);
}

static Promised read_promise(Call *call, const json_t *node, const NotePromise *read) {
    Promised promise = {.deliverable = json_get_text(node, "deliverable")};
    promise.has_due = take_instant(node, "due_at", &promise.due_at);
    promise.has_confirm = take_instant(node, "confirm_at", &promise.confirm_at);
    if (!promise.has_due && read->has_due) {
        promise.has_due = true;
        promise.due_at = read->due_at;
    }
    if (!promise.has_confirm && promise.has_due) {
        promise.has_confirm =
            promise_words_confirm(call->business, &call->context, promise.deliverable,
                                  promise.due_at, &promise.confirm_at);
    }
    if (!promise.has_confirm && promise.has_due) {
        promise.confirm_at = promise_confirm_at(promise.due_at);
    }
    return promise;
}

static void find_missing(Call *call, const Promised *promise, const NotePromise *read,
                         Problem *missing) {
    if (!read->names_thing) problem_add(missing, STR("/deliverable"), "promise_vague");
    if (!promise->has_due) problem_add(missing, STR("/due_at"), "promise_no_due");
    if (promise->has_confirm) return;
    if (!promise->has_due) {
        problem_add(missing, STR("/confirm_at"), "promise_no_confirm_yet");
        return;
    }
    Str day = date_text(call->arena, zone_date(call->actor.zone, promise->confirm_at));
    problem_add(missing, STR("/confirm_at"), "promise_no_confirm", day);
}

static void write_instant(JsonWriter *json, Arena *arena, const char *key, bool known, int64_t at) {
    json_key(json, str_of(key));
    if (known) {
        json_write_text(json, instant_text(arena, at));
    } else {
        json_write_null(json);
    }
}

static void write_promise(Call *call, const json_t *node) {
    JsonWriter *json = &call->json;
    NoteWriter writer = note_writer(call->actor.lang, call->actor.zone, &call->business->holidays);
    NotePromise read = note_promise_read(call->arena, &call->business->lexicons, &writer,
                                         json_get_text(node, "deliverable"), call->context.now);
    Promised promise = read_promise(call, node, &read);
    Problem missing = problem_new(call->arena);
    find_missing(call, &promise, &read, &missing);
    json_open_object(json);
    json_member_text(json, "id", json_get_text(node, "id"));
    write_instant(json, call->arena, "due_at", promise.has_due, promise.due_at);
    write_instant(json, call->arena, "confirm_at", promise.has_due || promise.has_confirm,
                  promise.confirm_at);
    json_key(json, STR("missing"));
    problem_write_errors(call, &missing, json);
    json_close_object(json);
}

static void write_promises(Call *call) {
    size_t i;
    json_t *node;
    json_key(&call->json, STR("promises"));
    json_open_array(&call->json);
    json_array_foreach(json_object_get(call->body, "promises"), i, node) {
        write_promise(call, node);
    }
    json_close_array(&call->json);
}

Status visit_check_answer(Call *call) {
    json_open_object(&call->json);
    Status status = write_quality(call);
    if (status != STATUS_OK) return status;
    write_promises(call);
    json_close_object(&call->json);
    return STATUS_OK;
}

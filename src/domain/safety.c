/*
 * The times of a report are evidence. So they are taken from the clock and the visit, and what a
 * person may still say about them only makes the clock start earlier.
 */
#include "safety.h"

#include "access.h"
#include "clock.h"
#include "system_actor.h"

/* Clocks of phones differ. */
static const int64_t CLOCK_TOLERANCE = 5 * CLOCK_MINUTE;

static Value *value_of(Record *report, const char *name) {
    return &report->values[object_field(report->object, str_of(name))->index];
}

static bool is(const Record *report, const char *field, const char *word) {
    const Value *value = record_value(report, str_of(field));
    return value->kind == VALUE_TEXT && str_is(value->text, word);
}

static bool has(const Record *report, const char *field) {
    const Value *value = record_value(report, str_of(field));
    if (value->kind == VALUE_TEXT) return !str_empty(str_trim(value->text));
    return !value_is_null(value);
}

static Status refuse(Context *context, const char *pointer, const char *code) {
    problem_add(context->problem, str_of(pointer), code);
    return STATUS_INVALID;
}

/* ---- What is known already ---- */

static void take_over(Record *report, const Record *from, const char *const *fields) {
    for (int i = 0; fields[i]; i++) {
        Value *value = value_of(report, fields[i]);
        if (value_is_null(value)) *value = *record_value(from, str_of(fields[i]));
    }
}

/* Read as the system: a reference that the writer may not see is refused as such, in its place. */
static Status read_referred(Context *context, const Record *report, const char *field,
                            const char *object, Record *out) {
    SystemActor storage;
    const Value *id = record_value(report, str_of(field));
    if (id->kind != VALUE_ID) return STATUS_NOT_FOUND;
    return record_read(system_actor(context, &storage),
                       model_object(context->model, str_of(object)), id->id, out);
}

/* Who tells more of a case tells it of the same product and person. */
static Status follow_earlier(Context *context, Record *report) {
    static const char *const SAME[] = {
        "kind",          "market",      "hcp",          "hco",         "product",
        "product_name",  "lot",         "expiry",       "patient_age", "patient_sex",
        "reporter_kind", "seriousness", "expectedness", NULL};
    Record earlier;
    Status status = read_referred(context, report, "follows", "safety_report", &earlier);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    if (is(&earlier, "state", "draft")) return refuse(context, "/follows", "safety_follows_draft");
    take_over(report, &earlier, SAME);
    return STATUS_OK;
}

/* Day 0 is when the first employee knew: who was at the visit knew it there (P02). */
static Status follow_visit(Context *context, Record *report) {
    static const char *const SAME[] = {"hcp", "hco", NULL};
    Record visit;
    Status status = read_referred(context, report, "visit", "visit", &visit);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    take_over(report, &visit, SAME);
    const Value *held = record_value(&visit, STR("held_at"));
    Value *aware = value_of(report, "aware_at");
    if (held->kind != VALUE_INTEGER || held->integer > context->now) return STATUS_OK;
    if (value_is_null(aware)) *aware = *held;
    if (aware->integer <= held->integer || has(report, "follows")) return STATUS_OK;
    return refuse(context, "/aware_at", "safety_aware_after_visit");
}

static Status fill_new(Context *context, Record *report) {
    Value *event = value_of(report, "event");
    Value *aware = value_of(report, "aware_at");
    Status status = follow_earlier(context, report);
    if (status == STATUS_OK) status = follow_visit(context, report);
    if (status != STATUS_OK) return status;
    if (!has(report, "event")) *event = *record_value(report, STR("quote"));
    if (value_is_null(aware)) *aware = value_integer(context->now);
    return STATUS_OK;
}

/* ---- What is missing ---- */

/* Each with the kind of report that it is asked of; NULL: all. */
typedef struct Criterion {
    const char *code;
    const char *kind;
    const char *fields[3]; /* any of them is enough */
} Criterion;

/*
 * A patient counts as identifiable by age or sex alone: that there is one is what is needed, who it
 * is must not be known here.
 */
static const Criterion CRITERIA[] = {
    {"reporter", NULL, {"hcp", "reporter_kind"}},
    {"patient", "adverse_event", {"patient_age", "patient_sex"}},
    {"patient", "special_situation", {"patient_age", "patient_sex"}},
    {"product", NULL, {"product", "product_name"}},
    {"event", NULL, {"event"}},
    {"lot", "product_complaint", {"lot"}},
    {"expiry", "product_complaint", {"expiry"}},
    {"retained", "product_complaint", {"retained"}},
    {"harm", "product_complaint", {"harm"}},
};

static bool is_met(const Record *report, const Criterion *criterion) {
    for (int i = 0; i < 3 && criterion->fields[i]; i++) {
        const char *field = criterion->fields[i];
        if (has(report, field) && !is(report, field, "unknown")) return true;
    }
    return false;
}

static void note_missing(Context *context, Record *report) {
    json_t *missing CLEANUP(json_drop) = json_array();
    for (size_t i = 0; i < sizeof CRITERIA / sizeof *CRITERIA; i++) {
        const Criterion *criterion = &CRITERIA[i];
        if (criterion->kind && !is(report, "kind", criterion->kind)) continue;
        if (!is_met(report, criterion)) {
            json_array_append_new(missing, json_string(criterion->code));
        }
    }
    *value_of(report, "missing") =
        json_array_size(missing) ? value_text(json_compact(context->arena, missing)) : value_null();
}

/* ---- What may still change ---- */

static int state_rank(const Record *report) {
    static const char *const STATES[] = {"draft", "submitted", "received", "closed"};
    for (int i = 0; i < 4; i++) {
        if (is(report, "state", STATES[i])) return i;
    }
    return 0;
}

/* Those who assess all reports; for a representative one's own is all there is. */
static bool assesses(const Context *context, const Object *object) {
    return context->actor->everything ||
           access_scope(context->actor, object, VERB_UPDATE) == SCOPE_ALL;
}

static bool may_change_when_sent(Str field) {
    static const char *const ASSESSED[] = {
        "state",         "market",  "seriousness",  "expectedness",
        "safety_number", "outcome", "outcome_note", NULL};
    for (int i = 0; ASSESSED[i]; i++) {
        if (str_is(field, ASSESSED[i])) return true;
    }
    return false;
}

/* What was sent says for ever what was sent (E02 of the rules asks for no less). */
static Status keep_as_sent(Context *context, const Change *change) {
    const Record *before = change->before, *after = change->after;
    for (size_t i = 0; i < after->object->field_count; i++) {
        const Field *field = &after->object->fields[i];
        if (field->system || value_equal(&before->values[i], &after->values[i])) continue;
        if (may_change_when_sent(field->name) && assesses(context, after->object)) continue;
        problem_add(context->problem, problem_pointer(context->arena, STR(""), field->name),
                    "safety_sent");
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

/* Closing a report as none, or one that was never sent, is a decision that has its reason. */
static Status check_closing(Context *context, const Record *report, int from) {
    bool is_none = is(report, "outcome", "no_event");
    bool is_unsent = from == 0;
    if (!has(report, "outcome")) return refuse(context, "/outcome", "safety_outcome_missing");
    if (is_unsent && !is_none && !is(report, "outcome", "duplicate")) {
        return refuse(context, "/state", "safety_state_order");
    }
    if ((is_unsent || is_none) && !has(report, "outcome_note")) {
        return refuse(context, "/outcome_note", "safety_outcome_note");
    }
    return STATUS_OK;
}

static Status check_change(Context *context, const Change *change) {
    const Record *before = change->before, *after = change->after;
    int from = before ? state_rank(before) : 0, to = state_rank(after);
    if (to < from) return refuse(context, "/state", "safety_state_order");
    if (to > from && to > 1 && !assesses(context, after->object)) {
        return refuse(context, "/state", "safety_state_theirs");
    }
    if (from == 0 && (to == 2 || (to == 3 && !before))) {
        return refuse(context, "/state", "safety_state_order");
    }
    Status status = to == 3 && from < 3 ? check_closing(context, after, from) : STATUS_OK;
    if (status != STATUS_OK) return status;
    return before && from > 0 ? keep_as_sent(context, change) : STATUS_OK;
}

/* Each step is dated by the server, once; closed unsent, a report was never sent. */
static void date_steps(Context *context, const Record *before, Record *report) {
    static const struct {
        int rank;
        const char *at, *by;
    } STEPS[] = {{1, "submitted_at", "submitted_by"},
                 {2, "received_at", "received_by"},
                 {3, "closed_at", NULL}};
    int first = (!before || state_rank(before) == 0) && state_rank(report) == 3 ? 2 : 0;
    for (int i = first; i < 3; i++) {
        Value *at = value_of(report, STEPS[i].at);
        if (state_rank(report) < STEPS[i].rank || !value_is_null(at)) continue;
        *at = value_integer(context->now);
        if (STEPS[i].by) *value_of(report, STEPS[i].by) = value_id_or_null(context->actor->user);
    }
}

static Status check_values(Context *context, const Change *change) {
    const Record *report = change->after;
    const Value *aware = record_value(report, STR("aware_at"));
    const Value *seriousness = record_value(report, STR("seriousness"));
    const Value *before =
        change->before ? record_value(change->before, STR("aware_at")) : &(Value){0};
    if (aware->kind == VALUE_INTEGER && aware->integer > context->now + CLOCK_TOLERANCE) {
        return refuse(context, "/aware_at", "safety_aware_in_future");
    }
    if (before->kind == VALUE_INTEGER &&
        (aware->kind != VALUE_INTEGER || aware->integer > before->integer)) {
        return refuse(context, "/aware_at", "safety_aware_later");
    }
    bool mild = seriousness->kind == VALUE_TEXT &&
                str_find_str(seriousness->text, STR("\"not_serious\"")) < seriousness->text.size;
    if (mild && !str_is(seriousness->text, "[\"not_serious\"]")) {
        return refuse(context, "/seriousness", "safety_seriousness_both");
    }
    return STATUS_OK;
}

/* Only what was never real goes: the demo company's, which the system takes away. */
static Status check_deletion(Context *context) {
    if (context->actor->everything) return STATUS_OK;
    return refuse(context, "", "safety_never_deleted");
}

bool safety_is_from_record(const Change *change) {
    const Record *report = change->after;
    return change->action == CHANGE_CREATE && str_is(report->object->name, "safety_report") &&
           is(report, "origin", "record");
}

Status safety_before_save(Context *context, Change *change) {
    Record *report = change->after;
    if (change->action == CHANGE_DELETE) return check_deletion(context);
    Status status = change->before ? STATUS_OK : fill_new(context, report);
    if (status == STATUS_OK) status = check_change(context, change);
    if (status == STATUS_OK) status = check_values(context, change);
    if (status != STATUS_OK) return status;
    note_missing(context, report);
    date_steps(context, change->before, report);
    return STATUS_OK;
}

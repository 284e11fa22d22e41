/*
 * The sentences are saved like any change, and what follows from it is not repeated here: only the
 * decisions of people are. The desks that tests and pictures begin with keep their Today free of
 * unsent reports; those stand on the later ones.
 */
#include "signals.h"

#include "clock.h"

enum {
    DESKS_MOST = 5,
    BUSY_DESKS = 3, /* one a language; they have sent what they found */
    SAVED_AFTER_HOURS = 2,
    SENT_AFTER_HOURS = 4,
    DECIDED_AFTER_DAYS = 1,
};

/* A representative, and the language in which their records are written. */
typedef struct Desk {
    Id owner;
    Lang lang;
} Desk;

/* What the records of findings and reports are made from. */
typedef struct Signals {
    Context *context;
    const Business *business;
    Id safety, compliance;
    int64_t now;
    Desk desks[DESKS_MOST];
    size_t count;
} Signals;

/* One sentence in one visit, and what became of it. */
typedef struct Signal {
    const json_t *node;
    const Desk *desk;
    Id visit;
    int64_t held_at;
} Signal;

static Str said(const Signal *signal, const char *member) {
    Str code = lang_code(signal->desk->lang);
    return json_text(json_object_getn(json_object_get(signal->node, member), code.data, code.size));
}

/* ---- Who ---- */

static Status first_of(Context *context, const char *role, Id *out) {
    return store_ask_id(context->transaction, out,
                        "SELECT \"id\" FROM \"user\" WHERE \"role\" = $1 AND \"active\""
                        " ORDER BY \"login\" LIMIT 1",
                        value_text(str_of(role)));
}

static Status read_desks(Signals *signals) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(signals->context->transaction, &rows,
                              "SELECT \"id\", \"lang\" FROM \"user\" WHERE \"role\" = $1 AND"
                              " \"active\" ORDER BY \"login\"",
                              value_text(STR("mr")));
    while (status == STATUS_OK && signals->count < DESKS_MOST &&
           (status = store_next(rows)) == STATUS_OK) {
        Desk *desk = &signals->desks[signals->count++];
        desk->owner = store_column_id(rows, 0);
        if (!lang_from_tag(store_column_text(rows, 1), &desk->lang)) desk->lang = LANG_EN;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- As whom, and when ---- */

static Status change_as(const Signals *signals, Id user, int64_t at, const char *name, Id record,
                        const FieldValue *values, size_t count) {
    Context context = *signals->context;
    Actor actor = *context.actor;
    Record changed;
    actor.user = user;
    actor.everything = true;
    context.actor = &actor;
    context.now = at < signals->now ? at : signals->now;
    return record_change(&context, model_object(context.model, str_of(name)), record, values, count,
                         &changed);
}

static FieldValue value_of(const Signals *signals, const char *object, const char *field,
                           Value value) {
    const Object *found = model_object(signals->context->model, str_of(object));
    return (FieldValue){object_field(found, str_of(field)), value};
}

/* ---- The words ---- */

static Status find_visit(const Signals *signals, Signal *signal, Str *text) {
    int64_t days = json_integer_value(json_object_get(signal->node, "days"));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(
        signals->context->transaction, &rows,
        "SELECT \"id\", \"held_at\", \"discussion\" FROM \"visit\" WHERE \"owner\" = $1 AND"
        " \"state\" = 'completed' AND \"held_at\" <= $2 ORDER BY \"held_at\" DESC, \"id\" LIMIT 1",
        value_id(signal->desk->owner), value_integer(signals->now - days * CLOCK_DAY));
    if (status != STATUS_OK) return status;
    signal->visit = store_column_id(rows, 0);
    signal->held_at = store_column_integer(rows, 1);
    *text = str_copy(signals->context->arena, store_column_text(rows, 2));
    return STATUS_OK;
}

static Status save_words(const Signals *signals, const Signal *signal, Str before) {
    Str words = said(signal, "text");
    Str text = str_empty(before) ? words
                                 : str_format(signals->context->arena, "%.*s\n%.*s",
                                              STR_ARGS(before), STR_ARGS(words));
    FieldValue value = value_of(signals, "visit", "discussion", value_text(text));
    return change_as(signals, signal->desk->owner, signal->held_at + SAVED_AFTER_HOURS * CLOCK_HOUR,
                     "visit", signal->visit, &value, 1);
}

/* ---- What people did about them ---- */

static Status find_report(const Signals *signals, const Signal *signal, Id *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(signals->context->transaction, &rows,
                                    "SELECT \"id\" FROM \"safety_report\" WHERE \"visit\" = $1 AND"
                                    " \"state\" = 'draft' ORDER BY \"id\" LIMIT 1",
                                    value_id(signal->visit));
    if (status == STATUS_OK) *out = store_column_id(rows, 0);
    return status;
}

static Status step(const Signals *signals, Id report, Id user, int64_t at, const char *state,
                   const FieldValue *more, size_t count) {
    FieldValue values[4];
    values[0] = value_of(signals, "safety_report", "state", value_text(str_of(state)));
    for (size_t i = 0; i < count; i++) values[i + 1] = more[i];
    return change_as(signals, user, at, "safety_report", report, values, count + 1);
}

static Status send(const Signals *signals, const Signal *signal, Id report) {
    Str reason = said(signal, "reason");
    FieldValue facts[] = {
        value_of(signals, "safety_report", "patient_age", value_text(STR("adult"))),
        value_of(signals, "safety_report", "no_event_reason", value_text(reason)),
    };
    size_t count = str_empty(reason) ? 1 : 2;
    return step(signals, report, signal->desk->owner,
                signal->held_at + SENT_AFTER_HOURS * CLOCK_HOUR, "submitted", facts, count);
}

static Status close(const Signals *signals, const Signal *signal, Id report, Str outcome) {
    FieldValue facts[] = {
        value_of(signals, "safety_report", "outcome", value_text(outcome)),
        value_of(signals, "safety_report", "outcome_note", value_text(said(signal, "note"))),
    };
    return step(signals, report, signals->safety,
                signal->held_at + 2 * DECIDED_AFTER_DAYS * CLOCK_DAY, "closed", facts, 2);
}

/* From state to state, as far as the sentence says. */
static Status move_report(const Signals *signals, const Signal *signal) {
    Str until = json_get_text(signal->node, "report");
    Str outcome = json_get_text(signal->node, "outcome");
    Id report;
    if (str_empty(until) || str_is(until, "draft")) return STATUS_OK;
    Status status = find_report(signals, signal, &report);
    if (status != STATUS_OK) return status == STATUS_END ? STATUS_OK : status;
    status = send(signals, signal, report);
    if (status != STATUS_OK || str_is(until, "submitted")) return status;
    status = step(signals, report, signals->safety,
                  signal->held_at + DECIDED_AFTER_DAYS * CLOCK_DAY, "received", NULL, 0);
    if (status != STATUS_OK || str_is(until, "received")) return status;
    return close(signals, signal, report, outcome);
}

static Status decide(const Signals *signals, const Signal *signal) {
    Str state = json_get_text(signal->node, "finding");
    if (str_empty(state)) return STATUS_OK;
    int64_t at = signal->held_at + DECIDED_AFTER_DAYS * CLOCK_DAY;
    FieldValue values[] = {
        value_of(signals, "finding", "state", value_text(state)),
        value_of(signals, "finding", "note", value_text(said(signal, "note"))),
        value_of(signals, "finding", "reviewed_by", value_id_or_null(signals->compliance)),
        value_of(signals, "finding", "reviewed_at", value_integer(at)),
    };
    Id ids[8];
    size_t count = 0;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(signals->context->transaction, &rows,
                              "SELECT \"id\" FROM \"finding\" WHERE \"visit\" = $1 AND"
                              " \"state\" = 'open' AND \"route\" = 'compliance' ORDER BY \"id\"",
                              value_id(signal->visit));
    while (status == STATUS_OK && count < 8 && (status = store_next(rows)) == STATUS_OK) {
        ids[count++] = store_column_id(rows, 0);
    }
    if (status == STATUS_END) status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = change_as(signals, signals->compliance, at, "finding", ids[i], values, 4);
    }
    return status;
}

static Status write_one(const Signals *signals, const Desk *desk, const json_t *node) {
    Signal signal = {.node = node, .desk = desk};
    Str before;
    Status status = find_visit(signals, &signal, &before);
    if (status != STATUS_OK) return status == STATUS_END ? STATUS_OK : status;
    status = save_words(signals, &signal, before);
    if (status == STATUS_OK) status = move_report(signals, &signal);
    return status == STATUS_OK ? decide(signals, &signal) : status;
}

/* ---- All of it ---- */

static Status read_texts(Context *context, const DemoOptions *options, json_t **out) {
    for (size_t i = 0; i < options->file_count; i++) {
        const ModelSource *file = &options->files[i];
        if (str_is(file->name, "demo/signals.json")) {
            return json_read(file->text, context->problem, out);
        }
    }
    problem_add(context->problem, STR("demo/signals.json"), "definition_unknown_object",
                STR("demo/signals.json"));
    return STATUS_INVALID;
}

static bool belongs(size_t desk, const json_t *node) {
    bool waits = str_is(json_get_text(node, "report"), "draft");
    return waits == (desk >= BUSY_DESKS);
}

Status signals_write(Context *context, const Business *business, const DemoOptions *options) {
    json_t *texts CLEANUP(json_drop) = NULL;
    Signals signals = {.context = context, .business = business, .now = context->now};
    Status status = read_texts(context, options, &texts);
    if (status == STATUS_OK) status = first_of(context, "safety", &signals.safety);
    if (status == STATUS_OK) status = first_of(context, "compliance", &signals.compliance);
    if (status == STATUS_OK) status = read_desks(&signals);
    for (size_t i = 0; i < signals.count; i++) {
        size_t j;
        json_t *node;
        json_array_foreach(texts, j, node) {
            if (status != STATUS_OK || !belongs(i, node)) continue;
            status = write_one(&signals, &signals.desks[i], node);
        }
    }
    return status;
}

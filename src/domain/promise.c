/*
 * A promise that skips a step would count as kept though nobody delivered anything, and a vague one
 * can be neither kept nor broken: both would make every figure about promises worthless.
 */
#include "promise.h"

#include "clock.h"
#include "note/note_promise.h"
#include "promise_clarity.h"
#include "record.h"

/* The document's own example: to be delivered within 72 hours, receipt confirmed 3 days later. */
enum { CONFIRM_AFTER_DAYS = 3 };

int64_t promise_confirm_at(int64_t due_at) {
    return due_at + CONFIRM_AFTER_DAYS * CLOCK_DAY;
}

bool promise_words_confirm(const Business *business, const Context *context, Str deliverable,
                           int64_t due_at, int64_t *out) {
    const Actor *actor = context->actor;
    NoteWriter writer = note_writer(actor->lang, actor->zone, &business->holidays);
    return note_promise_confirm(context->arena, &business->lexicons, &writer, deliverable,
                                context->now, due_at, out);
}

static Value *value_of(Record *promise, const char *name) {
    return &promise->values[object_field(promise->object, str_of(name))->index];
}

static Str text_of(const Record *promise, const char *name) {
    const Value *value = record_value(promise, str_of(name));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

static bool imported(const Context *context) {
    return str_is(context->actor->via, "import");
}

/* ---- What it says ---- */

static bool text_changed(const Change *change, const char *name) {
    if (!change->before) return true;
    return !str_equal(text_of(change->before, name), text_of(change->after, name));
}

/* An empty one is refused as any required field that is empty. */
static Status refuse_vague(const Business *business, Context *context, const Change *change) {
    Str deliverable = text_of(change->after, "deliverable");
    if (str_empty(deliverable) || imported(context) || !text_changed(change, "deliverable")) {
        return STATUS_OK;
    }
    if (!str_is(promise_clarity(business, context, deliverable), "vague")) return STATUS_OK;
    problem_add(context->problem, STR("/deliverable"), "promise_vague");
    return STATUS_INVALID;
}

/* What the words say, else the usual days. Words that come with a file were written long ago. */
static void set_confirmation(const Business *business, const Context *context, Record *promise) {
    const Value *due = record_value(promise, STR("due_at"));
    Value *confirm = value_of(promise, "confirm_at");
    int64_t said;
    if (!value_is_null(confirm) || due->kind != VALUE_INTEGER) return;
    bool says = !imported(context) &&
                promise_words_confirm(business, context, text_of(promise, "deliverable"),
                                      due->integer, &said);
    *confirm = value_integer(says ? said : promise_confirm_at(due->integer));
}

/* A confirmation before the deadline would ask for the receipt of what need not have been sent. */
static Status check_dates(Context *context, const Change *change) {
    const Value *due = record_value(change->after, STR("due_at"));
    const Value *confirm = record_value(change->after, STR("confirm_at"));
    bool both = due->kind == VALUE_INTEGER && confirm->kind == VALUE_INTEGER;
    bool same = change->before &&
                value_equal(record_value(change->before, STR("confirm_at")), confirm) &&
                value_equal(record_value(change->before, STR("due_at")), due);
    if (!both || same || imported(context) || confirm->integer >= due->integer) return STATUS_OK;
    problem_add(context->problem, STR("/confirm_at"), "promise_confirm_early");
    return STATUS_INVALID;
}

/* A deadline that moves takes the node with it, unless somebody moves that as well. */
static void move_confirmation(Change *change) {
    const Value *was = record_value(change->before, STR("due_at"));
    const Value *is = record_value(change->after, STR("due_at"));
    Value *confirm = value_of(change->after, "confirm_at");
    bool moved = was->kind == VALUE_INTEGER && is->kind == VALUE_INTEGER && !value_equal(was, is);
    if (!moved || !value_equal(record_value(change->before, STR("confirm_at")), confirm)) return;
    if (confirm->kind == VALUE_INTEGER) {
        *confirm = value_integer(confirm->integer + is->integer - was->integer);
    }
}

/* ---- Its states ---- */

/* A step from one state to another; any other is refused. */
typedef struct Move {
    const char *from, *to;
} Move;

/* Steps back are corrections: what was marked by mistake is taken back the way it came. */
static const Move MOVES[] = {
    {"open", "delivered"}, {"delivered", "confirmed"}, {"open", "broken"}, {"delivered", "broken"},
    {"delivered", "open"}, {"confirmed", "delivered"}, {"broken", "open"},
};

static bool may_move(Str from, Str to) {
    if (str_equal(from, to)) return true;
    for (size_t i = 0; i < sizeof MOVES / sizeof *MOVES; i++) {
        if (str_is(from, MOVES[i].from) && str_is(to, MOVES[i].to)) return true;
    }
    return false;
}

static Status check_state(Context *context, const Change *change) {
    if (!change->before) return STATUS_OK; /* history may begin anywhere */
    Str from = text_of(change->before, "state"), to = text_of(change->after, "state");
    if (may_move(from, to)) return STATUS_OK;
    problem_add(context->problem, STR("/state"), "promise_order");
    return STATUS_INVALID;
}

/* Of a promise that comes in as confirmed nobody knows when; the rest is signed here. */
static void sign_receipt(Context *context, Change *change) {
    bool confirmed = str_is(text_of(change->after, "state"), "confirmed");
    bool was = change->before && str_is(text_of(change->before, "state"), "confirmed");
    if (confirmed == was) return;
    bool now = confirmed && change->before;
    *value_of(change->after, "confirmed_at") = now ? value_integer(context->now) : value_null();
    *value_of(change->after, "confirmed_by") =
        now ? value_id_or_null(context->actor->user) : value_null();
}

Status promise_before_save(const Business *business, Context *context, Change *change) {
    if (change->action == CHANGE_DELETE || change->action == CHANGE_RESTORE) return STATUS_OK;
    Status status = refuse_vague(business, context, change);
    if (status == STATUS_OK) status = check_state(context, change);
    if (status != STATUS_OK) return status;
    if (change->before) {
        move_confirmation(change);
    } else {
        set_confirmation(business, context, change->after);
    }
    sign_receipt(context, change);
    return check_dates(context, change);
}

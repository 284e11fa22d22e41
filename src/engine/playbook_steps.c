/*
 * The steps of a run. Every step is settled in one function, whatever settled it (a task ticked
 * off, a contact, a condition that fails), and what follows from it is decided there: the next
 * round, the step that waited for it, the end of the run. A step's state is written before its
 * task's, so that the task's own save finds nothing left to do.
 */
#include "playbook.h"

#include "playbook_work.h"
#include "row.h"
#include "zone_share.h"

/* ---- Small parts ---- */

void writing_add(Writing *writing, const char *field, Value value) {
    const Field *found = object_field(writing->object, str_of(field));
    if (found) writing->values[writing->count++] = (FieldValue){.field = found, .value = value};
}

Context *playbook_begin(const Context *context, SystemActor *storage) {
    Context *acting = system_actor(context, storage);
    storage->actor.via = STR("rule");
    acting->depth++;
    return acting;
}

Str playbook_text_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

Id playbook_id_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

int64_t playbook_instant_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_INTEGER ? value->integer : 0;
}

bool playbook_state_is(const Record *record, const char *state) {
    return str_is(playbook_text_of(record, "state"), state);
}

const Object *playbook_object(const Context *context, const char *name) {
    return model_object(context->model, str_of(name));
}

Status playbook_write(Context *context, const Writing *writing, Id id, Record *out) {
    return record_change(context, writing->object, id, writing->values, writing->count, out);
}

Status playbook_record_of(Context *context, const Playbook *playbook, const Record *run,
                          Record *out) {
    const Value *about = &run->values[playbook->about->index];
    if (about->kind != VALUE_ID) return STATUS_NOT_FOUND;
    return record_read(context, playbook->object, about->id, out);
}

Id playbook_owner_of(const Playbook *playbook, const Record *record) {
    const Value *owner = record_value(record, zone_share_owner(playbook->object));
    return owner->kind == VALUE_ID ? owner->id : (Id){0};
}

Status playbook_step_text(Context *context, const Label *text, const Record *run, Str *out) {
    return expression_fill(context, label_in(text, context->actor->lang), run, out);
}

Status playbook_find_stop(Context *context, const Playbook *playbook, const Record *run,
                          const PlaybookStop **out) {
    *out = NULL;
    for (size_t i = 0; i < playbook->stop_count && !*out; i++) {
        bool holds = false;
        Status status = condition_holds(context, playbook->stops[i].condition, run, NULL, &holds);
        if (status != STATUS_OK) return status;
        if (holds) *out = &playbook->stops[i];
    }
    return STATUS_OK;
}

/* ---- Reading runs and steps ---- */

/* Records of an object that a piece of SQL about "r" and one parameter chooses, in their order. */
Status playbook_read_records(Context *context, const char *object, const char *where,
                             Value parameter, Record **out, size_t *count) {
    const Object *found = playbook_object(context, object);
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, found);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, found->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    sql_add(&sql, where);
    sql_bind(&sql, parameter);
    sql_add(&sql, " ORDER BY \"r\".\"id\"");
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 8;
            Record *more = ARENA_ARRAY(context->arena, capacity, Record);
            if (*count) memcpy(more, *out, *count * sizeof **out);
            *out = more;
        }
        row_read(context->arena, rows, 0, found, &(*out)[(*count)++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Those that are not settled yet, in the order of the plan (ids ascend as steps were written). */
Status playbook_read_unsettled(Context *context, Id run, Record **out, size_t *count) {
    return playbook_read_records(
        context, "playbook_step",
        "\"r\".\"state\" IN ('planned', 'open') AND \"r\".\"run\" = ", value_id(run), out, count);
}

/* ---- Settling a step ---- */

/*
 * Counted from the first round, so that the 31st comes back after February. What was missed is not
 * made up for: the next date is the next that is still to come.
 */
static Status next_due(Context *context, const Record *step, const PlaybookStep *plan, Str zone,
                       int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    int64_t first = playbook_instant_of(step, "due_at"), due = first;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT \"due_at\" FROM \"playbook_step\" WHERE \"run\" = $1 AND \"step\" = "
                  "$2 AND \"round\" = 1 AND \"due_at\" IS NOT NULL",
                  *record_value(step, STR("run")), *record_value(step, STR("step")));
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) first = store_column_integer(rows, 0);
    if (status != STATUS_OK && status != STATUS_END) return status;
    int64_t last = due > context->now ? due : context->now;
    for (int64_t times = 1; due <= last; times++) {
        Offset offset = {plan->every.unit, plan->every.count * times};
        due = offset_apply(offset, zone, first, 1);
    }
    *out = due;
    return STATUS_OK;
}

static Status write_round(Context *context, const Playbook *playbook, const Record *run,
                          const Record *step, const PlaybookStep *plan) {
    static const char *const SAME[] = {"run",  "playbook", "step",
                                       "name", "position", "with_contact"};
    Record record, made;
    Str zone;
    Status status = playbook_record_of(context, playbook, run, &record);
    if (status == STATUS_OK) {
        status = zone_share_of(context, playbook->object, record.id, &zone);
    }
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    int64_t due;
    status = next_due(context, step, plan, zone, &due);
    if (status != STATUS_OK) return status;
    Offset ahead = plan->ahead.unit == OFFSET_NONE ? plan->every : plan->ahead;
    Writing next = {.object = step->object};
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        writing_add(&next, SAME[i], *record_value(step, str_of(SAME[i])));
    }
    next.values[next.count++] =
        (FieldValue){object_field(step->object, playbook->about->name), value_id(record.id)};
    writing_add(&next, "round", value_integer(playbook_instant_of(step, "round") + 1));
    writing_add(&next, "state", value_text(STR("planned")));
    writing_add(&next, "due_at", value_integer(due));
    writing_add(&next, "opens_at", value_integer(offset_apply(ahead, zone, due, -1)));
    return record_insert(context, next.object, next.values, next.count, &made);
}

/* The step behind it, if that waits for just this. */
static Status date_follower(Context *context, const Playbook *playbook, const Record *run,
                            const Record *step, const Record *waiting) {
    const PlaybookStep *plan = playbook_step(playbook, playbook_text_of(waiting, "step"));
    int64_t position = playbook_instant_of(waiting, "position");
    bool dated = playbook_instant_of(waiting, "opens_at") != 0;
    if (!plan || plan->from != STEP_FROM_PREVIOUS || dated ||
        position != playbook_instant_of(step, "position") + 1) {
        return STATUS_OK;
    }
    Record changed;
    Str zone;
    Status status =
        zone_share_of(context, playbook->object, run->values[playbook->about->index].id, &zone);
    if (status != STATUS_OK) return status;
    int64_t due = offset_apply(plan->after, zone, context->now, 1);
    bool waits = plan->ahead.unit != OFFSET_NONE;
    Writing dates = {.object = waiting->object};
    writing_add(&dates, "due_at", value_integer(due));
    writing_add(&dates, "opens_at",
                value_integer(waits ? offset_apply(plan->ahead, zone, due, -1) : context->now));
    return playbook_write(context, &dates, waiting->id, &changed);
}

static Status date_followers(Context *context, const Playbook *playbook, const Record *run,
                             const Record *step) {
    Record *waiting;
    size_t count;
    Status status = playbook_read_unsettled(context, run->id, &waiting, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = date_follower(context, playbook, run, step, &waiting[i]);
    }
    return status;
}

static Status settle_task(Context *context, const Record *step, const char *state) {
    Id task = playbook_id_of(step, "task");
    Record record, changed;
    if (id_none(task)) return STATUS_OK;
    Status status = record_read(context, playbook_object(context, "task"), task, &record);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK || !playbook_state_is(&record, "open")) return status;
    Writing writing = {.object = record.object};
    writing_add(&writing, "state", value_text(str_of(state)));
    return playbook_write(context, &writing, task, &changed);
}

const Settling PLAYBOOK_DONE = {.state = "done", .task_state = "done"};
const Settling PLAYBOOK_SKIPPED = {.state = "skipped", .task_state = "dismissed"};
static const Settling STOPPED = {.state = "stopped", .task_state = "dismissed"};

static Status mark_settled(Context *context, const Playbook *playbook, const Record *step,
                           Settling settling) {
    Record changed;
    Writing writing = {.object = step->object};
    writing_add(&writing, "state", value_text(str_of(settling.state)));
    writing_add(&writing, "done_at", value_integer(context->now));
    const Object *contact = playbook ? playbook->contact.object : NULL;
    if (contact && !id_none(settling.contact)) {
        for (size_t i = 0; i < step->object->field_count; i++) {
            const Field *field = &step->object->fields[i];
            if (field->type != FIELD_REFERENCE || !str_equal(field->reference, contact->name)) {
                continue;
            }
            writing.values[writing.count++] = (FieldValue){field, value_id(settling.contact)};
            break;
        }
    }
    Status status = playbook_write(context, &writing, step->id, &changed);
    return status == STATUS_OK ? settle_task(context, step, settling.task_state) : status;
}

Status playbook_drop_step(Context *context, const Record *step) {
    return mark_settled(context, NULL, step, STOPPED);
}

Status playbook_settle_step(Context *context, const Playbook *playbook, const Record *run,
                            const Record *step, Settling settling) {
    const PlaybookStep *plan = playbook_step(playbook, playbook_text_of(step, "step"));
    Status status = mark_settled(context, playbook, step, settling);
    if (status == STATUS_OK && plan && plan->every.unit != OFFSET_NONE) {
        status = write_round(context, playbook, run, step, plan);
    }
    return status == STATUS_OK ? date_followers(context, playbook, run, step) : status;
}

/* ---- Opening a step ---- */

/* Of a role: somebody of the owner's own team comes first; without anybody it is the owner's. */
static Status find_of_role(Context *context, Str role, Id owner, Id *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT u.\"id\" FROM \"user\" AS u WHERE u.\"role\" = $1 AND u.\"deleted_at\" "
                  "IS NULL AND (u.\"active\" IS NULL OR u.\"active\") ORDER BY CASE WHEN "
                  "u.\"team\" = (SELECT o.\"team\" FROM \"user\" AS o WHERE o.\"id\" = $2) THEN 0 "
                  "ELSE 1 END, u.\"id\" LIMIT 1",
                  value_text(role), value_id_or_null(owner));
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column_id(rows, 0);
    return status == STATUS_END ? STATUS_OK : status;
}

static Status find_doer(Context *context, const Playbook *playbook, const PlaybookStep *plan,
                        const Record *run, Id *out) {
    Record record;
    Value named = value_null();
    *out = (Id){0};
    Status status = playbook_record_of(context, playbook, run, &record);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    *out = playbook_owner_of(playbook, &record);
    if (!str_empty(plan->role)) return find_of_role(context, plan->role, *out, out);
    if (!plan->owner) return STATUS_OK;
    status = expression_value(context, plan->owner, run, &named);
    if (status == STATUS_OK && named.kind == VALUE_ID) *out = named.id;
    return status;
}

/* The next planned contact, which a step without a date of its own is dated by. */
Status playbook_next_contact(Context *context, const Playbook *playbook, const Record *run,
                             Value *out) {
    const PlaybookContact *contact = &playbook->contact;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = value_null();
    if (!contact->object) return STATUS_OK;
    sql_add(&sql, "SELECT MIN(");
    sql_add_column(&sql, STR("r"), contact->planned_at->name);
    sql_add(&sql, ") FROM ");
    sql_add_name(&sql, contact->object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    sql_add_column(&sql, STR("r"), contact->reference->name);
    sql_add(&sql, " = ");
    sql_bind(&sql, run->values[playbook->about->index]);
    sql_add(&sql, " AND ");
    sql_add_column(&sql, STR("r"), contact->planned_at->name);
    sql_add(&sql, " > ");
    sql_bind(&sql, *record_value(run, STR("started_at")));
    sql_add(&sql, " AND ");
    Status status = condition_add_sql(context, contact->planned, &sql, STR("r"));
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_INTEGER);
    return status == STATUS_END ? STATUS_OK : status;
}

/* A task's texts in the words of its owner. */
static Status add_texts(Context *context, const PlaybookStep *plan, const Record *run, Id owner,
                        Writing *task) {
    Receiver receiver;
    Str subject = {0}, body = {0};
    Status status = receiver_read(context, owner, &receiver);
    if (status != STATUS_OK) return status;
    Context spoken = *context;
    spoken.actor = &receiver.actor;
    bool own = !str_empty(label_in(&plan->subject, receiver.actor.lang));
    status = playbook_step_text(&spoken, own ? &plan->subject : &plan->label, run, &subject);
    if (status == STATUS_OK) status = playbook_step_text(&spoken, &plan->guidance, run, &body);
    writing_add(task, "subject", value_text(subject));
    writing_add(task, "body", value_text(body));
    return status;
}

static Status make_task(Context *context, const Playbook *playbook, const PlaybookStep *plan,
                        const Record *run, Id owner, Value due, Record *out) {
    Writing task = {.object = playbook_object(context, "task")};
    Status status = STATUS_OK;
    for (size_t i = 0; i < playbook->value_count && i < PLAYBOOK_FIELDS_MOST / 2; i++) {
        Value value;
        status = expression_value(context, playbook->values[i].expression, run, &value);
        if (status != STATUS_OK) return status;
        task.values[task.count++] = (FieldValue){playbook->values[i].field, value};
    }
    status = add_texts(context, plan, run, owner, &task);
    if (status != STATUS_OK) return status;
    const Field *about = object_field(task.object, playbook->about->name);
    if (about) {
        task.values[task.count++] = (FieldValue){about, run->values[playbook->about->index]};
    }
    writing_add(&task, "owner", value_id(owner));
    writing_add(&task, "due_at", due);
    writing_add(&task, "source",
                value_text(str_join(context->arena, STR("playbook:"), playbook->name)));
    return record_insert(context, task.object, task.values, task.count, out);
}

static Status mark_open(Context *context, const Record *step, Id owner, Value due, Id task) {
    Record changed;
    Writing writing = {.object = step->object};
    writing_add(&writing, "state", value_text(STR("open")));
    writing_add(&writing, "owner", value_id(owner));
    writing_add(&writing, "opened_at", value_integer(context->now));
    writing_add(&writing, "due_at", due);
    writing_add(&writing, "task", value_id(task));
    return playbook_write(context, &writing, step->id, &changed);
}

/* Where nobody is responsible the step waits: a task of nobody would be seen by nobody. */
static Status open_step(Context *context, const Playbook *playbook, const Record *run,
                        const Record *step, bool *moved) {
    const PlaybookStep *plan = playbook_step(playbook, playbook_text_of(step, "step"));
    bool wanted = false;
    Id doer;
    Record task;
    Value due = *record_value(step, STR("due_at"));
    Status status =
        plan ? condition_holds(context, plan->condition, run, NULL, &wanted) : STATUS_OK;
    if (status != STATUS_OK) return status;
    if (!wanted) {
        *moved = true;
        return playbook_settle_step(context, playbook, run, step, PLAYBOOK_SKIPPED);
    }
    status = find_doer(context, playbook, plan, run, &doer);
    if (status != STATUS_OK || id_none(doer)) return status;
    *moved = true;
    if (plan->from == STEP_WITH_CONTACT)
        status = playbook_next_contact(context, playbook, run, &due);
    if (status == STATUS_OK) {
        status = make_task(context, playbook, plan, run, doer, due, &task);
    }
    return status == STATUS_OK ? mark_open(context, step, doer, due, task.id) : status;
}

/* ---- The end ---- */

/* How a run ends: the state that it takes, and what is written down of the reason. */
typedef struct Ending {
    const char *state;
    Str code, reason;
} Ending;

static Status write_end(Context *context, Record *run, const Ending *ending) {
    Writing writing = {.object = run->object};
    writing_add(&writing, "state", value_text(str_of(ending->state)));
    writing_add(&writing, "ended_at", value_integer(context->now));
    writing_add(&writing, "running_key", value_null());
    writing_add(&writing, "stop", value_text_or_null(ending->code));
    writing_add(&writing, "stop_reason", value_text_or_null(ending->reason));
    if (!str_empty(ending->code)) {
        writing_add(&writing, "stopped_by", value_id_or_null(context->actor->user));
    }
    return playbook_write(context, &writing, run->id, run);
}

/* Open steps first: a task that is dismissed must not move a run on that is being stopped. */
Status playbook_stop_run(Context *context, Record *run, Str code, Str reason) {
    Record *steps;
    size_t count;
    Ending ending = {"stopped", code, reason};
    Status status = write_end(context, run, &ending);
    if (status == STATUS_OK) status = playbook_read_unsettled(context, run->id, &steps, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = mark_settled(context, NULL, &steps[i], STOPPED);
    }
    return status;
}

Status playbook_stop(Context *context, Record *run, Str code, Str reason) {
    SystemActor storage;
    return playbook_stop_run(playbook_begin(context, &storage), run, code, reason);
}

/* ---- Going on ---- */

static Status open_due(Context *context, const Playbook *playbook, const Record *run, bool *moved,
                       bool *left) {
    Record *steps;
    size_t count;
    Status status = playbook_read_unsettled(context, run->id, &steps, &count);
    *left = count > 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        int64_t opens = playbook_instant_of(&steps[i], "opens_at");
        if (!playbook_state_is(&steps[i], "planned") || !opens || opens > context->now) continue;
        status = open_step(context, playbook, run, &steps[i], moved);
    }
    return status;
}

/* Until nothing moves: a step that is skipped may bring up the one behind it. */
Status playbook_go_on(Context *context, const Playbook *playbook, Record *run) {
    bool moved = true, left = true;
    Status status = STATUS_OK;
    while (status == STATUS_OK && moved && left) {
        moved = false;
        status = open_due(context, playbook, run, &moved, &left);
    }
    if (status != STATUS_OK || left) return status;
    Ending ending = {"ended", {0}, {0}};
    return write_end(context, run, &ending);
}

/* The reason as the responsible person reads it. */
static Status stop_by(Context *context, const Playbook *playbook, Record *run,
                      const PlaybookStop *stop) {
    Record record;
    Receiver receiver = {.actor = *context->actor};
    Status status = playbook_record_of(context, playbook, run, &record);
    if (status == STATUS_OK) {
        status = receiver_read(context, playbook_owner_of(playbook, &record), &receiver);
    }
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    Lang lang = receiver.actor.lang;
    return playbook_stop_run(context, run, stop->name, label_in(&stop->label, lang));
}

/* Whatever moved: a reason to stop comes before anything that is next. */
Status playbook_look_at(Context *context, const Playbook *playbook, Record *run) {
    const PlaybookStop *stop = NULL;
    if (!playbook) {
        return playbook_stop_run(context, run, STR("outdated"), (Str){0});
    }
    Status status = playbook_find_stop(context, playbook, run, &stop);
    if (status != STATUS_OK) return status;
    return stop ? stop_by(context, playbook, run, stop) : playbook_go_on(context, playbook, run);
}

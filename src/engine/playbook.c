/*
 * Going on with runs. Every step is settled in one function, whatever settled it (a task ticked
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

static const Object *object_of(const Context *context, const char *name) {
    return model_object(context->model, str_of(name));
}

static Status write_changes(Context *context, const Writing *writing, Id id, Record *out) {
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

/* ---- Which definition ---- */

/* A kept one that no longer fits the model gives NULL: the run cannot go on by it. */
static Status read_kept(Context *context, Str body, const Playbook **out) {
    json_t *definition CLEANUP(json_drop) = NULL;
    Playbook *playbook = ARENA_NEW(context->arena, Playbook);
    Problem ignored = problem_new(context->arena);
    *out = NULL;
    if (json_read(body, &ignored, &definition) != STATUS_OK) return STATUS_OK;
    Status status = playbook_read(context->arena, context->model, STR("playbooks"), definition,
                                  &ignored, playbook);
    if (status == STATUS_OK) *out = playbook;
    return status == STATUS_INVALID ? STATUS_OK : status;
}

static Status plan_playbook(const Playbooks *playbooks, Context *context, Id plan,
                            const Playbook **out) {
    SystemActor storage;
    Record record;
    *out = NULL;
    Status status = record_read(system_actor(context, &storage),
                                object_of(context, "playbook_plan"), plan, &record);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    Str body = playbook_text_of(&record, "body");
    const Playbook *current = playbooks_find(playbooks, playbook_text_of(&record, "playbook"));
    if (current && str_equal(current->body, body)) {
        *out = current;
        return STATUS_OK;
    }
    return read_kept(context, body, out);
}

Status playbook_of_run(const Playbooks *playbooks, Context *context, const Record *run,
                       const Playbook **out) {
    return plan_playbook(playbooks, context, playbook_id_of(run, "plan"), out);
}

/* ---- Reading runs and steps ---- */

/* Records of an object that a piece of SQL about "r" and one parameter chooses, in their order. */
static Status read_records(Context *context, const char *object, const char *where, Value parameter,
                           Record **out, size_t *count) {
    const Object *found = object_of(context, object);
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
static Status read_unsettled(Context *context, Id run, Record **out, size_t *count) {
    return read_records(
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
    return write_changes(context, &dates, waiting->id, &changed);
}

static Status date_followers(Context *context, const Playbook *playbook, const Record *run,
                             const Record *step) {
    Record *waiting;
    size_t count;
    Status status = read_unsettled(context, run->id, &waiting, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = date_follower(context, playbook, run, step, &waiting[i]);
    }
    return status;
}

static Status settle_task(Context *context, const Record *step, const char *state) {
    Id task = playbook_id_of(step, "task");
    Record record, changed;
    if (id_none(task)) return STATUS_OK;
    Status status = record_read(context, object_of(context, "task"), task, &record);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK || !playbook_state_is(&record, "open")) return status;
    Writing writing = {.object = record.object};
    writing_add(&writing, "state", value_text(str_of(state)));
    return write_changes(context, &writing, task, &changed);
}

/* How a step came to an end. */
typedef struct Settling {
    const char *state, *task_state; /* of the step, and of a task that is still open */
    Id contact;                     /* the contact that settled it; none: something else */
} Settling;

static const Settling DONE = {.state = "done", .task_state = "done"};
static const Settling SKIPPED = {.state = "skipped", .task_state = "dismissed"};
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
    Status status = write_changes(context, &writing, step->id, &changed);
    return status == STATUS_OK ? settle_task(context, step, settling.task_state) : status;
}

static Status settle_step(Context *context, const Playbook *playbook, const Record *run,
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
static Status next_contact(Context *context, const Playbook *playbook, const Record *run,
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
    Str subject, body;
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
    Writing task = {.object = object_of(context, "task")};
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
    return write_changes(context, &writing, step->id, &changed);
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
        return settle_step(context, playbook, run, step, SKIPPED);
    }
    status = find_doer(context, playbook, plan, run, &doer);
    if (status != STATUS_OK || id_none(doer)) return status;
    *moved = true;
    if (plan->from == STEP_WITH_CONTACT) status = next_contact(context, playbook, run, &due);
    if (status == STATUS_OK) {
        status = make_task(context, playbook, plan, run, doer, due, &task);
    }
    return status == STATUS_OK ? mark_open(context, step, doer, due, task.id) : status;
}

/* ---- The end ---- */

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
    return write_changes(context, &writing, run->id, run);
}

/* Open steps first: a task that is dismissed must not move a run on that is being stopped. */
static Status stop_run(Context *context, Record *run, Str code, Str reason) {
    Record *steps;
    size_t count;
    Ending ending = {"stopped", code, reason};
    Status status = write_end(context, run, &ending);
    if (status == STATUS_OK) status = read_unsettled(context, run->id, &steps, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = mark_settled(context, NULL, &steps[i], STOPPED);
    }
    return status;
}

Status playbook_stop(Context *context, Record *run, Str code, Str reason) {
    SystemActor storage;
    return stop_run(playbook_begin(context, &storage), run, code, reason);
}

/* ---- Going on ---- */

static Status open_due(Context *context, const Playbook *playbook, const Record *run, bool *moved,
                       bool *left) {
    Record *steps;
    size_t count;
    Status status = read_unsettled(context, run->id, &steps, &count);
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
    return stop_run(context, run, stop->name, label_in(&stop->label, lang));
}

/* Whatever moved: a reason to stop comes before anything that is next. */
static Status look_at(Context *context, const Playbook *playbook, Record *run) {
    const PlaybookStop *stop = NULL;
    if (!playbook) {
        return stop_run(context, run, STR("outdated"), (Str){0});
    }
    Status status = playbook_find_stop(context, playbook, run, &stop);
    if (status != STATUS_OK) return status;
    return stop ? stop_by(context, playbook, run, stop) : playbook_go_on(context, playbook, run);
}

Status playbook_stop_for(Context *context, const Playbook *playbook, Id record, Str reason) {
    SystemActor storage;
    Context *acting = playbook_begin(context, &storage);
    Record *runs;
    size_t count;
    Str key = str_format(context->arena, "%.*s:%.*s", STR_ARGS(playbook->name),
                         STR_ARGS(id_text(context->arena, record)));
    Status status = read_records(acting, "playbook_run",
                                 "\"r\".\"running_key\" = ", value_text(key), &runs, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = stop_run(acting, &runs[i], STR("rule"), reason);
    }
    return status;
}

/* ---- What a save means ---- */

/* Somebody ticked off, or dismissed, or deleted a step's task. */
static Status task_settled(const Playbooks *playbooks, Context *context, const Change *change) {
    bool gone = change->action == CHANGE_DELETE;
    bool source = str_starts(playbook_text_of(change->after, "source"), STR("playbook:"));
    if (!source || !change->before || !playbook_state_is(change->before, "open")) return STATUS_OK;
    if (!gone && playbook_state_is(change->after, "open")) return STATUS_OK;
    Record *steps, run;
    size_t count;
    const Playbook *playbook;
    Status status =
        read_records(context, "playbook_step",
                     "\"r\".\"state\" = 'open' AND \"r\".\"task\" = ", value_id(change->after->id),
                     &steps, &count);
    if (status != STATUS_OK || !count) return status;
    status = record_read(context, object_of(context, "playbook_run"),
                         playbook_id_of(&steps[0], "run"), &run);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    status = playbook_of_run(playbooks, context, &run, &playbook);
    if (status != STATUS_OK || !playbook) return status;
    bool done = !gone && playbook_state_is(change->after, "done");
    status = settle_step(context, playbook, &run, &steps[0], done ? DONE : SKIPPED);
    return status == STATUS_OK ? look_at(context, playbook, &run) : status;
}

/* The first open step that a contact settles. */
static const Record *find_settled(const Playbook *playbook, const Record *steps, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const PlaybookStep *plan = playbook_step(playbook, playbook_text_of(&steps[i], "step"));
        if (plan && plan->settled_by_contact && playbook_state_is(&steps[i], "open")) {
            return &steps[i];
        }
    }
    return NULL;
}

/* A contact that is saved again settles nothing again. */
static Status is_used(Context *context, const Playbook *playbook, const Record *run, Id contact,
                      bool *out) {
    Record *steps;
    size_t count;
    Status status = read_records(context, "playbook_step", "\"r\".\"run\" = ", value_id(run->id),
                                 &steps, &count);
    *out = false;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const Field *fields = steps[i].object->fields;
        for (size_t j = 0; j < steps[i].object->field_count; j++) {
            bool leads = fields[j].type == FIELD_REFERENCE &&
                         str_equal(fields[j].reference, playbook->contact.object->name);
            const Value *value = &steps[i].values[j];
            if (leads && value->kind == VALUE_ID && id_equal(value->id, contact)) *out = true;
        }
    }
    return status;
}

static Status contact_held(Context *context, const Playbook *playbook, const Record *run,
                           const Record *contact) {
    Record *steps;
    size_t count;
    bool used = false;
    Status status = is_used(context, playbook, run, contact->id, &used);
    if (status != STATUS_OK || used) return status;
    status = read_unsettled(context, run->id, &steps, &count);
    const Record *step = status == STATUS_OK ? find_settled(playbook, steps, count) : NULL;
    if (!step) return status;
    Settling settling = DONE;
    settling.contact = contact->id;
    return settle_step(context, playbook, run, step, settling);
}

/* What goes along with a contact is due with it: the planned one, or the one that was just held. */
static Status date_with_contact(Context *context, const Playbook *playbook, const Record *run,
                                const Value *held_at) {
    Record *steps, changed;
    size_t count;
    Value due;
    Status status = read_unsettled(context, run->id, &steps, &count);
    if (status == STATUS_OK) status = next_contact(context, playbook, run, &due);
    if (status == STATUS_OK && held_at) due = *held_at;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const Value *with = record_value(&steps[i], STR("with_contact"));
        Id task = playbook_id_of(&steps[i], "task");
        if (with->kind != VALUE_BOOLEAN || !with->boolean || id_none(task)) continue;
        Writing date = {.object = steps[i].object};
        writing_add(&date, "due_at", due);
        status = write_changes(context, &date, steps[i].id, &changed);
        Writing same = {.object = object_of(context, "task")};
        writing_add(&same, "due_at", due);
        if (status == STATUS_OK) status = write_changes(context, &same, task, &changed);
        if (status == STATUS_NOT_FOUND) status = STATUS_OK;
    }
    return status;
}

/* The contact with which a run began is not one of those that follow it. */
static Status contact_saved(Context *context, const Playbook *playbook, const Record *run,
                            const Change *change) {
    const PlaybookContact *contact = &playbook->contact;
    if (change->after->object != contact->object) return STATUS_OK;
    const Value *at = &change->after->values[contact->held_at->index];
    bool held = false, gone = change->action == CHANGE_DELETE;
    Status status = condition_holds(context, contact->held, change->after, NULL, &held);
    if (status != STATUS_OK) return status;
    bool later = at->kind == VALUE_INTEGER && at->integer > playbook_instant_of(run, "started_at");
    held = held && later && !gone;
    if (held) status = contact_held(context, playbook, run, change->after);
    if (status != STATUS_OK) return status;
    return date_with_contact(context, playbook, run, held ? at : NULL);
}

/* Open steps of the former person go to the new one; those of other roles stay. */
static Status move_steps(Context *context, const Record *run, Id from, Id to) {
    Record *steps, changed;
    size_t count;
    Status status = read_unsettled(context, run->id, &steps, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        Id task = playbook_id_of(&steps[i], "task");
        if (id_none(task) || !id_equal(playbook_id_of(&steps[i], "owner"), from)) continue;
        Writing writing = {.object = steps[i].object};
        writing_add(&writing, "owner", value_id(to));
        status = write_changes(context, &writing, steps[i].id, &changed);
        Writing same = {.object = object_of(context, "task")};
        writing_add(&same, "owner", value_id(to));
        if (status == STATUS_OK) status = write_changes(context, &same, task, &changed);
        if (status == STATUS_NOT_FOUND) status = STATUS_OK;
    }
    return status;
}

static Status record_saved(Context *context, const Playbook *playbook, Record *run,
                           const Change *change, bool *over) {
    if (change->action == CHANGE_DELETE) {
        *over = true;
        return stop_run(context, run, STR("gone"), (Str){0});
    }
    if (!change->before) return STATUS_OK;
    Id from = playbook_owner_of(playbook, change->before);
    Id to = playbook_owner_of(playbook, change->after);
    if (id_equal(from, to) || id_none(from) || id_none(to)) return STATUS_OK;
    return move_steps(context, run, from, to);
}

/* One run of those that the saved record touches. */
static Status touch_run(const Playbooks *playbooks, Context *context, Record *run,
                        const Change *change) {
    const Playbook *playbook;
    bool over = false;
    Status status = playbook_of_run(playbooks, context, run, &playbook);
    if (status == STATUS_OK && playbook && playbook->object == change->after->object) {
        status = record_saved(context, playbook, run, change, &over);
    }
    if (status == STATUS_OK && playbook && playbook->contact.object) {
        status = contact_saved(context, playbook, run, change);
    }
    return status == STATUS_OK && !over ? look_at(context, playbook, run) : status;
}

/* The runs whose field leads to a record. */
static Status touch_runs(const Playbooks *playbooks, Context *context, const Field *field, Id id,
                         const Change *change) {
    Record *runs;
    size_t count;
    Str where = str_format(
        context->arena, "\"r\".\"state\" = 'running' AND \"r\".\"%.*s\" = ", STR_ARGS(field->name));
    Status status = read_records(context, "playbook_run", where.data, value_id(id), &runs, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = touch_run(playbooks, context, &runs[i], change);
    }
    return status;
}

/* The runs that lead to the saved record itself: the doctor, the topic that was answered. */
static Status touch_led(const Playbooks *playbooks, Context *context, const Change *change) {
    const Object *run = object_of(context, "playbook_run");
    Status status = STATUS_OK;
    if (change->action == CHANGE_CREATE) return STATUS_OK;
    for (size_t i = 0; i < run->field_count && status == STATUS_OK; i++) {
        const Field *field = &run->fields[i];
        if (field->type != FIELD_REFERENCE || str_starts(field->name, STR("started_")) ||
            str_starts(field->name, STR("stopped_")) ||
            !str_equal(field->reference, change->after->object->name)) {
            continue;
        }
        status = touch_runs(playbooks, context, field, change->after->id, change);
    }
    return status;
}

static bool is_contact(const Playbooks *playbooks, const Object *object) {
    for (size_t i = 0; i < playbooks->count; i++) {
        if (playbooks->items[i].contact.object == object) return true;
    }
    return false;
}

/* A contact moves the runs of whom it was with. */
static Status touch_contacted(const Playbooks *playbooks, Context *context, const Change *change) {
    const Object *object = change->after->object;
    Status status = STATUS_OK;
    for (size_t i = 0; i < playbooks->count && status == STATUS_OK; i++) {
        const Playbook *playbook = &playbooks->items[i];
        bool seen = false;
        for (size_t j = 0; j < i; j++) {
            seen = seen || playbooks->items[j].about == playbook->about;
        }
        if (playbook->contact.object != object || seen) continue;
        const Value *whom = &change->after->values[playbook->contact.reference->index];
        if (whom->kind != VALUE_ID) continue;
        status = touch_runs(playbooks, context, playbook->about, whom->id, change);
    }
    return status;
}

/* What the machine writes itself wakes it no further; most other saves end at the first question.
 */
Status playbooks_after_save(const Playbooks *playbooks, Context *context, const Change *change) {
    Str name = change->after->object->name;
    if (!playbooks->count || str_starts(name, STR("playbook_"))) return STATUS_OK;
    SystemActor storage;
    Context *acting = playbook_begin(context, &storage);
    if (str_is(name, "task")) return task_settled(playbooks, acting, change);
    if (is_contact(playbooks, change->after->object)) {
        return touch_contacted(playbooks, acting, change);
    }
    return touch_led(playbooks, acting, change);
}

/* ---- What time brings about ---- */

typedef struct Ids {
    Id *items;
    size_t count, capacity;
} Ids;

static void ids_add(Arena *arena, Ids *ids, Id id) {
    if (ids->count == ids->capacity) {
        ids->capacity = ids->capacity ? ids->capacity * 2 : 64;
        Id *more = ARENA_ARRAY(arena, ids->capacity, Id);
        if (ids->count) memcpy(more, ids->items, ids->count * sizeof *more);
        ids->items = more;
    }
    ids->items[ids->count++] = id;
}

static Status read_ids(Context *context, const Sql *sql, Ids *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ids_add(context->arena, out, store_column_id(rows, 0));
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* The runs of a plan on which one of its stops holds now, asked as one set. */
static Status add_stopped(Context *context, const Playbook *playbook, Id plan, Ids *out) {
    for (size_t i = 0; i < playbook->stop_count; i++) {
        Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
        sql_add(&sql,
                "SELECT \"r\".\"id\" FROM \"playbook_run\" AS \"r\" WHERE \"r\".\"deleted_at\" IS "
                "NULL AND \"r\".\"state\" = 'running' AND \"r\".\"plan\" = ");
        sql_bind(&sql, value_id(plan));
        sql_add(&sql, " AND ");
        Status status = condition_add_sql(context, playbook->stops[i].condition, &sql, STR("r"));
        if (status == STATUS_OK) status = read_ids(context, &sql, out);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static Status read_plans(Context *context, Ids *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql,
            "SELECT DISTINCT \"plan\" FROM \"playbook_run\" WHERE \"state\" = 'running' AND "
            "\"plan\" IS NOT NULL AND \"deleted_at\" IS NULL");
    return read_ids(context, &sql, out);
}

static Status add_due(Context *context, Ids *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql,
            "SELECT DISTINCT \"run\" FROM \"playbook_step\" WHERE \"state\" = 'planned' AND "
            "\"deleted_at\" IS NULL AND \"opens_at\" <= ");
    sql_bind(&sql, value_integer(context->now));
    return read_ids(context, &sql, out);
}

static Status go_on_with(const Playbooks *playbooks, Context *context, const Ids *ids,
                         int64_t *acted) {
    const Object *object = object_of(context, "playbook_run");
    Status status = STATUS_OK;
    for (size_t i = 0; i < ids->count && status == STATUS_OK; i++) {
        Record run;
        const Playbook *playbook;
        status = record_read(context, object, ids->items[i], &run);
        if (status == STATUS_NOT_FOUND ||
            (status == STATUS_OK && !playbook_state_is(&run, "running"))) {
            status = STATUS_OK;
            continue;
        }
        if (status == STATUS_OK) status = playbook_of_run(playbooks, context, &run, &playbook);
        if (status == STATUS_OK) status = look_at(context, playbook, &run);
        if (status == STATUS_OK) ++*acted;
    }
    return status;
}

Status playbooks_tick(const Playbooks *playbooks, Context *context, int64_t *acted) {
    Ids plans = {0}, runs = {0};
    if (!object_of(context, "playbook_run")) return STATUS_OK;
    Status status = read_plans(context, &plans);
    for (size_t i = 0; i < plans.count && status == STATUS_OK; i++) {
        const Playbook *playbook;
        status = plan_playbook(playbooks, context, plans.items[i], &playbook);
        if (status == STATUS_OK && playbook) {
            status = add_stopped(context, playbook, plans.items[i], &runs);
        }
    }
    if (status == STATUS_OK) status = add_due(context, &runs);
    return status == STATUS_OK ? go_on_with(playbooks, context, &runs, acted) : status;
}

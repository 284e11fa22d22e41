/*
 * What moves runs on: saves of records that they are about, that they lead to, or that are
 * contacts; and time alone, asked once for all runs of one plan. Whatever it is, a reason to stop
 * comes before anything that is next.
 */
#include "playbook.h"

#include "playbook_work.h"
#include "row.h"
#include "zone_share.h"

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

Status playbook_of_plan(const Playbooks *playbooks, Context *context, Id plan,
                        const Playbook **out) {
    SystemActor storage;
    Record record;
    *out = NULL;
    Status status = record_read(system_actor(context, &storage),
                                playbook_object(context, "playbook_plan"), plan, &record);
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
    return playbook_of_plan(playbooks, context, playbook_id_of(run, "plan"), out);
}

/* ---- Stopping by a rule ---- */

Status playbook_stop_for(Context *context, const Playbook *playbook, Id record, Str reason) {
    SystemActor storage;
    Context *acting = playbook_begin(context, &storage);
    Record *runs;
    size_t count;
    Str key = str_format(context->arena, "%.*s:%.*s", STR_ARGS(playbook->name),
                         STR_ARGS(id_text(context->arena, record)));
    Status status = playbook_read_records(
        acting, "playbook_run", "\"r\".\"running_key\" = ", value_text(key), &runs, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = playbook_stop_run(acting, &runs[i], STR("rule"), reason);
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
    Status status = playbook_read_records(context, "playbook_step",
                                          "\"r\".\"state\" = 'open' AND \"r\".\"task\" = ",
                                          value_id(change->after->id), &steps, &count);
    if (status != STATUS_OK || !count) return status;
    status = record_read(context, playbook_object(context, "playbook_run"),
                         playbook_id_of(&steps[0], "run"), &run);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    status = playbook_of_run(playbooks, context, &run, &playbook);
    if (status != STATUS_OK || !playbook) return status;
    bool done = !gone && playbook_state_is(change->after, "done");
    status = playbook_settle_step(context, playbook, &run, &steps[0],
                                  done ? PLAYBOOK_DONE : PLAYBOOK_SKIPPED);
    return status == STATUS_OK ? playbook_look_at(context, playbook, &run) : status;
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
    Status status = playbook_read_records(context, "playbook_step",
                                          "\"r\".\"run\" = ", value_id(run->id), &steps, &count);
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
    status = playbook_read_unsettled(context, run->id, &steps, &count);
    const Record *step = status == STATUS_OK ? find_settled(playbook, steps, count) : NULL;
    if (!step) return status;
    Settling settling = PLAYBOOK_DONE;
    settling.contact = contact->id;
    return playbook_settle_step(context, playbook, run, step, settling);
}

/* What goes along with a contact is due with it: the planned one, or the one that was just held. */
static Status date_with_contact(Context *context, const Playbook *playbook, const Record *run,
                                const Value *held_at) {
    Record *steps, changed;
    size_t count;
    Value due;
    Status status = playbook_read_unsettled(context, run->id, &steps, &count);
    if (status == STATUS_OK) status = playbook_next_contact(context, playbook, run, &due);
    if (status == STATUS_OK && held_at) due = *held_at;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const Value *with = record_value(&steps[i], STR("with_contact"));
        Id task = playbook_id_of(&steps[i], "task");
        if (with->kind != VALUE_BOOLEAN || !with->boolean || id_none(task)) continue;
        Writing date = {.object = steps[i].object};
        writing_add(&date, "due_at", due);
        status = playbook_write(context, &date, steps[i].id, &changed);
        Writing same = {.object = playbook_object(context, "task")};
        writing_add(&same, "due_at", due);
        if (status == STATUS_OK) status = playbook_write(context, &same, task, &changed);
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
    Status status = playbook_read_unsettled(context, run->id, &steps, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        Id task = playbook_id_of(&steps[i], "task");
        if (id_none(task) || !id_equal(playbook_id_of(&steps[i], "owner"), from)) continue;
        Writing writing = {.object = steps[i].object};
        writing_add(&writing, "owner", value_id(to));
        status = playbook_write(context, &writing, steps[i].id, &changed);
        Writing same = {.object = playbook_object(context, "task")};
        writing_add(&same, "owner", value_id(to));
        if (status == STATUS_OK) status = playbook_write(context, &same, task, &changed);
        if (status == STATUS_NOT_FOUND) status = STATUS_OK;
    }
    return status;
}

static Status record_saved(Context *context, const Playbook *playbook, Record *run,
                           const Change *change, bool *over) {
    if (change->action == CHANGE_DELETE) {
        *over = true;
        return playbook_stop_run(context, run, STR("gone"), (Str){0});
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
    return status == STATUS_OK && !over ? playbook_look_at(context, playbook, run) : status;
}

/* The runs whose field leads to a record. */
static Status touch_runs(const Playbooks *playbooks, Context *context, const Field *field, Id id,
                         const Change *change) {
    Record *runs;
    size_t count;
    Str where = str_format(
        context->arena, "\"r\".\"state\" = 'running' AND \"r\".\"%.*s\" = ", STR_ARGS(field->name));
    Status status =
        playbook_read_records(context, "playbook_run", where.data, value_id(id), &runs, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = touch_run(playbooks, context, &runs[i], change);
    }
    return status;
}

/* The runs that lead to the saved record itself: the doctor, the topic that was answered. */
static Status touch_led(const Playbooks *playbooks, Context *context, const Change *change) {
    const Object *run = playbook_object(context, "playbook_run");
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

/* Ids, all read before the first of their records is changed: one connection does both. */
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
    const Object *object = playbook_object(context, "playbook_run");
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
        if (status == STATUS_OK) status = playbook_look_at(context, playbook, &run);
        if (status == STATUS_OK) ++*acted;
    }
    return status;
}

Status playbooks_tick(const Playbooks *playbooks, Context *context, int64_t *acted) {
    Ids plans = {0}, runs = {0};
    if (!playbook_object(context, "playbook_run")) return STATUS_OK;
    Status status = read_plans(context, &plans);
    for (size_t i = 0; i < plans.count && status == STATUS_OK; i++) {
        const Playbook *playbook;
        status = playbook_of_plan(playbooks, context, plans.items[i], &playbook);
        if (status == STATUS_OK && playbook) {
            status = add_stopped(context, playbook, plans.items[i], &runs);
        }
    }
    if (status == STATUS_OK) status = add_due(context, &runs);
    return status == STATUS_OK ? go_on_with(playbooks, context, &runs, acted) : status;
}

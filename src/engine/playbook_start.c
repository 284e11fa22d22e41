/*
 * Starting a run. All its steps are written at once, with the dates that are known by then: the
 * plan can be shown from the first moment, and the daily run only has to look for dates that have
 * come. A preview computes the same without writing.
 */
#include "clock.h"
#include "playbook_work.h"
#include "zone.h"
#include "zone_share.h"

/* ---- Dates ---- */

/* The same time of day in another month; the 31st becomes the last day where there is none. */
static Date month_later(Date date, int64_t months) {
    int64_t month = (int64_t)date.year * 12 + date.month - 1 + months;
    Date moved = {.year = (int)(month / 12), .month = (int)(month % 12) + 1, .day = 1};
    int last = date_month_end(moved).day;
    moved.day = date.day < last ? date.day : last;
    return moved;
}

int64_t offset_apply(Offset offset, Str zone, int64_t from, int direction) {
    int64_t count = offset.count * direction;
    if (offset.unit == OFFSET_NONE) return from;
    from -= from % CLOCK_MINUTE;
    if (offset.unit == OFFSET_HOURS) return from + count * CLOCK_HOUR;
    Date day = zone_date(zone, from);
    int64_t time = from + zone_offset(zone, from) - date_to_days(day) * CLOCK_DAY;
    day = offset.unit == OFFSET_MONTHS ? month_later(day, count)
                                       : date_from_days(date_to_days(day) + count);
    /* The offset of the new day may be another one, where clocks change in between. */
    int64_t wall = date_to_days(day) * CLOCK_DAY + time;
    return wall - zone_offset(zone, wall - zone_offset(zone, from));
}

/* From the record's own id, so that a thousand runs of one morning do not fall due on one day. */
static int64_t spread_days(const PlaybookStep *step, Id record) {
    uint64_t sum = 0;
    if (!step->spread) return 0;
    for (size_t i = 0; i < sizeof record.bytes; i++) sum = sum * 31 + record.bytes[i];
    return (int64_t)(sum % (uint64_t)step->spread);
}

/* A step that follows the one before it, or goes with a contact, has no date yet. */
StepDates playbook_first_dates(const PlaybookStep *step, const PlaybookStart *start, Str zone) {
    StepDates dates = {0};
    if (step->from == STEP_WITH_CONTACT) dates.opens = start->at;
    if (step->from != STEP_FROM_START) return dates;
    Offset spread = {OFFSET_DAYS, spread_days(step, start->record->id)};
    dates.due = offset_apply(spread, zone, offset_apply(step->after, zone, start->at, 1), 1);
    bool waits = step->ahead.unit != OFFSET_NONE;
    dates.opens = waits ? offset_apply(step->ahead, zone, dates.due, -1) : start->at;
    return dates;
}

/* ---- The plan that a run keeps ---- */

static const Object *object_of(const Context *context, const char *name) {
    return model_object(context->model, str_of(name));
}

/* One record for all runs of one version: the newest, if it is the same. */
static Status find_plan(Context *context, const Playbook *playbook, Id *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"id\", \"body\" FROM \"playbook_plan\" WHERE \"playbook\" = "
                              "$1 AND \"deleted_at\" IS NULL ORDER BY \"id\" DESC LIMIT 1",
                              value_text(playbook->name));
    *out = (Id){0};
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK && str_equal(store_column_text(rows, 1), playbook->body)) {
        *out = store_column_id(rows, 0);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status playbook_keep_plan(Context *context, const Playbook *playbook, Id *out) {
    Status status = find_plan(context, playbook, out);
    if (status != STATUS_OK || !id_none(*out)) return status;
    Writing plan = {.object = object_of(context, "playbook_plan")};
    Record made;
    writing_add(&plan, "playbook", value_text(playbook->name));
    writing_add(&plan, "body", value_text(playbook->body));
    status = record_insert(context, plan.object, plan.values, plan.count, &made);
    if (status == STATUS_OK) *out = made.id;
    return status;
}

/* ---- The run ---- */

static Str running_key(Context *context, const Playbook *playbook, Id record) {
    Str id = id_text(context->arena, record);
    return str_format(context->arena, "%.*s:%.*s", STR_ARGS(playbook->name), STR_ARGS(id));
}

static void describe_run(Context *context, const PlaybookStart *start, Writing *run) {
    const Playbook *playbook = start->playbook;
    run->object = object_of(context, "playbook_run");
    for (size_t i = 0; i < start->count && run->count < PLAYBOOK_FIELDS_MOST / 2; i++) {
        run->values[run->count++] = start->values[i];
    }
    writing_add(run, "playbook", value_text(playbook->name));
    run->values[run->count++] = (FieldValue){playbook->about, value_id(start->record->id)};
    writing_add(run, "state", value_text(STR("running")));
    writing_add(run, "started_at", value_integer(start->at));
    writing_add(run, "started_by", value_id_or_null(context->actor->user));
    writing_add(run, "origin", value_text(start->origin));
    writing_add(run, "running_key", value_text(running_key(context, playbook, start->record->id)));
}

/* As it would be read back, for conditions and texts that are asked before it is written. */
static void imagine_run(Context *context, const Writing *writing, Record *out) {
    size_t count = writing->object->field_count;
    *out = (Record){.object = writing->object, .values = ARENA_ARRAY(context->arena, count, Value)};
    for (size_t i = 0; i < count; i++) out->values[i] = value_null();
    for (size_t i = 0; i < writing->count; i++) {
        out->values[writing->values[i].field->index] = writing->values[i].value;
    }
}

static Status is_running(Context *context, const Playbook *playbook, Id record, bool *out) {
    return store_ask_any(
        context->transaction, out,
        "SELECT 1 FROM \"playbook_run\" WHERE \"running_key\" = $1 AND \"deleted_at\" IS "
        "NULL",
        value_text(running_key(context, playbook, record)));
}

/* Whether it can begin; STATUS_CONFLICT with the reason in people's words. */
static Status check_start(Context *context, const PlaybookStart *start, const Record *run) {
    const Playbook *playbook = start->playbook;
    const PlaybookStop *stop = NULL;
    bool running = false;
    Str label = label_in(&playbook->label, context->actor->lang);
    Status status = is_running(context, playbook, start->record->id, &running);
    if (status == STATUS_OK && running) {
        problem_add(context->problem, STR("/playbook"), "playbook_running", label);
        return STATUS_CONFLICT;
    }
    if (status == STATUS_OK) status = playbook_find_stop(context, playbook, run, &stop);
    if (status != STATUS_OK || !stop) return status;
    problem_add(context->problem, STR("/playbook"), "playbook_over", label,
                label_in(&stop->label, context->actor->lang));
    return STATUS_CONFLICT;
}

static Status zone_of(Context *context, const PlaybookStart *start, Str *out) {
    return zone_share_of(context, start->playbook->object, start->record->id, out);
}

static Status insert_step(Context *context, const PlaybookStart *start, const Record *run,
                          size_t index, StepDates dates) {
    const PlaybookStep *step = &start->playbook->steps[index];
    Writing row = {.object = object_of(context, "playbook_step")};
    Record made;
    Str name;
    Status status = playbook_step_text(context, &step->label, run, &name);
    if (status != STATUS_OK) return status;
    writing_add(&row, "run", value_id(run->id));
    writing_add(&row, "playbook", value_text(start->playbook->name));
    row.values[row.count++] = (FieldValue){object_field(row.object, start->playbook->about->name),
                                           value_id(start->record->id)};
    writing_add(&row, "step", value_text(step->name));
    writing_add(&row, "name", value_text(name));
    writing_add(&row, "position", value_integer((int64_t)index + 1));
    writing_add(&row, "round", value_integer(1));
    writing_add(&row, "state", value_text(STR("planned")));
    writing_add(&row, "due_at", value_instant_or_null(dates.due));
    writing_add(&row, "opens_at", value_instant_or_null(dates.opens));
    writing_add(&row, "with_contact", value_boolean(step->from == STEP_WITH_CONTACT));
    return record_insert(context, row.object, row.values, row.count, &made);
}

/* What a person reads of steps is in the language of whom they are for. */
static Status speak_to_owner(Context *context, const PlaybookStart *start, Receiver *out) {
    Id owner = playbook_owner_of(start->playbook, start->record);
    *out = (Receiver){.actor = *context->actor};
    return id_none(owner) ? STATUS_OK : receiver_read(context, owner, out);
}

Status playbook_write_step(Context *context, const PlaybookStart *start, const Record *run,
                           size_t index, StepDates dates) {
    Receiver receiver;
    Status status = speak_to_owner(context, start, &receiver);
    Context spoken = *context;
    spoken.actor = &receiver.actor;
    return status == STATUS_OK ? insert_step(&spoken, start, run, index, dates) : status;
}

static Status write_steps(Context *context, const PlaybookStart *start, const Record *run,
                          Str zone) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < start->playbook->step_count && status == STATUS_OK; i++) {
        StepDates dates = playbook_first_dates(&start->playbook->steps[i], start, zone);
        status = playbook_write_step(context, start, run, i, dates);
    }
    return status;
}

/* `context` is the acting one. */
static Status start_checked(Context *context, const PlaybookStart *start, Writing *writing,
                            Record *run) {
    Id plan;
    Str zone;
    Status status = playbook_keep_plan(context, start->playbook, &plan);
    if (status == STATUS_OK) status = zone_of(context, start, &zone);
    if (status != STATUS_OK) return status;
    writing_add(writing, "plan", value_id(plan));
    status = record_insert(context, writing->object, writing->values, writing->count, run);
    if (status == STATUS_OK) status = write_steps(context, start, run, zone);
    return status == STATUS_OK ? playbook_go_on(context, start->playbook, run) : status;
}

Status playbook_start(Context *context, const PlaybookStart *start, Record *run) {
    SystemActor storage;
    Context *acting = playbook_begin(context, &storage);
    Writing writing = {0};
    Record imagined;
    describe_run(acting, start, &writing);
    imagine_run(acting, &writing, &imagined);
    Status status = check_start(acting, start, &imagined);
    return status == STATUS_OK ? start_checked(acting, start, &writing, run) : status;
}

/* What forbids it is no error of whoever's change woke the rule, so its words are dropped. */
Status playbook_start_quietly(Context *context, const PlaybookStart *start) {
    SystemActor storage;
    Context *acting = playbook_begin(context, &storage);
    Problem ignored = problem_new(context->arena);
    Writing writing = {0};
    Record run;
    bool suits = false;
    if (start->playbook->off) return STATUS_OK;
    Status status =
        condition_holds(acting, start->playbook->condition, start->record, NULL, &suits);
    if (status != STATUS_OK || !suits) return status;
    describe_run(acting, start, &writing);
    imagine_run(acting, &writing, &run);
    storage.context.problem = &ignored;
    status = check_start(acting, start, &run);
    storage.context.problem = context->problem;
    if (status == STATUS_CONFLICT) return STATUS_OK;
    return status == STATUS_OK ? start_checked(acting, start, &writing, &run) : status;
}

Status playbook_foretell(Context *context, const PlaybookStart *start, Record *run,
                         StepDates *dates) {
    SystemActor storage;
    Context *acting = playbook_begin(context, &storage);
    Writing writing = {0};
    Str zone;
    describe_run(acting, start, &writing);
    imagine_run(acting, &writing, run);
    Status status = check_start(acting, start, run);
    if (status == STATUS_OK) status = zone_of(acting, start, &zone);
    for (size_t i = 0; i < start->playbook->step_count && status == STATUS_OK; i++) {
        dates[i] = playbook_first_dates(&start->playbook->steps[i], start, zone);
    }
    return status;
}

Status playbook_suits(Context *context, const Playbook *playbook, const Record *record, bool *suits,
                      bool *running) {
    SystemActor storage;
    Context *acting = playbook_begin(context, &storage);
    Status status = condition_holds(acting, playbook->condition, record, NULL, suits);
    return status == STATUS_OK ? is_running(acting, playbook, record->id, running) : status;
}

/*
 * A move is computed as a list first, and the same list is shown or carried out, so that what
 * people saw is what happens. Rounds behind the first keep their dates: they were counted from what
 * was really done.
 */
#include "playbook_move.h"

#include "playbook_work.h"
#include "zone_share.h"

/* A run on its way from one version of its playbook to another. */
typedef struct Mover {
    Context *context; /* the acting one */
    PlaybookStart start;
    Str zone;
    Record *steps; /* all that the run has */
    size_t count;
} Mover;

/* ---- Dates ---- */

static const Record *find_step(const Mover *mover, Str name) {
    for (size_t i = 0; i < mover->count; i++) {
        if (str_equal(playbook_text_of(&mover->steps[i], "step"), name)) return &mover->steps[i];
    }
    return NULL;
}

/* One that waits for another is dated when that is settled; if that is over, from then. */
static StepDates follow_dates(const Mover *mover, size_t index) {
    const PlaybookStep *plan = &mover->start.playbook->steps[index];
    const Record *before =
        index ? find_step(mover, mover->start.playbook->steps[index - 1].name) : NULL;
    int64_t done = before ? playbook_instant_of(before, "done_at") : 0;
    StepDates dates = {0};
    if (!done) return dates;
    dates.due = offset_apply(plan->after, mover->zone, done, 1);
    bool waits = plan->ahead.unit != OFFSET_NONE;
    dates.opens = waits ? offset_apply(plan->ahead, mover->zone, dates.due, -1) : done;
    return dates;
}

/* Nobody can do anything in the past: what should have been is due now. */
static StepDates dates_of(const Mover *mover, size_t index) {
    const PlaybookStep *plan = &mover->start.playbook->steps[index];
    StepDates dates = plan->from == STEP_FROM_PREVIOUS
                          ? follow_dates(mover, index)
                          : playbook_first_dates(plan, &mover->start, mover->zone);
    if (dates.due && dates.due < mover->context->now) dates.due = mover->context->now;
    return dates;
}

/* ---- The list ---- */

static bool is_settled(const Record *step) {
    return !playbook_state_is(step, "planned") && !playbook_state_is(step, "open");
}

static size_t index_of(const Playbook *playbook, Str name) {
    size_t i = 0;
    while (i < playbook->step_count && !str_equal(playbook->steps[i].name, name)) i++;
    return i;
}

static MovedStep existing(const Mover *mover, const PlaybookMove *move, const Record *step) {
    MovedStep moved = {.name = playbook_text_of(step, "step"),
                       .state = playbook_text_of(step, "state"),
                       .round = playbook_instant_of(step, "round"),
                       .due_before = playbook_instant_of(step, "due_at"),
                       .record = step->id};
    size_t index = index_of(move->to, moved.name);
    bool known = index < move->to->step_count;
    moved.plan = known ? &move->to->steps[index] : NULL;
    if (!known && move->from) moved.plan = playbook_step(move->from, moved.name);
    moved.due_after = moved.due_before;
    if (is_settled(step)) return moved;
    if (!known) {
        moved.move = STEP_DROPPED;
        moved.due_after = 0;
    } else if (playbook_state_is(step, "planned") && moved.round == 1) {
        moved.due_after = dates_of(mover, index).due;
        if (moved.due_after != moved.due_before) moved.move = STEP_REDATED;
    }
    return moved;
}

static void list_steps(const Mover *mover, PlaybookMove *move) {
    move->steps =
        ARENA_ARRAY(mover->context->arena, mover->count + move->to->step_count, MovedStep);
    for (size_t i = 0; i < mover->count; i++) {
        move->steps[move->count++] = existing(mover, move, &mover->steps[i]);
    }
    for (size_t i = 0; i < move->to->step_count; i++) {
        const PlaybookStep *plan = &move->to->steps[i];
        if (find_step(mover, plan->name)) continue;
        move->steps[move->count++] = (MovedStep){.move = STEP_ADDED,
                                                 .name = plan->name,
                                                 .plan = plan,
                                                 .round = 1,
                                                 .due_after = dates_of(mover, i).due};
    }
}

/* ---- What may be moved ---- */

static Status find_versions(const Playbooks *playbooks, Context *context, const Record *run,
                            PlaybookMove *out) {
    *out = (PlaybookMove){.to = playbooks_find(playbooks, playbook_text_of(run, "playbook"))};
    Status status = playbook_of_run(playbooks, context, run, &out->from);
    if (status != STATUS_OK) return status;
    const char *code = NULL;
    if (!playbook_state_is(run, "running")) code = "playbook_not_running";
    if (!code && (!out->to || out->from == out->to)) code = "playbook_current";
    if (!code) return STATUS_OK;
    problem_add(context->problem, STR(""), code);
    return STATUS_CONFLICT;
}

/* `record` must live as long as `out`, which dates steps by it. */
static Status begin(Context *context, const Record *run, const PlaybookMove *move, Record *record,
                    Mover *out) {
    *out = (Mover){.context = context};
    Status status = playbook_record_of(context, move->to, run, record);
    out->start = (PlaybookStart){
        .playbook = move->to, .record = record, .at = playbook_instant_of(run, "started_at")};
    if (status == STATUS_OK) {
        status = zone_share_of(context, move->to->object, record->id, &out->zone);
    }
    if (status != STATUS_OK) return status;
    return playbook_read_records(context, "playbook_step", "\"r\".\"run\" = ", value_id(run->id),
                                 &out->steps, &out->count);
}

Status playbook_move_foretell(const Playbooks *playbooks, Context *context, const Record *run,
                              PlaybookMove *out) {
    SystemActor storage;
    Mover mover;
    Record record;
    Status status = find_versions(playbooks, context, run, out);
    if (status == STATUS_OK) {
        status = begin(playbook_begin(context, &storage), run, out, &record, &mover);
    }
    if (status == STATUS_OK) list_steps(&mover, out);
    return status;
}

/* ---- Carrying it out ---- */

static Status keep_step(const Mover *mover, const MovedStep *moved) {
    size_t index = index_of(mover->start.playbook, moved->name);
    const PlaybookStep *plan = &mover->start.playbook->steps[index];
    Writing row = {.object = playbook_object(mover->context, "playbook_step")};
    Record changed;
    writing_add(&row, "position", value_integer((int64_t)index + 1));
    if (str_is(moved->state, "planned")) {
        writing_add(&row, "with_contact", value_boolean(plan->from == STEP_WITH_CONTACT));
    }
    if (str_is(moved->state, "planned") && moved->round == 1) {
        StepDates dates = dates_of(mover, index);
        writing_add(&row, "due_at", value_instant_or_null(dates.due));
        writing_add(&row, "opens_at", value_instant_or_null(dates.opens));
    }
    return playbook_write(mover->context, &row, moved->record, &changed);
}

static Status drop_step(const Mover *mover, const MovedStep *moved) {
    for (size_t i = 0; i < mover->count; i++) {
        if (!id_equal(mover->steps[i].id, moved->record)) continue;
        return playbook_drop_step(mover->context, &mover->steps[i]);
    }
    return STATUS_OK;
}

static Status carry_out(const Mover *mover, const Record *run, const MovedStep *moved) {
    bool over = !str_is(moved->state, "planned") && !str_is(moved->state, "open");
    if (moved->move == STEP_ADDED) {
        size_t index = index_of(mover->start.playbook, moved->name);
        return playbook_write_step(mover->context, &mover->start, run, index,
                                   dates_of(mover, index));
    }
    if (over) return STATUS_OK;
    return moved->move == STEP_DROPPED ? drop_step(mover, moved) : keep_step(mover, moved);
}

/* The version first: what the steps' own saves ask of the run is asked of the new one. */
Status playbook_move(const Playbooks *playbooks, Context *context, Record *run) {
    SystemActor storage;
    PlaybookMove move;
    Mover mover;
    Record record;
    Id plan;
    Status status = find_versions(playbooks, context, run, &move);
    if (status != STATUS_OK) return status;
    Context *acting = playbook_begin(context, &storage);
    status = begin(acting, run, &move, &record, &mover);
    if (status == STATUS_OK) status = playbook_keep_plan(acting, move.to, &plan);
    if (status != STATUS_OK) return status;
    list_steps(&mover, &move);
    Writing version = {.object = run->object};
    writing_add(&version, "plan", value_id(plan));
    status = playbook_write(acting, &version, run->id, run);
    for (size_t i = 0; i < move.count && status == STATUS_OK; i++) {
        status = carry_out(&mover, run, &move.steps[i]);
    }
    return status == STATUS_OK ? playbook_look_at(acting, move.to, run) : status;
}

Status playbook_version(Context *context, Id plan, int64_t *out) {
    return store_ask_integer(context->transaction, out,
                             "SELECT COUNT(*) FROM \"playbook_plan\" AS p WHERE p.\"id\" <= $1 "
                             "AND p.\"playbook\" = (SELECT o.\"playbook\" FROM \"playbook_plan\" "
                             "AS o WHERE o.\"id\" = $1)",
                             value_id(plan));
}

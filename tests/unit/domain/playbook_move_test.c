/*
 * V14: a run moved to a newer version of its playbook: what the move would do is what it does, what
 * was done stays done, and nothing is dated into the past.
 */
#include "domain_fixture.h"

#include "playbook_move.h"

#define WORDS "{'en':'a','ja':'a','zh':'a'}"
#define STEP(name, dated) \
    "{'step':'" name "','labels':" WORDS ",'subject':" WORDS ",'guidance':" WORDS "," dated "}"
/* Of the name of one that is shipped, because a run's playbook is a choice. */
#define PLAYBOOK(steps)                                                                           \
    "{'playbook':'hesitant','labels':" WORDS ",'help':" WORDS                                     \
    ",'object':'hcp','condition':{'==':[{'var':'kind'},'doctor']},'by_hand':true,'steps':[" steps \
    "]}"

#define CALL STEP("call", "'after':{'days':1}")
static const char FIRST[] =
    PLAYBOOK(CALL "," STEP("letter", "'after':{'days':10},'ahead':{'days':2}") "," STEP(
        "talk", "'from':'previous','after':{'days':5}"));
static const char SECOND[] = PLAYBOOK(CALL "," STEP(
    "letter", "'after':{'days':20},'ahead':{'days':2}") "," STEP("gift", "'after':{'days':3}"));

/* A run under way, what it goes by and what it may be moved to. */
typedef struct Moving {
    World *world;
    Playbook first, second;
    Playbooks in_force; /* the second alone */
    Record doctor, run;
    PlaybookMove move;
} Moving;

static Playbook read_playbook(World *world, const char *text) {
    char *quoted = str_terminated(world->arena, str_of(text));
    for (char *c = quoted; *c; c++) *c = *c == '\'' ? '"' : *c;
    json_t *definition CLEANUP(json_drop) = world_json(quoted);
    Problem problem = problem_new(world->arena);
    Playbook playbook;
    Status status = playbook_read(world->arena, world->model, STR("playbooks/hesitant.json"),
                                  definition, &problem, &playbook);
    world_complain(&problem);
    assert_ok(status);
    return playbook;
}

static Status start(Context *context, void *data) {
    Moving *moving = data;
    PlaybookStart start = {.playbook = &moving->first,
                           .record = &moving->doctor,
                           .at = context->now,
                           .origin = STR("hand")};
    return playbook_start(context, &start, &moving->run);
}
static Status foretell(Context *context, void *data) {
    Moving *moving = data;
    return playbook_move_foretell(&moving->in_force, context, &moving->run, &moving->move);
}
static Status move(Context *context, void *data) {
    Moving *moving = data;
    return playbook_move(&moving->in_force, context, &moving->run);
}
static Status stop(Context *context, void *data) {
    Moving *moving = data;
    return playbook_stop(context, &moving->run, STR("hand"), STR("enough"));
}

/* Lives as long as the arena, because the playbooks point into it. */
static Moving *begin(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Moving *moving = ARENA_NEW(world->arena, Moving);
    *moving = (Moving){.world = world,
                       .first = read_playbook(world, FIRST),
                       .second = read_playbook(world, SECOND),
                       .doctor = clinic_doctor(world, "D", "")};
    moving->in_force = (Playbooks){.items = &moving->second, .count = 1};
    assert_ok(world_do(world, &world->ann, start, moving));
    return moving;
}

static const MovedStep *moved(const Moving *moving, const char *name) {
    for (size_t i = 0; i < moving->move.count; i++) {
        if (str_is(moving->move.steps[i].name, name)) return &moving->move.steps[i];
    }
    fail_msg("no step %s", name);
    return NULL;
}

/* "open 2026-11-22", of the step as it is kept. */
static const char *kept(const Moving *moving, const char *name) {
    World *world = moving->world;
    int64_t due = world_count(world,
                              "SELECT COALESCE(MAX(due_at), 0) FROM playbook_step WHERE step = "
                              "'%s'",
                              name);
    static const char *const STATES[] = {"planned", "open", "done", "stopped", "skipped"};
    const char *state = "none";
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        if (world_count(world,
                        "SELECT COUNT(*) FROM playbook_step WHERE step = '%s' AND state = "
                        "'%s'",
                        name, STATES[i])) {
            state = STATES[i];
        }
    }
    Str day = due ? date_text(world->arena, date_from_days(due / CLOCK_DAY)) : STR("-");
    return str_format(world->arena, "%s %.*s", state, STR_ARGS(day)).data;
}

static void what_a_move_would_do_is_told_and_nothing_is_done(void **state) {
    Moving *moving = begin(state);
    World *world = moving->world;
    assert_ok(world_see(world, &world->ann, foretell, moving));
    assert_int_equal(moving->move.count, 4);
    assert_int_equal(moved(moving, "call")->move, STEP_STAYS);
    assert_int_equal(moved(moving, "letter")->move, STEP_REDATED);
    assert_int_equal(moved(moving, "letter")->due_before, world->now + 10 * CLOCK_DAY);
    assert_int_equal(moved(moving, "letter")->due_after, world->now + 20 * CLOCK_DAY);
    assert_int_equal(moved(moving, "talk")->move, STEP_DROPPED);
    assert_int_equal(moved(moving, "gift")->move, STEP_ADDED);
    assert_int_equal(moved(moving, "gift")->due_after, world->now + 3 * CLOCK_DAY);
    assert_string_equal(kept(moving, "letter"), "planned 2026-12-01");
    assert_string_equal(kept(moving, "gift"), "none -");
}

static void the_move_does_what_was_told(void **state) {
    Moving *moving = begin(state);
    World *world = moving->world;
    assert_ok(world_do(world, &world->ann, move, moving));
    assert_string_equal(kept(moving, "call"), "open 2026-11-22");
    assert_string_equal(kept(moving, "letter"), "planned 2026-12-11");
    assert_string_equal(kept(moving, "talk"), "stopped -");
    assert_string_equal(kept(moving, "gift"), "open 2026-11-24");
    assert_int_equal(world_count(world,
                                 "SELECT COUNT(*) FROM task WHERE source = "
                                 "'playbook:hesitant' AND state = 'open'"),
                     2);
    assert_refused(world_do(world, &world->ann, move, moving), "conflict");
    assert_string_equal(world_error(world), " playbook_current");
}

/* Three weeks on, both the letter and the gift should have been: they are due now. */
static void what_should_have_been_is_due_now(void **state) {
    Moving *moving = begin(state);
    World *world = moving->world;
    world->now += 21 * CLOCK_DAY;
    assert_ok(world_do(world, &world->ann, move, moving));
    assert_string_equal(kept(moving, "gift"), "open 2026-12-12");
    assert_string_equal(kept(moving, "letter"), "open 2026-12-12");
    assert_string_equal(kept(moving, "call"), "open 2026-11-22");
}

static void what_was_done_stays_done(void **state) {
    Moving *moving = begin(state);
    World *world = moving->world;
    world_run(world,
              "UPDATE playbook_step SET state = 'done', done_at = due_at WHERE step = 'call'");
    assert_ok(world_see(world, &world->ann, foretell, moving));
    assert_int_equal(moved(moving, "call")->move, STEP_STAYS);
    assert_ok(world_do(world, &world->ann, move, moving));
    assert_string_equal(kept(moving, "call"), "done 2026-11-22");
}

static void what_is_over_is_not_moved(void **state) {
    Moving *moving = begin(state);
    World *world = moving->world;
    assert_ok(world_do(world, &world->ann, stop, moving));
    assert_refused(world_do(world, &world->ann, move, moving), "conflict");
    assert_string_equal(world_error(world), " playbook_not_running");
    assert_string_equal(kept(moving, "letter"), "stopped 2026-12-01");
}

static Status count_versions(Context *context, void *data) {
    Moving *moving = data;
    const Field *plan = object_field(moving->run.object, STR("plan"));
    int64_t version = 0;
    Status status = playbook_version(context, moving->run.values[plan->index].id, &version);
    assert_int_equal(version, moving->run.values[plan->index].kind == VALUE_ID ? version : 0);
    moving->move.count = (size_t)version;
    return status;
}

static void versions_are_counted_from_one(void **state) {
    Moving *moving = begin(state);
    World *world = moving->world;
    assert_ok(world_see(world, &world->ann, count_versions, moving));
    assert_int_equal(moving->move.count, 1);
    world->now += CLOCK_MINUTE;
    assert_ok(world_do(world, &world->ann, move, moving));
    assert_ok(world_see(world, &world->ann, count_versions, moving));
    assert_int_equal(moving->move.count, 2);
}

CLINIC_MAIN(cmocka_unit_test(what_a_move_would_do_is_told_and_nothing_is_done),
            cmocka_unit_test(the_move_does_what_was_told),
            cmocka_unit_test(what_should_have_been_is_due_now),
            cmocka_unit_test(what_was_done_stays_done), cmocka_unit_test(what_is_over_is_not_moved),
            cmocka_unit_test(versions_are_counted_from_one))

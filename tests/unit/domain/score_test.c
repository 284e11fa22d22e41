/* Scores: what the database keeps is what memory says, by whatever way it got there. */
#include "score.h"

#include "daily.h"
#include "domain_fixture.h"

static const Score *warning(const Clinic *clinic) {
    return scores_find(&clinic->business->scores, STR("warning"));
}

/* The parts as the database keeps them: ["drop","cooler"]. */
static Str list_of(World *world, const Score *score, const ScoreResult *result) {
    Str text = {0};
    for (size_t i = 0; i < score->part_count; i++) {
        if (!result->holds[i]) continue;
        text = str_format(world->arena, "%.*s%s\"%.*s\"", STR_ARGS(text), text.size ? "," : "[",
                          STR_ARGS(score->parts[i].name));
    }
    return str_empty(text) ? STR("null") : str_join(world->arena, text, STR("]"));
}

typedef struct Asked {
    Clinic *clinic;
    const Record *record;
    ScoreResult result;
} Asked;

static Status ask(Context *context, void *data) {
    Asked *asked = data;
    Record now;
    Status status = record_read(context, asked->record->object, asked->record->id, &now);
    return status == STATUS_OK ? score_of(warning(asked->clinic), context, &now, &asked->result)
                               : status;
}

static void assert_kept(Clinic *clinic, const Record *doctor) {
    World *world = &clinic->world;
    Asked asked = {.clinic = clinic, .record = doctor};
    assert_ok(world_see(world, &world->system, ask, &asked));
    const ScoreResult *result = &asked.result;
    Str points = str_format(world->arena, "%lld", (long long)result->points);
    Str level = result->level ? result->level->name : STR("null");
    assert_string_equal(clinic_now(world, doctor, "warning_points"),
                        result->applies ? points.data : "null");
    assert_string_equal(clinic_now(world, doctor, "warning"), str_terminated(world->arena, level));
    assert_string_equal(clinic_now(world, doctor, "warning_reasons"),
                        str_terminated(world->arena, list_of(world, warning(clinic), result)));
}

static void run_daily(Clinic *clinic) {
    World *world = &clinic->world;
    DailyOptions options = {.store = world->store,
                            .business = clinic->business,
                            .hooks = &clinic->hooks,
                            .now = world->now,
                            .company_zone = STR("Asia/Tokyo")};
    Problem problem = problem_new(world->arena);
    int64_t acted;
    assert_ok(daily_run(&options, &problem, &acted));
}

enum { DOCTORS = 36 };

static const char *const TEMPERATURES[] = {"enthusiastic", "favorable", "neutral", "skeptical"};
static const char *const PREFERENCES[] = {"several_a_month", "monthly", "bimonthly",
                                          "by_appointment", "hard_to_meet"};
static const char *const SIGNS[] = {"cooler", "raised_competitor", "suddenly_keen"};

/* Every doctor another history; which one is decided by the number. */
static Record make_history(World *world, int number) {
    Str preference =
        str_format(world->arena, ",\"visit_preference\":\"%s\"", PREFERENCES[number % 5]);
    Record doctor = clinic_doctor(world, "H", preference.data);
    for (int visit = 0; visit < number % 4; visit++) {
        int64_t held = world->now - (int64_t)((number * 17 + visit * 40) % 200 + 1) * CLOCK_DAY;
        Str more = str_format(world->arena,
                              ",\"held_at\":\"%.*s\",\"temperature\":\"%s\",\"signs\":[\"%s\"]",
                              STR_ARGS(instant_text(world->arena, held)),
                              TEMPERATURES[(number + visit) % 4], SIGNS[(number + visit) % 3]);
        (void)clinic_visit(world, &doctor, more.data);
    }
    return doctor;
}

static void what_is_kept_is_what_memory_says(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record doctors[DOCTORS];
    int warned = 0;
    for (int i = 0; i < DOCTORS; i++) {
        doctors[i] = make_history(world, i);
        assert_kept(clinic, &doctors[i]);
        warned += strcmp(clinic_now(world, &doctors[i], "warning"), "null") != 0;
    }
    assert_in_range(warned, 5, DOCTORS - 5); /* the histories differ */
    world->now += 50 * CLOCK_DAY;
    run_daily(clinic);
    for (int i = 0; i < DOCTORS; i++) assert_kept(clinic, &doctors[i]);
}

static void a_warning_keeps_the_day_on_which_it_began(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record doctor = clinic_doctor(world, "A", "");
    (void)clinic_visit(world, &doctor, ",\"temperature\":\"favorable\",\"signs\":[\"cooler\"]");
    assert_string_equal(clinic_now(world, &doctor, "warning"), "watch");
    assert_string_equal(clinic_now(world, &doctor, "warning_since"), "2026-11-21T08:30:00.000Z");
    world->now += CLOCK_DAY;
    run_daily(clinic);
    assert_string_equal(clinic_now(world, &doctor, "warning_since"), "2026-11-21T08:30:00.000Z");
    (void)clinic_visit(world, &doctor, ",\"signs\":[\"raised_competitor\"]");
    assert_string_equal(clinic_now(world, &doctor, "warning"), "act");
    assert_string_equal(clinic_now(world, &doctor, "warning_since"), "2026-11-22T08:30:00.000Z");
}

/* A visit that moves to another doctor counts for both anew, and so does one that is deleted. */
static void both_sides_of_a_change_are_kept(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record from = clinic_doctor(world, "A", ",\"temperature\":\"favorable\"");
    Record to = clinic_doctor(world, "B", ",\"temperature\":\"favorable\"");
    Record visit = clinic_visit(world, &from, ",\"held_at\":\"2026-08-01T00:00:00Z\"");
    assert_string_equal(clinic_now(world, &from, "warning_points"), "20");
    visit = world_changed(world, &world->ann, &visit, "{\"hcp\":\"%s\"}", world_id(world, to.id));
    assert_string_equal(clinic_now(world, &from, "warning_points"), "null");
    assert_string_equal(clinic_now(world, &to, "warning_points"), "20");
    assert_ok(world_delete(world, &world->system, &visit));
    assert_string_equal(clinic_now(world, &to, "warning_points"), "null");
}

/* ---- What only saves move ---- */

static void a_score_that_only_saves_move_is_asked_once(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    const Scores *scores = &clinic->business->scores;
    assert_true(score_is_settled(scores_find(scores, STR("visit_quality")), scores));
    assert_false(score_is_settled(warning(clinic), scores));
    Record doctor = clinic_doctor(world, "A", "");
    Record visit = clinic_visit(world, &doctor, ",\"quick_note\":\"Asked about renal dosing\"");
    const char *quality = clinic_now(world, &visit, "quality");
    run_daily(clinic);
    fixture_ddl(world->fixture, "UPDATE visit SET quality = 1");
    run_daily(clinic);
    assert_string_equal(clinic_now(world, &visit, "quality"), "1");
    clinic->business->fingerprint = STR("other definitions");
    run_daily(clinic);
    assert_string_equal(clinic_now(world, &visit, "quality"), quality);
}

static void what_is_filled_in_later_counts_in_the_score(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Record doctor = clinic_doctor(world, "A", "");
    Record visit = clinic_visit(
        world, &doctor, ",\"quick_note\":\"Asked about renal dosing in older patients at length\"");
    const char *quality = clinic_now(world, &visit, "quality");
    run_daily(clinic);
    fixture_ddl(world->fixture, "UPDATE visit SET substance = NULL, quality = 0");
    run_daily(clinic);
    assert_string_equal(clinic_now(world, &visit, "quality"), quality);
    assert_string_not_equal(quality, "0");
}

/* ---- Definitions ---- */

static void refused(Clinic *clinic, const char *text, const char *code) {
    World *world = &clinic->world;
    Problem problem = problem_new(world->arena);
    char *quoted = str_terminated(world->arena, str_of(text));
    for (char *c = quoted; *c; c++) *c = *c == '\'' ? '"' : *c;
    ModelSource source = {.name = STR("scores/x.json"), .text = str_of(quoted)};
    Scores scores;
    assert_refused(scores_load(world->arena, world->model, &source, 1, &problem, &scores),
                   "invalid");
    assert_str(problem.first->code, code);
}

#define LABELS "'labels':{'en':'a','ja':'a','zh':'a'}"
#define PART(more) "{'part':'p'," LABELS ",'reason':{'en':'a','ja':'a','zh':'a'}," more "}"
#define SCORE(more) "{'score':'x'," LABELS ",'object':'hcp'," more "}"
#define KEEP "'keep':{'points':'warning_points'}"
#define PARTS "'parts':[" PART("'points':1,'condition':{}") "]"

static void definitions_that_do_not_fit_are_refused(void **state) {
    Clinic *clinic = *state;
    refused(clinic, "[]", "definition_not_object");
    refused(clinic, "{'score':'x'," LABELS ",'object':'none'}", "definition_unknown_object");
    refused(clinic, SCORE("'parts':[]," KEEP), "definition_actions");
    refused(clinic, SCORE(PARTS ",'keep':{}"), "definition_member_missing");
    refused(clinic, SCORE(PARTS ",'keep':{'points':'tier'}"), "definition_score_field");
    refused(clinic, SCORE(PARTS ",'keep':{'points':'visit_count'}"), "definition_score_field");
    refused(clinic, SCORE("'minimum':5,'maximum':5," PARTS "," KEEP), "definition_score_range");
    refused(clinic, SCORE("'parts':[" PART("'points':1,'condition':{'var':'no'}") "]," KEEP),
            "condition_unknown_field");
    refused(clinic,
            SCORE("'parts':[" PART("'points':1,'condition':{'changed':['tier']}") "]," KEEP),
            "definition_when");
    refused(clinic,
            SCORE("'parts':[" PART("'points':1,'condition':{}") "," PART(
                "'points':2,'condition':{}") "]," KEEP),
            "definition_repeated");
    refused(clinic,
            SCORE(PARTS "," KEEP ",'levels':[{'level':'a'," LABELS ",'from':5},{'level':'b'," LABELS
                        ",'from':5}]"),
            "definition_score_levels");
    refused(clinic,
            SCORE(PARTS "," KEEP ",'levels':[{'level':'a'," LABELS
                        ",'from':5}],'check':{'object':'product','level':'a'," LABELS
                        ",'plain_labels':{'en':'a','ja':'a','zh':'a'},'plain':{},'condition':{}}"),
            "definition_score_event");
}

CLINIC_MAIN(cmocka_unit_test(what_is_kept_is_what_memory_says),
            cmocka_unit_test(a_warning_keeps_the_day_on_which_it_began),
            cmocka_unit_test(both_sides_of_a_change_are_kept),
            cmocka_unit_test(a_score_that_only_saves_move_is_asked_once),
            cmocka_unit_test(what_is_filled_in_later_counts_in_the_score),
            cmocka_unit_test(definitions_that_do_not_fit_are_refused))

/* Readers of definitions: whatever does not fit is told, and no broken file hides what is behind
 * it. */
#include "definition_parts.h"
#include "definition_files.h"

#include "engine_fixture.h"
#include "prohibition.h"
#include "ranking.h"

static const char PERSON[] =
    "{'object':'person','labels':{'en':'P','ja':'P','zh':'P'},'plural':{'en':'P','ja':'P','zh':'P'}"
    ",'title':{'en':'{name}','ja':'{name}',"
    "'zh':'{name}'},'ownership':{},'fields':["
    "{'name':'name','type':'text','labels':{'en':'N','ja':'N','zh':'N'},'required':true},"
    "{'name':'visits','type':'integer','labels':{'en':'V','ja':'V','zh':'V'}},"
    "{'name':'band','type':'integer','labels':{'en':'B','ja':'B','zh':'B'},'system':true},"
    "{'name':'points','type':'integer','labels':{'en':'S','ja':'S','zh':'S'},'system':true}]%s}";

typedef struct Shelf {
    Arena *arena;
    Model *model;
    Problem problem;
} Shelf;

/* `more` are further members of the object, each with a comma before it. */
static void shelf_open(Shelf *shelf, const char *more) {
    shelf->arena = arena_new();
    shelf->problem = problem_new(shelf->arena);
    ModelSource source = definition(shelf->arena, "objects/person.json",
                                    str_format(shelf->arena, PERSON, more).data);
    Status status = model_load(shelf->arena, &source, 1, &shelf->problem, &shelf->model);
    world_complain(&shelf->problem);
    assert_ok(status);
}

static void shelf_close(Shelf *shelf) {
    model_free(shelf->model);
    arena_free(shelf->arena);
}

static const char RANKING[] =
    "{'ranking':'%s','labels':{'en':'R','ja':'R','zh':'R'},'object':'person','condition':%s,"
    "'best':'%s','measures':[{'measure':'often','labels':{'en':'O','ja':'O','zh':'O'},"
    "'value':{'var':'visits'},'better':'more','keep':'%s'}],'levels':["
    "{'level':'low','labels':{'en':'L','ja':'L','zh':'L'},'from':1},"
    "{'level':'high','labels':{'en':'H','ja':'H','zh':'H'},'from':%s}],'keep':{'sum':'points'}}";

typedef struct Spots {
    const char *name, *condition, *best, *keep, *from;
} Spots;

static const Spots GOOD = {"loyalty", "{}", "highest", "band", "4"};

static ModelSource ranking_source(Shelf *shelf, const Spots *spots) {
    Str text = str_format(shelf->arena, RANKING, spots->name, spots->condition, spots->best,
                          spots->keep, spots->from);
    return definition(shelf->arena, "rankings/x.json", text.data);
}

static Status load(Shelf *shelf, const ModelSource *sources, size_t count, Rankings *out) {
    shelf->problem = problem_new(shelf->arena);
    return rankings_load(shelf->arena, shelf->model, sources, count, &shelf->problem, out);
}

/* The code of the first error; "" when it loads. */
static const char *mistake(Shelf *shelf, Spots spots) {
    Rankings rankings;
    ModelSource source = ranking_source(shelf, &spots);
    if (load(shelf, &source, 1, &rankings) == STATUS_OK) return "";
    return str_terminated(shelf->arena, shelf->problem.first->code);
}

static void what_is_read_outlives_its_file(void **state) {
    (void)state;
    Shelf shelf;
    Rankings rankings;
    shelf_open(&shelf, "");
    ModelSource source = ranking_source(&shelf, &GOOD);
    assert_ok(load(&shelf, &source, 1, &rankings));
    memset((char *)source.text.data, '?', source.text.size);
    const Ranking *ranking = rankings_find(&rankings, STR("loyalty"));
    assert_non_null(ranking);
    assert_str(ranking->label.in[LANG_JA], "R");
    assert_str(ranking->levels[1].name, "high");
    assert_str(ranking->measures[0].keep->name, "band");
    assert_true(rankings_keep(&rankings, ranking->object, STR("points")));
    assert_false(rankings_keep(&rankings, ranking->object, STR("visits")));
    shelf_close(&shelf);
}

static void names_are_those_of_fields(void **state) {
    (void)state;
    static const char *const BAD[] = {
        "",      "1st", "_x",
        "Loyal", "a b", "a-b",
        "é",     "a;",  "a234567890123456789012345678901234567890123456789"};
    Shelf shelf;
    shelf_open(&shelf, "");
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        Spots spots = GOOD;
        spots.name = BAD[i];
        assert_string_equal(mistake(&shelf, spots),
                            *BAD[i] ? "definition_name" : "definition_member_missing");
    }
    Spots longest = GOOD;
    longest.name = "a_3456789012345678901234567890123456789012345678";
    assert_string_equal(mistake(&shelf, longest), "");
    shelf_close(&shelf);
}

static void each_mistake_has_its_code(void **state) {
    (void)state;
    Shelf shelf;
    shelf_open(&shelf, "");
    Spots spots = GOOD;
    spots.condition = "{'changed':'visits'}";
    assert_string_equal(mistake(&shelf, spots), "definition_when");
    spots = GOOD;
    spots.condition = "{'==':[{'var':'nothing'},1]}";
    assert_string_equal(mistake(&shelf, spots), "condition_unknown_field");
    spots = GOOD;
    spots.best = "newest";
    assert_string_equal(mistake(&shelf, spots), "definition_unknown_word");
    spots = GOOD;
    spots.keep = "visits"; /* people's own */
    assert_string_equal(mistake(&shelf, spots), "definition_score_field");
    spots = GOOD;
    spots.from = "1"; /* levels ascend */
    assert_string_equal(mistake(&shelf, spots), "definition_score_levels");
    spots = GOOD;
    spots.from = "'4'";
    assert_string_equal(mistake(&shelf, spots), "definition_not_integer");
    shelf_close(&shelf);
}

static void a_broken_file_hides_no_other(void **state) {
    (void)state;
    Shelf shelf;
    Rankings rankings = {0};
    shelf_open(&shelf, "");
    Spots wrong = GOOD;
    wrong.best = "newest";
    ModelSource sources[] = {{STR("rankings/a.json"), STR("{\"ranking\":")},
                             {STR("rankings/b.json"), STR("[]")},
                             ranking_source(&shelf, &wrong),
                             ranking_source(&shelf, &GOOD)};
    assert_refused(load(&shelf, sources, 4, &rankings), "invalid");
    assert_int_equal(rankings.count, 0);
    const ProblemError *error = shelf.problem.first;
    assert_str(error->code, "definition_json");
    assert_str(error->pointer, "rankings/a.json#");
    assert_str(error->next->code, "definition_not_object");
    assert_str(error->next->next->pointer, "rankings/x.json#/best");
    /* The fourth is well formed, and has the name of the third. */
    assert_str(error->next->next->next->code, "definition_repeated");
    assert_null(error->next->next->next->next);
    shelf_close(&shelf);
}

static void no_files_are_no_mistake(void **state) {
    (void)state;
    Shelf shelf;
    Rankings rankings;
    shelf_open(&shelf, "");
    assert_ok(load(&shelf, NULL, 0, &rankings));
    assert_int_equal(rankings.count, 0);
    shelf_close(&shelf);
}

static void levels_are_choices_by_rank(void **state) {
    (void)state;
    Shelf shelf;
    shelf_open(&shelf, "");
    json_t *lists CLEANUP(json_drop) = json_object();
    ModelSource sources[] = {
        ranking_source(&shelf, &GOOD), {STR("x"), STR("{")}, {STR("y"), STR("7")}};
    rankings_add_choices(sources, 3, lists);
    const json_t *levels = json_object_get(lists, "loyalty.levels");
    assert_int_equal(json_object_size(lists), 1);
    assert_int_equal(json_array_size(levels), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(levels, 1), "code")),
                        "high");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(levels, 1), "rank")), 2);
    shelf_close(&shelf);
}

static const char PROHIBITION[] =
    ",'prohibitions':[{'prohibition':'x','labels':{'en':'X','ja':'X','zh':'X'},'fields':[%s],"
    "'condition':%s,'reason':{'en':'X','ja':'X','zh':'X'}}]";

/* What must be empty cannot be required, and a law does not depend on what changed. */
static void prohibitions_must_be_able_to_hold(void **state) {
    (void)state;
    static const struct {
        const char *fields, *condition, *code;
    } CASES[] = {{"'visits'", "{}", ""},
                 {"'visits','points'", "{}", ""},
                 {"'name'", "{}", "definition_unknown_field"},
                 {"'nothing'", "{}", "definition_unknown_field"},
                 {"", "{}", "definition_actions"},
                 {"'visits'", "{'changed':'visits'}", "condition_not_in_list"},
                 {"'visits'", "{'sleep':[9]}", "condition_unknown_operator"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Shelf shelf;
        char more[600];
        const Prohibitions *prohibitions;
        snprintf(more, sizeof more, PROHIBITION, CASES[i].fields, CASES[i].condition);
        shelf_open(&shelf, more);
        Status status = prohibitions_load(shelf.arena, shelf.model, &shelf.problem, &prohibitions);
        assert_int_equal(status, *CASES[i].code ? STATUS_INVALID : STATUS_OK);
        if (status != STATUS_OK) assert_str(shelf.problem.first->code, CASES[i].code);
        shelf_close(&shelf);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_outlives_its_file),
        cmocka_unit_test(names_are_those_of_fields),
        cmocka_unit_test(each_mistake_has_its_code),
        cmocka_unit_test(a_broken_file_hides_no_other),
        cmocka_unit_test(no_files_are_no_mistake),
        cmocka_unit_test(levels_are_choices_by_rank),
        cmocka_unit_test(prohibitions_must_be_able_to_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Dashboards: what they count is what their filters open. */
#include "dashboard.h"

#include "condition.h"
#include "engine_fixture.h"

#define LABEL "'labels':{'en':'Word','ja':'言葉','zh':'词'}"
#define BOARD(widgets) "{'dashboard':'board'," LABEL ",'widgets':[" widgets "]}"
#define WIDGET(rest) "{'name':'w','form':'bars','object':'person'," LABEL "," rest "}"

static Status load(World *world, const char *text, Problem *problem, Dashboards **out) {
    ModelSource source = definition(world->arena, "dashboards/board.json", text);
    *problem = problem_new(world->arena);
    return dashboards_load(world->arena, world->model, &source, 1, problem, out);
}

typedef struct Writing {
    const Dashboard *dashboard;
    Str text;
} Writing;

static Status write_work(Context *context, void *data) {
    Writing *writing = data;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    Status status = dashboard_write(writing->dashboard, context, NULL, 0, &json);
    writing->text = str_copy(context->arena, buffer_str(&text));
    return status;
}

/* The first widget of a board, as `actor` sees it; the caller's reference. */
static json_t *widget(World *world, const Actor *actor, const char *text) {
    Dashboards *dashboards;
    Problem problem;
    Status status = load(world, text, &problem, &dashboards);
    world_complain(&problem);
    assert_ok(status);
    Writing writing = {.dashboard = dashboards_find(dashboards, STR("board"))};
    assert_ok(world_see(world, actor, write_work, &writing));
    json_t *board CLEANUP(json_drop) = world_json(writing.text.data);
    dashboards_free(dashboards);
    return json_incref(json_array_get(json_object_get(board, "widgets"), 0));
}

/* ---- Groups ---- */

enum { PEOPLE = 60 };

static void fill(World *world) {
    static const char *const MOODS[] = {"\"warm\"", "\"even\"", "\"cold\"", "null"};
    static const char *const BORN[] = {"\"1970-01-01\"", "null"};
    Id owners[] = {world->ann.user, world->ben.user, world->cho.user, {{0}}};
    uint32_t seed = 7;
    for (int i = 0; i < PEOPLE; i++) {
        seed = seed * 1664525 + 1013904223;
        Id owner = owners[(seed >> 16) % 4];
        Str quoted = id_none(owner) ? STR("null")
                                    : str_format(world->arena, "\"%s\"", world_id(world, owner));
        Record person = world_made(
            world, &world->boss, "person",
            "{\"name\":\"P%d\",\"mood\":%s,\"owner\":%s,\"active\":%s,\"score\":%d,\"born\":%s}", i,
            MOODS[(seed >> 20) % 4], quoted.data, (seed >> 24) % 2 ? "true" : "false",
            (int)((seed >> 25) % 3), BORN[(seed >> 28) % 2]);
        if ((seed >> 29) == 0) assert_ok(world_delete(world, &world->boss, &person));
    }
}

typedef struct Opening {
    const json_t *filter, *by;
    const Condition *condition;
    size_t count, wrong;
} Opening;

static Status add_condition(void *data, Context *context, Sql *sql, Str alias) {
    return condition_add_sql(context, ((Opening *)data)->condition, sql, alias);
}

/* Whether the record has the values that the group says. */
static bool belongs(const Record *record, const json_t *by) {
    const char *name;
    json_t *node;
    json_object_foreach((json_t *)by, name, node) {
        Buffer text CLEANUP(buffer_free) = {0};
        JsonWriter json = json_writer(&text);
        json_t *own CLEANUP(json_drop) = NULL;
        const Field *field = object_field(record->object, str_of(name));
        field_write_json(&json, field, &record->values[field->index]);
        if (json_read(buffer_str(&text), NULL, &own) != STATUS_OK) return false;
        if (!json_equal(own, node)) return false;
    }
    return true;
}

static Status open_visit(void *data, const Record *record) {
    Opening *opening = data;
    opening->count++;
    if (!belongs(record, opening->by)) opening->wrong++;
    return STATUS_OK;
}

static Status open_work(Context *context, void *data) {
    Opening *opening = data;
    const Object *person = model_object(context->model, STR("person"));
    Str next;
    TRY(condition_parse(context->arena, context->model, person, opening->filter, STR("/filter"),
                        context->problem, &opening->condition));
    ListQuery query = {
        .object = person, .predicate = add_condition, .predicate_data = opening, .limit = 1000};
    return list_each(context, &query, open_visit, opening, &next);
}

/* Opens every group's filter; the records counted in all of them. */
static size_t open_groups(World *world, const Actor *actor, const json_t *shown) {
    size_t i, total = 0;
    json_t *group;
    json_array_foreach(json_object_get(shown, "groups"), i, group) {
        Opening opening = {.filter = json_object_get(group, "filter"),
                           .by = json_object_get(group, "by")};
        Status status = world_see(world, actor, open_work, &opening);
        world_complain(&world->problem);
        assert_ok(status);
        assert_int_equal(opening.wrong, 0);
        assert_int_equal(opening.count, json_integer_value(json_object_get(group, "value")));
        total += opening.count;
    }
    return total;
}

static void groups_open_exactly_what_they_count(void **state) {
    static const char *const BOARDS[] = {
        BOARD(WIDGET("'group':['mood']")),
        BOARD(WIDGET("'group':['owner','mood']")),
        BOARD(WIDGET("'group':['active','score']")),
        BOARD(WIDGET("'group':['born']")),
        BOARD(WIDGET("'condition':{'in':[{'var':'mood'},['warm','cold']]},'group':['owner']")),
        BOARD(WIDGET("'condition':{'==':[{'var':'mood'},null]},'group':['mood','owner']")),
        BOARD(WIDGET("'scope':'own','group':['mood']")),
    };
    World *world = *state;
    fill(world);
    const Actor *actors[] = {&world->boss, &world->ann, &world->lead};
    for (size_t board = 0; board < sizeof BOARDS / sizeof *BOARDS; board++) {
        for (size_t a = 0; a < sizeof actors / sizeof *actors; a++) {
            json_t *shown CLEANUP(json_drop) = widget(world, actors[a], BOARDS[board]);
            (void)open_groups(world, actors[a], shown);
        }
    }
    json_t *all CLEANUP(json_drop) = widget(world, &world->boss, BOARDS[1]);
    assert_int_equal(open_groups(world, &world->boss, all),
                     world_count(world,
                                 "SELECT count(*) FROM \"person\" WHERE \"deleted_at\" IS "
                                 "NULL"));
    json_t *own CLEANUP(json_drop) = widget(world, &world->lead, BOARDS[6]);
    assert_int_equal(open_groups(world, &world->lead, own), 0); /* the leader owns none */
}

static void groups_have_titles_people_read(void **state) {
    World *world = *state;
    Actor japanese = world->lead;
    (void)world_made(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"B\",\"mood\":null}");
    japanese.lang = LANG_JA;
    json_t *shown CLEANUP(json_drop) =
        widget(world, &japanese, BOARD(WIDGET("'group':['mood','owner']")));
    const json_t *groups = json_object_get(shown, "groups");
    assert_int_equal(json_array_size(groups), 2);
    const json_t *titles = json_object_get(json_array_get(groups, 0), "titles");
    assert_str(json_get_text(titles, "mood"), "冷たい");
    assert_str(json_get_text(shown, "label"), "言葉");

    const json_t *by = json_object_get(json_array_get(groups, 1), "by");
    assert_true(json_is_null(json_object_get(by, "mood"))); /* empty ones last */
}

/* ---- Measures ---- */

/* Three warm and two cold people; whose scores, and how many notes are about each. */
static void fill_measured(World *world) {
    static const struct {
        const char *mood, *score, *active;
        int notes;
        bool ben; /* whose */
    } PEOPLE_OF[] = {{"warm", "1", "true", 2, false},
                     {"warm", "2", "true", 1, true},
                     {"warm", "6", "false", 0, false},
                     {"cold", "5", "false", 0, false},
                     {"cold", "null", "false", 0, false}};
    for (size_t i = 0; i < sizeof PEOPLE_OF / sizeof *PEOPLE_OF; i++) {
        Id owner = PEOPLE_OF[i].ben ? world->ben.user : world->ann.user;
        Record person = world_made(
            world, &world->boss, "person",
            "{\"name\":\"M\",\"mood\":\"%s\",\"score\":%s,\"active\":%s,\"owner\":\"%s\"}",
            PEOPLE_OF[i].mood, PEOPLE_OF[i].score, PEOPLE_OF[i].active, world_id(world, owner));
        for (int note = 0; note < PEOPLE_OF[i].notes; note++) {
            (void)world_made(world, &world->boss, "note",
                             "{\"text\":\"n\",\"person\":\"%s\",\"open\":%s}",
                             world_id(world, person.id), note ? "false" : "true");
        }
    }
}

/* The value of a mood's group, and over how many it is told to be; -1 where there is no group. */
static double measured(const json_t *shown, const char *mood, int64_t *n) {
    size_t i;
    json_t *group;
    json_array_foreach(json_object_get(shown, "groups"), i, group) {
        if (!str_is(json_get_text(json_object_get(group, "by"), "mood"), mood)) continue;
        *n = json_integer_value(json_object_get(group, "n"));
        return json_number_value(json_object_get(group, "value"));
    }
    *n = -1;
    return -1;
}

static void measures_are_what_the_records_give(void **state) {
    static const struct {
        const char *board;
        double warm, cold;
        int64_t warm_n, cold_n;
    } CASES[] = {
        {BOARD(WIDGET("'group':['mood'],'measure':'count'")), 3, 2, 0, 0},
        {BOARD(WIDGET("'group':['mood'],'measure':'mean','of':'score'")), 3, 5, 3, 1},
        {BOARD(WIDGET("'group':['mood'],'measure':'mean','of':'mood'")), 1, 3, 3, 2},
        {BOARD(WIDGET("'group':['mood'],'measure':'share','met':{'var':'active'}")), 2.0 / 3, 0, 3,
         2},
        {BOARD(WIDGET("'group':['mood'],'measure':'distinct','of':'owner'")), 2, 1, 3, 2},
        {BOARD(WIDGET("'group':['mood'],'measure':'per','related':{'object':'note','field':"
                      "'person'}")),
         1, 0, 3, 2},
        {BOARD(WIDGET("'group':['mood'],'measure':'per','related':{'object':'note','field':"
                      "'person','condition':{'var':'open'}}")),
         2.0 / 3, 0, 3, 2},
    };
    World *world = *state;
    fill_measured(world);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t n;
        json_t *shown CLEANUP(json_drop) = widget(world, &world->boss, CASES[i].board);
        assert_float_equal(measured(shown, "warm", &n), CASES[i].warm, 1e-9);
        assert_int_equal(n, CASES[i].warm_n);
        assert_float_equal(measured(shown, "cold", &n), CASES[i].cold, 1e-9);
        assert_int_equal(n, CASES[i].cold_n);
    }
}

/* Of nothing there is no mean: the group is left out rather than told as 0. */
static void what_has_no_value_is_not_measured(void **state) {
    World *world = *state;
    (void)world_made(world, &world->boss, "person", "{\"name\":\"A\",\"mood\":\"even\"}");
    int64_t n;
    json_t *shown CLEANUP(json_drop) = widget(
        world, &world->boss, BOARD(WIDGET("'group':['mood'],'measure':'mean','of':'score'")));
    (void)measured(shown, "even", &n);
    assert_int_equal(n, -1);
}

/* ---- Lists ---- */

static void a_list_widget_is_a_list(void **state) {
    World *world = *state;
    for (int i = 0; i < 5; i++) {
        (void)world_made(world, &world->ann, "person",
                         "{\"name\":\"P%d\",\"mood\":\"%s\",\"score\":null}", i,
                         i % 2 ? "cold" : "warm");
    }
    (void)world_made(world, &world->ben, "person", "{\"name\":\"P9\",\"mood\":\"warm\"}");
    json_t *shown CLEANUP(json_drop) =
        widget(world, &world->lead,
               BOARD(WIDGET("'condition':{'==':[{'var':'mood'},'warm']},'sort':['-name'],"
                            "'fields':['mood'],'expand':['owner'],'limit':2")));
    const json_t *items = json_object_get(shown, "items");
    assert_int_equal(json_array_size(items), 2);
    assert_int_equal(json_integer_value(json_object_get(shown, "total")), 4);
    assert_str(json_get_text(json_array_get(items, 0), "title"), "P9");
    assert_str(json_get_text(json_array_get(items, 1), "title"), "P4");
    assert_str(json_get_text(json_array_get(items, 0), "mood"), "warm");
    assert_null(json_object_get(json_array_get(items, 0), "name"));
    assert_non_null(json_object_get(json_array_get(items, 0), "expanded"));
    assert_true(json_is_string(json_object_get(shown, "next")));
    json_t *own CLEANUP(json_drop) =
        widget(world, &world->ben, BOARD(WIDGET("'scope':'own','sort':['name']")));
    assert_int_equal(json_integer_value(json_object_get(own, "total")), 1);
}

/* The guest reads products alone. */
static void widgets_of_what_one_may_not_read_are_left_out(void **state) {
    static const char TEXT[] = BOARD(WIDGET("'group':['mood']") "," WIDGET(
        "'sort':['name']") ",{'name':'p','form':'list',"
                           "'object':'product'," LABEL "}");
    World *world = *state;
    Dashboards *dashboards;
    Problem problem;
    assert_ok(load(world, TEXT, &problem, &dashboards));
    Writing writing = {.dashboard = dashboards_at(dashboards, 0)};
    assert_ok(world_see(world, &world->guest, write_work, &writing));
    json_t *board CLEANUP(json_drop) = world_json(writing.text.data);
    const json_t *widgets = json_object_get(board, "widgets");
    assert_int_equal(json_array_size(widgets), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(widgets, 0), "object")),
                        "product");
    dashboards_free(dashboards);
}

static void related_records_show_the_parts_named(void **state) {
    World *world = *state;
    world_made(world, &world->boss, "person", "{\"name\":\"P\",\"owner\":\"%s\"}",
               world_id(world, world->ann.user));
    json_t *shown CLEANUP(json_drop) = widget(
        world, &world->boss, BOARD(WIDGET("'fields':['mood','owner.team'],'expand':['owner']")));
    const json_t *item = json_array_get(json_object_get(shown, "items"), 0);
    const json_t *owner = json_object_get(json_object_get(item, "expanded"), "owner");
    assert_int_equal(json_object_size(owner), 4); /* id, version, title, team */
    assert_non_null(json_object_get(owner, "team"));
    assert_string_equal(json_string_value(json_object_get(shown, "fields")), "mood,owner.team");
    json_t *head CLEANUP(json_drop) =
        widget(world, &world->boss, BOARD(WIDGET("'fields':['owner.title'],'expand':['owner']")));
    item = json_array_get(json_object_get(head, "items"), 0);
    owner = json_object_get(json_object_get(item, "expanded"), "owner");
    assert_int_equal(json_object_size(owner), 3);
}

static void boards_are_for_roles(void **state) {
    World *world = *state;
    Dashboards *dashboards;
    Problem problem;
    assert_ok(load(world, "{'dashboard':'board'," LABEL ",'roles':['mr','kam'],'widgets':[]}",
                   &problem, &dashboards));
    const Dashboard *board = dashboards_at(dashboards, 0);
    assert_int_equal(dashboards_count(dashboards), 1);
    assert_true(dashboard_is_for(board, STR("kam")));
    assert_false(dashboard_is_for(board, STR("boss")));
    assert_null(dashboards_find(dashboards, STR("nothing")));
    dashboards_free(dashboards);
    assert_ok(load(world, BOARD(""), &problem, &dashboards));
    assert_true(dashboard_is_for(dashboards_at(dashboards, 0), STR("anybody")));
    dashboards_free(dashboards);
}

static void every_mistake_in_a_dashboard_is_reported(void **state) {
    static const struct {
        const char *text, *code;
    } CASES[] = {
        {"{'widgets':[]," LABEL "}", "definition_name"},
        {BOARD("{'name':'w','form':'bars','object':'nothing'," LABEL "}"),
         "definition_unknown_object"},
        {BOARD(WIDGET("'sort':['nothing']")), "definition_unknown_field"},
        {BOARD(WIDGET("'group':['mood','nothing']")), "definition_unknown_field"},
        {BOARD(WIDGET("'group':['mood','owner','active']")), "definition_group"},
        {BOARD(WIDGET("'fields':['nothing']")), "definition_unknown_field"},
        {BOARD(WIDGET("'scope':'team'")), "definition_scope"},
        {BOARD(WIDGET("'fields':['name'],'reasons':'mood'")), "definition_needs"},
        {BOARD(WIDGET("'fields':['mood'],'reasons':'mood'")), "definition_wrong_type"},
        {BOARD(WIDGET("'fields':['mood'],'was':{'field':'mood','of':'nothing'}")),
         "definition_unknown_field"},
        {BOARD(WIDGET("'fields':['name'],'was':{'field':'name','of':'name'}")),
         "definition_wrong_type"},
        {BOARD(WIDGET("'link':{'screen':'https://example.com'," LABEL "}")), "definition_link"},
        {BOARD(WIDGET("'link':{'screen':'//example.com'," LABEL "}")), "definition_link"},
        {BOARD(WIDGET("'link':{'screen':'/x'}")), "definition_member_missing"},
        {"{'dashboard':'d','place':'wall','widgets':[]," LABEL "}", "definition_place"},
        {"[", "definition_json"},
    };
    World *world = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Dashboards *dashboards = NULL;
        Problem problem;
        Status status = load(world, CASES[i].text, &problem, &dashboards);
        if (status == STATUS_OK) fail_msg("accepted: %s", CASES[i].text);
        assert_mistake(status, problem, CASES[i].code);
        dashboards_free(dashboards);
    }
}

WORLD_MAIN(cmocka_unit_test(groups_open_exactly_what_they_count),
           cmocka_unit_test(groups_have_titles_people_read),
           cmocka_unit_test(measures_are_what_the_records_give),
           cmocka_unit_test(what_has_no_value_is_not_measured),
           cmocka_unit_test(a_list_widget_is_a_list),
           cmocka_unit_test(widgets_of_what_one_may_not_read_are_left_out),
           cmocka_unit_test(related_records_show_the_parts_named),
           cmocka_unit_test(boards_are_for_roles),
           cmocka_unit_test(every_mistake_in_a_dashboard_is_reported))

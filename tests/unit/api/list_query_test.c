/* Query strings of lists. */
#include "list_query.h"

#include "api_fixture.h"

/* Reads a query string as a list of persons; the outcome's name. */
static const char *asked(Desk *desk, const char *query, ListAsked *out) {
    HttpParameter *parameters;
    desk->call.problem = problem_new(desk->arena);
    assert_ok(
        http_query_parse(desk->arena, str_of(query), &parameters, &desk->call.parameter_count));
    desk->call.parameters = parameters;
    const Object *person = model_object(desk->business->model, STR("person"));
    return status_name(list_query_read(&desk->call, person, "format", out));
}

static void a_list_is_asked_for(void **state) {
    Desk *desk = *state;
    ListAsked list;
    assert_string_equal(asked(desk, "", &list), "ok");
    assert_int_equal(list.query.limit, LIST_LIMIT_DEFAULT);
    assert_null(list.query.fields);
    assert_string_equal(
        asked(
            desk,
            "sort=-name,score&fields=id,name,mood&expand=owner,place&limit=7&total=true&q=%E5%B1%B1"
            "&cursor=abc&deleted=1&format=csv&mood=warm,cold,null&owner=me&skills=research"
            "&filter=%7B%22%3D%3D%22%3A%5B%7B%22var%22%3A%22name%22%7D%2C%22A%22%5D%7D",
            &list),
        "ok");
    const ListQuery *query = &list.query;
    assert_int_equal(query->sort_count, 2);
    assert_true(query->sorts[0].descending && !query->sorts[1].descending);
    assert_str(query->sorts[1].field->name, "score");
    assert_int_equal(query->field_count, 2);
    assert_int_equal(query->expand_count, 2);
    assert_int_equal(query->limit, 7);
    assert_true(query->total && query->deleted);
    assert_str(query->search, "山");
    assert_str(query->cursor, "abc");
    assert_int_equal(query->filter_count, 3);
    assert_int_equal(query->filters[0].count, 3);
    assert_true(value_is_null(&query->filters[0].values[2]));
    assert_true(id_equal(query->filters[1].values[0].id, desk->call.actor.user));
    assert_str(query->filters[2].values[0].text, "research");
    assert_non_null(list.condition);
}

static void creation_is_an_order_too(void **state) {
    Desk *desk = *state;
    ListAsked list;
    assert_string_equal(asked(desk, "sort=mood,created_at", &list), "ok");
    assert_int_equal(list.query.sort_count, 2);
    assert_null(list.query.sorts[1].field);
    assert_false(list.query.sorts[1].descending);
    assert_string_equal(asked(desk, "sort=-id", &list), "ok");
    assert_true(list.query.sort_count == 1 && list.query.sorts[0].descending);
}

static void what_is_wrong_is_named(void **state) {
    static const char *const CASES[][2] = {
        {"sort=nothing", "/sort sort_unknown"},
        {"sort=latin", "/sort sort_unknown"},  /* not indexed */
        {"sort=secret", "/sort sort_unknown"}, /* hidden from this role */
        {"sort=name,score,born,mood", "/sort sort_unknown"},
        {"fields=name,nothing", "/fields unknown_field"},
        {"fields=secret", "/fields unknown_field"},
        {"expand=name", "/expand unknown_field"},
        {"limit=0", "/limit limit_range"},
        {"limit=1001", "/limit limit_range"},
        {"limit=x", "/limit limit_range"},
        {"limit=", "/limit limit_range"},
        {"nothing=1", "/nothing unknown_parameter"},
        {"secret=x", "/secret unknown_parameter"},
        {"filter=%7B", "/filter filter_malformed"},
        {"mood=hot", "/mood choice_unknown"},
        {"owner=you", "/owner"},
    };
    Desk *desk = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        ListAsked list;
        if (strcmp(asked(desk, CASES[i][0], &list), "invalid") != 0) fail_msg("%s", CASES[i][0]);
        const ProblemError *error = desk->call.problem.first;
        Str told =
            str_format(desk->arena, "%.*s %.*s", STR_ARGS(error->pointer), STR_ARGS(error->code));
        if (!str_starts(told, str_of(CASES[i][1]))) fail_msg("%s: %s", CASES[i][0], told.data);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_list_is_asked_for),
        DESK_TEST(creation_is_an_order_too),
        DESK_TEST(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

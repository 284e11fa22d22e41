/* Conditions against a database: indexes are used, the past is seen, hidden things stay hidden. */
#include "condition_fixture.h"

#include "../store/store_fixture.h"
#include "row.h"
#include "tables.h"

typedef struct Desk {
    Arena *arena;
    Model *model;
    Actor actor;
    Transaction *transaction;
    const Object *item;
    Record record, before;
    Value values[32], values_before[32];
} Desk;

static Context context_of(Desk *desk, Problem *problem) {
    return (Context){.arena = desk->arena,
                     .transaction = desk->transaction,
                     .model = desk->model,
                     .actor = &desk->actor,
                     .now = INT64_C(1795250000000), /* 2026-11-21T12:33:20Z, a Saturday */
                     .problem = problem};
}

static const Condition *read_condition(Desk *desk, const char *text) {
    Problem problem = problem_new(desk->arena);
    json_t *json CLEANUP(json_drop) = NULL;
    const Condition *condition = NULL;
    assert_int_equal(json_read(str_of(text), NULL, &json), STATUS_OK);
    Status status =
        condition_parse(desk->arena, desk->model, desk->item, json, (Str){0}, &problem, &condition);
    if (status != STATUS_OK) fail_msg("%s: %.*s", text, STR_ARGS(problem.first->code));
    return condition;
}

static bool holds(Desk *desk, const char *text) {
    Problem problem = problem_new(desk->arena);
    Context context = context_of(desk, &problem);
    bool answer = false;
    const Record *before = desk->before.object ? &desk->before : NULL;
    assert_int_equal(
        condition_holds(&context, read_condition(desk, text), &desk->record, before, &answer),
        STATUS_OK);
    return answer;
}

static void set(Desk *desk, const char *field, Value value) {
    desk->values[object_field(desk->item, str_of(field))->index] = value;
}

static void set_before(Desk *desk, const char *field, Value value) {
    desk->values_before[object_field(desk->item, str_of(field))->index] = value;
    desk->before = (Record){.object = desk->item, .values = desk->values_before};
}

typedef void DeskTest(Desk *desk);

typedef struct DeskJob {
    DeskTest *test;
    Desk *desk;
} DeskJob;

static Status run_job(Transaction *transaction, void *data) {
    DeskJob *job = data;
    job->desk->transaction = transaction;
    job->test(job->desk);
    return STATUS_OK;
}

/* Runs a test with empty tables and one item that is in memory only. */
static void at_desk(void **state, DeskTest *test) {
    Fixture *fixture = *state;
    Arena *arena = arena_new();
    Desk desk = {.arena = arena, .model = business_model(arena)};
    desk.actor = (Actor){.user = {.bytes = {7}},
                         .role = business_role(arena, desk.model),
                         .zone = STR("Asia/Tokyo")};
    desk.item = model_object(desk.model, STR("item"));
    desk.record = (Record){.object = desk.item, .id = {.bytes = {9}}, .values = desk.values};
    Problem problem = problem_new(arena);
    bool changed;
    assert_int_equal(tables_update(desk.model, fixture->store, &problem, &changed), STATUS_OK);
    DeskJob job = {.test = test, .desk = &desk};
    assert_int_equal(store_read(fixture->store, run_job, &job), STATUS_OK);
    model_free(desk.model);
    arena_free(arena);
}

/* ---- Meaning ---- */

static void days_desk(Desk *desk) {
    assert_true(holds(desk, "{\"==\":[{\"today\":[]},\"2026-11-21\"]}"));
    assert_true(holds(desk, "{\"==\":[{\"week_end\":[]},\"2026-11-22\"]}"));
    assert_true(holds(desk, "{\"==\":[{\"month_end\":[]},\"2026-11-30\"]}"));
    assert_true(holds(desk, "{\"==\":[{\"month_start\":[]},\"2026-11-01\"]}"));
    assert_true(holds(desk, "{\"==\":[{\"next_month_end\":[]},\"2026-12-31\"]}"));
    assert_true(holds(desk, "{\"==\":[{\"last_month_start\":[]},\"2026-10-01\"]}"));
    set(desk, "seen", value_integer(INT64_C(1795273199999))); /* 2026-11-21T23:59:59.999+09:00 …*/
    assert_true(holds(desk, "{\"==\":[{\"days_since\":[{\"var\":\"seen\"}]},0]}"));
    set(desk, "seen", value_integer(INT64_C(1795273200000))); /* a moment later */
    assert_true(holds(desk, "{\"==\":[{\"days_until\":[{\"var\":\"seen\"}]},1]}"));
    assert_true(holds(desk, "{\"==\":[{\"var\":\"seen\"},\"2026-11-22\"]}"));
    desk->actor.zone = STR("America/New_York");
    assert_true(holds(desk, "{\"==\":[{\"days_until\":[{\"var\":\"seen\"}]},0]}"));
    set(desk, "born", value_text(STR("2026-10-22")));
    assert_true(holds(desk, "{\"==\":[{\"days_since\":[{\"var\":\"born\"}]},30]}"));
    set(desk, "born", value_null());
    assert_true(holds(desk, "{\"==\":[{\"days_since\":[{\"var\":\"born\"}]},null]}"));
    assert_false(holds(desk, "{\">\":[{\"days_since\":[{\"var\":\"born\"}]},30]}"));
}
static void test_days_are_the_readers(void **state) {
    at_desk(state, days_desk);
}

static void change_desk(Desk *desk) {
    set(desk, "mood", value_text(STR("cold")));
    assert_true(holds(desk, "{\"changed\":[\"mood\"]}")); /* of a new record: from nothing */
    assert_false(holds(desk, "{\"changed\":[\"count\",\"name\"]}"));
    assert_true(holds(desk, "{\"==\":[{\"was\":\"mood\"},null]}"));
    set_before(desk, "mood", value_text(STR("warm")));
    assert_true(holds(desk,
                      "{\"and\":[{\"changed\":\"mood\"},{\"==\":[{\"was\":\"mood\"},\"warm\"]},"
                      "{\"==\":[{\"var\":\"mood\"},\"cold\"]}]}"));
    set(desk, "mood", value_text(STR("warm")));
    assert_false(holds(desk, "{\"changed\":[\"mood\"]}"));
}
static void test_changes_are_seen_in_memory(void **state) {
    at_desk(state, change_desk);
}

static void refuse_desk(Desk *desk) {
    Problem problem = problem_new(desk->arena);
    Context context = context_of(desk, &problem);
    Sql sql CLEANUP(sql_free) = sql_new(desk->arena, transaction_kind(desk->transaction));
    const Condition *condition = read_condition(desk, "{\"!\":{\"changed\":[\"mood\"]}}");
    assert_int_equal(condition_add_sql(&context, condition, &sql, STR("r")), STATUS_INVALID);
    assert_true(str_is(problem.first->code, "condition_not_in_list"));
    assert_int_equal(sql.text.size, 0);
}
static void test_changes_are_refused_in_lists(void **state) {
    at_desk(state, refuse_desk);
}

static void hidden_desk(Desk *desk) {
    set(desk, "secret", value_text(STR("plan")));
    assert_false(holds(desk, "{\"==\":[{\"var\":\"secret\"},\"plan\"]}"));
    assert_false(holds(desk, "{\"in\":[\"pl\",{\"var\":\"secret\"}]}"));
    desk->actor.everything = true;
    assert_true(holds(desk, "{\"==\":[{\"var\":\"secret\"},\"plan\"]}"));
}
static void test_hidden_fields_tell_nothing(void **state) {
    at_desk(state, hidden_desk);
}

static void empty_desk(Desk *desk) {
    set(desk, "name", value_text(STR("")));
    assert_true(holds(desk, "{\"<\":[{\"var\":\"count\"},1]}"));
    assert_false(holds(desk, "{\"==\":[{\"var\":\"count\"},0]}"));
    assert_false(holds(desk, "{\"==\":[{\"var\":\"memo\"},\"\"]}"));
    assert_false(holds(desk, "{\"<=\":[{\"var\":\"born\"},{\"var\":\"ends\"}]}"));
    assert_true(holds(desk, "{\"==\":[{\"var\":\"born\"},{\"var\":\"ends\"}]}"));
    assert_true(holds(desk, "{\"==\":[{\"/\":[{\"var\":\"count\"},0]},null]}"));
    assert_true(holds(desk, "{\"==\":[{\"+\":[{\"var\":\"count\"},1]},1]}"));
    assert_true(holds(desk, "{\"missing\":[\"name\"]}"));
    assert_true(holds(desk, "{\"none\":[{\"var\":\"note\"},true]}"));
    assert_false(holds(desk, "{\"all\":[{\"var\":\"note\"},true]}"));
    assert_true(holds(desk, "{}"));
}
static void test_emptiness_means_what_is_written(void **state) {
    at_desk(state, empty_desk);
}

/* ---- The database's side ---- */

static Str sql_text(Desk *desk, const char *prefix, const char *condition, Sql *sql) {
    Problem problem = problem_new(desk->arena);
    Context context = context_of(desk, &problem);
    sql_add(sql, prefix);
    sql_add(sql, "SELECT \"r\".\"id\" FROM \"item\" AS \"r\" WHERE ");
    assert_int_equal(condition_add_sql(&context, read_condition(desk, condition), sql, STR("r")),
                     STATUS_OK);
    return buffer_str(&sql->text);
}

static void assert_index_serves(Desk *desk, const char *condition, const char *column) {
    Sql sql CLEANUP(sql_free) = sql_new(desk->arena, transaction_kind(desk->transaction));
    sql_text(desk, "EXPLAIN QUERY PLAN ", condition, &sql);
    Rows *rows CLEANUP(store_drop) = NULL;
    assert_int_equal(sql_query(&sql, desk->transaction, &rows), STATUS_OK);
    bool searched = false;
    while (store_next(rows) == STATUS_OK) {
        Str detail = store_column(rows, 3, VALUE_TEXT).text;
        searched = searched || (str_find_str(detail, STR("SEARCH r")) < detail.size &&
                                str_find_str(detail, str_of(column)) < detail.size);
    }
    if (!searched) fail_msg("no index on %s for %.*s", column, STR_ARGS(buffer_str(&sql.text)));
}

static void index_desk(Desk *desk) {
    if (transaction_kind(desk->transaction) != STORE_SQLITE) return;
    assert_index_serves(desk, "{\"==\":[{\"var\":\"mood\"},\"warm\"]}", "mood=?");
    assert_index_serves(desk, "{\"in\":[{\"var\":\"mood\"},[\"warm\",\"cold\"]]}", "mood=?");
    assert_index_serves(desk, "{\"==\":[5,{\"var\":\"count\"}]}", "count=?");
    assert_index_serves(desk, "{\">\":[{\"var\":\"count\"},2.5]}", "count>?");
    assert_index_serves(desk, "{\">\":[{\"days_since\":[{\"var\":\"seen\"}]},90]}", "seen<?");
    assert_index_serves(desk, "{\"==\":[{\"days_until\":[{\"var\":\"seen\"}]},1]}",
                        "seen>? AND seen<?");
    assert_index_serves(desk, "{\">\":[{\"days_since\":[{\"var\":\"born\"}]},90]}", "born<?");
    assert_index_serves(desk, "{\"<\":[{\"var\":\"born\"},{\"month_end\":[]}]}", "born<?");
    assert_index_serves(
        desk, "{\"and\":[{\"var\":\"active\"},{\"==\":[{\"var\":\"mood\"},\"new\"]}]}", "mood=?");
    /* Empty counts as 0 days, and would be in; but `!!` has put it out. */
    assert_index_serves(desk,
                        "{\"and\":[{\"!!\":[{\"var\":\"born\"}]},"
                        "{\"<=\":[{\"days_since\":[{\"var\":\"born\"}]},30]}]}",
                        "born>?");
}
static void test_indexes_are_used(void **state) {
    at_desk(state, index_desk);
}

/* Nests `open` as far as conditions may go, around `inside`; the database must still take it. */
static void assert_nests(Desk *desk, const char *open, const char *inside, const char *close,
                         int times) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (int i = 0; i < times; i++) buffer_add(&text, str_of(open));
    buffer_add(&text, str_of(inside));
    for (int i = 0; i < times; i++) buffer_add(&text, str_of(close));
    buffer_add_byte(&text, '\0');
    Sql sql CLEANUP(sql_free) = sql_new(desk->arena, transaction_kind(desk->transaction));
    sql_text(desk, "", text.data, &sql);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, desk->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_END) fail_msg("%d x %s", times, open);
}

static void nesting_desk(Desk *desk) {
    assert_nests(desk, "{\"!\":", "{\"var\":\"name\"}", "}", 11);
    assert_nests(desk, "{\"and\":[true,", "{\"var\":\"name\"}", "]}", 11);
    assert_nests(desk, "{\"if\":[{\"var\":\"active\"},", "{\"var\":\"name\"}", "]}", 11);
    assert_nests(desk, "{\"-\":[1,", "{\"var\":\"count\"}", "]}", 11);
    assert_nests(desk, "{\"cat\":[", "{\"var\":\"name\"}", "]}", 11);
    assert_nests(desk, "{\"or\":[", "{\"var\":\"name\"}", ",{\"var\":\"memo\"}]}", 11);
    assert_nests(desk, "{\"max\":[", "{\"var\":\"score\"}", ",{\"var\":\"count\"}]}", 7);
    assert_nests(desk, "{\"in\":[\"x\",{\"cat\":[{\"if\":[", "{\"var\":\"active\"}",
                 ",\"a\",\"b\"]}]}]}", 3);
    assert_nests(desk, "{\"!\":{\"<\":[{\"if\":[", "{\"var\":\"active\"}",
                 ",{\"var\":\"count\"},{\"var\":\"place.size\"}]},9]}}", 3);
    assert_nests(desk, "{\"<\":[{\"days_since\":[{\"if\":[", "{\"var\":\"active\"}",
                 ",{\"var\":\"born\"},{\"var\":\"place.opened\"}]}]},9.5]}", 3);
    assert_nests(desk, "{\"all\":[{\"var\":\"note\"},{\"!\":{\"!\":{\"!\":{\"and\":[true,{\"if\":[",
                 "{\"var\":\"item.name\"}",
                 ",{\"<\":[{\"-\":[1,{\"var\":\"place.size\"}]},2]}]}]}}}}]}", 1);
}
static void test_the_deepest_conditions_run(void **state) {
    at_desk(state, nesting_desk);
}

static void widest_desk(Desk *desk) {
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_add(&text, STR("{\"or\":[{\"==\":[{\"var\":\"name\"},\"x\"]}"));
    for (int i = 0; i < 160; i++) buffer_format(&text, ",{\"==\":[{\"var\":\"count\"},%d]}", i);
    buffer_add(&text, STR("]}"));
    buffer_add_byte(&text, '\0');
    assert_nests(desk, "", text.data, "", 0);
    buffer_clear(&text);
    buffer_add(&text, STR("{\"in\":[{\"var\":\"count\"},[0"));
    for (int i = 1; i < 1000; i++) buffer_format(&text, ",%d", i);
    buffer_add(&text, STR("]]}"));
    buffer_add_byte(&text, '\0');
    assert_nests(desk, "", text.data, "", 0);
}
static void test_the_widest_conditions_run(void **state) {
    at_desk(state, widest_desk);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_are_the_readers),
        cmocka_unit_test(test_changes_are_seen_in_memory),
        cmocka_unit_test(test_changes_are_refused_in_lists),
        cmocka_unit_test(test_hidden_fields_tell_nothing),
        cmocka_unit_test(test_emptiness_means_what_is_written),
        cmocka_unit_test(test_indexes_are_used),
        cmocka_unit_test(test_the_deepest_conditions_run),
        cmocka_unit_test(test_the_widest_conditions_run),
    };
    return fixture_run_both("condition_sql", tests, sizeof tests / sizeof tests[0]);
}

/* Records as rows: every kind of value comes back, and keys and search follow a change. */
#include "row.h"

#include "record_fixture.h"
#include "search_tokens.h"

static Status insert_extremes_work(Context *context, void *data) {
    const Object *object = model_object(context->model, STR("person"));
    FieldValue values[] = {
        {object_field(object, STR("name")), value_text(STR("𠮷野 \"x\" '; --\n"))},
        {object_field(object, STR("score")), value_integer(INT64_MIN)},
        {object_field(object, STR("weight")), value_decimal(0.1)},
        {object_field(object, STR("seen_at")), value_integer(INT64_MAX)},
        {object_field(object, STR("active")), value_boolean(false)},
        {object_field(object, STR("labels")), value_text(STR("[\"a\"]"))},
        {object_field(object, STR("owner")), value_id((Id){{0xFF}})},
        {object_field(object, STR("remark")), value_text(STR(""))},
    };
    return record_insert(context, object, values, sizeof values / sizeof *values, data);
}

static void every_kind_of_value_comes_back(void **state) {
    World *world = *state;
    Record made;
    assert_ok(world_do(world, &world->system, insert_extremes_work, &made));
    Record read = world_now(world, &made);
    for (size_t i = 0; i < made.object->field_count; i++) {
        if (!value_equal(&made.values[i], &read.values[i])) {
            fail_msg("%s", made.object->fields[i].name.data);
        }
    }
    assert_int_equal(read.version, 1);
    assert_true(read.created_at == world->now && read.updated_at == world->now);
    assert_true(id_none(read.created_by)); /* the system is nobody */
    assert_int_equal(read.deleted_at, 0);
    assert_int_equal(row_column_count(made.object), 7 + (int)made.object->field_count);
}

/* ---- Versions ---- */

static Status update_twice_work(Context *context, void *data) {
    Record *before = data, after = *before;
    after.version = before->version + 1;
    TRY(row_update(context, before, &after));
    return row_update(context, before, &after);
}

static Status mark_twice_work(Context *context, void *data) {
    Record *before = data, after = *before;
    after.version = before->version + 1;
    after.deleted_at = context->now;
    TRY(row_mark_deleted(context, before, &after));
    return row_mark_deleted(context, before, &after);
}

static void a_row_that_moved_on_is_stale(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    assert_refused(world_do(world, &world->system, update_twice_work, &person), "stale");
    assert_refused(world_do(world, &world->system, mark_twice_work, &person), "stale");
    assert_int_equal(world_now(world, &person).version, 1); /* nothing stayed */
}

/* ---- Sort keys ---- */

typedef struct KeyQuestion {
    const Record *record;
    const char *column;
    Value key;
} KeyQuestion;

static Status key_work(Context *context, void *data) {
    KeyQuestion *question = data;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT ");
    sql_add_name(&sql, str_of(question->column));
    sql_add(&sql, " FROM \"person\" WHERE \"id\" = ");
    sql_bind(&sql, value_id(question->record->id));
    TRY(sql_query(&sql, context->transaction, &rows));
    TRY(store_next(rows));
    Value key = store_column(rows, 0, VALUE_BYTES);
    question->key = value_copy(context->arena, &key);
    return STATUS_OK;
}

static void assert_keys(World *world, const Record *record) {
    const Field *name = world_field(world, "person", "name");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        KeyQuestion question = {.record = record};
        question.column = tables_sort_column(world->arena, name, (Lang)lang).data;
        assert_ok(world_see(world, &world->system, key_work, &question));
        Value expected =
            tables_sort_key(world->arena, record->object, name, (Lang)lang, record->values);
        assert_true(value_equal(&question.key, &expected));
    }
}

static void sort_keys_follow_every_field_they_come_from(void **state) {
    static const char *const PATCHES[] = {"{\"kana\":\"やまだ\"}",   "{\"latin\":\"Yamada\"}",
                                          "{\"name\":\"山本\"}",     "{\"kana\":null}",
                                          "{\"kana\":\"やまもと\"}", "{\"score\":1}"};
    World *world = *state;
    Record person = world_made(world, &world->boss, "person", "{\"name\":\"山田\"}");
    assert_keys(world, &person);
    for (size_t i = 0; i < sizeof PATCHES / sizeof *PATCHES; i++) {
        person = world_changed(world, &world->boss, &person, "%s", PATCHES[i]);
        assert_keys(world, &person);
    }
}

/* ---- Search ---- */

typedef struct SearchQuestion {
    Str words;
    int64_t found;
} SearchQuestion;

static Status search_work(Context *context, void *data) {
    SearchQuestion *question = data;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT count(*) FROM \"person\" AS \"r\" WHERE ");
    sql_add_search(&sql, STR("person"), STR("r"), search_query(context->arena, question->words));
    TRY(sql_query(&sql, context->transaction, &rows));
    TRY(store_next(rows));
    question->found = store_column(rows, 0, VALUE_INTEGER).integer;
    return STATUS_OK;
}

static int64_t found(World *world, const char *words) {
    SearchQuestion question = {.words = str_of(words)};
    assert_ok(world_see(world, &world->system, search_work, &question));
    return question.found;
}

static void search_follows_changes_deletion_and_restoring(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->boss, "person",
                               "{\"name\":\"山田太郎\",\"kana\":\"ヤマダ\",\"remark\":\"tall\"}");
    assert_int_equal(found(world, "山田"), 1);
    assert_int_equal(found(world, "やまだ"), 1);
    assert_int_equal(found(world, "tall"), 0); /* not a searchable field */
    (void)world_changed(world, &world->boss, &person, "{\"name\":\"佐藤\"}");
    assert_int_equal(found(world, "山田"), 0);
    assert_int_equal(found(world, "佐藤"), 1);
    assert_ok(world_delete(world, &world->boss, &person));
    assert_int_equal(found(world, "佐藤"), 0);
    assert_ok(world_restore(world, &world->boss, &person, &person));
    assert_int_equal(found(world, "佐藤"), 1);
}

WORLD_MAIN(cmocka_unit_test(every_kind_of_value_comes_back),
           cmocka_unit_test(a_row_that_moved_on_is_stale),
           cmocka_unit_test(sort_keys_follow_every_field_they_come_from),
           cmocka_unit_test(search_follows_changes_deletion_and_restoring))

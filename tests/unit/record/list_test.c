/* Lists: pages joined equal a plain sort, and every list holds what it should. */
#include "list.h"

#include "collation.h"
#include "record_fixture.h"

enum { MANY = 110, ROUNDS = 14 };

static uint32_t seed = 20261121;
static uint32_t chance(uint32_t of) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 16) % of;
}

/* A member with one of a few values, so that there are ties, or none at all. */
static void add_some(Buffer *text, const char *name, const char *const *values, uint32_t count) {
    if (chance(4) == 0) return;
    buffer_format(text, ",\"%s\":%s", name, values[chance(count)]);
}

static Record some_person(World *world) {
    static const char *const NAMES[] = {"\"山田\"", "\"王芳\"", "\"Smith\"",  "\"smith\"",
                                        "\"李娜\"", "\"佐藤\"", "\"Müller\"", "\"安\"",
                                        "\"安藤\"", "\"张伟\""};
    static const char *const KANA[] = {"\"やまだ\"", "\"ヤマダ\"", "\"さとう\"", "\"あんどう\""};
    static const char *const LATIN[] = {"\"Yamada\"", "\"wang\"", "\"Öz\"", "\"\""};
    static const char *const MOODS[] = {"\"warm\"", "\"even\"", "\"cold\"", "null"};
    static const char *const SCORES[] = {"1", "2", "10", "0"};
    static const char *const WEIGHTS[] = {"0.1", "0.2", "1", "-2.5", "0.3"};
    static const char *const BORN[] = {"\"1950-01-31\"", "\"1980-12-01\"", "\"2001-02-03\""};
    static const char *const SEEN[] = {"\"2026-01-01T00:00:00Z\"", "\"1969-01-01T00:00:00Z\"",
                                       "\"2026-01-01T00:00:00.001Z\""};
    static const char *const ACTIVE[] = {"true", "false"};
    static const char *const REMARKS[] = {"\"a\"", "\"B\"", "\"b\"", "\"あ\"", "\"\""};
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_format(&text, "{\"name\":%s", NAMES[chance(10)]);
    add_some(&text, "kana", KANA, 4);
    add_some(&text, "latin", LATIN, 4);
    add_some(&text, "mood", MOODS, 4);
    add_some(&text, "score", SCORES, 4);
    add_some(&text, "weight", WEIGHTS, 5);
    add_some(&text, "born", BORN, 3);
    add_some(&text, "seen_at", SEEN, 3);
    add_some(&text, "active", ACTIVE, 2);
    add_some(&text, "remark", REMARKS, 5);
    buffer_add(&text, STR("}"));
    return world_made(world, &world->boss, "person", "%.*s", STR_ARGS(buffer_str(&text)));
}

/* ---- The plain sort ---- */

typedef struct Order {
    const ListQuery *query;
    Lang lang;
    Arena *arena;
} Order;

static Value sort_value(const Order *order, const Record *record, const Field *field) {
    Value own = record->values[field->index];
    if (field->type == FIELD_CHOICE) {
        if (value_is_null(&own)) return own;
        return value_integer(field_choice(field, own.text)->rank);
    }
    if (field->type != FIELD_TEXT) return own;
    const Field *source = field_sort_source(record->object, field, order->lang);
    const Value *text = &record->values[source->index];
    if (text->kind != VALUE_TEXT || str_empty(text->text)) text = &own;
    if (text->kind != VALUE_TEXT || str_empty(text->text)) return value_null();
    return value_bytes(collation_key(order->arena, order->lang, text->text));
}

static int compare_values(const Value *a, const Value *b) {
    switch (a->kind) {
        case VALUE_BOOLEAN: return a->boolean - b->boolean;
        case VALUE_INTEGER: return (a->integer > b->integer) - (a->integer < b->integer);
        case VALUE_DECIMAL: return (a->decimal > b->decimal) - (a->decimal < b->decimal);
        case VALUE_ID: return memcmp(a->id.bytes, b->id.bytes, 16);
        default: return str_compare(a->text, b->text);
    }
}

static int compare_records(const void *left, const void *right, void *data) {
    const Record *a = left, *b = right;
    const Order *order = data;
    bool descending = order->query->sort_count == 0;
    for (size_t i = 0; i < order->query->sort_count; i++) {
        const ListSort *sort = &order->query->sorts[i];
        descending = sort->descending;
        if (!sort->field) break; /* by creation: ids are unique */
        Value x = sort_value(order, a, sort->field), y = sort_value(order, b, sort->field);
        if (value_is_null(&x) || value_is_null(&y)) {
            if (x.kind == y.kind) continue;
            return value_is_null(&x) ? 1 : -1; /* empty ones last, whatever the direction */
        }
        int compared = compare_values(&x, &y);
        if (compared) return descending ? -compared : compared;
    }
    int compared = memcmp(a->id.bytes, b->id.bytes, 16);
    return descending ? -compared : compared;
}

/* ---- The pages ---- */

typedef struct Pages {
    ListQuery query;
    Id ids[MANY + 10];
    size_t count, pages;
} Pages;

static Status take_id(void *data, const Record *record) {
    Pages *pages = data;
    if (pages->count == MANY + 10) return STATUS_FAILED;
    pages->ids[pages->count++] = record->id;
    return STATUS_OK;
}

static Status pages_work(Context *context, void *data) {
    Pages *pages = data;
    ListQuery query = pages->query;
    pages->count = pages->pages = 0;
    do {
        size_t before = pages->count;
        TRY(list_each(context, &query, take_id, pages, &query.cursor));
        pages->pages++;
        bool full = pages->count - before == (size_t)query.limit;
        if (query.cursor.size && !full) return STATUS_FAILED; /* only the last may be short */
    } while (query.cursor.size);
    return STATUS_OK;
}

static void assert_sorted(World *world, Record *records, size_t count, const ListQuery *query,
                          Lang lang) {
    Actor actor = world->boss;
    Pages pages = {.query = *query};
    Order order = {query, lang, world->arena};
    actor.lang = lang;
    qsort_r(records, count, sizeof *records, compare_records, &order);
    assert_ok(world_see(world, &actor, pages_work, &pages));
    assert_int_equal(pages.count, count);
    for (size_t i = 0; i < count; i++) {
        if (id_equal(pages.ids[i], records[i].id)) continue;
        for (size_t s = 0; s < query->sort_count; s++) {
            print_error("sort %s %d\n",
                        query->sorts[s].field ? query->sorts[s].field->name.data : "id",
                        query->sorts[s].descending);
        }
        fail_msg("at %zu, limit %d, language %d", i, (int)query->limit, lang);
    }
}

static void pages_joined_equal_a_plain_sort(void **state) {
    static const char *const FIELDS[] = {"name",    "mood",   "score",  "weight", "born",
                                         "seen_at", "active", "remark", "owner",  "place"};
    static const int64_t LIMITS[] = {1, 2, 7, 50, MANY, 1000};
    World *world = *state;
    Record records[MANY];
    for (int i = 0; i < MANY; i++) records[i] = some_person(world);
    const Object *person = world_object(world, "person");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int round = 0; round < ROUNDS; round++) {
            ListQuery query = {.object = person, .limit = LIMITS[chance(6)]};
            query.sort_count = (size_t)round % 4;
            for (size_t i = 0; i < query.sort_count; i++) {
                query.sorts[i] =
                    (ListSort){world_field(world, "person", FIELDS[chance(10)]), chance(2) == 1};
            }
            assert_sorted(world, records, MANY, &query, (Lang)lang);
        }
    }
    for (int descending = 0; descending < 2; descending++) { /* by creation */
        ListQuery query = {
            .object = person, .limit = 9, .sorts = {{NULL, descending}}, .sort_count = 1};
        assert_sorted(world, records, MANY, &query, LANG_EN);
    }
}

/* ---- What belongs to a list ---- */

typedef struct Listing {
    ListQuery query;
    Str text;
} Listing;

static Status listing_work(Context *context, void *data) {
    Listing *listing = data;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    Status status = list_write(context, &listing->query, &json);
    listing->text = str_copy(context->arena, buffer_str(&text));
    return status;
}

static json_t *listed(World *world, const Actor *actor, const ListQuery *query) {
    Listing listing = {.query = *query};
    Status status = world_see(world, actor, listing_work, &listing);
    world_complain(&world->problem);
    assert_ok(status);
    return world_json(listing.text.data);
}

/* The names of a list, in alphabetical order: "A B". */
static const char *names(World *world, const Actor *actor, ListQuery query) {
    query.sorts[0] = (ListSort){world_field(world, "person", "name"), false};
    query.sort_count = 1;
    query.limit = query.limit ? query.limit : 100;
    json_t *list CLEANUP(json_drop) = listed(world, actor, &query);
    Buffer text CLEANUP(buffer_free) = {0};
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(list, "items"), i, item) {
        if (i) buffer_add_byte(&text, ' ');
        buffer_add(&text, json_get_text(item, "name"));
    }
    return str_copy(world->arena, buffer_str(&text)).data;
}

static void filters_choose_by_value_emptiness_and_membership(void **state) {
    World *world = *state;
    const Object *person = world_object(world, "person");
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"A\",\"mood\":\"warm\",\"skills\":[\"research\",\"surgery\"]}");
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"B\",\"mood\":\"cold\",\"labels\":[\"re\",\"x\"]}");
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"C\",\"mood\":null,\"skills\":[\"teaching\"],\"labels\":[\"r\"]}");
    Value two[] = {value_text(STR("warm")), value_null()}, cold = value_text(STR("cold"));
    Value research = value_text(STR("research")), part = value_text(STR("r"));
    ListFilter mood = {world_field(world, "person", "mood"), two, 2};
    ListFilter skills = {world_field(world, "person", "skills"), &research, 1};
    ListFilter labels = {world_field(world, "person", "labels"), &part, 1};
    assert_string_equal(names(world, &world->ann,
                              (ListQuery){.object = person, .filters = &mood, .filter_count = 1}),
                        "A C");
    ListFilter both[] = {mood, skills};
    assert_string_equal(names(world, &world->ann,
                              (ListQuery){.object = person, .filters = both, .filter_count = 2}),
                        "A");
    assert_string_equal(names(world, &world->ann,
                              (ListQuery){.object = person, .filters = &labels, .filter_count = 1}),
                        "C"); /* an item, not a part of its text */
    mood.values = &cold;
    mood.count = 1;
    assert_string_equal(names(world, &world->ann,
                              (ListQuery){.object = person, .filters = &mood, .filter_count = 1}),
                        "B");
    assert_string_equal(names(world, &world->cho, (ListQuery){.object = person}), "");
}

static Status only_cold(void *data, Context *context, Sql *sql, Str alias) {
    (void)context;
    sql_add_column(sql, alias, STR("mood"));
    sql_add(sql, " = ");
    sql_bind(sql, value_text(str_of(data)));
    return STATUS_OK;
}

static void search_predicate_and_filter_hold_together(void **state) {
    World *world = *state;
    char mood[] = "cold";
    Value code = value_text(STR("2"));
    ListFilter filter = {world_field(world, "person", "code"), &code, 1};
    ListQuery query = {.object = world_object(world, "person"),
                       .predicate = only_cold,
                       .predicate_data = mood,
                       .search = STR("山"),
                       .total = true,
                       .limit = 1};
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"山田\",\"mood\":\"cold\",\"code\":\"1\"}");
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"山本\",\"mood\":\"cold\",\"code\":\"2\"}");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"山下\",\"mood\":\"warm\"}");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"川田\",\"mood\":\"cold\"}");
    json_t *list CLEANUP(json_drop) = listed(world, &world->ann, &query);
    assert_int_equal(json_integer_value(json_object_get(list, "total")), 2); /* beyond the page */
    assert_int_equal(json_array_size(json_object_get(list, "items")), 1);
    query.filters = &filter;
    query.filter_count = 1;
    query.limit = 10;
    assert_string_equal(names(world, &world->ann, query), "山本");
}

static void the_deleted_are_listed_apart(void **state) {
    World *world = *state;
    ListQuery query = {.object = world_object(world, "person")};
    Record gone = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"B\"}");
    assert_ok(world_delete(world, &world->ann, &gone));
    assert_string_equal(names(world, &world->ann, query), "B");
    query.deleted = true;
    assert_string_equal(names(world, &world->ann, query), "A");
    assert_string_equal(names(world, &world->cho, query), "");
}

static void who_may_not_read_is_refused(void **state) {
    World *world = *state;
    Listing listing = {.query = {.object = world_object(world, "person"), .limit = 10}};
    assert_refused(world_see(world, &world->guest, listing_work, &listing), "denied");
    assert_string_equal(world_error(world), " access_verb");
}

/* ---- Cursors ---- */

static void a_cursor_serves_its_own_list_only(void **state) {
    World *world = *state;
    const Field *name = world_field(world, "person", "name");
    const Field *score = world_field(world, "person", "score");
    ListQuery query = {
        .object = world_object(world, "person"), .limit = 1, .sorts = {{name, 0}}, .sort_count = 1};
    for (int i = 0; i < 3; i++) {
        (void)world_made(world, &world->boss, "person", "{\"name\":\"P%d\",\"score\":%d}", i, i);
    }
    json_t *list CLEANUP(json_drop) = listed(world, &world->boss, &query);
    query.cursor = str_copy(world->arena, json_get_text(list, "next"));
    assert_true(query.cursor.size > 0);
    Listing other = {.query = query};
    other.query.sorts[0].descending = true;
    assert_refused(world_see(world, &world->boss, listing_work, &other), "invalid");
    other.query.sorts[0] = (ListSort){score, false};
    assert_refused(world_see(world, &world->boss, listing_work, &other), "invalid");
    assert_string_equal(world_error(world), "/cursor cursor");
    Actor japanese = world->boss;
    japanese.lang = LANG_JA;
    other.query = query; /* sorted otherwise in another language */
    assert_refused(world_see(world, &japanese, listing_work, &other), "invalid");
    other.query.object = world_object(world, "place");
    other.query.sorts[0].field = world_field(world, "place", "name");
    assert_refused(world_see(world, &world->boss, listing_work, &other), "invalid");
    assert_ok(world_see(world, &world->boss, listing_work, &(Listing){.query = query}));
}

/* ---- What an item shows ---- */

static void items_show_chosen_fields_and_related_records(void **state) {
    World *world = *state;
    Record place = world_made(world, &world->ann, "place", "{\"name\":\"Clinic\"}");
    (void)world_made(world, &world->boss, "person",
                     "{\"name\":\"A\",\"secret\":\"s\",\"owner\":\"%s\",\"place\":\"%s\"}",
                     world_id(world, world->ann.user), world_id(world, place.id));
    const Field *fields[] = {world_field(world, "person", "secret"),
                             world_field(world, "person", "mood")};
    const Field *expand[] = {world_field(world, "person", "place"),
                             world_field(world, "person", "owner")};
    ListQuery query = {.object = world_object(world, "person"),
                       .fields = fields,
                       .field_count = 2,
                       .expand = expand,
                       .expand_count = 2,
                       .limit = 5};
    json_t *list CLEANUP(json_drop) = listed(world, &world->ann, &query);
    const json_t *item = json_array_get(json_object_get(list, "items"), 0);
    assert_int_equal(json_object_size(item), 5); /* id, version, title, mood, expanded */
    assert_null(json_object_get(item, "secret"));
    const json_t *related = json_object_get(item, "expanded");
    assert_str(json_get_text(json_object_get(related, "place"), "name"), "Clinic");
    assert_str(json_get_text(json_object_get(related, "owner"), "name"), "Ann");
    assert_ok(world_delete(world, &world->ann, &place));
    json_t *again CLEANUP(json_drop) = listed(world, &world->ann, &query);
    item = json_array_get(json_object_get(again, "items"), 0);
    assert_true(json_is_null(json_object_get(json_object_get(item, "expanded"), "place")));
}

static void related_records_are_shown_only_to_those_who_may_read_them(void **state) {
    World *world = *state;
    Record hers = world_made(world, &world->ann, "person", "{\"name\":\"Hers\"}");
    (void)world_made(world, &world->system, "task",
                     "{\"subject\":\"x\",\"owner\":\"%s\",\"person\":\"%s\"}",
                     world_id(world, world->cho.user), world_id(world, hers.id));
    const Field *expand[] = {world_field(world, "task", "person")};
    ListQuery query = {
        .object = world_object(world, "task"), .expand = expand, .expand_count = 1, .limit = 5};
    json_t *list CLEANUP(json_drop) = listed(world, &world->cho, &query);
    const json_t *item = json_array_get(json_object_get(list, "items"), 0);
    assert_str(json_get_text(item, "person"), world_id(world, hers.id));
    assert_true(json_is_null(json_object_get(json_object_get(item, "expanded"), "person")));
}

WORLD_MAIN(cmocka_unit_test(pages_joined_equal_a_plain_sort),
           cmocka_unit_test(filters_choose_by_value_emptiness_and_membership),
           cmocka_unit_test(search_predicate_and_filter_hold_together),
           cmocka_unit_test(the_deleted_are_listed_apart),
           cmocka_unit_test(who_may_not_read_is_refused),
           cmocka_unit_test(a_cursor_serves_its_own_list_only),
           cmocka_unit_test(items_show_chosen_fields_and_related_records),
           cmocka_unit_test(related_records_are_shown_only_to_those_who_may_read_them))

/* Reading records and showing them. */
#include "record_fixture.h"

typedef struct Written {
    const Record *record;
    void (*write)(Context *, JsonWriter *, const Record *);
    Str text;
} Written;

static Status write_work(Context *context, void *data) {
    Written *written = data;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    written->write(context, &json, written->record);
    written->text = str_copy(context->arena, buffer_str(&text));
    return STATUS_OK;
}

/* The record as `actor` sees it; the caller's reference. */
static json_t *shown(World *world, const Actor *actor, const Record *record) {
    Written written = {.record = record, .write = record_write};
    assert_ok(world_see(world, actor, write_work, &written));
    return world_json(written.text.data);
}

static void a_record_is_shown_with_head_and_fields(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person",
                               "{\"name\":\"山田\",\"latin\":\"Yamada\",\"weight\":1.5,"
                               "\"born\":\"1970-02-03\",\"seen_at\":\"2026-11-21T17:00:00+09:00\","
                               "\"skills\":[\"research\"],\"labels\":[\"vip\"],\"active\":false}");
    json_t *json CLEANUP(json_drop) = shown(world, &world->ann, &person);
    assert_str(json_get_text(json, "id"), world_id(world, person.id));
    assert_str(json_get_text(json, "title"), "Yamada");
    assert_int_equal(json_integer_value(json_object_get(json, "version")), 1);
    assert_str(json_get_text(json, "created_at"), "2026-11-21T08:30:00.000Z");
    assert_str(json_get_text(json, "created_by"), world_id(world, world->ann.user));
    assert_str(json_get_text(json, "seen_at"), "2026-11-21T08:00:00.000Z");
    assert_str(json_get_text(json, "born"), "1970-02-03");
    assert_true(json_real_value(json_object_get(json, "weight")) == 1.5);
    assert_true(json_is_false(json_object_get(json, "active")));
    assert_true(json_is_null(json_object_get(json, "score")));
    assert_str(json_compact(world->arena, json_object_get(json, "skills")), "[\"research\"]");
    assert_int_equal(json_integer_value(json_object_get(json, "visit_count")), 0);
}

static void hidden_fields_are_not_shown(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->boss, "person",
                               "{\"name\":\"A\",\"secret\":\"x\",\"owner\":\"%s\"}",
                               world_id(world, world->ann.user));
    json_t *seen CLEANUP(json_drop) = shown(world, &world->ann, &person);
    json_t *whole CLEANUP(json_drop) = shown(world, &world->boss, &person);
    assert_null(json_object_get(seen, "secret"));
    assert_str(json_get_text(whole, "secret"), "x");
    assert_int_equal(json_object_size(seen), json_object_size(whole) - 1);
}

static void the_head_is_three_members(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    Actor japanese = world->ann;
    json_t *head CLEANUP(json_drop) = NULL;
    Written written = {.record = &person, .write = record_write_head};
    japanese.lang = LANG_JA;
    /* Members alone are no document; an object is put around them. */
    assert_ok(world_see(world, &japanese, write_work, &written));
    head = world_json(str_format(world->arena, "{%s}", written.text.data).data);
    assert_int_equal(json_object_size(head), 3);
    assert_str(json_get_text(head, "title"), "A");
}

static void what_may_not_be_known_is_not_found(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), read;
    Record none = person;
    none.id = (Id){{1}};
    assert_ok(world_read(world, &world->ann, &person, &read));
    assert_ok(world_read(world, &world->lead, &person, &read));
    assert_refused(world_read(world, &world->ben, &person, &read), "not_found");
    assert_refused(world_read(world, &world->boss, &none, &read), "not_found");
    assert_refused(world_read(world, &world->guest, &person, &read), "denied");
    assert_string_equal(world_error(world), " access_verb");
    assert_ok(world_delete(world, &world->ann, &person));
    assert_refused(world_read(world, &world->boss, &person, &read), "not_found");
}

static Status read_deleted_work(Context *context, void *data) {
    RecordDeed *deed = data;
    return record_read_deleted(context, deed->object, deed->id, deed->out);
}

static void the_deleted_are_read_by_those_who_may_delete(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), read;
    RecordDeed deed = {.object = person.object, .id = person.id, .out = &read};
    assert_refused(world_see(world, &world->ann, read_deleted_work, &deed), "not_found");
    assert_ok(world_delete(world, &world->ann, &person));
    assert_ok(world_see(world, &world->ann, read_deleted_work, &deed));
    assert_true(read.deleted_at == world->now);
    assert_refused(world_see(world, &world->cho, read_deleted_work, &deed), "not_found");
}

static void an_unknown_field_has_no_value(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    assert_int_equal(record_value(&person, STR("nothing"))->kind, VALUE_NULL);
    assert_str(record_value(&person, STR("name"))->text, "A");
}

WORLD_MAIN(cmocka_unit_test(a_record_is_shown_with_head_and_fields),
           cmocka_unit_test(hidden_fields_are_not_shown),
           cmocka_unit_test(the_head_is_three_members),
           cmocka_unit_test(what_may_not_be_known_is_not_found),
           cmocka_unit_test(the_deleted_are_read_by_those_who_may_delete),
           cmocka_unit_test(an_unknown_field_has_no_value))

/* Writing: what a request may say, what is completed, what is refused, and what is left behind. */
#include "record_fixture.h"

/* ---- Creating ---- */

static void defaults_fill_what_was_not_given(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    assert_string_equal(world_value(world, &person, "mood"), "even");
    assert_string_equal(world_value(world, &person, "owner"), world_id(world, world->ann.user));
    assert_string_equal(world_value(world, &person, "joined_at"), "2026-11-21T08:30:00.000Z");
    person = world_made(world, &world->boss, "person",
                        "{\"name\":\"A\",\"mood\":null,\"owner\":null,\"joined_at\":null}");
    assert_string_equal(world_value(world, &person, "mood"), "null");
    assert_string_equal(world_value(world, &person, "owner"), "null");
    assert_string_equal(world_value(world, &person, "joined_at"), "null");
}

static void every_wrong_member_is_named(void **state) {
    World *world = *state;
    Record none;
    assert_refused(
        world_create(world, &world->ann, "person",
                     "{\"name\":7,\"mood\":\"hot\",\"score\":5000,\"nothing\":1}", &none),
        "invalid");
    assert_int_equal(world->problem.count, 4);
    assert_refused(world_create(world, &world->ann, "person", "{}", &none), "invalid");
    assert_string_equal(world_error(world), "/name required");
    assert_refused(world_create(world, &world->ann, "person", "{\"name\":\"  \"}", &none),
                   "invalid");
    assert_refused(world_create(world, &world->ann, "person", "[]", &none), "invalid");
    assert_string_equal(world_error(world), " object_expected");
    assert_refused(
        world_create(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"gone\"}", &none),
        "invalid"); /* a retired choice */
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"person\""), 0);
    assert_int_equal(world_count(world,
                                 "SELECT count(*) FROM \"journal\" WHERE \"object\" = "
                                 "'person'"),
                     0);
}

static void a_device_may_bring_the_id(void **state) {
    static const char ID[] = "0192f1c0-0000-7000-8000-000000000001";
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"id\":\"%s\",\"name\":\"A\"}", ID);
    Record other;
    assert_string_equal(world_id(world, person.id), ID);
    assert_refused(
        world_create(world, &world->ann, "person",
                     "{\"id\":\"0192f1c0-0000-7000-8000-000000000001\",\"name\":\"B\"}", &other),
        "conflict");
    assert_refused(
        world_create(world, &world->ann, "person", "{\"id\":\"1\",\"name\":\"B\"}", &other),
        "invalid");
    assert_string_equal(world_error(world), "/id id");
    assert_ok(world_update(world, &world->ann, &person,
                           "{\"id\":\"0192F1C0-0000-7000-8000-000000000001\",\"name\":\"C\"}",
                           &other));
    assert_refused(world_update(world, &world->ann, &person,
                                "{\"id\":\"0192f1c0-0000-7000-8000-000000000002\"}", &other),
                   "invalid");
}

/* ---- Children ---- */

static void children_come_with_their_parent(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    Record visit =
        world_made(world, &world->ann, "visit",
                   "{\"person\":\"%s\",\"held_at\":\"2026-11-20T01:00:00Z\",\"topics\":[\"dosing\","
                   "{\"text\":\"safety\",\"raised_at\":\"2026-11-20T02:00:00Z\"},"
                   "{\"text\":\"price\",\"raised_at\":null,\"person\":null}]}",
                   world_id(world, person.id));
    assert_string_equal(world_value(world, &visit, "topic_count"), "3"); /* as it is afterwards */
    static const char SQL[] =
        "SELECT count(*) FROM \"topic\" AS t JOIN \"visit\" AS v ON t.\"visit\" = v.\"id\" WHERE ";
    assert_int_equal(world_count(world,
                                 "%s t.\"text\" = 'dosing' AND t.\"raised_at\" = "
                                 "v.\"held_at\" AND t.\"person\" = v.\"person\"",
                                 SQL),
                     1);
    assert_int_equal(world_count(world,
                                 "%s t.\"text\" = 'safety' AND t.\"raised_at\" > "
                                 "v.\"held_at\" AND t.\"person\" = v.\"person\"",
                                 SQL),
                     1);
    assert_int_equal(world_count(world,
                                 "%s t.\"text\" = 'price' AND t.\"raised_at\" IS NULL AND "
                                 "t.\"person\" IS NULL",
                                 SQL),
                     1);
    visit = world_changed(world, &world->ann, &visit, "{\"topics\":[\"one more\"]}");
    assert_string_equal(world_value(world, &visit, "topic_count"), "4");
}

static void a_wrong_child_undoes_everything(void **state) {
    World *world = *state;
    Record none, person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    Str body = str_format(world->arena, "{\"person\":\"%s\",\"topics\":[\"good\",{\"text\":\"\"}]}",
                          world_id(world, person.id));
    assert_refused(world_create(world, &world->ann, "visit", body.data, &none), "invalid");
    assert_string_equal(world_error(world), "/topics/1/text required");
    assert_refused(
        world_create(world, &world->ann, "visit", "{\"topics\":{\"text\":\"x\"}}", &none),
        "denied"); /* whose visit would it be? */
    body = str_format(world->arena, "{\"person\":\"%s\",\"topics\":{\"text\":\"x\"}}",
                      world_id(world, person.id));
    assert_refused(world_create(world, &world->ann, "visit", body.data, &none), "invalid");
    assert_string_equal(world_error(world), "/topics array_expected");
    body =
        str_format(world->arena, "{\"person\":\"%s\",\"topics\":[5]}", world_id(world, person.id));
    assert_refused(world_create(world, &world->ann, "visit", body.data, &none), "invalid");
    assert_string_equal(world_error(world), "/topics/0 object_expected");
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"visit\""), 0);
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"topic\""), 0);
    assert_string_equal(
        world_value(world,
                    &(Record){.object = person.object, .values = world_now(world, &person).values},
                    "visit_count"),
        "0");
}

/* ---- What may not be set ---- */

static void an_immutable_field_is_set_once(void **state) {
    World *world = *state;
    Record person =
        world_made(world, &world->ann, "person", "{\"name\":\"A\",\"origin\":\"fair\"}");
    Record changed;
    assert_refused(world_update(world, &world->ann, &person, "{\"origin\":\"list\"}", &changed),
                   "invalid");
    assert_string_equal(world_error(world), "/origin immutable");
    assert_ok(world_update(world, &world->ann, &person, "{\"origin\":\"fair\",\"name\":\"B\"}",
                           &changed));
}

static void system_fields_are_not_for_requests(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\",\"seal\":null}");
    Record changed;
    assert_refused(world_update(world, &world->boss, &person, "{\"seal\":\"x\"}", &changed),
                   "invalid");
    assert_string_equal(world_error(world), "/seal read_only");
    assert_refused(world_update(world, &world->boss, &person, "{\"visit_count\":9}", &changed),
                   "invalid");
    assert_ok(world_update(world, &world->boss, &person, "{\"visit_count\":0}", &changed));
    assert_refused(
        world_create(world, &world->boss, "person", "{\"name\":\"B\",\"visit_count\":4}", &changed),
        "invalid");
}

static void roles_keep_fields_from_being_set(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), changed;
    assert_refused(world_update(world, &world->ann, &person, "{\"score\":5}", &changed), "invalid");
    assert_string_equal(world_error(world), "/score read_only");
    assert_refused(world_update(world, &world->ann, &person, "{\"secret\":\"x\"}", &changed),
                   "invalid");
    assert_ok(
        world_update(world, &world->boss, &person, "{\"score\":5,\"secret\":\"x\"}", &changed));
    assert_ok(world_update(world, &world->ann, &person, "{\"score\":5,\"name\":\"B\"}", &changed));
}

static Status insert_reading_work(Context *context, void *data) {
    const Object *object = model_object(context->model, STR("reading"));
    Record made;
    FieldValue values[] = {{object_field(object, STR("value")), value_text(STR("x"))},
                           {object_field(object, STR("person")), value_id(*(Id *)data)}};
    return record_insert(context, object, values, 2, &made);
}

static void objects_of_the_system_are_written_by_it_alone(void **state) {
    World *world = *state;
    Record none, person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    assert_refused(world_create(world, &world->boss, "reading", "{\"value\":\"x\"}", &none),
                   "denied");
    assert_string_equal(world_error(world), " system_only");
    assert_ok(world_do(world, &world->system, insert_reading_work, &person.id));
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"reading\""), 1);
}

static void appended_records_stay_as_they_are(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), same;
    Record visit =
        world_made(world, &world->ann, "visit", "{\"person\":\"%s\"}", world_id(world, person.id));
    Record topic = world_made(world, &world->ann, "topic", "{\"visit\":\"%s\",\"text\":\"x\"}",
                              world_id(world, visit.id));
    assert_refused(world_update(world, &world->boss, &topic, "{\"text\":\"y\"}", &same), "denied");
    assert_string_equal(world_error(world), " append_only");
    assert_refused(world_delete(world, &world->boss, &topic), "denied");
    assert_ok(world_update(world, &world->ann, &topic, "{\"text\":\"x\"}", &same));
    assert_int_equal(same.version, 1);
}

/* ---- Unique values ---- */

static void a_unique_value_is_taken_once_among_the_living(void **state) {
    World *world = *state;
    Record first = world_made(world, &world->ann, "person", "{\"name\":\"A\",\"code\":\"c1\"}");
    Record second = world_made(world, &world->ann, "person", "{\"name\":\"B\"}"), other;
    (void)world_made(world, &world->ann, "person", "{\"name\":\"C\"}"); /* no code, like B */
    assert_refused(
        world_create(world, &world->cho, "person", "{\"name\":\"D\",\"code\":\"c1\"}", &other),
        "conflict"); /* also when the other one may not be seen */
    assert_string_equal(world_error(world), "/code conflict_unique");
    assert_refused(world_update(world, &world->ann, &second, "{\"code\":\"c1\"}", &other),
                   "conflict");
    assert_ok(
        world_update(world, &world->ann, &first, "{\"code\":\"c1\",\"name\":\"AA\"}", &other));
    assert_ok(world_delete(world, &world->ann, &first));
    assert_ok(world_update(world, &world->ann, &second, "{\"code\":\"c1\"}", &other));
    assert_refused(world_restore(world, &world->ann, &first, &other), "conflict");
    assert_string_equal(world_error(world), "/code conflict_unique");
    assert_ok(world_update(world, &world->ann, &second, "{\"code\":null}", &other));
    assert_ok(world_restore(world, &world->ann, &first, &other));
}

static void fields_may_be_unique_together(void **state) {
    static const char BERN[] = "{\"name\":\"X\",\"city\":\"Bern\"}";
    World *world = *state;
    Record place = world_made(world, &world->ann, "place", "%s", BERN), other;
    Record second = world_made(world, &world->ann, "place", "{\"name\":\"X\",\"city\":\"Basel\"}");
    assert_refused(world_create(world, &world->ann, "place", BERN, &other), "conflict");
    assert_string_equal(world_error(world), " conflict_unique");
    assert_refused(world_update(world, &world->ann, &second, "{\"city\":\"Bern\"}", &other),
                   "conflict");
    assert_ok(world_delete(world, &world->ann, &place));
    assert_ok(world_create(world, &world->ann, "place", BERN, &other));
    assert_refused(world_restore(world, &world->ann, &place, &other), "conflict");
    assert_string_equal(world_error(world), " conflict_unique");
}

/* ---- References and scope ---- */

static void references_lead_to_what_the_actor_may_see(void **state) {
    World *world = *state;
    Record hers = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), none;
    Str body = str_format(world->arena, "{\"person\":\"%s\"}", world_id(world, hers.id));
    assert_refused(world_create(world, &world->cho, "visit", body.data, &none), "invalid");
    assert_string_equal(world_error(world), "/person reference_missing");
    assert_ok(world_create(world, &world->lead, "visit", body.data, &none));
    assert_ok(world_delete(world, &world->ann, &hers));
    assert_refused(world_create(world, &world->ann, "visit", body.data, &none), "invalid");
    assert_refused(world_create(world, &world->ann, "visit",
                                "{\"person\":\"0192f1c0-0000-7000-8000-000000000009\"}", &none),
                   "invalid");
    assert_string_equal(world_error(world), "/person reference_missing");
}

static void a_record_stays_within_the_actors_reach(void **state) {
    World *world = *state;
    const char *ben = world_id(world, world->ben.user), *cho = world_id(world, world->cho.user);
    Record mine = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), other;
    Str for_ben = str_format(world->arena, "{\"name\":\"B\",\"owner\":\"%s\"}", ben);
    Str for_cho = str_format(world->arena, "{\"name\":\"B\",\"owner\":\"%s\"}", cho);
    assert_refused(world_create(world, &world->ann, "person", for_ben.data, &other), "denied");
    assert_string_equal(world_error(world), " access_scope");
    assert_refused(world_update(world, &world->ann, &mine, for_ben.data, &other), "denied");
    assert_string_equal(
        world_value(world,
                    &(Record){.object = mine.object, .values = world_now(world, &mine).values},
                    "name"),
        "A");
    assert_ok(world_update(world, &world->lead, &mine, for_ben.data, &other));
    assert_refused(world_update(world, &world->lead, &mine, for_cho.data, &other), "denied");
    assert_refused(world_update(world, &world->ann, &mine, "{\"name\":\"C\"}", &other),
                   "not_found");
    assert_refused(world_delete(world, &world->cho, &mine), "not_found");
}

static void seeing_is_not_changing(void **state) {
    World *world = *state;
    Record place = world_made(world, &world->ann, "place", "{\"name\":\"X\"}"), other;
    assert_ok(world_read(world, &world->cho, &place, &other));
    assert_refused(world_update(world, &world->cho, &place, "{\"name\":\"Y\"}", &other), "denied");
    assert_string_equal(world_error(world), " access_scope");
    assert_refused(world_create(world, &world->ann, "product", "{\"name\":\"P\"}", &other),
                   "denied");
    assert_string_equal(world_error(world), " access_verb");
}

/* ---- Versions ---- */

static void a_change_counts_and_no_change_does_not(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), same;
    int64_t lines = world_count(world, "SELECT count(*) FROM \"journal\"");
    world->now += CLOCK_MINUTE;
    assert_ok(world_update(world, &world->ann, &person, "{\"name\":\"A\"}", &same));
    assert_ok(world_update(world, &world->ann, &person, "{}", &same));
    assert_int_equal(same.version, 1);
    assert_true(same.updated_at == person.updated_at);
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"journal\""), lines);
    Record changed = world_changed(world, &world->lead, &person, "{\"name\":\"B\"}");
    assert_int_equal(changed.version, 2);
    assert_true(changed.updated_at == world->now && changed.created_at == person.created_at);
    assert_true(id_equal(changed.updated_by, world->lead.user));
    assert_true(id_equal(changed.created_by, world->ann.user));
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"journal\""), lines + 1);
}

static void a_change_to_an_old_version_shows_the_present_one(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), other;
    person = world_changed(world, &world->lead, &person, "{\"name\":\"B\",\"secret\":\"x\"}");
    assert_refused(world_update_if(world, &world->ann, &person, 1, "{\"name\":\"C\"}", &other),
                   "stale");
    json_t *present CLEANUP(json_drop) = world_json(world->problem.difference.data);
    assert_str(json_get_text(present, "name"), "B");
    assert_null(json_object_get(present, "secret")); /* hidden here, too */
    assert_ok(world_update_if(world, &world->ann, &person, 2, "{\"name\":\"C\"}", &other));
    assert_int_equal(other.version, 3);
}

static Status write_record_work(Context *context, void *data) {
    RecordDeed *deed = data;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    record_write(context, &json, deed->out);
    deed->reason = str_copy(context->arena, buffer_str(&text));
    return STATUS_OK;
}

static void a_record_sent_back_as_it_came_changes_nothing(void **state) {
    World *world = *state;
    Record person =
        world_made(world, &world->ann, "person",
                   "{\"name\":\"か\u3099\",\"weight\":1.125,\"skills\":[\"research\",\"surgery\"],"
                   "\"labels\":[\"a\",\"b\"],\"born\":\"1970-01-01\",\"active\":true}");
    Record same;
    RecordDeed deed = {.out = &person};
    assert_ok(world_see(world, &world->ann, write_record_work, &deed));
    assert_ok(world_update(world, &world->ann, &person, deed.reason.data, &same));
    assert_int_equal(same.version, 1);
}

/* ---- Deleting and restoring ---- */

static void a_parent_takes_its_children_along_and_brings_them_back(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), back;
    Record visit =
        world_made(world, &world->ann, "visit", "{\"person\":\"%s\",\"topics\":[\"one\",\"two\"]}",
                   world_id(world, person.id));
    static const char LIVING[] = "SELECT count(*) FROM \"topic\" WHERE \"deleted_at\" IS NULL";
    world->now += CLOCK_MINUTE;
    assert_ok(world_delete(world, &world->ann, &visit));
    assert_int_equal(world_count(world, LIVING), 0);
    Record now = world_now(world, &person);
    assert_string_equal(world_value(world, &now, "visit_count"), "0");
    world->now += CLOCK_MINUTE;
    assert_refused(world_restore(world, &world->cho, &visit, &back), "not_found");
    assert_ok(world_restore(world, &world->ann, &visit, &back));
    assert_int_equal(world_count(world, LIVING), 2);
    assert_string_equal(world_value(world, &back, "topic_count"), "2");
    assert_int_equal(back.version, 3);
    now = world_now(world, &person);
    assert_string_equal(world_value(world, &now, "visit_count"), "1");
    assert_refused(world_restore(world, &world->ann, &visit, &back), "not_found");
    assert_string_equal(world_error(world), " not_deleted");
}

/* ---- Upsert ---- */

typedef struct UpsertDeed {
    const Object *object;
    const Field *key;
    const json_t *body;
    Record out;
    UpsertOutcome outcome;
} UpsertDeed;

static Status upsert_work(Context *context, void *data) {
    UpsertDeed *deed = data;
    return record_upsert(context, deed->object, deed->key, deed->body, &deed->out, &deed->outcome);
}

static Status upsert(World *world, const Actor *actor, const char *body, UpsertDeed *deed) {
    json_t *node CLEANUP(json_drop) = world_json(body);
    *deed = (UpsertDeed){world_object(world, "person"), world_field(world, "person", "code"), node};
    return world_do(world, actor, upsert_work, deed);
}

static void an_upsert_makes_changes_or_leaves(void **state) {
    static const char BODY[] = "{\"code\":\"k1\",\"name\":\"A\"}";
    World *world = *state;
    UpsertDeed deed;
    assert_ok(upsert(world, &world->ann, BODY, &deed));
    assert_int_equal(deed.outcome, UPSERT_CREATED);
    Id id = deed.out.id;
    assert_ok(upsert(world, &world->ann, BODY, &deed));
    assert_int_equal(deed.outcome, UPSERT_UNCHANGED);
    assert_ok(upsert(world, &world->ann, "{\"code\":\"k1\",\"name\":\"B\"}", &deed));
    assert_int_equal(deed.outcome, UPSERT_UPDATED);
    assert_true(id_equal(deed.out.id, id) && deed.out.version == 2);
    assert_refused(upsert(world, &world->ann, "{\"name\":\"B\"}", &deed), "invalid");
    assert_string_equal(world_error(world), "/code required");
    assert_refused(upsert(world, &world->cho, BODY, &deed), "not_found"); /* another's */
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"person\""), 1);
}

WORLD_MAIN(cmocka_unit_test(defaults_fill_what_was_not_given),
           cmocka_unit_test(every_wrong_member_is_named),
           cmocka_unit_test(a_device_may_bring_the_id),
           cmocka_unit_test(children_come_with_their_parent),
           cmocka_unit_test(a_wrong_child_undoes_everything),
           cmocka_unit_test(an_immutable_field_is_set_once),
           cmocka_unit_test(system_fields_are_not_for_requests),
           cmocka_unit_test(roles_keep_fields_from_being_set),
           cmocka_unit_test(objects_of_the_system_are_written_by_it_alone),
           cmocka_unit_test(appended_records_stay_as_they_are),
           cmocka_unit_test(a_unique_value_is_taken_once_among_the_living),
           cmocka_unit_test(fields_may_be_unique_together),
           cmocka_unit_test(references_lead_to_what_the_actor_may_see),
           cmocka_unit_test(a_record_stays_within_the_actors_reach),
           cmocka_unit_test(seeing_is_not_changing),
           cmocka_unit_test(a_change_counts_and_no_change_does_not),
           cmocka_unit_test(a_change_to_an_old_version_shows_the_present_one),
           cmocka_unit_test(a_record_sent_back_as_it_came_changes_nothing),
           cmocka_unit_test(a_parent_takes_its_children_along_and_brings_them_back),
           cmocka_unit_test(an_upsert_makes_changes_or_leaves))

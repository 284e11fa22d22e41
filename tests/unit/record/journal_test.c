/* The journal: what it says, and that nobody can change it unnoticed. */
#include "journal.h"

#include "record_fixture.h"

/* ---- Sealing and verifying, each in a transaction of its own ---- */

typedef struct Verifying {
    const char *tamper; /* SQL that is run before, and undone afterwards */
    const unsigned char *public_key;
    JournalVerdict verdict;
} Verifying;

static Status verify_work(Context *context, void *data) {
    Verifying *verifying = data;
    if (verifying->tamper) TRY(store_ddl(context->transaction, str_of(verifying->tamper)));
    TRY(journal_verify(context->arena, context->transaction, verifying->public_key,
                       &verifying->verdict));
    return verifying->tamper ? STATUS_END : STATUS_OK; /* anything but OK undoes it */
}

static JournalVerdict verdict_after(World *world, const char *tamper) {
    Verifying verifying = {.tamper = tamper};
    assert_int_equal(world_do(world, &world->system, verify_work, &verifying),
                     tamper ? STATUS_END : STATUS_OK);
    return verifying.verdict;
}

static Status seal_work(Context *context, void *data) {
    int64_t *count = data;
    return journal_seal(context->transaction, *count, count);
}

static int64_t seal(World *world, int64_t limit) {
    assert_ok(world_do(world, &world->system, seal_work, &limit));
    return limit;
}

static Status checkpoint_work(Context *context, void *data) {
    return journal_checkpoint(context->transaction, context->now, data);
}

typedef struct Keys {
    unsigned char secret[crypto_sign_SECRETKEYBYTES], public[crypto_sign_PUBLICKEYBYTES];
} Keys;

static Keys keys_of(unsigned char number) {
    unsigned char seed[crypto_sign_SEEDBYTES] = {number};
    Keys keys;
    crypto_sign_seed_keypair(keys.public, keys.secret, seed);
    return keys;
}

static void checkpoint(World *world, Keys *keys) {
    assert_ok(world_do(world, &world->system, checkpoint_work, keys->secret));
}

/* Three changes of one person, so that positions and records are known. */
static Record some_history(World *world) {
    seal(world, 1000); /* what the fixture did */
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    person = world_changed(world, &world->ann, &person, "{\"name\":\"B\"}");
    person = world_changed(world, &world->lead, &person, "{\"name\":\"C\",\"secret\":\"s\"}");
    return person;
}

static void entries_are_sealed_in_order_and_verify(void **state) {
    World *world = *state;
    int64_t before = seal(world, 1000);
    assert_int_equal(seal(world, 1000), 0);
    (void)some_history(world);
    JournalVerdict verdict = verdict_after(world, NULL);
    assert_true(verdict.intact);
    assert_int_equal(verdict.entries, before);
    assert_int_equal(verdict.unsealed, 3);
    assert_int_equal(seal(world, 2), 2);
    assert_int_equal(seal(world, 2), 1);
    verdict = verdict_after(world, NULL);
    assert_true(verdict.intact);
    assert_int_equal(verdict.entries, before + 3);
    assert_int_equal(verdict.unsealed, 0);
    assert_null(verdict.reason);
    assert_int_equal(verdict.broken_position, 0);
    assert_int_equal(world_count(world,
                                 "SELECT count(*) FROM \"journal\" AS a JOIN \"journal\" AS "
                                 "b ON a.\"id\" < b.\"id\" WHERE a.\"position\" > "
                                 "b.\"position\""),
                     0);
}

/* ---- Tampering ---- */

/* Everything that an entry says, changed one by one. */
static const char *const ALTERATIONS[] = {
    "\"at\" = \"at\" + 1",
    "\"actor\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Cho')",
    "\"actor\" = NULL",
    "\"via\" = 'web'",
    "\"object\" = 'place'",
    "\"record\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Cho')",
    "\"version\" = \"version\" + 1",
    "\"action\" = 'create'",
    "\"changes\" = '{\"name\":{\"from\":\"A\",\"to\":\"X\"}}'",
    "\"reason\" = 'because'",
    "\"batch\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Cho')",
    "\"cause\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Cho')",
    "\"session\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Cho')",
    "\"id\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Cho')",
    "\"hash\" = NULL",
    "\"hash\" = (SELECT j.\"hash\" FROM \"journal\" AS j WHERE j.\"position\" = 1)",
};

static void each_altered_column_is_noticed_and_named(void **state) {
    World *world = *state;
    Record person = some_history(world);
    int64_t position = world_count(world, "SELECT max(\"position\") FROM \"journal\"") + 2;
    seal(world, 1000);
    for (size_t i = 0; i < sizeof ALTERATIONS / sizeof *ALTERATIONS; i++) {
        Str tamper = str_format(world->arena, "UPDATE \"journal\" SET %s WHERE \"position\" = %d",
                                ALTERATIONS[i], (int)position);
        JournalVerdict verdict = verdict_after(world, tamper.data);
        if (verdict.intact) fail_msg("not noticed: %s", ALTERATIONS[i]);
        assert_int_equal(verdict.broken_position, position);
        assert_string_equal(verdict.reason, "altered");
        if (strstr(ALTERATIONS[i], "\"object\"") || strstr(ALTERATIONS[i], "\"record\"")) continue;
        assert_str(verdict.broken_record,
                   str_format(world->arena, "person %s", world_id(world, person.id)).data);
    }
    assert_true(verdict_after(world, NULL).intact); /* each was undone again */
}

static void dropped_and_inserted_entries_are_noticed(void **state) {
    World *world = *state;
    (void)some_history(world);
    seal(world, 1000);
    JournalVerdict verdict = verdict_after(world, "DELETE FROM \"journal\" WHERE \"position\" = 3");
    assert_false(verdict.intact);
    assert_string_equal(verdict.reason, "missing");
    assert_int_equal(verdict.broken_position, 3);
    verdict = verdict_after(world,
                            "DELETE FROM \"journal\" WHERE \"position\" = 3; UPDATE \"journal\" "
                            "SET \"position\" = -\"position\" WHERE \"position\" > 3; UPDATE "
                            "\"journal\" SET \"position\" = -\"position\" - 1 WHERE \"position\" "
                            "< 0"); /* the gap closed */
    assert_string_equal(verdict.reason, "altered");
    assert_int_equal(verdict.broken_position, 3);
    verdict = verdict_after(world,
                            "INSERT INTO \"journal\" (\"id\", \"position\", \"at\", \"via\", "
                            "\"object\", \"action\", \"version\", \"hash\") SELECT \"record\", "
                            "(SELECT max(\"position\") + 1 FROM \"journal\"), 1, 'api', 'person', "
                            "'update', 1, \"hash\" FROM \"journal\" WHERE \"position\" = 4");
    assert_false(verdict.intact);
    assert_string_equal(verdict.reason, "altered");
    verdict = verdict_after(world,
                            "UPDATE \"journal\" SET \"position\" = -1 WHERE \"position\" = 4; "
                            "UPDATE \"journal\" SET \"position\" = 4 WHERE \"position\" = 5; "
                            "UPDATE \"journal\" SET \"position\" = 5 WHERE \"position\" = -1");
    assert_int_equal(verdict.broken_position, 4); /* two that changed places */
}

/* ---- Checkpoints ---- */

static void a_checkpoint_holds_the_end(void **state) {
    World *world = *state;
    Keys keys = keys_of(1);
    (void)some_history(world);
    seal(world, 1000);
    checkpoint(world, &keys);
    checkpoint(world, &keys); /* nothing new to sign */
    JournalVerdict verdict = verdict_after(world, NULL);
    assert_true(verdict.intact);
    assert_int_equal(verdict.checkpoints, 1);
    verdict = verdict_after(world,
                            "DELETE FROM \"journal\" WHERE \"position\" = (SELECT "
                            "max(\"position\") FROM \"journal\")"); /* no gap remains */
    assert_false(verdict.intact);
    assert_string_equal(verdict.reason, "signature");
    assert_int_equal(verdict.broken_position, verdict.entries + 1);
    assert_str(verdict.broken_record, "");
}

static void an_altered_checkpoint_is_noticed(void **state) {
    static const char *const CHANGES[] = {
        "\"position\" = \"position\" - 1",
        "\"hash\" = (SELECT j.\"hash\" FROM \"journal\" AS j WHERE j.\"position\" = 1)",
        "\"signature\" = \"hash\"",
        "\"signature\" = (SELECT c.\"signature\" FROM \"journal_checkpoint\" AS c ORDER BY "
        "c.\"position\" LIMIT 1)",
        "\"public_key\" = \"hash\"",
    };
    World *world = *state;
    Keys keys = keys_of(1);
    seal(world, 3);
    checkpoint(world, &keys);
    seal(world, 1000);
    checkpoint(world, &keys);
    assert_int_equal(verdict_after(world, NULL).checkpoints, 2);
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        Str tamper =
            str_format(world->arena, "UPDATE \"journal_checkpoint\" SET %s WHERE \"position\" > 3",
                       CHANGES[i]);
        JournalVerdict verdict = verdict_after(world, tamper.data);
        if (verdict.intact) fail_msg("not noticed: %s", CHANGES[i]);
        assert_string_equal(verdict.reason, "signature");
        assert_int_equal(verdict.checkpoints, 1);
    }
}

static void a_journal_replaced_as_a_whole_needs_the_key(void **state) {
    World *world = *state;
    Keys keys = keys_of(1), forged = keys_of(2);
    Verifying verifying = {.public_key = keys.public};
    (void)some_history(world);
    seal(world, 1000);
    checkpoint(world, &keys);
    assert_ok(world_do(world, &world->system, verify_work, &verifying));
    assert_true(verifying.verdict.intact);
    /* Somebody with the database, but not the key, writes history anew and seals it. */
    world_run(world,
              "UPDATE \"journal\" SET \"via\" = 'forged', \"position\" = NULL, \"hash\" = "
              "NULL");
    seal(world, 1000);
    assert_string_equal(verdict_after(world, NULL).reason, "signature");
    world_run(world, "DELETE FROM \"journal_checkpoint\"");
    checkpoint(world, &forged);
    assert_true(verdict_after(world, NULL).intact); /* it fits in itself … */
    assert_ok(world_do(world, &world->system, verify_work, &verifying));
    assert_false(verifying.verdict.intact); /* … but not with the key kept elsewhere */
    assert_string_equal(verifying.verdict.reason, "signature");
}

/* ---- What an entry says ---- */

typedef struct Reading {
    const Object *object;
    Id id;
    int64_t limit;
    Str cursor, text;
} Reading;

static Status history_work(Context *context, void *data) {
    Reading *reading = data;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    Status status = journal_write_history(context, reading->object, reading->id, reading->limit,
                                          reading->cursor, &json);
    reading->text = str_copy(context->arena, buffer_str(&text));
    return status;
}

static json_t *history(World *world, const Actor *actor, const Record *record, int64_t limit,
                       Str cursor) {
    Reading reading = {record->object, record->id, limit, cursor, {0}};
    assert_ok(world_see(world, actor, history_work, &reading));
    return world_json(reading.text.data);
}

static const json_t *item(const json_t *list, size_t index) {
    return json_array_get(json_object_get(list, "items"), index);
}

static void a_history_tells_newest_first_and_hides_what_is_hidden(void **state) {
    World *world = *state;
    Record person = some_history(world);
    json_t *all CLEANUP(json_drop) = history(world, &world->boss, &person, 50, (Str){0});
    json_t *seen CLEANUP(json_drop) = history(world, &world->ann, &person, 50, (Str){0});
    assert_int_equal(json_array_size(json_object_get(all, "items")), 3);
    const json_t *last = item(all, 0), *changes = json_object_get(last, "changes");
    assert_str(json_get_text(last, "action"), "update");
    assert_str(json_get_text(last, "by_name"), "Lead");
    assert_str(json_get_text(last, "via"), "api");
    assert_int_equal(json_integer_value(json_object_get(last, "version")), 3);
    assert_str(json_get_text(json_object_get(changes, "name"), "from"), "B");
    assert_str(json_get_text(json_object_get(changes, "name"), "to"), "C");
    assert_non_null(json_object_get(changes, "secret"));
    assert_int_equal(json_object_size(changes), 2);
    changes = json_object_get(item(seen, 0), "changes");
    assert_null(json_object_get(changes, "secret"));
    assert_str(json_get_text(item(all, 2), "action"), "create");
    assert_true(json_is_null(json_object_get(all, "next")));
}

static void a_history_comes_in_pages(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"0\"}");
    for (int i = 1; i < 8; i++) {
        person = world_changed(world, &world->ann, &person, "{\"name\":\"%d\"}", i);
    }
    Str cursor = {0};
    int expected = 8;
    do {
        json_t *page CLEANUP(json_drop) = history(world, &world->ann, &person, 3, cursor);
        for (size_t i = 0; i < json_array_size(json_object_get(page, "items")); i++) {
            assert_int_equal(json_integer_value(json_object_get(item(page, i), "version")),
                             expected--);
        }
        cursor = str_copy(world->arena, json_get_text(page, "next"));
    } while (cursor.size);
    assert_int_equal(expected, 0);
    Reading wrong = {person.object, person.id, 3, STR("nonsense"), {0}};
    assert_refused(world_see(world, &world->ann, history_work, &wrong), "invalid");
    assert_string_equal(world_error(world), "/cursor cursor");
}

static Status update_with_reason_work(Context *context, void *data) {
    RecordDeed *deed = data;
    context->reason = STR("asked to");
    context->batch = (Id){{1, 1}};
    context->cause_visit = (Id){{2, 2}};
    return record_update(context, deed->object, deed->id, deed->body, 0, deed->out);
}

typedef struct Feed {
    World *world;
    int64_t last;
    int count;
    Str reason;
    Id batch;
} Feed;

static Status feed_visit(void *data, const JournalEntry *entry) {
    Feed *feed = data;
    if (entry->position != feed->last + 1) return STATUS_FAILED;
    feed->last = entry->position;
    feed->count++;
    feed->reason = str_copy(feed->world->arena, entry->reason);
    feed->batch = entry->batch;
    return STATUS_OK;
}

static Status feed_work(Context *context, void *data) {
    Feed *feed = data;
    return journal_each(context->transaction, feed->last, 4, feed_visit, feed);
}

static Status position_work(Context *context, void *data) {
    return journal_position(context->transaction, data);
}

static void the_feed_gives_sealed_entries_in_order(void **state) {
    World *world = *state;
    Record person = some_history(world), changed;
    json_t *patch CLEANUP(json_drop) = world_json("{\"name\":\"D\"}");
    RecordDeed deed = {person.object, person.id, patch, 0, {0}, &changed};
    Feed feed = {.world = world};
    int64_t position = -1;
    assert_ok(world_do(world, &world->ann, update_with_reason_work, &deed));
    seal(world, 1000);
    assert_ok(world_see(world, &world->system, position_work, &position));
    int pages = 0;
    for (int before = -1; before != feed.count; pages++) {
        before = feed.count;
        assert_ok(world_see(world, &world->system, feed_work, &feed));
        assert_true(feed.count - before <= 4);
    }
    assert_int_equal(feed.last, position);
    assert_str(feed.reason, "asked to");
    assert_true(id_equal(feed.batch, (Id){{1, 1}}));
    assert_true(pages > 3);
}

static void an_empty_journal_is_intact(void **state) {
    World *world = *state;
    Keys keys = keys_of(1);
    int64_t position = -1;
    world_run(world, "DELETE FROM \"journal\"");
    assert_int_equal(seal(world, 10), 0);
    checkpoint(world, &keys);
    JournalVerdict verdict = verdict_after(world, NULL);
    assert_true(verdict.intact && verdict.entries == 0 && verdict.checkpoints == 0);
    assert_ok(world_see(world, &world->system, position_work, &position));
    assert_int_equal(position, 0);
}

WORLD_MAIN(cmocka_unit_test(entries_are_sealed_in_order_and_verify),
           cmocka_unit_test(each_altered_column_is_noticed_and_named),
           cmocka_unit_test(dropped_and_inserted_entries_are_noticed),
           cmocka_unit_test(a_checkpoint_holds_the_end),
           cmocka_unit_test(an_altered_checkpoint_is_noticed),
           cmocka_unit_test(a_journal_replaced_as_a_whole_needs_the_key),
           cmocka_unit_test(a_history_tells_newest_first_and_hides_what_is_hidden),
           cmocka_unit_test(a_history_comes_in_pages),
           cmocka_unit_test(the_feed_gives_sealed_entries_in_order),
           cmocka_unit_test(an_empty_journal_is_intact))

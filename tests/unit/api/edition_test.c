/* The business in force changes under those who use it: each keeps what it began with. */
#include "../domain/publishing_fixture.h"

#include <pthread.h>

#include "edition.h"

static Api api_of(World *world, const Definitions *shipped) {
    Problem problem = problem_new(world->arena);
    Business *business = NULL;
    assert_ok(publishing_load(shipped, &problem, &business));
    return (Api){.store = world->store, .editions = editions_new(business, 0), .shipped = *shipped};
}

static bool knows_helper(const Edition *edition) {
    return roles_find(edition->business->roles, STR("helper")) != NULL;
}

static void who_holds_an_edition_keeps_it(void **state) {
    World *world = *state;
    Definitions shipped = shipped_definitions(world);
    Api api = api_of(world, &shipped);
    const Edition *old = editions_take(api.editions);
    const Edition *again = edition_keep(old);
    assert_ok(editions_refresh(&api));
    const Edition *same = editions_take(api.editions);
    assert_ptr_equal(old, same); /* nothing was published */
    edition_release(same);
    assert_ok(publish(world, &shipped, "roles", "helper", ROLE_BODY(""), NULL));
    assert_ok(editions_refresh(&api));
    const Edition *next = editions_take(api.editions);
    assert_ptr_not_equal(old, next);
    assert_true(knows_helper(next) && next->generation > old->generation);
    assert_ptr_equal(next->hooks.engine, next->business);
    edition_release(old);
    assert_false(knows_helper(again)); /* the last reference still holds it */
    edition_release(again);
    editions_free(api.editions);
    assert_true(knows_helper(next)); /* also after the holder */
    edition_release(next);
    edition_release(NULL);
}

/* What another program has published, and this one does not understand, leaves all as it is. */
static Status foreign_work(Context *context, void *data) {
    (void)data;
    PublishedVersion version = {
        .kind = STR("rules"), .name = STR("future"), .version = 1, .body = STR("{\"rule\":7}")};
    return published_append(context, &version, STR(""), version.body);
}

static void what_cannot_be_loaded_does_not_come_in_force(void **state) {
    World *world = *state;
    Definitions shipped = shipped_definitions(world);
    Api api = api_of(world, &shipped);
    const Edition *old = editions_take(api.editions);
    assert_ok(world_do(world, &world->system, foreign_work, NULL));
    assert_ok(editions_refresh(&api));
    assert_ok(editions_refresh(&api));
    const Edition *still = editions_take(api.editions);
    assert_ptr_equal(old, still);
    edition_release(still);
    assert_ok(publish(world, &shipped, "rules", "future", "", NULL)); /* it is withdrawn */
    assert_ok(editions_refresh(&api));
    const Edition *next = editions_take(api.editions);
    assert_ptr_not_equal(old, next);
    edition_release(old);
    edition_release(next);
    editions_free(api.editions);
}

typedef struct Reader {
    pthread_t thread;
    Editions *editions;
    const bool *over;
    int looks;
} Reader;

static void *look_again_and_again(void *data) {
    Reader *reader = data;
    while (!__atomic_load_n(reader->over, __ATOMIC_ACQUIRE)) {
        const Edition *edition = editions_take(reader->editions);
        if (roles_count(edition->business->roles) && edition->openapi) reader->looks++;
        edition_release(edition);
    }
    return NULL;
}

static void many_may_look_while_it_changes(void **state) {
    enum { READERS = 4, ROUNDS = 5 };
    World *world = *state;
    Definitions shipped = shipped_definitions(world);
    Api api = api_of(world, &shipped);
    Reader readers[READERS];
    bool over = false;
    for (int i = 0; i < READERS; i++) {
        readers[i] = (Reader){.editions = api.editions, .over = &over};
        pthread_create(&readers[i].thread, NULL, look_again_and_again, &readers[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
        assert_ok(publish(world, &shipped, "roles", "helper", ROLE_BODY(""), NULL));
        assert_ok(editions_refresh(&api));
    }
    __atomic_store_n(&over, true, __ATOMIC_RELEASE);
    for (int i = 0; i < READERS; i++) {
        pthread_join(readers[i].thread, NULL);
        assert_true(readers[i].looks > 0);
    }
    editions_free(api.editions);
}

CLINIC_MAIN(cmocka_unit_test(who_holds_an_edition_keeps_it),
            cmocka_unit_test(what_cannot_be_loaded_does_not_come_in_force),
            cmocka_unit_test(many_may_look_while_it_changes))

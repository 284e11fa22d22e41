/* Who may do what to which records: decisions, predicates, and an independent reckoning agree. */
#include "record_fixture.h"

/* ---- The matrix ---- */

enum { OWNERS = 4, RECORDS_MOST = 64 };

/* A record and the people it belongs to, reckoned by hand; none: nobody's. */
typedef struct Owned {
    Record record;
    Id owner;
    bool everybodys;
} Owned;

typedef struct Matrix {
    World *world;
    Owned owned[RECORDS_MOST];
    size_t count;
} Matrix;

static void add(Matrix *matrix, Record record, Id owner, bool everybodys) {
    assert_true(matrix->count < RECORDS_MOST);
    matrix->owned[matrix->count++] = (Owned){record, owner, everybodys};
}

static const char *quoted(World *world, Id id) {
    if (id_none(id)) return "null";
    return str_format(world->arena, "\"%s\"", world_id(world, id)).data;
}

/* A visit belongs to whom its person belongs to; only without a person does its place count. */
static void add_visit(Matrix *matrix, const Owned *person, const Owned *place) {
    World *world = matrix->world;
    Id who = person ? person->record.id : (Id){0}, where = place ? place->record.id : (Id){0};
    Id owner = person ? person->owner : place ? place->owner : (Id){0};
    Record visit = world_made(world, &world->system, "visit",
                              "{\"person\":%s,\"place\":%s,\"topics\":[\"x\"]}", quoted(world, who),
                              quoted(world, where));
    Record topic = world_made(world, &world->system, "topic", "{\"visit\":\"%s\",\"text\":\"y\"}",
                              world_id(world, visit.id));
    add(matrix, visit, owner, false);
    add(matrix, topic, owner, false);
}

static void fill(Matrix *matrix, World *world) {
    Id owners[OWNERS] = {world->ann.user, world->ben.user, world->cho.user, {{0}}};
    Owned people[OWNERS], places[OWNERS];
    *matrix = (Matrix){.world = world};
    for (int i = 0; i < OWNERS; i++) {
        const char *owner = quoted(world, owners[i]);
        Record person = world_made(world, &world->system, "person",
                                   "{\"name\":\"P%d\",\"owner\":%s}", i, owner);
        Record place =
            world_made(world, &world->system, "place", "{\"name\":\"L%d\",\"owner\":%s}", i, owner);
        people[i] = (Owned){person, owners[i], false};
        places[i] = (Owned){place, owners[i], false};
        add(matrix, person, owners[i], false);
        add(matrix, place, owners[i], false);
    }
    for (int i = 0; i < OWNERS; i++) {
        add_visit(matrix, &people[i], NULL);
        add_visit(matrix, NULL, &places[i]);
        add_visit(matrix, &people[i], &places[(i + 1) % OWNERS]);
    }
    add_visit(matrix, NULL, NULL);
    add(matrix, world_made(world, &world->system, "product", "{\"name\":\"X\"}"), (Id){0}, true);
}

static Id team_of(const World *world, Id user) {
    if (id_equal(user, world->ann.user) || id_equal(user, world->ben.user)) return world->north;
    return id_equal(user, world->cho.user) ? world->south : (Id){0};
}

static bool reckoned(const World *world, const Owned *owned, const Actor *actor, Scope scope) {
    if (scope == SCOPE_NONE) return false;
    if (scope == SCOPE_ALL || owned->everybodys) return true;
    if (id_none(owned->owner)) return false;
    if (id_equal(owned->owner, actor->user)) return true;
    return scope == SCOPE_TEAM && !id_none(actor->team) &&
           id_equal(team_of(world, owned->owner), actor->team);
}

typedef struct Asked {
    const Record *record;
    Verb verb;
    bool decided, listed, collected;
    const char *code;
} Asked;

typedef void (*AddPredicate)(Context *context, Sql *sql, const Object *object, Str alias,
                             Verb verb);

/* Whether a statement over its object finds the record by the predicate. */
static Status find_by(Context *context, const Asked *asked, AddPredicate add_predicate, bool *out) {
    const Object *object = asked->record->object;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT count(*) FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"q\" WHERE \"q\".\"id\" = ");
    sql_bind(&sql, value_id(asked->record->id));
    sql_add(&sql, " AND ");
    add_predicate(context, &sql, object, STR("q"), asked->verb);
    TRY(sql_query(&sql, context->transaction, &rows));
    TRY(store_next(rows));
    *out = store_column(rows, 0, VALUE_INTEGER).integer == 1;
    return STATUS_OK;
}

static Status ask_work(Context *context, void *data) {
    Asked *asked = data;
    AccessDecision decision;
    TRY(access_decide(context, asked->record, asked->verb, &decision));
    asked->decided = decision.allowed;
    asked->code = decision.code;
    TRY(find_by(context, asked, access_add_predicate, &asked->listed));
    return find_by(context, asked, access_add_collected, &asked->collected);
}

/* A role whose every verb has one scope. */
static const Role *role_of_scope(World *world, Scope scope) {
    static const char *const NAMES[] = {"none", "own", "team", "all"};
    const char *s = NAMES[scope];
    Problem problem = problem_new(world->arena);
    Roles *roles;
    ModelSource source = {
        STR("roles/one.json"),
        str_format(world->arena,
                   "{\"role\":\"one\",\"labels\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"},"
                   "\"objects\":{\"*\":{\"read\":\"%s\",\"create\":\"%s\",\"update\":\"%s\","
                   "\"delete\":\"%s\",\"export\":\"%s\",\"import\":\"%s\"}}}",
                   s, s, s, s, s, s)};
    assert_ok(roles_load(world->arena, world->model, &source, 1, &problem, &roles));
    return roles_find(roles, STR("one"));
}

static void decision_and_predicate_agree_with_the_reckoning(void **state) {
    World *world = *state;
    Matrix matrix;
    fill(&matrix, world);
    const Actor *actors[] = {&world->ann, &world->cho, &world->lead, &world->guest};
    for (Scope scope = SCOPE_NONE; scope <= SCOPE_ALL; scope++) {
        const Role *role = role_of_scope(world, scope);
        for (size_t a = 0; a < sizeof actors / sizeof *actors; a++) {
            Actor actor = *actors[a];
            actor.role = role;
            for (size_t i = 0; i < matrix.count; i++) {
                const Owned *owned = &matrix.owned[i];
                Asked asked = {.record = &owned->record, .verb = (Verb)(i % VERB_COUNT)};
                assert_ok(world_see(world, &actor, ask_work, &asked));
                bool expected = reckoned(world, owned, &actor, scope);
                if (asked.decided != expected || asked.listed != expected ||
                    asked.collected != expected) {
                    fail_msg(
                        "%s %zu, actor %zu, scope %d: decided %d, listed %d, collected %d, "
                        "expected %d",
                        owned->record.object->name.data, i, a, scope, asked.decided, asked.listed,
                        asked.collected, expected);
                }
                assert_string_equal(asked.code, expected              ? "access_ok"
                                                : scope == SCOPE_NONE ? "access_verb"
                                                                      : "access_scope");
            }
        }
    }
}

/* Of the visits of a person: as many by the short condition as by the whole one. */
typedef struct Reached {
    const Record *person;
    const Field *link;
    int64_t whole, brief;
} Reached;

static Status count_visits(Context *context, Reached *reached, bool brief, int64_t *out) {
    const Object *visit = model_object(context->model, STR("visit"));
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT count(*) FROM \"person\" AS \"r\" JOIN \"visit\" AS \"q\" ON ");
    sql_add_column(&sql, STR("q"), reached->link->name);
    sql_add(&sql, " = \"r\".\"id\" WHERE \"r\".\"id\" = ");
    sql_bind(&sql, value_id(reached->person->id));
    sql_add(&sql, " AND ");
    access_add_predicate(context, &sql, reached->person->object, STR("r"), VERB_READ);
    sql_add(&sql, " AND ");
    if (brief) {
        access_add_predicate_from(context, &sql, visit, STR("q"), reached->link);
    } else {
        access_add_predicate(context, &sql, visit, STR("q"), VERB_READ);
    }
    TRY(sql_query(&sql, context->transaction, &rows));
    TRY(store_next(rows));
    *out = store_column(rows, 0, VALUE_INTEGER).integer;
    return STATUS_OK;
}

static Status reach_work(Context *context, void *data) {
    Reached *reached = data;
    TRY(count_visits(context, reached, false, &reached->whole));
    return count_visits(context, reached, true, &reached->brief);
}

static void what_belongs_to_a_readable_record_is_readable(void **state) {
    World *world = *state;
    Matrix matrix;
    fill(&matrix, world);
    const Object *visit = model_object(world->model, STR("visit"));
    const Actor *actors[] = {&world->ann, &world->cho, &world->lead, &world->guest};
    int64_t seen = 0;
    for (Scope scope = SCOPE_NONE; scope <= SCOPE_ALL; scope++) {
        const Role *role = role_of_scope(world, scope);
        for (size_t a = 0; a < sizeof actors / sizeof *actors; a++) {
            Actor actor = *actors[a];
            actor.role = role;
            for (size_t i = 0; i < matrix.count; i++) {
                const Record *person = &matrix.owned[i].record;
                if (!str_is(person->object->name, "person")) continue;
                Reached reached = {.person = person, .link = object_field(visit, STR("person"))};
                assert_ok(world_see(world, &actor, reach_work, &reached));
                assert_int_equal(reached.brief, reached.whole);
                seen += reached.brief;
            }
        }
    }
    assert_true(seen > 0);
}

/* A record with an owner of its own, and a way to it through others: reading takes either. */
static void reading_passes_on_and_writing_does_not(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    Record note = world_made(world, &world->system, "note", "{\"person\":\"%s\",\"owner\":\"%s\"}",
                             world_id(world, person.id), world_id(world, world->cho.user));
    const Role *own = role_of_scope(world, SCOPE_OWN);
    Actor ann = world->ann, ben = world->ben, cho = world->cho;
    ann.role = ben.role = cho.role = own;
    for (Verb verb = VERB_READ; verb < VERB_COUNT; verb++) {
        bool reading = verb == VERB_READ || verb == VERB_EXPORT;
        Asked by_ann = {.record = &note, .verb = verb}, by_ben = by_ann, by_cho = by_ann;
        assert_ok(world_see(world, &ann, ask_work, &by_ann));
        assert_ok(world_see(world, &ben, ask_work, &by_ben));
        assert_ok(world_see(world, &cho, ask_work, &by_cho));
        assert_int_equal(by_ann.decided, reading); /* of the person it is about */
        assert_int_equal(by_ann.listed, reading);
        assert_int_equal(by_ann.collected, reading);
        assert_false(by_ben.decided || by_ben.listed || by_ben.collected);
        assert_true(by_cho.decided && by_cho.listed && by_cho.collected); /* who wrote it */
    }
}

/* Shared by its owner: everybody reads whose role reads any; changing stays the owner's. */
static void what_is_shared_is_read_by_all_and_changed_by_its_owner(void **state) {
    World *world = *state;
    Record note = world_made(world, &world->system, "note", "{\"owner\":\"%s\",\"open\":true}",
                             world_id(world, world->cho.user));
    Record closed = world_made(world, &world->system, "note", "{\"owner\":\"%s\"}",
                               world_id(world, world->cho.user));
    Actor ann = world->ann, none = world->ann;
    ann.role = role_of_scope(world, SCOPE_OWN);
    none.role = role_of_scope(world, SCOPE_NONE);
    for (Verb verb = VERB_READ; verb < VERB_COUNT; verb++) {
        bool reading = verb == VERB_READ || verb == VERB_EXPORT;
        Asked open = {.record = &note, .verb = verb}, shut = {.record = &closed, .verb = verb};
        Asked without = open;
        assert_ok(world_see(world, &ann, ask_work, &open));
        assert_ok(world_see(world, &ann, ask_work, &shut));
        assert_ok(world_see(world, &none, ask_work, &without));
        assert_int_equal(open.decided, reading);
        assert_int_equal(open.listed, reading);
        assert_int_equal(open.collected, reading);
        assert_false(shut.decided || shut.listed || shut.collected);
        assert_false(without.decided || without.listed || without.collected);
    }
}

static void without_a_role_nothing_is_allowed(void **state) {
    World *world = *state;
    Record product = world_made(world, &world->system, "product", "{\"name\":\"X\"}");
    Actor nobody = {.user = world->ann.user};
    Asked asked = {.record = &product, .verb = VERB_READ};
    assert_ok(world_see(world, &nobody, ask_work, &asked));
    assert_false(asked.decided || asked.listed);
    assert_false(access_may(&nobody, STR("users")));
    assert_false(access_may_read_field(&nobody, product.object, &product.object->fields[0]));
    assert_false(access_may_write_field(&nobody, product.object, &product.object->fields[0]));
}

/* ---- Rights of fields, and others ---- */

static void roles_say_which_fields_and_rights(void **state) {
    World *world = *state;
    const Object *person = world_object(world, "person");
    const Field *secret = world_field(world, "person", "secret");
    const Field *score = world_field(world, "person", "score");
    assert_false(access_may_read_field(&world->ann, person, secret));
    assert_false(access_may_write_field(&world->ann, person, secret));
    assert_true(access_may_read_field(&world->ann, person, score));
    assert_false(access_may_write_field(&world->ann, person, score));
    assert_true(access_may_write_field(&world->boss, person, score));
    assert_true(access_may_write_field(&world->system, person, secret));
    assert_true(access_may(&world->boss, STR("users")));
    assert_false(access_may(&world->ann, STR("users")));
    assert_true(access_may(&world->ann, STR("import")));
    assert_true(access_may(&world->system, STR("anything")));
    assert_int_equal(access_scope(&world->ann, person, VERB_READ), SCOPE_OWN);
    assert_int_equal(access_scope(&world->ann, person, VERB_EXPORT), SCOPE_NONE);
    assert_int_equal(access_scope(&world->guest, person, VERB_READ), SCOPE_NONE);
}

static void every_mistake_in_a_role_is_reported(void **state) {
    static const struct {
        const char *text, *code;
    } CASES[] = {
        {"{\"objects\":{}}", "definition_name"},
        {"{\"role\":\"x\",\"objects\":{\"nothing\":{\"read\":\"all\"}}}",
         "definition_unknown_object"},
        {"{\"role\":\"x\",\"objects\":{\"person\":{\"red\":\"all\"}}}", "definition_role_scope"},
        {"{\"role\":\"x\",\"objects\":{\"person\":{\"read\":\"some\"}}}", "definition_role_scope"},
        {"{\"role\":\"x\",\"fields\":{\"person\":{\"hidden\":[\"nothing\"]}}}",
         "definition_unknown_field"},
        {"{\"role\":\"x\",\"fields\":{\"nothing\":{}}}", "definition_unknown_object"},
        {"{\"role\":", "definition_json"},
    };
    World *world = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Problem problem = problem_new(world->arena);
        Roles *roles = NULL;
        ModelSource source = {STR("roles/x.json"), str_of(CASES[i].text)};
        assert_refused(roles_load(world->arena, world->model, &source, 1, &problem, &roles),
                       "invalid");
        assert_str(problem.first->code, CASES[i].code);
        assert_null(roles);
    }
    assert_null(roles_find(world->roles, STR("nothing")));
    assert_int_equal(roles_count(world->roles), 4);
    assert_str(role_name(roles_at(world->roles, 0)), "boss");
}

WORLD_MAIN(cmocka_unit_test(decision_and_predicate_agree_with_the_reckoning),
           cmocka_unit_test(what_belongs_to_a_readable_record_is_readable),
           cmocka_unit_test(reading_passes_on_and_writing_does_not),
           cmocka_unit_test(what_is_shared_is_read_by_all_and_changed_by_its_owner),
           cmocka_unit_test(without_a_role_nothing_is_allowed),
           cmocka_unit_test(roles_say_which_fields_and_rights),
           cmocka_unit_test(every_mistake_in_a_role_is_reported))

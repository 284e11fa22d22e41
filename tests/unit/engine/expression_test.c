/* Expressions of rules, and texts with slots. */
#include "expression.h"

#include "engine_fixture.h"

static Status parse(World *world, const char *text, const Expression **out, Problem *problem) {
    ModelSource source = definition(world->arena, "x", text);
    json_t *node CLEANUP(json_drop) = world_json(source.text.data);
    *problem = problem_new(world->arena);
    return expression_parse(world->arena, world->model, world_object(world, "person"), node,
                            STR("/x"), problem, out);
}

typedef struct Evaluation {
    const Expression *expression;
    const Record *record;
    Value value;
    Str text;
} Evaluation;

static Status value_work(Context *context, void *data) {
    Evaluation *evaluation = data;
    return expression_value(context, evaluation->expression, evaluation->record,
                            &evaluation->value);
}

static Value value_of(World *world, const Actor *actor, const Record *record, const char *text) {
    Evaluation evaluation = {.record = record};
    Problem problem;
    assert_ok(parse(world, text, &evaluation.expression, &problem));
    assert_ok(world_see(world, actor, value_work, &evaluation));
    return evaluation.value;
}

#define assert_value(text, expected)                                 \
    do {                                                             \
        Value got_ = value_of(world, &world->cho, &person, (text));  \
        Value expected_ = (expected);                                \
        if (!value_equal(&got_, &expected_)) fail_msg("%s", (text)); \
    } while (0)

static void expressions_have_values(void **state) {
    World *world = *state;
    Record place = world_made(world, &world->ann, "place", "{\"name\":\"Clinic\"}");
    Record person =
        world_made(world, &world->ann, "person", "{\"name\":\"A\",\"place\":\"%s\",\"score\":null}",
                   world_id(world, place.id));
    assert_value("'x'", value_text(STR("x")));
    assert_value("7", value_integer(7));
    assert_value("1.5", value_decimal(1.5));
    assert_value("true", value_boolean(true));
    assert_value("null", value_null());
    assert_value("{'var':'id'}", value_id(person.id));
    assert_value("{'var':'name'}", value_text(STR("A")));
    assert_value("{'var':'score'}", value_null());
    assert_value("{'var':'place'}", value_id(place.id));
    assert_value("{'var':'place.name'}", value_text(STR("Clinic")));
    assert_value("{'var':'owner.name'}", value_text(STR("Ann")));
    assert_value("{'me':[]}", value_id(world->cho.user));
    assert_value("{'now':[]}", value_integer(world->now));
    assert_value("{'today':[]}", value_text(STR("2026-11-21")));
    world->cho.zone = STR("Pacific/Auckland");
    world->now = at("2026-11-21T12:00:00Z");
    assert_value("{'today':[]}", value_text(STR("2026-11-22"))); /* where the actor is */
    assert_ok(world_delete(world, &world->ann, &place));
    assert_value("{'var':'place.name'}", value_null());
    assert_int_equal(value_of(world, &world->system, &person, "{'me':[]}").kind, VALUE_NULL);
}

static void what_is_no_expression_is_refused(void **state) {
    static const char *const BAD[] = {"{'var':'nothing'}",    "{'var':'name.x'}",
                                      "{'var':'place.none'}", "{'var':'place.owner.name'}",
                                      "{'var':''}",           "{'var':5}",
                                      "{'you':[]}",           "{}",
                                      "{'var':'id.x'}"};
    World *world = *state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        const Expression *expression = NULL;
        Problem problem;
        if (parse(world, BAD[i], &expression, &problem) == STATUS_OK) fail_msg("%s", BAD[i]);
        assert_str(problem.first->code, "definition_expression");
        assert_str(problem.first->pointer, "/x");
        assert_null(expression);
    }
}

static Status fill_work(Context *context, void *data) {
    Evaluation *evaluation = data;
    Str template = evaluation->text;
    return expression_fill(context, template, evaluation->record, &evaluation->text);
}

static void slots_are_filled_in_the_readers_language(void **state) {
    static const struct {
        const char *text, *filled;
        Lang lang;
    } CASES[] = {
        {"", "", LANG_EN},
        {"no slot", "no slot", LANG_EN},
        {"{title}", "Yamada", LANG_EN},
        {"{title}", "山田", LANG_JA},
        {"{mood}/{mood}", "Cold/Cold", LANG_EN},
        {"{mood}", "冷たい", LANG_JA},
        {"{mood}", "冷淡", LANG_ZH},
        {"{place}", "Clinic", LANG_EN},
        {"{place.title}, {place.owner.name}!", "Clinic, Ann!", LANG_EN},
        {"{kana}|{nothing}|{place.nothing}|{}", "|||", LANG_EN},
        {"a } b {name} c", "a } b 山田 c", LANG_EN},
        {"open {name", "open {name", LANG_EN},
        {"{visit_count}", "0", LANG_EN},
    };
    World *world = *state;
    Record place = world_made(world, &world->ann, "place", "{\"name\":\"Clinic\"}");
    Record person =
        world_made(world, &world->ann, "person",
                   "{\"name\":\"山田\",\"latin\":\"Yamada\",\"mood\":\"cold\",\"place\":\"%s\"}",
                   world_id(world, place.id));
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Actor reader = world->ann;
        Evaluation evaluation = {.record = &person, .text = str_of(CASES[i].text)};
        reader.lang = CASES[i].lang;
        assert_ok(world_see(world, &reader, fill_work, &evaluation));
        assert_str(evaluation.text, CASES[i].filled);
    }
}

static void times_are_told_to_the_minute(void **state) {
    World *world = *state;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}");
    const Field *field = object_field(person.object, STR("seen_at"));
    assert_non_null(field);
    Evaluation evaluation = {.record = &person, .text = STR("{seen_at}")};
    person.values[field->index] =
        value_integer(at("2026-11-21T08:30:00Z") + 7 * CLOCK_SECOND + 136);
    assert_ok(world_see(world, &world->ann, fill_work, &evaluation));
    assert_int_equal(evaluation.text.size, strlen("2026-11-21 17:30"));
}

WORLD_MAIN(cmocka_unit_test(expressions_have_values),
           cmocka_unit_test(times_are_told_to_the_minute),
           cmocka_unit_test(what_is_no_expression_is_refused),
           cmocka_unit_test(slots_are_filled_in_the_readers_language))

/*
 * Which fields a form asks for. The conditions are those of tests/data/forms, which the page's own
 * evaluator reads as well (web/src/condition/holds.test.ts): the two must agree on every record.
 */
#include "condition_fixture.h"

#include "field.h"
#include "files.h"
#include "layout.h"

#define CASES ONDO_SOURCE_DIR "/tests/data/forms/conditions.json"

/* A form on its own, loaded as the server does. */
typedef struct Form {
    Arena *arena;
    Model *model;
    const Object *object;
    Layouts *layouts;
    Problem problem;
    Status status;
} Form;

static json_t *read_cases(Arena *arena) {
    Str text;
    json_t *cases = NULL;
    assert_int_equal(files_read(arena, CASES, &text), STATUS_OK);
    assert_int_equal(json_read(text, NULL, &cases), STATUS_OK);
    return cases;
}

/* The fields of the cases, and "asked", which the form asks for. */
static Str fields_of(Arena *arena, const json_t *cases) {
    Buffer text CLEANUP(buffer_free) = {0};
    const char *name;
    json_t *type, *code;
    size_t i;
    buffer_add(&text, STR(FIELD("name", "text") "," FIELD("asked", "text")));
    json_object_foreach(json_object_get(cases, "fields"), name, type) {
        Str word = json_text(type);
        buffer_format(&text, ",{\"name\":\"%s\",\"type\":\"%.*s\"," LABELS, name, STR_ARGS(word));
        if (str_starts(word, STR("choice"))) {
            buffer_add(&text, STR(",\"choices\":["));
            json_array_foreach(json_object_get(cases, "choices"), i, code) {
                buffer_format(&text, "%s{\"code\":\"%s\"," LABELS "}", i ? "," : "",
                              json_string_value(code));
            }
            buffer_add_byte(&text, ']');
        }
        buffer_add_byte(&text, '}');
    }
    return str_copy(arena, buffer_str(&text));
}

static Form load_form(Arena *arena, Str fields, Str layouts) {
    Form form = {.arena = arena, .problem = problem_new(arena)};
    Str text =
        str_format(arena, HEAD("fact") "\"ownership\":{},\"fields\":[%.*s],\"layouts\":%.*s}",
                   STR_ARGS(fields), STR_ARGS(layouts));
    const ModelSource sources[] = {SOURCES[0], SOURCES[1], {STR_INIT("objects/fact.json"), text}};
    form.status = model_load(arena, sources, 3, &form.problem, &form.model);
    assert_int_equal(form.status, STATUS_OK);
    form.object = model_object(form.model, STR("fact"));
    form.status = layouts_load(arena, form.model, &form.problem, &form.layouts);
    return form;
}

static Record record_of(Form *form, const json_t *members) {
    Record record = {.object = form->object,
                     .values = ARENA_ARRAY(form->arena, form->object->field_count, Value)};
    const char *name;
    json_t *node;
    json_object_foreach((json_t *)members, name, node) {
        const Field *field = object_field(form->object, str_of(name));
        Problem problem = problem_new(form->arena);
        assert_int_equal(field_from_json(form->arena, field, node, STR(""), &problem,
                                         &record.values[field->index]),
                         STATUS_OK);
    }
    return record;
}

static bool asks(Form *form, const json_t *members, const char *field) {
    Actor actor = {.zone = STR("Asia/Tokyo")};
    Problem problem = problem_new(form->arena);
    Context context = {
        .arena = form->arena, .model = form->model, .actor = &actor, .problem = &problem};
    Record record = record_of(form, members);
    bool asked = false;
    assert_int_equal(layouts_ask(form->layouts, &context, &record,
                                 object_field(form->object, str_of(field)), &asked),
                     STATUS_OK);
    return asked;
}

/* ---- The cases that the page reads too ---- */

/* The condition stands at the section, or at the field in it. */
static Str layout_with(Arena *arena, const json_t *condition, int at_field) {
    Str logic = json_compact(arena, condition);
    return at_field
               ? str_format(arena,
                            "{\"form\":[{" LABELS
                            ",\"fields\":[{\"field\":\"asked\",\"condition\":%.*s}]}]}",
                            STR_ARGS(logic))
               : str_format(arena,
                            "{\"form\":[{" LABELS ",\"fields\":[\"asked\"],\"condition\":%.*s}]}",
                            STR_ARGS(logic));
}

static void check_records(Form *form, const json_t *entry, const char *member, bool expected) {
    size_t i;
    json_t *record;
    json_array_foreach(json_object_get(entry, member), i, record) {
        if (asks(form, record, "asked") == expected) continue;
        fail_msg("%s %s %s", json_compact(form->arena, json_object_get(entry, "condition")).data,
                 expected ? "must hold on" : "must not hold on",
                 json_compact(form->arena, record).data);
    }
}

static void the_cases_of_the_page_hold(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    json_t *cases CLEANUP(json_drop) = read_cases(arena), *entry;
    Str fields = fields_of(arena, cases);
    size_t i;
    (void)state;
    json_array_foreach(json_object_get(cases, "cases"), i, entry) {
        for (int at_field = 0; at_field < 2; at_field++) {
            const json_t *condition = json_object_get(entry, "condition");
            Form form = load_form(arena, fields, layout_with(arena, condition, at_field));
            if (form.status != STATUS_OK) business_complain(&form.problem);
            check_records(&form, entry, "holds", true);
            check_records(&form, entry, "fails", false);
            model_free(form.model);
        }
    }
    assert_true(i > 30);
}

static void what_a_page_cannot_decide_is_refused(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    json_t *cases CLEANUP(json_drop) = read_cases(arena), *condition;
    Str fields = fields_of(arena, cases);
    size_t i;
    (void)state;
    json_array_foreach(json_object_get(cases, "refused"), i, condition) {
        Form form = load_form(arena, fields, layout_with(arena, condition, 0));
        assert_int_equal(form.status, STATUS_INVALID);
        assert_true(str_is(form.problem.first->code, "definition_layout_condition"));
        assert_true(
            str_is(form.problem.first->pointer, "objects/fact.json#/layouts/form/0/condition"));
        model_free(form.model);
    }
    assert_true(i > 5);
}

/* ---- Places ---- */

static json_t *json_of(const char *text) {
    json_t *json = NULL;
    assert_int_equal(json_read(str_of(text), NULL, &json), STATUS_OK);
    return json;
}

/* "mood" stands in two sections, "stock" in none; "name" always. */
static const char PLACES[] =
    "{\"form\":[{" LABELS
    ",\"fields\":[\"name\",{\"field\":\"mood\",\"condition\":{\"var\":\"open\"}}]},"
    "{" LABELS
    ",\"when\":{\"kind\":[\"warm\",\"cold\"]},\"fields\":[\"mood\",\"size\"]},"
    "{" LABELS
    ",\"when\":{\"kind\":[\"cold\"]},\"condition\":{\"var\":\"open\"},\"fields\":[\"count\"]}]}";

static void a_field_is_asked_for_where_any_place_of_it_is_shown(void **state) {
    static const struct {
        const char *record;
        bool name, mood, size, count, stock;
    } ROWS[] = {
        {"{}", true, false, false, false, true},
        {"{\"open\":true}", true, true, false, false, true},
        {"{\"kind\":\"warm\"}", true, true, true, false, true},
        {"{\"kind\":\"new\"}", true, false, false, false, true},
        {"{\"kind\":\"cold\"}", true, true, true, false, true},
        {"{\"kind\":\"cold\",\"open\":true}", true, true, true, true, true},
        {"{\"kind\":\"warm\",\"open\":true}", true, true, true, false, true},
    };
    Arena *arena CLEANUP(arena_drop) = arena_new();
    (void)state;
    Form form = load_form(
        arena,
        STR(FIELD("name", "text") "," FIELD("mood", "text") "," FIELD("size", "integer") "," FIELD(
            "count",
            "integer") "," FIELD("stock",
                                 "integer") "," FIELD("open",
                                                      "boolean") ",{\"name\":\"kind\",\"type\":"
                                                                 "\"choice\"," CHOICES "," LABELS
                                                                 "}"),
        str_of(PLACES));
    if (form.status != STATUS_OK) business_complain(&form.problem);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        json_t *record CLEANUP(json_drop) = json_of(ROWS[i].record);
        assert_int_equal(asks(&form, record, "name"), ROWS[i].name);
        assert_int_equal(asks(&form, record, "mood"), ROWS[i].mood);
        assert_int_equal(asks(&form, record, "size"), ROWS[i].size);
        assert_int_equal(asks(&form, record, "count"), ROWS[i].count);
        assert_int_equal(asks(&form, record, "stock"), ROWS[i].stock);
    }
    model_free(form.model);
}

static void marks_stand_in_the_order_of_the_definition(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    (void)state;
    Form form =
        load_form(arena, STR(FIELD("name", "text") "," FIELD("seen", "instant")),
                  STR("{\"marks\":[{\"mark\":\"unseen\"," LABELS
                      ",\"condition\":{\"!\":[{\"var\":\"seen\"}]}},"
                      "{\"mark\":\"long_ago\"," LABELS
                      ",\"condition\":{\">=\":[{\"days_since\":[{\"var\":\"seen\"}]},90]}}]}"));
    if (form.status != STATUS_OK) business_complain(&form.problem);
    size_t count;
    const LayoutMark *marks = layouts_marks(form.layouts, form.object, &count);
    assert_int_equal(count, 2);
    assert_true(str_is(marks[0].name, "unseen") && str_is(marks[1].name, "long_ago"));
    model_free(form.model);
    form = load_form(arena, STR(FIELD("name", "text")),
                     STR("{\"marks\":[{\"mark\":\"moved\"," LABELS
                         ",\"condition\":{\"changed\":[\"name\"]}}]}"));
    assert_int_equal(form.status, STATUS_INVALID);
    assert_true(str_is(form.problem.first->code, "condition_not_in_list"));
    model_free(form.model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cases_of_the_page_hold),
        cmocka_unit_test(what_a_page_cannot_decide_is_refused),
        cmocka_unit_test(a_field_is_asked_for_where_any_place_of_it_is_shown),
        cmocka_unit_test(marks_stand_in_the_order_of_the_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "title.h"

#include "model_fixture.h"

enum { FAMILY, GIVEN, LATIN, KIND, AT, OWNER, FIELD_COUNT };

static const Choice KINDS[] = {
    {.code = STR_INIT("doctor"),
     .label = {{STR_INIT("Doctor"), STR_INIT("医師"), STR_INIT("医生")}}}};
static const Field PARTS[FIELD_COUNT] = {
    [FAMILY] = {.name = STR_INIT("family"), .type = FIELD_TEXT, .index = FAMILY},
    [GIVEN] = {.name = STR_INIT("given"), .type = FIELD_TEXT, .index = GIVEN},
    [LATIN] = {.name = STR_INIT("latin"), .type = FIELD_LONG_TEXT, .index = LATIN},
    [KIND] = {.name = STR_INIT("kind"),
              .type = FIELD_CHOICE,
              .index = KIND,
              .choices = KINDS,
              .choice_count = 1},
    [AT] = {.name = STR_INIT("at"), .type = FIELD_INSTANT, .index = AT},
    [OWNER] = {.name = STR_INIT("owner"), .type = FIELD_REFERENCE, .index = OWNER},
};

static Str title(Arena *arena, Label template, Lang lang, const Value values[FIELD_COUNT]) {
    Object object = {.fields = PARTS, .field_count = FIELD_COUNT, .title = template};
    const TitleOptions options = {.lang = lang, .zone = STR("Asia/Tokyo")};
    return title_write(arena, &object, values, &options);
}

#define TEXT(literal) value_text(STR(literal))
#define EN(literal) ((Label){{[LANG_EN] = STR(literal)}})

static void fields_fill_the_template(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Value values[FIELD_COUNT] = {[FAMILY] = TEXT("佐藤"),
                                       [GIVEN] = TEXT("花子"),
                                       [KIND] = TEXT("doctor"),
                                       [AT] = value_integer(INT64_C(1795276800000))};
    (void)state;
    assert_str(title(arena, EN("{family} {given}"), LANG_EN, values), "佐藤 花子");
    assert_str(title(arena, EN("{latin|family}"), LANG_EN, values), "佐藤");
    assert_str(title(arena, EN("{latin} {family}  ({kind})"), LANG_EN, values), "佐藤 (Doctor)");
    assert_str(title(arena, EN("{at} {kind}"), LANG_EN, values),
               "2026-11-22 Doctor"); /* 01:00 in Tokyo */
    assert_str(title(arena, EN("{nothing|given}"), LANG_EN, values), "花子");
}

static void the_language_decides_and_others_step_in(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Value values[FIELD_COUNT] = {[FAMILY] = TEXT("佐藤"), [GIVEN] = TEXT("花子")};
    const Value none[FIELD_COUNT] = {0};
    const Label both = {{[LANG_EN] = STR("{latin}"), [LANG_JA] = STR("{family} {given}")}};
    (void)state;
    assert_str(title(arena, both, LANG_JA, values), "佐藤 花子");
    assert_str(title(arena, both, LANG_EN, values), "佐藤 花子"); /* no Latin name */
    assert_str(title(arena, both, LANG_ZH, values), "佐藤 花子"); /* no template */
    assert_str(title(arena, both, LANG_EN, none), "");
    assert_str(title(arena, EN("Visit: {family}"), LANG_EN, none), "");
}

static void latin_values_that_touch_are_parted(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Value chinese[FIELD_COUNT] = {[FAMILY] = TEXT("王"), [GIVEN] = TEXT("秀英")};
    const Value latin[FIELD_COUNT] = {[FAMILY] = TEXT("Müller"), [GIVEN] = TEXT("Anna")};
    const Value accented[FIELD_COUNT] = {[FAMILY] = TEXT("André"), [GIVEN] = TEXT("Émile")};
    const Value mixed[FIELD_COUNT] = {[FAMILY] = TEXT("王"), [GIVEN] = TEXT("Anna")};
    const Label together = {{[LANG_ZH] = STR("{family}{given}")}};
    (void)state;
    assert_str(title(arena, together, LANG_ZH, chinese), "王秀英");
    assert_str(title(arena, together, LANG_ZH, latin), "Müller Anna");
    assert_str(title(arena, together, LANG_ZH, accented), "André Émile");
    assert_str(title(arena, together, LANG_ZH, mixed), "王Anna");
}

static Str ordered(Arena *arena, NameOrder order, Lang lang, const Value values[FIELD_COUNT]) {
    Object object = {
        .fields = PARTS,
        .field_count = FIELD_COUNT,
        .title = {{STR("{given} {family}"), STR("{family} {given}"), STR("{family}{given}")}},
        .title_family_first = {{STR("{family} {given}"), STR("{family} {given}"),
                                STR("{family}{given}")}},
        .title_given_first = {
            {STR("{given} {family}"), STR("{given} {family}"), STR("{given}{family}")}}};
    TitleOptions options = {.lang = lang, .zone = STR("UTC"), .order = order};
    return title_write(arena, &object, values, &options);
}

static void names_stand_in_the_readers_order(void **state) {
    (void)state;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Value smith[FIELD_COUNT] = {value_text(STR("Smith")), value_text(STR("John"))};
    const Value wang[FIELD_COUNT] = {value_text(STR("王")), value_text(STR("秀英"))};
    assert_str(ordered(arena, NAME_AS_WRITTEN, LANG_EN, smith), "John Smith");
    assert_str(ordered(arena, NAME_FAMILY_FIRST, LANG_EN, smith), "Smith John");
    assert_str(ordered(arena, NAME_AS_WRITTEN, LANG_JA, smith), "Smith John");
    assert_str(ordered(arena, NAME_GIVEN_FIRST, LANG_JA, smith), "John Smith");
    assert_str(ordered(arena, NAME_GIVEN_FIRST, LANG_ZH, smith), "John Smith");
    /* Nobody writes these with the given name first, whatever they read elsewhere. */
    for (int order = NAME_AS_WRITTEN; order <= NAME_GIVEN_FIRST; order++) {
        assert_str(ordered(arena, (NameOrder)order, LANG_ZH, wang), "王秀英");
        assert_str(ordered(arena, (NameOrder)order, LANG_EN, wang), "王 秀英");
    }
    assert_int_equal(name_order_from_code(STR("family_first")), NAME_FAMILY_FIRST);
    assert_int_equal(name_order_from_code(STR("given_first")), NAME_GIVEN_FIRST);
    assert_int_equal(name_order_from_code(STR("")), NAME_AS_WRITTEN);
}

static void a_title_is_one_short_line(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Buffer memo CLEANUP(buffer_free) = {0};
    for (int i = 0; i < 300; i++) buffer_add(&memo, STR("長"));
    const Value lines[FIELD_COUNT] = {[LATIN] = TEXT("one\n\ntwo\u3000\u3000three ")};
    const Value endless[FIELD_COUNT] = {[LATIN] = value_text(buffer_str(&memo))};
    (void)state;
    assert_str(title(arena, EN("{latin}"), LANG_EN, lines), "one two\u3000three");
    Str cut = title(arena, EN("{latin}"), LANG_EN, endless);
    assert_int_equal(str_count_points(cut), TITLE_LIMIT + 1);
    assert_true(str_valid_utf8(cut));
    assert_true(str_ends(cut, STR("…")));
}

static Str name_owner(void *data, Arena *arena, const Field *field, Id id) {
    (void)id;
    return str_format(arena, "%s of %.*s", (const char *)data, STR_ARGS(field->name));
}

static void references_show_what_the_caller_knows(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    const Value values[FIELD_COUNT] = {[FAMILY] = TEXT("佐藤"), [OWNER] = value_id(id_new(1))};
    const Object object = {
        .fields = PARTS, .field_count = FIELD_COUNT, .title = EN("{owner|family}")};
    const TitleOptions options = {.lang = LANG_EN, .reference = name_owner, .data = (char *)"Ken"};
    (void)state;
    assert_str(title_write(arena, &object, values, &(TitleOptions){.lang = LANG_EN}), "佐藤");
    assert_str(title_write(arena, &object, values, &options), "Ken of owner");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_fill_the_template),
        cmocka_unit_test(the_language_decides_and_others_step_in),
        cmocka_unit_test(latin_values_that_touch_are_parted),
        cmocka_unit_test(names_stand_in_the_readers_order),
        cmocka_unit_test(a_title_is_one_short_line),
        cmocka_unit_test(references_show_what_the_caller_knows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* How much a text says: formulas say nothing in any language, figures and facts do. */
#include "visit_substance.h"

#include "domain_fixture.h"

static int64_t substance(void **state, const char *text) {
    Clinic *clinic = *state;
    return visit_substance(clinic->world.arena, &clinic->business->lexicons, str_of(text));
}

static void that_one_was_there_says_nothing(void **state) {
    assert_int_equal(substance(state, ""), 0);
    assert_int_equal(substance(state, " \n\t。、!?…"), 0);
    assert_int_equal(substance(state, "Visited the doctor today, introduced our product."), 0);
    assert_int_equal(substance(state, "VISITED THE DOCTOR"), 0);
    assert_int_equal(substance(state, "今天拜访了主任，介绍了产品。"), 0);
    assert_int_equal(substance(state, "本日、先生を訪問して製品を説明しました。"), 0);
}

static void words_count_two_characters_one_joints_nothing(void **state) {
    assert_int_equal(substance(state, "hypertension"), 2);
    assert_int_equal(substance(state, "hypertension 24 cohort"), 6);
    assert_int_equal(substance(state, "高血圧"), 3);
    assert_int_equal(substance(state, "ガイドライン"), 2);
    assert_int_equal(substance(state, "ｶﾞｲﾄﾞﾗｲﾝ"), 2);
    assert_int_equal(substance(state, "がのをへと"), 0);
    assert_int_equal(substance(state, "腎機能の低下とガイドライン"), 7);
}

static void what_is_told_counts_in_every_language(void **state) {
    assert_true(substance(state, "Asked for the dose in dialysis; prefers 5 mg at night") > 10);
    assert_true(substance(state, "询问透析患者剂量，担心夜间低血压") > 10);
    assert_true(substance(state, "透析患者の用量と夜間の低血圧について質問あり") > 10);
}

/* A figure is part of what is told, wherever it stands. */
static void figures_are_words(void **state) {
    assert_int_equal(substance(state, "5"), 2);
    assert_int_equal(substance(state, "5mg"), 2);
    assert_int_equal(substance(state, "１２０／８０"), 4);
}

static void hostile_texts_end(void **state) {
    Clinic *clinic = *state;
    Buffer text CLEANUP(buffer_free) = {0};
    for (int i = 0; i < 50000; i++) buffer_add(&text, STR("ァ訪問 a"));
    int64_t all =
        visit_substance(clinic->world.arena, &clinic->business->lexicons, buffer_str(&text));
    assert_true(all >= 0);
    assert_int_equal(substance(state, "\xE2\x80\x8B\xEF\xBB\xBF\xF0\x9F\x98\x80"), 0);
    assert_int_equal(visit_substance(clinic->world.arena, &(Lexicons){0}, STR("visited")), 2);
}

typedef struct Filling {
    const Clinic *clinic;
    size_t filled;
} Filling;

static Status fill(Context *context, void *data) {
    Filling *filling = data;
    return visit_substance_fill(filling->clinic->business, context, &filling->filled);
}

static void it_is_kept_and_filled_in_where_it_is_missing(void **state) {
    Clinic *clinic = *state;
    World *world = &clinic->world;
    Filling filling = {.clinic = clinic};
    Record doctor = clinic_doctor(world, "A", "");
    Record visit = clinic_visit(world, &doctor, ",\"quick_note\":\"高血圧\",\"discussion\":\"腎\"");
    int64_t version = visit.version;
    assert_string_equal(world_value(world, &visit, "substance"), "4");
    world_run(world, "UPDATE visit SET substance = NULL");
    assert_ok(world_do(world, &world->system, fill, &filling));
    assert_int_equal(filling.filled, 1);
    assert_string_equal(clinic_now(world, &visit, "substance"), "4");
    assert_int_equal(world_now(world, &visit).version, version);
    assert_ok(world_do(world, &world->system, fill, &filling));
    assert_int_equal(filling.filled, 0);
    visit = world_changed(world, &world->ann, &visit, "{\"discussion\":null}");
    assert_string_equal(world_value(world, &visit, "substance"), "3");
}

CLINIC_MAIN(cmocka_unit_test(that_one_was_there_says_nothing),
            cmocka_unit_test(words_count_two_characters_one_joints_nothing),
            cmocka_unit_test(what_is_told_counts_in_every_language),
            cmocka_unit_test(figures_are_words), cmocka_unit_test(hostile_texts_end),
            cmocka_unit_test(it_is_kept_and_filled_in_where_it_is_missing))

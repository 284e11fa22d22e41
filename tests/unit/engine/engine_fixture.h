/* The small company of the record tests, with rules, templates and dashboards of a test's own. */
#ifndef ONDO_TESTS_ENGINE_FIXTURE_H
#define ONDO_TESTS_ENGINE_FIXTURE_H

#include "../record/record_fixture.h"

#include "rule.h"

/** A definition written with ' for ", in the arena. */
static inline ModelSource definition(Arena *arena, const char *name, const char *text) {
    char *quoted = str_terminated(arena, str_of(text));
    for (char *c = quoted; *c; c++) *c = *c == '\'' ? '"' : *c;
    return (ModelSource){.name = str_of(name), .text = str_of(quoted)};
}

/** What a definition that does not load is told first; "" when it loads. */
#define assert_mistake(status, problem, expected)      \
    do {                                               \
        assert_refused((status), "invalid");           \
        assert_non_null((problem).first);              \
        assert_str((problem).first->code, (expected)); \
    } while (0)

static const char TEMPLATE[] =
    "{'template':'call','subject':{'en':'Call {title}','ja':'{title}に電話','zh':'致电{title}'},"
    "'body':{'en':'Mood {mood}, {owner.name}','ja':'気分 {mood}','zh':'心情 {mood}'}}";

static inline void engine_templates(World *world, Templates *out) {
    Problem problem = problem_new(world->arena);
    ModelSource source = definition(world->arena, "templates/call.json", TEMPLATE);
    assert_ok(templates_load(world->arena, &source, 1, &problem, out));
}

static inline Status engine_try_rules(World *world, const char *const *texts, size_t count,
                                      Problem *problem, Rules **out) {
    Templates *templates = ARENA_NEW(world->arena, Templates);
    ModelSource *sources = ARENA_ARRAY(world->arena, count, ModelSource);
    engine_templates(world, templates);
    for (size_t i = 0; i < count; i++) {
        sources[i] = definition(world->arena, "rules/x.json", texts[i]);
    }
    return rules_load(world->arena, world->model, templates, NULL, sources, count, problem, out);
}

static inline Status engine_after_save(void *engine, Context *context, const Change *change) {
    return rules_after_save(engine, context, change);
}

/** From now on these rules act. */
static inline Rules *engine_rules(World *world, const char *const *texts, size_t count) {
    Problem problem = problem_new(world->arena);
    Rules *rules = NULL;
    Hooks *hooks = ARENA_NEW(world->arena, Hooks);
    Status status = engine_try_rules(world, texts, count, &problem, &rules);
    world_complain(&problem);
    assert_ok(status);
    *hooks = (Hooks){.engine = rules, .after_save = engine_after_save};
    world->hooks = hooks;
    return rules;
}
#define ENGINE_RULES(world, ...)                              \
    engine_rules((world), (const char *const[]){__VA_ARGS__}, \
                 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static inline void engine_user(World *world, Id user, const char *lang, const char *zone) {
    Record record = {.object = world_object(world, "user"), .id = user};
    (void)world_changed(world, &world->system, &record, "{\"lang\":\"%s\",\"zone\":\"%s\"}", lang,
                        zone);
}

#endif

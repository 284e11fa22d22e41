/*
 * Conditions: any JSON text is read as a condition over records and written as SQL. Neither may
 * crash, hang or grow without bound, whatever is in it.
 */
#include <stdlib.h>

#include "condition.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

#define LABELS "\"labels\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"}"
#define FIELD(name, type) "{\"name\":\"" name "\",\"type\":\"" type "\"," LABELS "}"

static const ModelSource SOURCES[] = {
    {STR_INIT("objects/user.json"),
     STR_INIT("{\"object\":\"user\"," LABELS ",\"plural\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"},"
              "\"title\":{\"en\":\"{name}\",\"ja\":\"{name}\",\"zh\":\"{name}\"},\"ownership\":{},"
              "\"fields\":[" FIELD("name", "text") "]}")},
    {STR_INIT("objects/item.json"),
     STR_INIT(
         "{\"object\":\"item\"," LABELS ",\"plural\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"},"
         "\"title\":{\"en\":\"{name}\",\"ja\":\"{name}\",\"zh\":\"{name}\"},\"ownership\":{},"
         "\"fields\":[" FIELD("name", "text") "," FIELD("count", "integer") "," FIELD(
             "score",
             "decimal") "," FIELD("active",
                                  "boolean") "," FIELD("born",
                                                       "date") "," FIELD("seen",
                                                                         "instant") "," FIELD("tag"
                                                                                              "s",
                                                                                              "tag"
                                                                                              "s") "," FIELD("extra",
                                                                                                             "json") ","
                                                                                                                     "{\"name\":\"mood\",\"type\":\"choice\",\"choices\":[{\"code\":\"warm\"," LABELS
                                                                                                                     "}]," LABELS
                                                                                                                     "},{\"name\":\"owner\",\"type\":\"reference\",\"reference\":\"user\"," LABELS
                                                                                                                     "},"
                                                                                                                     "{\"name\":\"parent\",\"type\":\"reference\",\"reference\":\"item\"," LABELS
                                                                                                                     "}]}")},
};

static void check(bool holds) {
    if (!holds) abort();
}

/* Nothing is asked of a database: constants are evaluated and the text is made. */
static void write_as_sql(Arena *arena, const Model *model, const Condition *condition,
                         StoreKind kind) {
    Problem problem = problem_new(arena);
    Actor actor = {.everything = true, .zone = STR("Asia/Tokyo")};
    Context context = {.arena = arena, .model = model, .actor = &actor, .problem = &problem};
    Sql sql CLEANUP(sql_free) = sql_new(arena, kind);
    Status status = condition_add_sql(&context, condition, &sql, STR("r"));
    check(status == (condition_needs_change(condition) ? STATUS_INVALID : STATUS_OK));
    check(status != STATUS_OK || sql.text.size > 0);
}

static void read_as_condition(Arena *arena, const json_t *json) {
    Problem problem = problem_new(arena);
    Model *model = NULL;
    if (model_load(arena, SOURCES, 2, &problem, &model) != STATUS_OK) abort();
    const Condition *condition = NULL;
    Status status = condition_parse(arena, model, model_object(model, STR("item")), json,
                                    STR("/filter"), &problem, &condition);
    if (status == STATUS_OK) {
        write_as_sql(arena, model, condition, STORE_SQLITE);
        write_as_sql(arena, model, condition, STORE_POSTGRESQL);
    } else {
        check(problem.count == 1 && str_starts(problem.first->pointer, STR("/filter")));
    }
    model_free(model);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem problem = problem_new(arena);
    json_t *json CLEANUP(json_drop) = NULL;
    Str text = {.data = (const char *)data, .size = size};
    if (json_read(text, &problem, &json) != STATUS_OK) return 0;
    read_as_condition(arena, json);
    return 0;
}

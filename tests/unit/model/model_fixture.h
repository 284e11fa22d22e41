/* A small model for the tests of this layer: definitions as text, changed by JSON pointer. */
#ifndef ONDO_TESTS_MODEL_FIXTURE_H
#define ONDO_TESTS_MODEL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "field.h"
#include "model.h"

#define LABELS "\"labels\": {\"en\": \"Word\", \"ja\": \"言葉\", \"zh\": \"词\"}"
#define HEAD(name)                       \
    "{\"object\": \"" name "\", " LABELS \
    ", \"plural\": {\"en\": \"Words\", \"ja\": \"言葉\", \"zh\": \"词\"}, "

static const char USER[] = HEAD("user") "\"title\": {\"en\": \"{name}\"}, \"ownership\": {}, \"fields\": ["
    "{\"name\": \"name\", \"type\": \"text\", " LABELS ", \"required\": true}]}";

static const char HCP[] =
    HEAD("hcp") "\"title\": {\"en\": \"{family_latin|family_name}\", \"ja\": \"{family_name} {given_name}\"}, "
    "\"ownership\": {\"owner\": \"owner\"}, \"indexes\": [[\"owner\", \"last_visit_at\"]], "
    "\"unique\": [[\"owner\", \"npi\"]], \"fields\": ["
    "{\"name\": \"family_name\", \"type\": \"text\", " LABELS ", \"indexed\": true, \"searchable\": true, "
    "\"sort_by\": {\"ja\": \"family_kana\", \"en\": \"family_latin\"}},"
    "{\"name\": \"given_name\", \"type\": \"text\", " LABELS "},"
    "{\"name\": \"family_kana\", \"type\": \"text\", " LABELS "},"
    "{\"name\": \"family_latin\", \"type\": \"text\", " LABELS "},"
    "{\"name\": \"npi\", \"type\": \"text\", " LABELS ", \"unique\": true, \"check\": \"npi\", \"max_length\": 10},"
    "{\"name\": \"kind\", \"type\": \"choice\", " LABELS ", \"default\": \"doctor\", \"choices\": ["
    "{\"code\": \"doctor\", \"labels\": {\"en\": \"Doctor\", \"ja\": \"医師\", \"zh\": \"医生\"}, \"rank\": 5},"
    "{\"code\": \"nurse\", \"labels\": {\"en\": \"Nurse\", \"ja\": \"看護師\", \"zh\": \"护士\"}},"
    "{\"code\": \"ward\", \"labels\": {\"en\": \"Ward\", \"ja\": \"病棟\", \"zh\": \"病房\"}, \"retired\": true}]},"
    "{\"name\": \"owner\", \"type\": \"reference\", " LABELS ", \"reference\": \"user\", \"default\": \"me\"},"
    "{\"name\": \"strength\", \"type\": \"decimal\", " LABELS ", \"scale\": 2, \"minimum\": 0, \"maximum\": 1, \"default\": 0.5, "
    "\"indexed_empty\": true},"
    "{\"name\": \"visit_count\", \"type\": \"integer\", " LABELS ", \"rollup\": {\"measure\": \"count\", \"object\": \"visit\", \"field\": \"hcp\"}},"
    "{\"name\": \"last_visit_at\", \"type\": \"instant\", " LABELS ", \"rollup\": {\"measure\": \"max\", \"object\": \"visit\", "
    "\"field\": \"hcp\", \"of\": \"held_at\", \"where\": {\"state\": [\"completed\", \"signed\"]}}}],"
    "\"layouts\": {\"form\": [{" LABELS ", \"fields\": [\"family_name\", \"npi\"], \"when\": {\"kind\": [\"doctor\"]}}], "
    "\"list\": [\"title\", \"kind\"]}}";

static const char VISIT[] =
    HEAD("visit") "\"title\": {\"en\": \"{held_at} {state}\"}, \"ownership\": {\"via\": [\"hcp\"]}, "
    "\"timeline_at\": \"held_at\", \"fields\": ["
    "{\"name\": \"hcp\", \"type\": \"reference\", " LABELS ", \"reference\": \"hcp\", \"immutable\": true},"
    "{\"name\": \"held_at\", \"type\": \"instant\", " LABELS ", \"default\": \"now\"},"
    "{\"name\": \"state\", \"type\": \"choice\", " LABELS ", \"choices\": ["
    "{\"code\": \"completed\", \"labels\": {\"en\": \"Completed\", \"ja\": \"完了\", \"zh\": \"已完成\"}},"
    "{\"code\": \"signed\", \"labels\": {\"en\": \"Signed\", \"ja\": \"署名済み\", \"zh\": \"已签署\"}}]}],"
    "\"children\": [{\"name\": \"topics\", \"object\": \"topic\", \"field\": \"visit\", \"shorthand\": \"text\", "
    "\"copy\": {\"raised_at\": \"held_at\"}}]}";

static const char TOPIC[] =
    HEAD("topic") "\"title\": {\"en\": \"{text}\"}, \"ownership\": {\"via\": [\"visit\"]}, \"append_only\": true, \"fields\": ["
    "{\"name\": \"visit\", \"type\": \"reference\", " LABELS ", \"reference\": \"visit\"},"
    "{\"name\": \"text\", \"type\": \"long_text\", " LABELS ", \"required\": true},"
    "{\"name\": \"raised_at\", \"type\": \"instant\", " LABELS "}]}";

enum { FIXTURE_OBJECTS = 4 };

static inline const ModelSource *fixture_sources(void) {
    static const ModelSource SOURCES[FIXTURE_OBJECTS] = {
        {STR_INIT("objects/user.json"), STR_INIT(USER)},
        {STR_INIT("objects/hcp.json"), STR_INIT(HCP)},
        {STR_INIT("objects/visit.json"), STR_INIT(VISIT)},
        {STR_INIT("objects/topic.json"), STR_INIT(TOPIC)},
    };
    return SOURCES;
}

static inline void fixture_print(const Problem *problem) {
    for (const ProblemError *error = problem->first; error; error = error->next) {
        print_message("%s: %s [%s] [%s]\n", error->pointer.data, error->code.data,
                      error->arguments[0].data, error->arguments[1].data);
    }
}

/* Sets, or with NULL takes away, what a JSON pointer names. */
static inline void fixture_change(json_t *document, const char *pointer, const char *json) {
    char path[200], *member = path + 1, *slash;
    json_t *node = document;
    snprintf(path, sizeof path, "%s", pointer);
    while ((slash = strchr(member, '/'))) {
        *slash = '\0';
        node = json_is_array(node) ? json_array_get(node, (size_t)atoi(member))
                                   : json_object_get(node, member);
        assert_non_null(node);
        member = slash + 1;
    }
    json_t *value = json ? json_loads(json, JSON_DECODE_ANY, NULL) : NULL;
    if (json) assert_non_null(value);
    if (!json) {
        assert_int_equal(json_object_del(node, member), 0);
    } else if (json_is_array(node) && strcmp(member, "-") == 0) {
        json_array_append_new(node, value);
    } else if (json_is_array(node)) {
        json_array_set_new(node, (size_t)atoi(member), value);
    } else {
        json_object_set_new(node, member, value);
    }
}

/* The fixture's sources with one of them changed; the text lies in the arena. */
static inline void fixture_changed_sources(Arena *arena, const char *object, const char *pointer,
                                           const char *json, ModelSource out[FIXTURE_OBJECTS]) {
    Str name = str_format(arena, "objects/%s.json", object);
    for (int i = 0; i < FIXTURE_OBJECTS; i++) {
        out[i] = fixture_sources()[i];
        if (!str_equal(out[i].name, name)) continue;
        json_t *document = json_loadb(out[i].text.data, out[i].text.size, 0, NULL);
        assert_non_null(document);
        fixture_change(document, pointer, json);
        out[i].text = json_compact(arena, document);
        json_decref(document);
    }
}

static inline Model *fixture_load(Arena *arena, const ModelSource *sources) {
    Problem problem = problem_new(arena);
    Model *model = NULL;
    Status status = model_load(arena, sources, FIXTURE_OBJECTS, &problem, &model);
    fixture_print(&problem);
    assert_int_equal(status, STATUS_OK);
    return model;
}

#define assert_str(str, expected)                                     \
    do {                                                              \
        Str got_ = (str);                                             \
        char *text_ = strndup(got_.data ? got_.data : "", got_.size); \
        assert_string_equal(text_, (expected));                       \
        free(text_);                                                  \
    } while (0)

#endif

/*
 * A small business for the tests of conditions: items with fields of every type, the places they
 * refer to (of which the actor sees only their own), and notes that refer to items.
 */
#ifndef ONDO_TESTS_CONDITION_FIXTURE_H
#define ONDO_TESTS_CONDITION_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "clock.h"
#include "condition.h"

#define LABELS "\"labels\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"}"
#define HEAD(name)                                                                       \
    "{\"object\":\"" name "\"," LABELS                                                   \
    ",\"plural\":{\"en\":\"x\",\"ja\":\"x\",\"zh\":\"x\"},\"title\":{\"en\":\"{name}\"," \
    "\"ja\":\"{name}\",\"zh\":\"{name}\"},"
#define FIELD(name, type) "{\"name\":\"" name "\",\"type\":\"" type "\"," LABELS "}"
#define INDEXED(name, type) \
    "{\"name\":\"" name "\",\"type\":\"" type "\",\"indexed\":true," LABELS "}"
#define REFERENCE(name, to) \
    "{\"name\":\"" name "\",\"type\":\"reference\",\"reference\":\"" to "\"," LABELS "}"
#define CHOICE(code) "{\"code\":\"" code "\"," LABELS "}"
#define CHOICES "\"choices\":[" CHOICE("warm") "," CHOICE("cold") "," CHOICE("new") "]"

/* Two fields with a past: one told by what began, the other by what ended. */
#define MOOD_HISTORY \
    "\"history\":{\"object\":\"reading\",\"field\":\"item\",\"value\":\"mood\",\"at\":\"at\"},"
#define OWNER_FIELD                                                                            \
    "{\"name\":\"owner\",\"type\":\"reference\",\"reference\":\"user\",\"history\":{\"object\":\"handing\"," \
    "\"field\":\"item\",\"before\":\"previous\",\"at\":\"at\"}," LABELS "}"

static const ModelSource SOURCES[] =
    {
        {STR_INIT("objects/user.json"), STR_INIT(HEAD("user") "\"ownership\":{},\"fields\":[" FIELD(
                                            "name", "text") "," REFERENCE("team", "team") "]}")},
        {STR_INIT("objects/team.json"),
         STR_INIT(HEAD("team") "\"ownership\":{},\"fields\":[" FIELD("name", "text") "]}")},
        {STR_INIT("objects/place.json"),
         STR_INIT(HEAD("place") "\"ownership\":{\"owner\":\"owner\"},\"fields\":[" FIELD(
             "name",
             "text") "," FIELD("size",
                               "integer") "," FIELD("opened",
                                                    "date") "," FIELD("secret",
                                                                      "text") "," REFERENCE("owner",
                                                                                            "user") "]"
                                                                                                    "}")},
        {STR_INIT("objects/item.json"),
         STR_INIT(
             HEAD("item") "\"ownership\":{},\"fields\":[" INDEXED("name", "text") "," FIELD(
                 "memo", "long_text") "," INDEXED("count", "integer") "," FIELD("stock", "integer") ","
                                                                                                    "{\"na"
                                                                                                    "me\":"
                                                                                                    "\"sco"
                                                                                                    "re\","
                                                                                                    "\"typ"
                                                                                                    "e\":"
                                                                                                    "\"dec"
                                                                                                    "imal"
                                                                                                    "\","
                                                                                                    "\"sca"
                                                                                                    "le\":"
                                                                                                    "3"
                                                                                                    "," LABELS
                                                                                                    "}"
                                                                                                    "," FIELD(
                                                                                                        "r"
                                                                                                        "a"
                                                                                                        "t"
                                                                                                        "e",
                                                                                                        "d"
                                                                                                        "e"
                                                                                                        "c"
                                                                                                        "i"
                                                                                                        "m"
                                                                                                        "a"
                                                                                                        "l") "," FIELD("active",
                                                                                                                       "boolean") "," INDEXED("born",
                                                                                                                                              "date") "," FIELD("ends",
                                                                                                                                                                "date") "," INDEXED("seen",
                                                                                                                                                                                    "instant") "," FIELD("due",
                                                                                                                                                                                                         "instant") ","
                                                                                                                                                                                                                    "{\"name\":\"mood\",\"type\":\"choice\",\"indexed\":true," MOOD_HISTORY CHOICES
                                                                                                                                                                                                                    "," LABELS
                                                                                                                                                                                                                    "},"
                                                                                                                                                                                                                    "{\"name\":\"traits\",\"type\":\"choices\"," CHOICES "," LABELS "}," FIELD("labels_of",
                                                                                                                                                                                                                                                                                               "tags") "," OWNER_FIELD "," REFERENCE("place",
                                                                                                                                                                                                                                                                                                                                           "place") "," FIELD("extra",
                                                                                                                                                                                                                                                                                                                                                              "json") "," FIELD("secret",
                                                                                                                                                                                                                                                                                                                                                                                "text") ","
                                                                                                                                                                                                                                                                                                                                                                                        "{\"name\":\"sealed\",\"type\":\"json\"," LABELS
                                                                                                                                                                                                                                                                                                                                                                                        "}]}")},
        {STR_INIT("objects/note.json"),
         STR_INIT(HEAD("note") "\"ownership\":{},\"fields\":[" FIELD("name", "text") "," FIELD(
             "weight", "integer") "," REFERENCE("item", "item") "," REFERENCE("place",
                                                                              "place") "]}")},
        {STR_INIT("objects/link.json"),
         STR_INIT(HEAD("link") "\"ownership\":{},\"fields\":[" FIELD("name", "text") "," REFERENCE(
             "source", "item") "," REFERENCE("target", "item") "]}")},
        {STR_INIT("objects/reading.json"),
         STR_INIT(HEAD("reading") "\"ownership\":{},\"fields\":[" FIELD("name", "text") "," REFERENCE(
             "item", "item") ",{\"name\":\"mood\",\"type\":\"choice\"," CHOICES "," LABELS
                             "}," FIELD("at", "instant") "]}")},
        {STR_INIT("objects/handing.json"),
         STR_INIT(HEAD("handing") "\"ownership\":{},\"fields\":[" FIELD("name", "text") "," REFERENCE(
             "item", "item") "," REFERENCE("previous", "user") "," FIELD("at", "instant") "]}")},
};
enum { SOURCE_COUNT = sizeof SOURCES / sizeof SOURCES[0] };

static const ModelSource ROLE_SOURCE = {
    STR_INIT("roles/mr.json"),
    STR_INIT(
        "{\"role\":\"mr\"," LABELS ",\"objects\":{\"*\":{\"read\":\"all\"},"
        "\"place\":{\"read\":\"own\"}},"
        "\"fields\":{\"item\":{\"hidden\":[\"secret\"]},\"place\":{\"hidden\":[\"secret\"]}}}")};

/** Prints what is wrong with a definition and stops the test. */
static inline void business_complain(const Problem *problem) {
    for (const ProblemError *error = problem->first; error; error = error->next) {
        print_error("%.*s %.*s %.*s\n", STR_ARGS(error->pointer), STR_ARGS(error->code),
                    STR_ARGS(error->arguments[0]));
    }
    fail_msg("the definitions do not load");
}

static inline Model *business_model(Arena *arena) {
    Problem problem = problem_new(arena);
    Model *model = NULL;
    Status status = model_load(arena, SOURCES, SOURCE_COUNT, &problem, &model);
    if (status != STATUS_OK) business_complain(&problem);
    return model;
}

static inline const Role *business_role(Arena *arena, const Model *model) {
    Problem problem = problem_new(arena);
    Roles *roles = NULL;
    Status status = roles_load(arena, model, &ROLE_SOURCE, 1, &problem, &roles);
    if (status != STATUS_OK) business_complain(&problem);
    return roles_find(roles, STR("mr"));
}

#endif

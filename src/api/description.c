/*
 * The model as the page needs it: the definitions themselves, cut to what the reader may see, with
 * what they may do. The page decides nothing; it shows the buttons that this answer allows.
 */
#include "access.h"
#include "edition.h"
#include "importer.h"
#include "openapi.h"
#include "resources.h"

/* ---- Texts ---- */

/* Whose texts the answer holds: everybody's, or the reader's own, which is a third as much. */
typedef struct Description {
    Call *call;
    bool own_texts;
} Description;

static Status read_texts(Description *description) {
    Call *call = description->call;
    Str texts = call_parameter(call, "texts");
    description->own_texts = str_is(texts, "reader");
    if (!texts.data || description->own_texts || str_is(texts, "all")) return STATUS_OK;
    problem_add(&call->problem, STR("/texts"), "definition_unknown_word", texts,
                STR("reader, all"));
    return STATUS_INVALID;
}

/* The members of definitions that hold a text in each language. */
static bool is_texts(const char *name) {
    static const char *const MEMBERS[] = {"labels", "plural", "help"};
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
        if (strcmp(name, MEMBERS[i]) == 0) return true;
    }
    return false;
}

/* Still a member a language, so that it is read as the others are. */
static void write_own_text(Call *call, const json_t *texts) {
    Lang lang = call->actor.lang;
    if (!json_object_get(texts, lang_code(lang).data)) lang = LANG_EN;
    const char *text = json_string_value(json_object_get(texts, lang_code(lang).data));
    json_open_object(&call->json);
    if (text) json_member_text(&call->json, lang_code(lang).data, str_of(text));
    json_close_object(&call->json);
}

/* What definitions may nest is bounded where they are read. */
static void write_definition(const Description *description, const char *name,
                             const json_t *value) {
    JsonWriter *json = &description->call->json;
    const char *member;
    json_t *part;
    size_t index;
    bool nested = json_is_object(value) || json_is_array(value);
    if (!description->own_texts || !nested) {
        json_write_raw(json, json_compact(description->call->arena, value));
    } else if (is_texts(name)) {
        write_own_text(description->call, value);
    } else if (json_is_array(value)) {
        json_open_array(json);
        json_array_foreach((json_t *)value, index, part) write_definition(description, name, part);
        json_close_array(json);
    } else {
        json_open_object(json);
        json_object_foreach((json_t *)value, member, part) {
            json_key(json, str_of(member));
            write_definition(description, member, part);
        }
        json_close_object(json);
    }
}

/* ---- The model, as far as the reader may see it ---- */

static const char *const SHOWN_MEMBERS[] = {"object",   "labels",      "plural",      "layouts",
                                            "children", "timeline_at", "append_only", "unique"};

/* Every verb with its scope, "none" among them, so that a page need not know defaults. */
static void write_may(Call *call, const Object *object) {
    json_key(&call->json, STR("may"));
    json_open_object(&call->json);
    for (int verb = 0; verb < VERB_COUNT; verb++) {
        json_key(&call->json, verb_name((Verb)verb));
        json_write_text(&call->json, scope_name(access_scope(&call->actor, object, (Verb)verb)));
    }
    json_close_object(&call->json);
}

/* What a role narrows, so that a page offers nothing that would always be empty. */
static void write_limits(Call *call, const Object *object) {
    size_t count;
    const AccessLimit *limits = access_limits(&call->actor, object, &count);
    if (!count) return;
    json_key(&call->json, STR("only"));
    json_open_object(&call->json);
    for (size_t i = 0; i < count; i++) {
        json_key(&call->json, limits[i].field->name);
        json_open_array(&call->json);
        for (size_t j = 0; j < limits[i].count; j++) {
            json_write_text(&call->json, limits[i].values[j]);
        }
        json_close_array(&call->json);
    }
    json_close_object(&call->json);
}

/* Two rights meet here, so that the page need not know of both. */
static bool is_importable(Call *call, const Object *object) {
    Exchange exchange = call_exchange(call);
    Problem quiet = problem_new(call->arena);
    return importer_allow(&exchange, object, &quiet) == STATUS_OK;
}

/*
 * The definition's own members, so that a property added to the schema reaches the page without a
 * line here; how a roll-up is made is nobody's concern there.
 */
static void write_field(const Description *description, const Object *object, const Field *field,
                        const json_t *definition) {
    Call *call = description->call;
    const char *name;
    json_t *value;
    json_open_object(&call->json);
    json_object_foreach((json_t *)definition, name, value) {
        if (strcmp(name, "rollup") == 0) continue;
        json_key(&call->json, str_of(name));
        write_definition(description, name, value);
    }
    json_member_boolean(&call->json, "writable",
                        !field->system && access_may_write_field(&call->actor, object, field));
    json_close_object(&call->json);
}

/*
 * Fields that the reader may not see are left out here as everywhere: not even their names are
 * told.
 */
static void write_object(const Description *description, const Object *object) {
    Call *call = description->call;
    json_open_object(&call->json);
    for (size_t i = 0; i < sizeof SHOWN_MEMBERS / sizeof *SHOWN_MEMBERS; i++) {
        const json_t *value = json_object_get(object->definition, SHOWN_MEMBERS[i]);
        if (!value) continue;
        json_key(&call->json, str_of(SHOWN_MEMBERS[i]));
        write_definition(description, SHOWN_MEMBERS[i], value);
    }
    write_may(call, object);
    write_limits(call, object);
    json_member_boolean(&call->json, "importable", is_importable(call, object));
    json_key(&call->json, STR("fields"));
    json_open_array(&call->json);
    const json_t *fields = json_object_get(object->definition, "fields");
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (!access_may_read_field(&call->actor, object, field)) continue;
        write_field(description, object, field, json_array_get(fields, i));
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
}

/* What a task's source "rule:<name>" means to people; in the languages of all labels here. */
static void write_rules(const Description *description, const Rules *rules) {
    Call *call = description->call;
    json_key(&call->json, STR("rules"));
    json_open_object(&call->json);
    for (size_t i = 0; i < rules_count(rules); i++) {
        json_key(&call->json, rules_name_at(rules, i));
        json_open_object(&call->json);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            if (description->own_texts && (Lang)lang != call->actor.lang) continue;
            json_key(&call->json, lang_code((Lang)lang));
            json_write_text(&call->json, label_in(rules_label_at(rules, i), (Lang)lang));
        }
        json_close_object(&call->json);
    }
    json_close_object(&call->json);
}

/* The same of a source "playbook:<name>". */
static void write_playbooks(const Description *description, const Playbooks *playbooks) {
    Call *call = description->call;
    json_key(&call->json, STR("playbooks"));
    json_open_object(&call->json);
    for (size_t i = 0; i < playbooks->count; i++) {
        json_key(&call->json, playbooks->items[i].name);
        json_open_object(&call->json);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            if (description->own_texts && (Lang)lang != call->actor.lang) continue;
            json_key(&call->json, lang_code((Lang)lang));
            json_write_text(&call->json, label_in(&playbooks->items[i].label, (Lang)lang));
        }
        json_close_object(&call->json);
    }
    json_close_object(&call->json);
}

Status model_describe(Call *call) {
    const Model *model = call->business->model;
    Description description = {.call = call};
    Status status = read_texts(&description);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("objects"));
    json_open_array(&call->json);
    for (size_t i = 0; i < model_object_count(model); i++) {
        const Object *object = model_object_at(model, i);
        if (access_scope(&call->actor, object, VERB_READ) == SCOPE_NONE) continue;
        write_object(&description, object);
    }
    json_close_array(&call->json);
    write_rules(&description, call->business->rules);
    write_playbooks(&description, &call->business->playbooks);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status openapi_read(Call *call) {
    json_write_raw(&call->json, json_compact(call->arena, call->edition->openapi));
    return STATUS_OK;
}

/*
 * The model as the page needs it: the definitions themselves, cut to what the reader may see, with
 * what they may do. The page decides nothing; it shows the buttons that this answer allows.
 */
#include "access.h"
#include "edition.h"
#include "importer.h"
#include "openapi.h"
#include "resources.h"

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
static void write_field(Call *call, const Object *object, const Field *field,
                        const json_t *definition) {
    const char *name;
    json_t *value;
    json_open_object(&call->json);
    json_object_foreach((json_t *)definition, name, value) {
        if (strcmp(name, "rollup") == 0) continue;
        json_key(&call->json, str_of(name));
        json_write_raw(&call->json, json_compact(call->arena, value));
    }
    json_member_boolean(&call->json, "writable",
                        !field->system && access_may_write_field(&call->actor, object, field));
    json_close_object(&call->json);
}

/*
 * Fields that the reader may not see are left out here as everywhere: not even their names are
 * told.
 */
static void write_object(Call *call, const Object *object) {
    json_open_object(&call->json);
    for (size_t i = 0; i < sizeof SHOWN_MEMBERS / sizeof *SHOWN_MEMBERS; i++) {
        const json_t *value = json_object_get(object->definition, SHOWN_MEMBERS[i]);
        if (!value) continue;
        json_key(&call->json, str_of(SHOWN_MEMBERS[i]));
        json_write_raw(&call->json, json_compact(call->arena, value));
    }
    write_may(call, object);
    json_member_boolean(&call->json, "importable", is_importable(call, object));
    json_key(&call->json, STR("fields"));
    json_open_array(&call->json);
    const json_t *fields = json_object_get(object->definition, "fields");
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (!access_may_read_field(&call->actor, object, field)) continue;
        write_field(call, object, field, json_array_get(fields, i));
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
}

/* What a task's source "rule:<name>" means to people; in every language, as all labels here. */
static void write_rules(Call *call, const Rules *rules) {
    json_key(&call->json, STR("rules"));
    json_open_object(&call->json);
    for (size_t i = 0; i < rules_count(rules); i++) {
        json_key(&call->json, rules_name_at(rules, i));
        json_open_object(&call->json);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            json_key(&call->json, lang_code((Lang)lang));
            json_write_text(&call->json, label_in(rules_label_at(rules, i), (Lang)lang));
        }
        json_close_object(&call->json);
    }
    json_close_object(&call->json);
}

Status model_describe(Call *call) {
    const Model *model = call->business->model;
    json_open_object(&call->json);
    json_key(&call->json, STR("objects"));
    json_open_array(&call->json);
    for (size_t i = 0; i < model_object_count(model); i++) {
        const Object *object = model_object_at(model, i);
        if (access_scope(&call->actor, object, VERB_READ) == SCOPE_NONE) continue;
        write_object(call, object);
    }
    json_close_array(&call->json);
    write_rules(call, call->business->rules);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status openapi_read(Call *call) {
    json_write_raw(&call->json, json_compact(call->arena, call->edition->openapi));
    return STATUS_OK;
}

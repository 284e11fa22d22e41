/*
 * Which form a new record is asked for with. The server decides, since what it depends on may lie
 * in records that the page has not loaded.
 */
#include "draft.h"
#include "resources.h"

/* The references that are known already: ?hcp=<id>. */
static Status take_references(Call *call, const Object *object, Record *record) {
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        Str given =
            field->type == FIELD_REFERENCE ? call_parameter(call, field->name.data) : (Str){0};
        if (str_empty(given)) continue;
        if (!id_parse(given, &record->values[i].id)) {
            Str pointer = problem_pointer(call->arena, STR(""), field->name);
            problem_add(&call->problem, pointer, "not_id");
            return STATUS_INVALID;
        }
        record->values[i].kind = VALUE_ID;
    }
    return STATUS_OK;
}

static void write_ask(Call *call, const FormAsk *ask) {
    json_open_object(&call->json);
    json_member_text(&call->json, "ask", ask->name);
    json_member_boolean(&call->json, "required", ask->required);
    json_close_object(&call->json);
}

static void write_module(Call *call, const FormModule *module) {
    json_open_object(&call->json);
    json_member_text(&call->json, "module", module->name);
    json_member_text(&call->json, "label", label_in(&module->label, call->actor.lang));
    json_member_text(&call->json, "aim", label_in(&module->aim, call->actor.lang));
    json_key(&call->json, STR("asks"));
    json_open_array(&call->json);
    for (size_t i = 0; i < module->ask_count; i++) write_ask(call, &module->asks[i]);
    json_close_array(&call->json);
    json_close_object(&call->json);
}

/* Without a form that fits, there are no modules: the page asks as it always does. */
static void write_form(Call *call, const Form *form) {
    json_open_object(&call->json);
    json_member_text(&call->json, "form", form ? form->name : STR(""));
    json_member_text(&call->json, "label",
                     form ? label_in(&form->label, call->actor.lang) : STR(""));
    json_key(&call->json, STR("modules"));
    json_open_array(&call->json);
    for (size_t i = 0; form && i < form->module_count; i++) write_module(call, &form->modules[i]);
    json_close_array(&call->json);
    json_close_object(&call->json);
}

Status form_answer(Call *call) {
    Str name = call_parameter(call, "object");
    const Object *object = model_object(call->business->model, name);
    if (!object || access_scope(&call->actor, object, VERB_CREATE) == SCOPE_NONE) {
        problem_add(&call->problem, STR("/object"), "unknown_object", name);
        return STATUS_INVALID;
    }
    Draft draft = draft_new(&call->context, object, STR(""));
    draft_set_defaults(&call->context, &draft);
    Status status = take_references(call, object, &draft.record);
    if (status != STATUS_OK) return status;
    const Form *form = NULL;
    status = forms_choose(&call->business->forms, &call->context, &draft.record, &form);
    if (status == STATUS_OK) write_form(call, form);
    return status;
}

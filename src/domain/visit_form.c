/* A form that was renamed since requires nothing any more: a visit must not be lost for that. */
#include "visit_form.h"

#include "record.h"

/* A visit that is planned or a draft may be saved with whatever there is. */
static bool is_held(const Record *visit) {
    const Value *state = record_value(visit, STR("state"));
    return state->kind == VALUE_TEXT &&
           (str_is(state->text, "completed") || str_is(state->text, "signed"));
}

static void check_module(Context *context, const FormModule *module, const Record *visit) {
    for (size_t i = 0; i < module->ask_count; i++) {
        const FormAsk *ask = &module->asks[i];
        if (!ask->required || !value_is_null(&visit->values[ask->field->index])) continue;
        problem_add(context->problem, problem_pointer(context->arena, STR(""), ask->name),
                    "required", label_in(&ask->field->label, context->actor->lang));
    }
}

/* Imported visits come from elsewhere, where nobody was asked; refusing them would lose them. */
Status visit_form_before_save(const Business *business, Context *context, Change *change) {
    const Value *name = record_value(change->after, STR("form"));
    bool writing = change->action == CHANGE_CREATE || change->action == CHANGE_UPDATE;
    bool imported = str_is(context->actor->via, "import");
    if (!writing || imported || name->kind != VALUE_TEXT || !is_held(change->after)) {
        return STATUS_OK;
    }
    const Form *form = forms_find(&business->forms, name->text);
    size_t errors = context->problem->count;
    for (size_t i = 0; form && i < form->module_count; i++) {
        check_module(context, &form->modules[i], change->after);
    }
    return context->problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

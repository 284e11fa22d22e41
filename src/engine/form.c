/* What a form asks for is checked when it is read, so that nobody is asked for what cannot be kept.
 */
#include "form.h"

#include "definition_files.h"
#include "definition_parts.h"
#include "field.h"

/* One file being read; every error is gathered, with its place. */
typedef struct Reader {
    Arena *arena;
    const Model *model;
    Form *form;
    int required; /* so far */
} Reader;

static const char *const FORM_MEMBERS[] = {"form",  "capability", "labels",  "object",
                                           "order", "condition",  "modules", NULL};
static const char *const MODULE_MEMBERS[] = {"module", "labels", "aim", "asks", NULL};
static const char *const ASK_MEMBERS[] = {"ask", "required", NULL};

enum { ORDER_MOST = 100000 };

/*
 * A list of records of their own, such as the promises of a visit, may be asked for like a field.
 */
static bool is_child(const Object *object, Str name) {
    for (size_t i = 0; i < object->child_count; i++) {
        if (str_equal(object->children[i].name, name)) return true;
    }
    return false;
}

/* "hcp.department": a field of the record that a reference leads to. */
static bool is_beyond(const Reader *reader, Str name) {
    Str rest = name;
    const Field *reference = object_field(reader->form->object, str_cut(&rest, '.'));
    if (!reference || reference->type != FIELD_REFERENCE || str_empty(rest)) return false;
    const Field *field = object_field(field_target(reader->model, reference), rest);
    return field && !field->system;
}

/*
 * Only a field of the record itself can be required: whether there is a promise, or what the
 * doctor's record says, is not decided by this form. Required fields are few by rule, since each
 * keeps somebody from saving.
 */
static void read_ask(Reader *reader, const Place *item, FormAsk *ask) {
    if (!place_is_object(item, ASK_MEMBERS)) return;
    ask->name = part_text_needed(item, "ask");
    ask->required = json_is_true(json_object_get(item->node, "required"));
    ask->field = object_field(reader->form->object, ask->name);
    bool own = ask->field && !ask->field->system;
    if (!own && !is_child(reader->form->object, ask->name) && !is_beyond(reader, ask->name)) {
        place_error(item, "definition_unknown_field", ask->name);
    }
    if (ask->required && !own) place_error(item, "definition_form_required", ask->name);
    if (ask->required && ++reader->required == FORM_REQUIRED_MOST + 1) {
        place_error(item, "definition_form_many",
                    str_format(reader->arena, "%d", FORM_REQUIRED_MOST));
    }
}

static void read_module(Reader *reader, const Place *item, FormModule *module) {
    if (!place_is_object(item, MODULE_MEMBERS)) return;
    module->name = part_text_needed(item, "module");
    module->label = part_label_needed(item, "labels");
    module->aim = part_label(item, "aim");
    Place asks = place_member(item, "asks");
    size_t count = place_count(&asks);
    FormAsk *read = ARENA_ARRAY(reader->arena, count, FormAsk);
    for (size_t i = 0; i < count; i++) {
        Place ask = place_item(&asks, i);
        read_ask(reader, &ask, &read[i]);
    }
    module->asks = read;
    module->ask_count = count;
}

/* A form without a module would ask nothing and look as if it were broken. */
static void read_modules(Reader *reader, const Place *file) {
    Place list = place_member(file, "modules");
    size_t count = place_count(&list);
    FormModule *modules = ARENA_ARRAY(reader->arena, count, FormModule);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        read_module(reader, &item, &modules[i]);
    }
    if (!count) place_error(&list, "definition_actions", STR("modules"));
    reader->form->modules = modules;
    reader->form->module_count = count;
}

static void read_form(Reader *reader, const Place *file) {
    Form *form = reader->form;
    PlaceBounds order = {.minimum = 0, .maximum = ORDER_MOST};
    if (!place_is_object(file, FORM_MEMBERS)) return;
    form->name = part_text_needed(file, "form");
    form->label = part_label_needed(file, "labels");
    form->object = model_object(reader->model, place_text_needed(file, "object"));
    form->order = place_integer(file, "order", order);
    if (!form->object) {
        place_error(file, "definition_unknown_object", place_text(file, "object"));
        return;
    }
    form->condition = part_condition(reader->model, form->object, file, "condition");
    read_modules(reader, file);
}

const Form *forms_find(const Forms *forms, Str name) {
    for (size_t i = 0; i < forms->count; i++) {
        if (str_equal(forms->items[i].name, name)) return &forms->items[i];
    }
    return NULL;
}

Status forms_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                  Problem *problem, Forms *out) {
    Form *items = ARENA_ARRAY(arena, count, Form);
    Forms forms = {.items = items};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        Form *form = &items[forms.count];
        Reader reader = {.arena = arena, .model = model, .form = form};
        read_form(&reader, &files.place);
        if (forms_find(&forms, form->name)) {
            place_error(&files.place, "definition_repeated", form->name);
        }
        forms.count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = forms;
    return STATUS_OK;
}

Status forms_choose(const Forms *forms, Context *context, const Record *record, const Form **out) {
    *out = NULL;
    for (size_t i = 0; i < forms->count; i++) {
        const Form *form = &forms->items[i];
        bool holds = false;
        if (form->object != record->object || (*out && (*out)->order <= form->order)) continue;
        Status status = condition_holds(context, form->condition, record, NULL, &holds);
        if (status != STATUS_OK) return status;
        if (holds) *out = form;
    }
    return STATUS_OK;
}

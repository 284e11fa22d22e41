/*
 * Reads templates. English must be there, since it stands in for a language that is missing; the
 * texts of the product itself have all three, which a test sees to.
 */
#include "template.h"

#include "definition_files.h"

static const char *const TEMPLATE_MEMBERS[] = {"template", "subject", "body", NULL};

/*
 * Slots are not checked here: which record fills them is known by the rule that uses the template.
 */
static void read_template(const Place *file, Template *out) {
    if (!place_is_object(file, TEMPLATE_MEMBERS)) return;
    out->name = str_copy(file->arena, json_get_text(file->node, "template"));
    if (str_empty(out->name)) place_error(file, "definition_name", STR("template"));
    out->subject = json_label(file->arena, json_object_get(file->node, "subject"));
    out->body = json_label(file->arena, json_object_get(file->node, "body"));
    if (str_empty(out->subject.in[LANG_EN])) {
        place_error(file, "definition_text_missing", STR("subject"));
    }
}

Status templates_load(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                      Templates *out) {
    Templates templates = {.items = ARENA_ARRAY(arena, count, Template)};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        Template *template = &templates.items[templates.count];
        read_template(&files.place, template);
        if (templates_find(&templates, template->name)) {
            place_error(&files.place, "definition_repeated", template->name);
        }
        templates.count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = templates;
    return STATUS_OK;
}

const Template *templates_find(const Templates *templates, Str name) {
    for (size_t i = 0; i < templates->count; i++) {
        if (str_equal(templates->items[i].name, name)) return &templates->items[i];
    }
    return NULL;
}

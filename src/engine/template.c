/*
 * Reads templates. English must be there, since it stands in for a language that is missing; the
 * texts of the product itself have all three, which a test sees to.
 */
#include "template.h"

#include "place.h"

static const char *const TEMPLATE_MEMBERS[] = {"template", "subject", "body", NULL};

/*
 * Slots are not checked here: which record fills them is known by the rule that uses the template.
 */
static void read_template(Arena *arena, Str file, const json_t *definition, Problem *problem,
                          Template *out) {
    Place place = place_file(arena, problem, file, definition);
    if (!place_is_object(&place, TEMPLATE_MEMBERS)) return;
    out->name = str_copy(arena, json_get_text(definition, "template"));
    if (str_empty(out->name)) problem_add(problem, file, "definition_name", STR("template"));
    out->subject = json_label(arena, json_object_get(definition, "subject"));
    out->body = json_label(arena, json_object_get(definition, "body"));
    if (str_empty(out->subject.in[LANG_EN])) {
        problem_add(problem, file, "definition_text_missing", STR("subject"));
    }
}

Status templates_load(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                      Templates *out) {
    Templates templates = {.items = ARENA_ARRAY(arena, count, Template)};
    size_t errors = problem->count;
    for (size_t i = 0; i < count; i++) {
        json_t *definition CLEANUP(json_drop) = NULL;
        if (place_read_file(arena, problem, sources[i].name, sources[i].text, &definition) !=
            STATUS_OK) {
            continue;
        }
        Template *template = &templates.items[templates.count];
        read_template(arena, sources[i].name, definition, problem, template);
        if (templates_find(&templates, template->name)) {
            problem_add(problem, sources[i].name, "definition_repeated", template->name);
        }
        templates.count++;
    }
    if (problem->count != errors) return STATUS_INVALID;
    *out = templates;
    return STATUS_OK;
}

const Template *templates_find(const Templates *templates, Str name) {
    for (size_t i = 0; i < templates->count; i++) {
        if (str_equal(templates->items[i].name, name)) return &templates->items[i];
    }
    return NULL;
}

/*
 * A list of choices that several fields have is written once. It is put in before the fields are
 * read, so that everything behind sees a list and nothing needs to know where it came from.
 */
#include "definition_share.h"

static json_t *find_document(json_t *const *documents, size_t count, Str object) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(json_get_text(documents[i], "object"), object)) return documents[i];
    }
    return NULL;
}

static json_t *find_field(const json_t *document, Str name) {
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(document, "fields"), i, field) {
        if (str_equal(json_get_text(field, "name"), name)) return field;
    }
    return NULL;
}

/*
 * The list that "hcp.temperature" names; one that is itself borrowed does not count. Lists that
 * come from outside the objects ("roles", "warning.levels") go by their whole name.
 */
static json_t *find_choices(json_t *const *documents, size_t count, const json_t *lists, Str path) {
    Str rest = path;
    json_t *outside = json_object_getn(lists, path.data, path.size);
    if (outside || str_find(path, '.') == path.size) return outside;
    Str object = str_cut(&rest, '.');
    json_t *field = find_field(find_document(documents, count, object), rest);
    json_t *choices = json_object_get(field, "choices");
    return json_is_array(choices) ? choices : NULL;
}

void definition_share_choices(Arena *arena, Problem *problem, const Str *files,
                              json_t *const *documents, size_t count, const json_t *lists) {
    for (size_t i = 0; i < count; i++) {
        Place file = place_file(arena, problem, files[i], documents[i]);
        Place fields = place_member(&file, "fields");
        size_t index;
        json_t *field;
        json_array_foreach((json_t *)fields.node, index, field) {
            json_t *named = json_object_get(field, "choices");
            if (!json_is_string(named)) continue;
            Str path = str_copy(arena, json_text(named));
            json_t *choices = find_choices(documents, count, lists, path);
            if (choices) {
                json_object_set(field, "choices", choices);
                continue;
            }
            Place item = place_item(&fields, index);
            Place place = place_member(&item, "choices");
            place_error(&place, "definition_unknown_field", path, STR("choices"));
        }
    }
}

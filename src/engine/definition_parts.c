/*
 * The JSON of a file is dropped when it has been read, so all that is kept of it is copied here and
 * no reader has to think of it.
 */
#include "definition_parts.h"

enum { NAME_MOST = 48 };

Str part_text(const Place *above, const char *member) {
    return str_copy(above->arena, place_text(above, member));
}

Str part_text_needed(const Place *above, const char *member) {
    return str_copy(above->arena, place_text_needed(above, member));
}

const Str *part_texts(const Place *above, const char *member, size_t *count) {
    const Str *borrowed = place_texts(above, member, count);
    Str *kept = ARENA_ARRAY(above->arena, *count, Str);
    for (size_t i = 0; i < *count; i++) kept[i] = str_copy(above->arena, borrowed[i]);
    return kept;
}

static Label keep(Arena *arena, Label borrowed) {
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        borrowed.in[lang] = str_copy(arena, borrowed.in[lang]);
    }
    return borrowed;
}

Label part_label(const Place *above, const char *member) {
    return keep(above->arena, place_label(above, member));
}

Label part_label_needed(const Place *above, const char *member) {
    return keep(above->arena, place_label_needed(above, member));
}

static bool is_name(Str name) {
    bool good = !str_empty(name) && name.size <= NAME_MOST;
    for (size_t i = 0; good && i < name.size; i++) {
        char c = name.data[i];
        good = (c >= 'a' && c <= 'z') || (i && (c == '_' || (c >= '0' && c <= '9')));
    }
    return good;
}

Str part_name(const Place *above, const char *member) {
    Str name = part_text_needed(above, member);
    if (!is_name(name)) place_error(above, "definition_name", str_of(member));
    return name;
}

const Condition *part_condition(const Model *model, const Object *object, const Place *above,
                                const char *member) {
    Place place = place_member(above, member);
    const Condition *condition = NULL;
    if (condition_parse(above->arena, model, object, place.node, place_pointer(&place),
                        above->problem, &condition) != STATUS_OK) {
        return NULL;
    }
    if (condition_needs_change(condition)) place_error(&place, "definition_when", STR("changed"));
    return condition;
}

const Field *part_kept_field(const Object *object, const Place *above, const char *member,
                             FieldType type) {
    Str name = place_text(above, member);
    if (str_empty(name)) return NULL;
    const Field *field = object_field(object, name);
    if (field && field->type == type && field->system && !field->rollup) return field;
    Place place = place_member(above, member);
    place_error(&place, "definition_score_field", name);
    return NULL;
}

static json_t *choices_of(const json_t *items, const char *name) {
    json_t *choices = json_array();
    size_t i;
    json_t *item;
    json_array_foreach((json_t *)items, i, item) {
        json_t *code = json_object_get(item, name), *labels = json_object_get(item, "labels");
        if (!json_is_string(code) || !labels) continue;
        json_t *choice = json_pack("{s:O, s:O}", "code", code, "labels", labels);
        if (str_is(str_of(name), "level")) {
            json_object_set_new(choice, "rank", json_integer((json_int_t)i + 1));
        }
        json_array_append_new(choices, choice);
    }
    return choices;
}

void part_add_choices(const json_t *definition, const char *kind, const char *list,
                      const char *item, json_t *lists) {
    const char *name = json_string_value(json_object_get(definition, kind));
    if (!name) return;
    char key[96];
    snprintf(key, sizeof key, "%s.%s", name, list);
    json_object_set_new(lists, key, choices_of(json_object_get(definition, list), item));
}

/*
 * Members are looked up by name at every step, and pointers are written only for errors: a model is
 * read once at the start, and nearly always has no errors.
 */
#include "place.h"

/* The error of the JSON reader speaks about a document; ours must say in which file. */
Status place_read_file(Arena *arena, Problem *problem, Str name, Str text, json_t **out) {
    Problem wrong = problem_new(problem->arena);
    if (json_read(text, &wrong, out) == STATUS_OK) return STATUS_OK;
    const Str *facts = wrong.first->arguments;
    Place file = place_file(arena, problem, name, NULL);
    place_error(&file, "definition_json", facts[0], facts[1], facts[2]);
    return STATUS_MALFORMED;
}

Place place_file(Arena *arena, Problem *problem, Str name, const json_t *node) {
    return (Place){.member = name, .node = node, .arena = arena, .problem = problem};
}

Place place_member(const Place *above, const char *name) {
    return (Place){.above = above,
                   .member = str_of(name),
                   .node = json_object_get(above->node, name),
                   .arena = above->arena,
                   .problem = above->problem};
}

Place place_item(const Place *above, size_t index) {
    return (Place){.above = above,
                   .index = index,
                   .node = json_array_get(above->node, index),
                   .arena = above->arena,
                   .problem = above->problem};
}

/* A file's name and a JSON pointer into it: "objects/hcp.json#/fields/3/type". */
Str place_pointer(const Place *place) {
    Arena *arena = place->problem->arena;
    if (!place->above) {
        /* A part of a file, read by itself, has its mark already. */
        bool inner = str_find(place->member, '#') < place->member.size;
        return str_join(arena, place->member, inner ? STR("") : STR("#"));
    }
    Str member = place->member.data ? place->member : str_format(arena, "%zu", place->index);
    return problem_pointer(arena, place_pointer(place->above), member);
}

void place_error_arguments(const Place *place, const char *code,
                           const Str arguments[PROBLEM_ARGUMENTS]) {
    problem_add_arguments(place->problem, place_pointer(place), code, arguments);
}

Str place_words(Arena *arena, const char *const *words) {
    Buffer list CLEANUP(buffer_free) = {0};
    for (; *words; words++) {
        if (list.size) buffer_add(&list, STR(", "));
        buffer_add(&list, str_of(*words));
    }
    return str_copy(arena, buffer_str(&list));
}

static bool is_among(const char *word, const char *const *words) {
    for (; *words; words++) {
        if (strcmp(word, *words) == 0) return true;
    }
    return false;
}

bool place_is_object(const Place *place, const char *const *members) {
    if (!json_is_object(place->node)) {
        place_error(place, "definition_not_object");
        return false;
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)place->node, name, value) {
        if (is_among(name, members)) continue;
        Place member = place_member(place, name);
        place_error(&member, "definition_member_unknown", str_of(name),
                    place_words(place->problem->arena, members));
    }
    return true;
}

size_t place_count(const Place *place) {
    if (place_absent(place)) return 0;
    if (json_is_array(place->node)) return json_array_size(place->node);
    place_error(place, "definition_not_list");
    return 0;
}

Str place_text(const Place *above, const char *name) {
    Place place = place_member(above, name);
    if (place_absent(&place)) return (Str){0};
    if (!json_is_string(place.node)) place_error(&place, "definition_not_text");
    return json_text(place.node);
}

/* A wrong kind of node is reported once, by place_text; one that is missing or empty here. */
Str place_text_needed(const Place *above, const char *name) {
    Place place = place_member(above, name);
    if (place_absent(&place) || str_is(json_text(place.node), "")) {
        if (place_absent(&place) || json_is_string(place.node)) {
            place_error(&place, "definition_member_missing", str_of(name));
            return (Str){0};
        }
    }
    return place_text(above, name);
}

bool place_flag(const Place *above, const char *name) {
    Place place = place_member(above, name);
    if (place_absent(&place)) return false;
    if (!json_is_boolean(place.node)) place_error(&place, "definition_not_flag");
    return json_is_true(place.node);
}

int64_t place_integer(const Place *above, const char *name, PlaceBounds bounds) {
    Place place = place_member(above, name);
    if (place_absent(&place)) return bounds.otherwise;
    int64_t value = json_integer_value(place.node);
    if (json_is_integer(place.node) && value >= bounds.minimum && value <= bounds.maximum) {
        return value;
    }
    Arena *arena = place.problem->arena;
    place_error(&place, "definition_not_integer",
                str_format(arena, "%lld", (long long)bounds.minimum),
                str_format(arena, "%lld", (long long)bounds.maximum));
    return bounds.otherwise;
}

double place_number(const Place *above, const char *name, double otherwise) {
    Place place = place_member(above, name);
    if (place_absent(&place)) return otherwise;
    if (json_is_number(place.node)) return json_number_value(place.node);
    place_error(&place, "definition_not_number");
    return otherwise;
}

/* All languages or none: a label that is missing in one would show up only to its readers. */
Label place_label(const Place *above, const char *name) {
    static const char *const LANGUAGES[] = {"en", "ja", "zh", NULL};
    Label label = {0};
    Place place = place_member(above, name);
    if (place_absent(&place) || !place_is_object(&place, LANGUAGES)) return label;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        label.in[lang] = place_text(&place, LANGUAGES[lang]);
        if (!str_empty(label.in[lang])) continue;
        place_error(&place, "definition_label_missing", str_of(LANGUAGES[lang]));
    }
    return label;
}

Label place_label_needed(const Place *above, const char *name) {
    Place place = place_member(above, name);
    if (place_absent(&place)) place_error(&place, "definition_member_missing", str_of(name));
    return place_label(above, name);
}

static bool holds_text(const Str *texts, size_t count, Str text) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(texts[i], text)) return true;
    }
    return false;
}

const Str *place_texts(const Place *above, const char *name, size_t *count) {
    Place place = place_member(above, name);
    *count = 0;
    size_t given = place_count(&place);
    if (given == 0) return NULL;
    Str *texts = ARENA_ARRAY(place.arena, given, Str);
    for (size_t i = 0; i < given; i++) {
        Place item = place_item(&place, i);
        Str text = json_text(item.node);
        if (str_empty(text)) {
            place_error(&item, "definition_not_text");
        } else if (holds_text(texts, *count, text)) {
            place_error(&item, "definition_repeated", text);
        } else {
            texts[(*count)++] = text;
        }
    }
    return texts;
}

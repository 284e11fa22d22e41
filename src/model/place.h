/*
 * A place in a definition's JSON. Each step down remembers the one above, so that an error names
 * where it is ("objects/hcp.json#/fields/3/type") and nothing is spent on places without errors.
 */
#ifndef ONDO_MODEL_PLACE_H
#define ONDO_MODEL_PLACE_H

#include "json.h"
#include "lang.h"

/** A place in a definition: knows its way from the top, for what is wrong there. */
typedef struct Place {
    const struct Place *above; /* NULL for the file itself */
    Str member;                /* the file's or the member's name; NULL data: `index` counts */
    size_t index;
    const json_t *node; /* NULL when the member is absent */
    Arena *arena;       /* of the model */
    Problem *problem;
} Place;

/**
 * Reads a file of definitions as JSON; the caller's reference. Reports "definition_json" with the
 * file's name, and returns STATUS_MALFORMED, where the text is no JSON.
 */
MUST_USE Status place_read_file(Arena *arena, Problem *problem, Str name, Str text, json_t **out);

/** The root of a file. */
Place place_file(Arena *arena, Problem *problem, Str name, const json_t *node);
/** A step down; `above` must outlive it. The node is NULL when there is no such member. */
Place place_member(const Place *above, const char *name);
/** The item of an array; the node is NULL behind its end. */
Place place_item(const Place *above, size_t index);

static inline bool place_absent(const Place *place) {
    return place->node == NULL;
}

/** Where it is: "objects/hcp.json#/fields/3/type". */
Str place_pointer(const Place *place);

/** Adds an error at the place: place_error(&place, "definition_name", name). */
#define place_error(place, code, ...) \
    place_error_arguments((place), (code), (const Str[PROBLEM_ARGUMENTS]){__VA_ARGS__})
/** As place_error, with the facts of the sentence in an array. */
void place_error_arguments(const Place *place, const char *code,
                           const Str arguments[PROBLEM_ARGUMENTS]);

/** True for an object; reports any other node, and members not in the NULL-ended list. */
bool place_is_object(const Place *place, const char *const *members);
/** Number of items; 0 when absent; reports anything but an array. */
size_t place_count(const Place *place);

/* ---- Members of the object at `above`: reported when they have the wrong form ---- */

/** Empty when absent. */
Str place_text(const Place *above, const char *name);
/** Reported also when absent or empty. */
Str place_text_needed(const Place *above, const char *name);
/** False when absent. */
bool place_flag(const Place *above, const char *name);

/** What a number may be, and what it is when it is not given. */
typedef struct PlaceBounds {
    int64_t minimum, maximum, otherwise; /* `otherwise`: when absent or wrong */
} PlaceBounds;
/** Reported when it is no whole number within the bounds. */
int64_t place_integer(const Place *above, const char *name, PlaceBounds bounds);
/** Reported when it is no number; `otherwise` when absent or wrong. */
double place_number(const Place *above, const char *name, double otherwise);

/** A text in all three languages; all empty when absent. */
Label place_label(const Place *above, const char *name);
/** Reported also when absent. */
Label place_label_needed(const Place *above, const char *name);
/** A list of texts, none empty or twice. NULL when absent. */
const Str *place_texts(const Place *above, const char *name, size_t *count);

/** The words of a NULL-ended list, for an error's argument: "a, b, c". */
Str place_words(Arena *arena, const char *const *words);

#endif

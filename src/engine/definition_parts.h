/*
 * Parts that most kinds of definitions have, read the same way for all of them: names, texts,
 * labels, conditions, fields that the engine keeps. Everything lies in the place's arena and
 * outlives the JSON of the file; what does not fit is reported where it stands.
 */
#ifndef ONDO_ENGINE_DEFINITION_PARTS_H
#define ONDO_ENGINE_DEFINITION_PARTS_H

#include "condition.h"
#include "place.h"

/** Empty when absent. */
Str part_text(const Place *above, const char *member);
/** Reported when absent or empty. */
Str part_text_needed(const Place *above, const char *member);
/** A list of texts, none empty or twice; none when absent. */
const Str *part_texts(const Place *above, const char *member, size_t *count);
/** All languages empty when absent. */
Label part_label(const Place *above, const char *member);
/** Reported when absent. */
Label part_label_needed(const Place *above, const char *member);

/**
 * A name that records keep, or that becomes part of addresses and SQL: as those of fields, a small
 * letter and then letters, digits and "_", at most 48. Reported as "definition_name" otherwise.
 */
Str part_name(const Place *above, const char *member);

/**
 * A condition on `object` that is asked at any moment: one that asks what changed is reported. NULL
 * when it does not parse.
 */
const Condition *part_condition(const Model *model, const Object *object, const Place *above,
                                const char *member);

/**
 * The field of `object` in which the engine keeps what it finds out: of this type and a system
 * field, no roll-up, because people's own values would be overwritten. NULL when absent or reported
 * ("definition_score_field").
 */
const Field *part_kept_field(const Object *object, const Place *above, const char *member,
                             FieldType type);

/**
 * Offers the items of a definition as choices of fields, under "<definition's name>.<list>" in
 * `lists`: `kind` is the member with the definition's name, `item` the one with an item's. Levels
 * ascend, so their place is their rank. Whatever is not well formed is left out: it is reported
 * when the definition itself is read.
 */
void part_add_choices(const json_t *definition, const char *kind, const char *list,
                      const char *item, json_t *lists);

#endif

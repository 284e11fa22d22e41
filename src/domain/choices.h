/*
 * Choices as the data has them: which fields share a list, and how many records hold a choice.
 */
#ifndef ONDO_DOMAIN_CHOICES_H
#define ONDO_DOMAIN_CHOICES_H

#include "context.h"
#include "sql.h"

/** A field that holds choices. */
typedef struct ChoiceField {
    const Object *object;
    const Field *field;
} ChoiceField;

/** Whether the field holds one choice or several. NULL is allowed. */
bool choices_held(const Field *field);

/** All fields that have the list of this one, itself included, in the order of the model. */
size_t choices_sharing(Arena *arena, const Model *model, const ChoiceField *of, ChoiceField **out);

/** Adds the SQL of whether record "r" holds the code. */
void choices_add_holds(Sql *sql, const ChoiceField *field, Str code);

/** How many records hold the code; deleted ones count, since they can come back. */
MUST_USE Status choices_count(Context *context, const ChoiceField *field, Str code, int64_t *count);

#endif

/*
 * Which fields an object's form asks for: layouts as data, with the conditions of their sections
 * and fields, so that a pharmacist's form asks other things than a doctor's.
 */
#ifndef ONDO_ENGINE_LAYOUT_H
#define ONDO_ENGINE_LAYOUT_H

#include "condition.h"
#include "context.h"
#include "record.h"

/** The forms of all objects; immutable, so that any thread may read them. */
typedef struct Layouts Layouts;

/**
 * Reads the conditions of all forms. They are about the record's own fields and compare with
 * constants only, so that a page can decide them on what has been typed and not yet sent.
 * STATUS_INVALID with every error in `problem`.
 */
MUST_USE Status layouts_load(Arena *arena, const Model *model, Problem *problem, Layouts **out);

/**
 * Whether the form asks for the field of this record: false only when the field stands in the form,
 * and in no place that is shown for the record. Asked with everything visible, whoever acts.
 */
MUST_USE Status layouts_ask(const Layouts *layouts, Context *context, const Record *record,
                            const Field *field, bool *out);

/** What to notice about a record: a name, and the condition that it holds by. */
typedef struct LayoutMark {
    Str name;
    const Condition *condition;
} LayoutMark;

/** The marks of an object, in the order of its definition. */
const LayoutMark *layouts_marks(const Layouts *layouts, const Object *object, size_t *count);

#endif

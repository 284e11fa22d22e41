/* Templates: the texts of tasks (and later mails), with slots that are filled from a record. */
#ifndef ONDO_ENGINE_TEMPLATE_H
#define ONDO_ENGINE_TEMPLATE_H

#include "record.h"

/** The subject and body of a task, in every language, slots and all (expression_fill). */
typedef struct Template {
    Str name;
    Label subject, body;
} Template;

/** In the order of their files. */
typedef struct Templates {
    Template *items;
    size_t count;
} Templates;

/** Reads pharma/templates/; names are unique. STATUS_INVALID with every error. */
MUST_USE Status templates_load(Arena *arena, const ModelSource *sources, size_t count,
                               Problem *problem, Templates *out);
/** NULL when there is none. */
const Template *templates_find(const Templates *templates, Str name);

#endif

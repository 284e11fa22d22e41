/*
 * Choice lists that stand elsewhere: "choices": "hcp.temperature" is that field's list, and
 * "choices": "roles" one that is given by name.
 */
#ifndef ONDO_MODEL_DEFINITION_SHARE_H
#define ONDO_MODEL_DEFINITION_SHARE_H

#include "place.h"

/**
 * Puts the list itself wherever another field's is named, or one of `lists` ({"roles": […]}, NULL:
 * none), in all documents (NULL ones are skipped). Reports names that lead to no list of choices.
 */
void definition_share_choices(Arena *arena, Problem *problem, const Str *files,
                              json_t *const *documents, size_t count, const json_t *lists);

#endif

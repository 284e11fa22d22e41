/*
 * Choice lists that several fields share: "choices": "hcp.temperature" stands for that field's
 * list.
 */
#ifndef ONDO_MODEL_DEFINITION_SHARE_H
#define ONDO_MODEL_DEFINITION_SHARE_H

#include "place.h"

/**
 * Puts the list itself wherever another field's is named, in all documents (NULL ones are skipped).
 * Reports names that lead to no list of choices.
 */
void definition_share_choices(Arena *arena, Problem *problem, const Str *files,
                              json_t *const *documents, size_t count);

#endif

/*
 * What may not be kept of a record at all, as data: fields, the condition under which they must be
 * empty, and the reason, which people are told ("prohibitions" of an object). A law of one market
 * stands so in one place and holds for every door: page, API, import, bulk change, rules.
 */
#ifndef ONDO_ENGINE_PROHIBITION_H
#define ONDO_ENGINE_PROHIBITION_H

#include "condition.h"

typedef struct Prohibitions Prohibitions;

/** Reads the prohibitions of all objects of the model. STATUS_INVALID with every error. */
MUST_USE Status prohibitions_load(Arena *arena, const Model *model, Problem *problem,
                                  const Prohibitions **out);

/**
 * STATUS_INVALID with an error at each field of the record that has a value and must not have one.
 * Whether it must not does not depend on what the actor may read.
 */
MUST_USE Status prohibitions_check(const Prohibitions *prohibitions, Context *context,
                                   const Record *record);

#endif

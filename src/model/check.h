/*
 * Validators of identifiers, by name as definitions cite them ("check": "npi"). Vectors and sources:
 * docs/identifiers.md.
 */
#ifndef ONDO_MODEL_CHECK_H
#define ONDO_MODEL_CHECK_H

#include "str.h"

/** Checks and normalises one identifier; false when it is not one. */
typedef bool CheckFunction(Arena *arena, Str text, Str *normalised);

/** The validator of that name; NULL when there is none. */
CheckFunction *check_named(Str name);

#endif

/*
 * Validators of identifiers, by name as definitions cite them ("check": "npi"). Vectors and
 * sources: docs/identifiers.md. A passing check digit is not an active licence.
 */
#ifndef ONDO_MODEL_CHECK_H
#define ONDO_MODEL_CHECK_H

#include "str.h"

/** Checks and normalises one identifier; false when it is not one. */
typedef bool CheckFunction(Arena *arena, Str text, Str *normalised);

/** The validator of that name; NULL when there is none. */
CheckFunction *check_named(Str name);

/** Error code of the sentence that says what the identifier must be: "check_npi". NULL as above. */
const char *check_error_code(Str name);

/** Names of all validators, NULL-ended. */
const char *const *check_names(void);

#endif

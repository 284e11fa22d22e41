/* What several identifiers share. */
#ifndef ONDO_MODEL_IDENTIFIER_DIGITS_H
#define ONDO_MODEL_IDENTIFIER_DIGITS_H

#include "str.h"

/** Usual width, capital letters, without spaces and hyphens. */
Str identifier_compact(Arena *arena, Str text);
/** True for one ASCII digit or more. */
bool identifier_all_digits(Str text);
/** ISO/IEC 7812-1, annex B; digits only. */
bool identifier_luhn(Str digits);
/** GS1 General Specifications, 7.9: 8, 12, 13 or 14 digits with their check digit. */
bool identifier_gtin_valid(Str digits);

#endif

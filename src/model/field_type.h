/* What each type of field is: its name, how it is stored, and which members a definition may give
 * it. */
#ifndef ONDO_MODEL_FIELD_TYPE_H
#define ONDO_MODEL_FIELD_TYPE_H

#include "model.h"

typedef enum FieldAllowance {
    FIELD_ALLOWS_LENGTH = 1 << 0,
    FIELD_ALLOWS_BOUNDS = 1 << 1,
    FIELD_ALLOWS_SCALE = 1 << 2,
    FIELD_ALLOWS_CHOICES = 1 << 3,
    FIELD_ALLOWS_REFERENCE = 1 << 4,
    FIELD_ALLOWS_CHECK = 1 << 5,
    FIELD_ALLOWS_SORT = 1 << 6,
    FIELD_ALLOWS_UNIQUE = 1 << 7,
    FIELD_ALLOWS_INDEX = 1 << 8,
    FIELD_ALLOWS_SEARCH = 1 << 9,
    FIELD_ALLOWS_DEFAULT = 1 << 11,
    FIELD_ALLOWS_EXTREMES = 1 << 12, /* may be measured by a roll-up's max and min */
} FieldAllowance;

/** What holds for all fields of a type. */
typedef struct FieldTraits {
    Str name;
    ValueKind kind;
    Str column;          /* word of the store's dialect table: "{text}" */
    int64_t length;      /* max_length when the definition gives none; 0: has no length */
    int64_t longest;     /* the largest max_length that a definition may give */
    unsigned allowances; /* FieldAllowance bits */
} FieldTraits;

/** The constant entry of a type; never NULL. */
const FieldTraits *field_traits(FieldType type);

static inline bool field_type_allows(FieldType type, FieldAllowance allowance) {
    return (field_traits(type)->allowances & (unsigned)allowance) != 0;
}

/** Names of all types, for messages; NULL-ended. */
const char *const *field_type_names(void);

#endif

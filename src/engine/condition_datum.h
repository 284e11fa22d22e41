/*
 * Private to the condition module: values of plain JSON Logic with JavaScript's coercions, which
 * JSON Logic takes over (ECMAScript 2024: 7.1 Type Conversion, 7.2 Testing and Comparison).
 */
#ifndef ONDO_ENGINE_CONDITION_DATUM_H
#define ONDO_ENGINE_CONDITION_DATUM_H

#include "json.h"

typedef enum DatumKind {
    DATUM_UNDEFINED, /* an argument that is not there */
    DATUM_NULL,
    DATUM_BOOLEAN,
    DATUM_NUMBER, /* also NaN and the infinities, which JSON cannot say */
    DATUM_TEXT,
    DATUM_ARRAY,
    DATUM_OBJECT,
} DatumKind;

/** A value on its way; owns its `json`. Drop it once, or move it and forget it. */
typedef struct Datum {
    DatumKind kind;
    bool boolean;
    double number;
    json_t
        *json; /* texts, arrays, objects; numbers as they were written, or NULL when calculated */
} Datum;

/** Gives back its JSON; it may be dropped again. Fits CLEANUP. */
void datum_drop(Datum *datum);
/** Takes a new reference to the node; NULL is undefined. */
Datum datum_of(const json_t *node);
/** Values that hold no JSON node. */
Datum datum_boolean(bool boolean);
/** Any double, NaN and the infinities too. */
Datum datum_number(double number);
/** Takes over the caller's reference. */
Datum datum_own(json_t *node);
/** A text of well-formed UTF-8. */
Datum datum_text(Str text);

/** A new reference: undefined, NaN and infinities are null; whole numbers are JSON integers. */
json_t *datum_json(const Datum *datum);

/** JSON Logic's truth: as JavaScript's, but an empty array is false. */
bool datum_truth(const Datum *datum);
/** JavaScript's Number(x). */
double datum_to_number(const Datum *datum);
/** JavaScript's parseFloat(x). */
double datum_parse_number(const Datum *datum);
/** Adds JavaScript's String(x) to the buffer; false when it grows over `limit` bytes. */
MUST_USE bool datum_add_text(const Datum *datum, size_t limit, Buffer *out);

/** JavaScript's ===: arrays and objects equal only themselves. */
bool datum_equal_strictly(const Datum *a, const Datum *b);
/** JavaScript's ==. */
bool datum_equal_loosely(const Datum *a, const Datum *b);

typedef enum DatumOrder { DATUM_LESS, DATUM_SAME, DATUM_GREATER, DATUM_UNORDERED } DatumOrder;
/** Texts by UTF-16 units, everything else as numbers; unordered when one is no number. */
DatumOrder datum_order(const Datum *a, const Datum *b);

#endif

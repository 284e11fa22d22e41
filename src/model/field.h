/* Values of fields: from JSON and text with every check, to JSON, and as columns. */
#ifndef ONDO_MODEL_FIELD_H
#define ONDO_MODEL_FIELD_H

#include "model.h"

/** How a column of this type is read from the store. */
ValueKind field_kind(const Field *field);

/** "text", "long_text", … as in the definitions. */
Str field_type_name(FieldType type);
/** The type of such a name; false when there is none. */
MUST_USE bool field_type_from_name(Str name, FieldType *out);

/**
 * The value of a request's JSON node, checked and normalised: type, choice, length, bounds, NFC,
 * named check. null is VALUE_NULL (required-ness is the record's matter). STATUS_INVALID with the
 * error at `pointer`.
 */
MUST_USE Status field_from_json(Arena *arena, const Field *field, const json_t *node, Str pointer,
                                Problem *problem, Value *out);

/**
 * The value of a choice's code or an array of codes that are known, also retired ones, which
 * field_from_json refuses: for what a record held before, or holds already. False for anything
 * else.
 */
bool field_known_choices(Arena *arena, const Field *field, const json_t *node, Value *out);

/**
 * The value of a text cell (CSV, query string): as field_from_json, but lenient in form: full-width
 * digits, "yes/はい/是", labels of choices in any language beside codes, dates as 2026/11/21,
 * 2026年11月21日, 20261121; instants without offset are local to `zone`; many-choices separated by
 * ";". Empty is VALUE_NULL. References must be ids here; looking up by another field is the
 * importer's.
 */
MUST_USE Status field_from_text(Arena *arena, const Field *field, Str text, Str zone, Str pointer,
                                Problem *problem, Value *out);

/** Writes a value as the API shows it; instants as RFC 3339 UTC, a file or reference as its id. */
void field_write_json(JsonWriter *json, const Field *field, const Value *value);

/** A value as people read it: choice labels, local times, numbers; for CSV, texts and titles. */
Str field_text(Arena *arena, const Field *field, const Value *value, Lang lang, Str zone);

#endif

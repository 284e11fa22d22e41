/* What a value must obey, whether it came as JSON or as text. Each rule reports by itself. */
#ifndef ONDO_MODEL_FIELD_RULES_H
#define ONDO_MODEL_FIELD_RULES_H

#include "buffer.h"
#include "field.h"

/** Largest whole number that JSON peers agree on: 2^53. */
#define FIELD_INTEGER_LIMIT (INT64_C(1) << 53)
/** Decimals keep 15 significant digits, all of which a double gives back. */
#define FIELD_DECIMAL_LIMIT 1e15
enum { FIELD_TAG_LIMIT = 100 /* code points of one tag */ };

/** One value on its way in. */
typedef struct FieldInput {
    Arena *arena;
    const Field *field;
    Str zone;    /* of instants without an offset; for text only */
    Str pointer; /* JSON pointer of the value, for what is wrong with it */
    Problem *problem;
} FieldInput;

/** Adds an error at the input's pointer and is STATUS_INVALID: field_error(input, "not_text"). */
#define field_error(input, code, ...) \
    field_error_arguments((input), (code), (const Str[PROBLEM_ARGUMENTS]){__VA_ARGS__})
/** Adds the error with up to three facts for its sentence; always STATUS_INVALID. */
Status field_error_arguments(const FieldInput *input, const char *code,
                             const Str arguments[PROBLEM_ARGUMENTS]);

/** Text types, e-mail, phone and url: characters, length and form. Blank text is VALUE_NULL. */
MUST_USE Status rule_text(const FieldInput *input, Str text, Value *out);
/** Within the field's bounds and FIELD_INTEGER_LIMIT. */
MUST_USE Status rule_integer(const FieldInput *input, int64_t integer, Value *out);
/** Rounds half away from zero to the field's scale. */
MUST_USE Status rule_decimal(const FieldInput *input, double number, Value *out);
/** The form of an id; "none" is not one. */
MUST_USE Status rule_id(const FieldInput *input, Str text, Value *out);
/** The choice (NULL: none was found for `text`) as a new value: retired ones are refused. */
MUST_USE Status rule_choice(const FieldInput *input, Str text, const Choice *choice);

/** Tags, one at a time: normalised, blank ones refused, repeated ones left out. */
typedef struct TagList {
    Str *tags;
    size_t count, capacity;
} TagList;
/** Adds one tag to the list; longer than FIELD_TAG_LIMIT or with ";" inside it is refused. */
MUST_USE Status rule_tag(const FieldInput *input, Str text, TagList *list);
/** The list as the text of a JSON array; STATUS_INVALID for more than the field takes. */
MUST_USE Status rule_tags(const FieldInput *input, const TagList *list, Value *out);

/** Many choices: a mark for each of the field's; written in the definition's order. */
MUST_USE Status rule_choices(const FieldInput *input, const bool *chosen, Value *out);

/** Any JSON, as compact text. */
MUST_USE Status rule_json(const FieldInput *input, const json_t *node, Value *out);

#endif

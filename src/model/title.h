/* Templates of titles: "{family_name} {given_name}", with alternatives "{a|b}". */
#ifndef ONDO_MODEL_TITLE_H
#define ONDO_MODEL_TITLE_H

#include "field.h"

enum { TITLE_LIMIT = 120 /* code points; a longer title ends with "…" */ };

/** The title of the record that a reference refers to; empty when it is not known. */
typedef Str TitleOfReference(void *data, Arena *arena, const Field *field, Id id);

/** For whom a title is made. */
typedef struct TitleOptions {
    Lang lang;
    Str zone;                    /* of instants, which show their local date */
    NameOrder order;             /* of names in Latin and other letters that are spelt */
    TitleOfReference *reference; /* NULL: references are empty, so that alternatives count */
    void *data;                  /* for `reference` */
} TitleOptions;

/**
 * A record's title on one line, without blanks at the ends or in a row. `values` has one for each
 * field. When nothing is filled in by the template of the language, the other languages' are tried;
 * empty when they have nothing either. People's names stand in the reader's order; those in Han,
 * kana or hangul begin with the family name for every reader, because nobody writes them otherwise.
 */
Str title_write(Arena *arena, const Object *object, const Value *values,
                const TitleOptions *options);

/** One step through a template: literal text, then the alternatives of a brace (both may be empty).
 */
typedef struct TitlePart {
    Str literal;
    Str alternatives; /* "a|b"; NULL data at the end of the template */
} TitlePart;
/** Takes the next part off `*rest`; false when the braces are wrong. */
MUST_USE bool title_next_part(Str *rest, TitlePart *out);

#endif

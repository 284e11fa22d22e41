/*
 * The first half of folding: all but the joining of variant Han characters, as code points. Search
 * needs the characters as written too, since variants are read differently.
 */
#ifndef ONDO_TEXT_FOLD_POINTS_H
#define ONDO_TEXT_FOLD_POINTS_H

#include "buffer.h"

enum { POINTS_FEW = 256 };

/** Code points; few on the stack, many in memory that points_free gives back (fits CLEANUP). */
typedef struct Points {
    uint32_t *at; /* `few`, or the memory of `more` */
    size_t count;
    Buffer more;
    uint32_t few[POINTS_FEW];
} Points;

/** Sets `out` to the folded text (see text_fold), variants of Han kept. Initialises `out`. */
void fold_points(Str text, Points *out);
/** Gives the memory back; the points are no longer valid. */
void points_free(Points *points);

/** Room for the UTF-8 of any code point. */
enum { POINT_BYTES = 4 };
/** Writes a code point as UTF-8 and returns the number of bytes. */
size_t point_write(uint32_t point, char *out);

#endif

/* Dates and times as people write them in cells and boxes, in three languages. */
#ifndef ONDO_MODEL_LOOSE_TIME_H
#define ONDO_MODEL_LOOSE_TIME_H

#include "clock.h"

/**
 * A date: 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日, 20261121, 令和8年11月21日, with
 * digits of any width; midnight may follow, as spreadsheets write it. Orders with the year last are
 * refused, because 03/04/2026 is two different days.
 */
MUST_USE bool loose_date(Arena *arena, Str text, Date *out);

/**
 * An instant: RFC 3339 as it is; a loose date with 17:30, 17:30:15, 17時30分 or nothing (the day's
 * start) is local to the zone. A local time that the zone skips is moved on by the skipped hour.
 */
MUST_USE bool loose_instant(Arena *arena, Str text, Str zone, int64_t *out);

#endif

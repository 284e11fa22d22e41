/*
 * Instants are milliseconds since 1970-01-01T00:00:00Z. Days are counted from the same date in the
 * proleptic Gregorian calendar. Zones come with the text layer (zone.h); here everything is UTC.
 */
#ifndef ONDO_BASE_CLOCK_H
#define ONDO_BASE_CLOCK_H

#include "str.h"

#define CLOCK_SECOND INT64_C(1000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR (60 * CLOCK_MINUTE)
#define CLOCK_DAY (24 * CLOCK_HOUR)

/** What time it is for this process: the machine's time, or a chosen one that runs on from there.
 */
typedef struct Clock {
    int64_t offset; /* added to the machine's time, milliseconds */
} Clock;

/**
 * The process's clock. `start` (RFC 3339, from the environment variable ONDO_NOW) sets it to begin
 * there; empty means the machine's time. False when `start` is no instant.
 */
MUST_USE bool clock_from(Str start, Clock *out);
/** The present instant, milliseconds since 1970 UTC. */
int64_t clock_now(const Clock *clock);
/** Milliseconds of a clock that never jumps, for deadlines and delays. */
int64_t clock_steady(void);

/** A day of the calendar, without a zone. */
typedef struct Date {
    int year, month, day; /* month and day from 1 */
} Date;

/** Days since 1970-01-01, negative before it. */
int64_t date_to_days(Date date);
/** The date so many days after 1970-01-01; the inverse of date_to_days. */
Date date_from_days(int64_t days);
/** Last day of the date's month. */
Date date_month_end(Date date);
/** Monday is 0. */
int date_weekday(Date date);
/** Reads `YYYY-MM-DD`, years 0001 to 9999, existing days only. */
MUST_USE bool date_parse(Str text, Date *out);
/** "2026-11-21" in the arena; years outside 0001 to 9999 are clipped. */
Str date_text(Arena *arena, Date date);

/** Reads RFC 3339 with offset or Z; seconds and fractions may be left out; leap seconds become :59.
 */
MUST_USE bool instant_parse(Str text, int64_t *out);
/** "2026-11-21T08:30:00.000Z" */
Str instant_text(Arena *arena, int64_t instant);
enum { INSTANT_TEXT_SIZE = 24 };
/** Writes INSTANT_TEXT_SIZE characters; years outside 0001 to 9999 are clipped. */
void instant_write(int64_t instant, char out[static INSTANT_TEXT_SIZE]);

#endif

/* Time zones by IANA name ("Asia/Tokyo"): which day it is somewhere, and when a day begins. */
#ifndef ONDO_TEXT_ZONE_H
#define ONDO_TEXT_ZONE_H

#include "clock.h"

/** True if ICU knows the zone. */
bool zone_known(Str zone);
/** The local calendar day of an instant; UTC for an unknown zone. */
Date zone_date(Str zone, int64_t instant);
/** The instant at which a local day begins. */
int64_t zone_day_start(Str zone, Date date);
/** Milliseconds east of UTC at an instant. */
int64_t zone_offset(Str zone, int64_t instant);
/**
 * The zones of a country (two letters, small or capital), none for what is no country: names in the
 * arena, those that are only kept for older data among them ("US/Eastern").
 */
const Str *zones_of_country(Arena *arena, Str country, size_t *count);
/** True if the zone is one of the country's ("Asia/Shanghai" of "CN"). */
bool zone_in_country(Str zone, Str country);

#endif

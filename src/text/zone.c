/*
 * Time zones by ICU's calendars, with one observation: between two changes of clocks the offset of
 * a zone is one number. Each thread remembers it with its span, so that a list of a thousand times
 * asks ICU once. Names that are no zones count as UTC, since they were checked when they were
 * stored.
 */
#include "zone.h"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "text_thread.h"

enum { ZONE_NAME_LIMIT = TEXT_THREAD_ZONE_NAME - 1 };

/* Further from now than any record; beyond it zones have no rules worth the name. */
#define INSTANT_EDGE INT64_C(8000000000000000)

/* The name for ICU; false when it cannot be the name of a zone. */
static bool zone_units(Str zone, UChar out[TEXT_THREAD_ZONE_NAME]) {
    if (zone.size == 0 || zone.size > ZONE_NAME_LIMIT) return false;
    for (size_t i = 0; i < zone.size; i++) {
        if (zone.data[i] <= ' ' || zone.data[i] > '~') return false;
        out[i] = (UChar)zone.data[i];
    }
    out[zone.size] = 0;
    return true;
}

bool zone_known(Str zone) {
    UChar name[TEXT_THREAD_ZONE_NAME], canonical[TEXT_THREAD_ZONE_NAME];
    UErrorCode error = U_ZERO_ERROR;
    UBool system = false;
    if (!zone_units(zone, name)) return false;
    ucal_getCanonicalTimeZoneID(name, -1, canonical, TEXT_THREAD_ZONE_NAME, &system, &error);
    return U_SUCCESS(error) && system && !str_is(zone, "Etc/Unknown");
}

/* Puts the zone in the place of the one that came first; an unknown name counts as UTC. */
static ThreadZone *open_zone(TextThread *thread, Str zone) {
    UChar name[TEXT_THREAD_ZONE_NAME];
    UErrorCode error = U_ZERO_ERROR;
    ThreadZone *place = &thread->zones[thread->next_zone];
    thread->next_zone = (thread->next_zone + 1) % TEXT_THREAD_ZONES;
    if (!zone_known(zone) || !zone_units(zone, name)) u_uastrcpy(name, "Etc/UTC");
    if (place->calendar) ucal_close(place->calendar);
    *place = (ThreadZone){.name_size = zone.size};
    memcpy(place->name, zone.data, zone.size);
    place->calendar = ucal_open(name, -1, "en", UCAL_GREGORIAN, &error);
    if (U_FAILURE(error)) place->calendar = NULL;
    return place;
}

/* This thread's entry for the zone, or NULL for a name that cannot be one. */
static ThreadZone *find_zone(Str zone) {
    TextThread *thread = text_thread();
    if (zone.size == 0 || zone.size > ZONE_NAME_LIMIT) return NULL;
    for (size_t i = 0; i < TEXT_THREAD_ZONES; i++) {
        ThreadZone *place = &thread->zones[i];
        if (str_equal((Str){.data = place->name, .size = place->name_size}, zone)) return place;
    }
    return open_zone(thread, zone);
}

/* `none` where the zone has no change in that direction. */
static int64_t transition(const UCalendar *calendar, UTimeZoneTransitionType type, int64_t none) {
    UErrorCode error = U_ZERO_ERROR;
    UDate at = 0;
    UBool found = ucal_getTimeZoneTransitionDate(calendar, type, &at, &error);
    return U_SUCCESS(error) && found ? (int64_t)at : none;
}

/* Computes the offset at an instant and the span around it in which it holds. */
static void refresh(ThreadZone *zone, int64_t instant) {
    UErrorCode error = U_ZERO_ERROR;
    ucal_setMillis(zone->calendar, (UDate)instant, &error);
    int32_t offset = ucal_get(zone->calendar, UCAL_ZONE_OFFSET, &error) +
                     ucal_get(zone->calendar, UCAL_DST_OFFSET, &error);
    zone->offset = U_SUCCESS(error) ? offset : 0;
    zone->from = transition(zone->calendar, UCAL_TZ_TRANSITION_PREVIOUS_INCLUSIVE, -INSTANT_EDGE);
    zone->until = transition(zone->calendar, UCAL_TZ_TRANSITION_NEXT, INSTANT_EDGE);
}

/* The zone's entry with the span around the instant computed; NULL stands for UTC. */
static const ThreadZone *zone_at(Str zone, int64_t instant) {
    ThreadZone *found = find_zone(zone);
    if (!found || !found->calendar) return NULL;
    if (instant <= -INSTANT_EDGE || instant >= INSTANT_EDGE) return NULL;
    if (instant < found->from || instant >= found->until) refresh(found, instant);
    return found;
}

int64_t zone_offset(Str zone, int64_t instant) {
    const ThreadZone *found = zone_at(zone, instant);
    return found ? found->offset : 0;
}

/* Division towards the past, before 1970 too. */
static int64_t floor_days(int64_t instant) {
    int64_t days = instant / CLOCK_DAY;
    return instant % CLOCK_DAY < 0 ? days - 1 : days;
}

Date zone_date(Str zone, int64_t instant) {
    return date_from_days(floor_days(instant + zone_offset(zone, instant)));
}

/*
 * Midnight by the offset before and by the one after: where both exist the earlier instant is the
 * beginning, where neither does the clock jumped over midnight.
 */
int64_t zone_day_start(Str zone, Date date) {
    int64_t midnight = date_to_days(date) * CLOCK_DAY;
    int64_t before = zone_offset(zone, midnight - CLOCK_DAY);
    int64_t after = zone_offset(zone, midnight + CLOCK_DAY);
    int64_t early = midnight - (before > after ? before : after);
    int64_t late = midnight - (before > after ? after : before);
    if (zone_offset(zone, early) == midnight - early) return early;
    if (zone_offset(zone, late) == midnight - late) return late;
    /* Clocks go forward over midnight: the day begins with the change. */
    const ThreadZone *found = zone_at(zone, late);
    return found ? found->from : late;
}

/* NULL for what is no country; uenum_close takes it then, too. */
static UEnumeration *open_zones(Str country) {
    UErrorCode error = U_ZERO_ERROR;
    char region[3] = {0};
    if (country.size != sizeof region - 1) return NULL;
    for (size_t i = 0; i < country.size; i++) {
        bool small = country.data[i] >= 'a' && country.data[i] <= 'z';
        region[i] = (char)(small ? country.data[i] - 'a' + 'A' : country.data[i]);
    }
    UEnumeration *zones = ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, region, NULL, &error);
    return U_SUCCESS(error) ? zones : NULL;
}

const Str *zones_of_country(Arena *arena, Str country, size_t *count) {
    UErrorCode error = U_ZERO_ERROR;
    UEnumeration *open = open_zones(country);
    int32_t most = open ? uenum_count(open, &error) : 0;
    Str *zones = ARENA_ARRAY(arena, (size_t)most + 1, Str);
    *count = 0;
    for (const char *name;
         U_SUCCESS(error) && *count < (size_t)most && (name = uenum_next(open, NULL, &error));) {
        zones[(*count)++] = str_copy(arena, str_of(name));
    }
    uenum_close(open);
    return zones;
}

bool zone_in_country(Str zone, Str country) {
    UErrorCode error = U_ZERO_ERROR;
    bool found = false;
    UEnumeration *zones = open_zones(country);
    for (const char *name; zones && !found && (name = uenum_next(zones, NULL, &error));) {
        found = str_is(zone, name);
    }
    uenum_close(zones);
    return found;
}

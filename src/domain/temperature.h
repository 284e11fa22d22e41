/*
 * The emotional temperature of people and institutions: every change is a reading (E1a), and an
 * institution's temperature derives from its people (E3).
 */
#ifndef ONDO_DOMAIN_TEMPERATURE_H
#define ONDO_DOMAIN_TEMPERATURE_H

#include "hooks.h"
#include "sql.h"

/** Before an HCP is saved: what it was, and since when it is so. */
MUST_USE Status temperature_before_save(Context *context, Change *change);

/** After an HCP was saved: the reading, by whatever door the change came. */
MUST_USE Status temperature_after_save(Context *context, const Change *change);

/**
 * Before an institution is saved: an override needs its reason, and bears who said it and when; one
 * that is taken back leaves neither.
 */
MUST_USE Status temperature_before_institution_save(Context *context, Change *change);

/** What a visit saw of a person's temperature. */
typedef struct TemperatureSeen {
    /* Who was seen, at which visit, and by whom. */
    Id hcp, visit, by;
    Str value;  /* a code of hcp.temperature */
    int64_t at; /* when it was seen, not when it was written down */
    Id product; /* that it is about; none: our products as a whole */
    Str reason; /* may be empty */
} TemperatureSeen;

/**
 * Records it as a reading, and as the person's present temperature unless a later one is known
 * (a visit written down late does not overwrite what was seen since).
 */
MUST_USE Status temperature_seen(Context *context, const TemperatureSeen *seen);

/**
 * After a reading was written: where the person's temperature is heading, which is the difference
 * of the latest reading to the one before it ("up", "steady", "down"; empty with one reading).
 */
MUST_USE Status temperature_reading_after_save(Context *context, const Change *change);
/** The same for all people, as one set; only what differs is written. */
MUST_USE Status temperature_refresh_directions(Context *context);
/** The same for those alone who have none although they have had several readings. */
MUST_USE Status temperature_fill_directions(Context *context);
/**
 * Adds that direction as SQL text, from the readings of `person` (SQL for an id); where the model
 * ranks no temperatures, an empty one.
 */
void temperature_add_direction(const Model *model, Sql *sql, Str person);

#endif

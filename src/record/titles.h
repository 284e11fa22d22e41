/* Titles of many records at once, for charts and journals that name what they count. */
#ifndef ONDO_RECORD_TITLES_H
#define ONDO_RECORD_TITLES_H

#include "record.h"

/** Which records have a title here. */
typedef enum TitlesOf { TITLES_OF_ALIVE, TITLES_OF_ALL /* deleted ones too */ } TitlesOf;

/** The titles of some records of one object, by id; they live in the arena they were read into. */
typedef struct Titles {
    struct Title *items;
    size_t count;
} Titles;

/**
 * Reads the titles of the records with these ids (repeated ones count once) in the actor's
 * language: a query for every few hundred. What the actor may not read has none.
 */
MUST_USE Status titles_read(Context *context, const Object *object, const Id *ids, size_t count,
                            TitlesOf which, Titles *out);

/** The title of a record; empty when it has none here. */
Str titles_find(const Titles *titles, Id id);

/** Each as a member of the open object: id and title; those without a title are left out. */
void titles_write_members(const Titles *titles, JsonWriter *json);

#endif

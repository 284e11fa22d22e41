/* The people of institutions: who works there, what they are in its decisions, whom one may see. */
#ifndef ONDO_API_STAKEHOLDERS_H
#define ONDO_API_STAKEHOLDERS_H

#include "call.h"
#include "record.h"

/** Somebody at an institution. Who works at two of those asked for stands there twice. */
typedef struct Stakeholder {
    Id hco;
    const Record *person;      /* as the system knows them */
    const Record *affiliation; /* what they are here; NULL: their record alone says so */
    bool main;                 /* it is their main institution: their temperature counts for it */
    bool visible;              /* the reader may read the person */
} Stakeholder;

/** All of one institution, in the order of their roles. */
typedef struct Stakeholders {
    Stakeholder *items;
    size_t count;
} Stakeholders;

/**
 * Everybody at the institutions, by the person's record or an affiliation that has not ended, each
 * once an institution. The hidden ones are there for counting; nothing else of them may be told.
 */
MUST_USE Status stakeholders_read(Call *call, const Id *hcos, size_t count, Stakeholders *out);

/** A choice of the affiliation; empty when there is none. */
Str stakeholder_choice(const Stakeholder *one, const char *field);
/** Their weight in decisions here: that of the affiliation, or else their influence on doctors. */
Str stakeholder_influence(const Stakeholder *one);
/** When anybody met them last; 0: never. */
int64_t stakeholder_last_visit(const Stakeholder *one);

/**
 * Writes a visible one as members of an open object: the person's fields that the reader may see,
 * and role, stance, influence and affiliation.
 */
void stakeholder_write_members(Call *call, const Stakeholder *one);

#endif

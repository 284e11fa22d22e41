/* The parts of the company as rows, each part through one call. */
#ifndef ONDO_DEMO_ROWS_H
#define ONDO_DEMO_ROWS_H

#include "history.h"
#include "phrase.h"
#include "sink.h"

/** Teams, users, products and their messages. */
void rows_write_company(const World *world, Sink *sink);
/** Institutions with the products they have adopted. */
void rows_write_institutions(const World *world, Sink *sink);
/** The meetings of one hospital's drug committee, the next on that day, and how it decides. */
void rows_write_committee(const World *world, uint32_t index, int64_t next_day, Sink *sink);
/** People with affiliations, licences, referrals and handovers; histories must be at their end. */
void rows_write_people(const World *world, Sink *sink);
/** Contacts with all that came of them; histories must be at their beginning. */
void rows_write_visits(World *world, const Slot *slots, size_t count, Sink *sink);

/** Scarce things of each team, and who has asked for some. */
void rows_write_resources(const World *world, Sink *sink);

/** The code of a temperature; empty for none. */
Str rows_warmth_code(Warmth warmth);
/** What sentences about the person are about. Texts lie in the sink's arena. */
PhraseSubject rows_subject(const World *world, uint32_t person, Random *random, Sink *sink);

#endif

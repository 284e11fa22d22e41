/*
 * Approved material (V7, V9): what may be shown to a doctor now, and who is told of what is new.
 * Whether material may be used is decided here and nowhere else: approved, within its dates, and
 * for the doctor's market.
 */
#ifndef ONDO_DOMAIN_MATERIAL_H
#define ONDO_DOMAIN_MATERIAL_H

#include "hooks.h"

enum { MATERIAL_MOST = 40, MATERIAL_SUBJECTS_MOST = 40, MATERIAL_TAGS_SUGGESTED = 5 };

/** Why a piece of material is offered. */
typedef struct MaterialReason {
    bool tag;     /* it bears one of the doctor's tags */
    bool subject; /* it answers a subject that the doctor raised and nobody has answered yet */
    bool product; /* it is about a product that the doctor raised */
    bool need;    /* it answers an implicit need that somebody confirmed (V1) */
} MaterialReason;

/** What a visit that is being written has noted so far, before anything of it is saved. */
typedef struct MaterialNoted {
    Str subjects; /* codes of topic.subjects, with commas; may be empty */
    Str products; /* ids with commas; what is no id is left out */
} MaterialNoted;

/** A material, and why it is offered. */
typedef struct MaterialOffer {
    Record content;
    MaterialReason reason;
} MaterialOffer;

/** What the doctor is offered, the most fitting and newest first; then what is general. */
typedef struct MaterialOffers {
    MaterialOffer *items; /* the best first */
    size_t count;
    Str suggested[MATERIAL_TAGS_SUGGESTED]; /* subjects raised often, as tags in the actor's words
                                             */
    size_t suggested_count;
} MaterialOffers;

/**
 * For a doctor whom the actor may read. What fits neither tags nor open topics is left out, but for
 * material without tags, subjects and needs, which fits everybody. `noted` counts as open topics;
 * NULL: nothing. Reads only.
 */
MUST_USE Status material_offers(Context *context, const Record *hcp, const MaterialNoted *noted,
                                MaterialOffers *out);

/** Whether a piece of material is approved now, and within its dates on the day (`YYYY-MM-DD`). */
bool material_usable_on(const Record *content, Str day);
/** The doctor's market: their own country, or that of where they work; empty: unknown. */
MUST_USE Status material_market(Context *context, const Record *hcp, Str *out);

/** Checks the dates of a piece of material before it is saved. */
MUST_USE Status material_before_save(Context *context, Change *change);
/** Material that may be used from this save on reaches those whose doctors bear its tags. */
MUST_USE Status material_after_save(Context *context, const Change *change);
/** The same of material whose first day has come. As the system; again is nothing. */
MUST_USE Status material_daily(Context *context, Str today, int64_t *acted);

/** Notes who has settled a request to marketing. */
MUST_USE Status marketing_request_before_save(Context *context, Change *change);

#endif

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
} MaterialReason;

typedef struct MaterialOffer {
    Record content;
    MaterialReason reason;
} MaterialOffer;

/** What the doctor is offered, the most fitting and newest first; then what is general. */
typedef struct MaterialOffers {
    MaterialOffer *items;
    size_t count;
    Str suggested[MATERIAL_TAGS_SUGGESTED]; /* subjects raised often, as tags in the actor's words */
    size_t suggested_count;
} MaterialOffers;

/**
 * For a doctor whom the actor may read. What fits neither tags nor open topics is left out, but for
 * material without tags and subjects, which fits everybody. Reads only.
 */
MUST_USE Status material_offers(Context *context, const Record *hcp, MaterialOffers *out);

/** Checks the dates of a piece of material before it is saved. */
MUST_USE Status material_before_save(Context *context, Change *change);
/** Material that may be used from this save on reaches those whose doctors bear its tags. */
MUST_USE Status material_after_save(Context *context, const Change *change);
/** The same of material whose first day has come. As the system; again is nothing. */
MUST_USE Status material_daily(Context *context, Str today, int64_t *acted);

/** Notes who has settled a request to marketing. */
MUST_USE Status marketing_request_before_save(Context *context, Change *change);

#endif

/*
 * Questions taken together: each joins the group whose first question it is most like, if it is
 * like it enough, and begins a group otherwise. The most frequent wordings come first, so that a
 * group is named by what is asked most; the same questions give the same groups in any order.
 */
#ifndef ONDO_DOMAIN_REVIEW_GROUP_H
#define ONDO_DOMAIN_REVIEW_GROUP_H

#include "id.h"
#include "review_terms.h"

/** One question to be grouped. */
typedef struct GroupItem {
    TermSet set;
    Id product;   /* questions about different products are different questions */
    bool leads;   /* may begin a group: a question of the week, not of one before */
    Str text;     /* decides between wordings that are as frequent */
    size_t group; /* set by review_group; GROUP_NONE: like nothing that leads */
} GroupItem;

#define GROUP_NONE SIZE_MAX

/**
 * Sets `group` of each item; returns how many groups there are, numbered from 0. `leaders` (in the
 * arena) has the item that began each. `threshold` is in percent (review_likeness).
 */
size_t review_group(Arena *arena, GroupItem *items, size_t count, size_t term_count,
                    double threshold, size_t **leaders);

#endif

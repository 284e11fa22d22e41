/*
 * Only groups that share a term can be alike, so each term keeps the list of the groups whose first
 * question has it; counting along these lists gives what all of them have in common with a question
 * at once.
 */
#include "review_group.h"

#include <math.h>
#include <stdlib.h>

/* The questions of one wording: the same terms about the same product. */
typedef struct Wording {
    const GroupItem *item; /* the first of them */
    size_t first;          /* its number */
    size_t count;          /* of those that lead */
    size_t group;
} Wording;

/*
 * A group that has a term, in the list of that term: likeness is asked of those alone which share
 * one.
 */
typedef struct Posting {
    size_t group;
    struct Posting *next;
} Posting;

/*
 * Grouping by words in common: each word knows its questions, so that not all pairs are compared.
 */
typedef struct Grouping {
    Arena *arena;
    double threshold;
    GroupItem *items;
    Posting **postings; /* by term */
    size_t *common;     /* by group: terms in common with the question that is looked at */
    size_t *touched;
    size_t *leaders;
    size_t group_count;
} Grouping;

/* ---- Wordings ---- */

static int compare_sets(const TermSet *a, const TermSet *b) {
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++) {
        if (a->terms[i] != b->terms[i]) return a->terms[i] < b->terms[i] ? -1 : 1;
    }
    return 0;
}

/* Of one wording those that lead come first, and the least text among them. */
static int compare_items(const void *a, const void *b) {
    const GroupItem *one = *(const GroupItem *const *)a, *other = *(const GroupItem *const *)b;
    int order = memcmp(&one->product, &other->product, sizeof(Id));
    if (!order) order = compare_sets(&one->set, &other->set);
    if (!order) order = (int)other->leads - (int)one->leads;
    return order ? order : str_compare(one->text, other->text);
}

static bool same_wording(const GroupItem *a, const GroupItem *b) {
    return id_equal(a->product, b->product) && compare_sets(&a->set, &b->set) == 0;
}

static int compare_wordings(const void *a, const void *b) {
    const Wording *one = a, *other = b;
    if (one->count != other->count) return one->count > other->count ? -1 : 1;
    int order = str_compare(one->item->text, other->item->text);
    return order ? order : memcmp(&one->item->product, &other->item->product, sizeof(Id));
}

static size_t find_wordings(GroupItem **sorted, size_t count, const GroupItem *items,
                            Wording *wordings, size_t *wording_of) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!i || !same_wording(sorted[i - 1], sorted[i])) {
            wordings[found++] = (Wording){.item = sorted[i], .first = (size_t)(sorted[i] - items)};
        }
        wordings[found - 1].count += sorted[i]->leads;
        wording_of[sorted[i] - items] = wordings[found - 1].first;
    }
    return found;
}

/* ---- Groups ---- */

/* Counts what each group has in common; the groups touched are listed to be cleared again. */
static size_t count_common(Grouping *grouping, const TermSet *set) {
    size_t touched = 0;
    for (size_t i = 0; i < set->count; i++) {
        for (const Posting *at = grouping->postings[set->terms[i]]; at; at = at->next) {
            if (!grouping->common[at->group]++) grouping->touched[touched++] = at->group;
        }
    }
    return touched;
}

/* The most alike; of several the one that began first. */
static size_t best_group(Grouping *grouping, const GroupItem *item) {
    size_t best = GROUP_NONE, touched = count_common(grouping, &item->set);
    double most = grouping->threshold - 1e-9;
    for (size_t i = 0; i < touched; i++) {
        size_t group = grouping->touched[i];
        const GroupItem *leader = &grouping->items[grouping->leaders[group]];
        double likeness = 100.0 * (double)grouping->common[group] /
                          sqrt((double)item->set.count * (double)leader->set.count);
        grouping->common[group] = 0;
        if (!id_equal(leader->product, item->product)) continue;
        bool better = likeness > most + 1e-9;
        bool earlier = likeness > most - 1e-9 && best != GROUP_NONE && group < best;
        if (!better && !earlier) continue;
        best = group;
        most = likeness > most ? likeness : most;
    }
    return best;
}

static size_t begin_group(Grouping *grouping, const Wording *wording) {
    size_t group = grouping->group_count++;
    grouping->leaders[group] = wording->first;
    for (size_t i = 0; i < wording->item->set.count; i++) {
        Posting *posting = ARENA_NEW(grouping->arena, Posting);
        Posting **list = &grouping->postings[wording->item->set.terms[i]];
        *posting = (Posting){.group = group, .next = *list};
        *list = posting;
    }
    return group;
}

static void group_wordings(Grouping *grouping, Wording *wordings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Wording *wording = &wordings[i];
        wording->group = best_group(grouping, wording->item);
        if (wording->group == GROUP_NONE && wording->count) {
            wording->group = begin_group(grouping, wording);
        }
        grouping->items[wording->first].group = wording->group;
    }
}

/*
 * Wordings of past weeks alone have no count, so they come last and join what leads; that is what
 * makes a trend of this week's groups.
 */
size_t review_group(Arena *arena, GroupItem *items, size_t count, size_t term_count,
                    double threshold, size_t **leaders) {
    GroupItem **sorted = ARENA_ARRAY(arena, count + 1, GroupItem *);
    Wording *wordings = ARENA_ARRAY(arena, count + 1, Wording);
    size_t *wording_of = ARENA_ARRAY(arena, count + 1, size_t);
    for (size_t i = 0; i < count; i++) sorted[i] = &items[i];
    qsort(sorted, count, sizeof(GroupItem *), compare_items);
    size_t found = find_wordings(sorted, count, items, wordings, wording_of);
    qsort(wordings, found, sizeof *wordings, compare_wordings);
    Grouping grouping = {.arena = arena,
                         .threshold = threshold,
                         .items = items,
                         .postings = ARENA_ARRAY(arena, term_count + 1, Posting *),
                         .common = ARENA_ARRAY(arena, found + 1, size_t),
                         .touched = ARENA_ARRAY(arena, found + 1, size_t),
                         .leaders = ARENA_ARRAY(arena, found + 1, size_t)};
    group_wordings(&grouping, wordings, found);
    for (size_t i = 0; i < count; i++) items[i].group = items[wording_of[i]].group;
    *leaders = grouping.leaders;
    return grouping.group_count;
}

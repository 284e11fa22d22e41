/*
 * Each word of a rule's first group looks for the nearest word of every other; the window is small,
 * so this stays linear in the text. The nearest is enough: people put what belongs together close.
 */
#include "lint_near.h"

#include "lint_sentence.h"

enum { PLACES_FIRST = 8 };

static size_t group_of(const PatternHit *word) {
    return lint_value_index(word->value);
}

LintNearby lint_nearby(const LintRules *rules, const FoldedText *text, const PatternHit *words,
                       size_t count) {
    LintNearby nearby = {.rules = rules, .text = text, .words = words, .count = count};
    for (size_t i = 0; i < count; i++) {
        nearby.seen[group_of(&words[i])] = true;
    }
    return nearby;
}

/* ---- Places ---- */

static size_t byte_at(const LintNearby *nearby, size_t point) {
    return nearby->text->at[point].byte;
}

static size_t bytes_of(const LintNearby *nearby, const PatternHit *place) {
    return byte_at(nearby, place->end) - byte_at(nearby, place->start);
}

/* A place while it is put together, and the words that it is made of. */
typedef struct Joining {
    const LintNearby *nearby;
    const LintNear *near;
    PatternHit place;
    const PatternHit *words[LINT_NEAR_MOST];
    size_t count;
} Joining;

static PatternHit joined(const PatternHit *a, const PatternHit *b) {
    PatternHit both = *a;
    if (b->start < both.start) both.start = b->start;
    if (b->end > both.end) both.end = b->end;
    return both;
}

/* No two of the words share a letter. */
static bool is_apart(const Joining *joining, const PatternHit *word) {
    for (size_t i = 0; i < joining->count; i++) {
        const PatternHit *other = joining->words[i];
        if (word->start < other->end && other->start < word->end) return false;
    }
    return true;
}

/* The word with which the place stays smallest. */
typedef struct Nearest {
    const PatternHit *word; /* NULL: none so far */
    PatternHit place;
    size_t bytes;
} Nearest;

static void try_word(const Joining *joining, const PatternHit *word, Nearest *best) {
    const LintNearby *nearby = joining->nearby;
    if (group_of(word) != joining->near->words[joining->count]) return;
    PatternHit both = joined(&joining->place, word);
    size_t bytes = bytes_of(nearby, &both);
    if (bytes > joining->near->within || (best->word && bytes >= best->bytes)) return;
    if (!is_apart(joining, word)) return;
    if (!lint_one_sentence(nearby->text, both.start, both.end)) return;
    *best = (Nearest){word, both, bytes};
}

static bool join_next(Joining *joining, size_t from) {
    const LintNearby *nearby = joining->nearby;
    const PatternHit *words = nearby->words;
    size_t start = joining->place.start, within = joining->near->within;
    Nearest best = {0};
    for (size_t i = from; i-- && words[i].start + within >= start;) {
        try_word(joining, &words[i], &best);
    }
    for (size_t i = from + 1; i < nearby->count && words[i].start <= start + within; i++) {
        try_word(joining, &words[i], &best);
    }
    if (!best.word) return false;
    joining->place = best.place;
    joining->words[joining->count++] = best.word;
    return true;
}

static bool place_of(const LintNearby *nearby, const LintNear *near, size_t from, PatternHit *out) {
    const PatternHit *first = &nearby->words[from];
    Joining joining = {
        .nearby = nearby, .near = near, .place = *first, .words = {first}, .count = 1};
    while (joining.count < near->count) {
        if (!join_next(&joining, from)) return false;
    }
    *out = joining.place;
    out->value = lint_value(near->rule, LINT_KIND_NEAR);
    out->has_gap = true;
    return true;
}

static bool all_seen(const LintNearby *nearby, const LintNear *near) {
    for (size_t i = 0; i < near->count; i++) {
        if (!nearby->seen[near->words[i]]) return false;
    }
    return true;
}

/* Places as they are found. */
typedef struct Places {
    Arena *arena;
    PatternHit *items;
    size_t count, room;
} Places;

static void push_place(Places *places, const PatternHit *place) {
    if (places->count == places->room) {
        places->room = places->room ? 2 * places->room : PLACES_FIRST;
        PatternHit *items = ARENA_ARRAY(places->arena, places->room, PatternHit);
        if (places->count) memcpy(items, places->items, places->count * sizeof(PatternHit));
        places->items = items;
    }
    places->items[places->count++] = *place;
}

/* In one sentence a rule has one place, the smallest: more of them would say the same again. */
static void find_near(const LintNearby *nearby, const LintNear *near, Places *places) {
    size_t first = places->count;
    for (size_t i = 0; i < nearby->count; i++) {
        PatternHit place;
        if (group_of(&nearby->words[i]) != near->words[0]) continue;
        if (!place_of(nearby, near, i, &place)) continue;
        PatternHit *last = places->count > first ? &places->items[places->count - 1] : NULL;
        if (!last || !lint_one_sentence(nearby->text, last->start, place.start)) {
            push_place(places, &place);
        } else if (bytes_of(nearby, &place) < bytes_of(nearby, last)) {
            *last = place;
        }
    }
}

size_t lint_near_find(Arena *arena, const LintNearby *nearby, PatternHit **out) {
    Places places = {.arena = arena};
    for (size_t i = 0; nearby->count && i < nearby->rules->near_count; i++) {
        const LintNear *near = &nearby->rules->nears[i];
        if (all_seen(nearby, near)) find_near(nearby, near, &places);
    }
    *out = places.items;
    return places.count;
}

/* ---- What stands around a place ---- */

static bool in_sentence_of(const LintNearby *nearby, const PatternHit *word,
                           const PatternHit *place) {
    size_t start = word->end < place->start ? word->end : place->end;
    size_t end = word->end < place->start ? place->start : word->start;
    if (start >= end) return true;
    if (byte_at(nearby, end) - byte_at(nearby, start) > LINT_WITHIN_MOST) return false;
    return lint_one_sentence(nearby->text, start, end);
}

static bool has_word(const LintNearby *nearby, size_t group, const PatternHit *place) {
    for (size_t i = 0; i < nearby->count; i++) {
        const PatternHit *word = &nearby->words[i];
        if (word->start > place->end + LINT_WITHIN_MOST) return false;
        if (group_of(word) == group && in_sentence_of(nearby, word, place)) return true;
    }
    return false;
}

bool lint_near_harmless(const LintNearby *nearby, const LintRule *rule, const PatternHit *place) {
    for (size_t i = 0; i < rule->unless_count; i++) {
        if (nearby->seen[rule->unless[i]] && has_word(nearby, rule->unless[i], place)) return true;
    }
    return false;
}

bool lint_near_word(const LintNearby *nearby, const PatternHit *place, size_t start, size_t end) {
    const LintRules *rules = nearby->rules;
    uint32_t group = rules->rules[lint_value_index(place->value)].group;
    for (size_t i = 0; i < nearby->count && nearby->words[i].start <= start; i++) {
        const PatternHit *word = &nearby->words[i];
        if (word->start < place->start || word->end > place->end || word->end < end) continue;
        if (rules->words[group_of(word)].group == group) return true;
    }
    return false;
}

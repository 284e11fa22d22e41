/*
 * Words of the dictionary of the same (lexicon "same") are looked for first, over the folded text,
 * because they may be longer or shorter than what a break iterator takes for a word; ICU's words
 * follow where none of them stands.
 */
#include "review_terms.h"

#include <math.h>
#include <stdlib.h>

#include "words.h"

/* A hash table that doubles; what it held before stays in the arena, which is less than twice. */
struct ReviewTerms {
    Arena *arena;
    const ReviewPlan *plan;
    const Trie *names;
    Str *texts;
    size_t count, room;
    uint32_t *slots; /* 0: free; else a number + 1 */
    size_t slot_count;
};

enum { SLOTS_FIRST = 4096, TERMS_MOST = 64 /* of one question; a longer one is a story */ };

ReviewTerms *review_terms_new(Arena *arena, const ReviewPlan *plan, const Trie *names) {
    ReviewTerms *terms = ARENA_NEW(arena, ReviewTerms);
    terms->arena = arena;
    terms->plan = plan;
    terms->names = names;
    terms->slot_count = SLOTS_FIRST;
    terms->slots = ARENA_ARRAY(arena, SLOTS_FIRST, uint32_t);
    terms->room = SLOTS_FIRST / 2;
    terms->texts = ARENA_ARRAY(arena, terms->room, Str);
    return terms;
}

/* ---- Numbers of terms ---- */

static uint64_t hash_of(Str text) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < text.size; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static uint32_t *slot_of(ReviewTerms *terms, Str text) {
    size_t at = hash_of(text) & (terms->slot_count - 1);
    while (terms->slots[at] && !str_equal(terms->texts[terms->slots[at] - 1], text)) {
        at = (at + 1) & (terms->slot_count - 1);
    }
    return &terms->slots[at];
}

static void grow(ReviewTerms *terms) {
    Str *texts = ARENA_ARRAY(terms->arena, terms->room * 2, Str);
    memcpy(texts, terms->texts, terms->count * sizeof *texts);
    terms->texts = texts;
    terms->room *= 2;
    terms->slot_count *= 2;
    terms->slots = ARENA_ARRAY(terms->arena, terms->slot_count, uint32_t);
    for (size_t i = 0; i < terms->count; i++) *slot_of(terms, texts[i]) = (uint32_t)i + 1;
}

static uint32_t number_of(ReviewTerms *terms, Str text) {
    if (terms->count == terms->room) grow(terms);
    uint32_t *slot = slot_of(terms, text);
    if (!*slot) {
        terms->texts[terms->count++] = str_copy(terms->arena, text);
        *slot = (uint32_t)terms->count;
    }
    return *slot - 1;
}

Str review_term_text(const ReviewTerms *terms, uint32_t term) {
    return terms->texts[term];
}

size_t review_terms_count(const ReviewTerms *terms) {
    return terms->count;
}

/* ---- Terms of a text ---- */

/* What has been read of one text; `covered` has a flag for each unit of its UTF-16. */
typedef struct Reading {
    ReviewTerms *terms;
    FoldedText folded;
    unsigned char *covered;
    uint32_t found[TERMS_MOST];
    size_t count;
} Reading;

static void keep(Reading *reading, Str term) {
    uint32_t number = number_of(reading->terms, term);
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->found[i] == number) return;
    }
    if (reading->count < TERMS_MOST) reading->found[reading->count++] = number;
}

static void cover(Reading *reading, size_t from, size_t to) {
    for (uint32_t unit = reading->folded.at[from].unit; unit < reading->folded.at[to].unit;
         unit++) {
        reading->covered[unit] = 1;
    }
}

/* Where a product is named: which one is the bucket, and no part of the question. */
static void take_names(Reading *reading, ReviewReading *out) {
    TrieHit hit;
    for (size_t i = 0; reading->terms->names && i < reading->folded.count;) {
        if (!trie_longest(reading->terms->names, &reading->folded, i, &hit)) {
            i++;
            continue;
        }
        if (!out->named) out->name = hit.value;
        out->named = true;
        cover(reading, i, i + hit.size);
        i += hit.size;
    }
}

/* A code stands for its words, marked so that no word can be taken for it. */
static void take_same(Reading *reading, Arena *scratch) {
    const Lexicon *same = reading->terms->plan->same;
    TrieHit hit;
    for (size_t i = 0; same && i < reading->folded.count;) {
        bool free = !reading->covered[reading->folded.at[i].unit];
        if (!free || !trie_longest(same->words, &reading->folded, i, &hit)) {
            i++;
            continue;
        }
        keep(reading, str_format(scratch, "#%.*s", STR_ARGS(same->codes[hit.value])));
        cover(reading, i, i + hit.size);
        i += hit.size;
    }
}

static bool is_stopped(const Lexicon *stop, Arena *scratch, Str word) {
    TrieHit hit;
    if (!stop) return false;
    FoldedText folded = folded_text(scratch, word);
    return trie_longest(stop->words, &folded, 0, &hit) && hit.size == folded.count;
}

static void take_words(Reading *reading, Arena *scratch, Str text) {
    TextWord *words;
    size_t count = text_words(scratch, text, &words);
    for (size_t i = 0; i < count; i++) {
        if (reading->covered[words[i].from] || reading->covered[words[i].to - 1]) continue;
        if (is_stopped(reading->terms->plan->stop, scratch, words[i].text)) continue;
        keep(reading, words[i].text);
    }
}

static int compare_numbers(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return one < other ? -1 : one > other;
}

static TermSet sorted(Reading *reading) {
    uint32_t *terms = ARENA_ARRAY(reading->terms->arena, reading->count, uint32_t);
    if (reading->count) {
        memcpy(terms, reading->found, reading->count * sizeof *terms);
        qsort(terms, reading->count, sizeof *terms, compare_numbers);
    }
    return (TermSet){.terms = terms, .count = reading->count};
}

static uint64_t codes_in(const Lexicon *lexicon, const FoldedText *folded) {
    uint64_t codes = 0;
    TrieHit hit;
    for (size_t i = 0; lexicon && i < folded->count;) {
        bool found = trie_longest(lexicon->words, folded, i, &hit);
        if (found && hit.value < 64) codes |= UINT64_C(1) << hit.value;
        i += found ? hit.size : 1;
    }
    return codes;
}

ReviewReading review_terms_read(ReviewTerms *terms, Arena *scratch, Str text) {
    ReviewReading out = {0};
    Reading reading = {.terms = terms, .folded = folded_text(scratch, text)};
    size_t units = reading.folded.at[reading.folded.count].unit;
    reading.covered = ARENA_ARRAY(scratch, units + text.size + 1, unsigned char);
    take_names(&reading, &out);
    take_same(&reading, scratch);
    take_words(&reading, scratch, text);
    out.subjects = codes_in(terms->plan->subjects, &reading.folded);
    out.set = sorted(&reading);
    return out;
}

uint64_t review_codes_in(const Lexicon *lexicon, Arena *scratch, Str text) {
    FoldedText folded = folded_text(scratch, text);
    return codes_in(lexicon, &folded);
}

/* ---- Likeness ---- */

double review_likeness(const TermSet *a, const TermSet *b) {
    size_t i = 0, j = 0, common = 0;
    if (!a->count || !b->count) return 0;
    while (i < a->count && j < b->count) {
        uint32_t one = a->terms[i], other = b->terms[j];
        common += one == other;
        i += one <= other;
        j += other <= one;
    }
    return 100.0 * (double)common / sqrt((double)a->count * (double)b->count);
}

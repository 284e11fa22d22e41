/*
 * In the order of compliance.md: folded, harmless places masked, words near each other put
 * together, the longest kept, and only around what is left is it asked who says it and whether it
 * is denied. Most texts hold nothing and cost one pass.
 */
#include "lint.h"

#include <stdlib.h>

#include "lint_near.h"
#include "lint_sentence.h"

enum {
    DENIAL_REACH = 24,  /* points between a denial and what it denies */
    CLAUSE_REACH = 200, /* points that are looked at on each side of a place */
};

static const char *const SPEAKERS[LINT_SPEAKER_COUNT] = {"anyone", "customer", "self"};

Str lint_speaker_code(LintSpeaker speaker) {
    return str_of(SPEAKERS[speaker]);
}

bool lint_speaker_from(Str code, LintSpeaker *out) {
    for (int i = 0; i < LINT_SPEAKER_COUNT; i++) {
        if (!str_is(code, SPEAKERS[i])) continue;
        *out = (LintSpeaker)i;
        return true;
    }
    return false;
}

LintSpeaker lint_speaker_of(const Field *field) {
    LintSpeaker speaker;
    return lint_speaker_from(field->lint, &speaker) ? speaker : LINT_ANYONE;
}

LintReader lint_reader(const Lexicons *lexicons, Str market, LintSpeaker speaker) {
    return (LintReader){.rules = lexicons->checks,
                        .speech = lexicons_find(lexicons, STR("compliance_speech")),
                        .market = market,
                        .speaker = speaker};
}

/* One text being looked at, with what is left of its hits. */
typedef struct Looking {
    Arena *arena;
    const LintReader *reader;
    const FoldedText *text;
    PatternHit *hits; /* of rules and harmless words, those near each other too; in their order */
    size_t count;
    size_t longest; /* points of the longest of them */
    LintNearby nearby;
} Looking;

/* Of harmless words: the first rule of their lexicon. */
static const LintRule *rule_of(const Looking *looking, const PatternHit *hit) {
    return &looking->reader->rules->rules[lint_value_index(hit->value)];
}

static uint32_t group_of(const Looking *looking, const PatternHit *hit) {
    const LintRules *rules = looking->reader->rules;
    size_t index = lint_value_index(hit->value);
    bool is_word = lint_value_kind(hit->value) == LINT_KIND_WORDS;
    return is_word ? rules->words[index].group : rules->rules[index].group;
}

/* ---- Which places count ---- */

static int by_place(const void *a, const void *b) {
    const PatternHit *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static bool covers(const PatternHit *outer, const PatternHit *inner) {
    return outer->start <= inner->start && inner->end <= outer->end;
}

static bool is_near(const PatternHit *hit) {
    return lint_value_kind(hit->value) == LINT_KIND_NEAR;
}

/* Of two places of words near each other that meet the more serious counts, else the first. */
static bool outdoes(const Looking *looking, const PatternHit *outer, const PatternHit *inner) {
    if (outer->end <= inner->start || inner->end <= outer->start) return false;
    LintSeverity ours = rule_of(looking, outer)->severity,
                 theirs = rule_of(looking, inner)->severity;
    return ours == theirs ? outer < inner : ours > theirs;
}

/*
 * A longer place hides what is within it. What stands in a gap was not meant by the pattern, so
 * there only the same lexicon gives way; and harmless words speak for their own lexicon alone.
 */
static bool hides(const Looking *looking, const PatternHit *outer, const PatternHit *inner) {
    bool same_group = group_of(looking, outer) == group_of(looking, inner);
    LintKind kind = lint_value_kind(outer->value);
    if (kind == LINT_KIND_HARMLESS) return same_group && covers(outer, inner);
    if (kind == LINT_KIND_WORDS || lint_value_kind(inner->value) == LINT_KIND_WORDS) return false;
    if (is_near(outer) && is_near(inner)) return same_group && outdoes(looking, outer, inner);
    if (is_near(outer) || is_near(inner)) return false;
    if (!covers(outer, inner)) return false;
    bool longer = outer->end - outer->start > inner->end - inner->start;
    return longer ? same_group || !outer->has_gap : same_group && outer < inner;
}

/* Places are sorted: what meets one begins before its end, and no further back than the longest. */
static bool is_hidden(const Looking *looking, size_t index) {
    const PatternHit *hits = looking->hits, *hit = &hits[index];
    for (size_t i = index; i-- && hits[i].start + looking->longest >= hit->start;) {
        if (hides(looking, &hits[i], hit)) return true;
    }
    for (size_t i = index + 1; i < looking->count && hits[i].start < hit->end; i++) {
        if (hides(looking, &hits[i], hit)) return true;
    }
    return false;
}

static void keep_hits(Looking *looking, PatternHit *hits, size_t count) {
    looking->hits = hits;
    looking->count = count;
    for (size_t i = 0; i < count; i++) {
        size_t size = hits[i].end - hits[i].start;
        if (size > looking->longest) looking->longest = size;
    }
    qsort(hits, count, sizeof(PatternHit), by_place);
}

/* Takes the words of groups out of the hits, and puts what they make together in their stead. */
static void put_together(Looking *looking) {
    PatternHit *words = ARENA_ARRAY(looking->arena, looking->count, PatternHit), *places, *hits;
    size_t word_count = 0, kept = 0;
    for (size_t i = 0; i < looking->count; i++) {
        const PatternHit *hit = &looking->hits[i];
        bool is_word = lint_value_kind(hit->value) == LINT_KIND_WORDS;
        if (is_word && !is_hidden(looking, i)) words[word_count++] = *hit;
    }
    for (size_t i = 0; i < looking->count; i++) {
        const PatternHit *hit = &looking->hits[i];
        if (lint_value_kind(hit->value) != LINT_KIND_WORDS) looking->hits[kept++] = *hit;
    }
    looking->count = kept;
    looking->nearby = lint_nearby(looking->reader->rules, looking->text, words, word_count);
    size_t count = lint_near_find(looking->arena, &looking->nearby, &places);
    if (!count) return;
    hits = ARENA_ARRAY(looking->arena, kept + count, PatternHit);
    if (kept) memcpy(hits, looking->hits, kept * sizeof(PatternHit));
    memcpy(hits + kept, places, count * sizeof(PatternHit));
    keep_hits(looking, hits, kept + count);
}

static void find_places(Looking *looking, Str source) {
    const PatternHit *found;
    size_t count = pattern_set_find(looking->reader->rules->patterns, looking->arena, looking->text,
                                    source, &found);
    if (!count) return;
    PatternHit *hits = ARENA_ARRAY(looking->arena, count, PatternHit);
    memcpy(hits, found, count * sizeof(PatternHit));
    keep_hits(looking, hits, count);
    put_together(looking);
}

/* ---- Who says it, and whether it is denied ---- */

/* What a mark around a word says of who speaks, and whether it is denied. */
typedef enum Speech {
    SPEECH_OTHER,
    SPEECH_CUSTOMER,
    SPEECH_SELF,
    SPEECH_DENY_BEFORE,
    SPEECH_DENY_AFTER,
    SPEECH_DENY,
    SPEECH_REFUSE /* as a denial, throughout the sentence */
} Speech;

static Speech speech_of(const Lexicon *speech, uint32_t code) {
    static const struct {
        const char *code;
        Speech speech;
    } CODES[] = {{"customer", SPEECH_CUSTOMER},
                 {"self", SPEECH_SELF},
                 {"negation_before", SPEECH_DENY_BEFORE},
                 {"negation_after", SPEECH_DENY_AFTER},
                 {"negation", SPEECH_DENY},
                 {"refusal", SPEECH_REFUSE}};
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        if (str_is(speech->codes[code], CODES[i].code)) return CODES[i].speech;
    }
    return SPEECH_OTHER;
}

typedef bool Ends(const FoldedText *text, size_t at);

/* A stretch of the folded text, without its end. */
typedef struct Range {
    size_t start, end;
} Range;

/* The clause or sentence around a place. */
static Range around(const Looking *looking, const PatternHit *hit, Ends *ends) {
    Range range = {hit->start, hit->end};
    size_t first = hit->start > CLAUSE_REACH ? hit->start - CLAUSE_REACH : 0;
    size_t last = hit->end + CLAUSE_REACH;
    if (last > looking->text->count) last = looking->text->count;
    while (range.start > first && !ends(looking->text, range.start - 1)) range.start--;
    while (range.end < last && !ends(looking->text, range.end)) range.end++;
    return range;
}

/* What is said around a place. */
typedef struct Said {
    LintSpeaker speaker;
    size_t distance; /* of the word that tells the speaker */
    bool is_denied, is_refused;
} Said;

/* Between words near each other a denial stands where the gap of a pattern would be. */
static void hear(const PatternHit *hit, Speech speech, Range word, Said *said) {
    bool before = word.end <= hit->start, after = word.start >= hit->end;
    bool within = !before && !after && is_near(hit);
    size_t distance = before ? hit->start - word.end : after ? word.start - hit->end : 0;
    bool denies = speech == SPEECH_DENY || (!after && speech == SPEECH_DENY_BEFORE) ||
                  (!before && speech == SPEECH_DENY_AFTER);
    if (denies && (before || after || within) && distance <= DENIAL_REACH) said->is_denied = true;
    if (speech == SPEECH_REFUSE) said->is_refused = true;
    if (speech != SPEECH_CUSTOMER && speech != SPEECH_SELF) return;
    if (said->speaker != LINT_ANYONE && said->distance <= distance) return;
    said->speaker = speech == SPEECH_SELF ? LINT_SELF : LINT_CUSTOMER;
    said->distance = distance;
}

/* "No side effects" denies nothing but itself: its words say nothing of other places. */
static bool within_other(const Looking *looking, const PatternHit *hit, Range word) {
    PatternHit place = {.start = word.start, .end = word.end};
    if (is_near(hit) && lint_near_word(&looking->nearby, hit, word.start, word.end)) return true;
    for (size_t i = 0; i < looking->count && looking->hits[i].start <= word.start; i++) {
        if (&looking->hits[i] != hit && covers(&looking->hits[i], &place)) return true;
    }
    return false;
}

static Said listen(const Looking *looking, const PatternHit *hit, Range range) {
    const Lexicon *speech = looking->reader->speech;
    Said said = {0};
    for (size_t at = range.start; speech && at < range.end;) {
        TrieHit word = {.size = 1};
        if (trie_longest(speech->words, looking->text, at, &word)) {
            Range place = {at, at + word.size};
            Speech heard = speech_of(speech, word.value);
            if (heard != SPEECH_OTHER && !within_other(looking, hit, place)) {
                hear(hit, heard, place, &said);
            }
        }
        at += word.size;
    }
    return said;
}

/* The clause itself comes first, then what the field is, then the rest of the sentence. */
static Said said_of(const Looking *looking, const PatternHit *hit) {
    Said said = listen(looking, hit, around(looking, hit, lint_ends_clause));
    Said further = listen(looking, hit, around(looking, hit, lint_ends_sentence));
    if (further.is_refused) said.is_denied = true;
    if (said.speaker != LINT_ANYONE) return said;
    said.speaker = looking->reader->speaker;
    if (said.speaker == LINT_ANYONE) said.speaker = further.speaker;
    return said;
}

/* ---- How serious it is ---- */

static LintSeverity severity_in(const LintRule *rule, Str market) {
    for (size_t i = 0; i < rule->market_count; i++) {
        if (str_equal(rule->markets[i].market, market)) return rule->markets[i].severity;
    }
    return rule->severity;
}

static LintFinding finding_of(const Looking *looking, const PatternHit *hit) {
    const LintRule *rule = rule_of(looking, hit);
    LintFinding finding = {.rule = rule,
                           .severity = severity_in(rule, looking->reader->market),
                           .span = folded_span(looking->text, hit->start, hit->end),
                           .speaker = looking->reader->speaker};
    if (!rule->negation_lowers && !rule->has_asked) return finding;
    Said said = said_of(looking, hit);
    finding.speaker = said.speaker;
    finding.negated = said.is_denied && rule->negation_lowers;
    bool is_asked = rule->has_asked && said.speaker == LINT_CUSTOMER;
    if (is_asked && rule->asked < finding.severity) finding.severity = rule->asked;
    if (finding.negated) finding.severity = LINT_INFO;
    return finding;
}

/* ---- All together ---- */

/* What a hit amounts to; without a rule where it means nothing. */
static LintFinding judge(const Looking *looking, size_t index) {
    const PatternHit *hit = &looking->hits[index];
    if (lint_value_kind(hit->value) == LINT_KIND_HARMLESS || is_hidden(looking, index)) {
        return (LintFinding){0};
    }
    if (lint_near_harmless(&looking->nearby, rule_of(looking, hit), hit)) return (LintFinding){0};
    return finding_of(looking, hit);
}

/* Whether the other finding is of the lexicon and sentence of this one, and as serious. */
static bool tells_already(const Looking *looking, const LintFinding *findings, size_t other,
                          size_t index) {
    const LintFinding *finding = &findings[other];
    if (!finding->rule || finding->rule->group != findings[index].rule->group) return false;
    if (is_near(&looking->hits[other]) || finding->severity < findings[index].severity)
        return false;
    size_t first = other < index ? other : index, second = other < index ? index : other;
    return lint_one_sentence(looking->text, looking->hits[first].start,
                             looking->hits[second].start);
}

/*
 * Words near each other are a guess, where the lexicon's other findings are none: nobody needs it
 * in a sentence that has one of those.
 */
static bool is_needless(const Looking *looking, const LintFinding *findings, size_t index) {
    const PatternHit *hits = looking->hits;
    size_t start = hits[index].start;
    for (size_t i = index; i-- && hits[i].start + CLAUSE_REACH >= start;) {
        if (tells_already(looking, findings, i, index)) return true;
    }
    for (size_t i = index + 1; i < looking->count && hits[i].start <= start + CLAUSE_REACH; i++) {
        if (tells_already(looking, findings, i, index)) return true;
    }
    return false;
}

void lint_read(Arena *arena, Str text, const LintReader *reader, LintReading *out) {
    FoldedText folded = folded_text(arena, text);
    Looking looking = {.arena = arena, .reader = reader, .text = &folded};
    *out = (LintReading){0};
    if (!reader->rules) return;
    find_places(&looking, text);
    if (!looking.count) return;
    LintFinding *findings = ARENA_ARRAY(arena, looking.count, LintFinding);
    LintFinding *kept = ARENA_ARRAY(arena, looking.count, LintFinding);
    for (size_t i = 0; i < looking.count; i++) findings[i] = judge(&looking, i);
    for (size_t i = 0; i < looking.count; i++) {
        if (!findings[i].rule) continue;
        if (is_near(&looking.hits[i]) && is_needless(&looking, findings, i)) continue;
        kept[out->count++] = findings[i];
    }
    out->findings = kept;
}

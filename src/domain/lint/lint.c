/*
 * In the order of compliance.md: folded, harmless places masked, the longest words kept, and only
 * around what is left is it asked who says it and whether it is denied. Most texts hold nothing and
 * cost one pass.
 */
#include "lint.h"

#include <stdlib.h>

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
    PatternHit *hits; /* without those that are masked or part of a longer one, in their order */
    size_t count;
    size_t longest; /* points of the longest of them */
} Looking;

static const LintRule *rule_of(const Looking *looking, const PatternHit *hit) {
    return lint_value_rule(looking->reader->rules, hit->value);
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

/*
 * A longer place hides what is within it. What stands in a gap was not meant by the pattern, so
 * there only the same lexicon gives way; and harmless words speak for their own lexicon alone.
 */
static bool hides(const Looking *looking, const PatternHit *outer, const PatternHit *inner) {
    if (!covers(outer, inner)) return false;
    bool same_group = rule_of(looking, outer)->group == rule_of(looking, inner)->group;
    if (lint_value_harmless(outer->value)) return same_group;
    bool longer = outer->end - outer->start > inner->end - inner->start;
    return longer ? same_group || !outer->has_gap : same_group && outer < inner;
}

/* Places are sorted: what covers one begins no later, and no further back than the longest is. */
static bool is_hidden(const Looking *looking, size_t index) {
    const PatternHit *hits = looking->hits, *hit = &hits[index];
    for (size_t i = index; i-- && hits[i].start + looking->longest >= hit->end;) {
        if (hides(looking, &hits[i], hit)) return true;
    }
    for (size_t i = index + 1; i < looking->count && hits[i].start == hit->start; i++) {
        if (hides(looking, &hits[i], hit)) return true;
    }
    return false;
}

static size_t find_places(Looking *looking, Str source) {
    const PatternHit *found;
    size_t count = pattern_set_find(looking->reader->rules->patterns, looking->arena, looking->text,
                                    source, &found);
    if (!count) return 0;
    looking->hits = ARENA_ARRAY(looking->arena, count, PatternHit);
    memcpy(looking->hits, found, count * sizeof(PatternHit));
    looking->count = count;
    for (size_t i = 0; i < count; i++) {
        size_t size = found[i].end - found[i].start;
        if (size > looking->longest) looking->longest = size;
    }
    qsort(looking->hits, count, sizeof(PatternHit), by_place);
    return count;
}

/* ---- Who says it, and whether it is denied ---- */

/* What a mark around a word says of who speaks, and whether it is denied. */
typedef enum Speech {
    SPEECH_OTHER,
    SPEECH_CUSTOMER,
    SPEECH_SELF,
    SPEECH_DENY_BEFORE,
    SPEECH_DENY_AFTER,
    SPEECH_DENY
} Speech;

static Speech speech_of(const Lexicon *speech, uint32_t code) {
    static const struct {
        const char *code;
        Speech speech;
    } CODES[] = {{"customer", SPEECH_CUSTOMER},
                 {"self", SPEECH_SELF},
                 {"negation_before", SPEECH_DENY_BEFORE},
                 {"negation_after", SPEECH_DENY_AFTER},
                 {"negation", SPEECH_DENY}};
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        if (str_is(speech->codes[code], CODES[i].code)) return CODES[i].speech;
    }
    return SPEECH_OTHER;
}

static uint32_t point_at(const Looking *looking, size_t at) {
    return looking->text->at[at].point;
}

static bool ends_sentence(const Looking *looking, size_t at) {
    uint32_t point = point_at(looking, at);
    if (point == '\n' || point == 0x3002 || point == '!' || point == '?') return true;
    if (point != '.') return false;
    return at + 1 == looking->text->count || point_at(looking, at + 1) == ' ' ||
           point_at(looking, at + 1) == '\n';
}

static bool ends_clause(const Looking *looking, size_t at) {
    uint32_t point = point_at(looking, at);
    return point == ',' || point == 0x3001 || point == ';' || point == ':' ||
           ends_sentence(looking, at);
}

typedef bool Ends(const Looking *looking, size_t at);

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
    while (range.start > first && !ends(looking, range.start - 1)) range.start--;
    while (range.end < last && !ends(looking, range.end)) range.end++;
    return range;
}

/* What is said around a place. */
typedef struct Said {
    LintSpeaker speaker;
    size_t distance; /* of the word that tells the speaker */
    bool is_denied;
} Said;

static void hear(const PatternHit *hit, Speech speech, Range word, Said *said) {
    bool before = word.end <= hit->start, after = word.start >= hit->end;
    size_t distance = before ? hit->start - word.end : after ? word.start - hit->end : 0;
    bool denies = speech == SPEECH_DENY || (before && speech == SPEECH_DENY_BEFORE) ||
                  (after && speech == SPEECH_DENY_AFTER);
    if (denies && (before || after) && distance <= DENIAL_REACH) said->is_denied = true;
    if (speech != SPEECH_CUSTOMER && speech != SPEECH_SELF) return;
    if (said->speaker != LINT_ANYONE && said->distance <= distance) return;
    said->speaker = speech == SPEECH_SELF ? LINT_SELF : LINT_CUSTOMER;
    said->distance = distance;
}

/* "No side effects" denies nothing but itself: its words say nothing of other places. */
static bool within_other(const Looking *looking, const PatternHit *hit, Range word) {
    PatternHit place = {.start = word.start, .end = word.end};
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
    Said said = listen(looking, hit, around(looking, hit, ends_clause));
    if (said.speaker != LINT_ANYONE) return said;
    said.speaker = looking->reader->speaker;
    if (said.speaker == LINT_ANYONE) {
        said.speaker = listen(looking, hit, around(looking, hit, ends_sentence)).speaker;
    }
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

void lint_read(Arena *arena, Str text, const LintReader *reader, LintReading *out) {
    FoldedText folded = folded_text(arena, text);
    Looking looking = {.arena = arena, .reader = reader, .text = &folded};
    *out = (LintReading){0};
    if (!reader->rules || !find_places(&looking, text)) return;
    LintFinding *findings = ARENA_ARRAY(arena, looking.count, LintFinding);
    for (size_t i = 0; i < looking.count; i++) {
        const PatternHit *hit = &looking.hits[i];
        if (lint_value_harmless(hit->value) || is_hidden(&looking, i)) continue;
        findings[out->count++] = finding_of(&looking, hit);
    }
    out->findings = findings;
}

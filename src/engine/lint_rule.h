/*
 * What lexicons for checking say of the words that they list: what finding one means, how serious
 * it is in which market, why, and what to write instead. Read with the lexicon (lexicon.h); what a
 * text is found to hold is decided by domain/lint.
 */
#ifndef ONDO_ENGINE_LINT_RULE_H
#define ONDO_ENGINE_LINT_RULE_H

#include "pattern_set.h"
#include "place.h"

/** Ascending: what is found is as serious as the highest that holds. */
typedef enum LintSeverity {
    LINT_INFO,  /* told, and nothing follows */
    LINT_WARN,  /* the author confirms it */
    LINT_ROUTE, /* saved, and goes to those who review it */
    LINT_BLOCK, /* not saved */
    LINT_SEVERITY_COUNT
} LintSeverity;

/** "info", "warn", "route" or "block". */
Str lint_severity_code(LintSeverity severity);

/** Limits of what lexicons can say of words near each other. */
enum {
    LINT_NEAR_LEAST = 2, /* groups of words that one place is made of */
    LINT_NEAR_MOST = 4,
    LINT_UNLESS_MOST = 4,  /* groups of words that make a rule's places harmless */
    LINT_WORDS_MOST = 255, /* groups of words in all lexicons */
    LINT_WITHIN_USUAL = 60,
    LINT_WITHIN_MOST = 300,
};

/** A market where a rule is more or less serious than elsewhere. */
typedef struct LintMarket {
    Str market; /* ISO 3166-1, "CN" */
    LintSeverity severity;
} LintMarket;

/** What one group of words in a lexicon means. */
typedef struct LintRule {
    Str code;     /* "off_label.dose": category and group */
    Str category; /* "off_label" */
    Str route;    /* who looks at it: "compliance", "safety" or "quality" */
    Str lexicon;  /* its definition's name, and which version of it was read */
    Str version;
    Str source; /* what the rule rests on; may be empty */
    Str report; /* kind of the safety report that such words open; empty: none */
    Label label, category_label;
    Label why, instead;    /* what is wrong with such words, and what can be written */
    LintSeverity severity; /* where no market says otherwise */
    const LintMarket *markets;
    size_t market_count;
    bool negation_lowers; /* "no kickback" is no more than told */
    bool has_asked;       /* it is another matter when the customer said it: */
    LintSeverity asked;
    Label asked_instead;
    uint32_t group; /* rules of one lexicon have the same: its harmless words mask theirs only */
    uint8_t unless[LINT_UNLESS_MOST]; /* groups of words, in whose sentence it means nothing */
    uint8_t unless_count;
} LintRule;

/** Words that mean something where they stand near each other, and nothing alone. */
typedef struct LintNear {
    uint32_t rule;                 /* what they mean then */
    uint8_t words[LINT_NEAR_MOST]; /* groups: one word of each, in whatever order */
    uint8_t count;
    uint16_t within; /* bytes of the text, from the first word to the end of the last */
} LintNear;

/** A group of words that rules speak of by its name. */
typedef struct LintWords {
    Str name;
    uint32_t group; /* as that of the rules of its lexicon, which alone know it */
} LintWords;

/** All rules, and the words that lead to them. */
typedef struct LintRules {
    Arena *arena;
    PatternSet *patterns; /* a pattern's value is made by lint_value */
    LintRule *rules;
    size_t count, room;
    LintNear *nears;
    size_t near_count, near_room;
    LintWords words[LINT_WORDS_MOST];
    size_t word_count;
} LintRules;

/** No rules. Lives and grows in the arena. */
LintRules *lint_rules_new(Arena *arena);

/** What a pattern stands for. */
typedef enum LintKind {
    LINT_KIND_RULE,     /* its words mean what the rule says */
    LINT_KIND_HARMLESS, /* such words are harmless in the lexicon of the rule */
    LINT_KIND_WORDS,    /* they belong to a group of words */
    LINT_KIND_NEAR,     /* of no pattern: a place that words near each other make together */
} LintKind;

/** The value of a pattern: `index` is that of its rule, or of its group of words. */
static inline uint32_t lint_value(size_t index, LintKind kind) {
    return (uint32_t)index << 2 | (uint32_t)kind;
}
/** What a value stands for. */
static inline LintKind lint_value_kind(uint32_t value) {
    return (LintKind)(value & 3U);
}
/** Its rule or group of words. */
static inline size_t lint_value_index(uint32_t value) {
    return value >> 2;
}

/** A lexicon for checking that is being read. */
typedef struct LintSource {
    Str name;    /* of the lexicon */
    Label label; /* of its category */
    Str text;    /* of the file, for its version */
} LintSource;

/**
 * Adds the rules of a lexicon file that has a "check", with their words; errors go to the place's
 * problem. `scratch` is for what is needed while reading.
 */
void lint_rules_read(LintRules *rules, Arena *scratch, const Place *file, const LintSource *source);

#endif

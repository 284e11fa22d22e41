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
} LintRule;

/** All rules, and the words that lead to them. */
typedef struct LintRules {
    Arena *arena;
    PatternSet *patterns; /* a pattern's value is made by lint_value */
    LintRule *rules;
    size_t count, room;
} LintRules;

/** No rules. Lives and grows in the arena. */
LintRules *lint_rules_new(Arena *arena);

/** The value of a pattern: its rule, and whether it says that such words are harmless there. */
static inline uint32_t lint_value(size_t rule, uint32_t harmless) {
    return (uint32_t)rule << 1 | harmless;
}
/** The rule of a pattern's value. */
static inline const LintRule *lint_value_rule(const LintRules *rules, uint32_t value) {
    return &rules->rules[value >> 1];
}
/** Whether the pattern says that its words are harmless. */
static inline bool lint_value_harmless(uint32_t value) {
    return (value & 1U) != 0;
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

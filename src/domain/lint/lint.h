/*
 * Compliance of what people write: finds wording that suggests off-label promotion, inducement,
 * prescription counting, disparagement, patients' identity, adverse events or product complaints
 * (V20). Signals for people, never verdicts: the text is not changed, and whoever reads a finding
 * is told why and what to write instead. The words are data (pharma/lexicons/compliance_*.json).
 */
#ifndef ONDO_DOMAIN_LINT_LINT_H
#define ONDO_DOMAIN_LINT_LINT_H

#include "lexicon.h"

/** Whose words a text reports: that a doctor asks about something is another matter than saying it.
 */
typedef enum LintSpeaker {
    LINT_ANYONE, /* not known; then the strictest holds */
    LINT_CUSTOMER,
    LINT_SELF,
    LINT_SPEAKER_COUNT
} LintSpeaker;

/** "anyone", "customer" or "self". */
Str lint_speaker_code(LintSpeaker speaker);
/** False for any other word. */
MUST_USE bool lint_speaker_from(Str code, LintSpeaker *out);
/** Whose words the field's text reports, as its definition says; LINT_ANYONE where it says nothing.
 */
LintSpeaker lint_speaker_of(const Field *field);

/** What a text is looked at with. */
typedef struct LintReader {
    const LintRules *rules;
    const Lexicon *speech; /* words of asking, saying and denying; NULL: none are known */
    Str market;            /* "CN"; empty: not known */
    LintSpeaker speaker;   /* of the field; what the text itself says of it comes first */
} LintReader;

/** With the rules and the words of speech of the business. */
LintReader lint_reader(const Lexicons *lexicons, Str market, LintSpeaker speaker);

/** One place that people should look at. */
typedef struct LintFinding {
    const LintRule *rule;
    LintSeverity severity;
    TextSpan span;       /* bytes of the text as it was given */
    LintSpeaker speaker; /* whose words they seem to be */
    bool negated;        /* said not to be so, of a rule for which that makes it LINT_INFO */
} LintFinding;

/** What was found in a text, in the order of the text. */
typedef struct LintReading {
    const LintFinding
        *findings; /* in the order of the text; spans of two categories may be equal */
    size_t count;
} LintReading;

/**
 * Looks at a text. Everything lives in the arena. Any bytes can be looked at; linear in their
 * number but for what is found.
 */
void lint_read(Arena *arena, Str text, const LintReader *reader, LintReading *out);

#endif

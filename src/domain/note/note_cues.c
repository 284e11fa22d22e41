/*
 * What a clause is by its words. A question and a wish are the doctor's whoever tells of them; a
 * promise is ours only if nothing says that it was kept long ago or that others gave it. A piece
 * that nobody meant is worse than one that is missed, so each doubt ends with no piece.
 */
#include "note_cues.h"

#include "kana.h"
#include "note_trim.h"

static bool is_deed(const NoteToken *token) {
    return note_token_is_word(token, NOTE_WORD_DELIVER) ||
           note_token_is_word(token, NOTE_WORD_ACT) || note_token_is_word(token, NOTE_WORD_VISIT);
}

static bool is_vow(const NoteToken *token) {
    return note_token_is_word(token, NOTE_WORD_VOW) || note_token_is_word(token, NOTE_WORD_NEED);
}

/* Words between what has to be and what is done: 需(提前)准备, "will also send". */
static bool is_between(const NoteToken *token) {
    static const unsigned BETWEEN = 1U << NOTE_WORD_MODAL | 1U << NOTE_WORD_CONNECTIVE |
                                    1U << NOTE_WORD_PARTICLE | 1U << NOTE_WORD_URGENT;
    return note_token_is_of(token, BETWEEN);
}

/* The next token from `at` on that says anything but when; `end` where there is none. */
static size_t next_said(const NoteTokens *tokens, size_t at, size_t end) {
    while (at < end &&
           (!note_token_says(&tokens->at[at]) || tokens->at[at].kind == NOTE_TOKEN_TIME)) {
        at++;
    }
    return at;
}

/* "will send", "需提供", 送付します: side by side, in either order. */
static bool is_vowed(const NoteTokens *tokens, const NoteClause *clause) {
    const NoteToken *last = NULL;
    for (size_t i = clause->first; i < clause->end; i++) {
        const NoteToken *token = &tokens->at[i];
        if (is_deed(token) && token->value) return true;
        if (token->kind == NOTE_TOKEN_TIME || !note_token_says(token) || is_between(token))
            continue;
        bool beside =
            last && ((is_vow(last) && is_deed(token)) || (is_deed(last) && is_vow(token)));
        if (beside) return true;
        last = token;
    }
    return false;
}

/* "Dr Kim will send", 主任安排: the clause begins with somebody who does it. */
static bool is_theirs(const NoteTokens *tokens, const NoteClause *clause) {
    enum { NAME_AND_TITLE = 2 };
    size_t at = next_said(tokens, clause->first, clause->end);
    bool person = false;
    for (int i = 0; i < NAME_AND_TITLE && at < clause->end; i++) {
        bool speaker = note_token_is_word(&tokens->at[at], NOTE_WORD_SPEAKER);
        if (!speaker && tokens->at[at].kind != NOTE_TOKEN_TEXT) break;
        person = person || speaker;
        at = next_said(tokens, at + 1, clause->end);
    }
    return person && at < clause->end &&
           (note_token_is_word(&tokens->at[at], NOTE_WORD_VOW) || is_deed(&tokens->at[at]));
}

enum { LATIN = 0x80, HAN_FIRST = 0x3400 };

/* の(か)ウンター is no question: behind か follows what ties it to a verb of asking, or no kana. */
static bool is_cut_from_word(const NoteTokens *tokens, size_t at, size_t end) {
    static const uint32_t TIES[] = {0x3068, 0x306F, 0x304C, 0x3082, 0x306A, 0x3069, 0x3063};
    if (at + 1 >= end || tokens->at[at + 1].kind != NOTE_TOKEN_TEXT) return false;
    uint32_t next = tokens->at[at + 1].point;
    for (size_t i = 0; i < sizeof TIES / sizeof *TIES; i++) {
        if (next == TIES[i]) return false;
    }
    return kana_is(next);
}

/* In English the words of a question ask only where a sentence begins: "told him how often" tells.
 */
static bool is_asking(const NoteTokens *tokens, const NoteClause *clause, size_t at) {
    if (tokens->at[at].point >= LATIN) return !is_cut_from_word(tokens, at, clause->end);
    while (at > clause->first && tokens->at[at - 1].kind == NOTE_TOKEN_SPACE) at--;
    if (at == clause->first) return true;
    const NoteToken *before = &tokens->at[at - 1];
    return !note_token_says(before) || note_token_is_word(before, NOTE_WORD_CONNECTIVE);
}

/* A Han alone is a word in Chinese (送) and part of one in Japanese (搬送). */
static bool is_part_of_word(const NoteToken *token, bool japanese) {
    return japanese && token->end - token->start == 1 && token->point >= HAN_FIRST;
}

static bool has_kana(const NoteTokens *tokens, const NoteClause *clause) {
    for (size_t i = clause->first; i < clause->end; i++) {
        if (kana_is(tokens->at[i].point)) return true;
    }
    return false;
}

static unsigned words_of(const NoteTokens *tokens, const NoteClause *clause) {
    unsigned words = 0;
    bool japanese = has_kana(tokens, clause);
    for (size_t i = clause->first; i < clause->end; i++) {
        const NoteToken *token = &tokens->at[i];
        if (token->kind != NOTE_TOKEN_WORD || is_part_of_word(token, japanese)) continue;
        if (token->what == NOTE_WORD_QUERY && !is_asking(tokens, clause, i)) continue;
        words |= 1U << token->what;
    }
    return words;
}

bool note_clause_heard(const NoteTokens *tokens, const NoteClause *clause) {
    static const unsigned HEARD = 1U << NOTE_WORD_ASK | 1U << NOTE_WORD_QUERY |
                                  1U << NOTE_WORD_INTEREST | 1U << NOTE_WORD_WISH |
                                  1U << NOTE_WORD_WANT | 1U << NOTE_WORD_WANTED;
    return (words_of(tokens, clause) & HEARD) != 0;
}

/* "Dr Wu" and 王主任 of "Dr Wu asked": who, and nothing of what. */
static bool is_person(const NoteTokens *tokens, const NoteClause *clause, NoteRange range) {
    enum { NAME_AND_TITLE = 2 };
    size_t said = 0, before = range.first;
    while (before > clause->first && tokens->at[before - 1].kind == NOTE_TOKEN_SPACE) before--;
    bool person =
        before > clause->first && note_token_is_word(&tokens->at[before - 1], NOTE_WORD_SPEAKER);
    for (size_t i = range.first; i < range.end; i++) {
        const NoteToken *token = &tokens->at[i];
        bool speaker = note_token_is_word(token, NOTE_WORD_SPEAKER);
        if (!note_token_says(token)) continue;
        if (!speaker && token->kind != NOTE_TOKEN_TEXT) return false;
        person = person || speaker;
        said++;
    }
    return person && said <= NAME_AND_TITLE;
}

NoteCues note_cues(const NoteTokens *tokens, const NoteClause *clause, const NoteClause *before,
                   const NoteCalendar *calendar) {
    NoteCues cues = {.words = words_of(tokens, clause)};
    cues.vowed = is_vowed(tokens, clause);
    cues.theirs = is_theirs(tokens, clause);
    cues.answers = before && (before->marks || note_clause_heard(tokens, before));
    size_t first = clause->first;
    while (first < clause->end && !note_token_says(&tokens->at[first])) first++;
    cues.imperative = first < clause->end && is_deed(&tokens->at[first]);
    NoteRange subject = note_trim_subject(tokens, (NoteRange){clause->first, clause->end});
    cues.names = subject.first < subject.end && !is_person(tokens, clause, subject);
    cues.has_due = note_due_find(tokens, clause->first, clause->end, calendar, &cues.due);
    return cues;
}

static bool has(const NoteCues *cues, NoteWord word) {
    return (cues->words & (1U << word)) != 0;
}

bool note_cues_done(const NoteCues *cues) {
    return has(cues, NOTE_WORD_DELIVER) || has(cues, NOTE_WORD_ACT) || has(cues, NOTE_WORD_VISIT);
}

/* Thanks end with an exclamation mark in all three languages. */
static uint8_t kinds_by_mark(const NoteClause *clause, const NoteCues *cues) {
    uint8_t kinds = clause->marks;
    bool bounded = cues->has_due && cues->due.bounded;
    bool polite = has(cues, NOTE_WORD_COURTESY) && !bounded && !note_cues_done(cues);
    if (polite) kinds &= (uint8_t)~NOTE_MARK_COMMITMENT;
    return kinds;
}

/*
 * Whether what is done at a time is still to be done, and more than the next call of a round:
 * "again next week" is no promise unless it answers something.
 */
static bool is_intended(const NoteCues *cues) {
    if (cues->due.bounded || cues->imperative) return true;
    bool more = has(cues, NOTE_WORD_DELIVER) || has(cues, NOTE_WORD_ACT);
    return !cues->due.running && (more || cues->answers);
}

/* What we are to do, by the words alone. */
static bool is_commitment(const NoteCues *cues) {
    if (cues->theirs || has(cues, NOTE_WORD_THEIRS)) return false;
    bool bounded = cues->has_due && cues->due.bounded;
    if (has(cues, NOTE_WORD_OVER) && !bounded) return false;
    bool promised = has(cues, NOTE_WORD_PROMISE) || cues->vowed;
    if (promised && (cues->has_due || note_cues_done(cues))) return true;
    bool more = has(cues, NOTE_WORD_DELIVER) || has(cues, NOTE_WORD_ACT);
    if (has(cues, NOTE_WORD_NEXT) && more) return true;
    if (note_cues_done(cues) && cues->has_due) return is_intended(cues);
    bool wished =
        has(cues, NOTE_WORD_WANT) || has(cues, NOTE_WORD_WISH) || has(cues, NOTE_WORD_WANTED);
    if (wished && bounded) return true;
    return (note_cues_done(cues) || wished) && has(cues, NOTE_WORD_URGENT);
}

/* Without a mark only what names something is more than a remark. */
static uint8_t kinds_by_words(const NoteCues *cues) {
    if (has(cues, NOTE_WORD_NONE) || has(cues, NOTE_WORD_CHAT)) return 0;
    if (has(cues, NOTE_WORD_ASK)) return cues->names ? NOTE_MARK_QUESTION : 0;
    if (is_commitment(cues)) return NOTE_MARK_COMMITMENT;
    if (!cues->names) return 0;
    if (has(cues, NOTE_WORD_QUERY) && !has(cues, NOTE_WORD_OVER)) return NOTE_MARK_QUESTION;
    bool liked = has(cues, NOTE_WORD_INTEREST) || has(cues, NOTE_WORD_WISH);
    return liked ? NOTE_MARK_INTEREST : 0;
}

uint8_t note_kinds(const NoteClause *clause, const NoteCues *cues) {
    if (clause->marks) return kinds_by_mark(clause, cues);
    return clause->aside ? 0 : kinds_by_words(cues);
}

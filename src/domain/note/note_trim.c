/* Words are taken from both ends only, so that what is left is one piece of the note as it stands.
 */
#include "note_trim.h"

#include "kana.h"

#define BIT(word) (1U << (word))

static const unsigned JOINING = BIT(NOTE_WORD_CONNECTIVE);
/* Before a thing, and behind it. */
static const unsigned FRAME_BEFORE =
    BIT(NOTE_WORD_CONNECTIVE) | BIT(NOTE_WORD_SPEAKER) | BIT(NOTE_WORD_WANT) |
    BIT(NOTE_WORD_WANTED) | BIT(NOTE_WORD_WISH) | BIT(NOTE_WORD_MODAL) | BIT(NOTE_WORD_VOW) |
    BIT(NOTE_WORD_NEED) | BIT(NOTE_WORD_NEXT) | BIT(NOTE_WORD_PROMISE) | BIT(NOTE_WORD_LEAD) |
    BIT(NOTE_WORD_PARTICLE) | BIT(NOTE_WORD_URGENT) | BIT(NOTE_WORD_COURTESY);
static const unsigned FRAME_BEHIND =
    BIT(NOTE_WORD_WANTED) | BIT(NOTE_WORD_WISH) | BIT(NOTE_WORD_MODAL) | BIT(NOTE_WORD_VOW) |
    BIT(NOTE_WORD_NEED) | BIT(NOTE_WORD_NEXT) | BIT(NOTE_WORD_PROMISE) | BIT(NOTE_WORD_LEAD) |
    BIT(NOTE_WORD_PARTICLE) | BIT(NOTE_WORD_URGENT) | BIT(NOTE_WORD_COURTESY);
static const unsigned ASKED = BIT(NOTE_WORD_ASK) | BIT(NOTE_WORD_INTEREST);
static const unsigned DONE = BIT(NOTE_WORD_DELIVER) | BIT(NOTE_WORD_ACT) | BIT(NOTE_WORD_VISIT);

/* ---- Signs ---- */

/* Signs that belong to what stands beside them: 50%, 3+, 38° */
static bool clings(const NoteToken *token) {
    return token->point == '%' || token->point == '+' || token->point == 0xB0;
}

static bool is_edge(const NoteToken *token) {
    switch (token->kind) {
        case NOTE_TOKEN_SIGN: return !clings(token);
        case NOTE_TOKEN_MARK:
        case NOTE_TOKEN_SPACE:
        case NOTE_TOKEN_COLON:
        case NOTE_TOKEN_PAUSE:
        case NOTE_TOKEN_COMMA:
        case NOTE_TOKEN_STOP:
        case NOTE_TOKEN_LINE: return true;
        default: return false;
    }
}

static bool has_kind(const NoteTokens *tokens, NoteRange range, NoteTokenKind kind) {
    for (size_t i = range.first; i < range.end; i++) {
        if (tokens->at[i].kind == kind) return true;
    }
    return false;
}

static bool is_bracket(NoteTokenKind kind) {
    return kind == NOTE_TOKEN_OPEN || kind == NOTE_TOKEN_CLOSE;
}

/* One bracket less at either end, where its counterpart is not within. */
static bool trim_bracket(const NoteTokens *tokens, NoteRange *range) {
    if (range->first >= range->end) return false;
    NoteTokenKind first = tokens->at[range->first].kind, last = tokens->at[range->end - 1].kind;
    if (!is_bracket(first) && !is_bracket(last)) return false;
    bool opens = has_kind(tokens, *range, NOTE_TOKEN_OPEN);
    bool closes = has_kind(tokens, *range, NOTE_TOKEN_CLOSE);
    if (first == NOTE_TOKEN_CLOSE || (first == NOTE_TOKEN_OPEN && !closes)) {
        range->first++;
        return true;
    }
    if (last == NOTE_TOKEN_OPEN || (last == NOTE_TOKEN_CLOSE && !opens)) {
        range->end--;
        return true;
    }
    return false;
}

static NoteRange trim_signs(const NoteTokens *tokens, NoteRange range) {
    do {
        while (range.first < range.end && is_edge(&tokens->at[range.first])) range.first++;
        while (range.first < range.end && is_edge(&tokens->at[range.end - 1])) range.end--;
    } while (trim_bracket(tokens, &range));
    return range;
}

/* ---- Words ---- */

static bool is_one_of(const NoteToken *token, unsigned words) {
    return token->kind == NOTE_TOKEN_WORD && (words & BIT(token->what));
}

/* Words of time that only bound what is gone: "by" before a day that was cut off. */
static bool is_loose_time(const NoteToken *token) {
    return note_token_is_time(token, NOTE_TIME_FILLER) ||
           note_token_is_time(token, NOTE_TIME_UNTIL) ||
           note_token_is_time(token, NOTE_TIME_BEFORE) ||
           note_token_is_time(token, NOTE_TIME_WITHIN);
}

/* A particle of one kana before other kana is the beginning of a word. */
static bool begins_word(const NoteTokens *tokens, size_t at, size_t end) {
    const NoteToken *token = &tokens->at[at];
    if (token->end - token->start != 1 || !kana_is(token->point) || at + 1 >= end) return false;
    return tokens->at[at + 1].kind == NOTE_TOKEN_TEXT && kana_is(tokens->at[at + 1].point);
}

/* When it is due, with the brackets around: "相互作用の文献（来週水曜）". */
static NoteRange due_range(const NoteTokens *tokens, NoteRange range, const NoteDue *due) {
    NoteRange said = {due->first, due->end};
    bool bracketed = said.first > range.first && said.end < range.end &&
                     tokens->at[said.first - 1].kind == NOTE_TOKEN_OPEN &&
                     tokens->at[said.end].kind == NOTE_TOKEN_CLOSE;
    return bracketed ? (NoteRange){said.first - 1, said.end + 1} : said;
}

/* When it is due less at either end. */
static bool trim_due(const NoteTokens *tokens, NoteRange *range, const NoteDue *due) {
    if (!due) return false;
    NoteRange said = due_range(tokens, *range, due);
    if (range->first == said.first) {
        range->first = said.end < range->end ? said.end : range->end;
        return true;
    }
    if (range->end != said.end) return false;
    range->end = said.first > range->first ? said.first : range->first;
    return true;
}

/* One word, or the time, less at either end. */
static bool trim_word(const NoteTokens *tokens, NoteRange *range, unsigned more,
                      const NoteDue *due) {
    if (range->first >= range->end) return false;
    const NoteToken *first = &tokens->at[range->first], *last = &tokens->at[range->end - 1];
    if (trim_due(tokens, range, due)) return true;
    if ((is_one_of(first, FRAME_BEFORE | more) || is_loose_time(first)) &&
        !begins_word(tokens, range->first, range->end)) {
        range->first++;
    } else if (is_one_of(last, FRAME_BEHIND | more) || is_loose_time(last)) {
        range->end--;
    } else {
        return false;
    }
    return true;
}

static NoteRange trim_words(const NoteTokens *tokens, NoteRange range, unsigned more,
                            const NoteDue *due) {
    do {
        range = trim_signs(tokens, range);
    } while (trim_word(tokens, &range, more, due));
    return range;
}

/* "Q:", "質問：": words that name what follows, and nothing else. */
static NoteRange trim_label(const NoteTokens *tokens, NoteRange range) {
    size_t at = range.first;
    while (at < range.end &&
           (tokens->at[at].kind == NOTE_TOKEN_WORD || tokens->at[at].kind == NOTE_TOKEN_SPACE)) {
        at++;
    }
    bool labelled =
        at > range.first && at + 1 < range.end && tokens->at[at].kind == NOTE_TOKEN_COLON;
    if (labelled) range.first = at + 1;
    return range;
}

NoteRange note_trim(const NoteTokens *tokens, NoteRange range) {
    range = trim_label(tokens, trim_signs(tokens, range));
    for (;;) {
        range = trim_signs(tokens, range);
        if (range.first >= range.end || !is_one_of(&tokens->at[range.first], JOINING)) return range;
        range.first++;
    }
}

/* One Han alone at the end is a verb that no lexicon has, and no thing: 下周五前定. */
static bool is_verb(const NoteToken *token) {
    enum { HAN_FIRST = 0x4E00 };
    return token->kind == NOTE_TOKEN_TEXT && token->end - token->start == 1 &&
           token->point >= HAN_FIRST;
}

/* Whether something is named beside what is done, or what is done needs no thing. */
static NoteNames named(const NoteTokens *tokens, NoteRange range) {
    NoteNames acts = NOTE_NAMES_NOTHING;
    for (size_t i = range.first; i < range.end; i++) {
        const NoteToken *token = &tokens->at[i];
        if (is_one_of(token, BIT(NOTE_WORD_ACT) | BIT(NOTE_WORD_VISIT))) acts = NOTE_NAMES_ACT;
        if (!note_token_says(token) || is_loose_time(token)) continue;
        if (i + 1 == range.end && is_verb(token)) continue;
        if (!is_one_of(token, FRAME_BEHIND | JOINING | DONE | BIT(NOTE_WORD_IT)))
            return NOTE_NAMES_THING;
    }
    return acts;
}

/* "小钱：想要一份患者手册": who it is for, in front of what names a thing. */
static NoteRange trim_name(const NoteTokens *tokens, NoteRange range) {
    enum { NAME_MOST = 4 };
    if (range.first + 2 >= range.end) return range;
    const NoteToken *name = &tokens->at[range.first];
    NoteRange rest = {range.first + 2, range.end};
    bool named_first = name->kind == NOTE_TOKEN_TEXT && name->end - name->start <= NAME_MOST &&
                       tokens->at[range.first + 1].kind == NOTE_TOKEN_COLON;
    return named_first && named(tokens, rest) == NOTE_NAMES_THING ? rest : range;
}

NoteRange note_trim_deliverable(const NoteTokens *tokens, NoteRange range, const NoteDue *due,
                                NoteNames *names) {
    range = trim_words(tokens, trim_label(tokens, trim_signs(tokens, range)), 0, due);
    *names = named(tokens, range);
    return range;
}

NoteRange note_trim_subject(const NoteTokens *tokens, NoteRange range) {
    range = trim_name(tokens, note_trim(tokens, range));
    return trim_words(tokens, range, ASKED, NULL);
}

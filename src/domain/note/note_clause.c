/*
 * Commas part clauses in one note and items of a list in the next. So a pause (、 or the Latin
 * comma) only counts where both sides could stand for themselves, or a mark has closed the left
 * one.
 */
#include "note_clause.h"

/* Clauses while they are cut from the tokens, line by line. */
typedef struct Cutting {
    const NoteTokens *tokens;
    NoteClause *clauses;
    size_t count;
    size_t line;
} Cutting;

static bool says(const NoteTokens *tokens, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        if (note_token_says(&tokens->at[i])) return true;
    }
    return false;
}

/* ---- Segments: what commas and stops part ---- */

static bool is_cue(const NoteToken *token) {
    static const unsigned CUES =
        1U << NOTE_WORD_ASK | 1U << NOTE_WORD_QUERY | 1U << NOTE_WORD_INTEREST |
        1U << NOTE_WORD_WISH | 1U << NOTE_WORD_WANT | 1U << NOTE_WORD_WANTED |
        1U << NOTE_WORD_DELIVER | 1U << NOTE_WORD_ACT | 1U << NOTE_WORD_VISIT;
    return note_token_is_of(token, CUES);
}

static bool has_cue(const NoteTokens *tokens, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        if (is_cue(&tokens->at[i])) return true;
    }
    return false;
}

static bool parts_always(const NoteToken *token) {
    return token->kind == NOTE_TOKEN_LINE || token->kind == NOTE_TOKEN_STOP ||
           token->kind == NOTE_TOKEN_COMMA;
}

/* ---- Items of a list: "1.", "2)", "3、" ---- */

enum { ITEMS_MOST = 20, ITEM_TOKENS = 2, IDEOGRAPHIC_COMMA = 0x3001 };

static bool closes_item(const NoteToken *token) {
    return token->kind == NOTE_TOKEN_STOP || token->kind == NOTE_TOKEN_CLOSE ||
           token->point == IDEOGRAPHIC_COMMA || token->point == '.';
}

/* A small number with what closes it, in front of words: at the beginning or behind a space. */
static bool is_item(const NoteTokens *tokens, size_t at) {
    if (at + ITEM_TOKENS >= tokens->count) return false;
    const NoteToken *number = &tokens->at[at], *words = &tokens->at[at + ITEM_TOKENS];
    bool begins = at == 0 || parts_always(&tokens->at[at - 1]) ||
                  tokens->at[at - 1].kind == NOTE_TOKEN_SPACE ||
                  tokens->at[at - 1].kind == NOTE_TOKEN_PAUSE;
    return begins && number->kind == NOTE_TOKEN_NUMBER && number->value > 0 &&
           number->value <= ITEMS_MOST && closes_item(&tokens->at[at + 1]) &&
           words->kind != NOTE_TOKEN_NUMBER && words->kind != NOTE_TOKEN_CLOSE &&
           words->kind != NOTE_TOKEN_MARK && words->kind != NOTE_TOKEN_LINE;
}

/* Where the segment that begins at `first` ends at the latest. */
static size_t part_end(const NoteTokens *tokens, size_t first) {
    size_t end = first;
    while (end < tokens->count && !parts_always(&tokens->at[end]) && !is_item(tokens, end)) end++;
    return end;
}

/* Whether something behind the pause, before the next one, stands for itself. */
static bool right_stands(const NoteTokens *tokens, size_t pause, size_t end) {
    size_t stop = pause + 1;
    while (stop < end && tokens->at[stop].kind != NOTE_TOKEN_PAUSE) stop++;
    return has_cue(tokens, pause + 1, stop);
}

/* What stands before a place where it may end: tokens, and how many of them say what it is. */
typedef struct NotePart {
    size_t first, end, cues;
    bool names;      /* a thing */
    bool heard;      /* a question, an interest or a wish */
    bool ends_heard; /* with the very word that says so */
} NotePart;

/* "高橋先生、" and "Dr. Lee, ": who it is about, and nothing of what. */
static bool is_address(const NoteTokens *tokens, size_t first, size_t last) {
    enum { TITLE_AND_NAME = 3 }; /* with the space between */
    return note_token_is_word(&tokens->at[last], NOTE_WORD_SPEAKER) ||
           (note_token_is_word(&tokens->at[first], NOTE_WORD_SPEAKER) &&
            last - first < TITLE_AND_NAME);
}

/* Words that begin a clause of their own when they come first behind a pause. */
static bool begins_clause(const NoteToken *token) {
    static const unsigned FIRST =
        1U << NOTE_WORD_ASK | 1U << NOTE_WORD_INTEREST | 1U << NOTE_WORD_WISH |
        1U << NOTE_WORD_WANT | 1U << NOTE_WORD_PROMISE | 1U << NOTE_WORD_VOW |
        1U << NOTE_WORD_NEED | 1U << NOTE_WORD_NEXT | 1U << NOTE_WORD_OVER;
    return note_token_is_of(token, FIRST);
}

/* "…, asked about dosing", "… - will drop off Thursday", and "…, Dr Amin" at the end. */
static bool right_begins(const NoteTokens *tokens, size_t pause, size_t end) {
    size_t at = pause + 1, said = 0;
    while (at < end && !note_token_says(&tokens->at[at])) at++;
    if (at == end) return false;
    bool person = note_token_is_word(&tokens->at[at], NOTE_WORD_SPEAKER);
    bool begins = begins_clause(&tokens->at[at]);
    for (size_t i = at; i < end && tokens->at[i].kind != NOTE_TOKEN_PAUSE; i++) {
        said += note_token_says(&tokens->at[i]);
    }
    enum { TITLE_AND_NAME = 2 };
    return person ? said == TITLE_AND_NAME : begins && said > 1;
}

/* "数据↑（他主动问的）": where the brackets open that close before `end`, right behind a mark. */
static size_t aside_start(const NoteTokens *tokens, size_t first, size_t end) {
    enum { ASIDE_TOKENS_MOST = 40 };
    if (end == first || tokens->at[end - 1].kind != NOTE_TOKEN_CLOSE) return end;
    for (size_t i = end - 1; i > first && i + ASIDE_TOKENS_MOST > end; i--) {
        if (tokens->at[i - 1].kind != NOTE_TOKEN_OPEN) continue;
        size_t before = i - 1;
        while (before > first && tokens->at[before - 1].kind == NOTE_TOKEN_SPACE) before--;
        bool behind_mark = before > first && tokens->at[before - 1].kind == NOTE_TOKEN_MARK;
        return behind_mark ? i - 1 : end;
    }
    return end;
}

/* Whether the pause parts what is left of it, which has a cue or not, from what is right of it. */
static bool pause_parts(const NoteTokens *tokens, NotePart left, size_t end) {
    size_t pause = left.end, before = pause - 1;
    if (pause == left.first) return true;
    /* An arrow only leads from a mark to its words: "？→剂量". */
    bool comma = tokens->at[pause].point == IDEOGRAPHIC_COMMA || tokens->at[pause].point == ',';
    if (!comma && !says(tokens, left.first, pause)) return false;
    if (aside_start(tokens, left.first, pause) < pause) return true;
    if (tokens->at[before].kind == NOTE_TOKEN_SPACE && before > left.first) before--;
    const NoteToken *last = &tokens->at[before];
    if (last->kind == NOTE_TOKEN_MARK || note_token_is_word(last, NOTE_WORD_LEAD)) return true;
    if (is_address(tokens, left.first, before)) return true;
    return right_begins(tokens, pause, end) || (left.cues && right_stands(tokens, pause, end));
}

/* ---- Where no comma parts: "asked about dosing and wants the paper", 〜と聞かれたので送付 ---- */

/* What was heard: a question, an interest, a wish. */
static bool is_heard(const NoteToken *token) {
    return note_token_is_of(token,
                            1U << NOTE_WORD_ASK | 1U << NOTE_WORD_INTEREST | 1U << NOTE_WORD_WISH);
}

/* What somebody does about it, and by when. */
static bool is_bound_deed(const NoteTokens *tokens, size_t first, size_t end) {
    enum { TOKENS_AHEAD = 60 };
    bool deed = false, bound = false;
    if (end > first + TOKENS_AHEAD) end = first + TOKENS_AHEAD;
    for (size_t i = first; i < end && tokens->at[i].kind != NOTE_TOKEN_PAUSE; i++) {
        const NoteToken *token = &tokens->at[i];
        deed = deed || note_token_is_of(token, 1U << NOTE_WORD_DELIVER | 1U << NOTE_WORD_ACT |
                                                   1U << NOTE_WORD_VISIT);
        bound = bound || note_token_is_time(token, NOTE_TIME_UNTIL) ||
                note_token_is_time(token, NOTE_TIME_BEFORE) ||
                note_token_is_time(token, NOTE_TIME_WITHIN) ||
                note_token_is_time(token, NOTE_TIME_AFTER) ||
                note_token_is_of(token, 1U << NOTE_WORD_VOW | 1U << NOTE_WORD_PROMISE);
    }
    return deed && bound;
}

/* Whether what comes first from `first` on, but for who does it, begins a clause. */
static bool clause_begins(const NoteTokens *tokens, size_t first, size_t end) {
    static const unsigned PASSED = 1U << NOTE_WORD_SPEAKER | 1U << NOTE_WORD_CONNECTIVE |
                                   1U << NOTE_WORD_MODAL | 1U << NOTE_WORD_PARTICLE;
    enum { WORDS_PASSED = 3 };
    int passed = 0;
    for (size_t i = first; i < end && passed <= WORDS_PASSED; i++) {
        const NoteToken *token = &tokens->at[i];
        if (!note_token_says(token)) continue;
        if (begins_clause(token)) return true;
        if (!note_token_is_of(token, PASSED)) return false;
        passed++;
    }
    return false;
}

/*
 * Whether a clause that was heard ends before the token at its end: a joining word that a clause
 * follows, a reason ("ので") or, behind the very word that was heard, when something will be done.
 */
static bool joins_clause(const NoteTokens *tokens, const NotePart *left, size_t end) {
    size_t at = left->end;
    const NoteToken *token = &tokens->at[at];
    if (!left->names || !left->heard) return false;
    if (note_token_is_word(token, NOTE_WORD_CONNECTIVE)) {
        return clause_begins(tokens, at + 1, end) || is_bound_deed(tokens, at + 1, end);
    }
    if (!left->ends_heard) return false;
    if (note_token_is_word(token, NOTE_WORD_LEAD)) return true;
    bool begins = token->kind == NOTE_TOKEN_TIME || token->kind == NOTE_TOKEN_NUMBER ||
                  note_token_is_word(token, NOTE_WORD_PROMISE);
    return begins && is_bound_deed(tokens, at, end);
}

/* The part with the token at its end. */
static void take_in(NotePart *part, const NoteToken *token) {
    if (!note_token_says(token)) return;
    part->ends_heard = is_heard(token);
    part->heard = part->heard || part->ends_heard;
    part->names =
        part->names || token->kind == NOTE_TOKEN_TEXT || note_token_is_word(token, NOTE_WORD_PLAIN);
}

/* The end of the segment that begins at `first`, which ends before `end` at the latest. */
static size_t segment_end(const NoteTokens *tokens, size_t first, size_t end) {
    NotePart left = {.first = first};
    for (size_t i = first; i < end; i++) {
        left.end = i;
        left.cues += is_cue(&tokens->at[i]);
        if (tokens->at[i].kind == NOTE_TOKEN_PAUSE && pause_parts(tokens, left, end)) return i;
        if (joins_clause(tokens, &left, end)) return i;
        take_in(&left, &tokens->at[i]);
    }
    return end;
}

/* ---- Marks within a segment ---- */

static void add_marks(NoteClause *clause, const NoteTokens *tokens, size_t mark) {
    if (!clause->marks) clause->mark = mark;
    clause->marks |= tokens->at[mark].what;
    clause->strength += (int)tokens->at[mark].value;
}

/* Keeps the clause if it says anything. */
static void close_clause(Cutting *cutting, NoteClause *clause, size_t end) {
    clause->end = end;
    clause->line = cutting->line;
    clause->aside = aside_start(cutting->tokens, 0, end) == clause->first;
    if (says(cutting->tokens, clause->first, end)) cutting->clauses[cutting->count++] = *clause;
    *clause = (NoteClause){.first = end};
}

/* A mark for which no words are left belongs to the clause before, if that is of the same line. */
static void give_back(Cutting *cutting, const NoteClause *clause) {
    if (!clause->marks || !cutting->count) return;
    NoteClause *before = &cutting->clauses[cutting->count - 1];
    if (before->line == cutting->line) add_marks(before, cutting->tokens, clause->mark);
}

/* "用量 ?減量" : a space before the mark and none behind. */
static bool leans_right(const NoteTokens *tokens, size_t mark, size_t end) {
    return mark + 1 < end && note_token_says(&tokens->at[mark + 1]) && mark > 0 &&
           tokens->at[mark - 1].kind == NOTE_TOKEN_SPACE;
}

/* Words that a mark stands before, in a segment that does not end with one: so do all its marks. */
static bool marks_lead(const NoteTokens *tokens, const NoteClause *clause, size_t end) {
    return clause->marks && tokens->at[end - 1].kind != NOTE_TOKEN_MARK;
}

static void take_mark(Cutting *cutting, NoteClause *clause, size_t mark, size_t end) {
    const NoteTokens *tokens = cutting->tokens;
    bool leads = marks_lead(tokens, clause, end) || leans_right(tokens, mark, end);
    if (!says(tokens, clause->first, mark)) {
        add_marks(clause, tokens, mark);
        clause->first = mark + 1;
    } else if (leads) {
        close_clause(cutting, clause, mark);
        clause->first = mark + 1;
        add_marks(clause, tokens, mark);
    } else {
        add_marks(clause, tokens, mark);
        close_clause(cutting, clause, mark);
        clause->first = mark + 1;
    }
}

/* Whether a bracket is open where `end` is. */
static bool is_open(const NoteTokens *tokens, size_t first, size_t end) {
    size_t open = 0;
    for (size_t i = first; i < end; i++) {
        if (tokens->at[i].kind == NOTE_TOKEN_OPEN) open++;
        if (tokens->at[i].kind == NOTE_TOKEN_CLOSE && open) open--;
    }
    return open > 0;
}

/* The end of what is said, or of its mark; a bracket that it opened is closed in it. */
static size_t said_end(const NoteTokens *tokens, size_t first, size_t end) {
    size_t last = end;
    while (last > first && !note_token_says(&tokens->at[last - 1]) &&
           tokens->at[last - 1].kind != NOTE_TOKEN_MARK) {
        last--;
    }
    if (aside_start(tokens, first, end) < end) return end;
    bool closes = last > first && last < end && tokens->at[last].kind == NOTE_TOKEN_CLOSE &&
                  note_token_says(&tokens->at[last - 1]) && is_open(tokens, first, last);
    return last + closes;
}

static void cut_segment(Cutting *cutting, size_t first, size_t end) {
    NoteClause clause = {.first = first};
    end = said_end(cutting->tokens, first, end);
    for (size_t i = first; i < end; i++) {
        if (cutting->tokens->at[i].kind == NOTE_TOKEN_MARK) take_mark(cutting, &clause, i, end);
    }
    if (says(cutting->tokens, clause.first, end))
        close_clause(cutting, &clause, end);
    else
        give_back(cutting, &clause);
}

NoteClauses note_clauses(Arena *arena, const NoteTokens *tokens) {
    Cutting cutting = {.tokens = tokens,
                       .clauses = ARENA_ARRAY(arena, tokens->count + 1, NoteClause)};
    for (size_t at = 0; at < tokens->count;) {
        if (is_item(tokens, at)) at += ITEM_TOKENS;
        size_t end = part_end(tokens, at);
        while (at < end) {
            size_t stop = segment_end(tokens, at, end);
            cut_segment(&cutting, at, stop);
            bool pause = stop < end && tokens->at[stop].kind == NOTE_TOKEN_PAUSE;
            at = stop + pause;
        }
        if (at < tokens->count && tokens->at[at].kind == NOTE_TOKEN_LINE) cutting.line++;
        at = is_item(tokens, end) ? end : end + 1;
    }
    return (NoteClauses){.at = cutting.clauses, .count = cutting.count};
}

/*
 * At each place the longest word of all lexicons counts; only where none begins is the character
 * looked at for itself. Marks with their brackets become one token here, so that nobody else has to
 * know in how many ways they are written.
 */
#include "note_lex.h"

#include <unicode/uchar.h>

enum { NUMBER_DIGITS_MOST = 9, WIDE_BYTES = 3, CJK_FIRST = 0x2E80 };

/* A note while its tokens are found. */
typedef struct Lexing {
    const FoldedText *text;
    const NoteVocabulary *vocabulary;
    NoteToken *tokens;
    size_t count;
} Lexing;

bool note_token_says(const NoteToken *token) {
    return token->kind <= NOTE_TOKEN_NUMBER;
}

static NoteToken *last_token(const Lexing *lexing, size_t back) {
    return lexing->count > back ? &lexing->tokens[lexing->count - 1 - back] : NULL;
}

/* ---- Marks ---- */

/* "ALT↑", "K 5.8↑": the value has risen, and nobody is interested in anything. */
static bool behind_measure(const Lexing *lexing) {
    const NoteToken *last = last_token(lexing, 0), *before = last_token(lexing, 1);
    if (!last) return false;
    if (note_token_is_word(last, NOTE_WORD_MEASURE)) return true;
    if (last->kind != NOTE_TOKEN_NUMBER || !before) return false;
    if (before->kind == NOTE_TOKEN_SPACE) before = last_token(lexing, 2);
    return before && note_token_is_word(before, NOTE_WORD_MEASURE);
}

static void push(Lexing *lexing, NoteToken token) {
    NoteToken *last = last_token(lexing, 0);
    if (token.kind == NOTE_TOKEN_TEXT && last && last->kind == NOTE_TOKEN_TEXT) {
        last->end = token.end;
        return;
    }
    token.point = lexing->text->at[token.start].point;
    lexing->tokens[lexing->count++] = token;
}

/* Marks that touch are one: "?!" asks and is urgent, "!!" is very urgent. */
static void push_mark(Lexing *lexing, NoteToken token) {
    NoteToken *last = last_token(lexing, 0);
    if (last && last->kind == NOTE_TOKEN_MARK) {
        last->what |= token.what;
        last->value += token.value;
        last->end = token.end;
    } else {
        push(lexing, token);
    }
}

/* An arrow that stands behind a value without brackets is part of what is said of the value. */
static void push_bare_mark(Lexing *lexing, NoteToken token) {
    if (token.what == NOTE_MARK_INTEREST && behind_measure(lexing)) {
        token.kind = NOTE_TOKEN_SIGN;
        push(lexing, token);
    } else {
        push_mark(lexing, token);
    }
}

/* A closing bracket behind an opening one and marks alone: all of it is the mark. */
static bool close_mark(Lexing *lexing, uint32_t end) {
    NoteToken *mark = last_token(lexing, 0), *open = last_token(lexing, 1);
    if (!mark || mark->kind != NOTE_TOKEN_MARK || !open || open->kind != NOTE_TOKEN_OPEN) {
        return false;
    }
    NoteToken whole = *mark;
    whole.start = open->start;
    whole.end = end;
    lexing->count -= 2;
    push_mark(lexing, whole);
    return true;
}

/* ---- Words ---- */

/* A token that may begin at a place; the longest of them wins. */
typedef struct Found {
    size_t size;
    NoteToken token;
} Found;

/*
 * The デ of データ is no particle and the アス of アスピリン no tomorrow: a run of katakana is a
 * word of its own, with borders like those of Latin, in which no short word begins or ends.
 */
static bool cuts_katakana(const FoldedText *text, size_t from, size_t size) {
    enum { SHORT = 2 };
    const FoldedPoint *first = &text->at[from], *last = &text->at[from + size - 1];
    bool begins = from > 0 && first->katakana && first[-1].katakana;
    bool ends = last->katakana && last[1].katakana;
    return (begins || ends) && (size <= SHORT || !first->katakana);
}

/* The longest word that cuts none: of までにハ… the までに, and not a には. */
static bool find_longest(const Lexicon *lexicon, const FoldedText *text, size_t from,
                         TrieHit *hit) {
    FoldedText rest = *text;
    while (trie_longest(lexicon->words, &rest, from, hit)) {
        if (!cuts_katakana(text, from, hit->size)) return true;
        rest.count = from + hit->size - 1;
    }
    return false;
}

static void look(const Lexing *lexing, const Lexicon *lexicon, const NoteCode *codes,
                 NoteTokenKind kind, size_t from, Found *best) {
    TrieHit hit;
    if (!lexicon || !find_longest(lexicon, lexing->text, from, &hit)) return;
    if (hit.size <= best->size || hit.value >= NOTE_CODES_MOST || !codes[hit.value].known) return;
    const NoteCode *code = &codes[hit.value];
    best->size = hit.size;
    best->token = (NoteToken){.kind = kind, .what = code->what, .value = code->value};
    if (kind == NOTE_TOKEN_MARK) best->token.value = 1;
}

static Found find_word(const Lexing *lexing, size_t from) {
    const NoteVocabulary *vocabulary = lexing->vocabulary;
    Found best = {0};
    look(lexing, vocabulary->marks, vocabulary->mark_codes, NOTE_TOKEN_MARK, from, &best);
    look(lexing, vocabulary->words, vocabulary->word_codes, NOTE_TOKEN_WORD, from, &best);
    look(lexing, vocabulary->times, vocabulary->time_codes, NOTE_TOKEN_TIME, from, &best);
    return best;
}

/* ---- Characters ---- */

static bool is_digit(uint32_t point) {
    return point >= '0' && point <= '9';
}

static bool is_space(uint32_t point) {
    return point == ' ' || point == '\t' || (point > 0x7F && u_isUWhiteSpace((UChar32)point));
}

/* Figures, with what groups them: 1,000 and 2.5 are one number each. */
static size_t number_end(const FoldedText *text, size_t from) {
    size_t end = from;
    while (end < text->count && is_digit(text->at[end].point)) {
        end++;
        bool groups = end + 1 < text->count && is_digit(text->at[end + 1].point) &&
                      (text->at[end].point == '.' || text->at[end].point == ',');
        if (groups) end++;
    }
    return end;
}

static int64_t number_value(const FoldedText *text, size_t from, size_t end) {
    int64_t value = 0;
    if (end - from > NUMBER_DIGITS_MOST) return -1;
    for (size_t i = from; i < end; i++) {
        if (!is_digit(text->at[i].point)) return -1;
        value = value * 10 + (text->at[i].point - '0');
    }
    return value;
}

static bool is_wide(const FoldedText *text, size_t at) {
    return text->at[at + 1].byte - text->at[at].byte >= WIDE_BYTES;
}

static bool is_cjk(const FoldedText *text, size_t at) {
    return at < text->count && text->at[at].point >= CJK_FIRST;
}

/* A narrow comma between Han is the wide one, typed on another keyboard. */
static NoteTokenKind comma_kind(const FoldedText *text, size_t at) {
    if (is_wide(text, at)) return NOTE_TOKEN_COMMA;
    bool beside_han = is_cjk(text, at + 1) || (at > 0 && is_cjk(text, at - 1));
    return beside_han ? NOTE_TOKEN_COMMA : NOTE_TOKEN_PAUSE;
}

/* A dot ends a sentence where a space or nothing follows it. */
static bool dot_stops(const FoldedText *text, size_t at) {
    if (at + 1 == text->count) return true;
    uint32_t next = text->at[at + 1].point;
    return is_space(next) || next == '\n' || next == '\r' || next >= CJK_FIRST;
}

/* Han and kana are written without spaces: one between them stands for a comma. */
static NoteTokenKind space_kind(const FoldedText *text, size_t at) {
    bool parts = is_cjk(text, at + 1) && at > 0 && is_cjk(text, at - 1) &&
                 u_isalnum((UChar32)text->at[at - 1].point) &&
                 u_isalnum((UChar32)text->at[at + 1].point);
    return parts ? NOTE_TOKEN_PAUSE : NOTE_TOKEN_SPACE;
}

/* " - ", " / " and "—" part as a comma does, and so do arrows and bars wherever they stand. */
static bool is_dash(const FoldedText *text, size_t at) {
    static const uint32_t ALWAYS[] = {'|', 0x2192, 0x21D2, 0x27A1, 0x2014, 0x2015, 0x2022};
    for (size_t i = 0; i < sizeof ALWAYS / sizeof *ALWAYS; i++) {
        if (text->at[at].point == ALWAYS[i]) return true;
    }
    uint32_t point = text->at[at].point;
    bool spaced = at > 0 && at + 1 < text->count && is_space(text->at[at - 1].point) &&
                  is_space(text->at[at + 1].point);
    return spaced && (point == '-' || point == '/' || point == 0x2013);
}

static NoteTokenKind sign_kind(const FoldedText *text, size_t at) {
    uint32_t point = text->at[at].point;
    switch (point) {
        case '\n':
        case '\r': return NOTE_TOKEN_LINE;
        case 0x3002:  // the ideographic full stop
        case ';': return NOTE_TOKEN_STOP;
        case '.': return dot_stops(text, at) ? NOTE_TOKEN_STOP : NOTE_TOKEN_SIGN;
        case ',': return comma_kind(text, at);
        case 0x3001: return NOTE_TOKEN_PAUSE;
        case ':': return NOTE_TOKEN_COLON;
        default: break;
    }
    if (is_space(point)) return space_kind(text, at);
    if (is_dash(text, at)) return NOTE_TOKEN_PAUSE;
    if (u_isalnum((UChar32)point)) return NOTE_TOKEN_TEXT;
    uint32_t category = U_GET_GC_MASK((UChar32)point);
    if (category & (U_GC_PS_MASK | U_GC_PI_MASK)) return NOTE_TOKEN_OPEN;
    if (category & (U_GC_PE_MASK | U_GC_PF_MASK)) return NOTE_TOKEN_CLOSE;
    return NOTE_TOKEN_SIGN;
}

/* An address of the web holds signs that mean nothing here; it ends where a space or Han begins. */
static size_t address_end(const FoldedText *text, size_t from) {
    static const char *const STARTS[] = {"http://", "https://", "www."};
    for (size_t s = 0; s < sizeof STARTS / sizeof *STARTS; s++) {
        size_t i = 0;
        while (STARTS[s][i] && from + i < text->count &&
               text->at[from + i].point == (uint32_t)STARTS[s][i]) {
            i++;
        }
        if (STARTS[s][i]) continue;
        while (from + i < text->count && !is_space(text->at[from + i].point) &&
               text->at[from + i].point != '\n' && !is_cjk(text, from + i)) {
            i++;
        }
        return from + i;
    }
    return from;
}

/* ---- Cutting ---- */

static size_t lex_character(Lexing *lexing, size_t from) {
    NoteToken token = {
        .kind = sign_kind(lexing->text, from), .start = (uint32_t)from, .end = (uint32_t)from + 1};
    if (token.kind != NOTE_TOKEN_CLOSE || !close_mark(lexing, token.end)) push(lexing, token);
    return token.end;
}

static size_t lex_number(Lexing *lexing, size_t from) {
    size_t end = number_end(lexing->text, from);
    push(lexing, (NoteToken){.kind = NOTE_TOKEN_NUMBER,
                             .value = number_value(lexing->text, from, end),
                             .start = (uint32_t)from,
                             .end = (uint32_t)end});
    return end;
}

/* Returns where the next token begins. */
static size_t lex_one(Lexing *lexing, size_t from) {
    uint32_t point = lexing->text->at[from].point;
    Found found = find_word(lexing, from);
    /* "2moro" is a word that begins with a figure. */
    bool is_number = is_digit(point) && from + found.size <= number_end(lexing->text, from);
    if (is_number) return lex_number(lexing, from);
    if (point == 'h' || point == 'w') {
        size_t end = address_end(lexing->text, from);
        if (end > from) {
            push(lexing, (NoteToken){.start = (uint32_t)from, .end = (uint32_t)end});
            return end;
        }
    }
    if (!found.size) return lex_character(lexing, from);
    found.token.start = (uint32_t)from;
    found.token.end = (uint32_t)(from + found.size);
    if (found.token.kind == NOTE_TOKEN_MARK)
        push_bare_mark(lexing, found.token);
    else
        push(lexing, found.token);
    return found.token.end;
}

NoteTokens note_lex(Arena *arena, const FoldedText *text, const NoteVocabulary *vocabulary) {
    Lexing lexing = {.text = text,
                     .vocabulary = vocabulary,
                     .tokens = arena_take(arena, (text->count + 1) * sizeof(NoteToken))};
    for (size_t at = 0; at < text->count;) at = lex_one(&lexing, at);
    return (NoteTokens){.at = lexing.tokens, .count = lexing.count};
}

/*
 * What is said is what remains when everything that names nothing has been covered. So a promise
 * need not be understood to be seen as vague, and an unknown word counts for it, not against it.
 */
#include "note_promise.h"

#include "note_due.h"
#include "note_lex.h"

#define BIT(word) (1U << (word))

/* What is done with a thing, who does it and how urgently: all of it without the thing. */
static const unsigned FRAME =
    BIT(NOTE_WORD_SPEAKER) | BIT(NOTE_WORD_WANT) | BIT(NOTE_WORD_WISH) | BIT(NOTE_WORD_MODAL) |
    BIT(NOTE_WORD_VOW) | BIT(NOTE_WORD_NEED) | BIT(NOTE_WORD_NEXT) | BIT(NOTE_WORD_PROMISE) |
    BIT(NOTE_WORD_DELIVER) | BIT(NOTE_WORD_WANTED) | BIT(NOTE_WORD_CONNECTIVE) |
    BIT(NOTE_WORD_LEAD) | BIT(NOTE_WORD_PARTICLE) | BIT(NOTE_WORD_URGENT) | BIT(NOTE_WORD_COURTESY);

/* Which words are taken by a time or a name, so that what is left is what was promised. */
typedef struct Cover {
    const FoldedText *folded;
    const NoteTokens *tokens;
    bool *covered; /* one for each point */
} Cover;

static void cover(Cover *cover, size_t start, size_t end) {
    for (size_t i = start; i < end && i < cover->folded->count; i++) cover->covered[i] = true;
}

static bool names_nothing(const NoteToken *token) {
    if (!note_token_says(token)) return true;
    if (token->kind == NOTE_TOKEN_TIME) return true;
    return token->kind == NOTE_TOKEN_WORD && (FRAME & BIT(token->what));
}

static void cover_frame(Cover *self) {
    for (size_t i = 0; i < self->tokens->count; i++) {
        const NoteToken *token = &self->tokens->at[i];
        if (names_nothing(token)) cover(self, token->start, token->end);
    }
}

/* The longest word at each place, so that "product information sheet 5" keeps what is its own. */
static void cover_vague(Cover *self, const Lexicon *vague) {
    TrieHit hit;
    for (size_t at = 0; vague && at < self->folded->count;) {
        bool found = trie_longest(vague->words, self->folded, at, &hit);
        if (found) cover(self, at, at + hit.size);
        at += found ? hit.size : 1;
    }
}

static bool says_something(const Cover *self) {
    for (size_t i = 0; i < self->folded->count; i++) {
        if (!self->covered[i]) return true;
    }
    return false;
}

/* ---- When receipt is confirmed ---- */

/* Tokens from the first to before the end. */
typedef struct Clause {
    size_t first, end;
} Clause;

static bool parts_clauses(const NoteToken *token) {
    return token->kind >= NOTE_TOKEN_PAUSE;
}

static bool begins_word(const Cover *self, const Lexicon *lexicon, const NoteToken *token) {
    TrieHit hit;
    for (size_t at = token->start; at < token->end; at++) {
        if (trie_longest(lexicon->words, self->folded, at, &hit)) return true;
    }
    return false;
}

/* The clause in which a word of the lexicon stands; empty where none does, or all is one clause. */
static Clause find_clause(const Cover *self, const Lexicon *lexicon) {
    const NoteTokens *tokens = self->tokens;
    Clause clause = {0};
    bool found = false;
    for (size_t i = 0; lexicon && i < tokens->count; i++) {
        bool parts = parts_clauses(&tokens->at[i]);
        if (parts && found) break;
        if (parts) clause.first = i + 1;
        found = found || begins_word(self, lexicon, &tokens->at[i]);
        clause.end = i + 1;
    }
    bool whole = clause.first == 0 && clause.end == tokens->count;
    return found && !whole ? clause : (Clause){0};
}

/* A note cut up, with the clause about receipt apart. */
typedef struct Parts {
    FoldedText folded;
    NoteTokens tokens;
    Cover self;
    Clause confirm;
} Parts;

static void take_apart(Arena *arena, const Lexicons *lexicons, Str text, Parts *out) {
    NoteVocabulary vocabulary;
    note_vocabulary_init(&vocabulary, lexicons);
    out->folded = folded_text(arena, text);
    out->tokens = note_lex(arena, &out->folded, &vocabulary);
    out->self = (Cover){.folded = &out->folded,
                        .tokens = &out->tokens,
                        .covered = ARENA_ARRAY(arena, out->folded.count + 1, bool)};
    out->confirm = find_clause(&out->self, lexicons_find(lexicons, STR("promise_confirm")));
}

/*
 * The words are read as of now and as of the deadline: what moves along with the day that it is
 * counted from is a length, which begins with the deadline.
 */
bool note_promise_confirm(Arena *arena, const Lexicons *lexicons, const NoteWriter *writer,
                          Str text, int64_t at, int64_t due_at, int64_t *out) {
    Parts parts;
    NoteDue now, then;
    take_apart(arena, lexicons, text, &parts);
    Clause clause = parts.confirm;
    NoteCalendar today = note_calendar(writer, at), due = note_calendar(writer, due_at);
    if (!note_due_find(&parts.tokens, clause.first, clause.end, &today, &now)) return false;
    if (!note_due_find(&parts.tokens, clause.first, clause.end, &due, &then)) return false;
    int64_t apart = note_calendar(writer, then.at).today - note_calendar(writer, now.at).today;
    bool is_length = apart == due.today - today.today;
    *out = is_length || now.at < due_at ? then.at : now.at;
    return *out >= due_at;
}

/* ---- What is promised ---- */

/* The deadline stands outside the clause about receipt. */
static bool find_due(const Parts *parts, const NoteCalendar *calendar, NoteDue *due) {
    const NoteTokens *tokens = &parts->tokens;
    if (note_due_find(tokens, 0, parts->confirm.first, calendar, due)) return true;
    return note_due_find(tokens, parts->confirm.end, tokens->count, calendar, due);
}

NotePromise note_promise_read(Arena *arena, const Lexicons *lexicons, const NoteWriter *writer,
                              Str text, int64_t at) {
    NotePromise promise = {0};
    Parts parts;
    NoteDue due;
    take_apart(arena, lexicons, text, &parts);
    const NoteToken *tokens = parts.tokens.at;
    NoteCalendar calendar = note_calendar(writer, at);
    promise.has_due = find_due(&parts, &calendar, &due);
    if (promise.has_due) {
        promise.due_at = due.at;
        cover(&parts.self, tokens[due.first].start, tokens[due.end - 1].end);
    }
    if (parts.confirm.end) {
        cover(&parts.self, tokens[parts.confirm.first].start, tokens[parts.confirm.end - 1].end);
    }
    cover_frame(&parts.self);
    cover_vague(&parts.self, lexicons_find(lexicons, STR("promise_vague")));
    promise.names_thing = says_something(&parts.self);
    return promise;
}

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
    BIT(NOTE_WORD_SPEAKER) | BIT(NOTE_WORD_WANT) | BIT(NOTE_WORD_MODAL) | BIT(NOTE_WORD_PROMISE) |
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

NotePromise note_promise_read(Arena *arena, const Lexicons *lexicons, const NoteWriter *writer,
                              Str text, int64_t at) {
    NotePromise promise = {0};
    NoteVocabulary vocabulary;
    note_vocabulary_init(&vocabulary, lexicons);
    FoldedText folded = folded_text(arena, text);
    NoteTokens tokens = note_lex(arena, &folded, &vocabulary);
    Cover self = {.folded = &folded,
                  .tokens = &tokens,
                  .covered = ARENA_ARRAY(arena, folded.count + 1, bool)};
    NoteCalendar calendar = note_calendar(writer, at);
    NoteDue due;
    promise.has_due = note_due_find(&tokens, 0, tokens.count, &calendar, &due);
    if (promise.has_due) {
        promise.due_at = due.at;
        cover(&self, tokens.at[due.first].start, tokens.at[due.end - 1].end);
    }
    cover_frame(&self);
    cover_vague(&self, lexicons_find(lexicons, STR("promise_vague")));
    promise.names_thing = says_something(&self);
    return promise;
}

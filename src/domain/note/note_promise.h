/*
 * Whether the words of a promise say what is promised: "send materials later" names nothing that
 * anybody could check, however many words it has.
 */
#ifndef ONDO_DOMAIN_NOTE_NOTE_PROMISE_H
#define ONDO_DOMAIN_NOTE_NOTE_PROMISE_H

#include "note_vocabulary.h"
#include "note_writer.h"

/** What is missing before a promise can be kept and checked. */
typedef struct NotePromise {
    bool names_thing; /* it says what exactly */
    bool has_due;     /* it says until when, in its own words */
    int64_t due_at;   /* of a day the end of work; 0 unless has_due */
} NotePromise;

/**
 * Reads the words of a promise given at the instant `at`. Words of the lexicon "promise_vague",
 * words that only frame (want, will, send), times, and a clause about confirming receipt (lexicon
 * "promise_confirm") name nothing; anything else does.
 */
NotePromise note_promise_read(Arena *arena, const Lexicons *lexicons, const NoteWriter *writer,
                              Str text, int64_t at);

/**
 * When receipt will be confirmed, where the words say so ("…, confirm receipt 3 days later"): a
 * length counts from the deadline `due_at`, a date is that date. False where they do not, or where
 * it would be before the deadline.
 */
bool note_promise_confirm(Arena *arena, const Lexicons *lexicons, const NoteWriter *writer,
                          Str text, int64_t at, int64_t due_at, int64_t *out);

#endif

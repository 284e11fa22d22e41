/*
 * Notes in shorthand: what a representative jots down in the corridor, in Japanese, Chinese,
 * English or all of them, with ? for a question, ↑ for interest and ! for what is urgent. Reading
 * one saves nothing: it says what the note seems to hold and where, for the person to correct and
 * confirm.
 */
#ifndef ONDO_DOMAIN_NOTE_NOTE_H
#define ONDO_DOMAIN_NOTE_NOTE_H

#include "note_catalogue.h"
#include "note_vocabulary.h"
#include "note_writer.h"

/** Longer notes are refused by whoever takes them in; as long as visit.quick_note may be. */
enum { NOTE_CHARACTERS_MOST = 4000 };

/** A part of the note. */
typedef TextSpan NoteSpan;

typedef enum NoteKind { NOTE_QUESTION, NOTE_INTEREST, NOTE_COMMITMENT, NOTE_KIND_COUNT } NoteKind;

/** "question", "interest" or "commitment". */
Str note_kind_code(NoteKind kind);

/** A product or a subject that the note mentions. */
typedef struct NoteMention {
    NoteSpan span;
    Id product;  /* none: a subject */
    Str subject; /* a code of the lexicon "note_subjects"; empty: a product */
} NoteMention;

/** One thing that the note says. */
typedef struct NotePiece {
    NoteKind kind;
    NoteSpan span; /* of the note, in bytes */
    Str text;      /* what stands there; of a commitment what is to be delivered, empty: not said */
    bool by_mark;  /* the writer marked it; nothing was guessed */
    NoteSpan mark; /* empty unless by_mark */
    int strength;  /* how often the mark stands there; 0 unless by_mark */
    bool has_due, due_whole_day;
    int64_t due_at; /* of a day the end of work, 18:00 */
    NoteSpan due;
    Id product; /* the one that is spoken of there, or last before it in the same line; may be none
                 */
    size_t first_mention, mention_count; /* within `mentions` */
} NotePiece;

/** What a note says, as far as it says it by itself; nothing of it is saved before the writer
 * agrees. */
typedef struct NoteReading {
    const NotePiece *pieces;
    size_t piece_count;
    const NoteMention *mentions; /* in the order of the note */
    size_t mention_count;
} NoteReading;

/** What a note is read with. */
typedef struct NoteReader {
    const NoteVocabulary *vocabulary;
    const NoteCatalogue *catalogue; /* NULL: no products are known */
    const NoteWriter *writer;
} NoteReader;

/**
 * Reads a note that was written at the instant `at`, from which "this week" and "in 3 days" count.
 * Everything lives in the arena. Any bytes can be read; linear in their number.
 */
void note_read(Arena *arena, Str text, int64_t at, const NoteReader *reader, NoteReading *out);

#endif

/*
 * The words that notes are read by: the lexicons note_marks, note_words, note_times and
 * note_subjects, with their codes as what the reader does with them.
 */
#ifndef ONDO_DOMAIN_NOTE_NOTE_VOCABULARY_H
#define ONDO_DOMAIN_NOTE_NOTE_VOCABULARY_H

#include "lexicon.h"

/**
 * What a word does in a sentence. The codes of note_words are these in lower case; "deliver_vowed"
 * and "act_vowed" are words that promise by their form (お届けします).
 */
typedef enum NoteWord {
    NOTE_WORD_PLAIN,    /* nothing: a longer word that hides a shorter one */
    NOTE_WORD_SPEAKER,  /* whose words are told */
    NOTE_WORD_ASK,      /* something was asked */
    NOTE_WORD_QUERY,    /* the form of a question: whether, 是否, でしょうか */
    NOTE_WORD_INTEREST, /* somebody is interested */
    NOTE_WORD_WISH,     /* wishes for what stands beside it: an interest where nothing says when */
    NOTE_WORD_WANT,     /* wishes for what follows */
    NOTE_WORD_WANTED,   /* what stands before it is wished for */
    NOTE_WORD_MODAL,    /* it has to be, it will be */
    NOTE_WORD_VOW,      /* beside what is done: we will do it */
    NOTE_WORD_NEED,     /* before what is done: we have to do it */
    NOTE_WORD_PROMISE,  /* it is promised, or to be done: holds also where nothing says when */
    NOTE_WORD_NEXT, /* at the next visit, or asked of us: what is done in such a clause is promised
                     */
    NOTE_WORD_DELIVER,    /* a thing is brought or sent */
    NOTE_WORD_ACT,        /* something is done that needs no thing: a reply, a check */
    NOTE_WORD_VISIT,      /* as ACT: a visit or a talk, which every round has */
    NOTE_WORD_CONNECTIVE, /* and, also */
    NOTE_WORD_LEAD,       /* ends what only leads to the rest: "from", "because" */
    NOTE_WORD_PARTICLE,   /* ties a noun to its verb */
    NOTE_WORD_IT,         /* stands for a thing that was named before */
    NOTE_WORD_NONE,       /* there is none */
    NOTE_WORD_CHAT,       /* of private matters and the weather: holidays, children, golf */
    NOTE_WORD_OVER,       /* it was done, or is told of a time that is over */
    NOTE_WORD_THEIRS,     /* others will do it, not we */
    NOTE_WORD_URGENT,     /* soon */
    NOTE_WORD_COURTESY,   /* thanks; an exclamation mark behind it means nothing */
    NOTE_WORD_MEASURE,    /* a value that rises: an arrow behind it means that */
    NOTE_WORD_COUNT
} NoteWord;

/** What a word says of time. Codes of note_times, with a number where they have one: "day_1". */
typedef enum NoteTime {
    NOTE_TIME_DAY,     /* "day_0" is today */
    NOTE_TIME_NIGHT,   /* "night_0" is tonight */
    NOTE_TIME_WEEK,    /* "week_0" is this week */
    NOTE_TIME_MONTHS,  /* "months_0" is this month */
    NOTE_TIME_WEEKDAY, /* "weekday_1" is Monday */
    NOTE_TIME_MONTH,   /* "month_1" is January */
    NOTE_TIME_NUMBER,  /* "number_3" */
    NOTE_TIME_HOURS,   /* units of a length of time */
    NOTE_TIME_DAYS,
    NOTE_TIME_WORKDAYS,
    NOTE_TIME_WEEKS,       /* "length_weeks_2" is a fortnight */
    NOTE_TIME_MONTHS_LONG, /* "length_months" */
    NOTE_TIME_HALF_MONTH,
    NOTE_TIME_DATE_YEAR, /* behind the numbers of a date */
    NOTE_TIME_DATE_MONTH,
    NOTE_TIME_DATE_DAY,
    NOTE_TIME_THIS,
    NOTE_TIME_NEXT,
    NOTE_TIME_END,  /* the end of what is named beside it */
    NOTE_TIME_PART, /* a part of a week or month, by its last day of a month: "part_10" is early */
    NOTE_TIME_WEEK_END,
    NOTE_TIME_MONTH_END,
    NOTE_TIME_YEAR_END, /* "year_end_3" is the end of March, of a fiscal year */
    NOTE_TIME_WITHIN,   /* before, behind or around a length of time */
    NOTE_TIME_AFTER,
    NOTE_TIME_UNTIL,
    NOTE_TIME_BEFORE,  /* as UNTIL; behind a length of time it means that it is over: 3天前 */
    NOTE_TIME_FILLER,  /* of, the, の, 的 */
    NOTE_TIME_ORDINAL, /* 28th */
    NOTE_TIME_CLOCK,   /* behind the hour */
    NOTE_TIME_HALF,    /* half past, behind the hour */
    NOTE_TIME_AM,
    NOTE_TIME_PM,
    NOTE_TIME_MORNING,
    NOTE_TIME_NOON,
    NOTE_TIME_EVENING,
    NOTE_TIME_EACH,     /* what is named behind it comes again and again, and is no due time */
    NOTE_TIME_WORK_END, /* the end of a day's work */
    NOTE_TIME_COUNT
} NoteTime;

/** The marks, as bits of a set. */
enum { NOTE_MARK_QUESTION = 1, NOTE_MARK_INTEREST = 2, NOTE_MARK_COMMITMENT = 4 };

enum { NOTE_CODES_MOST = 128 /* of one lexicon; what is beyond is not known to the reader */ };

/** A code as the reader knows it. */
typedef struct NoteCode {
    bool known;
    uint8_t what;  /* a NoteWord, a NoteTime or a mark */
    int64_t value; /* the number of a NoteTime; of a word 1 where its form promises */
} NoteCode;

/** Borrows from the lexicons. A lexicon that is missing has no words. */
typedef struct NoteVocabulary {
    const Lexicon *marks, *words, *times, *subjects;
    NoteCode mark_codes[NOTE_CODES_MOST], word_codes[NOTE_CODES_MOST], time_codes[NOTE_CODES_MOST];
} NoteVocabulary;

/** Makes the vocabulary ready; codes that the reader does not know count as plain words. */
void note_vocabulary_init(NoteVocabulary *vocabulary, const Lexicons *lexicons);

#endif

/*
 * Documents on paper: titles, sections, lists and a curve over time, laid out on A4 pages and
 * written as PDF, each text in type that suits its language. Knows nothing of what the document is
 * about.
 *
 * A document is told block by block and laid out at the end, because only then is it known how much
 * fits. One that must not exceed some pages is first set smaller, then shortened: sections that may
 * be lose their last items, and say how many.
 */
#ifndef ONDO_PAPER_PAPER_H
#define ONDO_PAPER_PAPER_H

#include "buffer.h"
#include "lang.h"

typedef struct Paper Paper;

/** All texts are borrowed and must live as long as the document. */
typedef struct PaperOptions {
    /* Whose type Han characters are set in where languages write them differently. */
    Lang type;
    Str title;  /* what viewers show as the document's name */
    Str footer; /* at the foot of each page; may be empty */
    Str more;   /* what stands in place of what was left out, with {0}: "{0} more" */
    int pages;  /* at most so many; 0: as many as it takes */
} PaperOptions;

/** How a text is set. */
typedef enum PaperStyle {
    PAPER_TITLE,
    PAPER_SUBTITLE,
    PAPER_TEXT,
    PAPER_SMALL, /* notes, dates */
    PAPER_STYLES
} PaperStyle;

/** How a section looks. */
typedef enum PaperTone {
    PAPER_PLAIN,
    PAPER_WARNING, /* in a box of the warning colour */
} PaperTone;

/** How a section of a sheet looks, and what may be left out of it where one page has to do. */
typedef struct PaperSection {
    Str title;
    PaperTone tone;
    /* Its items may be left out where room is short: those with a higher number before others, and
     * of a section its last items first. 0: never. */
    int spare;
    int lines; /* of an item at most; what is longer ends in "…". 0: all */
} PaperSection;

/** A reading on a scale. */
typedef struct PaperPoint {
    int64_t at;      /* any unit, ascending */
    int row;         /* from the top, from 0 */
    uint32_t colour; /* 0xRRGGBB */
} PaperPoint;

/** A value that holds until the next reading, on the rows of a scale. */
typedef struct PaperCurve {
    const Str *rows;          /* names of the scale's rows, from the top */
    int row_count;            /* of the scale */
    const PaperPoint *points; /* in the order of time */
    int point_count;
    int64_t until;             /* the last value holds until here */
    Str from_text, until_text; /* under the two ends */
} PaperCurve;

/** A new, empty document; never NULL. Free it. */
Paper *paper_new(PaperOptions options);
/** NULL is allowed. */
void paper_free(Paper *paper);
/** For CLEANUP(paper_drop). */
static inline void paper_drop(Paper **paper) {
    paper_free(*paper);
}

/** What follows belongs to this section, until the next one begins. */
void paper_section(Paper *paper, PaperSection section);
/** A paragraph. */
void paper_text(Paper *paper, PaperStyle style, Str text);
/** An item of a list, with a note in small type behind it; the note may be empty. */
void paper_item(Paper *paper, Str text, Str note);
/** A name and what it stands for, on one line. */
void paper_fact(Paper *paper, Str name, Str value);
/** Its rows and points are copied; it takes the width of the page. */
void paper_curve(Paper *paper, const PaperCurve *curve);

/** What came of it. */
typedef struct PaperResult {
    int pages;
    int left_out;       /* items for which there was no room */
    int unknown_glyphs; /* characters for which no type is installed */
} PaperResult;

/**
 * Appends the PDF. STATUS_FAILED when it cannot be made. A document told to keep to some pages
 * keeps to them as far as sections may be shortened.
 */
MUST_USE Status paper_write(Paper *paper, Buffer *out, PaperResult *result);

#endif

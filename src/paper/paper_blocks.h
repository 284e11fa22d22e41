/* What a document is made of before it is laid out; for the files of paper/ only. */
#ifndef ONDO_PAPER_PAPER_BLOCKS_H
#define ONDO_PAPER_PAPER_BLOCKS_H

#include <pango/pangocairo.h>

#include "arena.h"
#include "paper.h"

typedef enum BlockKind { BLOCK_TEXT, BLOCK_ITEM, BLOCK_FACT, BLOCK_CURVE } BlockKind;

/** One line or figure of a sheet, measured before anything is drawn. */
typedef struct Block {
    BlockKind kind;
    PaperStyle style;
    Str text, note; /* of a fact: its name and value */
    const PaperCurve *curve;
    bool left_out; /* no room was left for it */
} Block;

/** A section's blocks, and how many were left out for want of room. */
typedef struct Section {
    PaperSection look;
    Block *blocks;
    size_t count, capacity;
    int left_out; /* items, told in a line of their own */
} Section;

/** A sheet in the making: everything is kept until all is known, for what fits is decided at the
 * end. */
struct Paper {
    Arena *arena;
    PaperOptions options;
    Section *sections; /* the first has no title: what stands before any section */
    size_t count, capacity;
};

/** Points, of which an inch has 72. */
#define PAPER_WIDTH 595.276
#define PAPER_HEIGHT 841.89
#define PAPER_MARGIN 42.5 /* 15 mm */

/** Where and how large things are set. */
typedef struct Setting {
    PangoContext *context;
    cairo_t *cairo; /* NULL: only measured */
    double scale;   /* of the type */
    PangoAlignment align;
    int unknown_glyphs; /* that no font here has */
} Setting;

/** Shows or measures a text of `width`; the height that it takes. `lines` 0: all of them. */
double setting_text(Setting *setting, PaperStyle style, Str markup, double x, double y,
                    double width, int lines, uint32_t colour);
/** As setting_text, for the height and the drawing of a curve. */
double setting_curve(Setting *setting, const PaperCurve *curve, double x, double y, double width);

/** Fills with or draws in 0xRRGGBB from here on. */
void setting_colour(cairo_t *cairo, uint32_t colour);

/** The text as markup in which `bold` (may be empty) stands first. */
Str setting_markup(Arena *arena, Str bold, Str plain, Str small);

enum {
    COLOUR_INK = 0x2b2621,
    COLOUR_SOFT = 0x655c52,
    COLOUR_LINE = 0xe6ddd0,
    COLOUR_WARNING = 0xb3261e,
    COLOUR_WARNING_TINT = 0xfce8e5,
};

#endif

/*
 * Telling a document, and laying it out. Every try to fit it is measured without drawing: the type
 * is made smaller step by step, then items go, and only the last try is drawn.
 */
#include "paper.h"

#include <cairo-pdf.h>
#include <string.h>

#include "paper_blocks.h"

static const double SCALES[] = {1.0, 0.94, 0.88, 0.82};
enum { SCALE_COUNT = sizeof SCALES / sizeof *SCALES };

#define SECTION_GAP 9.0
#define BLOCK_GAP 2.5
#define BOX_PADDING 6.0
#define BULLET_INDENT 10.0
#define FOOTER_HEIGHT 16.0
#define FACT_NAME_SHARE 0.3
enum { LINE_BYTES_MOST = 300 }; /* more than a line of any script has */

/* ---- Telling ---- */

Paper *paper_new(PaperOptions options) {
    Arena *arena = arena_new();
    Paper *paper = ARENA_NEW(arena, Paper);
    *paper = (Paper){.arena = arena, .options = options};
    paper_section(paper, (PaperSection){.spare = 0});
    return paper;
}

void paper_free(Paper *paper) {
    if (paper) arena_free(paper->arena);
}

/* Twice as much room, in the arena: documents are short. */
static void *grown(Arena *arena, const void *items, size_t count, size_t size, size_t *capacity) {
    if (count < *capacity) return (void *)items;
    *capacity = *capacity ? *capacity * 2 : 8;
    char *more = arena_take_zero(arena, *capacity, size);
    if (count) memcpy(more, items, count * size);
    return more;
}

void paper_section(Paper *paper, PaperSection section) {
    paper->sections = grown(paper->arena, paper->sections, paper->count, sizeof *paper->sections,
                            &paper->capacity);
    paper->sections[paper->count++] = (Section){.look = section};
}

static Section *present(Paper *paper) {
    return &paper->sections[paper->count - 1];
}

static void add_block(Paper *paper, Block block) {
    Section *section = present(paper);
    section->blocks = grown(paper->arena, section->blocks, section->count, sizeof *section->blocks,
                            &section->capacity);
    section->blocks[section->count++] = block;
}

/* No more of a text than its lines can show: laying out a long one again and again takes time. */
static Str clipped(const Section *section, Str text) {
    size_t most = (size_t)section->look.lines * LINE_BYTES_MOST;
    if (!most || text.size <= most) return text;
    while (most && ((unsigned char)text.data[most] & 0xc0) == 0x80) most--;
    return str_part(text, 0, most);
}

static Str plain_markup(Paper *paper, Str text) {
    return setting_markup(paper->arena, STR(""), clipped(present(paper), text), STR(""));
}

void paper_text(Paper *paper, PaperStyle style, Str text) {
    Str markup = style == PAPER_TITLE ? setting_markup(paper->arena, text, STR(""), STR(""))
                                      : plain_markup(paper, text);
    add_block(paper, (Block){.kind = BLOCK_TEXT, .style = style, .text = markup});
}

void paper_item(Paper *paper, Str text, Str note) {
    Str markup = setting_markup(paper->arena, STR(""), clipped(present(paper), text), note);
    add_block(paper, (Block){.kind = BLOCK_ITEM, .text = markup});
}

void paper_fact(Paper *paper, Str name, Str value) {
    add_block(paper, (Block){.kind = BLOCK_FACT,
                             .text = plain_markup(paper, name),
                             .note = plain_markup(paper, value)});
}

void paper_curve(Paper *paper, const PaperCurve *curve) {
    PaperCurve *copy = ARENA_NEW(paper->arena, PaperCurve);
    Str *rows = ARENA_ARRAY(paper->arena, (size_t)curve->row_count + 1, Str);
    PaperPoint *points = ARENA_ARRAY(paper->arena, (size_t)curve->point_count + 1, PaperPoint);
    for (int i = 0; i < curve->row_count; i++) rows[i] = plain_markup(paper, curve->rows[i]);
    if (curve->point_count) {
        memcpy(points, curve->points, (size_t)curve->point_count * sizeof *points);
    }
    *copy = *curve;
    copy->rows = rows;
    copy->points = points;
    copy->from_text = plain_markup(paper, curve->from_text);
    copy->until_text = plain_markup(paper, curve->until_text);
    add_block(paper, (Block){.kind = BLOCK_CURVE, .curve = copy});
}

/* ---- One block ---- */

/* Where the next thing is drawn, in points from the upper left corner. */
typedef struct Place {
    double x, y, width;
} Place;

static double set_item(Setting *setting, const Section *section, const Block *block, Place at) {
    setting_text(setting, PAPER_TEXT, STR("•"), at.x, at.y, BULLET_INDENT, 1, COLOUR_SOFT);
    return setting_text(setting, PAPER_TEXT, block->text, at.x + BULLET_INDENT, at.y,
                        at.width - BULLET_INDENT, section->look.lines, COLOUR_INK);
}

static double set_fact(Setting *setting, const Section *section, const Block *block, Place at) {
    double name_width = at.width * FACT_NAME_SHARE;
    double height = setting_text(setting, PAPER_TEXT, block->text, at.x, at.y,
                                 name_width - BULLET_INDENT, 2, COLOUR_SOFT);
    double other = setting_text(setting, PAPER_TEXT, block->note, at.x + name_width, at.y,
                                at.width - name_width, section->look.lines, COLOUR_INK);
    return height > other ? height : other;
}

static double set_text(Setting *setting, const Section *section, const Block *block, Place at) {
    bool is_soft = block->style == PAPER_SUBTITLE || block->style == PAPER_SMALL;
    return setting_text(setting, block->style, block->text, at.x, at.y, at.width,
                        section->look.lines, is_soft ? COLOUR_SOFT : COLOUR_INK);
}

static double set_block(Setting *setting, const Section *section, const Block *block, Place at) {
    switch (block->kind) {
        case BLOCK_ITEM: return set_item(setting, section, block, at);
        case BLOCK_FACT: return set_fact(setting, section, block, at);
        case BLOCK_CURVE: return setting_curve(setting, block->curve, at.x, at.y, at.width);
        case BLOCK_TEXT: break;
    }
    return set_text(setting, section, block, at);
}

static double set_heading(Paper *paper, Setting *setting, const Section *section, Place at) {
    if (str_empty(section->look.title)) return 0;
    bool warns = section->look.tone == PAPER_WARNING;
    Str text = setting_markup(paper->arena, section->look.title, STR(""), STR(""));
    return setting_text(setting, PAPER_TEXT, text, at.x, at.y, at.width, 1,
                        warns ? COLOUR_WARNING : COLOUR_INK) +
           BLOCK_GAP;
}

/* "3 more", where the text has its {0}. */
static Str more_text(Paper *paper, int count) {
    Str more = paper->options.more;
    size_t at = str_find_str(more, STR("{0}"));
    if (at >= more.size) return more;
    return str_format(paper->arena, "%.*s%d%.*s", (int)at, more.data, count,
                      (int)(more.size - at - 3), more.data + at + 3);
}

static double set_more(Paper *paper, Setting *setting, const Section *section, Place at) {
    if (!section->left_out) return 0;
    Str text = setting_markup(paper->arena, STR(""), more_text(paper, section->left_out), STR(""));
    return setting_text(setting, PAPER_SMALL, text, at.x + BULLET_INDENT, at.y,
                        at.width - BULLET_INDENT, 1, COLOUR_SOFT) +
           BLOCK_GAP;
}

/* ---- Pages ---- */

/* One attempt at the document, at one size of type. */
typedef struct Layout {
    Paper *paper;
    Setting *setting;
    double y;
    int pages;
} Layout;

static double bottom(const Paper *paper) {
    return PAPER_HEIGHT - PAPER_MARGIN - (str_empty(paper->options.footer) ? 0 : FOOTER_HEIGHT);
}

static void set_footer(Layout *layout) {
    Paper *paper = layout->paper;
    if (str_empty(paper->options.footer)) return;
    Str text = setting_markup(paper->arena, STR(""), paper->options.footer, STR(""));
    setting_text(layout->setting, PAPER_SMALL, text, PAPER_MARGIN, PAPER_HEIGHT - PAPER_MARGIN - 8,
                 PAPER_WIDTH - 2 * PAPER_MARGIN, 1, COLOUR_SOFT);
}

static void turn_page(Layout *layout) {
    set_footer(layout);
    if (layout->setting->cairo) cairo_show_page(layout->setting->cairo);
    layout->y = PAPER_MARGIN;
    layout->pages++;
}

/* Measured first, so that no block is cut by the end of a page. */
static double height_of(Layout *layout, const Section *section, const Block *block, Place at) {
    Setting measured = *layout->setting;
    measured.cairo = NULL;
    return set_block(&measured, section, block, at);
}

static double section_height(Layout *layout, const Section *section, Place at) {
    Setting measured = *layout->setting;
    measured.cairo = NULL;
    double height = set_heading(layout->paper, &measured, section, at);
    for (size_t i = 0; i < section->count; i++) {
        if (section->blocks[i].left_out) continue;
        height += set_block(&measured, section, &section->blocks[i], at) + BLOCK_GAP;
    }
    return height + set_more(layout->paper, &measured, section, at);
}

/* A section that does not fit on what is left of the page begins the next one, unless it is longer
 * than a page itself. */
static void begin_section(Layout *layout, const Section *section, Place at, double padding) {
    double height = section_height(layout, section, at) + 2 * padding;
    double room = bottom(layout->paper) - PAPER_MARGIN;
    if (layout->y > PAPER_MARGIN && layout->y + height > bottom(layout->paper) && height <= room) {
        turn_page(layout);
    }
    if (section->look.tone != PAPER_WARNING || !layout->setting->cairo || height > room) return;
    setting_colour(layout->setting->cairo, COLOUR_WARNING_TINT);
    cairo_rectangle(layout->setting->cairo, PAPER_MARGIN, layout->y, PAPER_WIDTH - 2 * PAPER_MARGIN,
                    height);
    cairo_fill(layout->setting->cairo);
}

static void set_section(Layout *layout, const Section *section) {
    double padding = section->look.tone == PAPER_WARNING ? BOX_PADDING : 0;
    Place at = {.x = PAPER_MARGIN + padding, .width = PAPER_WIDTH - 2 * (PAPER_MARGIN + padding)};
    begin_section(layout, section, at, padding);
    at.y = layout->y += padding;
    layout->y += set_heading(layout->paper, layout->setting, section, at);
    for (size_t i = 0; i < section->count; i++) {
        const Block *block = &section->blocks[i];
        if (block->left_out) continue;
        at.y = layout->y;
        if (layout->y > PAPER_MARGIN &&
            layout->y + height_of(layout, section, block, at) > bottom(layout->paper)) {
            turn_page(layout);
        }
        at.y = layout->y;
        layout->y += set_block(layout->setting, section, block, at) + BLOCK_GAP;
    }
    at.y = layout->y;
    layout->y += set_more(layout->paper, layout->setting, section, at) + padding + SECTION_GAP;
}

static int set_document(Paper *paper, Setting *setting) {
    Layout layout = {.paper = paper, .setting = setting, .y = PAPER_MARGIN, .pages = 1};
    for (size_t i = 0; i < paper->count; i++) {
        if (paper->sections[i].count) set_section(&layout, &paper->sections[i]);
    }
    set_footer(&layout);
    return layout.pages;
}

/* ---- Fitting ---- */

static size_t items_left(const Section *section) {
    size_t left = 0;
    for (size_t i = 0; i < section->count; i++) left += !section->blocks[i].left_out;
    return left;
}

/* The section that can best do without one more item; NULL when none may be shortened. */
static Section *section_to_shorten(Paper *paper) {
    Section *found = NULL;
    for (size_t i = 0; i < paper->count; i++) {
        Section *section = &paper->sections[i];
        if (!section->look.spare || items_left(section) < 2) continue;
        if (!found || section->look.spare > found->look.spare ||
            (section->look.spare == found->look.spare && items_left(section) > items_left(found))) {
            found = section;
        }
    }
    return found;
}

static bool leave_one_out(Paper *paper) {
    Section *section = section_to_shorten(paper);
    if (!section) return false;
    size_t last = section->count;
    while (section->blocks[last - 1].left_out) last--;
    section->blocks[last - 1].left_out = true;
    section->left_out++;
    return true;
}

static void fit(Paper *paper, Setting *setting) {
    int most = paper->options.pages;
    for (int i = 0; i < SCALE_COUNT; i++) {
        setting->scale = SCALES[i];
        if (!most || set_document(paper, setting) <= most) return;
    }
    while (leave_one_out(paper) && set_document(paper, setting) > most) continue;
}

/* ---- Writing ---- */

static cairo_status_t add_bytes(void *closure, const unsigned char *data, unsigned int size) {
    buffer_add(closure, (Str){.data = (const char *)data, .size = size});
    return CAIRO_STATUS_SUCCESS;
}

static Status draw(Paper *paper, Setting *setting, Buffer *out, PaperResult *result) {
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(add_bytes, out, PAPER_WIDTH, PAPER_HEIGHT);
    Str title = str_format(paper->arena, "%.*s", STR_ARGS(paper->options.title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.data);
    setting->cairo = cairo_create(surface);
    setting->unknown_glyphs = 0;
    result->pages = set_document(paper, setting);
    result->unknown_glyphs = setting->unknown_glyphs;
    cairo_show_page(setting->cairo);
    cairo_surface_finish(surface);
    Status status =
        cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? STATUS_OK : STATUS_FAILED;
    cairo_destroy(setting->cairo);
    cairo_surface_destroy(surface);
    return status;
}

static void count_left_out(const Paper *paper, PaperResult *result) {
    result->left_out = 0;
    for (size_t i = 0; i < paper->count; i++) result->left_out += paper->sections[i].left_out;
}

/* Chinese is written in simplified characters here. */
static const char *language_tag(Lang type) {
    static const char *const TAGS[LANG_COUNT] = {
        [LANG_EN] = "en", [LANG_JA] = "ja", [LANG_ZH] = "zh-cn"};
    return TAGS[type];
}

/* A map of its own: what is kept of fonts in it ends with the document, and no thread shares it. */
Status paper_write(Paper *paper, Buffer *out, PaperResult *result) {
    PangoFontMap *fonts = pango_cairo_font_map_new();
    Setting setting = {.context = pango_font_map_create_context(fonts)};
    pango_context_set_language(setting.context,
                               pango_language_from_string(language_tag(paper->options.type)));
    fit(paper, &setting);
    Status status = draw(paper, &setting, out, result);
    count_left_out(paper, result);
    g_object_unref(setting.context);
    g_object_unref(fonts);
    return status;
}

/* Setting lines of text with Pango, which breaks lines and chooses glyphs by language. */
#include "buffer.h"
#include "paper_blocks.h"

static const double SIZES[PAPER_STYLES] = {
    [PAPER_TITLE] = 17, [PAPER_SUBTITLE] = 10.5, [PAPER_TEXT] = 9.5, [PAPER_SMALL] = 8};

/*
 * One family for all scripts, so that a line of two has one look. The first that is there is taken.
 * Serif type, as books and letters are set in, before sans: Cairo cannot shorten the subroutines of
 * Noto Sans CJK and puts half a megabyte of them into a document for each weight of it.
 */
static const char *family(PangoContext *context) {
    const char *tag = pango_language_to_string(pango_context_get_language(context));
    if (strncmp(tag, "zh", 2) == 0) return "Noto Serif CJK SC, Noto Sans CJK SC, Noto Sans, serif";
    return "Noto Serif CJK JP, Noto Sans CJK JP, Noto Sans, serif";
}

void setting_colour(cairo_t *cairo, uint32_t colour) {
    cairo_set_source_rgb(cairo, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                         (colour & 0xff) / 255.0);
}

static PangoLayout *layout_of(Setting *setting, PaperStyle style, Str markup, double width,
                              int lines) {
    PangoLayout *layout = pango_layout_new(setting->context);
    PangoFontDescription *font = pango_font_description_from_string(family(setting->context));
    pango_font_description_set_absolute_size(font, SIZES[style] * setting->scale * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_alignment(layout, setting->align);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, 1.05F);
    if (lines) {
        pango_layout_set_height(layout, -lines);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    pango_layout_set_markup(layout, markup.data, (int)markup.size);
    return layout;
}

double setting_text(Setting *setting, PaperStyle style, Str markup, double x, double y,
                    double width, int lines, uint32_t colour) {
    PangoRectangle size;
    PangoLayout *layout = layout_of(setting, style, markup, width, lines);
    pango_layout_get_extents(layout, NULL, &size);
    setting->unknown_glyphs += pango_layout_get_unknown_glyphs_count(layout);
    if (setting->cairo) {
        setting_colour(setting->cairo, colour);
        cairo_move_to(setting->cairo, x, y);
        pango_cairo_show_layout(setting->cairo, layout);
    }
    g_object_unref(layout);
    return (double)size.height / PANGO_SCALE;
}

/* Escaped by hand: texts are people's, and may hold what would be markup. Control characters other
 * than the line's end are no text. */
static void add_escaped(Buffer *out, Str text) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        switch (byte) {
            case '&': buffer_add(out, STR("&amp;")); break;
            case '<': buffer_add(out, STR("&lt;")); break;
            case '>': buffer_add(out, STR("&gt;")); break;
            case '\n': buffer_add_byte(out, byte); break;
            default: buffer_add_byte(out, (unsigned char)byte < ' ' ? ' ' : byte);
        }
    }
}

Str setting_markup(Arena *arena, Str bold, Str plain, Str small) {
    Buffer out CLEANUP(buffer_free) = {0};
    if (!str_empty(bold)) {
        buffer_add(&out, STR("<b>"));
        add_escaped(&out, bold);
        buffer_add(&out, STR("</b>"));
    }
    add_escaped(&out, plain);
    if (!str_empty(small)) {
        buffer_add(&out, STR("  <span size=\"84%\" foreground=\"#655c52\">"));
        add_escaped(&out, small);
        buffer_add(&out, STR("</span>"));
    }
    return str_copy(arena, buffer_str(&out));
}

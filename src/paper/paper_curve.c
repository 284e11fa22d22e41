/* A stepped line over the rows of a scale, whose names stand at its left. */
#include "paper_blocks.h"

#define ROW_HEIGHT 12.5
#define NAME_WIDTH 112.0
#define END_INSET 5.0
#define DOT_RADIUS 2.6
#define CAPTION_HEIGHT 12.0

/* The field of a curve on the sheet, in points. */
typedef struct Frame {
    const PaperCurve *curve;
    double left, right, top, row_height;
} Frame;

static double row_y(const Frame *frame, int row) {
    return frame->top + (row + 0.5) * frame->row_height;
}

/* A span of nothing (one reading, just now) is drawn as a line of full width. */
static double at_x(const Frame *frame, int64_t at) {
    int64_t from = frame->curve->points[0].at, until = frame->curve->until;
    double share = until > from ? (double)(at - from) / (double)(until - from) : 0;
    if (share > 1) share = 1;
    return frame->left + END_INSET + share * (frame->right - frame->left - 2 * END_INSET);
}

static void draw_rows(Setting *setting, const Frame *frame, double x) {
    for (int row = 0; row < frame->curve->row_count; row++) {
        double y = row_y(frame, row);
        Str name = frame->curve->rows[row];
        setting_text(setting, PAPER_SMALL, name, x, y - 5.5 * setting->scale, NAME_WIDTH - 6, 1,
                     COLOUR_SOFT);
        if (!setting->cairo) continue;
        setting_colour(setting->cairo, COLOUR_LINE);
        cairo_set_line_width(setting->cairo, 0.6);
        cairo_move_to(setting->cairo, frame->left, y);
        cairo_line_to(setting->cairo, frame->right, y);
        cairo_stroke(setting->cairo);
    }
}

static void draw_line(cairo_t *cairo, const Frame *frame) {
    const PaperCurve *curve = frame->curve;
    setting_colour(cairo, COLOUR_SOFT);
    cairo_set_line_width(cairo, 1.2);
    cairo_move_to(cairo, at_x(frame, curve->points[0].at), row_y(frame, curve->points[0].row));
    for (int i = 1; i < curve->point_count; i++) {
        double x = at_x(frame, curve->points[i].at);
        cairo_line_to(cairo, x, row_y(frame, curve->points[i - 1].row));
        cairo_line_to(cairo, x, row_y(frame, curve->points[i].row));
    }
    cairo_line_to(cairo, frame->right - END_INSET,
                  row_y(frame, curve->points[curve->point_count - 1].row));
    cairo_stroke(cairo);
    for (int i = 0; i < curve->point_count; i++) {
        const PaperPoint *point = &curve->points[i];
        setting_colour(cairo, point->colour);
        cairo_arc(cairo, at_x(frame, point->at), row_y(frame, point->row), DOT_RADIUS, 0, 2 * G_PI);
        cairo_fill(cairo);
    }
}

/* Under the two ends of the line. */
static void draw_captions(Setting *setting, const Frame *frame, double y) {
    double half = (frame->right - frame->left) / 2;
    Setting ends = *setting;
    setting_text(&ends, PAPER_SMALL, frame->curve->from_text, frame->left, y, half, 1, COLOUR_SOFT);
    ends.align = PANGO_ALIGN_RIGHT;
    setting_text(&ends, PAPER_SMALL, frame->curve->until_text, frame->right - half, y, half, 1,
                 COLOUR_SOFT);
    setting->unknown_glyphs = ends.unknown_glyphs;
}

double setting_curve(Setting *setting, const PaperCurve *curve, double x, double y, double width) {
    if (!curve->point_count || !curve->row_count) return 0;
    Frame frame = {.curve = curve,
                   .left = x + NAME_WIDTH,
                   .right = x + width,
                   .top = y,
                   .row_height = ROW_HEIGHT * setting->scale};
    double rows = curve->row_count * frame.row_height;
    draw_rows(setting, &frame, x);
    if (setting->cairo) draw_line(setting->cairo, &frame);
    draw_captions(setting, &frame, y + rows);
    return rows + CAPTION_HEIGHT * setting->scale;
}

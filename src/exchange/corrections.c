/*
 * Two sorted lists, searched once a row. A file of a hundred thousand rows with ten corrections
 * costs a hundred thousand short searches, and memory for ten.
 */
#include "corrections.h"

#include <stdlib.h>

enum { COMPLAINTS_MOST = 20 /* of one kind: more would help nobody */ };

/* ---- Reading ---- */

/* The request's corrections being read; every error is gathered. */
typedef struct Reader {
    Arena *arena;
    Problem *problem;
    Corrections *out;
} Reader;

static void complain(Reader *reader, Str pointer) {
    problem_add(reader->problem, pointer, "import_corrections");
}

/* "3", and neither "03" nor "+3": a line has one name. */
static bool read_number(Str text, int64_t most, int64_t *out) {
    return !str_empty(text) && text.data[0] >= '1' && text.data[0] <= '9' &&
           str_to_integer(text, out) && *out <= most;
}

static void read_cell(Reader *reader, int64_t line, Str pointer, const char *name,
                      const json_t *node) {
    int64_t column;
    if (!json_is_string(node) || !read_number(str_of(name), SHEET_COLUMN_LIMIT, &column)) {
        complain(reader, problem_pointer(reader->arena, pointer, str_of(name)));
        return;
    }
    reader->out->cells[reader->out->count++] =
        (Correction){.line = line,
                     .column = (size_t)column - 1,
                     .text = str_copy(reader->arena, json_text(node))};
}

static void read_line(Reader *reader, const char *name, json_t *cells) {
    const char *column;
    json_t *cell;
    int64_t line;
    Str pointer = problem_pointer(reader->arena, STR("/corrections"), str_of(name));
    if (!json_is_object(cells) || !read_number(str_of(name), INT64_MAX, &line)) {
        complain(reader, pointer);
        return;
    }
    json_object_foreach(cells, column, cell) {
        read_cell(reader, line, pointer, column, cell);
    }
}

static int compare_cells(const void *a, const void *b) {
    const Correction *one = a, *other = b;
    if (one->line != other->line) return one->line < other->line ? -1 : 1;
    return one->column < other->column ? -1 : one->column > other->column;
}

static void read_cells(Reader *reader, json_t *lines) {
    const char *name;
    json_t *cells;
    size_t most = 0;
    if (!lines) return;
    if (!json_is_object(lines)) complain(reader, STR("/corrections"));
    json_object_foreach(lines, name, cells) {
        most += json_object_size(cells);
    }
    reader->out->cells = ARENA_ARRAY(reader->arena, most, Correction);
    json_object_foreach(lines, name, cells) {
        read_line(reader, name, cells);
    }
    if (reader->out->count) {
        qsort(reader->out->cells, reader->out->count, sizeof(Correction), compare_cells);
    }
}

static int compare_lines(const void *a, const void *b) {
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return one < other ? -1 : one > other;
}

static void read_skipped(Reader *reader, json_t *lines) {
    size_t i;
    json_t *line;
    Corrections *out = reader->out;
    if (!lines) return;
    if (!json_is_array(lines)) complain(reader, STR("/skip_lines"));
    out->skipped = ARENA_ARRAY(reader->arena, json_array_size(lines), int64_t);
    json_array_foreach(lines, i, line) {
        if (json_is_integer(line) && json_integer_value(line) > 0) {
            out->skipped[out->skipped_count++] = json_integer_value(line);
        } else {
            complain(reader, str_format(reader->arena, "/skip_lines/%zu", i));
        }
    }
    if (out->skipped_count) {
        qsort(out->skipped, out->skipped_count, sizeof(int64_t), compare_lines);
    }
}

Status corrections_read(Arena *arena, const json_t *body, Problem *problem, Corrections *out) {
    Corrections read = CORRECTIONS_NONE;
    Reader reader = {arena, problem, &read};
    size_t errors = problem->count;
    read_cells(&reader, json_object_get(body, "corrections"));
    read_skipped(&reader, json_object_get(body, "skip_lines"));
    if (problem->count != errors) return STATUS_INVALID;
    *out = read;
    return STATUS_OK;
}

/* ---- Finding ---- */

/* The first correction of a line, or of the line behind it. */
static size_t first_of(const Corrections *corrections, int64_t line) {
    size_t low = 0, high = corrections->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (corrections->cells[middle].line < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool corrections_skip(const Corrections *corrections, int64_t line) {
    return corrections->skipped_count &&
           bsearch(&line, corrections->skipped, corrections->skipped_count, sizeof(int64_t),
                   compare_lines);
}

/* A correction behind the last cell makes the row longer, with empty cells in between. */
static void make_room(Arena *arena, SheetRow *row, size_t count) {
    Str *cells = ARENA_ARRAY(arena, count, Str);
    memcpy(cells, row->cells, row->count * sizeof(Str));
    row->cells = cells;
    row->count = count;
}

void corrections_apply(const Corrections *corrections, Arena *arena, SheetRow *row) {
    for (size_t i = first_of(corrections, row->line);
         i < corrections->count && corrections->cells[i].line == row->line; i++) {
        const Correction *cell = &corrections->cells[i];
        if (cell->column >= row->count) make_room(arena, row, cell->column + 1);
        row->cells[cell->column] = cell->text;
    }
}

/* ---- Fitting ---- */

/* Every line once, ascending, whether corrected or left out. */
static size_t collect_lines(const Corrections *corrections, int64_t *lines) {
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < corrections->count; i++) lines[count++] = corrections->cells[i].line;
    for (size_t i = 0; i < corrections->skipped_count; i++) {
        lines[count++] = corrections->skipped[i];
    }
    if (count) qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++) {
        if (!kept || lines[kept - 1] != lines[i]) lines[kept++] = lines[i];
    }
    return kept;
}

static void complain_of_line(Problem *problem, Arena *arena, int64_t line, size_t *complaints) {
    if ((*complaints)++ >= COMPLAINTS_MOST) return;
    Str number = str_format(arena, "%lld", (long long)line);
    problem_add(problem, problem_pointer(arena, STR("/corrections"), number), "import_no_such_line",
                number);
}

/* The next row of data; 0 behind the last one. */
static int64_t next_data_line(Sheet *sheet, bool *heading) {
    SheetRow row;
    while (sheet_next(sheet, &row) == STATUS_OK) {
        if (sheet_row_blank(&row)) continue;
        if (!*heading) return row.line;
        *heading = false;
    }
    return 0;
}

/* Both ascend, so one pass tells; it ends with the last line that was asked for. */
Status corrections_fit(const Corrections *corrections, Str bytes, const SheetForm *form,
                       Arena *arena, Problem *problem) {
    size_t most = corrections->count + corrections->skipped_count, complaints = 0;
    if (!most) return STATUS_OK;
    int64_t *lines = ARENA_ARRAY(arena, most, int64_t);
    size_t count = collect_lines(corrections, lines);
    Sheet *sheet CLEANUP(sheet_drop) = sheet_open(bytes, form);
    bool heading = form->header;
    int64_t at = next_data_line(sheet, &heading);
    for (size_t i = 0; i < count; i++) {
        while (at && at < lines[i]) at = next_data_line(sheet, &heading);
        if (at != lines[i]) complain_of_line(problem, arena, lines[i], &complaints);
    }
    return complaints ? STATUS_INVALID : STATUS_OK;
}

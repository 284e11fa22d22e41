/*
 * Written as JSON row by row, since their arena goes with their group; what lies outside the part
 * that was asked for is only counted.
 */
#include "failing.h"

void failing_start(FailingRows *failing) {
    failing->total = failing->shown = 0;
    buffer_clear(&failing->text);
    failing->json = json_writer(&failing->text);
}

/* Not through the middle of a character. */
static Str shortened(Str cell) {
    size_t size = FAILING_CELL_LIMIT;
    if (cell.size <= size) return cell;
    while (size && ((unsigned char)cell.data[size] & 0xC0) == 0x80) size--;
    return str_part(cell, 0, size);
}

/* A cell that is shown in part must not be taken for the whole and sent back: "cut" names it. */
static void write_cells(JsonWriter *json, const ImportRow *row) {
    json_key(json, STR("cells"));
    json_open_array(json);
    for (size_t i = 0; i < row->count; i++) json_write_text(json, shortened(row->cells[i]));
    json_close_array(json);
    json_key(json, STR("cut"));
    json_open_array(json);
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].size > FAILING_CELL_LIMIT) json_write_integer(json, (int64_t)i + 1);
    }
    json_close_array(json);
}

/* Errors of the whole row, and of fields that no column leads to, have no column. */
static void write_error(JsonWriter *json, const Rejected *names, Arena *arena,
                        const ProblemError *error) {
    const ImportColumn *column = rejected_column(names, arena, error->pointer);
    json_open_object(json);
    json_key(json, STR("column"));
    if (column) {
        json_write_integer(json, (int64_t)column->index + 1);
    } else {
        json_write_null(json);
    }
    json_member_text(json, "pointer", error->pointer);
    json_member_text(json, "code", error->code);
    json_member_text(json, "message", rejected_sentence(names, arena, error));
    json_close_object(json);
}

static Str state_name(ImportRowState state) {
    switch (state) {
        case IMPORT_ROW_SKIPPED: return STR("skipped");
        case IMPORT_ROW_LEFT_OUT: return STR("left_out");
        case IMPORT_ROW_READY:
        case IMPORT_ROW_FAILED:
        case IMPORT_ROW_REFUSED: break;
    }
    return STR("failed");
}

static void write_row(FailingRows *failing, const Rejected *names, Arena *arena,
                      const ImportRow *row) {
    JsonWriter *json = &failing->json;
    json_open_object(json);
    json_member_integer(json, "line", row->line);
    json_member_text(json, "state", state_name(row->state));
    write_cells(json, row);
    json_key(json, STR("errors"));
    json_open_array(json);
    for (const ProblemError *error = row->problem.first; error; error = error->next) {
        write_error(json, names, arena, error);
    }
    json_close_array(json);
    json_close_object(json);
}

/* Once the answer is full nothing more is added, so that what is shown has no gaps. */
void failing_add(FailingRows *failing, const Rejected *names, Arena *arena, const ImportRow *row) {
    int64_t number = failing->total++;
    bool due = number == failing->offset + failing->shown && failing->shown < failing->limit;
    if (!due || failing->text.size > FAILING_SIZE_LIMIT) return;
    write_row(failing, names, arena, row);
    failing->shown++;
}

void failing_write(const FailingRows *failing, JsonWriter *json) {
    json_open_object(json);
    json_member_integer(json, "total", failing->total);
    json_member_integer(json, "offset", failing->offset);
    json_key(json, STR("items"));
    json_open_array(json);
    if (failing->shown) json_write_raw(json, buffer_str(&failing->text));
    json_close_array(json);
    json_close_object(json);
}

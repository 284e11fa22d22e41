/*
 * Cells on their way out and back. A spreadsheet runs what begins like a formula, also in a file
 * that somebody else has filled; the apostrophe in front stops that. It is taken off again on
 * import, so that a file that was exported can be imported as it is.
 */
#include "csv_text.h"

/* Blanks at the ends are quoted too: many readers would cut them. */
static bool must_quote(Str cell, char delimiter) {
    if (str_empty(cell)) return false;
    char first = cell.data[0], last = cell.data[cell.size - 1];
    if (first == ' ' || first == '\t' || last == ' ' || last == '\t') return true;
    for (size_t i = 0; i < cell.size; i++) {
        char byte = cell.data[i];
        if (byte == delimiter || byte == '"' || byte == '\n' || byte == '\r') return true;
    }
    return false;
}

static void add_quoted(Buffer *out, Str cell) {
    buffer_add_byte(out, '"');
    for (Str rest = cell; rest.data;) {
        buffer_add(out, str_cut(&rest, '"'));
        if (rest.data) buffer_add(out, STR("\"\""));
    }
    buffer_add_byte(out, '"');
}

void csv_text_add(Buffer *out, Str cell, char delimiter) {
    if (must_quote(cell, delimiter)) {
        add_quoted(out, cell);
    } else if (cell.size) {
        buffer_add(out, cell);
    }
}

static bool starts_formula(Str cell) {
    return !str_empty(cell) && memchr("=+-@\t\r\n", cell.data[0], 7);
}

/* One that is armed already gets a second apostrophe, so that reading takes off the right one. */
static bool needs_arming(Str cell) {
    while (str_starts(cell, STR("'"))) cell = str_part(cell, 1, cell.size);
    return starts_formula(cell);
}

void csv_text_add_armed(Buffer *out, Str cell, char delimiter) {
    if (!needs_arming(cell)) {
        csv_text_add(out, cell, delimiter);
        return;
    }
    Buffer armed CLEANUP(buffer_free) = {0};
    buffer_add_byte(&armed, '\'');
    buffer_add(&armed, cell);
    csv_text_add(out, buffer_str(&armed), delimiter);
}

Str csv_text_disarmed(Str cell) {
    bool armed = str_starts(cell, STR("'")) && needs_arming(cell);
    return armed ? str_part(cell, 1, cell.size) : cell;
}

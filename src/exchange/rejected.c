/*
 * The rows that were not taken, with their reasons in a last column. A person mends the cells and
 * imports the file again; the extra column goes nowhere then, since no field has its heading.
 */
#include "rejected.h"

#include "csv_text.h"

/* An error of a many-valued cell points below its field: "/tags/2". */
const ImportColumn *rejected_column(const Rejected *rejected, Arena *arena, Str pointer) {
    for (size_t i = 0; i < rejected->map->count; i++) {
        const ImportColumn *column = &rejected->map->columns[i];
        Str own = problem_pointer(arena, STR(""), column->field->name);
        bool inside =
            str_starts(pointer, own) && (pointer.size == own.size || pointer.data[own.size] == '/');
        if (inside) return column;
    }
    return NULL;
}

/* Retired choices are not offered any more. */
static Str choice_words(Arena *arena, const Field *field, Lang lang) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (size_t i = 0; i < field->choice_count; i++) {
        const Choice *choice = &field->choices[i];
        if (choice->retired) continue;
        if (text.size) buffer_add(&text, lang == LANG_EN ? STR(", ") : STR("、"));
        buffer_add(&text, label_in(&choice->label, lang));
    }
    return str_copy(arena, buffer_str(&text));
}

Str rejected_sentence(const Rejected *rejected, Arena *arena, const ProblemError *error) {
    const ImportColumn *column = rejected_column(rejected, arena, error->pointer);
    ProblemError told = *error;
    if (column && column->field->choice_count && str_is(error->code, "choice_unknown")) {
        told.arguments[1] = choice_words(arena, column->field, rejected->exchange->actor->lang);
    }
    return exchange_sentence(rejected->exchange, arena, &told);
}

/* How people know a column: by its heading, or else by its number. */
static Str column_name(const Rejected *rejected, Arena *arena, const ImportColumn *column) {
    if (rejected->headings && column->index < rejected->width &&
        !str_empty(str_trim(rejected->headings[column->index]))) {
        return str_trim(rejected->headings[column->index]);
    }
    return exchange_say(rejected->exchange, arena, "import_column",
                        str_format(arena, "%zu", column->index + 1));
}

/* All reasons of a row at once: a person should not have to import three times for three errors. */
Str rejected_reasons(const Rejected *rejected, Arena *arena, const ImportRow *row) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (const ProblemError *error = row->problem.first; error; error = error->next) {
        if (text.size) buffer_add(&text, STR("\n"));
        const ImportColumn *column = rejected_column(rejected, arena, error->pointer);
        Str sentence = rejected_sentence(rejected, arena, error);
        if (column) {
            sentence = exchange_say(rejected->exchange, arena, "import_reason",
                                    column_name(rejected, arena, column), sentence);
        }
        buffer_add(&text, sentence);
    }
    return str_copy(arena, buffer_str(&text));
}

/*
 * The cells stand as they were, formulas included: the file goes back to where it came from and is
 * to be imported again.
 */
static void add_line(Rejected *rejected, const Str *cells, size_t count, Str last) {
    Buffer *out = &rejected->text;
    size_t width = count > rejected->width ? count : rejected->width;
    for (size_t i = 0; i < width; i++) {
        csv_text_add(out, i < count ? cells[i] : (Str){0}, rejected->delimiter);
        buffer_add_byte(out, rejected->delimiter);
    }
    csv_text_add(out, last, rejected->delimiter);
    buffer_add(out, STR("\r\n"));
}

/*
 * The mark and the heading come with the first row, so that an import without rejects has no file.
 */
void rejected_add(Rejected *rejected, Arena *arena, const ImportRow *row) {
    if (!rejected->rows++) {
        buffer_add(&rejected->text, CSV_TEXT_MARK);
        Str heading = exchange_say(rejected->exchange, arena, "import_reasons");
        if (rejected->headings) {
            add_line(rejected, rejected->headings, rejected->width, heading);
        }
    }
    if (rejected->text.size > REJECTED_SIZE_LIMIT) return;
    add_line(rejected, row->cells, row->count, rejected_reasons(rejected, arena, row));
}

void rejected_clear(Rejected *rejected) {
    buffer_clear(&rejected->text);
    rejected->rows = 0;
}

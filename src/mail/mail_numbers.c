/*
 * Tables of two columns, whom and how many, become one with a column for each of them: many short
 * tables in a mail are much scrolling for a line of meaning each.
 */
#include "mail_numbers.h"

enum { JOINED_MOST = 12 };

static bool is_number(const DashboardTable *table) {
    return !table->list && table->column_count == 2 && table->columns[1].number;
}

static size_t count_alike(const DashboardTables *tables, size_t first) {
    const DashboardTable *begin = &tables->items[first];
    size_t count = 1;
    if (!is_number(begin)) return 1;
    while (first + count < tables->count && count < JOINED_MOST) {
        const DashboardTable *next = &tables->items[first + count];
        if (!is_number(next)) break;
        if (!str_equal(next->columns[0].heading, begin->columns[0].heading)) break;
        count++;
    }
    return count;
}

/* The row of a name, made at the end when it is new: who has nothing yet has blanks. */
static DashboardCell *row_of(DashboardTable *table, const DashboardCell *name) {
    for (size_t row = 0; row < table->row_count; row++) {
        DashboardCell *cells = &table->cells[row * table->column_count];
        if (str_equal(cells[0].text, name->text)) return cells;
    }
    DashboardCell *made = &table->cells[table->row_count++ * table->column_count];
    made[0] = *name;
    return made;
}

size_t mail_numbers_join(Arena *arena, const DashboardTables *tables, size_t first,
                         DashboardTable *out) {
    size_t count = count_alike(tables, first), rows = 0;
    if (count == 1) return 1;
    for (size_t i = 0; i < count; i++) rows += tables->items[first + i].row_count;
    *out = tables->items[first];
    out->label = tables->label;
    out->help = (Str){0};
    out->columns = ARENA_ARRAY(arena, count + 1, DashboardColumn);
    out->column_count = count + 1;
    out->cells = ARENA_ARRAY(arena, (rows + 1) * out->column_count, DashboardCell);
    out->row_count = 0;
    out->columns[0] = tables->items[first].columns[0];
    for (size_t i = 0; i < count; i++) {
        const DashboardTable *table = &tables->items[first + i];
        out->columns[i + 1] = (DashboardColumn){.heading = table->label, .number = true};
        for (size_t row = 0; row < table->row_count; row++) {
            row_of(out, dashboard_cell(table, row, 0))[i + 1] = *dashboard_cell(table, row, 1);
        }
    }
    out->total = (int64_t)out->row_count;
    return count;
}

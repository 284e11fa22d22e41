/*
 * Dashboards as files. The tables are made by the engine; here they become cells of the forms that
 * lists are exported in, so that a formula in somebody's name is as harmless here as there.
 */
#include "figures_export.h"

#include <unistd.h>

#include "export_table.h"
#include "field.h"
#include "journal.h"

/* ---- Cells ---- */

static Str say(const Exchange *exchange, Arena *arena, Str code) {
    return texts_sentence(exchange->business->texts, arena, exchange->actor->lang, code,
                          (const Str[PROBLEM_ARGUMENTS]){{0}});
}

static Status add_heading(ExportTable *file, Arena *arena, const DashboardTable *table) {
    ExportCell *cells = ARENA_ARRAY(arena, table->column_count, ExportCell);
    for (size_t i = 0; i < table->column_count; i++) cells[i].text = table->columns[i].heading;
    return file->writer->add_row(file, cells, table->column_count);
}

/* Cells as they are shown, for a whole table or a page of one. */
static Status add_cells(void *data, const DashboardTable *table) {
    static const Value EMPTY = {.kind = VALUE_NULL};
    static const Field WORDS = {.type = FIELD_TEXT};
    ExportTable *file = data;
    ExportCell cells[DASHBOARD_COLUMNS_MOST];
    Status status = STATUS_OK;
    for (size_t row = 0; status == STATUS_OK && row < table->row_count; row++) {
        for (size_t i = 0; i < table->column_count; i++) {
            const DashboardCell *cell = dashboard_cell(table, row, i);
            bool known = cell->field != NULL;
            cells[i] = (ExportCell){.field = known ? cell->field : &WORDS,
                                    .value = known ? &cell->value : &EMPTY,
                                    .text = cell->text};
        }
        status = file->writer->add_row(file, cells, table->column_count);
    }
    return status;
}

static Status add_rows(ExportTable *file, DashboardTable *table) {
    return table->source ? dashboard_table_each(table, add_cells, file) : add_cells(file, table);
}

/* ---- What the file says of itself ---- */

/* Two cells of words: "Period", "13 weeks". */
static Status add_fact(ExportTable *file, Str what, Str is) {
    static const Field WORDS = {.type = FIELD_TEXT};
    Value values[] = {value_text(what), value_text(is)};
    ExportCell cells[] = {{.field = &WORDS, .value = &values[0], .text = what},
                          {.field = &WORDS, .value = &values[1], .text = is}};
    return file->writer->add_row(file, cells, 2);
}

static Status add_title(ExportTable *file, Str title) {
    ExportCell cell = {.text = title};
    return file->writer->add_row(file, &cell, 1);
}

/* A cut list says so on its own, as nobody counts ten thousand rows. */
static Str about_table(const Exchange *exchange, Arena *arena, const DashboardTable *table) {
    if (table->total <= (int64_t)table->row_count) return table->help;
    Str cut = texts_sentence(
        exchange->business->texts, arena, exchange->actor->lang, STR("figures_cut"),
        (const Str[PROBLEM_ARGUMENTS]){str_format(arena, "%zu", table->row_count),
                                       str_format(arena, "%lld", (long long)table->total)});
    return str_empty(table->help) ? cut
                                  : str_join(arena, table->help, str_join(arena, STR(" "), cut));
}

/* Of which time, narrowed by what, and what each number means: a file travels without its page. */
static Status add_cover(const Exchange *exchange, Arena *arena, const DashboardTables *tables,
                        int64_t now, ExportTable *file) {
    static const Field INSTANT = {.type = FIELD_INSTANT};
    const Actor *actor = exchange->actor;
    Value instant = value_integer(now);
    Str made = field_text(arena, &INSTANT, &instant, actor->lang, actor->zone);
    Status status = add_title(file, tables->label);
    if (status == STATUS_OK) status = add_fact(file, say(exchange, arena, STR("figures_at")), made);
    for (size_t i = 0; status == STATUS_OK && i < tables->narrowed_count; i++) {
        status = add_fact(file, tables->narrowed[i].label, tables->narrowed[i].value);
    }
    for (size_t i = 0; status == STATUS_OK && i < tables->count; i++) {
        status =
            add_fact(file, tables->items[i].label, about_table(exchange, arena, &tables->items[i]));
    }
    return status;
}

/* ---- The two forms ---- */

static Status write_sheets(const Exchange *exchange, Arena *arena, DashboardTables *tables,
                           int64_t now, ExportTable *file) {
    Status status = add_cover(exchange, arena, tables, now, file);
    for (size_t i = 0; status == STATUS_OK && i < tables->count; i++) {
        DashboardTable *table = &tables->items[i];
        status = file->writer->begin_part(file, table->label);
        if (status == STATUS_OK) status = add_heading(file, arena, table);
        if (status == STATUS_OK) status = add_rows(file, table);
    }
    return status;
}

/* One table alone is a table as every program reads it; several stand below their titles. */
static Status write_sections(Arena *arena, DashboardTables *tables, ExportTable *file) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < tables->count; i++) {
        DashboardTable *table = &tables->items[i];
        if (tables->count > 1) {
            if (i) status = file->writer->begin_part(file, table->label);
            if (status == STATUS_OK) status = add_title(file, table->label);
        }
        if (status == STATUS_OK) status = add_heading(file, arena, table);
        if (status == STATUS_OK) status = add_rows(file, table);
    }
    return status;
}

static Status open_file(const Exchange *exchange, Arena *arena, ExportForm form, const char *path,
                        ExportTable **out) {
    if (form == EXPORT_CSV) return export_csv_open(path, out);
    return export_xlsx_open(path, say(exchange, arena, STR("figures_cover")), exchange->actor->zone,
                            out);
}

static Status write_tables(const Exchange *exchange, Arena *arena, DashboardTables *tables,
                           ExportForm form, int64_t now, ExportTable *file) {
    return form == EXPORT_CSV ? write_sections(arena, tables, file)
                              : write_sheets(exchange, arena, tables, now, file);
}

/* Half a file looks like a whole one, so none is left behind. */
static Status finish(ExportTable *file, const char *path, Status status) {
    if (status == STATUS_OK) return file->writer->close(file);
    file->writer->abandon(file);
    unlink(path);
    return status;
}

Status figures_export_tables(const Exchange *exchange, DashboardTables *tables, ExportForm form,
                             int64_t now, const char *path) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    ExportTable *file;
    Status status = open_file(exchange, arena, form, path, &file);
    if (status != STATUS_OK) return status;
    status = write_tables(exchange, arena, tables, form, now, file);
    return finish(file, path, status);
}

/* ---- The journal ---- */

static bool noted_before(const DashboardTables *tables, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (tables->items[i].object == tables->items[index].object) return true;
    }
    return false;
}

/* As an export of records is noted (export.c), so that a search for exports finds both. */
static Str act(const FiguresRequest *request, const DashboardTables *tables, const Object *object,
               Arena *arena, Str form) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    int64_t count = 0;
    for (size_t i = 0; i < tables->count; i++) {
        const DashboardTable *table = &tables->items[i];
        if (table->object == object && table->list) count += (int64_t)table->row_count;
    }
    json_open_object(&json);
    json_member_text(&json, "format", form);
    json_member_integer(&json, "count", count);
    json_member_text(&json, "dashboard", dashboard_name(request->dashboard));
    json_key(&json, STR("fields"));
    json_open_array(&json);
    for (size_t i = 0; i < tables->count; i++) {
        if (tables->items[i].object == object) json_write_text(&json, tables->items[i].name);
    }
    json_close_array(&json);
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}

Status figures_export_note(Context *context, const FiguresRequest *request,
                           const DashboardTables *tables, Str form) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < tables->count; i++) {
        const Object *object = tables->items[i].object;
        if (noted_before(tables, i)) continue;
        status = journal_append_act(context, "export", object->name, (Id){0},
                                    act(request, tables, object, context->arena, form));
    }
    return status;
}

/* ---- The whole ---- */

/* What the reading job needs and leaves. */
typedef struct Work {
    const Exchange *exchange;
    const FiguresRequest *request;
    Problem *problem;
    Arena *arena;
    DashboardTables tables;
    ExportTable *file;
} Work;

/* Lists of any length go from the database into the file, in one snapshot with the figures. */
static Status write_all(Transaction *transaction, void *data) {
    Work *work = data;
    Context context = exchange_context(work->exchange, work->arena, transaction, work->problem);
    DashboardTableOptions options = {.arguments = work->request->arguments,
                                     .count = work->request->argument_count,
                                     .texts = work->exchange->business->texts,
                                     .widget = work->request->widget,
                                     .lists = DASHBOARD_LISTS_LEFT};
    Status status = dashboard_tables(work->request->dashboard, &context, &options, &work->tables);
    if (status != STATUS_OK) return status;
    if (!work->tables.count) {
        problem_add(work->problem, STR(""), "figures_none");
        return STATUS_DENIED;
    }
    return write_tables(work->exchange, work->arena, &work->tables, work->request->form,
                        context.now, work->file);
}

static Status note(Transaction *transaction, void *data) {
    Work *work = data;
    Context context = exchange_context(work->exchange, work->arena, transaction, work->problem);
    context.reason = work->request->reason;
    return figures_export_note(&context, work->request, &work->tables,
                               work->request->form == EXPORT_CSV ? STR("csv") : STR("xlsx"));
}

/* Noted before the file is handed over: without the note no file leaves. */
Status figures_export_write(const Exchange *exchange, const FiguresRequest *request,
                            const char *path, Problem *problem) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Work work = {.exchange = exchange, .request = request, .problem = problem, .arena = arena};
    Status status = open_file(exchange, arena, request->form, path, &work.file);
    if (status != STATUS_OK) return status;
    status = finish(work.file, path, store_read(exchange->store, write_all, &work));
    if (status == STATUS_OK) status = store_write(exchange->store, note, &work);
    if (status != STATUS_OK) unlink(path);
    return status;
}

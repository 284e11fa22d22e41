/*
 * A list as a file. The list itself is record/list.c's, page by page within one snapshot, so that
 * an export holds what the list shows and no more; what is added here is the role's verb "export",
 * the titles of references, and the entry in the journal.
 */
#include "export.h"

#include <unistd.h>
#include <uthash.h>

#include "access.h"
#include "export_table.h"
#include "field.h"
#include "journal.h"
#include "row.h"

bool export_form_from_name(Str name, ExportForm *out) {
    if (!str_is(name, "csv") && !str_is(name, "xlsx")) return false;
    *out = str_is(name, "csv") ? EXPORT_CSV : EXPORT_XLSX;
    return true;
}

Str export_media_type(ExportForm form) {
    return form == EXPORT_CSV
               ? STR("text/csv; charset=utf-8")
               : STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

/* The title of a record that another refers to. */
typedef struct Title {
    UT_hash_handle hh;
    Id id;
    Str text;
} Title;

/*
 * An export under way: pages are read and written in turn, so that memory does not grow with them.
 */
typedef struct Export {
    const Exchange *exchange;
    const ExportRequest *request;
    Problem *problem;
    const char *path;
    Arena *arena; /* of the columns */
    Arena *page_arena;
    const Field **fields;
    size_t field_count;
    ExportTable *table;
    ListQuery query;
    Record *records; /* of the page; their values lie in its arena */
    size_t count;
    Title *titles; /* of the page, all fields together */
    int64_t total;
} Export;

/* ---- Which columns ---- */

/* Files have no text; the page offers them one by one. */
static bool may_show(const Export *work, const Field *field) {
    return field->type != FIELD_FILE &&
           access_may_read_field(work->exchange->actor, work->query.object, field);
}

/* Columns as asked for, or all that may be read, in the order of the model. */
static void choose_fields(Export *work) {
    const ListQuery *asked = work->request->query;
    const Object *object = asked->object;
    bool all = !asked->field_count; /* also where only id or title were asked for */
    size_t most = all ? object->field_count : asked->field_count;
    work->fields = ARENA_ARRAY(work->arena, most + 1, const Field *);
    for (size_t i = 0; i < most; i++) {
        const Field *field = all ? &object->fields[i] : asked->fields[i];
        if (may_show(work, field)) work->fields[work->field_count++] = field;
    }
}

/* What may be read, and of that what may be exported. */
static Status add_export_scope(void *data, Context *context, Sql *sql, Str alias) {
    Export *work = data;
    const ListQuery *asked = work->request->query;
    access_add_predicate(context, sql, asked->object, alias, VERB_EXPORT);
    if (!asked->predicate) return STATUS_OK;
    sql_add(sql, " AND ");
    return asked->predicate(asked->predicate_data, context, sql, alias);
}

/* ---- References by title, one query for each field of a page ---- */

static Status read_titles(Context *context, Export *work, const Object *target, const Sql *sql) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Record record;
        Title *title = NULL;
        row_read(work->page_arena, rows, 0, target, &record);
        HASH_FIND(hh, work->titles, record.id.bytes, sizeof record.id.bytes, title);
        if (title) title->text = record_title(context, &record);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* A record that several rows refer to is asked for once, and one that may not be read stays blank.
 */
static Status read_references(Context *context, Export *work, const Field *field) {
    const Object *target = field_target(context->model, field);
    if (access_scope(context->actor, target, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    Sql sql CLEANUP(sql_free) = sql_new(work->page_arena, transaction_kind(context->transaction));
    size_t bound = 0;
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, target);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, target->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(context, &sql, target, STR("r"), VERB_READ);
    sql_add(&sql, " AND \"r\".\"id\" IN (");
    for (size_t i = 0; i < work->count; i++) {
        const Value *value = &work->records[i].values[field->index];
        Title *title = NULL;
        if (value->kind != VALUE_ID) continue;
        HASH_FIND(hh, work->titles, value->id.bytes, sizeof value->id.bytes, title);
        if (title) continue;
        title = ARENA_NEW(work->page_arena, Title);
        title->id = value->id;
        HASH_ADD(hh, work->titles, id, sizeof title->id, title);
        sql_add(&sql, bound++ ? ", " : "");
        sql_bind(&sql, *value);
    }
    if (!bound) return STATUS_OK;
    sql_add(&sql, ")");
    return read_titles(context, work, target, &sql);
}

static Str title_of(const Export *work, const Value *value) {
    Title *title = NULL;
    if (value->kind != VALUE_ID) return (Str){0};
    HASH_FIND(hh, work->titles, value->id.bytes, sizeof value->id.bytes, title);
    return title ? title->text : (Str){0};
}

/* ---- Pages ---- */

/* The list's records live in the page's arena until the page is written. */
static Status take_record(void *data, const Record *record) {
    Export *work = data;
    work->records[work->count++] = *record;
    return STATUS_OK;
}

/* Every cell has its text; forms that know numbers and dates take the value. */
static Status write_record(Export *work, const Record *record) {
    const Actor *actor = work->exchange->actor;
    ExportCell *cells = ARENA_ARRAY(work->page_arena, work->field_count, ExportCell);
    for (size_t i = 0; i < work->field_count; i++) {
        const Field *field = work->fields[i];
        const Value *value = &record->values[field->index];
        bool reference = field->type == FIELD_REFERENCE;
        cells[i] = (ExportCell){.field = field, .value = value};
        cells[i].text = reference
                            ? title_of(work, value)
                            : field_text(work->page_arena, field, value, actor->lang, actor->zone);
    }
    return work->table->writer->add_row(work->table, cells, work->field_count);
}

/* Rows are counted page by page, so that a sheet that would overflow is given up early. */
static Status write_page(Context *context, Export *work) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < work->field_count; i++) {
        if (work->fields[i]->type != FIELD_REFERENCE) continue;
        status = read_references(context, work, work->fields[i]);
    }
    for (size_t i = 0; status == STATUS_OK && i < work->count; i++) {
        status = write_record(work, &work->records[i]);
    }
    HASH_CLEAR(hh, work->titles);
    work->total += (int64_t)work->count;
    if (status != STATUS_OK || work->request->form != EXPORT_XLSX) return status;
    if (work->total <= EXPORT_SHEET_ROWS) return STATUS_OK;
    problem_add(work->problem, STR(""), "export_too_many_rows",
                str_format(work->arena, "%d", EXPORT_SHEET_ROWS));
    return STATUS_TOO_LARGE;
}

/* Labels in the actor's language: the import knows them in every language (import_map.c). */
static Status write_heading(Export *work) {
    ExportCell *cells = ARENA_ARRAY(work->arena, work->field_count, ExportCell);
    for (size_t i = 0; i < work->field_count; i++) {
        cells[i].text = label_in(&work->fields[i]->label, work->exchange->actor->lang);
    }
    return work->table->writer->add_row(work->table, cells, work->field_count);
}

/* All pages from one snapshot, so that no record is missed or comes twice. */
static Status write_pages(Transaction *transaction, void *data) {
    Export *work = data;
    Buffer cursor CLEANUP(buffer_free) = {0};
    Status status = write_heading(work);
    while (status == STATUS_OK) {
        Str next = {0};
        arena_reset(work->page_arena);
        Context context =
            exchange_context(work->exchange, work->page_arena, transaction, work->problem);
        work->records = ARENA_ARRAY(work->page_arena, EXPORT_PAGE, Record);
        work->count = 0;
        work->query.cursor = buffer_str(&cursor);
        status = list_each(&context, &work->query, take_record, work, &next);
        if (status == STATUS_OK) status = write_page(&context, work);
        if (str_empty(next)) break;
        buffer_clear(&cursor);
        buffer_add(&cursor, next);
    }
    return status;
}

/* ---- The whole ---- */

/* After the file is complete, so that the journal tells the true number; without it no file leaves.
 */
static Status note_export(Transaction *transaction, void *data) {
    Export *work = data;
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    Context context = exchange_context(work->exchange, work->arena, transaction, work->problem);
    context.reason = work->request->reason;
    json_open_object(&json);
    json_member_text(&json, "format", work->request->form == EXPORT_CSV ? STR("csv") : STR("xlsx"));
    json_member_integer(&json, "count", work->total);
    json_member_text(&json, "filter", work->request->filter);
    json_key(&json, STR("fields"));
    json_open_array(&json);
    for (size_t i = 0; i < work->field_count; i++) json_write_text(&json, work->fields[i]->name);
    json_close_array(&json);
    json_close_object(&json);
    return journal_append_act(&context, "export", work->query.object->name, (Id){0},
                              buffer_str(&text));
}

static Status open_table(Export *work) {
    const Actor *actor = work->exchange->actor;
    if (work->request->form == EXPORT_CSV) return export_csv_open(work->path, &work->table);
    return export_xlsx_open(work->path, label_in(&work->query.object->plural, actor->lang),
                            actor->zone, &work->table);
}

/* A table that was opened is closed or abandoned, whatever the reading says. */
static Status write_file(Export *work) {
    Status status = open_table(work);
    if (status != STATUS_OK) return status;
    status = store_read(work->exchange->store, write_pages, work);
    if (status == STATUS_OK) {
        status = work->table->writer->close(work->table);
    } else {
        work->table->writer->abandon(work->table);
    }
    return status;
}

static void export_drop(Export *work) {
    arena_free(work->arena);
    arena_free(work->page_arena);
}

/* On failure no file is left behind: half an export looks like a whole one. */
Status export_write(const Exchange *exchange, const ExportRequest *request, const char *path,
                    Problem *problem, int64_t *count) {
    const Object *object = request->query->object;
    if (access_scope(exchange->actor, object, VERB_EXPORT) == SCOPE_NONE) {
        problem_add(problem, STR(""), "access_verb",
                    label_in(&object->plural, exchange->actor->lang));
        return STATUS_DENIED;
    }
    Export work CLEANUP(export_drop) = {.exchange = exchange,
                                        .request = request,
                                        .problem = problem,
                                        .path = path,
                                        .arena = arena_new(),
                                        .page_arena = arena_new(),
                                        .query = *request->query};
    work.query.limit = EXPORT_PAGE;
    work.query.total = false;
    work.query.expand_count = 0;
    work.query.predicate = add_export_scope;
    work.query.predicate_data = &work;
    choose_fields(&work);
    Status status = write_file(&work);
    if (status == STATUS_OK) status = store_write(exchange->store, note_export, &work);
    if (status == STATUS_OK) {
        *count = work.total;
    } else {
        unlink(path);
    }
    return status;
}

/*
 * Lists: the page, its related records, and the answer as JSON. Everything that limits a list
 * stands in its query, access included, so that a page is full whenever there is enough to show.
 */
#include "list.h"

#include "access.h"
#include "cursor.h"
#include "field.h"
#include "row.h"
#include "search_guard.h"
#include "search_tokens.h"
#include "tables.h"

/*
 * Pages are cut by key, never by offset. Empty sort values come last in either direction. A page is
 * read in two steps: first the rows whose leading sort value is not empty, by a range of its index,
 * then, if the page is not full, those where it is empty.
 */
typedef enum Phase { PHASE_FILLED, PHASE_EMPTY } Phase;

/* A page of a list, from the query to the last bracket. */
typedef struct Page {
    Context *context;
    const ListQuery *query;
    Str name;           /* what its cursors are bound to */
    size_t sort_count;  /* of the query's sorts, those before one by id, which ends them */
    bool id_descending; /* what decides among records that are otherwise alike */
    Str sort_texts[LIST_SORTS_MOST]; /* SQL of each sort value */
    ValueKind sort_kinds[LIST_SORTS_MOST];
    Cursor from;
    bool has_cursor;
    Record *records;
    Cursor *keys; /* one a record */
    size_t count;
    size_t limit; /* records wanted, and one more to know whether there is a next page */
    Str guarded;  /* what is searched for, when each hit has to be looked at; else empty */
} Page;

static bool is_text(FieldType type) {
    return type == FIELD_TEXT || type == FIELD_EMAIL || type == FIELD_PHONE || type == FIELD_URL;
}

/* Ordered choices sort by their rank, not by the letters of their code. */
static Str choice_rank_sql(Arena *arena, const Field *field, Str column) {
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_format(&text, "CASE %.*s", STR_ARGS(column));
    for (size_t i = 0; i < field->choice_count; i++) {
        buffer_format(&text, " WHEN '%.*s' THEN %lld", STR_ARGS(field->choices[i].code),
                      (long long)field->choices[i].rank);
    }
    buffer_add(&text, STR(" END"));
    return str_copy(arena, buffer_str(&text));
}

/*
 * Texts sort by their collation key in the reader's language, choices by rank, the rest by value.
 */
static void plan_sort(Page *page, size_t index) {
    Context *context = page->context;
    const Field *field = page->query->sorts[index].field;
    if (!field) { /* by creation: ids ascend with time */
        page->sort_texts[index] = STR("\"r\".\"id\"");
        page->sort_kinds[index] = VALUE_ID;
        return;
    }
    Str name = field->name;
    ValueKind kind = field_kind(field);
    if (tables_has_sort_keys(field)) {
        name = tables_sort_column(context->arena, field, context->actor->lang);
        kind = VALUE_BYTES;
    }
    Str column = str_format(context->arena, "\"r\".\"%.*s\"", STR_ARGS(name));
    if (field->type == FIELD_CHOICE) {
        column = choice_rank_sql(context->arena, field, column);
        kind = VALUE_INTEGER;
    }
    page->sort_texts[index] = column;
    page->sort_kinds[index] = kind;
}

/* Ids ascend with creation. Without a word about them they follow the last sort; newest first. */
static void plan_ids(Page *page) {
    const ListQuery *query = page->query;
    page->id_descending = !query->sort_count || query->sorts[query->sort_count - 1].descending;
    while (page->sort_count < query->sort_count && query->sorts[page->sort_count].field) {
        page->sort_count++;
    }
    if (page->sort_count < query->sort_count) {
        page->id_descending = query->sorts[page->sort_count].descending;
    }
}

/*
 * Whoever changes the sort or the language between two pages holds a cursor of another list: its
 * values would be compared with others. Filters may change; the position stays meaningful.
 */
static void name_list(Page *page) {
    Buffer name CLEANUP(buffer_free) = {0};
    buffer_add(&name, page->query->object->name);
    for (size_t i = 0; i < page->sort_count; i++) {
        const ListSort *sort = &page->query->sorts[i];
        buffer_add_byte(&name, sort->descending ? '-' : '+');
        if (sort->field) buffer_add(&name, sort->field->name);
        if (sort->field && is_text(sort->field->type)) {
            buffer_add(&name, lang_code(page->context->actor->lang));
        }
    }
    buffer_add(&name, page->id_descending ? STR("-id") : STR("+id"));
    page->name = str_copy(page->context->arena, buffer_str(&name));
}

/* ---- What belongs to the list ---- */

/* A many-valued field holds any of the values; the others equal one of them. */
static void add_filter(Page *page, Sql *sql, const ListFilter *filter) {
    bool many = filter->field->type == FIELD_CHOICES || filter->field->type == FIELD_TAGS;
    Str column = str_format(page->context->arena, "\"r\".\"%.*s\"", STR_ARGS(filter->field->name));
    sql_add(sql, " AND (");
    for (size_t i = 0; i < filter->count; i++) {
        if (i) sql_add(sql, " OR ");
        if (value_is_null(&filter->values[i])) {
            sql_add_str(sql, column);
            sql_add(sql, " IS NULL");
        } else if (many) {
            sql_add_dialect(sql, DIALECT_JSON_CONTAINS, column,
                            sql_parameter(sql, filter->values[i]));
        } else {
            sql_add_str(sql, column);
            sql_add(sql, " = ");
            sql_bind(sql, filter->values[i]);
        }
    }
    sql_add(sql, ")");
}

/* The deleted are shown to those who may delete: they alone can bring them back. */
static Status add_where(Page *page, Sql *sql) {
    const ListQuery *query = page->query;
    sql_add(sql, " FROM ");
    sql_add_name(sql, query->object->name);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS ");
    sql_add(sql, query->deleted ? "NOT NULL AND " : "NULL AND ");
    access_add_predicate(page->context, sql, query->object, STR("r"),
                         query->deleted ? VERB_DELETE : VERB_READ);
    for (size_t i = 0; i < query->filter_count; i++) add_filter(page, sql, &query->filters[i]);
    if (!str_empty(query->search)) {
        sql_add(sql, " AND ");
        sql_add_search(sql, query->object->name, STR("r"),
                       search_query(page->context->arena, query->search));
    }
    if (!query->predicate) return STATUS_OK;
    sql_add(sql, " AND ");
    return query->predicate(query->predicate_data, page->context, sql, STR("r"));
}

/* ---- Where the page begins ---- */

/* Empty values come last in either direction, so they are never told apart by this. */
static const char *beyond(const ListSort *sort) {
    return sort->descending ? " < " : " > ";
}

/* "(s1 after v1) OR (s1 = v1 AND (s2 after v2)) …": rows behind the cursor, from sort `index` on.
 */
static void add_behind(const Page *page, Sql *sql, size_t index) {
    if (index == page->sort_count) {
        sql_add(sql, page->id_descending ? "\"r\".\"id\" < " : "\"r\".\"id\" > ");
        sql_bind(sql, value_id(page->from.id));
        return;
    }
    Str column = page->sort_texts[index];
    const Value *value = &page->from.values[index];
    if (value_is_null(value)) {
        sql_add(sql, "(");
        sql_add_str(sql, column);
        sql_add(sql, " IS NULL AND ");
        add_behind(page, sql, index + 1);
        sql_add(sql, ")");
        return;
    }
    sql_add(sql, "(");
    sql_add_str(sql, column);
    sql_add(sql, beyond(&page->query->sorts[index]));
    sql_bind(sql, *value);
    sql_add(sql, index ? " OR " : "");
    if (index) {
        sql_add_str(sql, column);
        sql_add(sql, " IS NULL");
    }
    sql_add(sql, " OR (");
    sql_add_str(sql, column);
    sql_add(sql, " = ");
    sql_bind(sql, *value);
    sql_add(sql, " AND ");
    add_behind(page, sql, index + 1);
    sql_add(sql, "))");
}

/* The range of the leading sort value that an index can seek to. */
static void add_range(const Page *page, Sql *sql) {
    sql_add(sql, " AND ");
    sql_add_str(sql, page->sort_texts[0]);
    sql_add(sql, page->query->sorts[0].descending ? " <= " : " >= ");
    sql_bind(sql, page->from.values[0]);
}

/* The cursor counts only in the phase it came from; the other phase is read from its beginning. */
static void add_start(const Page *page, Sql *sql, Phase phase) {
    if (page->sort_count) {
        sql_add(sql, " AND ");
        sql_add_str(sql, page->sort_texts[0]);
        sql_add(sql, phase == PHASE_FILLED ? " IS NOT NULL" : " IS NULL");
    }
    if (!page->has_cursor) return;
    bool cursor_filled = page->sort_count && !value_is_null(&page->from.values[0]);
    if (page->sort_count && cursor_filled != (phase == PHASE_FILLED)) return;
    if (cursor_filled) add_range(page, sql);
    sql_add(sql, " AND ");
    add_behind(page, sql, 0);
}

static void add_order(const Page *page, Sql *sql, Phase phase) {
    sql_add(sql, " ORDER BY ");
    for (size_t i = phase == PHASE_EMPTY; i < page->sort_count; i++) { /* the first is alike then */
        sql_add_str(sql, page->sort_texts[i]);
        sql_add(sql, page->query->sorts[i].descending ? " DESC" : " ASC");
        sql_add(sql, i ? " NULLS LAST, " : ", ");
    }
    sql_add(sql, page->id_descending ? "\"r\".\"id\" DESC" : "\"r\".\"id\" ASC");
    if (!str_empty(page->guarded)) return; /* how many hits pass is seen while reading */
    sql_add(sql, " LIMIT ");
    sql_bind(sql, value_integer((int64_t)(page->limit - page->count)));
}

/* ---- Reading ---- */

/* The record in the current row; false for a hit that the reader may not be told of. */
static bool read_row(const Page *page, const Rows *rows, Record *out) {
    row_read(page->context->arena, rows, 0, page->query->object, out);
    return str_empty(page->guarded) || search_guard_passes(page->context, out, page->guarded);
}

/* A hit that does not pass gives its memory back at once; most of a guarded search may not pass. */
static void take_row(Page *page, const Rows *rows) {
    const Object *object = page->query->object;
    Record *record = &page->records[page->count];
    ArenaMark mark = arena_mark(page->context->arena);
    if (!read_row(page, rows, record)) {
        arena_rewind(page->context->arena, mark);
        return;
    }
    Cursor *key = &page->keys[page->count++];
    *key = (Cursor){.count = page->sort_count, .id = record->id};
    for (size_t i = 0; i < key->count; i++) {
        Value value = store_column(rows, row_column_count(object) + (int)i, page->sort_kinds[i]);
        key->values[i] = value_copy(page->context->arena, &value);
    }
}

/*
 * The sort values are selected once more behind the record's columns, as the cursor needs them in
 * the form they were compared in.
 */
static Status read_phase(Page *page, Phase phase) {
    Context *context = page->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, page->query->object);
    for (size_t i = 0; i < page->sort_count; i++) {
        sql_add(&sql, ", ");
        sql_add_str(&sql, page->sort_texts[i]);
    }
    Status status = add_where(page, &sql);
    if (status != STATUS_OK) return status;
    add_start(page, &sql, phase);
    add_order(page, &sql, phase);
    Rows *rows CLEANUP(store_drop) = NULL;
    status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && page->count < page->limit &&
           (status = store_next(rows)) == STATUS_OK) {
        take_row(page, rows);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* A cursor is its client's to hold, so its values are not trusted to be of the kinds sorted by. */
static bool cursor_fits(const Page *page) {
    if (page->from.count != page->sort_count) return false;
    for (size_t i = 0; i < page->from.count; i++) {
        ValueKind kind = page->from.values[i].kind;
        if (kind != VALUE_NULL && kind != page->sort_kinds[i]) return false;
    }
    return true;
}

static void guard_search(Page *page) {
    const ListQuery *query = page->query;
    if (str_empty(query->search)) return;
    if (!search_guard_needed(page->context->actor, query->object)) return;
    page->guarded = search_query(page->context->arena, query->search);
}

/*
 * A role that may read none is refused, so that an empty list always means that there is nothing.
 */
static Status open_page(Page *page) {
    const ListQuery *query = page->query;
    Context *context = page->context;
    if (access_scope(context->actor, query->object, VERB_READ) == SCOPE_NONE) {
        problem_add(context->problem, STR(""), "access_verb",
                    label_in(&query->object->plural, context->actor->lang));
        return STATUS_DENIED;
    }
    plan_ids(page);
    for (size_t i = 0; i < page->sort_count; i++) plan_sort(page, i);
    name_list(page);
    guard_search(page);
    page->has_cursor = !str_empty(query->cursor);
    if (!page->has_cursor) return STATUS_OK;
    if (cursor_read(context->arena, query->cursor, page->name, &page->from) && cursor_fits(page)) {
        return STATUS_OK;
    }
    problem_add(context->problem, STR("/cursor"), "cursor");
    return STATUS_INVALID;
}

static Status read_page(Page *page) {
    Status status = open_page(page);
    if (status != STATUS_OK) return status;
    page->limit = (size_t)page->query->limit + 1;
    page->records = arena_take(page->context->arena, page->limit * sizeof(Record));
    page->keys = arena_take(page->context->arena, page->limit * sizeof(Cursor));
    bool in_empty = page->has_cursor && page->sort_count && value_is_null(&page->from.values[0]);
    if (!in_empty) status = read_phase(page, PHASE_FILLED);
    if (status == STATUS_OK && page->sort_count && page->count < page->limit) {
        status = read_phase(page, PHASE_EMPTY);
    }
    return status;
}

/* The cursor of the next page; empty when this one is the last. Drops the record read too much. */
static Str close_page(Page *page) {
    if (page->count < page->limit) return (Str){0};
    page->count--;
    if (!page->count) return (Str){0};
    return cursor_write(page->context->arena, page->name, &page->keys[page->count - 1]);
}

/* Visited after the query is closed: a visitor may ask the database itself. */
Status list_read(Context *context, const ListQuery *query, ListRecords *out) {
    Page page = {.context = context, .query = query};
    Status status = read_page(&page);
    if (status != STATUS_OK) return status;
    (void)close_page(&page);
    *out = (ListRecords){page.records, page.count};
    return STATUS_OK;
}

Status list_each(Context *context, const ListQuery *query, ListVisitor *visit, void *data,
                 Str *next) {
    Page page = {.context = context, .query = query};
    Status status = read_page(&page);
    if (status != STATUS_OK) return status;
    Str cursor = close_page(&page);
    for (size_t i = 0; i < page.count; i++) {
        status = visit(data, &page.records[i]);
        if (status != STATUS_OK) return status;
    }
    *next = cursor;
    return STATUS_OK;
}

/* ---- Related records, one query for each reference that is expanded ---- */

/* The records that a reference of the page leads to, read in one query. */
typedef struct Expansion {
    const Field *field;
    const Object *target;
    Record *records; /* sorted by nothing: pages are short */
    size_t count;
} Expansion;

/* A page of visits leads to few people, each of whom is asked for once. */
static bool bind_distinct_ids(const Page *page, const Field *field, Sql *sql) {
    size_t bound = 0;
    for (size_t i = 0; i < page->count; i++) {
        const Value *value = &page->records[i].values[field->index];
        bool seen = value->kind != VALUE_ID;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = value_equal(value, &page->records[j].values[field->index]);
        }
        if (seen) continue;
        sql_add(sql, bound++ ? ", " : "");
        sql_bind(sql, *value);
    }
    return bound > 0;
}

/*
 * What the actor may not read is left out here and becomes null in the answer, like what is gone.
 */
static Status read_expansion(Page *page, Expansion *expansion) {
    Context *context = page->context;
    if (access_scope(context->actor, expansion->target, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, expansion->target);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, expansion->target->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"id\" IN (");
    if (!bind_distinct_ids(page, expansion->field, &sql)) return STATUS_OK;
    sql_add(&sql, ") AND \"r\".\"deleted_at\" IS NULL AND ");
    access_add_predicate_of_one(context, &sql, expansion->target, STR("r"), VERB_READ);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    expansion->records = arena_take(context->arena, page->count * sizeof(Record));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        row_read(context->arena, rows, 0, expansion->target,
                 &expansion->records[expansion->count++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static const Record *expanded_record(const Expansion *expansion, const Record *record) {
    const Value *value = &record->values[expansion->field->index];
    if (value->kind != VALUE_ID) return NULL;
    for (size_t i = 0; i < expansion->count; i++) {
        if (id_equal(expansion->records[i].id, value->id)) return &expansion->records[i];
    }
    return NULL;
}

static bool shown_in_parts(const ListQuery *query, const Field *reference) {
    for (size_t i = 0; i < query->part_count; i++) {
        if (query->parts[i].reference == reference) return true;
    }
    return false;
}

static void write_parts(const Page *page, JsonWriter *json, const Field *reference,
                        const Record *related) {
    Context *context = page->context;
    json_open_object(json);
    record_write_head(context, json, related);
    for (size_t i = 0; i < page->query->part_count; i++) {
        const Field *field = page->query->parts[i].field;
        if (page->query->parts[i].reference != reference || !field) continue;
        if (!access_may_read_field(context->actor, related->object, field)) continue;
        json_key(json, field->name);
        field_write_json(json, field, &related->values[field->index]);
    }
    json_close_object(json);
}

static void write_expanded(const Page *page, JsonWriter *json, const Record *record,
                           const Expansion *expansions) {
    json_key(json, STR("expanded"));
    json_open_object(json);
    for (size_t i = 0; i < page->query->expand_count; i++) {
        const Field *reference = expansions[i].field;
        const Record *related = expanded_record(&expansions[i], record);
        json_key(json, reference->name);
        if (!related) {
            json_write_null(json);
        } else if (shown_in_parts(page->query, reference)) {
            write_parts(page, json, reference, related);
        } else {
            record_write(page->context, json, related);
        }
    }
    json_close_object(json);
}

/* ---- The answer ---- */

/* Fields are asked for rights one by one, also when the list names them. */
static void write_item(const Page *page, JsonWriter *json, const Record *record,
                       const Expansion *expansions) {
    Context *context = page->context;
    const ListQuery *query = page->query;
    json_open_object(json);
    if (!query->fields) {
        record_write_members(context, json, record);
    } else {
        record_write_head(context, json, record);
        for (size_t i = 0; i < query->field_count; i++) {
            const Field *field = query->fields[i];
            if (!access_may_read_field(context->actor, query->object, field)) continue;
            json_key(json, field->name);
            field_write_json(json, field, &record->values[field->index]);
        }
    }
    if (query->expand_count) {
        write_expanded(page, json, record, expansions);
    }
    json_close_object(json);
}

/* Hits that have to be looked at one by one can only be counted so. */
static Status count_guarded(Page *page, int64_t *out) {
    Context *context = page->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    int64_t total = 0;
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, page->query->object);
    Status status = add_where(page, &sql);
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ArenaMark mark = arena_mark(context->arena);
        Record record;
        total += read_row(page, rows, &record);
        arena_rewind(context->arena, mark);
    }
    if (status != STATUS_END) return status;
    *out = total;
    return STATUS_OK;
}

/* Counted by a second query of the same conditions, only when it was asked for. */
static Status count_page(Page *page, int64_t *out) {
    Context *context = page->context;
    if (!str_empty(page->guarded)) return count_guarded(page, out);
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT count(*)");
    Status status = add_where(page, &sql);
    if (status != STATUS_OK) return status;
    Rows *rows CLEANUP(store_drop) = NULL;
    status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_INTEGER).integer;
    return status;
}

static Status write_total(Page *page, JsonWriter *json) {
    int64_t total;
    Status status = count_page(page, &total);
    if (status == STATUS_OK) json_member_integer(json, "total", total);
    return status;
}

static Status read_expansions(Page *page, Expansion **out) {
    const ListQuery *query = page->query;
    Expansion *expansions = ARENA_ARRAY(page->context->arena, query->expand_count, Expansion);
    for (size_t i = 0; i < query->expand_count; i++) {
        expansions[i].field = query->expand[i];
        expansions[i].target = field_target(page->context->model, query->expand[i]);
        Status status = read_expansion(page, &expansions[i]);
        if (status != STATUS_OK) return status;
    }
    *out = expansions;
    return STATUS_OK;
}

Status list_write_members(Context *context, const ListQuery *query, JsonWriter *json) {
    Page page = {.context = context, .query = query};
    Expansion *expansions;
    Status status = read_page(&page);
    if (status != STATUS_OK) return status;
    Str next = close_page(&page);
    status = read_expansions(&page, &expansions);
    if (status != STATUS_OK) return status;
    json_key(json, STR("items"));
    json_open_array(json);
    for (size_t i = 0; i < page.count; i++) {
        write_item(&page, json, &page.records[i], expansions);
    }
    json_close_array(json);
    json_member_text_or_null(json, "next", next);
    return query->total ? write_total(&page, json) : STATUS_OK;
}

Status list_count(Context *context, const ListQuery *query, int64_t *out) {
    Page page = {.context = context, .query = query};
    guard_search(&page);
    return count_page(&page, out);
}

Status list_write(Context *context, const ListQuery *query, JsonWriter *json) {
    json_open_object(json);
    Status status = list_write_members(context, query, json);
    json_close_object(json);
    return status;
}

Status list_write_one(Context *context, const Record *record, const Field *const *expand,
                      size_t expand_count, JsonWriter *json) {
    Record copy = *record;
    ListQuery query = {.object = record->object, .expand = expand, .expand_count = expand_count};
    Page page = {.context = context, .query = &query, .records = &copy, .count = 1};
    Expansion *expansions;
    Status status = read_expansions(&page, &expansions);
    if (status == STATUS_OK) write_item(&page, json, record, expansions);
    return status;
}

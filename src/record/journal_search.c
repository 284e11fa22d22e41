/*
 * The journal grows for ever and has few indexes, since each would slow down every save. A search
 * walks back through it by id, as far as a bound, and the next page goes on from there; one record
 * or one batch is found by its index.
 */
#include "journal_search.h"

#include "access.h"
#include "clock.h"
#include "cursor.h"
#include "journal_chain.h"
#include "titles.h"

enum { LOOKED_AT_MOST = 100000 };

/* Ids are made at their instant or a little after it: a clock that goes back is not followed. */
enum { ID_SLACK = CLOCK_HOUR };

static const Str LIST = STR_INIT("journal");

/* One entry found; its texts are in the arena. */
typedef struct Found {
    ChainEntry whole;
    Str by_name;
    const Object *object; /* NULL: none of the model's */
    json_t *changes;      /* NULL: not readable, or not for the actor */
} Found;

/* A search through the journal, page by page, until enough is found or too much was read. */
typedef struct Search {
    Context *context;
    const JournalQuery *query;
    Id before;
    Found *found;
    size_t count;
    int64_t read; /* entries that the statement gave, of which some may not be shown */
    Id last_read;
    bool more;          /* than the limit */
    Id stopped_at;      /* where the bound ended the search; none: it came to the end */
    int64_t stopped_on; /* the instant there */
} Search;

/* ---- The statement ---- */

/* The smallest id of an instant. */
static Id id_from(int64_t instant) {
    Id id = {0};
    for (int i = 0; i < 6; i++) {
        id.bytes[i] = (unsigned char)((uint64_t)instant >> (40 - 8 * i));
    }
    return id;
}

/* Matches the text as JSON writes it, with the signs that LIKE knows taken literally. */
static Str like_pattern(Arena *arena, Str before, Str text, Str after) {
    Buffer out CLEANUP(buffer_free) = {0};
    buffer_add(&out, before);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '%' || c == '_' || c == '\\') buffer_add_byte(&out, '\\');
        buffer_add_byte(&out, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
    buffer_add(&out, after);
    return str_copy(arena, buffer_str(&out));
}

static Str as_json_holds_it(Arena *arena, Str text) {
    Buffer out CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&out);
    json_write_text(&json, text);
    return str_copy(arena, str_part(buffer_str(&out), 1, out.size - 2));
}

static void add_like(Sql *sql, const char *column, Str pattern) {
    sql_add(sql, "lower(");
    sql_add(sql, column);
    sql_add(sql, ") LIKE ");
    sql_bind(sql, value_text(pattern));
    sql_add(sql, " ESCAPE '\\'");
}

static void add_equal(Sql *sql, const char *column, Value value) {
    sql_add(sql, " AND ");
    sql_add(sql, column);
    sql_add(sql, " = ");
    sql_bind(sql, value);
}

static bool has_index(const JournalQuery *query) {
    return !id_none(query->batch) || (!id_none(query->record) && !str_empty(query->object));
}

/* What the walk goes over: the newest entries before the cursor, within the instants asked for. */
static void add_walk(const Search *search, Sql *sql) {
    const JournalQuery *query = search->query;
    sql_add(sql, "\"journal\" WHERE \"id\" < ");
    sql_bind(sql, value_id(search->before));
    if (query->until) {
        sql_add(sql, " AND \"id\" < ");
        sql_bind(sql, value_id(id_from(query->until + ID_SLACK)));
    }
    if (query->from) {
        sql_add(sql, " AND \"id\" >= ");
        sql_bind(sql, value_id(id_from(query->from)));
    }
    if (!id_none(query->batch)) add_equal(sql, "\"batch\"", value_id(query->batch));
    if (has_index(query) && !id_none(query->record)) {
        add_equal(sql, "\"object\"", value_text(query->object));
        add_equal(sql, "\"record\"", value_id(query->record));
    }
    sql_add(sql, " ORDER BY \"id\" DESC");
}

static void add_texts(const Search *search, Sql *sql) {
    const JournalQuery *query = search->query;
    Arena *arena = search->context->arena;
    if (!str_empty(query->field)) {
        sql_add(sql, " AND ");
        add_like(sql, "j.\"changes\"",
                 like_pattern(arena, STR("%\""), query->field, STR("\":{\"from\":%")));
    }
    if (str_empty(query->text)) return;
    sql_add(sql, " AND (");
    add_like(sql, "j.\"changes\"",
             like_pattern(arena, STR("%"), as_json_holds_it(arena, query->text), STR("%")));
    sql_add(sql, " OR ");
    add_like(sql, "j.\"reason\"", like_pattern(arena, STR("%"), query->text, STR("%")));
    sql_add(sql, ")");
}

static void add_filters(const Search *search, Sql *sql) {
    const JournalQuery *query = search->query;
    sql_add(sql, " WHERE TRUE");
    if (!str_empty(query->object)) add_equal(sql, "j.\"object\"", value_text(query->object));
    if (!id_none(query->record)) add_equal(sql, "j.\"record\"", value_id(query->record));
    if (!str_empty(query->action)) add_equal(sql, "j.\"action\"", value_text(query->action));
    if (!str_empty(query->via)) add_equal(sql, "j.\"via\"", value_text(query->via));
    if (query->who == JOURNAL_BY_USER) add_equal(sql, "j.\"actor\"", value_id(query->user));
    if (query->who == JOURNAL_BY_SYSTEM) sql_add(sql, " AND j.\"actor\" IS NULL");
    if (query->from) {
        sql_add(sql, " AND j.\"at\" >= ");
        sql_bind(sql, value_integer(query->from));
    }
    if (query->until) {
        sql_add(sql, " AND j.\"at\" <= ");
        sql_bind(sql, value_integer(query->until));
    }
    add_texts(search, sql);
}

/* The inner LIMIT is the bound; both databases stream it, so a full page ends the walk early. */
static void add_statement(const Search *search, Sql *sql) {
    sql_add(sql, "SELECT j.*, u.\"name\" FROM (SELECT " CHAIN_COLUMNS " FROM ");
    add_walk(search, sql);
    if (!has_index(search->query)) {
        sql_add(sql, " LIMIT ");
        sql_bind(sql, value_integer(LOOKED_AT_MOST));
    }
    sql_add(sql, ") AS j LEFT JOIN \"user\" AS u ON u.\"id\" = j.\"actor\"");
    add_filters(search, sql);
    sql_add(sql, " ORDER BY j.\"id\" DESC LIMIT ");
    sql_bind(sql, value_integer(search->query->limit + 1));
}

/* ---- Reading ---- */

/* What the role may not read of an object at all is not read here either. */
static json_t *readable_changes(Context *context, const Object *object, Str text) {
    json_t *changes = NULL;
    if (object && access_scope(context->actor, object, VERB_READ) == SCOPE_NONE) return NULL;
    if (json_read(text, NULL, &changes) != STATUS_OK) return NULL;
    return changes;
}

/* Whether what was looked for stands in what the actor may read of the entry. */
static bool matches_readably(Context *context, const JournalQuery *query, const Found *found) {
    const Object *object = found->object;
    if (!str_empty(query->field)) {
        const Field *field = object ? object_field(object, query->field) : NULL;
        if (!found->changes) return false;
        if (field && !access_may_read_field(context->actor, object, field)) return false;
    }
    if (str_empty(query->text)) return true;
    Buffer shown CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&shown);
    journal_write_changes(context, object, found->changes ? found->whole.entry.changes : STR("{}"),
                          &json);
    buffer_add(&shown, found->whole.entry.reason);
    Str text = like_pattern(context->arena, STR(""), buffer_str(&shown), STR(""));
    Str wanted = like_pattern(context->arena, STR(""),
                              as_json_holds_it(context->arena, query->text), STR(""));
    return str_find_str(text, wanted) < text.size;
}

static void take_row(Search *search, const Rows *rows) {
    Arena *arena = search->context->arena;
    Found *found = &search->found[search->count];
    found->whole = chain_read_entry(rows);
    JournalEntry *entry = &found->whole.entry;
    entry->object = str_copy(arena, entry->object);
    entry->action = str_copy(arena, entry->action);
    entry->via = str_copy(arena, entry->via);
    entry->changes = str_copy(arena, entry->changes);
    entry->reason = str_copy(arena, entry->reason);
    found->by_name = store_copy_text(rows, 14, arena);
    found->object = model_object(search->context->model, entry->object);
    found->changes = readable_changes(search->context, found->object, entry->changes);
    search->last_read = found->whole.id;
    if (matches_readably(search->context, search->query, found)) {
        search->count++;
    } else {
        json_decref(found->changes);
        found->changes = NULL;
    }
}

static Status read_page(Search *search) {
    Context *context = search->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    add_statement(search, &sql);
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        if (search->read++ == search->query->limit) {
            search->more = true;
            return STATUS_OK;
        }
        take_row(search, rows);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Where the bound lay, if it was the bound that ended the walk. */
static Status find_stop(Search *search) {
    Context *context = search->context;
    if (search->more || has_index(search->query)) return STATUS_OK;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT \"id\", \"at\" FROM ");
    add_walk(search, &sql);
    sql_add(&sql, " LIMIT 1 OFFSET ");
    sql_bind(&sql, value_integer(LOOKED_AT_MOST - 1));
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    search->stopped_at = store_column(rows, 0, VALUE_ID).id;
    search->stopped_on = store_column(rows, 1, VALUE_INTEGER).integer;
    return STATUS_OK;
}

/* ---- Names ---- */

/* Records that the page names, by object: those that entries are about, and those they refer to. */
typedef struct Named {
    const Object *object;
    Id *ids;
    size_t count, capacity;
    Titles titles;
} Named;

static void name_id(Arena *arena, Named *named, Id id) {
    if (named->count == named->capacity) {
        size_t capacity = named->capacity ? named->capacity * 2 : 64;
        Id *ids = ARENA_ARRAY(arena, capacity, Id);
        if (named->count) memcpy(ids, named->ids, named->count * sizeof(Id));
        named->ids = ids;
        named->capacity = capacity;
    }
    named->ids[named->count++] = id;
}

/* The two values of a reference that was changed. */
static void name_references(Search *search, Named *named, const Found *found) {
    static const char *const SIDES[] = {"from", "to"};
    const Model *model = search->context->model;
    const char *name;
    json_t *change;
    json_object_foreach(found->changes, name, change) {
        const Field *field = found->object ? object_field(found->object, str_of(name)) : NULL;
        if (!field || field->type != FIELD_REFERENCE) continue;
        for (int side = 0; side < 2; side++) {
            Id id;
            if (!id_parse(json_get_text(change, SIDES[side]), &id)) continue;
            name_id(search->context->arena, &named[field_target(model, field)->index], id);
        }
    }
}

static Status read_names(Search *search, Named *named) {
    Context *context = search->context;
    size_t objects = model_object_count(context->model);
    for (size_t i = 0; i < search->count; i++) {
        const Found *found = &search->found[i];
        if (!found->object) continue;
        Id record = found->whole.entry.record;
        if (!id_none(record)) name_id(context->arena, &named[found->object->index], record);
        name_references(search, named, found);
    }
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < objects; i++) {
        named[i].object = model_object_at(context->model, i);
        if (!named[i].count) continue;
        status = titles_read(context, named[i].object, named[i].ids, named[i].count, TITLES_OF_ALL,
                             &named[i].titles);
    }
    return status;
}

/* ---- Writing ---- */

static void write_found(const Search *search, const Named *named, const Found *found,
                        JsonWriter *json) {
    const JournalEntry *entry = &found->whole.entry;
    json_open_object(json);
    json_key(json, STR("position"));
    if (entry->position) {
        json_write_integer(json, entry->position);
    } else {
        json_write_null(json); /* not sealed yet: a moment's matter */
    }
    json_member_instant(json, "at", entry->at);
    json_member_id_or_null(json, "by", entry->by);
    json_member_text_or_null(json, "by_name", found->by_name);
    json_member_text(json, "via", entry->via);
    json_member_text(json, "object", entry->object);
    json_member_id_or_null(json, "id", entry->record);
    Str title = {0};
    if (found->object) title = titles_find(&named[found->object->index].titles, entry->record);
    json_member_text_or_null(json, "title", title);
    json_member_integer(json, "version", entry->version);
    json_member_text(json, "action", entry->action);
    json_member_boolean(json, "withheld", !found->changes && !str_empty(entry->changes));
    json_key(json, STR("changes"));
    journal_write_changes(search->context, found->object,
                          found->changes ? entry->changes : STR("{}"), json);
    json_member_text_or_null(json, "reason", entry->reason);
    json_member_id_or_null(json, "cause", found->whole.cause);
    json_member_id_or_null(json, "batch", entry->batch);
    json_close_object(json);
}

/* Ids that a change holds, with what people call them. */
static void write_names(const Named *named, size_t objects, JsonWriter *json) {
    json_key(json, STR("names"));
    json_open_object(json);
    for (size_t i = 0; i < objects; i++) titles_write_members(&named[i].titles, json);
    json_close_object(json);
}

static void write_next(const Search *search, JsonWriter *json) {
    Id last = search->stopped_at;
    if (search->more) last = search->last_read;
    Str next = {0};
    if (!id_none(last)) {
        next = cursor_write(search->context->arena, LIST, &(Cursor){.id = last});
    }
    json_member_text_or_null(json, "next", next);
    int64_t until = id_none(search->stopped_at) ? 0 : search->stopped_on;
    json_member_instant_or_null(json, "searched_until", until);
}

static void search_drop(Search *search) {
    for (size_t i = 0; i < search->count; i++) json_decref(search->found[i].changes);
}

static Status begin(Search *search) {
    Cursor from = {0};
    Str cursor = search->query->cursor;
    memset(search->before.bytes, 0xFF, sizeof search->before.bytes);
    if (str_empty(cursor)) return STATUS_OK;
    if (cursor_read(search->context->arena, cursor, LIST, &from)) {
        search->before = from.id;
        return STATUS_OK;
    }
    problem_add(search->context->problem, STR("/cursor"), "cursor");
    return STATUS_INVALID;
}

Status journal_search_write(Context *context, const JournalQuery *query, JsonWriter *json) {
    Search search CLEANUP(search_drop) = {.context = context, .query = query};
    size_t objects = model_object_count(context->model);
    Named *named = ARENA_ARRAY(context->arena, objects, Named);
    search.found = ARENA_ARRAY(context->arena, (size_t)query->limit, Found);
    Status status = begin(&search);
    if (status == STATUS_OK) status = read_page(&search);
    if (status == STATUS_OK) status = find_stop(&search);
    if (status == STATUS_OK) status = read_names(&search, named);
    if (status != STATUS_OK) return status;
    json_open_object(json);
    json_key(json, STR("items"));
    json_open_array(json);
    for (size_t i = 0; i < search.count; i++) write_found(&search, named, &search.found[i], json);
    json_close_array(json);
    write_names(named, objects, json);
    write_next(&search, json);
    json_close_object(json);
    return STATUS_OK;
}

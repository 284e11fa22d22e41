/* Asked for with the access predicate inside, so that a title tells nobody of what is not theirs.
 */
#include "titles.h"

#include <stdlib.h>

#include "access.h"
#include "row.h"

enum { IDS_A_QUERY = 500 };

/* A record's title; sorted by id, so that many are found fast. */
struct Title {
    Id id;
    Str text;
};

static int compare_titles(const void *a, const void *b) {
    const struct Title *one = a, *other = b;
    return memcmp(one->id.bytes, other->id.bytes, sizeof(Id));
}

/* Sorted, each once; without texts yet. */
static Titles places_for(Arena *arena, const Id *ids, size_t count) {
    Titles titles = {.items = ARENA_ARRAY(arena, count, struct Title)};
    for (size_t i = 0; i < count; i++) titles.items[i].id = ids[i];
    if (count) qsort(titles.items, count, sizeof(struct Title), compare_titles);
    for (size_t i = 0; i < count; i++) {
        if (i && id_equal(titles.items[i].id, titles.items[i - 1].id)) continue;
        titles.items[titles.count++] = titles.items[i];
    }
    return titles;
}

static struct Title *find(const Titles *titles, Id id) {
    struct Title wanted = {.id = id};
    if (!titles->count) return NULL;
    return bsearch(&wanted, titles->items, titles->count, sizeof wanted, compare_titles);
}

static Status read_some(Context *context, const Object *object, Titles *titles, size_t first,
                        TitlesOf which) {
    size_t end = titles->count - first < IDS_A_QUERY ? titles->count : first + IDS_A_QUERY;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, object);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"id\" IN (");
    for (size_t i = first; i < end; i++) {
        sql_add(&sql, i > first ? ", " : "");
        sql_bind(&sql, value_id(titles->items[i].id));
    }
    sql_add(&sql, which == TITLES_OF_ALIVE ? ") AND \"r\".\"deleted_at\" IS NULL AND " : ") AND ");
    access_add_predicate_of_one(context, &sql, object, STR("r"), VERB_READ);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Record record;
        row_read(context->arena, rows, 0, object, &record);
        struct Title *title = find(titles, record.id);
        if (title) title->text = record_title(context, &record);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status titles_read(Context *context, const Object *object, const Id *ids, size_t count,
                   TitlesOf which, Titles *out) {
    Titles titles = places_for(context->arena, ids, count);
    Status status = STATUS_OK;
    for (size_t first = 0; status == STATUS_OK && first < titles.count; first += IDS_A_QUERY) {
        status = read_some(context, object, &titles, first, which);
    }
    if (status == STATUS_OK) *out = titles;
    return status;
}

Str titles_find(const Titles *titles, Id id) {
    const struct Title *title = find(titles, id);
    return title ? title->text : (Str){0};
}

void titles_write_members(const Titles *titles, JsonWriter *json) {
    for (size_t i = 0; i < titles->count; i++) {
        char id[ID_TEXT_SIZE];
        if (str_empty(titles->items[i].text)) continue;
        id_write(titles->items[i].id, id);
        json_key(json, (Str){.data = id, .size = sizeof id});
        json_write_text(json, titles->items[i].text);
    }
}

/*
 * The doctors of a handover plan as both people work through them: each handover with how the
 * doctor stands now. Whoever may read the handover sees this much of the doctor, whoever looks
 * after them by then; of it only what the reader's role may see of doctors at all.
 */
#include "access.h"
#include "handover.h"
#include "list_query.h"
#include "resources.h"

/* How one doctor stands. */
typedef struct Standing {
    Id handover;
    Value tier, temperature, institution;
    int64_t promises;
} Standing;

/* A page of the doctors of a handover, with what stands for each of them. */
typedef struct Page {
    Call *call;
    Record *records;
    Standing *standings; /* sorted by handover */
    size_t count, standing_count;
} Page;

static Status collect(void *data, const Record *record) {
    Page *page = data;
    page->records[page->count++] = *record;
    return STATUS_OK;
}

static void read_standing(Arena *arena, const Rows *rows, Standing *out) {
    Value tier = store_column(rows, 1, VALUE_TEXT), temperature = store_column(rows, 2, VALUE_TEXT),
          institution = store_column(rows, 3, VALUE_TEXT);
    *out = (Standing){.handover = store_column(rows, 0, VALUE_ID).id,
                      .tier = value_copy(arena, &tier),
                      .temperature = value_copy(arena, &temperature),
                      .institution = value_copy(arena, &institution),
                      .promises = store_column(rows, 4, VALUE_INTEGER).integer};
}

/* One query a page; the handovers themselves were read with the access predicate. */
static Status read_standings(Page *page) {
    Context *context = &page->call->context;
    Rows *rows CLEANUP(store_drop) = NULL;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    if (!page->count) return STATUS_OK;
    sql_add(&sql,
            "SELECT h.\"id\", d.\"tier\", d.\"temperature\", o.\"name\", (SELECT COUNT(*) "
            "FROM \"promise\" AS p WHERE p.\"hcp\" = d.\"id\" AND p.\"state\" = 'open' AND "
            "p.\"deleted_at\" IS NULL) FROM \"handover\" AS h JOIN \"hcp\" AS d ON d.\"id\" "
            "= h.\"hcp\" LEFT JOIN \"hco\" AS o ON o.\"id\" = d.\"primary_hco\" AND "
            "o.\"deleted_at\" IS NULL WHERE h.\"id\" IN (");
    for (size_t i = 0; i < page->count; i++) {
        sql_add(&sql, i ? ", " : "");
        sql_bind(&sql, value_id(page->records[i].id));
    }
    sql_add(&sql, ") ORDER BY h.\"id\"");
    page->standings = ARENA_ARRAY(context->arena, page->count, Standing);
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        read_standing(context->arena, rows, &page->standings[page->standing_count++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static int compare_standing(const void *key, const void *item) {
    return memcmp(key, ((const Standing *)item)->handover.bytes, sizeof(Id));
}

static const Standing *standing_of(const Page *page, Id handover) {
    if (!page->standing_count) return NULL;
    return bsearch(handover.bytes, page->standings, page->standing_count, sizeof(Standing),
                   compare_standing);
}

static void write_text(JsonWriter *json, const char *name, const Value *value) {
    json_key(json, str_of(name));
    if (value->kind == VALUE_TEXT) {
        json_write_text(json, value->text);
    } else {
        json_write_null(json);
    }
}

static bool shows(const Call *call, const char *object, const char *field) {
    const Object *of = model_object(call->business->model, str_of(object));
    const Field *found = object_field(of, str_of(field));
    return found && access_scope(&call->actor, of, VERB_READ) != SCOPE_NONE &&
           access_may_read_field(&call->actor, of, found);
}

static void write_standing(Call *call, const Standing *standing) {
    json_key(&call->json, STR("now"));
    json_open_object(&call->json);
    if (shows(call, "hcp", "tier")) write_text(&call->json, "tier", &standing->tier);
    if (shows(call, "hcp", "temperature")) {
        write_text(&call->json, "temperature", &standing->temperature);
    }
    write_text(&call->json, "institution", &standing->institution);
    if (shows(call, "promise", "state")) {
        json_member_integer(&call->json, "promises", standing->promises);
    }
    json_close_object(&call->json);
}

/* What keeps the plan from being completed: a number, told to whoever may see tiers at all. */
static Status write_tier_a(Call *call) {
    int64_t missing;
    if (!shows(call, "hcp", "tier")) return STATUS_OK;
    Status status = handover_tier_a_missing(&call->context, call->id, &missing);
    if (status == STATUS_OK) json_member_integer(&call->json, "tier_a_missing", missing);
    return status;
}

static Status write_page(Page *page, Str next) {
    JsonWriter *json = &page->call->json;
    json_open_object(json);
    json_key(json, STR("items"));
    json_open_array(json);
    for (size_t i = 0; i < page->count; i++) {
        const Standing *standing = standing_of(page, page->records[i].id);
        json_open_object(json);
        record_write_members(&page->call->context, json, &page->records[i]);
        if (standing) write_standing(page->call, standing);
        json_close_object(json);
    }
    json_close_array(json);
    json_key(json, STR("next"));
    if (str_empty(next)) {
        json_write_null(json);
    } else {
        json_write_text(json, next);
    }
    Status status = write_tier_a(page->call);
    json_close_object(json);
    return status;
}

/* The plan's own condition joins those of the request. */
static void add_plan(Call *call, const Object *object, ListQuery *query) {
    ListFilter *filters = ARENA_ARRAY(call->arena, query->filter_count + 1, ListFilter);
    Value *plan = ARENA_NEW(call->arena, Value);
    *plan = value_id(call->id);
    memcpy(filters, query->filters, query->filter_count * sizeof *filters);
    filters[query->filter_count++] =
        (ListFilter){.field = object_field(object, STR("plan")), .values = plan, .count = 1};
    query->filters = filters;
    if (query->sort_count) return;
    query->sorts[query->sort_count++] = (ListSort){.field = object_field(object, STR("position"))};
}

Status handover_doctors(Call *call) {
    const Object *plans = model_object(call->business->model, STR("handover_plan"));
    const Object *object = model_object(call->business->model, STR("handover"));
    ListAsked asked;
    Record plan;
    Str next = {0};
    Status status = record_read(&call->context, plans, call->id, &plan);
    if (status == STATUS_OK) status = list_query_read(call, object, NULL, &asked);
    if (status != STATUS_OK) return status;
    add_plan(call, object, &asked.query);
    Page page = {.call = call,
                 .records = ARENA_ARRAY(call->arena, (size_t)asked.query.limit, Record)};
    status = list_each(&call->context, &asked.query, collect, &page, &next);
    if (status == STATUS_OK) status = read_standings(&page);
    return status == STATUS_OK ? write_page(&page, next) : status;
}

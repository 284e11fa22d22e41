/*
 * Everything that refers to a record and has a date, on one line. Each object gives its newest by
 * its own list, within the reader's rights; the merged line is cut to the page. So a page costs a
 * query or two for each kind of record, and none for each record.
 */
#include <stdlib.h>

#include "access.h"
#include "cursor.h"
#include "list.h"
#include "resources.h"
#include "zone.h"

enum { TIMELINE_LIMIT_DEFAULT = 50, TIMELINE_LIMIT_MOST = 200 };

/* One entry of the line; each object's newest are collected, then merged by time. */
typedef struct Moment {
    int64_t at;
    Record record;
} Moment;

/* All that is gathered for one page, and where it begins. */
typedef struct Timeline {
    Call *call;
    Moment *moments;
    size_t count;
    int64_t limit;
    bool from_given;
    int64_t from_at;
    Id from_id;
    const Field *at; /* of the object being read */
    Str objects;     /* names of the kinds that are wanted, comma between; empty: all */
} Timeline;

/* ---- Where a record stands ---- */

/* A day stands at its beginning, as the reader's calendar has it. */
static bool moment_of(const Timeline *timeline, const Value *value, int64_t *out) {
    Date day;
    if (timeline->at->type != FIELD_DATE) {
        *out = value->integer;
        return value->kind == VALUE_INTEGER;
    }
    if (value->kind != VALUE_TEXT || !date_parse(value->text, &day)) return false;
    *out = zone_day_start(timeline->call->actor.zone, day);
    return true;
}

/*
 * The moment of the cursor as the field would hold it. Between two beginnings of days lies the
 * earlier day itself, which is wholly before the moment then: `within` says so.
 */
static Value place_of(const Timeline *timeline, bool *within) {
    Str zone = timeline->call->actor.zone;
    *within = false;
    if (timeline->at->type != FIELD_DATE) return value_integer(timeline->from_at);
    Date day = zone_date(zone, timeline->from_at);
    *within = zone_day_start(zone, day) < timeline->from_at;
    return value_text(date_text(timeline->call->arena, day));
}

/* Before the cursor, and dated: what has no date yet (a plan without time) is not on the line. */
static Status add_before(void *data, Context *context, Sql *sql, Str alias) {
    const Timeline *timeline = data;
    bool within;
    (void)context;
    sql_add_column(sql, alias, timeline->at->name);
    sql_add(sql, " IS NOT NULL");
    if (!timeline->from_given) return STATUS_OK;
    Value place = place_of(timeline, &within);
    sql_add(sql, " AND (");
    sql_add_column(sql, alias, timeline->at->name);
    sql_add(sql, within ? " <= " : " < ");
    sql_bind(sql, place);
    if (!within) {
        sql_add(sql, " OR (");
        sql_add_column(sql, alias, timeline->at->name);
        sql_add(sql, " = ");
        sql_bind(sql, place);
        sql_add(sql, " AND ");
        sql_add_column(sql, alias, STR("id"));
        sql_add(sql, " < ");
        sql_bind(sql, value_id(timeline->from_id));
        sql_add(sql, ")");
    }
    sql_add(sql, ")");
    return STATUS_OK;
}

static Status collect(void *data, const Record *record) {
    Timeline *timeline = data;
    int64_t at;
    if (!moment_of(timeline, &record->values[timeline->at->index], &at)) return STATUS_OK;
    timeline->moments[timeline->count++] = (Moment){.at = at, .record = *record};
    return STATUS_OK;
}

/* The first reference counts for objects that have several to the same target. */
static const Field *reference_to(const Object *object, const Object *target) {
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (field->type == FIELD_REFERENCE && str_equal(field->reference, target->name)) {
            return field;
        }
    }
    return NULL;
}

/* A kind that is not wanted, or that there is not, adds nothing. */
static bool is_wanted(const Timeline *timeline, const Object *object) {
    Str rest = timeline->objects;
    if (str_empty(rest)) return true;
    while (!str_empty(rest)) {
        if (str_equal(str_trim(str_cut(&rest, ',')), object->name)) return true;
    }
    return false;
}

/* A page of each object suffices: what is merged beyond it stands on a later page. */
static Status collect_object(Timeline *timeline, const Object *object) {
    Call *call = timeline->call;
    const Field *reference = reference_to(object, call->object);
    if (str_empty(object->timeline_at) || !reference) return STATUS_OK;
    if (!is_wanted(timeline, object)) return STATUS_OK;
    if (access_scope(&call->actor, object, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    Value id = value_id(call->id);
    ListFilter filter = {.field = reference, .values = &id, .count = 1};
    timeline->at = object_field(object, object->timeline_at);
    ListQuery query = {.object = object,
                       .predicate = add_before,
                       .predicate_data = timeline,
                       .filters = &filter,
                       .filter_count = 1,
                       .sorts = {{.field = timeline->at, .descending = true}},
                       .sort_count = 1,
                       .limit = timeline->limit + 1};
    Str next;
    return list_each(&call->context, &query, collect, timeline, &next);
}

/* Newest first; of one instant the later made first, as the lists have them. */
static int compare_moments(const void *a, const void *b) {
    const Moment *one = a, *other = b;
    if (one->at != other->at) return one->at < other->at ? 1 : -1;
    return memcmp(other->record.id.bytes, one->record.id.bytes, sizeof one->record.id.bytes);
}

/* The whole record, so that the page shows each kind in its own way without asking again. */
static void write_moment(Call *call, const Moment *moment) {
    json_open_object(&call->json);
    json_member_instant(&call->json, "at", moment->at);
    json_member_text(&call->json, "object", moment->record.object->name);
    json_member_id(&call->json, "id", moment->record.id);
    json_member_text(&call->json, "title", record_title(&call->context, &moment->record));
    json_key(&call->json, STR("record"));
    record_write(&call->context, &call->json, &moment->record);
    json_close_object(&call->json);
}

static const Str TIMELINE_CURSOR = STR_INIT("timeline");

/* A client may hold any number; only of some is there a day in the calendar. */
static bool has_date(int64_t instant) {
    static const Date FIRST = {.year = 1, .month = 1, .day = 2};
    static const Date LAST = {.year = 9999, .month = 12, .day = 30};
    int64_t day = instant / CLOCK_DAY;
    return day >= date_to_days(FIRST) && day <= date_to_days(LAST);
}

/* The cursor is a moment and an id, not a place in one object's list. */
static Status read_start(Timeline *timeline) {
    Call *call = timeline->call;
    Str text = call_parameter(call, "cursor");
    Cursor cursor;
    timeline->objects = call_parameter(call, "objects");
    if (!call_limit(call, TIMELINE_LIMIT_MOST, &timeline->limit)) return STATUS_INVALID;
    if (str_empty(text)) return STATUS_OK;
    if (!cursor_read(call->arena, text, TIMELINE_CURSOR, &cursor) || cursor.count != 1 ||
        cursor.values[0].kind != VALUE_INTEGER || !has_date(cursor.values[0].integer)) {
        return call_refuse(call, STATUS_INVALID, "/cursor", "cursor");
    }
    timeline->from_given = true;
    timeline->from_at = cursor.values[0].integer;
    timeline->from_id = cursor.id;
    return STATUS_OK;
}

/* ---- Who wrote, did or said it ---- */

/* Whoever wrote, did or said it is a user; whom it is about has a title of its own. */
static bool is_person(const Field *field) {
    return field->type == FIELD_REFERENCE && str_is(field->reference, "user");
}

/* The users that the shown records refer to, each once. */
static size_t collect_people(const Timeline *timeline, size_t shown, Id *people, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < shown; i++) {
        const Record *record = &timeline->moments[i].record;
        for (size_t f = 0; f < record->object->field_count && count < most; f++) {
            const Value *value = &record->values[f];
            const Field *field = &record->object->fields[f];
            if (!is_person(field) || value->kind != VALUE_ID) continue;
            if (!access_may_read_field(&timeline->call->actor, record->object, field)) continue;
            size_t known = 0;
            while (known < count && !id_equal(people[known], value->id)) known++;
            if (known == count) people[count++] = value->id;
        }
    }
    return count;
}

enum { PEOPLE_MOST = 500 };

/* {"id": "name"}: colleagues' names are no secret to those who may read what they wrote. */
static Status write_people(Timeline *timeline, size_t shown) {
    Call *call = timeline->call;
    Id *people = ARENA_ARRAY(call->arena, PEOPLE_MOST, Id);
    size_t count = collect_people(timeline, shown, people, PEOPLE_MOST);
    Sql sql CLEANUP(sql_free) = sql_new(call->arena, transaction_kind(call->context.transaction));
    sql_add(&sql, "SELECT \"id\", \"name\" FROM \"user\" WHERE \"id\" IN (");
    for (size_t i = 0; i < count; i++) {
        sql_add(&sql, i ? ", " : "");
        sql_bind(&sql, value_id(people[i]));
    }
    sql_add(&sql, count ? ")" : "NULL)");
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, call->context.transaction, &rows);
    json_key(&call->json, STR("people"));
    json_open_object(&call->json);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        json_key(&call->json, id_text(call->arena, store_column(rows, 0, VALUE_ID).id));
        json_write_text(&call->json, store_column(rows, 1, VALUE_TEXT).text);
    }
    json_close_object(&call->json);
    return status == STATUS_END ? STATUS_OK : status;
}

/* The cursor is the last moment shown; objects that had fewer begin there as well. */
static Status write_timeline(Timeline *timeline) {
    Call *call = timeline->call;
    bool more = timeline->count > (size_t)timeline->limit;
    size_t shown = more ? (size_t)timeline->limit : timeline->count;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < shown; i++) write_moment(call, &timeline->moments[i]);
    json_close_array(&call->json);
    Status status = write_people(timeline, shown);
    Str next = {0};
    if (more) {
        const Moment *last = &timeline->moments[shown - 1];
        Cursor from = {.values = {value_integer(last->at)}, .count = 1, .id = last->record.id};
        next = cursor_write(call->arena, TIMELINE_CURSOR, &from);
    }
    json_member_text_or_null(&call->json, "next", next);
    json_close_object(&call->json);
    return status;
}

/* Room for one page of every object, and one more each to know whether there is a next page. */
Status records_timeline(Call *call) {
    Timeline timeline = {.call = call, .limit = TIMELINE_LIMIT_DEFAULT};
    Record record;
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status == STATUS_OK) status = read_start(&timeline);
    if (status != STATUS_OK) return status;
    const Model *model = call->business->model;
    size_t objects = model_object_count(model);
    timeline.moments =
        arena_take(call->arena, objects * ((size_t)timeline.limit + 1) * sizeof(Moment));
    for (size_t i = 0; i < objects; i++) {
        status = collect_object(&timeline, model_object_at(model, i));
        if (status != STATUS_OK) return status;
    }
    qsort(timeline.moments, timeline.count, sizeof(Moment), compare_moments);
    return write_timeline(&timeline);
}

/*
 * Events for calendar programs. All are VEVENT, promises and tasks too, because the programs that
 * most people have show no VTODO of a subscribed calendar; those are transparent, as they take up
 * no time of the day. libical escapes and folds.
 */
#include "calendar.h"

#include <libical/ical.h>
#include <stdlib.h>

#include "access.h"
#include "list.h"
#include "titles.h"

enum { EVENTS_MOST = 1000, VISIT_MINUTES = 30, DUE_MINUTES = 15, URL_MOST = 2000 };
#define DAYS_BACK (30 * CLOCK_DAY)
#define DAYS_BACK_DUE (90 * CLOCK_DAY)
#define DAYS_AHEAD (366 * CLOCK_DAY)

/* What becomes of the records of one object. */
typedef struct CalendarKind {
    const char *object, *at;
    const char *states[3];     /* that are shown; NULL-ended */
    const char *title, *brief; /* sentences: "Visit: {0}" and "Visit" */
    const char *alarm;         /* a duration, before the event */
    int minutes;
    int64_t back;
    enum icalproperty_transp transparent;
} CalendarKind;

static const CalendarKind KINDS[] = {
    {.object = "visit",
     .at = "planned_at",
     .states = {"planned", "cancelled"},
     .title = "calendar_visit",
     .brief = "calendar_visit_brief",
     .alarm = "-PT30M",
     .minutes = VISIT_MINUTES,
     .back = DAYS_BACK,
     .transparent = ICAL_TRANSP_OPAQUE},
    {.object = "promise",
     .at = "due_at",
     .states = {"open"},
     .title = "calendar_promise",
     .brief = "calendar_promise_brief",
     .alarm = "-P1D",
     .minutes = DUE_MINUTES,
     .back = DAYS_BACK_DUE,
     .transparent = ICAL_TRANSP_TRANSPARENT},
    {.object = "task",
     .at = "due_at",
     .states = {"open"},
     .title = "calendar_task",
     .brief = "calendar_task_brief",
     .alarm = "-P1D",
     .minutes = DUE_MINUTES,
     .back = DAYS_BACK_DUE,
     .transparent = ICAL_TRANSP_TRANSPARENT},
};

/* The records of one kind on their way into the calendar. */
typedef struct CalendarWork {
    const Exchange *exchange;
    Context *context;
    const CalendarOptions *options;
    const CalendarKind *kind;
    icalcomponent *calendar;
    Record *records;
    size_t count;
    Titles people, places;
} CalendarWork;

static void component_drop(icalcomponent **component) {
    if (*component) icalcomponent_free(*component);
}

static Str say(const CalendarWork *work, const char *code, Str what) {
    return texts_sentence(work->exchange->business->texts, work->context->arena,
                          work->context->actor->lang, str_of(code),
                          (const Str[PROBLEM_ARGUMENTS]){what});
}

/* ---- Which records ---- */

static Status take(void *data, const Record *record) {
    CalendarWork *work = data;
    work->records[work->count++] = *record;
    return STATUS_OK;
}

static Status add_window(void *data, Context *context, Sql *sql, Str alias) {
    const CalendarWork *work = data;
    sql_add_column(sql, alias, STR("owner"));
    sql_add(sql, " = ");
    sql_bind(sql, value_id(context->actor->user));
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, str_of(work->kind->at));
    sql_add(sql, " >= ");
    sql_bind(sql, value_integer(context->now - work->kind->back));
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, str_of(work->kind->at));
    sql_add(sql, " <= ");
    sql_bind(sql, value_integer(context->now + DAYS_AHEAD));
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, STR("state"));
    sql_add(sql, " IN (");
    for (int i = 0; work->kind->states[i]; i++) {
        sql_add(sql, i ? ", " : "");
        sql_bind(sql, value_text(str_of(work->kind->states[i])));
    }
    sql_add(sql, ")");
    return STATUS_OK;
}

static Status read_titles(CalendarWork *work, const Object *object, const char *name, Titles *out) {
    const Field *field = object_field(object, str_of(name));
    if (!field || field->type != FIELD_REFERENCE || work->options->brief) return STATUS_OK;
    Id *ids = ARENA_ARRAY(work->context->arena, work->count + 1, Id);
    size_t count = 0;
    for (size_t i = 0; i < work->count; i++) {
        const Value *value = &work->records[i].values[field->index];
        if (value->kind == VALUE_ID) ids[count++] = value->id;
    }
    return titles_read(work->context, field_target(work->context->model, field), ids, count,
                       TITLES_OF_ALIVE, out);
}

/* A business without such records, or one in which they are made otherwise, has none of them. */
static const Object *find_object(const CalendarWork *work) {
    const Object *object = model_object(work->context->model, str_of(work->kind->object));
    if (!object || access_scope(work->context->actor, object, VERB_READ) == SCOPE_NONE) return NULL;
    const Field *at = object_field(object, str_of(work->kind->at));
    bool fits = at && at->type == FIELD_INSTANT && object_field(object, STR("owner")) &&
                object_field(object, STR("state"));
    return fits ? object : NULL;
}

static Status read_records(CalendarWork *work, const Object *object) {
    Str next;
    work->records = ARENA_ARRAY(work->context->arena, EVENTS_MOST, Record);
    work->count = 0;
    work->people = work->places = (Titles){0};
    ListQuery query = {
        .object = object,
        .predicate = add_window,
        .predicate_data = work,
        .sorts = {{.field = object_field(object, str_of(work->kind->at)), .descending = true}},
        .sort_count = 1,
        .limit = EVENTS_MOST};
    Status status = list_each(work->context, &query, take, work, &next);
    if (status == STATUS_OK) status = read_titles(work, object, "hcp", &work->people);
    if (status == STATUS_OK) status = read_titles(work, object, "hco", &work->places);
    return status;
}

/* ---- One event ---- */

static struct icaltimetype utc(int64_t instant) {
    return icaltime_from_timet_with_zone((time_t)(instant / CLOCK_SECOND), 0,
                                         icaltimezone_get_utc_timezone());
}

static const char *terminated(const CalendarWork *work, Str text) {
    return str_terminated(work->context->arena, text);
}

static Str title_of(const Titles *titles, const Record *record, const char *name) {
    const Value *value = record_value(record, str_of(name));
    return value->kind == VALUE_ID ? titles_find(titles, value->id) : (Str){0};
}

/* Of a visit whom it is with; of what is due what it is, and for whom. */
static Str summary(const CalendarWork *work, const Record *record) {
    Arena *arena = work->context->arena;
    Str person = title_of(&work->people, record, "hcp");
    Str place = title_of(&work->places, record, "hco");
    if (work->options->brief) return say(work, work->kind->brief, (Str){0});
    if (strcmp(work->kind->object, "visit") == 0) {
        return say(work, work->kind->title, str_empty(person) ? place : person);
    }
    Str what = record_title(work->context, record);
    if (str_empty(person)) return say(work, work->kind->title, what);
    return say(work, work->kind->title,
               str_format(arena, "%.*s (%.*s)", STR_ARGS(what), STR_ARGS(person)));
}

static void add_link(const CalendarWork *work, const Record *record, icalcomponent *event) {
    if (str_empty(work->options->page)) return;
    Str link = str_format(work->context->arena, "%.*s/o/%s/%.*s", STR_ARGS(work->options->page),
                          work->kind->object, STR_ARGS(id_text(work->context->arena, record->id)));
    if (link.size > URL_MOST) return;
    icalcomponent_add_property(event, icalproperty_new_url(link.data));
    icalcomponent_add_property(event, icalproperty_new_description(link.data));
}

static void add_alarm(const CalendarWork *work, const char *words, icalcomponent *event) {
    icalcomponent *alarm = icalcomponent_new_valarm();
    struct icaltriggertype trigger = icaltriggertype_from_string(work->kind->alarm);
    icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    icalcomponent_add_property(alarm, icalproperty_new_description(words));
    icalcomponent_add_property(alarm, icalproperty_new_trigger(trigger));
    icalcomponent_add_component(event, alarm);
}

static void add_event(const CalendarWork *work, const Record *record) {
    Arena *arena = work->context->arena;
    int64_t at = record_value(record, str_of(work->kind->at))->integer;
    bool cancelled = str_is(record_value(record, STR("state"))->text, "cancelled");
    const char *words = terminated(work, summary(work, record));
    Str place = title_of(&work->places, record, "hco");
    Str uid = str_format(arena, "%.*s@ondo", STR_ARGS(id_text(arena, record->id)));
    icalcomponent *event = icalcomponent_new_vevent();
    icalcomponent_add_property(event, icalproperty_new_uid(uid.data));
    icalcomponent_add_property(event, icalproperty_new_dtstamp(utc(record->updated_at)));
    icalcomponent_add_property(event, icalproperty_new_created(utc(record->created_at)));
    icalcomponent_add_property(event, icalproperty_new_lastmodified(utc(record->updated_at)));
    icalcomponent_add_property(event, icalproperty_new_sequence((int)record->version));
    icalcomponent_add_property(event, icalproperty_new_dtstart(utc(at)));
    icalcomponent_add_property(
        event, icalproperty_new_dtend(utc(at + work->kind->minutes * CLOCK_MINUTE)));
    icalcomponent_add_property(event, icalproperty_new_summary(words));
    icalcomponent_add_property(event, icalproperty_new_transp(work->kind->transparent));
    icalcomponent_add_property(
        event, icalproperty_new_status(cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    icalcomponent_add_property(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
    if (!str_empty(place)) {
        icalcomponent_add_property(event, icalproperty_new_location(terminated(work, place)));
    }
    add_link(work, record, event);
    if (!cancelled) add_alarm(work, words, event);
    icalcomponent_add_component(work->calendar, event);
}

static Status add_kind(CalendarWork *work) {
    const Object *object = find_object(work);
    if (!object) return STATUS_OK;
    Status status = read_records(work, object);
    for (size_t i = 0; status == STATUS_OK && i < work->count; i++) {
        add_event(work, &work->records[i]);
    }
    return status;
}

/* ---- The whole ---- */

static void add_extension(icalcomponent *calendar, const char *name, const char *value) {
    icalproperty *property = icalproperty_new_x(value);
    icalproperty_set_x_name(property, name);
    icalcomponent_add_property(calendar, property);
}

Status calendar_write(const Exchange *exchange, Context *context, const CalendarOptions *options,
                      Buffer *out) {
    icalcomponent *calendar CLEANUP(component_drop) = icalcomponent_new_vcalendar();
    CalendarWork work = {
        .exchange = exchange, .context = context, .options = options, .calendar = calendar};
    icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Ondo//Ondo//EN"));
    icalcomponent_add_property(calendar, icalproperty_new_calscale("GREGORIAN"));
    icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add_extension(calendar, "X-WR-CALNAME", "Ondo");
    add_extension(calendar, "X-PUBLISHED-TTL", "PT1H");
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof KINDS / sizeof *KINDS; i++) {
        work.kind = &KINDS[i];
        status = add_kind(&work);
    }
    if (status != STATUS_OK) return status;
    char *text = icalcomponent_as_ical_string_r(calendar);
    if (!text) return STATUS_FAILED;
    buffer_add(out, str_of(text));
    icalmemory_free_buffer(text);
    return STATUS_OK;
}

/*
 * Due times and who is told of them. They are computed in the save that moves them and never asked
 * of a clock, so a record can be shown, sorted and filtered by what is left of its time; only the
 * telling needs the present instant.
 */
#include "deadline.h"

#include "list.h"
#include "notice.h"
#include "system_actor.h"
#include "zone.h"

/* ---- When a deadline ends ---- */

static bool is_working(const DeadlineCalendar *calendar, int64_t day) {
    if (calendar->weekend[date_weekday(date_from_days(day))]) return false;
    for (size_t i = 0; i < calendar->holiday_count; i++) {
        if (calendar->holidays[i] == day) return false;
    }
    return true;
}

/* A calendar without any working day is a mistake of its writer, which must not hang the server. */
static int64_t after_working_days(const DeadlineCalendar *calendar, int64_t day, int64_t count) {
    enum { FUTILE = 30 };
    int idle = 0;
    while (count > 0 && idle < FUTILE) {
        day++;
        bool works = is_working(calendar, day);
        idle = works ? 0 : idle + 1;
        count -= works;
    }
    return day;
}

int64_t deadline_end(const Deadline *deadline, const DeadlineCalendar *calendar, int64_t start) {
    static const DeadlineCalendar PLAIN = {.zone = STR_INIT("UTC")};
    if (!calendar) calendar = &PLAIN;
    if (deadline->unit == DEADLINE_HOURS) return start + deadline->count * CLOCK_HOUR;
    int64_t day = date_to_days(zone_date(calendar->zone, start));
    day = deadline->unit == DEADLINE_DAYS ? day + deadline->count
                                          : after_working_days(calendar, day, deadline->count);
    /* The last minute of the last day: shown as a time of that day, and not of the next. */
    return zone_day_start(calendar->zone, date_from_days(day + 1)) - CLOCK_MINUTE;
}

/* ---- For a record ---- */

static const DeadlineCalendar *calendar_of(const DeadlineTable *table, const Record *record) {
    const Value *market = &record->values[table->market->index];
    for (size_t i = 0; market->kind == VALUE_TEXT && i < table->calendar_count; i++) {
        if (str_equal(table->calendars[i].code, market->text)) return &table->calendars[i];
    }
    return NULL;
}

/* In force is what was in force on day 0: a change of the law does not move a clock that runs. */
static bool in_force(const Deadline *deadline, const DeadlineCalendar *calendar, int64_t start) {
    int64_t day = date_to_days(zone_date(calendar ? calendar->zone : STR("UTC"), start));
    return day >= deadline->valid_from && day < deadline->valid_to;
}

Status deadlines_for(const DeadlineTable *table, Context *context, const Record *record,
                     DeadlineDue *out, size_t *count) {
    const Value *start = &record->values[table->starts->index];
    const DeadlineCalendar *calendar = calendar_of(table, record);
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    *count = 0;
    for (size_t i = 0; start->kind == VALUE_INTEGER && i < table->count; i++) {
        const Deadline *deadline = &table->deadlines[i];
        bool holds = false;
        if (!in_force(deadline, calendar, start->integer)) continue;
        Status status = condition_holds(system, deadline->condition, record, NULL, &holds);
        if (status != STATUS_OK) return status;
        if (!holds) continue;
        out[(*count)++] = (DeadlineDue){.deadline = deadline,
                                        .at = deadline_end(deadline, calendar, start->integer)};
    }
    return STATUS_OK;
}

/* The country of whom the record is about says in which market it counts, until somebody does. */
static Status fill_market(const DeadlineTable *table, Context *context, Record *record) {
    Value *market = &record->values[table->market->index];
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    for (size_t i = 0; value_is_null(market) && i < table->country_count; i++) {
        Value country;
        Status status = expression_value(system, table->countries[i], record, &country);
        if (status != STATUS_OK) return status;
        for (size_t j = 0; country.kind == VALUE_TEXT && j < table->calendar_count; j++) {
            const DeadlineCalendar *calendar = &table->calendars[j];
            for (size_t k = 0; k < calendar->country_count; k++) {
                if (!str_equal(calendar->countries[k], country.text)) continue;
                *market = value_text(calendar->code);
            }
        }
    }
    return STATUS_OK;
}

static void take_earliest(Record *record, const DeadlineDue *due) {
    Value *kept = &record->values[due->deadline->due->index];
    if (kept->kind != VALUE_INTEGER || due->at < kept->integer) *kept = value_integer(due->at);
}

Status deadlines_before_save(const DeadlineTables *tables, Context *context, Change *change) {
    Record *record = change->after;
    const DeadlineTable *table = deadlines_of(tables, record->object);
    size_t count;
    if (!table || change->action == CHANGE_DELETE) return STATUS_OK;
    Status status = fill_market(table, context, record);
    if (status != STATUS_OK) return status;
    DeadlineDue *due = ARENA_ARRAY(context->arena, table->count, DeadlineDue);
    status = deadlines_for(table, context, record, due, &count);
    if (status != STATUS_OK) return status;
    for (size_t i = 0; i < table->count; i++) {
        record->values[table->deadlines[i].due->index] = value_null();
    }
    for (size_t i = 0; i < count; i++) take_earliest(record, &due[i]);
    return STATUS_OK;
}

/* ---- Escalation ---- */

/* One step being told: first found, then told, since telling writes. */
typedef struct Telling {
    Context *context; /* the system's */
    const DeadlineTable *table;
    const Escalation *escalation;
    Id *found;
    size_t count;
} Telling;

static Status add_near(void *data, Context *context, Sql *sql, Str alias) {
    const Telling *telling = data;
    const Escalation *escalation = telling->escalation;
    Str told = str_format(context->arena, "\"%.*s\".\"%.*s\"", STR_ARGS(alias),
                          STR_ARGS(telling->table->told->name));
    sql_add_column(sql, alias, escalation->due->name);
    sql_add(sql, " <= ");
    sql_bind(sql, value_integer(context->now + escalation->hours_before * CLOCK_HOUR));
    sql_add(sql, " AND NOT COALESCE(");
    sql_add_dialect(sql, DIALECT_JSON_CONTAINS, told,
                    sql_parameter(sql, value_text(escalation->name)));
    sql_add(sql, ", FALSE) AND ");
    return condition_add_sql(context, escalation->condition, sql, alias);
}

static Status collect(void *data, const Record *record) {
    Telling *telling = data;
    telling->found[telling->count++] = record->id;
    return STATUS_OK;
}

static bool has_word(const json_t *list, Str word) {
    size_t i;
    const json_t *each;
    json_array_foreach((json_t *)list, i, each) {
        if (str_equal(json_text(each), word)) return true;
    }
    return false;
}

/* Less pressing steps of the same deadline, as far as they are about the same state of affairs. */
static Status is_covered(const Telling *telling, const Escalation *step, const Record *record,
                         bool *out) {
    *out = step == telling->escalation;
    if (*out || step->due != telling->escalation->due ||
        step->hours_before < telling->escalation->hours_before) {
        return STATUS_OK;
    }
    return condition_holds(telling->context, step->condition, record, NULL, out);
}

/* With what is told, what is less pressing is told as well. */
static Status told_after(const Telling *telling, const Record *record, Str *out) {
    const Value *before = &record->values[telling->table->told->index];
    json_t *told CLEANUP(json_drop) = NULL;
    if (before->kind != VALUE_TEXT || json_read(before->text, NULL, &told) != STATUS_OK) {
        told = json_array();
    }
    for (size_t i = 0; i < telling->table->escalation_count; i++) {
        const Escalation *step = &telling->table->escalations[i];
        bool covered;
        Status status = is_covered(telling, step, record, &covered);
        if (status != STATUS_OK) return status;
        if (!covered || has_word(told, step->name)) continue;
        json_array_append_new(told, json_stringn(step->name.data, step->name.size));
    }
    *out = json_compact(telling->context->arena, told);
    return STATUS_OK;
}

static Status tell_person(const Telling *telling, const Record *record, Id person) {
    Context *context = telling->context;
    const Escalation *escalation = telling->escalation;
    Receiver receiver;
    Status status = receiver_read(context, person, &receiver);
    if (status != STATUS_OK || !receiver.reachable) return status;
    receiver.muted = (Str){0}; /* a clock of the law is not turned off */
    Context writing = *context;
    writing.actor = &receiver.actor;
    Notice notice = {
        .to = person,
        .kind = escalation->kind,
        .about_object = record->object->name,
        .about = record->id,
        .source = str_format(context->arena, "deadline:%.*s", STR_ARGS(escalation->name))};
    status = expression_fill(&writing, label_in(&escalation->text->subject, receiver.actor.lang),
                             record, &notice.subject);
    if (status == STATUS_OK) {
        status = expression_fill(&writing, label_in(&escalation->text->body, receiver.actor.lang),
                                 record, &notice.body);
    }
    return status == STATUS_OK ? notice_send(context, &receiver, &notice) : status;
}

enum { PEOPLE_MOST = 200 };

static bool is_among(const Id *people, size_t count, Id person) {
    for (size_t i = 0; i < count; i++) {
        if (id_equal(people[i], person)) return true;
    }
    return false;
}

/* Whom the record names, and everybody of the roles; each once. */
static Status find_people(const Telling *telling, const Record *record, Id *people, size_t *count) {
    const Escalation *escalation = telling->escalation;
    *count = 0;
    for (size_t i = 0; i < escalation->people_count; i++) {
        const Value *person = &record->values[escalation->people[i]->index];
        if (person->kind == VALUE_ID && !is_among(people, *count, person->id)) {
            people[(*count)++] = person->id;
        }
    }
    for (size_t i = 0; i < escalation->role_count; i++) {
        Status status = receivers_of_role(telling->context->transaction, escalation->roles[i],
                                          people, PEOPLE_MOST, count);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* That it was told stands in the journal with the record, whoever reads the notice. */
static Status tell_record(const Telling *telling, Id id) {
    Context *context = telling->context;
    Record record, changed;
    Id *people = ARENA_ARRAY(context->arena, PEOPLE_MOST + telling->escalation->people_count, Id);
    size_t count;
    Status status = record_read(context, telling->table->object, id, &record);
    if (status == STATUS_OK) status = find_people(telling, &record, people, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = tell_person(telling, &record, people[i]);
    }
    Str words = {0};
    if (status == STATUS_OK) status = told_after(telling, &record, &words);
    if (status != STATUS_OK) return status;
    FieldValue told = {.field = telling->table->told, .value = value_text(words)};
    return record_change(context, telling->table->object, id, &told, 1, &changed);
}

static Status tell_step(Context *context, const DeadlineTable *table, const Escalation *escalation,
                        int64_t *told) {
    Telling telling = {.context = context,
                       .table = table,
                       .escalation = escalation,
                       .found = ARENA_ARRAY(context->arena, LIST_LIMIT_MOST, Id)};
    ListQuery query = {.object = table->object,
                       .predicate = add_near,
                       .predicate_data = &telling,
                       .limit = LIST_LIMIT_MOST};
    Str next;
    Status status = list_each(context, &query, collect, &telling, &next);
    for (size_t i = 0; status == STATUS_OK && i < telling.count; i++) {
        status = tell_record(&telling, telling.found[i]);
    }
    *told += (int64_t)telling.count;
    return status;
}

Status deadlines_escalate(const DeadlineTables *tables, Context *context, int64_t *told) {
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    *told = 0;
    for (size_t i = 0; i < tables->count; i++) {
        const DeadlineTable *table = &tables->items[i];
        for (size_t j = 0; j < table->escalation_count; j++) {
            Status status = tell_step(system, table, &table->escalations[j], told);
            if (status != STATUS_OK) return status;
        }
    }
    return STATUS_OK;
}

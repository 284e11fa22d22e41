/*
 * Records that something was done to are walked through in memory, day by day. The others, nearly
 * all, have been as they are, and only the calendar can have woken a rule for them: those are found
 * as sets, one query a day that asks for whom the condition holds today and did not yesterday.
 */
#include "rule_preview.h"

#include <stdlib.h>

#include "clock.h"
#include "expression.h"
#include "field.h"
#include "past.h"
#include "past_rollups.h"
#include "system_actor.h"
#include "zone.h"

/* The daily run comes soon after midnight. */
enum { MORNING_HOUR = 1 };

/* What the rule would have made, for a person to judge it by. */
typedef struct Example {
    Id id;
    int64_t at;
    Str title, text;
} Example;

/* What a rule would have done, counted day by day without doing it. */
typedef struct Preview {
    const Context *person;
    Context *system; /* whether a rule acts does not depend on what the person may read */
    SystemActor storage;
    RuleFacts facts;
    Str name, zone;
    int64_t days, today; /* as a number of days */
    int64_t now;
    int64_t since; /* from when on everything was looked at */
    int64_t count, records;
    int64_t by_day[RULE_PREVIEW_DAYS_MOST + 1]; /* today last */
    Example examples[RULE_PREVIEW_EXAMPLES];
    size_t example_count;
    const Field **rollups; /* that the rule asks about */
    size_t rollup_count;
    Id *touched; /* by what their roll-ups are made of, or by themselves: in order */
    size_t touched_count, touched_capacity;
} Preview;

/* ---- When ---- */

/* Of a day so many days ago: when the daily run would have come, today at the latest now. */
static int64_t morning(const Preview *preview, int64_t days_ago) {
    Date day = date_from_days(preview->today - days_ago);
    int64_t instant = zone_day_start(preview->zone, day) + MORNING_HOUR * CLOCK_HOUR;
    return days_ago == 0 || instant > preview->now ? preview->now : instant;
}

static int64_t days_ago(const Preview *preview, int64_t instant) {
    int64_t day = date_to_days(zone_date(preview->zone, instant));
    return day > preview->today ? 0 : preview->today - day;
}

/* ---- What it would have done ---- */

/* In the reader's words, as the text would go to somebody of the reader's language. */
static Status fill_example(Preview *preview, const Record *record, Example *example) {
    Arena *arena = preview->person->arena;
    Context speaking = *preview->system;
    Str text = {0};
    example->title = str_copy(arena, record_title(&speaking, record));
    if (!preview->facts.text) return STATUS_OK;
    Status status = expression_fill(
        &speaking, label_in(&preview->facts.text->subject, speaking.actor->lang), record, &text);
    if (status == STATUS_OK) example->text = str_copy(arena, text);
    return status;
}

static Status add_example(Preview *preview, const Record *record, int64_t at) {
    AccessDecision decision;
    Context asking = *preview->person;
    asking.arena = preview->system->arena;
    if (preview->example_count == RULE_PREVIEW_EXAMPLES || record->deleted_at) return STATUS_OK;
    Status status = access_decide(&asking, record, VERB_READ, &decision);
    if (status != STATUS_OK || !decision.allowed) return status;
    Example *example = &preview->examples[preview->example_count++];
    *example = (Example){.id = record->id, .at = at};
    return fill_example(preview, record, example);
}

static Status note_firing(Preview *preview, const Record *record, int64_t at) {
    int64_t ago = days_ago(preview, at);
    if (ago > preview->days) return STATUS_OK;
    preview->count++;
    preview->by_day[preview->days - ago]++;
    return add_example(preview, record, at);
}

/* ---- On change ---- */

static bool waits_for(const RuleFacts *facts, ChangeAction action) {
    return (action == CHANGE_CREATE && facts->on_create) ||
           (action == CHANGE_UPDATE && facts->on_update);
}

static Status ask_change(Preview *preview, const PastState *state, const Record *before,
                         bool *holds) {
    Context asking = *preview->system;
    asking.now = state->at;
    return condition_holds(&asking, preview->facts.condition, &state->record, before, holds);
}

/* The state before a change is the one that the change before it left. */
static Status visit_changes(void *data, const Past *past) {
    Preview *preview = data;
    int64_t before_count = preview->count;
    for (size_t i = 0; i < past->count; i++) {
        const PastState *state = &past->states[i];
        const Record *before = i + 1 < past->count ? &past->states[i + 1].record : &past->before;
        bool holds = false;
        if (!waits_for(&preview->facts, state->action)) continue;
        if (state->action == CHANGE_CREATE) before = NULL;
        Status status = ask_change(preview, state, before, &holds);
        if (status == STATUS_OK && holds) status = note_firing(preview, &state->record, state->at);
        if (status != STATUS_OK) return status;
    }
    preview->records += preview->count > before_count;
    return STATUS_OK;
}

static Status replay_changes(Preview *preview) {
    PastQuery query = {.object = preview->facts.object, .since = morning(preview, preview->days)};
    return past_each(preview->system, &query, visit_changes, preview, &preview->since);
}

/* ---- Roll-ups as they were ---- */

static bool is_cause(const RuleFacts *facts, const Field *field) {
    for (size_t i = 0; i < facts->cause_count; i++) {
        if (facts->causes[i] == field) return true;
    }
    return false;
}

/* Only those that the rule asks about, and that can be told. */
static void find_rollups(Preview *preview) {
    const Object *object = preview->facts.object;
    preview->rollups = ARENA_ARRAY(preview->person->arena, object->field_count, const Field *);
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        bool asked =
            condition_mentions(preview->facts.condition, field) || is_cause(&preview->facts, field);
        if (asked && past_rollup_known(field)) preview->rollups[preview->rollup_count++] = field;
    }
}

static Sql new_sql(const Preview *preview) {
    const Context *context = preview->system;
    return sql_new(context->arena, transaction_kind(context->transaction));
}

static void touch(Preview *preview, Id id) {
    if (preview->touched_count == preview->touched_capacity) {
        preview->touched_capacity = preview->touched_capacity ? preview->touched_capacity * 2 : 256;
        preview->touched =
            realloc(preview->touched, preview->touched_capacity * sizeof *preview->touched);
        if (!preview->touched) abort();
    }
    preview->touched[preview->touched_count++] = id;
}

static Status touch_all(Preview *preview, const Sql *sql) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, preview->system->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        touch(preview, store_column(rows, 0, VALUE_ID).id);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status touch_parent(void *data, Id parent) {
    touch(data, parent);
    return STATUS_OK;
}

static Status find_changed(Preview *preview) {
    Sql sql CLEANUP(sql_free) = new_sql(preview);
    sql_add(&sql,
            "SELECT DISTINCT \"record\" FROM \"journal\" WHERE \"record\" IS NOT NULL AND "
            "\"object\" = ");
    sql_bind(&sql, value_text(preview->facts.object->name));
    sql_add(&sql, " AND \"id\" >= ");
    sql_bind(&sql, value_id(past_first_id(morning(preview, preview->days))));
    return touch_all(preview, &sql);
}

static int compare_ids(const void *a, const void *b) {
    return memcmp(a, b, sizeof(Id));
}

static void order_touched(Preview *preview) {
    size_t kept = 0;
    if (!preview->touched_count) return;
    qsort(preview->touched, preview->touched_count, sizeof(Id), compare_ids);
    for (size_t i = 0; i < preview->touched_count; i++) {
        if (kept && id_equal(preview->touched[kept - 1], preview->touched[i])) continue;
        preview->touched[kept++] = preview->touched[i];
    }
    preview->touched_count = kept;
}

static Status find_touched(Preview *preview) {
    int64_t since = morning(preview, preview->days);
    Status status = find_changed(preview);
    for (size_t i = 0; status == STATUS_OK && i < preview->rollup_count; i++) {
        status =
            past_rollup_parents(preview->system, preview->rollups[i], since, touch_parent, preview);
    }
    order_touched(preview);
    return status;
}

static bool is_touched(const Preview *preview, Id id) {
    return preview->touched_count &&
           bsearch(&id, preview->touched, preview->touched_count, sizeof(Id), compare_ids) != NULL;
}

static Status read_rollups(Preview *preview, Id record, PastRollup **out) {
    Status status = STATUS_OK;
    *out = ARENA_ARRAY(preview->system->arena, preview->rollup_count, PastRollup);
    for (size_t i = 0; status == STATUS_OK && i < preview->rollup_count; i++) {
        status = past_rollup_read(preview->system, preview->rollups[i], record, &(*out)[i]);
    }
    return status;
}

/* A copy of the record with its roll-ups of that instant. */
static void set_rollups(const Preview *preview, const PastRollup *rollups, int64_t instant,
                        Record *record) {
    size_t count = record->object->field_count;
    Value *values = ARENA_ARRAY(preview->system->arena, count, Value);
    memcpy(values, record->values, count * sizeof *values);
    record->values = values;
    for (size_t i = 0; i < preview->rollup_count; i++) {
        values[preview->rollups[i]->index] = past_rollup_at(&rollups[i], instant);
    }
}

/* ---- Day by day, records that something was done to ---- */

/* How it was at an instant; false when it was not there. */
static bool state_at(const Past *past, int64_t instant, Record *out) {
    for (size_t i = 0; i < past->count; i++) {
        if (past->states[i].at > instant) continue;
        *out = past->states[i].record;
        return past->states[i].action != CHANGE_DELETE;
    }
    *out = past->before;
    return past->existed && past->alive && out->created_at <= instant;
}

/* The cause fields' values as one text, to tell occasions apart. */
static Str cause_of(Preview *preview, const Record *record) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_array(&json);
    for (size_t i = 0; i < preview->facts.cause_count; i++) {
        const Field *field = preview->facts.causes[i];
        field_write_json(&json, field, &record->values[field->index]);
    }
    json_close_array(&json);
    return str_copy(preview->system->arena, buffer_str(&text));
}

static Status cause_on(Preview *preview, const Past *past, const PastRollup *rollups,
                       int64_t instant, Record *record, Str *cause) {
    Context asking = *preview->system;
    bool holds = false;
    *cause = (Str){0};
    asking.now = instant;
    if (!state_at(past, instant, record)) return STATUS_OK;
    set_rollups(preview, rollups, instant, record);
    Status status = condition_holds(&asking, preview->facts.condition, record, NULL, &holds);
    if (status == STATUS_OK && holds) *cause = cause_of(preview, record);
    return status;
}

static bool is_known(const Str *causes, int64_t count, Str cause) {
    for (int64_t i = 0; i < count; i++) {
        if (str_equal(causes[i], cause)) return true;
    }
    return false;
}

/* The first morning stands for all before it: what held then had woken the rule already. */
static Status visit_days(void *data, const Past *past) {
    Preview *preview = data;
    Str causes[RULE_PREVIEW_DAYS_MOST + 1];
    int64_t known = 0, before_count = preview->count;
    PastRollup *rollups;
    Status status = read_rollups(preview, past->before.id, &rollups);
    for (int64_t ago = preview->days; status == STATUS_OK && ago >= 0; ago--) {
        Record record;
        Str cause;
        int64_t instant = morning(preview, ago);
        status = cause_on(preview, past, rollups, instant, &record, &cause);
        if (status != STATUS_OK) break;
        bool fires = !str_empty(cause) && !is_known(causes, known, cause);
        if (fires) causes[known++] = cause;
        if (fires && ago < preview->days) status = note_firing(preview, &record, instant);
    }
    preview->records += preview->count > before_count;
    return status;
}

/* ---- Day by day, all others as sets ---- */

static Status add_condition_on(Preview *preview, Sql *sql, int64_t ago) {
    Context asking = *preview->system;
    asking.now = morning(preview, ago);
    return condition_add_sql(&asking, preview->facts.condition, sql, STR("r"));
}

/* Held neither on the first morning nor the day before, and does on this one. */
static Status add_risen(Preview *preview, Sql *sql, int64_t ago) {
    sql_add(sql, "SELECT \"r\".\"id\" FROM ");
    sql_add_name(sql, preview->facts.object->name);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND \"r\".\"created_at\" <= ");
    sql_bind(sql, value_integer(morning(preview, preview->days)));
    sql_add(sql, " AND ");
    Status status = add_condition_on(preview, sql, ago);
    sql_add(sql, " AND NOT (");
    if (status == STATUS_OK) status = add_condition_on(preview, sql, ago + 1);
    sql_add(sql, ") AND NOT (");
    if (status == STATUS_OK) status = add_condition_on(preview, sql, preview->days);
    sql_add(sql, ") ORDER BY \"r\".\"id\"");
    return status;
}

/* Ids first: while a query is open nothing else may be asked. */
static Status find_risen(Preview *preview, int64_t ago, Id **out, size_t *count) {
    Sql sql CLEANUP(sql_free) = new_sql(preview);
    Rows *rows CLEANUP(store_drop) = NULL;
    size_t capacity = 0;
    Status status = add_risen(preview, &sql, ago);
    if (status == STATUS_OK) status = sql_query(&sql, preview->system->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            *out = realloc(*out, capacity * sizeof **out);
            if (!*out) abort();
        }
        (*out)[(*count)++] = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static void drop_ids(Id **ids) {
    free(*ids);
}

/* Of the ids only the count matters, but for the few that are shown. */
static Status note_risen(Preview *preview, Id id, int64_t ago) {
    Record record;
    if (preview->example_count < RULE_PREVIEW_EXAMPLES) {
        Status status = record_read(preview->system, preview->facts.object, id, &record);
        if (status == STATUS_OK) status = add_example(preview, &record, morning(preview, ago));
        if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    }
    preview->count++;
    preview->by_day[preview->days - ago]++;
    return STATUS_OK;
}

/* A condition that comes and goes with the calendar is one cause, so it counts on its first day. */
static Status replay_others(Preview *preview) {
    Id *seen CLEANUP(drop_ids) = NULL;
    size_t seen_count = 0;
    for (int64_t ago = preview->days - 1; ago >= 0; ago--) {
        Id *risen CLEANUP(drop_ids) = NULL;
        size_t count = 0, before = seen_count;
        Status status = find_risen(preview, ago, &risen, &count);
        if (status != STATUS_OK) return status;
        if (!count) continue;
        seen = realloc(seen, (seen_count + count) * sizeof *seen);
        if (!seen) abort();
        for (size_t i = 0; i < count; i++) {
            if (is_touched(preview, risen[i])) continue;
            if (before && bsearch(&risen[i], seen, before, sizeof(Id), compare_ids)) continue;
            seen[seen_count++] = risen[i];
            status = note_risen(preview, risen[i], ago);
            if (status != STATUS_OK) return status;
        }
        if (seen_count) qsort(seen, seen_count, sizeof(Id), compare_ids);
    }
    preview->records += (int64_t)seen_count;
    return STATUS_OK;
}

static Status replay_days(Preview *preview) {
    find_rollups(preview);
    Status status = find_touched(preview);
    if (status != STATUS_OK) return status;
    PastQuery query = {.object = preview->facts.object,
                       .since = morning(preview, preview->days),
                       .others = preview->touched,
                       .other_count = preview->touched_count};
    status = past_each(preview->system, &query, visit_days, preview, &preview->since);
    return status == STATUS_OK ? replay_others(preview) : status;
}

/* What the next daily run would find: it has never acted for these. */
static Status count_waiting(Preview *preview, int64_t *out) {
    Sql sql CLEANUP(sql_free) = new_sql(preview);
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT COUNT(*) FROM ");
    sql_add_name(&sql, preview->facts.object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    Status status = add_condition_on(preview, &sql, 0);
    sql_add(&sql, " AND ");
    rules_add_unclaimed(&sql, preview->name, &preview->facts);
    if (status == STATUS_OK) status = sql_query(&sql, preview->system->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_INTEGER).integer;
    return status;
}

/* ---- Writing ---- */

static void write_instant(JsonWriter *json, const char *key, int64_t instant) {
    char text[INSTANT_TEXT_SIZE];
    instant_write(instant, text);
    json_member_text(json, key, (Str){.data = text, .size = sizeof text});
}

static void write_days(const Preview *preview, JsonWriter *json) {
    json_key(json, STR("by_day"));
    json_open_array(json);
    for (int64_t i = 0; i <= preview->days; i++) {
        Date day = date_from_days(preview->today - preview->days + i);
        json_open_object(json);
        json_member_text(json, "day", date_text(preview->person->arena, day));
        json_member_integer(json, "count", preview->by_day[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_examples(const Preview *preview, JsonWriter *json) {
    json_key(json, STR("examples"));
    json_open_array(json);
    for (size_t i = 0; i < preview->example_count; i++) {
        const Example *example = &preview->examples[i];
        json_open_object(json);
        json_member_id(json, "id", example->id);
        json_member_text(json, "title", example->title);
        write_instant(json, "at", example->at);
        json_member_text(json, "text", example->text);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_preview(const Preview *preview, int64_t waiting, JsonWriter *json) {
    const RuleFacts *facts = &preview->facts;
    json_open_object(json);
    json_member_text(json, "object", facts->object->name);
    json_member_integer(json, "days", preview->days);
    write_instant(json, "since", preview->since);
    json_member_integer(json, "count", preview->count);
    json_member_integer(json, "records", preview->records);
    json_key(json, STR("waiting"));
    if (facts->daily) {
        json_write_integer(json, waiting);
    } else {
        json_write_null(json);
    }
    json_member_integer(json, "tasks", preview->count * (int64_t)facts->tasks);
    json_member_integer(json, "notices", preview->count * (int64_t)facts->notices);
    json_member_integer(json, "changes", preview->count * (int64_t)facts->changes);
    json_member_integer(json, "creations", preview->count * (int64_t)facts->creations);
    json_member_integer(json, "starts", preview->count * (int64_t)facts->starts);
    write_days(preview, json);
    write_examples(preview, json);
    json_close_object(json);
}

static void preview_drop(Preview *preview) {
    free(preview->touched);
}

Status rule_preview_write(Context *context, const Business *business, Str name, int64_t days,
                          JsonWriter *json) {
    Preview preview CLEANUP(preview_drop) = {
        .name = name, .days = days, .now = context->now, .zone = context->actor->zone};
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    Context asking = *context;
    Actor person = *context->actor;
    int64_t waiting = 0;
    /* Roles stand on the model that they were read with. */
    person.role = roles_find(business->roles, role_name(context->actor->role));
    if (!person.role) return STATUS_DENIED;
    asking.actor = &person;
    asking.model = business->model;
    preview.person = &asking;
    preview.system = system_actor(&asking, &preview.storage);
    preview.system->arena = scratch;
    preview.today = date_to_days(zone_date(preview.zone, preview.now));
    preview.since = morning(&preview, days);
    Status status = rules_facts(business->rules, name, &preview.facts);
    if (status != STATUS_OK) return status;
    status = preview.facts.daily ? replay_days(&preview) : replay_changes(&preview);
    if (status == STATUS_OK && preview.facts.daily) status = count_waiting(&preview, &waiting);
    if (status == STATUS_OK) write_preview(&preview, waiting, json);
    return status;
}

/*
 * Reading deadline tables. A deadline that counts for nobody or sets nothing would be noticed by
 * an authority first, so whatever does not fit is an error when the definitions are loaded.
 */
#include "deadline.h"
#include "definition_files.h"
#include "definition_parts.h"
#include "field.h"
#include "zone.h"

enum { COUNT_MOST = 1000, HOURS_BEFORE_MOST = 10000, NAME_MOST = 48 };

/* One file being read; every error is gathered, with its place. */
typedef struct Reader {
    Arena *arena;
    const Model *model;
    const Templates *templates;
    Problem *problem;
} Reader;

/* ---- Parts ---- */

static Str read_name(const Place *item, const char *member) {
    Str name = part_text_needed(item, member);
    if (name.size > NAME_MOST) place_error(item, "definition_name", str_of(member));
    return name;
}

/* A field of the object, of this type; only the engine's own where `type` is what it keeps. */
static const Field *read_field(const Object *object, const Place *above, const char *member,
                               FieldType type) {
    Str name = place_text_needed(above, member);
    const Field *field = str_empty(name) ? NULL : object_field(object, name);
    if (field && field->type == type) return field;
    Place place = place_member(above, member);
    if (!str_empty(name)) place_error(&place, "definition_unknown_field", name);
    return NULL;
}

/* People's own would be overwritten by the next save. */
static const Field *read_kept(const Object *object, const Place *above, const char *member,
                              FieldType type) {
    const Field *field = read_field(object, above, member, type);
    if (!field || (field->system && !field->rollup)) return field;
    Place place = place_member(above, member);
    place_error(&place, "definition_score_field", field->name);
    return NULL;
}

/* A day since 1970; `otherwise` when it is not given. */
static int64_t read_day(const Place *above, const char *member, int64_t otherwise) {
    Str text = place_text(above, member);
    Date date;
    if (str_empty(text)) return otherwise;
    if (date_parse(text, &date)) return date_to_days(date);
    Place place = place_member(above, member);
    place_error(&place, "not_date", text);
    return otherwise;
}

/* ---- Calendars ---- */

static void read_weekend(const Place *item, DeadlineCalendar *calendar) {
    static const char *const DAYS[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday",    NULL};
    size_t count;
    const Str *days = place_texts(item, "weekend", &count);
    for (size_t i = 0; i < count; i++) {
        int day = 0;
        while (DAYS[day] && !str_is(days[i], DAYS[day])) day++;
        if (DAYS[day]) {
            calendar->weekend[day] = true;
        } else {
            place_error(item, "definition_word", days[i]);
        }
    }
}

static void read_holidays(const Reader *reader, const Place *item, DeadlineCalendar *calendar) {
    size_t count;
    const Str *texts = place_texts(item, "holidays", &count);
    int64_t *days = ARENA_ARRAY(reader->arena, count, int64_t);
    for (size_t i = 0; i < count; i++) {
        Date date = {.year = 1970, .month = 1, .day = 1};
        if (!date_parse(texts[i], &date)) place_error(item, "not_date", texts[i]);
        days[i] = date_to_days(date);
    }
    calendar->holidays = days;
    calendar->holiday_count = count;
}

static const char *const CALENDAR_MEMBERS[] = {"market",  "zone",     "countries",
                                               "weekend", "holidays", NULL};

static void read_calendars(const Reader *reader, const Place *file, DeadlineTable *table) {
    Place list = place_member(file, "calendars");
    size_t count = place_count(&list);
    DeadlineCalendar *calendars = ARENA_ARRAY(reader->arena, count, DeadlineCalendar);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        DeadlineCalendar *calendar = &calendars[i];
        if (!place_is_object(&item, CALENDAR_MEMBERS)) continue;
        calendar->code = read_name(&item, "market");
        calendar->zone = read_name(&item, "zone");
        calendar->countries = part_texts(&item, "countries", &calendar->country_count);
        read_weekend(&item, calendar);
        read_holidays(reader, &item, calendar);
        if (!zone_known(calendar->zone)) place_error(&item, "zone_unknown", calendar->zone);
        if (table->market && !field_choice(table->market, calendar->code)) {
            place_error(&item, "definition_unknown_choice", calendar->code, table->market->name);
        }
    }
    table->calendars = calendars;
    table->calendar_count = count;
}

/* ---- Deadlines ---- */

static bool read_unit(const Place *item, const char *member, DeadlineUnit unit,
                      Deadline *deadline) {
    static const PlaceBounds COUNT = {0, COUNT_MOST, 0};
    Place place = place_member(item, member);
    if (place_absent(&place)) return false;
    deadline->unit = unit;
    deadline->count = place_integer(item, member, COUNT);
    return true;
}

static void read_length(const Place *item, Deadline *deadline) {
    int given = read_unit(item, "hours", DEADLINE_HOURS, deadline);
    given += read_unit(item, "days", DEADLINE_DAYS, deadline);
    given += read_unit(item, "working_days", DEADLINE_WORKING_DAYS, deadline);
    if (given != 1) place_error(item, "definition_deadline_length");
}

static void read_standing(const Place *item, Deadline *deadline) {
    static const char *const STANDINGS[] = {"statute", "guidance", "practice", NULL};
    deadline->standing = read_name(item, "standing");
    int i = 0;
    while (STANDINGS[i] && !str_is(deadline->standing, STANDINGS[i])) i++;
    if (!STANDINGS[i]) place_error(item, "definition_word", deadline->standing);
}

static const char *const DEADLINE_MEMBERS[] = {
    "deadline", "labels",       "condition", "due",      "valid_from", "valid_to", "hours",
    "days",     "working_days", "basis",     "standing", "checked_on", NULL};

static void read_deadlines(const Reader *reader, const Place *file, DeadlineTable *table) {
    Place list = place_member(file, "deadlines");
    size_t count = place_count(&list);
    Deadline *deadlines = ARENA_ARRAY(reader->arena, count, Deadline);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        Deadline *deadline = &deadlines[i];
        if (!place_is_object(&item, DEADLINE_MEMBERS)) continue;
        deadline->name = read_name(&item, "deadline");
        deadline->label = part_label_needed(&item, "labels");
        deadline->basis = part_label_needed(&item, "basis");
        deadline->condition = part_condition(reader->model, table->object, &item, "condition");
        deadline->due = read_kept(table->object, &item, "due", FIELD_INSTANT);
        deadline->valid_from = read_day(&item, "valid_from", INT64_MIN);
        deadline->valid_to = read_day(&item, "valid_to", INT64_MAX);
        deadline->checked_on = read_day(&item, "checked_on", INT64_MIN);
        read_length(&item, deadline);
        read_standing(&item, deadline);
    }
    if (!count) place_error(&list, "definition_actions", STR("deadlines"));
    table->deadlines = deadlines;
    table->count = count;
}

/* ---- Escalations ---- */

static void read_people(const Reader *reader, const Place *item, const DeadlineTable *table,
                        Escalation *escalation) {
    size_t count;
    const Str *names = place_texts(item, "people", &count);
    escalation->people = ARENA_ARRAY(reader->arena, count, const Field *);
    for (size_t i = 0; i < count; i++) {
        const Field *field = object_field(table->object, names[i]);
        if (field && field->type == FIELD_REFERENCE && str_is(field->reference, "user")) {
            escalation->people[escalation->people_count++] = field;
        } else {
            place_error(item, "definition_unknown_field", names[i]);
        }
    }
    escalation->roles = part_texts(item, "roles", &escalation->role_count);
}

/* Which is told depends on it: see deadlines_escalate. */
static int compare_pressing(const void *a, const void *b) {
    int64_t one = ((const Escalation *)a)->hours_before;
    int64_t other = ((const Escalation *)b)->hours_before;
    return one < other ? -1 : one > other;
}

static const char *const ESCALATION_MEMBERS[] = {
    "escalation", "due", "condition", "hours_before", "template", "kind", "people", "roles", NULL};

static void read_escalations(const Reader *reader, const Place *file, DeadlineTable *table) {
    static const PlaceBounds HOURS = {-HOURS_BEFORE_MOST, HOURS_BEFORE_MOST, 0};
    Place list = place_member(file, "escalations");
    size_t count = place_count(&list);
    Escalation *escalations = ARENA_ARRAY(reader->arena, count, Escalation);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        Escalation *escalation = &escalations[i];
        if (!place_is_object(&item, ESCALATION_MEMBERS)) continue;
        escalation->name = read_name(&item, "escalation");
        escalation->due = read_field(table->object, &item, "due", FIELD_INSTANT);
        escalation->condition = part_condition(reader->model, table->object, &item, "condition");
        escalation->hours_before = place_integer(&item, "hours_before", HOURS);
        escalation->kind = read_name(&item, "kind");
        escalation->text = templates_find(reader->templates, place_text(&item, "template"));
        read_people(reader, &item, table, escalation);
        if (!escalation->text) {
            place_error(&item, "definition_unknown_template", place_text(&item, "template"));
        }
    }
    if (count) qsort(escalations, count, sizeof *escalations, compare_pressing);
    table->escalations = escalations;
    table->escalation_count = count;
}

/* ---- Tables ---- */

static void read_countries(const Reader *reader, const Place *file, DeadlineTable *table) {
    Place list = place_member(file, "countries");
    size_t count = place_count(&list);
    table->countries = ARENA_ARRAY(reader->arena, count, const Expression *);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        const Expression *expression = NULL;
        if (expression_parse(reader->arena, reader->model, table->object, item.node,
                             place_pointer(&item), reader->problem, &expression) == STATUS_OK) {
            table->countries[table->country_count++] = expression;
        }
    }
}

static const char *const TABLE_MEMBERS[] = {
    "deadline_table", "labels",    "object", "starts",      "market", "countries",
    "calendars",      "deadlines", "told",   "escalations", NULL};

static void read_table(const Reader *reader, const Place *file, DeadlineTable *table) {
    if (!place_is_object(file, TABLE_MEMBERS)) return;
    table->name = read_name(file, "deadline_table");
    table->label = part_label_needed(file, "labels");
    Str object = place_text_needed(file, "object");
    table->object = model_object(reader->model, object);
    if (!table->object) {
        place_error(file, "definition_unknown_object", object);
        return;
    }
    table->starts = read_field(table->object, file, "starts", FIELD_INSTANT);
    table->market = read_field(table->object, file, "market", FIELD_CHOICE);
    table->told = read_kept(table->object, file, "told", FIELD_TAGS);
    read_countries(reader, file, table);
    read_calendars(reader, file, table);
    read_deadlines(reader, file, table);
    read_escalations(reader, file, table);
}

Status deadlines_load(Arena *arena, const Model *model, const Templates *templates,
                      const ModelSource *sources, size_t count, Problem *problem,
                      DeadlineTables *out) {
    Reader reader = {arena, model, templates, problem};
    DeadlineTable *tables = ARENA_ARRAY(arena, count, DeadlineTable);
    DeadlineTables loaded = {.items = tables};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        DeadlineTable *table = &tables[loaded.count];
        read_table(&reader, &files.place, table);
        if (table->object && deadlines_of(&loaded, table->object)) {
            place_error(&files.place, "definition_repeated", table->object->name);
        }
        loaded.count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = loaded;
    return STATUS_OK;
}

const DeadlineTable *deadlines_of(const DeadlineTables *tables, const Object *object) {
    for (size_t i = 0; i < tables->count; i++) {
        if (tables->items[i].object == object) return &tables->items[i];
    }
    return NULL;
}

/*
 * A line is worked off whole, from its head: the first who may have something and for whom there is
 * not enough ends it, so that a small wish never overtakes a large one. Only this file gives; a
 * save that would give by hand becomes a wish. What the engine itself gives bears the instant of
 * the decision, a system field that no request can set: by that it is told from a hand.
 */
#include "capacity.h"

#include "field.h"
#include "place.h"
#include "record.h"
#include "system_actor.h"
#include "zone.h"

/* What there is a limited number of, who may have some, and by which fields that is kept. */
typedef struct Capacity {
    const Object *object; /* of those who take: "allotment" */
    const Field *of;      /* whose supply it is: their reference to it */
    const Field *amount, *state, *decided, *line;
    const Object *supply;  /* "resource" */
    const Field *quantity; /* how much there is */
    Str asks, waits, gives;
    const Str *holds; /* states that take some of it; `gives` among them */
    size_t hold_count;
    const Condition **order; /* who satisfies the first comes first */
    size_t order_count;
    const Field *until;     /* of the supply: so long only … */
    const Condition *early; /* … those may have some; NULL: everybody at once */
} Capacity;

/* Few objects have one, so they are looked through in order. */
struct Capacities {
    const Capacity *items;
    size_t count;
};

/* One object's definition being read; every error is gathered. */
typedef struct CapacityReader {
    Arena *arena;
    const Model *model;
    const Object *object;
    Problem *problem;
} CapacityReader;

/* ---- Reading ---- */

static const Field *read_field(const Object *object, const Place *place, const char *member,
                               FieldType type) {
    Str name = place_text_needed(place, member);
    const Field *field = object ? object_field(object, name) : NULL;
    if (field && field->type == type) return field;
    Place at = place_member(place, member);
    if (!str_empty(name)) place_error(&at, "definition_unknown_field", name);
    return NULL;
}

static const Field *read_system(const Object *object, const Place *place, const char *member,
                                FieldType type) {
    const Field *field = read_field(object, place, member, type);
    Place at = place_member(place, member);
    if (field && !field->system) place_error(&at, "definition_needs", field->name, STR("system"));
    return field;
}

static Str read_state(const Capacity *capacity, const Place *place, const char *member) {
    Str code = place_text_needed(place, member);
    Place at = place_member(place, member);
    if (capacity->state && !str_empty(code) && !field_choice(capacity->state, code)) {
        place_error(&at, "definition_unknown_choice", code, capacity->state->name);
    }
    return code;
}

static bool is_held(const Capacity *capacity, Str state) {
    for (size_t i = 0; i < capacity->hold_count; i++) {
        if (str_equal(capacity->holds[i], state)) return true;
    }
    return false;
}

static void read_holds(Capacity *capacity, const Place *place) {
    Place at = place_member(place, "holds");
    capacity->holds = place_texts(place, "holds", &capacity->hold_count);
    for (size_t i = 0; i < capacity->hold_count; i++) {
        if (!capacity->state || field_choice(capacity->state, capacity->holds[i])) continue;
        place_error(&at, "definition_unknown_choice", capacity->holds[i], capacity->state->name);
    }
    if (is_held(capacity, capacity->gives)) return;
    place_error(&at, "definition_needs", STR("holds"), capacity->gives);
}

static const Condition *read_condition(const CapacityReader *reader, const Place *place) {
    const Condition *condition = NULL;
    Status status = condition_parse(reader->arena, reader->model, reader->object, place->node,
                                    place_pointer(place), reader->problem, &condition);
    if (status != STATUS_OK || !condition_needs_change(condition)) return condition;
    place_error(place, "condition_not_in_list", STR("changed"));
    return NULL;
}

static void read_order(const CapacityReader *reader, Capacity *capacity, const Place *place) {
    Place list = place_member(place, "order");
    size_t count = place_count(&list);
    capacity->order = ARENA_ARRAY(reader->arena, count, const Condition *);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        capacity->order[capacity->order_count++] = read_condition(reader, &item);
    }
}

static void read_first_call(const CapacityReader *reader, Capacity *capacity, const Place *place) {
    static const char *const MEMBERS[] = {"until", "condition", NULL};
    Place first = place_member(place, "first_call");
    if (place_absent(&first) || !place_is_object(&first, MEMBERS)) return;
    Place condition = place_member(&first, "condition");
    capacity->until = read_field(capacity->supply, &first, "until", FIELD_DATE);
    capacity->early = read_condition(reader, &condition);
}

static void read_capacity(const CapacityReader *reader, const Place *place, Capacity *out) {
    static const char *const MEMBERS[] = {"of",    "quantity",   "amount", "state",   "asks",
                                          "waits", "gives",      "holds",  "decided", "line",
                                          "order", "first_call", NULL};
    if (!place_is_object(place, MEMBERS)) return;
    out->object = reader->object;
    out->of = read_field(reader->object, place, "of", FIELD_REFERENCE);
    out->amount = read_field(reader->object, place, "amount", FIELD_INTEGER);
    out->state = read_field(reader->object, place, "state", FIELD_CHOICE);
    out->decided = read_system(reader->object, place, "decided", FIELD_INSTANT);
    out->line = read_system(reader->object, place, "line", FIELD_INTEGER);
    if (out->of) out->supply = field_target(reader->model, out->of);
    out->quantity = read_field(out->supply, place, "quantity", FIELD_INTEGER);
    out->asks = read_state(out, place, "asks");
    out->waits = read_state(out, place, "waits");
    out->gives = read_state(out, place, "gives");
    read_holds(out, place);
    read_order(reader, out, place);
    read_first_call(reader, out, place);
}

Status capacities_load(Arena *arena, const Model *model, Problem *problem, const Capacities **out) {
    size_t errors = problem->count, count = model_object_count(model);
    Capacity *items = ARENA_ARRAY(arena, count, Capacity);
    Capacities *capacities = ARENA_NEW(arena, Capacities);
    for (size_t i = 0; i < count; i++) {
        const Object *object = model_object_at(model, i);
        CapacityReader reader = {arena, model, object, problem};
        Str name = str_format(arena, "objects/%.*s.json", STR_ARGS(object->name));
        Place file = place_file(arena, problem, name, object->definition);
        Place place = place_member(&file, "capacity");
        if (!place_absent(&place)) read_capacity(&reader, &place, &items[capacities->count++]);
    }
    capacities->items = items;
    if (problem->count != errors) return STATUS_INVALID;
    *out = capacities;
    return STATUS_OK;
}

/* ---- What there is, and what is taken ---- */

static Str state_of(const Capacity *capacity, const Record *record) {
    const Value *state = &record->values[capacity->state->index];
    return state->kind == VALUE_TEXT ? state->text : (Str){0};
}

static int64_t amount_of(const Capacity *capacity, const Record *record) {
    const Value *amount = &record->values[capacity->amount->index];
    return amount->kind == VALUE_INTEGER ? amount->integer : 0;
}

static void add_held(Sql *sql, const Capacity *capacity) {
    sql_add_name(sql, capacity->state->name);
    for (size_t i = 0; i < capacity->hold_count; i++) {
        sql_add(sql, i ? ", " : " IN (");
        sql_bind(sql, value_text(capacity->holds[i]));
    }
    sql_add(sql, ")");
}

static Status ask_number(Context *context, const Sql *sql, int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK && status != STATUS_END) return status;
    Value value = status == STATUS_OK ? store_column(rows, 0, VALUE_INTEGER) : value_null();
    *out = value.kind == VALUE_INTEGER ? value.integer : 0;
    return STATUS_OK;
}

/* Asked of the records themselves: no sum that is kept somewhere could be behind. */
static Status read_taken(const Capacity *capacity, Context *context, Id supply, Id but,
                         int64_t *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT CAST(COALESCE(SUM(");
    sql_add_name(&sql, capacity->amount->name);
    sql_add(&sql, "), 0) AS BIGINT) FROM ");
    sql_add_name(&sql, capacity->object->name);
    sql_add(&sql, " WHERE ");
    sql_add_name(&sql, capacity->of->name);
    sql_add(&sql, " = ");
    sql_bind(&sql, value_id(supply));
    sql_add(&sql, " AND \"deleted_at\" IS NULL AND \"id\" <> ");
    sql_bind(&sql, value_id(but));
    sql_add(&sql, " AND ");
    add_held(&sql, capacity);
    return ask_number(context, &sql, out);
}

/* How much there is, and whether it is still the time of first calls. */
typedef struct Supply {
    int64_t quantity;
    bool early; /* only those of the first call may have some yet */
} Supply;

static Status read_supply(const Capacity *capacity, Context *context, Id id, Supply *out) {
    Record record;
    SystemActor storage;
    Status status = record_read(system_actor(context, &storage), capacity->supply, id, &record);
    *out = (Supply){0};
    if (status == STATUS_NOT_FOUND) return STATUS_OK; /* deleted: there is nothing to have */
    if (status != STATUS_OK) return status;
    const Value *quantity = &record.values[capacity->quantity->index];
    if (quantity->kind == VALUE_INTEGER) out->quantity = quantity->integer;
    if (!capacity->until) return STATUS_OK;
    const Value *until = &record.values[capacity->until->index];
    Str today = date_text(context->arena, zone_date(context->actor->zone, context->now));
    out->early = until->kind == VALUE_TEXT && str_compare(until->text, today) >= 0;
    return STATUS_OK;
}

/* ---- The line ---- */

/* One of the line. */
typedef struct Waiting {
    Id id;
    int64_t amount, line, decided;
    bool waits, may; /* stands in the line already; may have some */
} Waiting;

/* All who ask for one supply, in the order in which they are served. */
typedef struct Line {
    Waiting *items;
    size_t count;
} Line;

static Status add_rank(const Capacity *capacity, Context *context, Sql *sql) {
    Status status = STATUS_OK;
    sql_add(sql, "CASE");
    for (size_t i = 0; i < capacity->order_count && status == STATUS_OK; i++) {
        sql_add(sql, " WHEN ");
        status = condition_add_sql(context, capacity->order[i], sql, STR("r"));
        sql_add_str(sql, str_format(sql->arena, " THEN %zu", i));
    }
    sql_add_str(sql, str_format(sql->arena, " WHEN TRUE THEN %zu END", capacity->order_count));
    return status;
}

static Status add_may(const Capacity *capacity, Context *context, const Supply *supply, Sql *sql) {
    Status status = STATUS_OK;
    sql_add(sql, "CASE WHEN ");
    if (supply->early && capacity->early) {
        status = condition_add_sql(context, capacity->early, sql, STR("r"));
    } else {
        sql_add(sql, "TRUE");
    }
    sql_add(sql, " THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END");
    return status;
}

static void add_column(Sql *sql, const Field *field) {
    sql_add(sql, ", ");
    sql_add_column(sql, STR("r"), field->name);
}

static Status add_line(const Capacity *capacity, Context *context, Id id, const Supply *supply,
                       Sql *sql) {
    sql_add(sql, "SELECT \"r\".\"id\"");
    add_column(sql, capacity->amount);
    add_column(sql, capacity->line);
    add_column(sql, capacity->state);
    add_column(sql, capacity->decided);
    sql_add(sql, ", ");
    Status status = add_may(capacity, context, supply, sql);
    sql_add(sql, " FROM ");
    sql_add_name(sql, capacity->object->name);
    sql_add(sql, " AS \"r\" WHERE ");
    sql_add_column(sql, STR("r"), capacity->of->name);
    sql_add(sql, " = ");
    sql_bind(sql, value_id(id));
    sql_add(sql, " AND \"r\".\"deleted_at\" IS NULL AND ");
    sql_add_column(sql, STR("r"), capacity->state->name);
    sql_add(sql, " IN (");
    sql_bind(sql, value_text(capacity->asks));
    sql_add(sql, ", ");
    sql_bind(sql, value_text(capacity->waits));
    sql_add(sql, ") ORDER BY ");
    if (status == STATUS_OK) status = add_rank(capacity, context, sql);
    sql_add(sql, ", \"r\".\"created_at\", \"r\".\"id\"");
    return status;
}

static Waiting *add_waiting(Line *line, Arena *arena) {
    if ((line->count & (line->count - 1)) == 0) { /* full at every power of two */
        Waiting *items = ARENA_ARRAY(arena, line->count ? line->count * 2 : 1, Waiting);
        if (line->count) memcpy(items, line->items, line->count * sizeof *items);
        line->items = items;
    }
    return &line->items[line->count++];
}

static int64_t whole(const Rows *rows, int column) {
    Value value = store_column(rows, column, VALUE_INTEGER);
    return value.kind == VALUE_INTEGER ? value.integer : 0;
}

static void read_waiting(const Capacity *capacity, const Rows *rows, Waiting *out) {
    *out = (Waiting){.id = store_column(rows, 0, VALUE_ID).id,
                     .amount = whole(rows, 1),
                     .line = whole(rows, 2),
                     .waits = str_equal(store_column(rows, 3, VALUE_TEXT).text, capacity->waits),
                     .decided = whole(rows, 4),
                     .may = whole(rows, 5) == 1};
}

static Status read_line(const Capacity *capacity, Context *context, Id id, const Supply *supply,
                        Line *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = add_line(capacity, context, id, supply, &sql);
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    *out = (Line){0};
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        read_waiting(capacity, rows, add_waiting(out, context->arena));
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Giving ---- */

/*
 * The instant tells it from what a hand would have set (see before_taking), so it always moves,
 * also where one transaction decides twice.
 */
static Status decide(const Capacity *capacity, Context *context, const Waiting *whom, Str state) {
    int64_t at = whom->decided < context->now ? context->now : whom->decided + 1;
    FieldValue values[] = {{capacity->state, value_text(state)},
                           {capacity->decided, value_integer(at)},
                           {capacity->line, value_null()}};
    Record changed;
    return record_change(context, capacity->object, whom->id, values, 3, &changed);
}

/* Where one stands is derived, like a score: it moves with every decision about others. */
static Status number(const Capacity *capacity, Context *context, Id id, int64_t line) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "UPDATE ");
    sql_add_name(&sql, capacity->object->name);
    sql_add(&sql, " SET ");
    sql_add_name(&sql, capacity->line->name);
    sql_add(&sql, " = ");
    sql_bind(&sql, value_integer(line));
    sql_add(&sql, " WHERE \"id\" = ");
    sql_bind(&sql, value_id(id));
    return sql_execute(&sql, context->transaction, NULL);
}

/* Who may not have any yet keeps asking; they stand behind all who may. */
static Status settle_line(const Capacity *capacity, Context *context, const Line *line,
                          int64_t room) {
    Status status = STATUS_OK;
    int64_t place = 0;
    bool ended = false;
    for (size_t i = 0; i < line->count && status == STATUS_OK; i++) {
        const Waiting *next = &line->items[i];
        ended = ended || (next->may && next->amount > room);
        if (next->may && !ended) {
            room -= next->amount;
            status = decide(capacity, context, next, capacity->gives);
            continue;
        }
        place++;
        if (next->may && !next->waits) {
            status = decide(capacity, context, next, capacity->waits);
        }
        bool moved = next->line != place || (next->may && !next->waits);
        if (status == STATUS_OK && moved) status = number(capacity, context, next->id, place);
    }
    return status;
}

static Status settle(const Capacity *capacity, Context *context, Id id) {
    Supply supply;
    Line line;
    int64_t taken = 0;
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    Status status = read_supply(capacity, system, id, &supply);
    if (status == STATUS_OK) status = read_line(capacity, system, id, &supply, &line);
    if (status != STATUS_OK || !line.count) return status;
    status = read_taken(capacity, system, id, (Id){{0}}, &taken);
    if (status != STATUS_OK) return status;
    return settle_line(capacity, system, &line, supply.quantity - taken);
}

/* ---- Before a save ---- */

static Status refuse(Context *context, const Field *field, const char *code, int64_t number) {
    problem_add(context->problem, problem_pointer(context->arena, STR(""), field->name), code,
                str_format(context->arena, "%lld", (long long)number));
    return STATUS_INVALID;
}

static bool decided_now(const Capacity *capacity, const Change *change) {
    const Value *after = &change->after->values[capacity->decided->index];
    if (!change->before) return !value_is_null(after);
    return !value_equal(after, &change->before->values[capacity->decided->index]);
}

/* Takes some now, and did so before: of the same supply. */
static bool held_before(const Capacity *capacity, const Change *change) {
    const Record *before = change->before;
    if (!before || before->deleted_at) return false;
    return is_held(capacity, state_of(capacity, before)) &&
           value_equal(&before->values[capacity->of->index],
                       &change->after->values[capacity->of->index]);
}

/* What is held already may shrink, and grow as far as there is room. */
static Status check_room(const Capacity *capacity, Context *context, const Change *change) {
    const Value *of = &change->after->values[capacity->of->index];
    int64_t taken, amount = amount_of(capacity, change->after);
    Supply supply;
    if (of->kind != VALUE_ID) return STATUS_OK;
    Status status = read_supply(capacity, context, of->id, &supply);
    if (status == STATUS_OK) {
        status = read_taken(capacity, context, of->id, change->after->id, &taken);
    }
    if (status != STATUS_OK || taken + amount <= supply.quantity) return status;
    int64_t room = supply.quantity - taken;
    return refuse(context, capacity->amount, "capacity_full", room > 0 ? room : 0);
}

static Status before_taking(const Capacity *capacity, Context *context, Change *change) {
    Str state = state_of(capacity, change->after);
    if (!is_held(capacity, state)) return STATUS_OK;
    if (held_before(capacity, change)) {
        bool more = amount_of(capacity, change->after) > amount_of(capacity, change->before);
        return more ? check_room(capacity, context, change) : STATUS_OK;
    }
    if (decided_now(capacity, change)) return check_room(capacity, context, change);
    if (!str_equal(state, capacity->gives)) {
        problem_add(context->problem,
                    problem_pointer(context->arena, STR(""), capacity->state->name),
                    "capacity_not_given");
        return STATUS_INVALID;
    }
    change->after->values[capacity->state->index] = value_text(capacity->asks);
    return STATUS_OK;
}

/* A restored record asks anew, for its place may have been given away. */
static Status before_restoring(const Capacity *capacity, Context *context, Change *change) {
    if (!is_held(capacity, state_of(capacity, change->after))) return STATUS_OK;
    return check_room(capacity, context, change);
}

static Status before_supplying(const Capacity *capacity, Context *context, const Change *change) {
    const Value *quantity = &change->after->values[capacity->quantity->index];
    int64_t taken;
    if (!change->before || quantity->kind != VALUE_INTEGER) return STATUS_OK;
    if (value_equal(quantity, &change->before->values[capacity->quantity->index])) {
        return STATUS_OK;
    }
    Status status = read_taken(capacity, context, change->after->id, (Id){{0}}, &taken);
    if (status != STATUS_OK || taken <= quantity->integer) return status;
    return refuse(context, capacity->quantity, "capacity_taken", taken);
}

Status capacities_before_save(const Capacities *capacities, Context *context, Change *change) {
    const Object *object = change->after->object;
    Status status = STATUS_OK;
    if (change->action == CHANGE_DELETE) return STATUS_OK;
    for (size_t i = 0; i < capacities->count && status == STATUS_OK; i++) {
        const Capacity *capacity = &capacities->items[i];
        if (capacity->object == object) {
            status = change->action == CHANGE_RESTORE ? before_restoring(capacity, context, change)
                                                      : before_taking(capacity, context, change);
        }
        if (status == STATUS_OK && capacity->supply == object) {
            status = before_supplying(capacity, context, change);
        }
    }
    return status;
}

/* ---- After a save ---- */

static Status settle_side(const Capacity *capacity, Context *context, const Record *side) {
    const Value *of = &side->values[capacity->of->index];
    return of->kind == VALUE_ID ? settle(capacity, context, of->id) : STATUS_OK;
}

/* What the engine has just decided is part of working off a line, and begins no other. */
static Status after_taking(const Capacity *capacity, Context *context, const Change *change) {
    if (change->action == CHANGE_UPDATE && decided_now(capacity, change)) return STATUS_OK;
    Status status = settle_side(capacity, context, change->after);
    if (status != STATUS_OK || !change->before) return status;
    bool moved = !value_equal(&change->before->values[capacity->of->index],
                              &change->after->values[capacity->of->index]);
    return moved ? settle_side(capacity, context, change->before) : STATUS_OK;
}

Status capacities_after_save(const Capacities *capacities, Context *context, const Change *change) {
    const Object *object = change->after->object;
    Status status = STATUS_OK;
    for (size_t i = 0; i < capacities->count && status == STATUS_OK; i++) {
        const Capacity *capacity = &capacities->items[i];
        if (capacity->object == object) status = after_taking(capacity, context, change);
        if (status == STATUS_OK && capacity->supply == object && change->action != CHANGE_CREATE) {
            status = settle(capacity, context, change->after->id);
        }
    }
    return status;
}

/* ---- Every day ---- */

/* Those of which somebody waits. */
typedef struct Supplies {
    Id *ids;
    size_t count;
} Supplies;

/* Those with somebody in line. */
static Status read_supplies(const Capacity *capacity, Context *context, Supplies *out) {
    enum { MOST = 10000 };
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = (Supplies){.ids = ARENA_ARRAY(context->arena, MOST, Id)};
    sql_add(&sql, "SELECT DISTINCT ");
    sql_add_name(&sql, capacity->of->name);
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, capacity->object->name);
    sql_add(&sql, " WHERE \"deleted_at\" IS NULL AND ");
    sql_add_name(&sql, capacity->state->name);
    sql_add(&sql, " IN (");
    sql_bind(&sql, value_text(capacity->asks));
    sql_add(&sql, ", ");
    sql_bind(&sql, value_text(capacity->waits));
    sql_add(&sql, ") ORDER BY 1");
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && out->count < MOST && (status = store_next(rows)) == STATUS_OK) {
        Value id = store_column(rows, 0, VALUE_ID);
        if (id.kind == VALUE_ID) out->ids[out->count++] = id.id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status capacities_run(const Capacities *capacities, Context *context) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < capacities->count && status == STATUS_OK; i++) {
        Supplies supplies;
        status = read_supplies(&capacities->items[i], context, &supplies);
        for (size_t j = 0; j < supplies.count && status == STATUS_OK; j++) {
            status = settle(&capacities->items[i], context, supplies.ids[j]);
        }
    }
    return status;
}

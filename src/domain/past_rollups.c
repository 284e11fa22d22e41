/* One query a record and roll-up; the days are then told from memory. */
#include "past_rollups.h"

#include "field.h"
#include "rollup_measure.h"
#include "sql.h"

/*
 * A mean needs the ranks of that time, and a roll-up that people may overrule needs what they had
 * said by then: neither is told here.
 */
bool past_rollup_known(const Field *field) {
    const Rollup *rollup = field->rollup;
    return rollup && rollup->measure != ROLLUP_MEAN && str_empty(rollup->same);
}

static const Field *measured_field(const Context *context, const Rollup *rollup) {
    const Object *object = model_object(context->model, rollup->object);
    return str_empty(rollup->of) ? NULL : object_field(object, rollup->of);
}

/*
 * A record counts from the instant that it measures (a visit from when it was held), not from when
 * somebody wrote it down.
 */
static Str began_column(const Context *context, const Rollup *rollup) {
    const Field *measured = measured_field(context, rollup);
    bool dated = measured && measured->type == FIELD_INSTANT;
    return dated ? measured->name : STR("created_at");
}

/* The text stops at the reference, for some ask for one parent and some for all of them. */
static void add_source(Sql *sql, const Rollup *rollup) {
    sql_add(sql, " FROM ");
    sql_add_name(sql, rollup->object);
    sql_add(sql, " AS \"m\" WHERE \"m\".\"deleted_at\" IS NULL");
    rollup_add_where(sql, rollup);
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("m"), rollup->field);
}

static void add_part(Arena *arena, PastPart **parts, size_t *count, size_t *capacity,
                     PastPart part) {
    if (*count == *capacity) {
        *capacity = *capacity ? *capacity * 2 : 16;
        PastPart *more = ARENA_ARRAY(arena, *capacity, PastPart);
        if (*count) memcpy(more, *parts, *count * sizeof *more);
        *parts = more;
    }
    (*parts)[(*count)++] = part;
}

static Status read_parts(Context *context, const Sql *sql, ValueKind kind, PastRollup *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    PastPart *parts = NULL;
    size_t capacity = 0;
    Status status = sql_query(sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Value value = store_column(rows, 1, kind);
        add_part(context->arena, &parts, &out->count, &capacity,
                 (PastPart){.began = store_column_integer(rows, 0),
                            .value = value_copy(context->arena, &value)});
    }
    out->parts = parts;
    return status == STATUS_END ? STATUS_OK : status;
}

Status past_rollup_read(Context *context, const Field *field, Id parent, PastRollup *out) {
    const Rollup *rollup = field->rollup;
    const Field *measured = measured_field(context, rollup);
    Str began = began_column(context, rollup);
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    *out = (PastRollup){.field = field};
    sql_add(&sql, "SELECT ");
    sql_add_column(&sql, STR("m"), began);
    sql_add(&sql, ", ");
    sql_add_column(&sql, STR("m"), measured ? measured->name : STR("created_at"));
    add_source(&sql, rollup);
    sql_add(&sql, " = ");
    sql_bind(&sql, value_id(parent));
    sql_add(&sql, " ORDER BY 1");
    return read_parts(context, &sql, measured ? field_kind(measured) : VALUE_INTEGER, out);
}

/* Measures are of numbers, dates and instants: all of one kind within a roll-up. */
static int compare(const Value *one, const Value *other) {
    if (one->kind == VALUE_TEXT) return str_compare(one->text, other->text);
    if (one->kind == VALUE_DECIMAL) {
        return (one->decimal > other->decimal) - (one->decimal < other->decimal);
    }
    return (one->integer > other->integer) - (one->integer < other->integer);
}

/* What is there goes before nothing; of two, the first or the last, as the measure wants. */
static bool goes_first(RollupMeasure measure, const Value *one, const Value *other) {
    if (other->kind == VALUE_NULL) return true;
    int order = compare(one, other);
    return measure == ROLLUP_MAX ? order > 0 : order < 0;
}

/* The parts stand in the order in which they began, so the walk ends at the first that is later. */
Value past_rollup_at(const PastRollup *rollup, int64_t instant) {
    RollupMeasure measure = rollup->field->rollup->measure;
    Value best = value_null();
    int64_t counted = 0, sum = 0;
    for (size_t i = 0; i < rollup->count; i++) {
        const PastPart *part = &rollup->parts[i];
        if (part->began > instant) break;
        if (part->value.kind == VALUE_NULL) continue;
        counted++;
        if (measure == ROLLUP_SUM) sum += part->value.integer;
        if (goes_first(measure, &part->value, &best)) best = part->value;
    }
    if (measure == ROLLUP_SUM) return value_integer(sum);
    return measure == ROLLUP_COUNT ? value_integer(counted) : best;
}

Status past_rollup_parents(Context *context, const Field *field, int64_t since, PastParent *visit,
                           void *data) {
    const Rollup *rollup = field->rollup;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT DISTINCT ");
    sql_add_column(&sql, STR("m"), rollup->field);
    add_source(&sql, rollup);
    sql_add(&sql, " IS NOT NULL AND ");
    sql_add_column(&sql, STR("m"), began_column(context, rollup));
    sql_add(&sql, " >= ");
    sql_bind(&sql, value_integer(since));
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        status = visit(data, store_column_id(rows, 0));
        if (status != STATUS_OK) return status;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

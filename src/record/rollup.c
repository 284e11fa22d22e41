/*
 * Roll-ups are recomputed in SQL from the records themselves, not adjusted by differences: so they
 * are right again after whatever happened before. The one exception is a record just created, which
 * cannot have been counted yet. Versions stay as they are (ADR 5).
 */
#include "rollup.h"

#include "field.h"
#include "rollup_measure.h"

static bool is_among(const Rollup *rollup, Str code) {
    for (size_t i = 0; i < rollup->where_count; i++) {
        if (str_equal(code, rollup->where_codes[i])) return true;
    }
    return false;
}

static bool is_counted(const Rollup *rollup, const Record *record) {
    if (!str_empty(rollup->of) && value_is_null(record_value(record, rollup->of))) return false;
    if (!rollup->where_count) return true;
    const Value *value = record_value(record, rollup->where_field);
    if (value->kind == VALUE_BOOLEAN)
        return is_among(rollup, value->boolean ? STR("true") : STR("false"));
    return value->kind == VALUE_TEXT && is_among(rollup, value->text);
}

/* A new record changes a measure by itself alone, so the others need not be read again; a mean is
 * made of all of them, and what a person said otherwise comes before any. */
static bool grows(const Rollup *rollup) {
    return rollup->measure != ROLLUP_MEAN && str_empty(rollup->unless);
}

static void add_measure_grown(Context *context, Sql *sql, const Field *field, const Record *added) {
    const Rollup *rollup = field->rollup;
    Str column = str_format(context->arena, "\"%.*s\"", STR_ARGS(field->name));
    if (rollup->measure == ROLLUP_COUNT) {
        sql_add(sql, "COALESCE(");
        sql_add_str(sql, column);
        sql_add(sql, ", 0) + 1");
        return;
    }
    if (rollup->measure == ROLLUP_SUM) {
        sql_add(sql, "COALESCE(");
        sql_add_str(sql, column);
        sql_add(sql, ", 0) + ");
        sql_bind(sql, *record_value(added, rollup->of));
        return;
    }
    bool greatest = rollup->measure == ROLLUP_MAX;
    Str parameter = sql_parameter(sql, *record_value(added, rollup->of));
    sql_add_dialect(sql, greatest ? DIALECT_GREATEST : DIALECT_LEAST, column, parameter);
}

/* Uses of one object that lead to the same parent table by the same reference share a statement. */
static bool same_parent(const RollupUse *a, const RollupUse *b) {
    return a->object == b->object && str_equal(a->field->rollup->field, b->field->rollup->field);
}

/* What was measured, and the record that was added to it; NULL: all is measured anew. */
typedef struct Measured {
    const RollupUse *uses;
    size_t count;
    const Record *added;
} Measured;

/* Values that a choice leaves out cannot move a measure by being added. */
static void add_assignments(Context *context, Sql *sql, const Measured *measured, size_t first,
                            Id parent, size_t *assigned) {
    const RollupUse *uses = measured->uses;
    const Record *added = measured->added;
    for (size_t i = first; i < measured->count; i++) {
        const Field *field = uses[i].field;
        if (!same_parent(&uses[first], &uses[i])) continue;
        if (added && !is_counted(field->rollup, added)) continue;
        if ((*assigned)++) sql_add(sql, ", ");
        sql_add_name(sql, field->name);
        sql_add(sql, " = ");
        if (added && grows(field->rollup)) {
            add_measure_grown(context, sql, field, added);
        } else {
            rollup_add_measure(sql, field->rollup, sql_parameter(sql, value_id(parent)));
        }
    }
}

/* No condition on the version and no new one: a derived value is nobody's change (ADR 5). */
static Status update_parent(Context *context, const Measured *measured, size_t first, Id parent) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    size_t assigned = 0;
    sql_add(&sql, "UPDATE ");
    sql_add_name(&sql, measured->uses[first].object->name);
    sql_add(&sql, " SET ");
    add_assignments(context, &sql, measured, first, parent, &assigned);
    if (!assigned) return STATUS_OK;
    sql_add(&sql, " WHERE \"id\" = ");
    sql_bind(&sql, value_id(parent));
    return sql_execute(&sql, context->transaction, NULL);
}

static bool first_of_its_parent(const RollupUse *uses, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (same_parent(&uses[i], &uses[index])) return false;
    }
    return true;
}

/* A visit that moves from one person to another changes the counts of both. */
static Status update_side(Context *context, const Record *side, const Record *other,
                          const Measured *measured) {
    const RollupUse *uses = measured->uses;
    for (size_t i = 0; i < measured->count; i++) {
        if (!first_of_its_parent(uses, i)) continue;
        const Value *parent = record_value(side, uses[i].field->rollup->field);
        if (parent->kind != VALUE_ID) continue;
        if (other && value_equal(parent, record_value(other, uses[i].field->rollup->field))) {
            continue; /* the other side has done it */
        }
        Status status = update_parent(context, measured, i, parent->id);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

void rollup_say_otherwise(Record *record) {
    for (size_t i = 0; i < record->object->field_count; i++) {
        const Rollup *rollup = record->object->fields[i].rollup;
        if (!rollup || str_empty(rollup->unless)) continue;
        const Value *said = record_value(record, rollup->unless);
        record->values[i] = value_is_null(said) ? *record_value(record, rollup->same) : *said;
    }
}

Status rollup_after(Context *context, const Change *change) {
    Measured measured = {.added = change->action == CHANGE_CREATE ? change->after : NULL};
    measured.uses = model_rollups_over(context->model, change->after->object, &measured.count);
    Status status = update_side(context, change->after, NULL, &measured);
    if (status != STATUS_OK || !change->before) return status;
    return update_side(context, change->before, change->after, &measured);
}

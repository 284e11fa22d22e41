#include "rollup.h"

#include "field.h"

static const char *const MEASURES[] = {
    [ROLLUP_COUNT] = "count", [ROLLUP_MAX] = "max", [ROLLUP_MIN] = "min"};

static void add_measure(Sql *sql, const Rollup *rollup, Id parent) {
    sql_add(sql, "(SELECT ");
    sql_add(sql, MEASURES[rollup->measure]);
    sql_add(sql, "(");
    if (rollup->measure == ROLLUP_COUNT) {
        sql_add(sql, "*");
    } else {
        sql_add_column(sql, STR("m"), rollup->of);
    }
    sql_add(sql, ") FROM ");
    sql_add_name(sql, rollup->object);
    sql_add(sql, " AS \"m\" WHERE ");
    sql_add_column(sql, STR("m"), rollup->field);
    sql_add(sql, " = ");
    sql_bind(sql, value_id(parent));
    sql_add(sql, " AND \"m\".\"deleted_at\" IS NULL");
    for (size_t i = 0; i < rollup->where_count; i++) {
        sql_add(sql, i ? ", " : " AND ");
        if (!i) {
            sql_add_column(sql, STR("m"), rollup->where_field);
            sql_add(sql, " IN (");
        }
        sql_bind(sql, value_text(rollup->where_codes[i]));
    }
    sql_add(sql, rollup->where_count ? "))" : ")");
}

/* Uses of one object that lead to the same parent table by the same reference share a statement. */
static bool same_parent(const RollupUse *a, const RollupUse *b) {
    return a->object == b->object && str_equal(a->field->rollup->field, b->field->rollup->field);
}

static Status update_parent(Context *context, const RollupUse *uses, size_t count, size_t first,
                            Id parent) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "UPDATE ");
    sql_add_name(&sql, uses[first].object->name);
    sql_add(&sql, " SET ");
    for (size_t i = first; i < count; i++) {
        if (!same_parent(&uses[first], &uses[i])) continue;
        if (i > first) sql_add(&sql, ", ");
        sql_add_name(&sql, uses[i].field->name);
        sql_add(&sql, " = ");
        add_measure(&sql, uses[i].field->rollup, parent);
    }
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

static Status update_side(Context *context, const Record *side, const Record *other,
                          const RollupUse *uses, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!first_of_its_parent(uses, i)) continue;
        const Value *parent = record_value(side, uses[i].field->rollup->field);
        if (parent->kind != VALUE_ID) continue;
        if (other && value_equal(parent, record_value(other, uses[i].field->rollup->field))) {
            continue; /* the other side has done it */
        }
        Status status = update_parent(context, uses, count, i, parent->id);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

Status rollup_after(Context *context, const Change *change) {
    size_t count;
    const Object *object = change->after->object;
    const RollupUse *uses = model_rollups_over(context->model, object, &count);
    Status status = update_side(context, change->after, NULL, uses, count);
    if (status != STATUS_OK || !change->before) return status;
    return update_side(context, change->before, change->after, uses, count);
}

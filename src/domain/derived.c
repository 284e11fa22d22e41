/*
 * Roll-ups that the writer of the rows has kept itself are left alone: measuring them again over
 * millions of visits would take longer than writing those did.
 */
#include "derived.h"

#include "backlog.h"
#include "run_mark.h"
#include "table_fill.h"
#include "temperature.h"

static Status is_empty(Context *context, const Object *object, const Field *field, bool *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT 1 FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " WHERE ");
    sql_add_name(&sql, field->name);
    sql_add(&sql, " IS NOT NULL LIMIT 1");
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    *out = status == STATUS_END;
    return status == STATUS_END ? STATUS_OK : status;
}

static Status refresh_rollups(Context *context, const Object *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        bool empty = false;
        if (!field->rollup) continue;
        Status status = is_empty(context, object, field, &empty);
        if (status == STATUS_OK && empty) {
            status = table_fill_rollup(context->transaction, object, field);
        }
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

Status derived_refresh(Context *context, const Business *business) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < model_object_count(business->model) && status == STATUS_OK; i++) {
        status = refresh_rollups(context, model_object_at(business->model, i));
    }
    if (status == STATUS_OK) status = temperature_refresh_directions(context);
    for (size_t filled = 1; filled && status == STATUS_OK;) {
        status = backlog_round(business, context, &filled);
    }
    for (size_t i = 0; i < business->scores.count && status == STATUS_OK; i++) {
        status = score_run(&business->scores.items[i], context);
    }
    if (status == STATUS_OK) {
        status = run_mark_set(context->transaction, DERIVED_SETTLED, business->fingerprint);
    }
    if (status == STATUS_OK) status = rankings_run(&business->rankings, context);
    if (status == STATUS_OK) status = capacities_run(business->capacities, context);
    return status;
}

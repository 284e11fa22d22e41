/*
 * Records that lie below others: a therapeutic area and its products. Who narrows by the area means
 * everything in it, for nothing is ever told of the area itself.
 */
#include "access.h"
#include "condition_check.h"
#include "dashboard_widget.h"

/* Also where somebody has made a ring of them: UNION takes each once. */
static void add_tree(const View *view, const Parameter *parameter, Id top, Sql *sql) {
    sql_add(sql, "WITH RECURSIVE \"tree\"(\"id\") AS (SELECT \"t\".\"id\" FROM ");
    sql_add_name(sql, parameter->reference->name);
    sql_add(sql, " AS \"t\" WHERE \"t\".\"id\" = ");
    sql_bind(sql, value_id(top));
    sql_add(sql, " UNION SELECT \"r\".\"id\" FROM ");
    sql_add_name(sql, parameter->reference->name);
    sql_add(sql, " AS \"r\" JOIN \"tree\" ON ");
    sql_add_column(sql, STR("r"), parameter->below->name);
    sql_add(sql, " = \"tree\".\"id\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(view->context, sql, parameter->reference, STR("r"), VERB_READ);
    sql_add(sql, ") SELECT \"id\" FROM \"tree\"");
}

/* The chosen one stands first and always, though it may be gone: it then narrows to nothing. */
static Status read_tree(const View *view, const Parameter *parameter, Id top, Meant *out) {
    Context *context = view->context;
    Id *ids = ARENA_ARRAY(context->arena, CONDITION_LIST_LIMIT, Id);
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    add_tree(view, parameter, top, &sql);
    *out = (Meant){.ids = ids, .count = 1};
    ids[0] = top;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Id id = store_column(rows, 0, VALUE_ID).id;
        if (id_equal(id, top)) continue;
        if (out->count == CONDITION_LIST_LIMIT) {
            problem_add(context->problem, problem_pointer(context->arena, STR(""), parameter->name),
                        "dashboard_too_many", label_in(&parameter->label, context->actor->lang),
                        str_format(context->arena, "%d", CONDITION_LIST_LIMIT));
            return STATUS_INVALID;
        }
        ids[out->count++] = id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status dashboard_read_below(View *view) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < view->dashboard->parameter_count; i++) {
        const Parameter *parameter = &view->dashboard->parameters[i];
        if (!parameter->below || id_none(view->records[i])) continue;
        status = read_tree(view, parameter, view->records[i], &view->meant[i]);
    }
    return status;
}

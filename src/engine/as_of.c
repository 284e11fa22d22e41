/*
 * A field's past, by its history: the newest record up to the instant names what began, or the
 * oldest one after it names what ended. Deleted records tell nothing.
 */
#include "as_of.h"

static const Str ALIAS = STR_INIT("past");

/* ORDER BY the instant, then the id, so that two of one millisecond are told in their order. */
static void add_order(Sql *sql, const FieldHistory *history, const char *direction) {
    sql_add(sql, " ORDER BY ");
    sql_add_column(sql, ALIAS, history->at);
    sql_add(sql, direction);
    sql_add(sql, ", ");
    sql_add_column(sql, ALIAS, STR("id"));
    sql_add(sql, direction);
    sql_add(sql, " LIMIT 1)");
}

static void add_record(Sql *sql, const FieldHistory *history, Str value, const AsOf *when,
                       const char *comparison) {
    sql_add(sql, "(SELECT ");
    sql_add_column(sql, ALIAS, value);
    sql_add(sql, " FROM ");
    sql_add_name(sql, history->object);
    sql_add(sql, " AS ");
    sql_add_name(sql, ALIAS);
    sql_add(sql, " WHERE ");
    sql_add_column(sql, ALIAS, history->field);
    sql_add(sql, " = ");
    sql_add_str(sql, when->record);
    sql_add(sql, " AND ");
    sql_add_column(sql, ALIAS, history->at);
    sql_add(sql, comparison);
    sql_add_str(sql, when->instant);
    sql_add(sql, " AND ");
    sql_add_column(sql, ALIAS, STR("deleted_at"));
    sql_add(sql, " IS NULL");
}

void as_of_add_sql(Sql *sql, const Field *field, const AsOf *when) {
    const FieldHistory *history = field->history;
    if (!str_empty(history->value)) {
        add_record(sql, history, history->value, when, " <= ");
        add_order(sql, history, " DESC");
        return;
    }
    sql_add(sql, "COALESCE(");
    add_record(sql, history, history->before, when, " > ");
    add_order(sql, history, "");
    sql_add(sql, ", ");
    sql_add_str(sql, when->present);
    sql_add(sql, ")");
}

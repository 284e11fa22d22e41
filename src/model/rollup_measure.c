#include "rollup_measure.h"

static const char *const MEASURES[] = {
    [ROLLUP_COUNT] = "count", [ROLLUP_MAX] = "max", [ROLLUP_MIN] = "min"};

/* Only records whose choice is one of those that the definition names. */
static void add_choices(Sql *sql, const Rollup *rollup) {
    for (size_t i = 0; i < rollup->where_count; i++) {
        sql_add(sql, i ? ", " : " AND ");
        if (!i) {
            sql_add_column(sql, STR("m"), rollup->where_field);
            sql_add(sql, " IN (");
        }
        sql_bind(sql, value_text(rollup->where_codes[i]));
    }
    if (rollup->where_count) sql_add(sql, ")");
}

void rollup_add_measure(Sql *sql, const Rollup *rollup, Str parent) {
    sql_add(sql, "(SELECT ");
    sql_add(sql, MEASURES[rollup->measure]);
    sql_add(sql, "(");
    if (str_empty(rollup->of)) {
        sql_add(sql, "*");
    } else {
        sql_add_column(sql, STR("m"), rollup->of);
    }
    sql_add(sql, ") FROM ");
    sql_add_name(sql, rollup->object);
    sql_add(sql, " AS \"m\" WHERE ");
    sql_add_column(sql, STR("m"), rollup->field);
    sql_add(sql, " = ");
    sql_add_str(sql, parent);
    sql_add(sql, " AND \"m\".\"deleted_at\" IS NULL");
    add_choices(sql, rollup);
    sql_add(sql, ")");
}

/* The journal writes values as the API does; here they become what their columns hold. */
#include "past_value.h"

/* A member of the field's change, as text: {"visit_preference": {"from": …}}; "" is all of it. */
static Str member(const Sql *sql, const Field *field, const char *name) {
    bool sqlite = sql->kind == STORE_SQLITE;
    Str path = field->name;
    if (*name) {
        path = str_format(sql->arena, "%.*s%c%s", STR_ARGS(field->name), sqlite ? '.' : ',', name);
    }
    if (sqlite) {
        return str_format(sql->arena, "json_extract(\"j\".\"changes\", '$.%.*s')", STR_ARGS(path));
    }
    return str_format(sql->arena, "(CAST(\"j\".\"changes\" AS JSON) #>> '{%.*s}')", STR_ARGS(path));
}

static void add_cast(Sql *sql, Str told, const char *type) {
    sql_add(sql, "CAST(");
    sql_add_str(sql, told);
    sql_add(sql, " AS ");
    sql_add(sql, type);
    sql_add(sql, ")");
}

/* Lists and JSON are texts in their columns; SQLite gives numbers and truths as what they are. */
static void add_as_column(Sql *sql, const Field *field, Str told) {
    bool given = field->type == FIELD_BOOLEAN && sql->kind == STORE_SQLITE;
    switch (given ? FIELD_TEXT : field->type) {
        case FIELD_INTEGER: add_cast(sql, told, "BIGINT"); break;
        case FIELD_DECIMAL: add_cast(sql, told, "DOUBLE PRECISION"); break;
        case FIELD_BOOLEAN: add_cast(sql, told, "BOOLEAN"); break;
        case FIELD_INSTANT: sql_add_dialect(sql, DIALECT_INSTANT_OF_TEXT, told, (Str){0}); break;
        case FIELD_REFERENCE:
        case FIELD_FILE: sql_add_dialect(sql, DIALECT_ID_OF_TEXT, told, (Str){0}); break;
        default: sql_add_str(sql, told); break;
    }
}

static void add_number(Sql *sql, int64_t number) {
    sql_add_str(sql, str_format(sql->arena, "CAST(%lld AS BIGINT)", (long long)number));
}

static void add_journal(Sql *sql, const PastValue *asked) {
    add_as_column(sql, asked->field, member(sql, asked->field, "from"));
    sql_add(
        sql,
        " AS \"v\", \"j\".\"at\" AS \"at\", \"j\".\"id\" AS \"entry\" FROM \"journal\" AS \"j\" "
        "WHERE \"j\".\"object\" = ");
    sql_bind(sql, value_text(asked->object->name));
    sql_add(sql, " AND \"j\".\"record\" = ");
    sql_add_column(sql, asked->alias, STR("id"));
    sql_add(sql, " AND \"j\".\"action\" = 'update' AND \"j\".\"at\" > ");
    add_number(sql, asked->instant);
    sql_add(sql, " AND ");
    sql_add_str(sql, member(sql, asked->field, ""));
    sql_add(sql, " IS NOT NULL");
}

/* Before the instant at which the present value was taken, as that field tells. */
static void add_taken(Sql *sql, const PastValue *asked) {
    sql_add(sql, " UNION ALL SELECT CAST(");
    sql_bind(sql, value_text(asked->before));
    sql_add(sql, " AS TEXT), ");
    sql_add_column(sql, asked->alias, asked->taken_at->name);
    sql_add(sql, ", NULL WHERE ");
    sql_add_column(sql, asked->alias, asked->taken_at->name);
    sql_add(sql, " > ");
    add_number(sql, asked->instant);
}

void past_value_add(Sql *sql, const PastValue *asked) {
    sql_add(sql, "(SELECT \"v\" FROM (SELECT ");
    add_journal(sql, asked);
    if (asked->taken_at) add_taken(sql, asked);
    sql_add(sql, " UNION ALL SELECT ");
    sql_add_column(sql, asked->alias, asked->field->name);
    sql_add(sql, ", ");
    add_number(sql, INT64_MAX);
    sql_add(sql, ", NULL) AS \"told\" ORDER BY \"at\", \"entry\" LIMIT 1)");
}

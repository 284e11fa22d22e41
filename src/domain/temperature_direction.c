/*
 * Where a temperature is heading. Derived like a roll-up: from the readings themselves, in SQL, so
 * that it is right again after whatever happened before, and without a version of its own (ADR 5).
 */
#include "temperature.h"

/* The rank of a temperature as the definition has it; what it no longer knows has none. */
static void add_rank(const Field *temperature, Sql *sql, const char *column) {
    sql_add(sql, "CASE \"latest\".\"");
    sql_add(sql, column);
    sql_add(sql, "\"");
    for (size_t i = 0; i < temperature->choice_count; i++) {
        const Choice *choice = &temperature->choices[i];
        sql_add(sql, " WHEN ");
        sql_bind(sql, value_text(choice->code));
        sql_add_str(sql, str_format(sql->arena, " THEN %lld", (long long)choice->rank));
    }
    sql_add(sql, " END");
}

/* Readings of one moment (a correction) are told apart by their ids, which ascend. */
void temperature_add_direction(const Model *model, Sql *sql, Str person) {
    const Field *temperature = object_field(model_object(model, STR("hcp")), STR("temperature"));
    if (!temperature->choice_count) {
        sql_add(sql, "CAST(NULL AS TEXT)");
        return;
    }
    sql_add(sql,
            "(SELECT CASE WHEN \"ranks\".\"now\" > \"ranks\".\"then\" THEN 'up' "
            "WHEN \"ranks\".\"now\" < \"ranks\".\"then\" THEN 'down' "
            "WHEN \"ranks\".\"now\" = \"ranks\".\"then\" THEN 'steady' END FROM (SELECT ");
    add_rank(temperature, sql, "value");
    sql_add(sql, " AS \"now\", ");
    add_rank(temperature, sql, "previous");
    sql_add(sql,
            " AS \"then\" FROM \"temperature_reading\" AS \"latest\" WHERE "
            "\"latest\".\"deleted_at\" IS NULL AND \"latest\".\"hcp\" = ");
    sql_add_str(sql, person);
    sql_add(sql, " ORDER BY \"latest\".\"at\" DESC, \"latest\".\"id\" DESC LIMIT 1) AS \"ranks\")");
}

static Status refresh_one(Context *context, Id hcp) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Str person = sql_parameter(&sql, value_id(hcp));
    sql_add(&sql, "UPDATE \"hcp\" SET \"temperature_direction\" = ");
    temperature_add_direction(context->model, &sql, person);
    sql_add(&sql, " WHERE \"id\" = ");
    sql_add_str(&sql, person);
    return sql_execute(&sql, context->transaction, NULL);
}

Status temperature_reading_after_save(Context *context, const Change *change) {
    const Value *hcp = record_value(change->after, STR("hcp"));
    return hcp->kind == VALUE_ID ? refresh_one(context, hcp->id) : STATUS_OK;
}

static Status refresh(Context *context, const char *whom) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "WITH \"heading\" AS MATERIALIZED (SELECT \"r\".\"id\" AS \"id\", ");
    temperature_add_direction(context->model, &sql, STR("\"r\".\"id\""));
    sql_add(&sql, " AS \"direction\" FROM \"hcp\" AS \"r\" WHERE ");
    sql_add(&sql, whom);
    sql_add(&sql,
            ") UPDATE \"hcp\" SET "
            "\"temperature_direction\" = h.\"direction\" FROM \"heading\" AS h WHERE "
            "\"hcp\".\"id\" = h.\"id\" AND "
            "\"hcp\".\"temperature_direction\" IS DISTINCT FROM h.\"direction\"");
    return sql_execute(&sql, context->transaction, NULL);
}

Status temperature_refresh_directions(Context *context) {
    return refresh(context, "TRUE");
}

/* With one reading there is no direction; a second one is later, or has moved the temperature. */
Status temperature_fill_directions(Context *context) {
    return refresh(context,
                   "\"r\".\"temperature_direction\" IS NULL AND \"r\".\"temperature_read_at\" IS "
                   "NOT NULL AND (\"r\".\"temperature_previous\" IS NOT NULL OR "
                   "\"r\".\"temperature_read_at\" <> \"r\".\"temperature_changed_at\")");
}

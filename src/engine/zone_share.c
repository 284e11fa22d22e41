/*
 * One share of the records for each zone that people live in. The shares are disjoint and together
 * are everything, so that what is done daily is done for each record exactly once.
 */
#include "zone_share.h"

Str zone_share_owner(const Object *object) {
    Str owner = object->ownership.owner;
    if (!str_empty(owner) || !object_field(object, STR("owner"))) return owner;
    return STR("owner");
}

void zone_share_add(Sql *sql, const Object *object, Str zone, Str company_zone) {
    Str owner = zone_share_owner(object);
    bool company = str_equal(zone, company_zone);
    if (str_empty(owner)) {
        sql_add(sql, company ? "TRUE" : "FALSE");
        return;
    }
    sql_add(sql, "(");
    sql_add_column(sql, STR("r"), owner);
    sql_add(sql, " IN (SELECT \"id\" FROM \"user\" WHERE \"deleted_at\" IS NULL AND \"zone\" = ");
    sql_bind(sql, value_text(zone));
    sql_add(sql, ")");
    if (company) {
        sql_add(sql, " OR ");
        sql_add_column(sql, STR("r"), owner);
        sql_add(sql, " IS NULL OR ");
        sql_add_column(sql, STR("r"), owner);
        sql_add(sql,
                " NOT IN (SELECT \"id\" FROM \"user\" WHERE \"deleted_at\" IS NULL "
                "AND \"zone\" IS NOT NULL)");
    }
    sql_add(sql, ")");
}

Status zone_share_of(Context *context, const Object *object, Id record, Str *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    Str owner = zone_share_owner(object);
    *out = context->actor->zone;
    if (str_empty(owner)) return STATUS_OK;
    sql_add(&sql, "SELECT u.\"zone\" FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" JOIN \"user\" AS u ON u.\"id\" = ");
    sql_add_column(&sql, STR("r"), owner);
    sql_add(&sql, " WHERE u.\"zone\" IS NOT NULL AND \"r\".\"id\" = ");
    sql_bind(&sql, value_id(record));
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) {
        *out = str_copy(context->arena, store_column(rows, 0, VALUE_TEXT).text);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/*
 * Marks are a person's own bookkeeping and no business data: they are one statement however many
 * there are, keep the record's version and leave nothing in the journal.
 */
#include "notification.h"

#include "sql.h"

Status notification_remove_read(Transaction *transaction, int64_t now) {
    return store_run(transaction, "DELETE FROM \"notification\" WHERE \"read_at\" < $1",
                     value_integer(now - NOTIFICATION_DAYS_KEPT * CLOCK_DAY));
}

static void add_ids(Sql *sql, const NotificationMarks *marks) {
    sql_add(sql, "\"id\" IN (");
    for (size_t i = 0; i < marks->count; i++) {
        sql_add(sql, i ? ", " : "");
        sql_bind(sql, value_id(marks->ids[i]));
    }
    sql_add(sql, ")");
}

/* The owner stands in every statement: ids of others' notifications mark nothing. */
static Sql begin_mark(Context *context, Value read_at) {
    Sql sql = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "UPDATE \"notification\" SET \"read_at\" = ");
    sql_bind(&sql, read_at);
    sql_add(&sql, " WHERE \"owner\" = ");
    sql_bind(&sql, value_id(context->actor->user));
    sql_add(&sql, " AND ");
    return sql;
}

Status notification_mark_read(Context *context, const NotificationMarks *marks, int64_t *marked) {
    Sql sql CLEANUP(sql_free) = begin_mark(context, value_integer(context->now));
    if (marks->ids) {
        add_ids(&sql, marks);
    } else {
        sql_add(&sql, "\"at\" <= ");
        sql_bind(&sql, value_integer(marks->until));
    }
    sql_add(&sql, " AND \"read_at\" IS NULL");
    return sql_execute(&sql, context->transaction, marked);
}

Status notification_mark_unread(Context *context, const NotificationMarks *marks, int64_t *marked) {
    Sql sql CLEANUP(sql_free) = begin_mark(context, value_null());
    if (marks->ids) {
        add_ids(&sql, marks);
        sql_add(&sql, " AND \"read_at\" IS NOT NULL");
    } else {
        sql_add(&sql, "\"read_at\" = ");
        sql_bind(&sql, value_integer(marks->read_at));
    }
    return sql_execute(&sql, context->transaction, marked);
}

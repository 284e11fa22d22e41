/*
 * A mark a person and doctor, beside the records: it is nobody else's business, so that it is
 * neither a record nor in the journal. When a memo was written counts, not the day that it speaks
 * of.
 */
#include "story.h"

#include "access.h"
#include "sql.h"

static Status check_doctor(Context *context, Id hcp) {
    Record doctor;
    return record_read(context, model_object(context->model, STR("hcp")), hcp, &doctor);
}

static Status read_until(Context *context, Id hcp, int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(
        context->transaction, &rows,
        "SELECT \"read_until\" FROM \"story_read\" WHERE \"user\" = $1 AND \"record\" = $2",
        value_id(context->actor->user), value_id(hcp));
    *out = status == STATUS_OK ? store_column(rows, 0, VALUE_INTEGER).integer : 0;
    return status == STATUS_END ? STATUS_OK : status;
}

/* With the access predicate inside: nobody is told of memos that they may not read. */
static Status count_memos(Context *context, Id hcp, StoryReading *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT COUNT(*), COALESCE(SUM(CASE WHEN \"r\".\"created_at\" > ");
    sql_bind(&sql, value_integer(out->until));
    sql_add(&sql, " AND \"r\".\"by\" <> ");
    sql_bind(&sql, value_id(context->actor->user));
    sql_add(&sql, " THEN 1 ELSE 0 END), 0) FROM \"memo\" AS \"r\" WHERE \"r\".\"hcp\" = ");
    sql_bind(&sql, value_id(hcp));
    sql_add(&sql, " AND \"r\".\"deleted_at\" IS NULL AND ");
    access_add_predicate(context, &sql, model_object(context->model, STR("memo")), STR("r"),
                         VERB_READ);
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK) return status;
    out->memos = store_column(rows, 0, VALUE_INTEGER).integer;
    out->fresh = store_column(rows, 1, VALUE_INTEGER).integer;
    return STATUS_OK;
}

Status story_reading(Context *context, Id hcp, StoryReading *out) {
    *out = (StoryReading){0};
    Status status = check_doctor(context, hcp);
    if (status == STATUS_OK) status = read_until(context, hcp, &out->until);
    return status == STATUS_OK ? count_memos(context, hcp, out) : status;
}

Status story_mark_read(Context *context, Id hcp, int64_t until) {
    Status status = check_doctor(context, hcp);
    if (status != STATUS_OK) return status;
    if (until > context->now) until = context->now;
    return store_run(context->transaction,
                     "INSERT INTO \"story_read\" (\"user\", \"record\", \"read_until\") VALUES "
                     "($1, $2, $3) ON CONFLICT (\"user\", \"record\") DO UPDATE SET "
                     "\"read_until\" = excluded.\"read_until\" WHERE excluded.\"read_until\" > "
                     "\"story_read\".\"read_until\"",
                     value_id(context->actor->user), value_id(hcp), value_integer(until));
}

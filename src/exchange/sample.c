/*
 * Counting is done by people's own records, which are few beside those of a demo company: what is
 * not own is sample.
 */
#include "sample.h"

/* ---- Whose a record is ---- */

bool sample_takes(const Object *object) {
    return !str_is(object->name, "user");
}

void sample_add_own(Sql *sql, Str object, Str alias) {
    sql_add_column(sql, alias, STR("id"));
    sql_add(sql,
            " IN (SELECT \"record\" FROM \"journal\" WHERE \"record\" IS NOT NULL "
            "AND \"action\" = 'create' AND \"object\" = ");
    sql_bind(sql, value_text(object));
    sql_add(sql, ")");
}

static bool owned_through(const Object *object, Str field) {
    for (size_t i = 0; i < object->ownership.via_count; i++) {
        if (str_equal(object->ownership.via[i], field)) return true;
    }
    return false;
}

/* What belongs to it, what could not be without it, and what the engine made about it. */
bool sample_hangs_by(const Model *model, const Object *object, const Field *field) {
    if (field->type != FIELD_REFERENCE || !sample_takes(field_target(model, field))) return false;
    return sample_takes(object) &&
           (field->required || object->system_only || owned_through(object, field->name));
}

/* An id that leads nowhere is no sample's either. */
void sample_add_refers(Sql *sql, const Model *model, Str alias, const Field *field) {
    const Object *target = field_target(model, field);
    sql_add_column(sql, alias, field->name);
    sql_add(sql, " IN (SELECT \"t\".\"id\" FROM ");
    sql_add_name(sql, target->name);
    sql_add(sql, " AS \"t\" WHERE \"t\".\"id\" = ");
    sql_add_column(sql, alias, field->name);
    sql_add(sql, " AND NOT (");
    sample_add_own(sql, target->name, STR("t"));
    sql_add(sql, "))");
}

/* ---- Counting ---- */

static Status ask_number(Context *context, const Sql *sql, int64_t *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_INTEGER).integer;
    return status;
}

static Status count_all(Context *context, const Object *object, int64_t *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT count(*) FROM ");
    sql_add_name(&sql, object->name);
    return ask_number(context, &sql, out);
}

static Status count_own(Context *context, const Object *object, int64_t *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT count(*) FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" WHERE ");
    sample_add_own(&sql, object->name, STR("r"));
    return ask_number(context, &sql, out);
}

static Status count_hanging(Context *context, const Object *object, int64_t *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT count(*) FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    sample_add_own(&sql, object->name, STR("r"));
    sql_add(&sql, " AND (FALSE");
    for (size_t i = 0; i < object->field_count; i++) {
        if (!sample_hangs_by(context->model, object, &object->fields[i])) continue;
        sql_add(&sql, " OR ");
        sample_add_refers(&sql, context->model, STR("r"), &object->fields[i]);
    }
    sql_add(&sql, ")");
    return ask_number(context, &sql, out);
}

static Status count_object(Context *context, const Object *object, SampleState *state) {
    int64_t all = 0, own = 0;
    SampleCount count = {.object = object};
    Status status = count_all(context, object, &all);
    if (status == STATUS_OK) status = count_own(context, object, &own);
    if (status == STATUS_OK) status = count_hanging(context, object, &count.hanging);
    if (status != STATUS_OK) return status;
    count.sample = all - own;
    state->rows += count.sample;
    if (count.sample || count.hanging) state->counts[state->count++] = count;
    return STATUS_OK;
}

static Status count_users(Context *context, SampleState *state) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT count(*) FROM \"user\" AS \"r\" WHERE \"r\".\"active\" = ");
    sql_bind(&sql, value_boolean(true));
    sql_add(&sql, " AND \"r\".\"id\" <> ");
    sql_bind(&sql, value_id(context->actor->user));
    sql_add(&sql, " AND NOT (");
    sample_add_own(&sql, STR("user"), STR("r"));
    sql_add(&sql, ")");
    return ask_number(context, &sql, &state->users);
}

/* ---- What there is ---- */

/* The demo is one act in the journal (cli/demo.c). */
static Status read_demo(Context *context, SampleState *state) {
    return store_ask_integer(context->transaction, &state->made_at,
                             "SELECT \"at\" FROM \"journal\" WHERE \"object\" = 'company' "
                             "AND \"action\" = 'demo' ORDER BY \"id\" DESC LIMIT 1");
}

static Status read_running(Context *context, SampleState *state) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(context->transaction, &rows,
                                    "SELECT \"id\" FROM \"batch\" WHERE \"kind\" = $1 "
                                    "AND \"status\" = $2 ORDER BY \"id\" DESC LIMIT 1",
                                    value_text(STR(BATCH_SAMPLE)), value_text(STR(BATCH_RUNNING)));
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    BatchRecord record;
    Id id = store_column(rows, 0, VALUE_ID).id;
    status = batch_read(context, id, &record);
    if (status == STATUS_OK && batch_at_work(&record, context->now)) state->running = id;
    return status;
}

Status sample_read(Context *context, SampleState *out) {
    SampleState state = {.made_at = 0};
    Status status = read_demo(context, &state);
    if (status == STATUS_OK) status = read_running(context, &state);
    if (status != STATUS_OK) return status;
    for (size_t i = 0; state.made_at && i < model_object_count(context->model) &&
                       state.count < SAMPLE_OBJECTS_MOST;
         i++) {
        const Object *object = model_object_at(context->model, i);
        if (!sample_takes(object)) continue;
        status = count_object(context, object, &state);
        if (status != STATUS_OK) return status;
    }
    if (state.made_at) status = count_users(context, &state);
    state.present = state.rows > 0;
    if (status == STATUS_OK) *out = state;
    return status;
}

/* Two looks at an index, since every page of everybody asks. */
Status sample_stands(Context *context, bool *out) {
    SampleState state = {.made_at = 0};
    bool removed = false;
    Status status = read_demo(context, &state);
    *out = false;
    if (status != STATUS_OK || !state.made_at) return status;
    status =
        store_ask_any(context->transaction, &removed,
                      "SELECT 1 FROM \"batch\" WHERE \"kind\" = $1 AND \"status\" = $2 LIMIT 1",
                      value_text(STR(BATCH_SAMPLE)), value_text(STR(BATCH_DONE)));
    *out = status == STATUS_OK && !removed;
    return status;
}

/* ---- Beginning ---- */

static Status refuse(Context *context, const char *code) {
    problem_add(context->problem, STR(""), code);
    return STATUS_CONFLICT;
}

/* In one transaction with its check, so that two removals do not begin at once. */
Status sample_remove_begin(Context *context, Id *id) {
    SampleState *state = ARENA_NEW(context->arena, SampleState);
    Status status = sample_read(context, state);
    if (status != STATUS_OK) return status;
    if (!id_none(state->running)) return refuse(context, "batch_running");
    if (!state->present && !state->users) return refuse(context, "sample_none");
    BatchRecord record = {
        .id = id_new(context->now),
        .kind = STR(BATCH_SAMPLE),
        .counts = str_format(context->arena,
                             "{\"matching\":%lld,\"removed\":0,\"hanging\":0,\"emptied\":0,"
                             "\"users\":0,\"refused\":0}",
                             (long long)state->rows),
        .created_by = context->actor->user};
    status = batch_insert(context, &record);
    if (status == STATUS_OK) *id = record.id;
    return status;
}

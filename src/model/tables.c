/*
 * Everything happens in one transaction on both databases: either the tables hold the whole model
 * afterwards, or a start that failed has left them as they were.
 */
#include "tables.h"

#include "collation.h"
#include "search_tokens.h"
#include "sql.h"
#include "table_fill.h"
#include "table_plan.h"

/* ---- Names and keys ---- */

bool tables_has_sort_keys(const Field *field) {
    return field->type == FIELD_TEXT && field->indexed;
}

Str tables_sort_column(Arena *arena, const Field *field, Lang lang) {
    return str_format(arena, "%.*s_sort_%.*s", STR_ARGS(field->name), STR_ARGS(lang_code(lang)));
}

/* Values of other kinds have no text to sort or search by. */
static Str text_value(const Value *value) {
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

Value tables_sort_key(Arena *arena, const Object *object, const Field *field, Lang lang,
                      const Value *values) {
    Str text = text_value(&values[field_sort_source(object, field, lang)->index]);
    if (str_empty(text)) text = text_value(&values[field->index]);
    return str_empty(text) ? value_null() : value_bytes(collation_key(arena, lang, text));
}

bool tables_has_search(const Object *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        if (object->fields[i].searchable) return true;
    }
    return false;
}

Str tables_search_tokens(Arena *arena, const Object *object, const Value *values) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (size_t i = 0; i < object->field_count; i++) {
        if (!object->fields[i].searchable) continue;
        buffer_add(&text, text_value(&values[i]));
        buffer_add_byte(&text, '\n');
    }
    return search_tokens(arena, buffer_str(&text));
}

/* ---- Taking the steps ---- */

typedef void PlanFunction(TablePlan *plan, const Model *model, const Catalog *catalog);

/* A change of tables, in the one transaction that makes or refuses all of it. */
typedef struct TableJob {
    Arena *arena;
    const Model *model;
    PlanFunction *plan;
    Problem problem; /* set anew by each run of the job */
    bool steps;      /* there was something to do */
} TableJob;

static Str column_list(Arena *arena, const Str *columns) {
    Buffer list CLEANUP(buffer_free) = {0};
    for (; !str_empty(*columns); columns++) {
        if (list.size) buffer_add(&list, STR(", "));
        buffer_add(&list, *columns);
    }
    return str_copy(arena, buffer_str(&list));
}

/* NULL is not equal to NULL in a unique index on either database. */
static void add_not_null(Sql *sql, const Str *columns) {
    sql_add(sql, " WHERE \"deleted_at\" IS NULL");
    for (; !str_empty(*columns); columns++) {
        sql_add(sql, " AND ");
        sql_add_name(sql, *columns);
        sql_add(sql, " IS NOT NULL");
    }
}

/* STATUS_OK when living records share the values of the columns, STATUS_END when none do. */
static Status find_repeated(Transaction *transaction, Arena *arena, const TableStep *step) {
    Sql sql CLEANUP(sql_free) = sql_new(arena, transaction_kind(transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT COUNT(*) FROM ");
    sql_add_name(&sql, step->object->name);
    add_not_null(&sql, step->columns);
    const char *separator = " GROUP BY ";
    for (const Str *column = step->columns; !str_empty(*column); column++) {
        sql_add(&sql, separator);
        sql_add_name(&sql, *column);
        separator = ", ";
    }
    sql_add(&sql, " HAVING COUNT(*) > 1 LIMIT 1");
    Status status = sql_query(&sql, transaction, &rows);
    return status == STATUS_OK ? store_next(rows) : status;
}

/* Looked for first, because the database's own refusal does not say which records are in the way.
 */
static Status make_unique(Transaction *transaction, TableJob *job, const TableStep *step) {
    Status status = find_repeated(transaction, job->arena, step);
    if (status == STATUS_END) return store_ddl(transaction, step->text);
    if (status != STATUS_OK) return status;
    problem_add(&job->problem, STR(""), "unique_on_data", step->object->name,
                column_list(job->arena, step->columns));
    return STATUS_CONFLICT;
}

static Status take_step(Transaction *transaction, TableJob *job, const TableStep *step) {
    switch (step->kind) {
        case TABLE_STEP_DDL: return store_ddl(transaction, step->text);
        case TABLE_STEP_UNIQUE: return make_unique(transaction, job, step);
        case TABLE_STEP_SEARCH: return store_search_make(transaction, step->object->name);
        case TABLE_STEP_FILL: return table_fill(transaction, step->object);
        case TABLE_STEP_DEFAULT:
            return table_fill_default(transaction, step->object,
                                      object_field(step->object, step->field));
        case TABLE_STEP_ROLLUP:
            return table_fill_rollup(transaction, step->object,
                                     object_field(step->object, step->field));
        case TABLE_STEP_NOTE:
            return store_run(transaction,
                             "INSERT INTO \"model_column\" (\"object\", \"field\", \"note\") "
                             "VALUES ($1, $2, $3) ON CONFLICT (\"object\", \"field\") "
                             "DO UPDATE SET \"note\" = excluded.\"note\"",
                             value_text(step->object->name), value_text(step->field),
                             value_text(step->text));
        case TABLE_STEP_REFUSE: break;
    }
    problem_add(&job->problem, STR(""), "field_type_changed", step->object->name, step->field);
    return STATUS_CONFLICT;
}

/* Columns that are not there yet hold nothing, so that nothing in them can be repeated. */
static bool has_columns(const Catalog *catalog, const TableStep *step) {
    for (const Str *column = step->columns; !str_empty(*column); column++) {
        if (!catalog_has_column(catalog, step->object->name, *column)) return false;
    }
    return true;
}

/* STATUS_OK also when the step is impossible: that is told by the problem. */
static Status check_step(Transaction *transaction, TableJob *job, const Catalog *catalog,
                         const TableStep *step) {
    if (step->kind == TABLE_STEP_REFUSE) {
        problem_add(&job->problem, STR(""), "field_type_changed", step->object->name, step->field);
    }
    if (step->kind != TABLE_STEP_UNIQUE || !has_columns(catalog, step)) return STATUS_OK;
    Status status = find_repeated(transaction, job->arena, step);
    if (status == STATUS_END) return STATUS_OK;
    if (status != STATUS_OK) return status;
    problem_add(&job->problem, STR(""), "unique_on_data", step->object->name,
                column_list(job->arena, step->columns));
    return STATUS_OK;
}

/* Two servers that start at once must not make the same table twice. SQLite has one writer anyway.
 */
static Status lock_tables(Transaction *transaction) {
    if (transaction_kind(transaction) == STORE_SQLITE) return STATUS_OK;
    Rows *rows CLEANUP(store_drop) = NULL;
    return store_ask_first(transaction, &rows,
                           "SELECT CAST(pg_advisory_xact_lock(7091962) AS text)");
}

/* The first pass, on a reading connection: most starts end here. */
static Status look(Transaction *transaction, void *data) {
    TableJob *job = data;
    Catalog catalog CLEANUP(catalog_free) = {.arena = job->arena};
    TablePlan plan = {.arena = job->arena};
    Status status = catalog_read(transaction, &catalog);
    if (status != STATUS_OK) return status;
    job->plan(&plan, job->model, &catalog);
    job->steps = plan.first != NULL;
    return STATUS_OK;
}

/* The second pass makes its own plan: what the first saw may be done by now. */
static Status act(Transaction *transaction, void *data) {
    TableJob *job = data;
    Catalog catalog CLEANUP(catalog_free) = {.arena = job->arena};
    TablePlan plan = {.arena = job->arena};
    job->problem = problem_new(job->arena);
    Status status = lock_tables(transaction);
    if (status == STATUS_OK) status = catalog_read(transaction, &catalog);
    if (status != STATUS_OK) return status;
    job->plan(&plan, job->model, &catalog);
    for (const TableStep *step = plan.first; step && status == STATUS_OK; step = step->next) {
        status = take_step(transaction, job, step);
    }
    return status;
}

static Status run(Store *store, TableJob *job) {
    Status status = store_read(store, look, job);
    return status == STATUS_OK && job->steps ? store_write(store, act, job) : status;
}

/* The job's problem lies in its own arena and is set anew by each run. */
static void move_errors(const Problem *from, Problem *to) {
    for (const ProblemError *error = from->first; error; error = error->next) {
        problem_add_arguments(to, error->pointer, error->code.data, error->arguments);
    }
}

Status tables_update(const Model *model, Store *store, Problem *problem, bool *changed) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    TableJob job = {.arena = arena, .model = model, .plan = table_plan_model};
    Status status = run(store, &job);
    move_errors(&job.problem, problem);
    if (status == STATUS_OK) *changed = job.steps;
    return status;
}

Status tables_check(const Model *model, Transaction *transaction, Problem *problem) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    TableJob job = {.arena = arena, .model = model, .problem = problem_new(arena)};
    Catalog catalog CLEANUP(catalog_free) = {.arena = arena};
    TablePlan plan = {.arena = arena};
    Status status = catalog_read(transaction, &catalog);
    if (status == STATUS_OK) table_plan_model(&plan, model, &catalog);
    for (const TableStep *step = plan.first; step && status == STATUS_OK; step = step->next) {
        status = check_step(transaction, &job, &catalog, step);
    }
    move_errors(&job.problem, problem);
    return status == STATUS_OK && job.problem.first ? STATUS_INVALID : status;
}

Status tables_update_within(const Model *model, Transaction *transaction, Problem *problem) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    TableJob job = {.arena = arena, .model = model, .plan = table_plan_model};
    Status status = act(transaction, &job);
    move_errors(&job.problem, problem);
    return status;
}

/* PostgreSQL takes its snapshot at the first query, and LOCK TABLE is none. */
Status tables_lock(const Object *object, Transaction *transaction) {
    if (transaction_kind(transaction) == STORE_SQLITE) return STATUS_OK;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    return store_ddl(transaction, str_format(arena, "LOCK TABLE \"%.*s\" IN ACCESS EXCLUSIVE MODE",
                                             STR_ARGS(object->name)));
}

Status tables_drop_indexes(const Model *model, Store *store) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    TableJob job = {.arena = arena, .model = model, .plan = table_plan_drop};
    return run(store, &job);
}

Status tables_make_indexes(const Model *model, Store *store) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    TableJob job = {.arena = arena, .model = model, .plan = table_plan_model};
    return run(store, &job);
}

const char *const TABLES_SYSTEM_COLUMN_NAMES[TABLES_SYSTEM_COLUMNS] = {
    "id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"};

Str tables_select_list(Arena *arena, const Object *object) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (int i = 0; i < TABLES_SYSTEM_COLUMNS; i++) {
        buffer_format(&text, "%s\"r\".\"%s\"", i ? ", " : "", TABLES_SYSTEM_COLUMN_NAMES[i]);
    }
    for (size_t i = 0; i < object->field_count; i++) {
        buffer_format(&text, ", \"r\".\"%.*s\"", STR_ARGS(object->fields[i].name));
    }
    return str_copy(arena, buffer_str(&text));
}

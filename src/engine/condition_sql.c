/*
 * Conditions as SQL. What stands in a WHERE clause is made so that it is never NULL and yet leaves
 * a bare column on one side: ("a" = $1 AND "a" IS NOT NULL) uses an index, COALESCE("a" = $1,
 * FALSE) does not. Parts without a column are evaluated here and bound.
 */
#include "as_of.h"
#include "condition_tree.h"

/* How the database names a type; also where SQLite only takes it as a hint. */
static const char *const SQL_TYPES[] = {
    [TYPE_NOTHING] = "TEXT",    [TYPE_TRUTH] = "BOOLEAN",
    [TYPE_BOOLEAN] = "BOOLEAN", [TYPE_NUMBER] = "DOUBLE PRECISION",
    [TYPE_TEXT] = "TEXT",       [TYPE_CHOICE] = "TEXT",
    [TYPE_DATE] = "TEXT",       [TYPE_INSTANT] = "BIGINT",
    [TYPE_ID] = "UUID",         [TYPE_LIST] = "TEXT",
    [TYPE_OPAQUE] = "TEXT",
};

/*
 * When only the related part of a condition is asked (condition_evaluate.c), there is no table to
 * take the id from.
 */
static void add_id(Compiler *compiler) {
    if (compiler->id) {
        sql_bind(compiler->sql, *compiler->id);
    } else {
        sql_add_column(compiler->sql, compiler->alias, STR("id"));
    }
}

/* ---- Constants ---- */

/* PostgreSQL has to know the type of a parameter where nothing beside it tells. */
void condition_bind_typed(Compiler *compiler, NodeType type, const Value *value) {
    Sql *sql = compiler->sql;
    if (value->kind == VALUE_BOOLEAN) {
        sql_add(sql, value->boolean ? "TRUE" : "FALSE");
        return;
    }
    /* SQLite would make a number of an id; both know a bound one for what it is. */
    if (value->kind == VALUE_ID) {
        sql_bind(sql, *value);
        return;
    }
    sql_add(sql, "CAST(");
    if (value_is_null(value)) {
        sql_add(sql, "NULL");
    } else {
        sql_bind(sql, *value);
    }
    sql_add(sql, " AS ");
    sql_add(sql, value->kind == VALUE_INTEGER ? "BIGINT" : SQL_TYPES[type]);
    sql_add(sql, ")");
}

/* Words such as today become values here, in the zone of the reader of this very query. */
static void add_constant(Compiler *compiler, const Node *node) {
    Value value = condition_value(compiler->evaluation, node);
    condition_bind_typed(compiler, node->type, &value);
}

/* ---- Columns ---- */

bool condition_is_plain(const Compiler *compiler, const Node *node) {
    return node->kind == NODE_COLUMN && !node->through &&
           condition_visible(compiler->evaluation, node);
}

/* Through a reference all can be empty: there may be no record. */
bool condition_nullable(const Node *node) {
    switch (node->system) {
        case COLUMN_ID:
        case COLUMN_VERSION:
        case COLUMN_CREATED_AT:
        case COLUMN_UPDATED_AT: return node->through != NULL;
        default: return true;
    }
}

/* Numbered through the whole condition, so that nested queries never share a name. */
static Str new_alias(Compiler *compiler) {
    return str_format(compiler->sql->arena, "related_%d", ++*compiler->tables);
}

/* "hcp" AS "related_1" WHERE it is alive, and what the caller adds. */
static void add_living(Compiler *compiler, const Object *object, Str alias) {
    Sql *sql = compiler->sql;
    sql_add_name(sql, object->name);
    sql_add(sql, " AS ");
    sql_add_name(sql, alias);
    sql_add(sql, " WHERE ");
    sql_add_column(sql, alias, STR("deleted_at"));
    sql_add(sql, " IS NULL AND ");
}

/* A query of its own by primary key: empty when the record is gone or not for the actor. */
static void add_referred(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    Str alias = new_alias(compiler);
    sql_add(sql, "(SELECT ");
    sql_add_column(sql, alias, node->name);
    sql_add(sql, " FROM ");
    add_living(compiler, node->object, alias);
    access_add_predicate(compiler->evaluation->context, sql, node->object, alias, VERB_READ);
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, STR("id"));
    sql_add(sql, " = ");
    sql_add_column(sql, compiler->alias, node->through->name);
    sql_add(sql, ")");
}

/* A hidden column is bound as an empty one, so that the shape of the SQL stays and its type too. */
static void add_column(Compiler *compiler, const Node *node) {
    if (!condition_visible(compiler->evaluation, node)) {
        Value nothing = value_null();
        condition_bind_typed(compiler, node->type, &nothing);
    } else if (node->through) {
        add_referred(compiler, node);
    } else {
        sql_add_column(compiler->sql, compiler->alias, node->name);
    }
}

/*
 * Where one record is asked about (condition_evaluate.c), its id and present value are bound: the
 * latter only where it is asked for, since PostgreSQL cannot tell the type of what is not used.
 */
static void add_as_of(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    if (!condition_visible(compiler->evaluation, node)) {
        Value nothing = value_null();
        condition_bind_typed(compiler, node->type, &nothing);
        return;
    }
    AsOf when = {.instant = sql_parameter(sql, node->value)};
    if (compiler->id) {
        const Record *record = compiler->evaluation->record;
        when.record = sql_parameter(sql, *compiler->id);
        if (str_empty(node->field->history->value)) {
            when.present = sql_parameter(sql, record->values[node->field->index]);
        }
    } else {
        when.record = str_format(sql->arena, "\"%.*s\".\"id\"", STR_ARGS(compiler->alias));
        when.present = str_format(sql->arena, "\"%.*s\".\"%.*s\"", STR_ARGS(compiler->alias),
                                  STR_ARGS(node->name));
    }
    as_of_add_sql(sql, node->field, &when);
}

/* What `add` writes, as text of its own: the dialect's expressions take their operands so. */
static Str written(Compiler *compiler, const Node *node) {
    Buffer *text = &compiler->sql->text;
    size_t start = text->size;
    condition_add_value(compiler, node);
    Str copy = str_copy(compiler->sql->arena, str_part(buffer_str(text), start, text->size));
    text->size = start;
    return copy;
}

/* ---- Days ---- */

/* Instants are moved by whole days to be positive, where division rounds down on both databases. */
static void add_days_of_instant(Compiler *compiler, const Node *instant) {
    static const int64_t SHIFT = 10000000;
    Sql *sql = compiler->sql;
    condition_today(compiler->evaluation);
    Value end = value_integer(compiler->evaluation->today_end - 1 + SHIFT * CLOCK_DAY);
    Value day = value_integer(CLOCK_DAY), shift = value_integer(SHIFT);
    sql_add(sql, "((");
    condition_bind_typed(compiler, TYPE_INSTANT, &end);
    sql_add(sql, " - ");
    condition_add_value(compiler, instant);
    sql_add(sql, ") / ");
    condition_bind_typed(compiler, TYPE_INSTANT, &day);
    sql_add(sql, " - ");
    condition_bind_typed(compiler, TYPE_INSTANT, &shift);
    sql_add(sql, ")");
}

/* Today is the reader's, so it is bound; the database's own date would be the server's. */
static void add_days(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    const Node *argument = node->arguments[0];
    Value sign = value_integer(node->sign);
    Value today = value_integer(condition_today(compiler->evaluation));
    sql_add(sql, "(");
    condition_bind_typed(compiler, TYPE_INSTANT, &sign);
    sql_add(sql, " * ");
    if (argument->type == TYPE_INSTANT) {
        add_days_of_instant(compiler, argument);
    } else {
        sql_add(sql, "(");
        condition_bind_typed(compiler, TYPE_INSTANT, &today);
        sql_add(sql, " - ");
        sql_add_dialect(sql, DIALECT_DAYS_OF_DATE, written(compiler, argument), (Str){0});
        sql_add(sql, ")");
    }
    sql_add(sql, ")");
}

/* ---- Arithmetic ---- */

/* Null as a constant has no type to cast. */
void condition_add_double(Compiler *compiler, const Node *node) {
    if (!node->exact || node->type == TYPE_NOTHING) {
        condition_add_value(compiler, node);
        return;
    }
    sql_add(compiler->sql, "CAST(");
    condition_add_value(compiler, node);
    sql_add(compiler->sql, " AS DOUBLE PRECISION)");
}

static void add_zero(Sql *sql) {
    sql_add(sql, ", CAST(0 AS DOUBLE PRECISION))");
}

/* As `operand` of condition_evaluate.c: decimals of columns only within a range, empty as 0. */
static void add_operand(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    bool cut = condition_is_cut(node);
    Value least = value_decimal(1 / ARITHMETIC_MOST), most = value_decimal(ARITHMETIC_MOST);
    sql_add(sql, "COALESCE(");
    if (cut) {
        sql_add(sql, "CASE WHEN ABS(");
        condition_add_value(compiler, node);
        sql_add(sql, ") BETWEEN ");
        condition_bind_typed(compiler, TYPE_NUMBER, &least);
        sql_add(sql, " AND ");
        condition_bind_typed(compiler, TYPE_NUMBER, &most);
        sql_add(sql, " THEN ");
    }
    condition_add_double(compiler, node);
    if (cut) sql_add(sql, " END");
    add_zero(sql);
}

/* Not exact but whole, by condition_build_arithmetic's leave: the cast drops no fraction. */
static void add_whole_operand(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    if (node->exact) {
        sql_add(sql, "COALESCE(");
        condition_add_value(compiler, node);
        sql_add(sql, ", CAST(0 AS BIGINT))");
        return;
    }
    sql_add(sql, "CAST(");
    add_operand(compiler, node);
    sql_add(sql, " AS BIGINT)");
}

/* int64 on both sides: the databases have no remainder of doubles that agrees with C's. */
static void add_remainder(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    sql_add(sql, "(");
    add_whole_operand(compiler, node->arguments[0]);
    sql_add(sql, " % NULLIF(");
    add_whole_operand(compiler, node->arguments[1]);
    sql_add(sql, ", CAST(0 AS BIGINT)))");
}

/* Operands are never NULL here, where the functions of the two databases differ in name only. */
static void add_extreme(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    bool sqlite = sql->kind == STORE_SQLITE;
    if (node->count == 1) {
        add_operand(compiler, node->arguments[0]);
        return;
    }
    if (node->arithmetic == LEAST) {
        sql_add(sql, sqlite ? "MIN(" : "LEAST(");
    } else {
        sql_add(sql, sqlite ? "MAX(" : "GREATEST(");
    }
    for (size_t i = 0; i < node->count; i++) {
        if (i) sql_add(sql, ", ");
        add_operand(compiler, node->arguments[i]);
    }
    sql_add(sql, ")");
}

/* NULLIF makes a division by 0 empty on both; PostgreSQL would raise an error. */
static void add_arithmetic(Compiler *compiler, const Node *node) {
    static const char *const SIGNS[] = {
        [ADD] = " + ", [SUBTRACT] = " - ", [MULTIPLY] = " * ", [DIVIDE] = " / NULLIF("};
    Sql *sql = compiler->sql;
    bool divide = node->arithmetic == DIVIDE;
    sql_add(sql, node->count == 1 && node->arithmetic == SUBTRACT ? "(0 - " : "(");
    for (size_t i = 0; i < node->count; i++) {
        if (i) sql_add(sql, SIGNS[node->arithmetic]);
        add_operand(compiler, node->arguments[i]);
        if (i && divide) sql_add(sql, ", 0)");
    }
    sql_add(sql, ")");
}

static void add_calculation(Compiler *compiler, const Node *node) {
    switch (node->arithmetic) {
        case REMAINDER: add_remainder(compiler, node); break;
        case LEAST:
        case GREATEST: add_extreme(compiler, node); break;
        default: add_arithmetic(compiler, node); break;
    }
}

/* Casts write whole numbers alike on both databases; nothing else gets here. */
static void add_cat(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    sql_add(sql, "(");
    for (size_t i = 0; i < node->count; i++) {
        sql_add(sql, i ? " || COALESCE(CAST(" : "COALESCE(CAST(");
        condition_add_value(compiler, node->arguments[i]);
        sql_add(sql, " AS TEXT), '')");
    }
    sql_add(sql, ")");
}

/* ---- Choosing ---- */

/* A result of `if`, `or` and defaults: exact only where all of them are. */
static void add_result(Compiler *compiler, const Node *node, const Node *result) {
    if (node->type == TYPE_TRUTH) {
        condition_add_truth(compiler, result);
    } else if (node->type == TYPE_NUMBER && !node->exact) {
        condition_add_double(compiler, result);
    } else if (result->type == TYPE_NOTHING) {
        sql_add(compiler->sql, "NULL");
    } else {
        condition_add_value(compiler, result);
    }
}

/* CASE evaluates what is chosen only, as JSON Logic does. */
static void add_if(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    size_t i = 0;
    sql_add(sql, "CASE");
    for (; i + 1 < node->count; i += 2) {
        sql_add(sql, " WHEN ");
        condition_add_truth(compiler, node->arguments[i]);
        sql_add(sql, " THEN ");
        add_result(compiler, node, node->arguments[i + 1]);
    }
    if (i < node->count) {
        sql_add(sql, " ELSE ");
        add_result(compiler, node, node->arguments[i]);
    } else if (node->type == TYPE_TRUTH) {
        sql_add(sql, " ELSE FALSE");
    }
    sql_add(sql, " END");
}

/* The first that is neither empty nor, for `or`, false in its type's way; the last in any case. */
static void add_first(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    bool truth = node->kind == NODE_OR;
    bool text = truth && (node->type == TYPE_TEXT || node->type == TYPE_CHOICE);
    bool number = truth && node->type == TYPE_NUMBER;
    if (node->count == 1) {
        add_result(compiler, node, node->arguments[0]);
        return;
    }
    sql_add(sql, "COALESCE(");
    for (size_t i = 0; i < node->count; i++) {
        bool guarded = (text || number) && i + 1 < node->count;
        if (i) sql_add(sql, ", ");
        if (guarded) sql_add(sql, "NULLIF(");
        add_result(compiler, node, node->arguments[i]);
        if (guarded) sql_add(sql, text ? ", '')" : ", 0)");
    }
    sql_add(sql, ")");
}

static void add_count(Compiler *compiler, const Node *node);

/* Constants before kinds: a whole branch without a column is one bound value. */
void condition_add_value(Compiler *compiler, const Node *node) {
    if (node->constant) {
        add_constant(compiler, node);
        return;
    }
    switch (node->kind) {
        case NODE_COLUMN: add_column(compiler, node); return;
        case NODE_AS_OF: add_as_of(compiler, node); return;
        case NODE_DAYS: add_days(compiler, node); return;
        case NODE_ARITHMETIC: add_calculation(compiler, node); return;
        case NODE_CAT: add_cat(compiler, node); return;
        case NODE_COUNT: add_count(compiler, node); return;
        case NODE_IF: add_if(compiler, node); return;
        case NODE_OTHERWISE: add_first(compiler, node); return;
        case NODE_OR:
            if (node->type != TYPE_BOOLEAN) {
                add_first(compiler, node);
                return;
            }
            break;
        default: break;
    }
    condition_add_truth(compiler, node);
}

/* ---- Truth ---- */

/* In brackets, so that it may stand beside any operator. */
static void add_joined(Compiler *compiler, const Node *node) {
    Conjunction conjunction = {.node = node, .outer = compiler->within};
    Compiler inner = *compiler;
    if (node->kind == NODE_AND) inner.within = &conjunction;
    sql_add(compiler->sql, "(");
    for (size_t i = 0; i < node->count; i++) {
        if (i) sql_add(compiler->sql, node->kind == NODE_AND ? " AND " : " OR ");
        condition_add_truth(&inner, node->arguments[i]);
    }
    sql_add(compiler->sql, ")");
}

static void add_not(Compiler *compiler, const Node *node) {
    sql_add(compiler->sql, "(NOT ");
    condition_add_truth(compiler, node->arguments[0]);
    sql_add(compiler->sql, ")");
}

/* A needle or list that is NULL makes the dialect's expression NULL, hence COALESCE. */
static void add_has(Compiler *compiler, const Node *node) {
    Str needle = written(compiler, node->arguments[0]);
    Str list = written(compiler, node->arguments[1]);
    sql_add(compiler->sql, "COALESCE(");
    sql_add_dialect(compiler->sql, DIALECT_JSON_CONTAINS, list, needle);
    sql_add(compiler->sql, ", FALSE)");
}

/* Something of the hay goes when the needle is taken out: both databases agree on REPLACE. */
static void add_part(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    Str needle = written(compiler, node->arguments[0]);
    Str hay = written(compiler, node->arguments[1]);
    sql_add(sql, "COALESCE(");
    sql_add_str(sql, hay);
    sql_add(sql, " <> '' AND (");
    sql_add_str(sql, needle);
    sql_add(sql, " = '' OR REPLACE(");
    sql_add_str(sql, hay);
    sql_add(sql, ", ");
    sql_add_str(sql, needle);
    sql_add(sql, ", '') <> ");
    sql_add_str(sql, hay);
    sql_add(sql, "), FALSE)");
}

/* The one place where an empty text counts as empty: `missing` means what a form shows as blank. */
static void add_blank(Compiler *compiler, const Node *node) {
    const Node *column = node->arguments[0];
    bool text = column->type == TYPE_TEXT || column->type == TYPE_CHOICE;
    sql_add(compiler->sql, text ? "(COALESCE(" : "(");
    condition_add_value(compiler, column);
    sql_add(compiler->sql, text ? ", '') = '')" : " IS NULL)");
}

/* In each type's own way, and never NULL, so that NOT turns it round. */
static void add_value_truth(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    bool number = node->type == TYPE_NUMBER, list = node->type == TYPE_LIST;
    bool text = node->type == TYPE_TEXT || node->type == TYPE_CHOICE;
    sql_add(sql, number || list || text ? "(COALESCE(" : "((");
    condition_add_value(compiler, node);
    if (number) {
        sql_add(sql, ", 0) <> 0)");
    } else if (text) {
        sql_add(sql, ", '') <> '')");
    } else if (list) {
        sql_add(sql, ", '[]') NOT IN ('[]', ''))");
    } else {
        sql_add(sql, node->type == TYPE_BOOLEAN ? ") IS TRUE)" : ") IS NOT NULL)");
    }
}

/* ---- Related records ---- */

/* The condition runs on the related table, whose rows the actor must be allowed to read. */
static void add_from_related(Compiler *compiler, const Node *node, Str alias, const char *inner) {
    Sql *sql = compiler->sql;
    add_living(compiler, node->object, alias);
    access_add_predicate_from(compiler->evaluation->context, sql, node->object, alias, node->field);
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, node->field->name);
    sql_add(sql, " = ");
    add_id(compiler);
    sql_add(sql, inner);
    if (*inner) {
        Compiler related = *compiler;
        related.alias = alias;
        related.id = NULL;
        related.within = NULL;
        condition_add_truth(&related, node->arguments[0]);
    }
}

static void add_exists(Compiler *compiler, const Node *node, Str alias, const char *inner) {
    sql_add(compiler->sql, "EXISTS (SELECT 1 FROM ");
    add_from_related(compiler, node, alias, inner);
    sql_add(compiler->sql, ")");
}

/* What the actor may not read is not there: it counts as none. */
static void add_count(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    const Actor *actor = compiler->evaluation->context->actor;
    Str alias = new_alias(compiler);
    if (!access_may_read_field(actor, node->object, node->field)) {
        sql_add(sql, "CAST(0 AS BIGINT)");
        return;
    }
    sql_add(sql, "(SELECT COUNT(*) FROM ");
    add_from_related(compiler, node, alias, " AND ");
    sql_add(sql, ")");
}

/* `all` of nothing is false in JSON Logic, `none` of nothing is true. */
static void add_related(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    const Actor *actor = compiler->evaluation->context->actor;
    bool visible = access_may_read_field(actor, node->object, node->field);
    Str alias = new_alias(compiler);
    if (!visible) {
        sql_add(sql, node->quantifier == QUANTIFIER_NONE ? "TRUE" : "FALSE");
        return;
    }
    sql_add(sql, node->quantifier == QUANTIFIER_NONE ? "(NOT " : "(");
    if (node->quantifier == QUANTIFIER_ALL) {
        add_exists(compiler, node, alias, "");
        sql_add(sql, " AND NOT ");
        alias = new_alias(compiler);
        add_exists(compiler, node, alias, " AND NOT ");
    } else {
        add_exists(compiler, node, alias, " AND ");
    }
    sql_add(sql, ")");
}

/* Each form below is TRUE or FALSE for every row; none may slip into the third value of SQL. */
void condition_add_truth(Compiler *compiler, const Node *node) {
    if (node->constant) {
        bool holds = condition_truth(compiler->evaluation, node);
        sql_add(compiler->sql, holds ? "TRUE" : "FALSE");
        return;
    }
    switch (node->kind) {
        case NODE_EQUAL: condition_add_equal(compiler, node); break;
        case NODE_ORDER: condition_add_order(compiler, node); break;
        case NODE_AMONG: condition_add_among(compiler, node); break;
        case NODE_NOT: add_not(compiler, node); break;
        case NODE_TRUTH: condition_add_truth(compiler, node->arguments[0]); break;
        case NODE_AND:
        case NODE_OR: add_joined(compiler, node); break;
        case NODE_HAS: add_has(compiler, node); break;
        case NODE_PART: add_part(compiler, node); break;
        case NODE_BLANK: add_blank(compiler, node); break;
        case NODE_RELATED: add_related(compiler, node); break;
        case NODE_IF:
            if (node->type == TYPE_TRUTH) {
                add_if(compiler, node);
                break;
            }
            add_value_truth(compiler, node);
            break;
        default: add_value_truth(compiler, node); break;
    }
}

/* `changed` and `was` have no meaning in a list: rows know no past. */
static Status add_root(Context *context, const Condition *condition, Sql *sql, Str alias,
                       void (*add)(Compiler *compiler, const Node *node)) {
    if (condition->needs_change) {
        if (context->problem)
            problem_add(context->problem, STR(""), "condition_not_in_list", STR("changed"));
        return STATUS_INVALID;
    }
    Evaluation evaluation = {.context = context};
    int tables = 0;
    Compiler compiler = {.evaluation = &evaluation, .sql = sql, .alias = alias, .tables = &tables};
    add(&compiler, condition->root);
    return evaluation.status;
}

Status condition_add_sql(Context *context, const Condition *condition, Sql *sql, Str alias) {
    return add_root(context, condition, sql, alias, condition_add_truth);
}

Status condition_add_value_sql(Context *context, const Condition *condition, Sql *sql, Str alias) {
    bool number = condition->root->type == TYPE_NUMBER;
    return add_root(context, condition, sql, alias,
                    number ? condition_add_double : condition_add_value);
}

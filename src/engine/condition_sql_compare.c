/* Comparisons as SQL, in the form that an index can serve where a plain column meets a constant. */
#include <math.h>

#include "condition_tree.h"

/* A comparison brought into one shape: what depends on the record against a constant. */
typedef struct Against {
    const Node *node;
    Comparator comparator;
    Value value;
} Against;

static const char *const SIGNS[] = {
    [LESS] = " < ", [AT_MOST] = " <= ", [GREATER] = " > ", [AT_LEAST] = " >= "};

/* The same comparison read from the other side. */
static Comparator mirrored(Comparator comparator) {
    switch (comparator) {
        case LESS: return GREATER;
        case AT_MOST: return AT_LEAST;
        case GREATER: return LESS;
        default: return AT_MOST;
    }
}

/* Beyond it not every whole number is a double, and memory compares calculated ones as doubles. */
#define DOUBLE_WHOLE_MOST 9007199254740992.0

/*
 * The value of a constant part: whole numbers as integers, unless they were calculated and are so
 * large that only a comparison of doubles gives the same answer as in memory.
 */
static Value constant_of(Compiler *compiler, const Node *node) {
    Value value = condition_value(compiler->evaluation, node);
    bool calculated = node->type == TYPE_NUMBER && !node->exact && !value_is_null(&value);
    if (!calculated) return value;
    double number = condition_double(&value);
    bool small = number == floor(number) && fabs(number) < DOUBLE_WHOLE_MOST;
    return small ? value_integer((int64_t)number) : value_decimal(number);
}

/* Whether the node must be read as a double, though it is a whole number. */
static bool is_far(const Node *node, const Value *value) {
    return node->exact && value->kind == VALUE_DECIMAL && fabs(value->decimal) >= DOUBLE_WHOLE_MOST;
}

/* Whether the conjunction is false wherever the column is empty: `!!` of it is one of its parts. */
static bool asks_for(const Compiler *compiler, const Node *conjunction, const Node *column) {
    for (size_t i = 0; i < conjunction->count; i++) {
        const Node *part = conjunction->arguments[i];
        while (part->kind == NODE_TRUTH) part = part->arguments[0];
        if (condition_is_plain(compiler, part) && str_equal(part->name, column->name)) return true;
    }
    return false;
}

/* Rows where the column is empty are out by another part, so what this one says of them is free. */
static bool is_settled(const Compiler *compiler, const Node *column) {
    for (const Conjunction *at = compiler->within; at; at = at->outer) {
        if (asks_for(compiler, at->node, column)) return true;
    }
    return false;
}

/*
 * Closes "(col … $1" so that it is true, or false, where the column is empty, and never NULL. An
 * OR would keep the index from serving, so there is none where it decides nothing.
 */
static void close_comparison(Compiler *compiler, const Node *column, bool when_empty) {
    Sql *sql = compiler->sql;
    if (condition_nullable(column)) {
        bool alternative = when_empty && !is_settled(compiler, column);
        sql_add(sql, alternative ? " OR " : " AND ");
        sql_add_column(sql, compiler->alias, column->name);
        sql_add(sql, alternative ? " IS NULL" : " IS NOT NULL");
    }
    sql_add(sql, ")");
}

static void open_comparison(Compiler *compiler, const Node *column) {
    sql_add(compiler->sql, "(");
    sql_add_column(compiler->sql, compiler->alias, column->name);
}

/* ---- Days ---- */

/* Days of a plain column against whole days are the column against a moment: an index serves. */
enum { DAYS_FAR = 1000000 }; /* beyond this the day has no date in four digits */

/* Fractions of days have no moment that they begin at; those go the general way. */
static bool whole_days(const Value *value, int64_t *out) {
    double number = condition_double(value);
    if (fabs(number) > DAYS_FAR || number != floor(number)) return false;
    *out = (int64_t)number;
    return true;
}

static bool date_in_range(int64_t days) {
    static const Date FIRST = {.year = 1, .month = 1, .day = 1};
    static const Date LAST = {.year = 9999, .month = 12, .day = 31};
    return days >= date_to_days(FIRST) && days <= date_to_days(LAST);
}

/* days_since(x) `comparator` n, for an instant: x lies on one side of the end of that day. */
static void add_since_instant(Compiler *compiler, Comparator comparator, int64_t days) {
    condition_today(compiler->evaluation);
    int64_t end = compiler->evaluation->today_end;
    bool after = comparator == LESS || comparator == AT_MOST; /* fewer days ago is later */
    bool next = comparator == AT_MOST || comparator == GREATER;
    sql_add(compiler->sql, after ? " >= " : " < ");
    sql_bind(compiler->sql, value_integer(end - (days + next) * CLOCK_DAY));
}

/* One day is a span of instants. */
static bool add_days_equal(Compiler *compiler, const Node *node, const Value *value) {
    const Node *column = node->arguments[0];
    int64_t days;
    if (!condition_is_plain(compiler, column) || !whole_days(value, &days)) return false;
    int64_t since = node->sign * days;
    int64_t day = condition_today(compiler->evaluation) - since;
    if (column->type == TYPE_DATE && !date_in_range(day)) return false;
    open_comparison(compiler, column);
    if (column->type == TYPE_DATE) {
        sql_add(compiler->sql, " = ");
        sql_bind(compiler->sql, value_text(date_text(compiler->sql->arena, date_from_days(day))));
    } else {
        add_since_instant(compiler, AT_MOST, since);
        sql_add(compiler->sql, " AND ");
        sql_add_column(compiler->sql, compiler->alias, column->name);
        add_since_instant(compiler, AT_LEAST, since);
    }
    close_comparison(compiler, column, false);
    return true;
}

/* ---- Equality ---- */

/* A whole number never equals a fraction, and its index would not serve against one. */
static bool is_impossible(const Node *node, const Value *value) {
    return node->exact && value->kind == VALUE_DECIMAL && value->decimal != floor(value->decimal);
}

/* The constant in the kind that the column is stored in. */
static Value stored_as(const Node *column, Value value) {
    if (column->type != TYPE_NUMBER || column->exact) return value;
    return value_decimal(condition_double(&value));
}

/* The forms from the cheapest for an index to the most general. */
static void add_equal_constant(Compiler *compiler, const Node *node, Value value) {
    Sql *sql = compiler->sql;
    bool days = node->kind == NODE_DAYS && value.kind == VALUE_INTEGER;
    if (days && add_days_equal(compiler, node, &value)) return;
    if (is_impossible(node, &value)) {
        sql_add(sql, "FALSE");
    } else if (value_is_null(&value)) {
        sql_add(sql, "((");
        condition_add_value(compiler, node);
        sql_add(sql, ") IS NULL)");
    } else if (value.kind == VALUE_BOOLEAN) {
        sql_add(sql, "((");
        condition_add_value(compiler, node);
        sql_add(sql, value.boolean ? ") IS TRUE)" : ") IS FALSE)");
    } else if (condition_is_plain(compiler, node) && !is_far(node, &value)) {
        open_comparison(compiler, node);
        sql_add(sql, " = ");
        sql_bind(sql, stored_as(node, value));
        close_comparison(compiler, node, false);
    } else {
        sql_add(sql, "COALESCE((");
        (is_far(node, &value) ? condition_add_double : condition_add_value)(compiler, node);
        sql_add(sql, ") = ");
        Value same = stored_as(node, value);
        condition_bind_typed(compiler, node->type, &same);
        sql_add(sql, ", FALSE)");
    }
}

/* Either both as whole numbers or both as doubles: a mixed comparison is where databases differ. */
static void add_both(Compiler *compiler, const Node *a, const char *sign, const Node *b) {
    bool doubles = a->type == TYPE_NUMBER && !(a->exact && b->exact);
    void (*add)(Compiler *, const Node *) = doubles ? condition_add_double : condition_add_value;
    add(compiler, a);
    sql_add(compiler->sql, sign);
    add(compiler, b);
}

/* IS NOT DISTINCT FROM is equality for which emptiness equals emptiness, as in memory. */
void condition_add_equal(Compiler *compiler, const Node *node) {
    const Node *a = node->arguments[0], *b = node->arguments[1];
    if (a->constant) {
        add_equal_constant(compiler, b, constant_of(compiler, a));
    } else if (b->constant) {
        add_equal_constant(compiler, a, constant_of(compiler, b));
    } else {
        sql_add(compiler->sql, "((");
        add_both(compiler, a, ") IS NOT DISTINCT FROM (", b);
        sql_add(compiler->sql, "))");
    }
}

/* The values of the list that the needle can equal at all; `*empty` says whether null is in it. */
static size_t listed_values(Compiler *compiler, const Node *node, Value *out, bool *empty) {
    size_t count = 0;
    for (size_t i = 1; i < node->count; i++) {
        Value value = condition_value(compiler->evaluation, node->arguments[i]);
        *empty = *empty || value_is_null(&value);
        bool possible = !value_is_null(&value) && !is_impossible(node->arguments[0], &value);
        if (possible) out[count++] = stored_as(node->arguments[0], value);
    }
    return count;
}

/*
 * A plain column stays bare for its index; the extra part makes the result FALSE where it is empty.
 */
static void add_in_list(Compiler *compiler, const Node *needle, const Value *values, size_t count) {
    Sql *sql = compiler->sql;
    bool plain = condition_is_plain(compiler, needle);
    sql_add(sql, plain ? "((" : "(COALESCE((");
    condition_add_value(compiler, needle);
    sql_add(sql, ") IN (");
    for (size_t i = 0; i < count; i++) {
        if (i) sql_add(sql, ", ");
        if (plain && values[i].kind != VALUE_BOOLEAN) {
            sql_bind(sql, values[i]);
        } else {
            condition_bind_typed(compiler, needle->type, &values[i]);
        }
    }
    sql_add(sql, ")");
    if (plain) {
        sql_add(sql, " AND ");
        sql_add_column(sql, compiler->alias, needle->name);
    }
    sql_add(sql, plain ? " IS NOT NULL)" : ", FALSE))");
}

/* Null in the list is asked for apart: IN never finds it. */
void condition_add_among(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    const Node *needle = node->arguments[0];
    Value *values = ARENA_ARRAY(sql->arena, node->count, Value);
    bool empty = false;
    size_t count = listed_values(compiler, node, values, &empty);
    sql_add(sql, "(");
    if (count) add_in_list(compiler, needle, values, count);
    if (!count && !empty) sql_add(sql, "FALSE");
    if (empty) {
        sql_add(sql, count ? " OR (" : "(");
        condition_add_value(compiler, needle);
        sql_add(sql, ") IS NULL");
    }
    sql_add(sql, ")");
}

/* ---- Order ---- */

/* False when the column cannot stand alone; then the general form counts days row by row. */
static bool add_days_order(Compiler *compiler, const Against *against) {
    const Node *node = against->node, *column = node->arguments[0];
    int64_t days;
    if (!condition_is_plain(compiler, column) || !whole_days(&against->value, &days)) return false;
    Comparator comparator = node->sign > 0 ? against->comparator : mirrored(against->comparator);
    int64_t since = node->sign * days;
    int64_t day = condition_today(compiler->evaluation) - since;
    if (column->type == TYPE_DATE && !date_in_range(day)) return false;
    open_comparison(compiler, column);
    if (column->type == TYPE_DATE) {
        sql_add(compiler->sql, SIGNS[mirrored(comparator)]);
        sql_bind(compiler->sql, value_text(date_text(compiler->sql->arena, date_from_days(day))));
    } else {
        add_since_instant(compiler, comparator, since);
    }
    int empty = (days < 0) - (days > 0); /* nothing counts as 0 days */
    close_comparison(compiler, column, condition_order_holds(against->comparator, empty));
    return true;
}

/* A whole column against a fraction: the whole number beside it gives the same answer. */
static void round_towards_column(Against *against) {
    double number = against->value.decimal;
    bool below = against->comparator == LESS || against->comparator == AT_MOST;
    against->comparator = below ? AT_MOST : AT_LEAST;
    against->value = value_integer((int64_t)(below ? floor(number) : ceil(number)));
}

/*
 * What is empty counts as 0, so its place is known from the constant alone: either all empty rows
 * belong to the answer or none does.
 */
static void add_number_order(Compiler *compiler, Against against) {
    Sql *sql = compiler->sql;
    const Node *node = against.node;
    double constant = condition_double(&against.value);
    int empty = (0 > constant) - (0 < constant);
    bool when_empty = condition_order_holds(against.comparator, empty);
    if (node->kind == NODE_DAYS && add_days_order(compiler, &against)) return;
    bool fraction = node->exact && against.value.kind == VALUE_DECIMAL;
    bool plain = condition_is_plain(compiler, node) && !is_far(node, &against.value);
    if (value_is_null(&against.value)) against.value = value_integer(0);
    if (plain) {
        if (fraction) round_towards_column(&against);
        open_comparison(compiler, node);
        sql_add(sql, SIGNS[against.comparator]);
        sql_bind(sql, stored_as(node, against.value));
        close_comparison(compiler, node, when_empty);
        return;
    }
    bool doubles = !node->exact || fraction;
    Value value = doubles ? value_decimal(constant) : against.value;
    sql_add(sql, "(COALESCE(");
    (doubles ? condition_add_double : condition_add_value)(compiler, node);
    sql_add(sql, ", 0)");
    sql_add(sql, SIGNS[against.comparator]);
    condition_bind_typed(compiler, TYPE_NUMBER, &value);
    sql_add(sql, ")");
}

/* Texts, dates, instants: an empty side is on no side. */
static void add_plain_order(Compiler *compiler, Against against) {
    Sql *sql = compiler->sql;
    if (value_is_null(&against.value)) {
        sql_add(sql, "FALSE");
        return;
    }
    if (condition_is_plain(compiler, against.node)) {
        open_comparison(compiler, against.node);
        sql_add(sql, SIGNS[against.comparator]);
        sql_bind(sql, against.value);
        close_comparison(compiler, against.node, false);
        return;
    }
    sql_add(sql, "COALESCE((");
    condition_add_value(compiler, against.node);
    sql_add(sql, ")");
    sql_add(sql, SIGNS[against.comparator]);
    condition_bind_typed(compiler, against.node->type, &against.value);
    bool text = against.node->type != TYPE_INSTANT;
    if (text && sql->kind == STORE_POSTGRESQL) sql_add(sql, " COLLATE \"C\"");
    sql_add(sql, ", FALSE)");
}

/* COLLATE "C": what is calculated has no column whose bytewise order it could take. */
static void add_order_of_two(Compiler *compiler, const Node *node) {
    Sql *sql = compiler->sql;
    const Node *a = node->arguments[0], *b = node->arguments[1];
    bool number = a->type == TYPE_NUMBER;
    if (number) {
        sql_add(sql, "(COALESCE(");
        bool exact = a->exact && b->exact;
        (exact ? condition_add_value : condition_add_double)(compiler, a);
        sql_add(sql, ", 0)");
        sql_add(sql, SIGNS[node->comparator]);
        sql_add(sql, "COALESCE(");
        (exact ? condition_add_value : condition_add_double)(compiler, b);
        sql_add(sql, ", 0))");
        return;
    }
    sql_add(sql, "COALESCE((");
    condition_add_value(compiler, a);
    sql_add(sql, ")");
    sql_add(sql, SIGNS[node->comparator]);
    sql_add(sql, "(");
    condition_add_value(compiler, b);
    bool text = a->type != TYPE_INSTANT && sql->kind == STORE_POSTGRESQL;
    sql_add(sql, text ? ") COLLATE \"C\", FALSE)" : "), FALSE)");
}

/* A constant on the left is the same comparison mirrored. */
void condition_add_order(Compiler *compiler, const Node *node) {
    const Node *a = node->arguments[0], *b = node->arguments[1];
    if (!a->constant && !b->constant) {
        add_order_of_two(compiler, node);
        return;
    }
    bool right = b->constant;
    Against against = {.node = right ? a : b,
                       .comparator = right ? node->comparator : mirrored(node->comparator)};
    against.value = constant_of(compiler, right ? b : a);
    if (against.node->type == TYPE_NUMBER) {
        add_number_order(compiler, against);
    } else {
        add_plain_order(compiler, against);
    }
}

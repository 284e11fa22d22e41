/*
 * The same expression fills one parent after a save and all of them when a definition changes, so
 * that both give the same.
 */
#include "rollup_measure.h"

static const char *const MEASURES[] = {
    [ROLLUP_COUNT] = "count", [ROLLUP_MAX] = "max", [ROLLUP_MIN] = "min"};

/* Only records whose choice is one of those that the definition names. */
void rollup_add_where(Sql *sql, const Rollup *rollup) {
    for (size_t i = 0; i < rollup->where_count; i++) {
        Str code = rollup->where_codes[i];
        sql_add(sql, i ? ", " : " AND ");
        if (!i) {
            sql_add_column(sql, STR("m"), rollup->where_field);
            sql_add(sql, " IN (");
        }
        sql_bind(sql,
                 rollup->where_boolean ? value_boolean(str_is(code, "true")) : value_text(code));
    }
    if (rollup->where_count) sql_add(sql, ")");
}

/* ---- Means ---- */

static void add_number(Sql *sql, int64_t number) {
    sql_add_str(sql, str_format(sql->arena, "%lld", (long long)number));
}

static void add_case(Sql *sql, Str field) {
    sql_add(sql, "CASE ");
    sql_add_column(sql, STR("m"), field);
}

static void add_arm(Sql *sql, Str code, int64_t number) {
    sql_add(sql, " WHEN ");
    sql_bind(sql, value_text(code));
    sql_add(sql, " THEN ");
    add_number(sql, number);
}

/* How much a record counts. */
static void add_weight(Sql *sql, const Rollup *rollup) {
    if (!rollup->weight_count) {
        add_number(sql, rollup->weight_otherwise);
        return;
    }
    add_case(sql, rollup->weight_field);
    for (size_t i = 0; i < rollup->weight_count; i++) {
        add_arm(sql, rollup->weights[i].code, rollup->weights[i].weight);
    }
    sql_add(sql, " ELSE ");
    add_number(sql, rollup->weight_otherwise);
    sql_add(sql, " END");
}

bool rollup_counts_choice(const Rollup *rollup, const Choice *choice) {
    for (size_t i = 0; i < rollup->left_out_count; i++) {
        if (str_equal(rollup->left_out[i], choice->code)) return false;
    }
    return true;
}

int64_t rollup_weight(const Rollup *rollup, Str code) {
    for (size_t i = 0; i < rollup->weight_count; i++) {
        if (str_equal(rollup->weights[i].code, code)) return rollup->weights[i].weight;
    }
    return rollup->weight_otherwise;
}

/* Empty for choices that do not count and for those that the definition no longer has. */
static void add_rank(Sql *sql, const Rollup *rollup) {
    add_case(sql, rollup->of);
    for (size_t i = 0; i < rollup->measured->choice_count; i++) {
        const Choice *choice = &rollup->measured->choices[i];
        if (rollup_counts_choice(rollup, choice)) add_arm(sql, choice->code, choice->rank);
    }
    sql_add(sql, " END");
}

/* The choice that follows upwards; NULL behind the highest. */
static const Choice *choice_above(const Rollup *rollup, const Choice *below) {
    const Choice *best = NULL;
    for (size_t i = 0; i < rollup->measured->choice_count; i++) {
        const Choice *choice = &rollup->measured->choices[i];
        if (choice->retired || !rollup_counts_choice(rollup, choice)) continue;
        if (below && choice->rank <= below->rank) continue;
        if (!best || choice->rank < best->rank) best = choice;
    }
    return best;
}

/*
 * The nearest choice, from the lowest upwards, in whole numbers: twice the weighted sum of ranks
 * lies below the sum of two neighbours' ranks times the weights.
 */
static void add_nearest(Sql *sql, const Rollup *rollup) {
    const Choice *choice = choice_above(rollup, NULL), *next;
    sql_add(sql, "CASE WHEN COUNT(*) < ");
    add_number(sql, rollup->minimum);
    sql_add(sql, " OR SUM(\"x\".\"weight\") = 0 THEN NULL");
    for (; choice && (next = choice_above(rollup, choice)); choice = next) {
        sql_add(sql, " WHEN 2 * SUM(\"x\".\"rank\" * \"x\".\"weight\") < ");
        add_number(sql, choice->rank + next->rank);
        sql_add(sql, " * SUM(\"x\".\"weight\") THEN ");
        sql_bind(sql, value_text(choice->code));
    }
    sql_add(sql, " ELSE ");
    sql_bind(sql, choice ? value_text(choice->code) : value_null());
    sql_add(sql, " END");
}

static void add_source(Sql *sql, const Rollup *rollup, Str parent) {
    sql_add(sql, " FROM ");
    sql_add_name(sql, rollup->object);
    sql_add(sql, " AS \"m\" WHERE ");
    sql_add_column(sql, STR("m"), rollup->field);
    sql_add(sql, " = ");
    sql_add_str(sql, parent);
    sql_add(sql, " AND \"m\".\"deleted_at\" IS NULL");
    rollup_add_where(sql, rollup);
}

static void add_mean(Sql *sql, const Rollup *rollup, Str parent) {
    sql_add(sql, "(SELECT ");
    add_nearest(sql, rollup);
    sql_add(sql, " FROM (SELECT ");
    add_rank(sql, rollup);
    sql_add(sql, " AS \"rank\", ");
    add_weight(sql, rollup);
    sql_add(sql, " AS \"weight\"");
    add_source(sql, rollup, parent);
    sql_add(sql, ") AS \"x\" WHERE \"x\".\"rank\" IS NOT NULL)");
}

/* PostgreSQL's sum of whole numbers is none; of nothing it is 0 here, as a count is. */
static void add_sum(Sql *sql, const Rollup *rollup, Str parent) {
    sql_add(sql, "(SELECT CAST(COALESCE(SUM(");
    sql_add_column(sql, STR("m"), rollup->of);
    sql_add(sql, "), 0) AS BIGINT)");
    add_source(sql, rollup, parent);
    sql_add(sql, ")");
}

static void add_plain(Sql *sql, const Rollup *rollup, Str parent) {
    sql_add(sql, "(SELECT ");
    sql_add(sql, MEASURES[rollup->measure]);
    sql_add(sql, "(");
    if (str_empty(rollup->of)) {
        sql_add(sql, "*");
    } else {
        sql_add_column(sql, STR("m"), rollup->of);
    }
    sql_add(sql, ")");
    add_source(sql, rollup, parent);
    sql_add(sql, ")");
}

void rollup_add_measure(Sql *sql, const Rollup *rollup, Str parent) {
    bool said_otherwise = !str_empty(rollup->unless);
    if (said_otherwise) {
        sql_add(sql, "COALESCE(");
        sql_add_name(sql, rollup->unless);
        sql_add(sql, ", ");
    }
    if (rollup->measure == ROLLUP_MEAN) {
        add_mean(sql, rollup, parent);
    } else if (rollup->measure == ROLLUP_SUM) {
        add_sum(sql, rollup, parent);
    } else {
        add_plain(sql, rollup, parent);
    }
    if (said_otherwise) sql_add(sql, ")");
}

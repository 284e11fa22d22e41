/*
 * Rules that go by the clock, as sets: one INSERT … SELECT claims all records whose condition holds
 * and whose cause is new. The claim is the table rule_firing, whose unique key is what makes a rule
 * act once for one cause, whatever runs at the same time or again.
 */
#include "clock.h"
#include "row.h"
#include "rule_parts.h"
#include "zone_share.h"

/*
 * Playbooks that one daily rule starts at a time, in each zone. A rule that is new finds half a
 * company at once; the rest follows in the next hours, so that nobody else has to wait.
 */
enum { STARTS_MOST = 500 };

/* One text that tells this cause from the next: the cause fields' values, joined. */
static void add_causes(Sql *sql, const Field *const *causes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sql_add(sql, i ? " || '|' || COALESCE(CAST(" : "COALESCE(CAST(");
        sql_add_column(sql, STR("r"), causes[i]->name);
        sql_add(sql, " AS text), '')");
    }
}

static void add_cause(Sql *sql, const Rule *rule) {
    add_causes(sql, (const Field *const *)rule->causes, rule->cause_count);
}

void rules_add_unclaimed(Sql *sql, Str name, const RuleFacts *facts) {
    sql_add(sql,
            "NOT EXISTS (SELECT 1 FROM \"rule_firing\" AS f WHERE f.\"record\" = \"r\".\"id\" "
            "AND f.\"rule\" = ");
    sql_bind(sql, value_text(name));
    sql_add(sql, " AND f.\"cause\" = ");
    add_causes(sql, facts->causes, facts->cause_count);
    sql_add(sql, ")");
}

/* Minutes after which the record's turn comes: the person's own, or the rule's. */
static void add_after_minutes(Sql *sql, const Rule *rule) {
    if (!rule->after_own) {
        sql_bind(sql, value_integer(rule->after_minutes));
        return;
    }
    sql_add(sql, "COALESCE((SELECT o.");
    sql_add_name(sql, rule->after_own->name);
    sql_add(sql, " FROM ");
    sql_add_name(sql, rule->after_person->reference);
    sql_add(sql, " AS o WHERE o.\"id\" = ");
    sql_add_column(sql, STR("r"), rule->after_person->name);
    sql_add(sql, "), ");
    sql_bind(sql, value_integer(rule->after_minutes));
    sql_add(sql, ")");
}

/* Whose turn it is: of a daily rule those of the zone, of one after an instant those whose time has
 * come; of the last days only, which an index on the instant finds without looking at others. */
static void add_turn(const Context *context, const Rule *rule, Str company_zone, Sql *sql) {
    if (rule->when == WHEN_DAILY) {
        zone_share_add(sql, rule->object, context->actor->zone, company_zone);
        return;
    }
    int64_t first =
        context->now - (rule->after_minutes * CLOCK_MINUTE + AFTER_DAYS_MOST * CLOCK_DAY);
    sql_add_column(sql, STR("r"), rule->after->name);
    sql_add(sql, " > ");
    sql_bind(sql, value_integer(first));
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("r"), rule->after->name);
    sql_add(sql, " <= ");
    sql_bind(sql, value_integer(context->now));
    sql_add(sql, " - 60000 * ");
    add_after_minutes(sql, rule);
}

/* NOT EXISTS finds what is known cheaply; ON CONFLICT is for another server at the same moment. */
static Status claim_causes(Context *context, const Rule *rule, Str company_zone, Id run,
                           int64_t *claimed) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(
        &sql,
        "INSERT INTO \"rule_firing\" (\"rule\", \"record\", \"cause\", \"at\", \"run\") SELECT ");
    sql_bind(&sql, value_text(rule->name));
    sql_add(&sql, ", \"r\".\"id\", ");
    add_cause(&sql, rule);
    sql_add(&sql, ", ");
    sql_bind(&sql, value_integer(context->now));
    sql_add(&sql, ", ");
    sql_bind(&sql, value_id(run));
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, rule->object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    Status status = condition_add_sql(context, rule->condition, &sql, STR("r"));
    if (status != STATUS_OK) return status;
    sql_add(&sql, " AND ");
    add_turn(context, rule, company_zone, &sql);
    sql_add(&sql,
            " AND NOT EXISTS (SELECT 1 FROM \"rule_firing\" AS f WHERE f.\"record\" = \"r\".\"id\" "
            "AND f.\"rule\" = ");
    sql_bind(&sql, value_text(rule->name));
    sql_add(&sql, " AND f.\"cause\" = ");
    add_cause(&sql, rule);
    sql_add(&sql, ")");
    if (rule_count_actions(rule, ACTION_START)) {
        sql_add(&sql, " LIMIT ");
        sql_bind(&sql, value_integer(STARTS_MOST));
    }
    sql_add(&sql, " ON CONFLICT DO NOTHING");
    return sql_execute(&sql, context->transaction, claimed);
}

/* The records of this run and no other: the run's id was made just before. */
static Status read_claimed(Context *context, const Rule *rule, Id run, Record *records,
                           size_t capacity, size_t *count) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, rule->object);
    sql_add(&sql, " FROM \"rule_firing\" AS f JOIN ");
    sql_add_name(&sql, rule->object->name);
    sql_add(&sql, " AS \"r\" ON \"r\".\"id\" = f.\"record\" WHERE f.\"run\" = ");
    sql_bind(&sql, value_id(run));
    sql_add(&sql, " ORDER BY \"r\".\"id\"");
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && *count < capacity && (status = store_next(rows)) == STATUS_OK) {
        row_read(context->arena, rows, 0, rule->object, &records[(*count)++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Claimed and acted on in one transaction: a failure gives the causes back. */
static Status run_daily_rule(Context *context, const Rule *rule, Str company_zone, int64_t *acted) {
    Id run = id_new(context->now);
    int64_t claimed = 0;
    size_t count = 0;
    Status status = claim_causes(context, rule, company_zone, run, &claimed);
    if (status != STATUS_OK || !claimed) return status;
    Record *records = ARENA_ARRAY(context->arena, (size_t)claimed, Record);
    status = read_claimed(context, rule, run, records, (size_t)claimed, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = rule_act(context, rule, &records[i]);
    }
    if (status == STATUS_OK) *acted += claimed;
    return status;
}

static Status run_all(const Rules *rules, When when, Context *context, Str company_zone,
                      int64_t *acted) {
    int64_t total = 0;
    for (size_t i = 0; i < rules->count; i++) {
        if (rules->items[i].when != when || rules->items[i].off) continue;
        Status status = run_daily_rule(context, &rules->items[i], company_zone, &total);
        if (status != STATUS_OK) return status;
    }
    *acted = total;
    return STATUS_OK;
}

Status rules_run_daily(const Rules *rules, Context *context, Str company_zone, int64_t *acted) {
    return run_all(rules, WHEN_DAILY, context, company_zone, acted);
}

Status rules_run_after(const Rules *rules, Context *context, int64_t *acted) {
    return run_all(rules, WHEN_AFTER, context, (Str){0}, acted);
}

/*
 * Scores as SQL. Every condition of a score is asked once a record, in a query whose result is
 * materialized; points, level and list of parts are arithmetic on its answers. A save asks it of
 * one record and the daily run of all, in the same words, so that the two cannot differ.
 */
#include "score.h"

#include "score_reading.h"
#include "system_actor.h"
#include "zone_share.h"

/* ---- The query ---- */

/*
 * As the condition of a CASE, where SQLite stops at the first part that decides: related records
 * are looked for only where it still matters.
 */
static Status add_flag(Context *context, const Score *score, const Condition *condition, Str name,
                       Sql *sql) {
    sql_add(sql, ", CASE WHEN ");
    Status status = condition_add_sql(context, score->condition, sql, STR("r"));
    if (status == STATUS_OK && condition != score->condition) {
        sql_add(sql, " AND ");
        status = condition_add_sql(context, condition, sql, STR("r"));
    }
    sql_add(sql, " THEN TRUE ELSE FALSE END AS ");
    sql_add_name(sql, name);
    return status;
}

/* What is kept now, so that only what differs has to be looked up for writing. */
static void add_kept(const Score *score, Sql *sql) {
    const Field *kept[] = {score->keep.points, score->keep.level, score->keep.parts};
    static const char *const NAMES[] = {"kept_points", "kept_level", "kept_parts"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        sql_add(sql, ", ");
        if (kept[i]) {
            sql_add_column(sql, STR("r"), kept[i]->name);
        } else {
            sql_add(sql, "NULL");
        }
        sql_add(sql, " AS ");
        sql_add_name(sql, str_of(NAMES[i]));
    }
}

static Str flag_name(Arena *arena, size_t part) {
    return str_format(arena, "part_%zu", part);
}

/* Materialized, or both databases would ask each condition again wherever its answer is used. */
static Status add_flagged(const Score *score, Context *context, const ScoreQuery *query, Sql *sql) {
    sql_add(sql, query->begin);
    sql_add(sql, "\"flagged\" AS MATERIALIZED (SELECT \"r\".\"id\" AS \"id\"");
    Status status = add_flag(context, score, score->condition, STR("applies"), sql);
    for (size_t i = 0; i < score->part_count && status == STATUS_OK; i++) {
        Str name = flag_name(sql->arena, i);
        status = add_flag(context, score, score->parts[i].condition, name, sql);
    }
    if (status == STATUS_OK && query->also) {
        status = add_flag(context, score, query->also, STR("also"), sql);
    }
    if (query->with_kept) add_kept(score, sql);
    sql_add(sql, " FROM ");
    sql_add_name(sql, score->object->name);
    sql_add(sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL");
    if (query->add_where) query->add_where(sql, query->data);
    sql_add(sql, ")");
    return status;
}

static void add_number(Sql *sql, int64_t number) {
    sql_add_str(sql, str_format(sql->arena, "%lld", (long long)number));
}

static void add_points(const Score *score, Sql *sql) {
    bool sqlite = sql->kind == STORE_SQLITE;
    sql_add(sql, "CASE WHEN \"applies\" THEN ");
    sql_add(sql, sqlite ? "MIN(MAX(" : "LEAST(GREATEST(");
    add_number(sql, score->start);
    for (size_t i = 0; i < score->part_count; i++) {
        sql_add(sql, " + CASE WHEN ");
        sql_add_name(sql, flag_name(sql->arena, i));
        sql_add(sql, " THEN ");
        add_number(sql, score->parts[i].points);
        sql_add(sql, " ELSE 0 END");
    }
    sql_add(sql, ", ");
    add_number(sql, score->minimum);
    sql_add(sql, "), ");
    add_number(sql, score->maximum);
    sql_add(sql, ") END AS \"points\"");
}

/* A JSON list of names, which are plain letters: as the record layer would have written it. */
static void add_parts(const Score *score, Sql *sql) {
    sql_add(sql, "CASE WHEN \"applies\" THEN ");
    for (size_t i = 0; i < score->part_count; i++) {
        if (i) sql_add(sql, " || ");
        sql_add(sql, "CASE WHEN ");
        sql_add_name(sql, flag_name(sql->arena, i));
        sql_add(sql, " THEN ',\"");
        sql_add_str(sql, score->parts[i].name);
        sql_add(sql, "\"' ELSE '' END");
    }
    sql_add(sql, " END AS \"names\"");
}

/* The highest level comes first, for CASE takes the first that fits. */
static void add_level(const Score *score, Sql *sql) {
    if (!score->level_count) {
        sql_add(sql, "CAST(NULL AS TEXT) AS \"level\"");
        return;
    }
    sql_add(sql, "CASE");
    for (size_t i = score->level_count; i-- > 0;) {
        sql_add(sql, " WHEN \"points\" >= ");
        add_number(sql, score->levels[i].from);
        sql_add(sql, " THEN '");
        sql_add_str(sql, score->levels[i].name);
        sql_add(sql, "'");
    }
    sql_add(sql, " END AS \"level\"");
}

/* What the query carries along beside the score itself. */
static void add_carried(const ScoreQuery *query, Sql *sql) {
    if (query->also) sql_add(sql, ", \"also\"");
    if (query->with_kept) sql_add(sql, ", \"kept_points\", \"kept_level\", \"kept_parts\"");
}

Status score_add_sql(const Score *score, Context *context, const ScoreQuery *query, Sql *sql) {
    Status status = add_flagged(score, context, query, sql);
    sql_add(sql, ", \"scored\" AS (SELECT \"id\", \"points\", ");
    add_level(score, sql);
    sql_add(sql,
            ", CASE WHEN \"names\" <> '' THEN '[' || SUBSTR(\"names\", 2) || ']' END AS "
            "\"parts\"");
    add_carried(query, sql);
    sql_add(sql, " FROM (SELECT \"id\"");
    add_carried(query, sql);
    sql_add(sql, ", ");
    add_points(score, sql);
    sql_add(sql, ", ");
    add_parts(score, sql);
    sql_add(sql, " FROM \"flagged\") AS \"summed\")");
    return status;
}

/* ---- Keeping it ---- */

static void add_assignment(Sql *sql, const Field *field, const char *expression, size_t *count) {
    if (!field) return;
    sql_add(sql, (*count)++ ? ", " : " SET ");
    sql_add_name(sql, field->name);
    sql_add(sql, " = ");
    sql_add(sql, expression);
}

/* Since when the level is what it is; a record without one has no date either. */
static void add_since(const Score *score, int64_t now, Sql *sql, size_t *count) {
    const ScoreFields *keep = &score->keep;
    if (!keep->since || !keep->level) return;
    add_assignment(sql, keep->since, "CASE WHEN s.\"level\" IS NULL THEN NULL WHEN ", count);
    sql_add_column(sql, score->object->name, keep->level->name);
    sql_add(sql, " IS NOT DISTINCT FROM s.\"level\" THEN ");
    sql_add_column(sql, score->object->name, keep->since->name);
    sql_add(sql, " ELSE ");
    add_number(sql, now);
    sql_add(sql, " END");
}

static void add_differs(Sql *sql, const Field *field, const char *comparison, size_t *count) {
    if (!field) return;
    if ((*count)++) sql_add(sql, " OR ");
    sql_add(sql, comparison);
}

/* Compared before the records are looked up again, which costs more than all conditions. */
void score_add_changed(const Score *score, Sql *sql) {
    const ScoreFields *fields = &score->keep;
    size_t compared = 0;
    sql_add(sql, " FROM (SELECT * FROM \"scored\" WHERE ");
    add_differs(sql, fields->points, "\"points\" IS DISTINCT FROM \"kept_points\"", &compared);
    add_differs(sql, fields->level, "\"level\" IS DISTINCT FROM \"kept_level\"", &compared);
    add_differs(sql, fields->parts, "\"parts\" IS DISTINCT FROM \"kept_parts\"", &compared);
    sql_add(sql, ") AS s");
}

/* Only what differs is written: on most days of most records nothing does. */
static Status write_kept(const Score *score, Context *context, ScoreWhere *add_where, void *data) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    ScoreQuery query = {.begin = "WITH ", .add_where = add_where, .data = data, .with_kept = true};
    const ScoreFields *fields = &score->keep;
    size_t assigned = 0;
    Status status = score_add_sql(score, context, &query, &sql);
    if (status != STATUS_OK) return status;
    sql_add(&sql, " UPDATE ");
    sql_add_name(&sql, score->object->name);
    add_assignment(&sql, fields->points, "s.\"points\"", &assigned);
    add_assignment(&sql, fields->level, "s.\"level\"", &assigned);
    add_assignment(&sql, fields->parts, "s.\"parts\"", &assigned);
    add_since(score, context->now, &sql, &assigned);
    score_add_changed(score, &sql);
    sql_add(&sql, " WHERE ");
    sql_add_column(&sql, score->object->name, STR("id"));
    sql_add(&sql, " = s.\"id\"");
    return sql_execute(&sql, context->transaction, NULL);
}

/* With a history, what moves is found first; without one, the UPDATE finds it by itself. */
static Status keep(const Score *score, Context *context, ScoreWhere *add_where, void *data) {
    ScoreQuery query = {.begin = "WITH ", .add_where = add_where, .data = data};
    ScoreMoves moves;
    if (!score->readings.object) return write_kept(score, context, add_where, data);
    Status status = score_moves_read(score, context, &query, &moves);
    if (status != STATUS_OK || !moves.count) return status;
    status = write_kept(score, context, add_where, data);
    return status == STATUS_OK ? score_readings_write(score, context, &moves) : status;
}

/* ---- For all records ---- */

/* Whose records a daily run is about: those of the people of one zone. */
typedef struct Share {
    const Object *object;
    Str zone, company_zone;
} Share;

static void add_share(Sql *sql, void *data) {
    const Share *share = data;
    sql_add(sql, " AND ");
    zone_share_add(sql, share->object, share->zone, share->company_zone);
}

Status score_run_zone(const Score *score, Context *context, Str zone, Str company_zone) {
    Share share = {score->object, zone, company_zone};
    return keep(score, context, add_share, &share);
}

Status score_run(const Score *score, Context *context) {
    return keep(score, context, NULL, NULL);
}

/* ---- For one record ---- */

static void add_record(Sql *sql, void *data) {
    sql_add(sql, " AND \"r\".\"id\" = ");
    sql_bind(sql, *(const Value *)data);
}

/* Whoever wakes it: the answer must not depend on what they may read, nor on where they live. */
static Status begin_asking(const Score *score, Context *context, Id record, SystemActor *storage,
                           Context **out) {
    *out = system_actor(context, storage);
    return zone_share_of(*out, score->object, record, &storage->actor.zone);
}

static Status keep_one(const Score *score, Context *context, Id record) {
    SystemActor storage;
    Context *asking;
    Value id = value_id(record);
    Status status = begin_asking(score, context, record, &storage, &asking);
    return status == STATUS_OK ? keep(score, asking, add_record, &id) : status;
}

bool score_mentions(const Score *score, const Field *field) {
    if (condition_mentions(score->condition, field)) return true;
    for (size_t i = 0; i < score->part_count; i++) {
        if (condition_mentions(score->parts[i].condition, field)) return true;
    }
    return false;
}

static bool asks_about(const Score *score, const Object *object) {
    if (condition_reaches(score->condition, object)) return true;
    for (size_t i = 0; i < score->part_count; i++) {
        if (condition_reaches(score->parts[i].condition, object)) return true;
    }
    return false;
}

/* Directly, or by a roll-up that the score asks about. */
static bool depends_on(const Score *score, const Object *object) {
    for (size_t i = 0; i < score->object->field_count; i++) {
        const Field *field = &score->object->fields[i];
        bool from = field->rollup && str_equal(field->rollup->object, object->name);
        if (from && score_mentions(score, field)) return true;
    }
    return asks_about(score, object);
}

static bool moves_itself(const Score *score, const Change *change) {
    if (change->action == CHANGE_CREATE || change->action == CHANGE_RESTORE) return true;
    for (size_t i = 0; i < score->object->field_count; i++) {
        const Field *field = &score->object->fields[i];
        if (!score_mentions(score, field)) continue;
        if (!value_equal(&change->before->values[i], &change->after->values[i])) return true;
    }
    return false;
}

/* A topic tells of a visit, and the visit of a person: the one step further that scores may ask. */
static Status keep_beyond(const Score *score, Context *context, const Field *link, Id between) {
    const Object *object = model_object(context->model, link->reference);
    if (!asks_about(score, object)) return STATUS_OK;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        Rows *rows CLEANUP(store_drop) = NULL;
        if (field->type != FIELD_REFERENCE || !str_equal(field->reference, score->object->name)) {
            continue;
        }
        Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
        sql_add(&sql, "SELECT ");
        sql_add_name(&sql, field->name);
        sql_add(&sql, " FROM ");
        sql_add_name(&sql, object->name);
        sql_add(&sql, " WHERE \"id\" = ");
        sql_bind(&sql, value_id(between));
        Status status = sql_query(&sql, context->transaction, &rows);
        if (status == STATUS_OK) status = store_next(rows);
        Value found = status == STATUS_OK ? store_column(rows, 0, VALUE_ID) : value_null();
        if (status == STATUS_END) status = STATUS_OK;
        if (found.kind == VALUE_ID) status = keep_one(score, context, found.id);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* The record itself, or what stands between it and the one that the score is of. */
static Status keep_by(const Score *score, Context *context, const Field *link, const Value *value) {
    if (value->kind != VALUE_ID) return STATUS_OK;
    if (str_equal(link->reference, score->object->name)) return keep_one(score, context, value->id);
    return keep_beyond(score, context, link, value->id);
}

/* The records that the changed one refers to, and did before. */
static Status keep_referred(const Score *score, Context *context, const Change *change) {
    const Object *object = change->after->object;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (field->type != FIELD_REFERENCE) continue;
        const Value *now = &change->after->values[i];
        const Value *then = change->before ? &change->before->values[i] : now;
        Status status = keep_by(score, context, field, now);
        if (status == STATUS_OK && !value_equal(now, then)) {
            status = keep_by(score, context, field, then);
        }
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static bool mentions_kept(const Score *score, const Score *other) {
    const ScoreFields *keep = &other->keep;
    const Field *kept[] = {keep->points, keep->level, keep->parts, keep->since};
    if (score->object != other->object) return false;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (kept[i] && score_mentions(score, kept[i])) return true;
    }
    return false;
}

bool score_is_settled(const Score *score, const Scores *scores) {
    if (!condition_is_settled(score->condition)) return false;
    for (size_t i = 0; i < score->part_count; i++) {
        if (!condition_is_settled(score->parts[i].condition)) return false;
    }
    for (size_t i = 0; i < scores->count; i++) {
        if (mentions_kept(score, &scores->items[i])) return false;
    }
    return true;
}

/* Whether it asks about another score, earlier in the list, that may have moved in this save. */
static bool follows(const Scores *scores, size_t index, const bool *asked) {
    for (size_t i = 0; i < index; i++) {
        if (asked[i] && mentions_kept(&scores->items[index], &scores->items[i])) return true;
    }
    return false;
}

/* What other scores say is no change of the record, so those who ask about it come with it. */
Status scores_after_save(const Scores *scores, Context *context, const Change *change) {
    bool *asked = ARENA_ARRAY(context->arena, scores->count, bool);
    Status status = STATUS_OK;
    for (size_t i = 0; i < scores->count && status == STATUS_OK; i++) {
        const Score *score = &scores->items[i];
        bool own = score->object == change->after->object, after = follows(scores, i, asked);
        if (own && (after || moves_itself(score, change))) {
            asked[i] = true;
            status = keep_one(score, context, change->after->id);
        }
        if (status == STATUS_OK && (depends_on(score, change->after->object) || (after && !own))) {
            asked[i] = true;
            status = keep_referred(score, context, change);
        }
    }
    return status;
}

/* ---- Told ---- */

static void sum_up(const Score *score, ScoreResult *result) {
    int64_t points = score->start;
    for (size_t i = 0; i < score->part_count; i++) {
        if (result->holds[i]) points += score->parts[i].points;
    }
    result->points = points;
    if (points < score->minimum) result->points = score->minimum;
    if (points > score->maximum) result->points = score->maximum;
    result->bounded = result->points - points;
    points = result->points;
    for (size_t i = 0; i < score->level_count; i++) {
        if (points >= score->levels[i].from) result->level = &score->levels[i];
    }
}

Status score_of(const Score *score, Context *context, const Record *record, ScoreResult *out) {
    ScoreResult result = {.holds = ARENA_ARRAY(context->arena, score->part_count, bool)};
    SystemActor storage;
    Context *asking;
    Status status = begin_asking(score, context, record->id, &storage, &asking);
    if (status == STATUS_OK) {
        status = condition_holds(asking, score->condition, record, NULL, &result.applies);
    }
    for (size_t i = 0; i < score->part_count && status == STATUS_OK && result.applies; i++) {
        status = condition_holds(asking, score->parts[i].condition, record, NULL, &result.holds[i]);
    }
    if (status != STATUS_OK) return status;
    if (result.applies) sum_up(score, &result);
    *out = result;
    return STATUS_OK;
}

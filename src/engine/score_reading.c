/*
 * What moved is read before it is written, since an UPDATE tells only of what it left behind. On
 * most days nothing did, and then this one query is all.
 */
#include "score_reading.h"

#include "record.h"

enum { MOVES_AT_FIRST = 64 };

static ScoreMove *add_move(ScoreMoves *moves, Arena *arena) {
    if (moves->count == moves->capacity) {
        moves->capacity = moves->capacity ? moves->capacity * 2 : MOVES_AT_FIRST;
        ScoreMove *items = ARENA_ARRAY(arena, moves->capacity, ScoreMove);
        if (moves->count) memcpy(items, moves->items, moves->count * sizeof *items);
        moves->items = items;
    }
    return &moves->items[moves->count++];
}

static Value read_text(Arena *arena, const Rows *rows, int column) {
    Value text = store_column(rows, column, VALUE_TEXT);
    return value_copy(arena, &text);
}

static void read_move(Arena *arena, const Rows *rows, ScoreMove *move) {
    *move = (ScoreMove){.id = store_column(rows, 0, VALUE_ID).id,
                        .points = store_column(rows, 1, VALUE_INTEGER),
                        .level = read_text(arena, rows, 2),
                        .parts = read_text(arena, rows, 3),
                        .points_before = store_column(rows, 4, VALUE_INTEGER),
                        .level_before = read_text(arena, rows, 5)};
}

Status score_moves_read(const Score *score, Context *context, const ScoreQuery *query,
                        ScoreMoves *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    ScoreQuery all = *query;
    ScoreMoves moves = {0};
    all.with_kept = true;
    Status status = score_add_sql(score, context, &all, &sql);
    if (status != STATUS_OK) return status;
    sql_add(&sql,
            " SELECT s.\"id\", s.\"points\", s.\"level\", s.\"parts\", s.\"kept_points\", "
            "s.\"kept_level\"");
    score_add_changed(score, &sql);
    sql_add(&sql, " ORDER BY s.\"id\"");
    status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        read_move(context->arena, rows, add_move(&moves, context->arena));
    }
    if (status != STATUS_END) return status;
    *out = moves;
    return STATUS_OK;
}

/* ---- Readings ---- */

static void add_value(FieldValue *values, size_t *count, const Field *field, Value value) {
    if (field) values[(*count)++] = (FieldValue){field, value};
}

static Status write_reading(const Score *score, Context *context, const ScoreMove *move) {
    const ScoreReadings *readings = &score->readings;
    FieldValue values[7];
    size_t count = 0;
    Record made;
    add_value(values, &count, readings->record, value_id(move->id));
    add_value(values, &count, readings->points, move->points);
    add_value(values, &count, readings->points_before, move->points_before);
    add_value(values, &count, readings->level, move->level);
    add_value(values, &count, readings->level_before, move->level_before);
    add_value(values, &count, readings->parts, move->parts);
    add_value(values, &count, readings->at, value_integer(context->now));
    return record_insert(context, readings->object, values, count, &made);
}

/* Each in memory of its own: new weights may move thousands at once. */
Status score_readings_write(const Score *score, Context *context, const ScoreMoves *moves) {
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    Context own = *context;
    Status status = STATUS_OK;
    own.arena = scratch;
    for (size_t i = 0; i < moves->count && status == STATUS_OK; i++) {
        const ScoreMove *move = &moves->items[i];
        bool moved = !value_equal(&move->points, &move->points_before);
        if (!score->readings.object || !moved || value_is_null(&move->points_before)) continue;
        arena_reset(scratch);
        status = write_reading(score, &own, move);
    }
    return status;
}

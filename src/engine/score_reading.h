/*
 * The history of a score: a record for each time that its points changed. Only changes are
 * written: what a record had at first is the "before" of its first reading, so that bringing a
 * hundred thousand records in, or beginning to keep a score, writes no history that says nothing.
 */
#ifndef ONDO_ENGINE_SCORE_READING_H
#define ONDO_ENGINE_SCORE_READING_H

#include "score.h"

/** A record whose kept score is not what it should be. Texts live in the arena of the reading. */
typedef struct ScoreMove {
    Id id;
    Value points, level, parts;        /* as they are now; VALUE_NULL: none */
    Value points_before, level_before; /* as they were kept */
} ScoreMove;

/** Records whose points have moved in one statement, before they are written down. */
typedef struct ScoreMoves {
    ScoreMove *items;
    size_t count, capacity;
} ScoreMoves;

/**
 * Finds the records whose kept score differs, among those that `query` names (`with_kept` is
 * understood). In the order of their ids, into the context's arena.
 */
MUST_USE Status score_moves_read(const Score *score, Context *context, const ScoreQuery *query,
                                 ScoreMoves *out);

/**
 * Writes a reading for each move of a record that had points already. As the context's actor, who
 * is the system. Nothing for a score without readings.
 */
MUST_USE Status score_readings_write(const Score *score, Context *context, const ScoreMoves *moves);

/** Adds " FROM (the scored records whose kept values differ) AS s"; follows score_add_sql. */
void score_add_changed(const Score *score, Sql *sql);

#endif

/*
 * By person and not by visit: a need rests on several visits, so that all of a person's are read
 * at once. Marks are set even where nothing was found, or the same would be read every day.
 */
#include "need_backlog.h"

#include "need.h"
#include "system_actor.h"

/* Planned and cancelled visits say nothing; drafts are read when they are recorded. */
static Status read_people(Context *context, Id *people, size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT DISTINCT \"hcp\" FROM (SELECT \"hcp\" FROM \"visit\" WHERE "
                              "\"needs_read\" IS NULL LIMIT $1) AS v",
                              value_integer(NEED_ROUND));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        people[(*count)++] = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* What a rule or a market's law refuses of one person must not keep everybody else from being
 * read, today and every day after: it is taken back, and that person is as read as can be. */
static Status suggest_apart(const Business *business, Context *context, Id hcp) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    Problem refused = problem_new(arena);
    Context brief = *context; /* a person's texts are given back before the next person's */
    brief.arena = arena;
    brief.problem = &refused;
    Status status = store_savepoint_open(context->transaction);
    if (status != STATUS_OK) return status;
    status = need_suggest_all(business, &brief, hcp);
    if (status == STATUS_OK) return store_savepoint_keep(context->transaction);
    Status undone = store_savepoint_undo(context->transaction);
    return status == STATUS_INVALID ? undone : status;
}

static Status read_person(const Business *business, Context *context, Id hcp) {
    Status status = suggest_apart(business, context, hcp);
    if (status != STATUS_OK) return status;
    return store_run(context->transaction,
                     "UPDATE \"visit\" SET \"needs_read\" = $1 WHERE \"hcp\" = $2",
                     value_boolean(true), value_id(hcp));
}

Status need_fill(const Business *business, Context *context, size_t *filled) {
    Id *people = ARENA_ARRAY(context->arena, NEED_ROUND, Id);
    size_t count = 0;
    Status status = read_people(context, people, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = read_person(business, context, people[i]);
    }
    *filled = count;
    return status;
}

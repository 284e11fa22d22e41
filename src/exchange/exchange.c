/*
 * A context for each job of an import or export: its `now` is the job's own, since a long import
 * should not date all its records to its first minute.
 */
#include "exchange.h"

Context exchange_context(const Exchange *exchange, Arena *arena, Transaction *transaction,
                         Problem *problem) {
    return (Context){
        .arena = arena,
        .transaction = transaction,
        .model = exchange->business->model,
        .hooks = exchange->hooks,
        .actor = exchange->actor,
        .now = clock_now(&exchange->clock),
        .problem = problem,
    };
}

Str exchange_sentence(const Exchange *exchange, Arena *arena, const ProblemError *error) {
    return texts_sentence(exchange->business->texts, arena, exchange->actor->lang, error->code,
                          error->arguments);
}

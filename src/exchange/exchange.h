/* What every import and export needs: where the data is, and who asks. */
#ifndef ONDO_EXCHANGE_EXCHANGE_H
#define ONDO_EXCHANGE_EXCHANGE_H

#include "business.h"
#include "clock.h"
#include "hooks.h"

/** Borrowed parts; all must outlive the work. Any thread may use it. */
typedef struct Exchange {
    Store *store;
    const Business *business;
    const Hooks *hooks;
    Clock clock;
    const Actor *actor; /* whose rights count, and whose language reports are in */
} Exchange;

/** A context of the present moment; `transaction` may be NULL where nothing is read or written. */
Context exchange_context(const Exchange *exchange, Arena *arena, Transaction *transaction,
                         Problem *problem);

/** The sentence of an error in the actor's language. */
Str exchange_sentence(const Exchange *exchange, Arena *arena, const ProblemError *error);

/** The sentence of a code with its facts: exchange_say(e, arena, "import_column", number) */
#define exchange_say(exchange, arena, code, ...)                                             \
    texts_sentence((exchange)->business->texts, (arena), (exchange)->actor->lang, STR(code), \
                   (const Str[PROBLEM_ARGUMENTS]){__VA_ARGS__})

#endif

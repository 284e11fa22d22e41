/* What a field held at an instant, from the records that keep its history. */
#ifndef ONDO_ENGINE_AS_OF_H
#define ONDO_ENGINE_AS_OF_H

#include "model.h"
#include "sql.h"

/** Pieces of SQL that say of which record, and when. */
typedef struct AsOf {
    Str record;  /* its id: "r"."id", or a parameter */
    Str present; /* what it holds now: "r"."owner", or a parameter; only of a history by `before` */
    Str instant; /* "p"."until", or a parameter */
} AsOf;

/**
 * Adds what `field`, which has a history, held at the instant: one value, NULL where there was
 * none. What is read of the history is part of the field, so whoever may read that may read this.
 */
void as_of_add_sql(Sql *sql, const Field *field, const AsOf *when);

#endif

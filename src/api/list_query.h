/* Query strings of lists: filters, sort, fields, expansion, paging. */
#ifndef ONDO_API_LIST_QUERY_H
#define ONDO_API_LIST_QUERY_H

#include "call.h"
#include "condition.h"
#include "list.h"

/** A list as asked for. `query.predicate_data` is the parsed filter. */
typedef struct ListAsked {
    ListQuery query;
    const Condition *condition;
} ListAsked;

/**
 * Reads call's query parameters as a list of `object`: filter, q, sort, fields, expand, limit,
 * cursor, total, deleted, and any field's name as a short filter. `ignored` names one more that the
 * caller reads itself (NULL: none). STATUS_INVALID with an error for each that is wrong.
 */
MUST_USE Status list_query_read(Call *call, const Object *object, const char *ignored,
                                ListAsked *out);

/** Only ?expand=: the references to show beside a record. */
MUST_USE Status list_query_expand(Call *call, const Object *object, const Field ***out,
                                  size_t *count);

#endif

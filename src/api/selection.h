/* Records that a request chooses: some by their ids, or all that a list holds but some. */
#ifndef ONDO_API_SELECTION_H
#define ONDO_API_SELECTION_H

#include "call.h"

/** The ids in an array of the body, in `arena`; none where it is absent. STATUS_INVALID with their
 * places for those that are none. */
MUST_USE Status selection_read_ids(Call *call, const char *member, Arena *arena, Id **out,
                                   size_t *count);

/** STATUS_INVALID when the query string asks for a page: "all" means all of them. */
MUST_USE Status selection_refuse_paging(Call *call);

#endif

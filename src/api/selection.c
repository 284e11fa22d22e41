/*
 * One reading for bulk changes, merges and handovers, so that "all of this list but these" means
 * the same wherever it may be said.
 */
#include "selection.h"

/* Ids as they stand in the body; those that are none are errors with their place. */
Status selection_read_ids(Call *call, const char *member, Arena *arena, Id **out, size_t *count) {
    const json_t *node = json_object_get(call->body, member);
    size_t i, errors = call->problem.count;
    json_t *item;
    Str pointer = problem_pointer(call->arena, STR(""), str_of(member));
    *count = 0;
    if (node && !json_is_array(node)) problem_add(&call->problem, pointer, "array_expected");
    *out = ARENA_ARRAY(arena, json_array_size(node) + 1, Id);
    json_array_foreach((json_t *)node, i, item) {
        if (id_parse(json_text(item), &(*out)[*count])) {
            (*count)++;
        } else {
            problem_add(&call->problem,
                        problem_pointer(call->arena, pointer, str_format(call->arena, "%zu", i)),
                        "id");
        }
    }
    return call->problem.count == errors ? STATUS_OK : STATUS_INVALID;
}

/* All records of a list are all of its pages, so paging would only mislead. */
Status selection_refuse_paging(Call *call) {
    static const char *const NAMES[] = {"limit", "cursor", "deleted"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (!call_parameter(call, NAMES[i]).data) continue;
        problem_add(&call->problem, problem_pointer(call->arena, STR(""), str_of(NAMES[i])),
                    "unknown_parameter", str_of(NAMES[i]));
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

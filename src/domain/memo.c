/*
 * A memo about nobody would never be found again, since it is read on the page of its person or
 * institution. The same holds for a point of the temperature curve.
 */
#include "memo.h"

Status memo_before_save(Context *context, Change *change) {
    bool about_person = !value_is_null(record_value(change->after, STR("hcp")));
    bool about_institution = !value_is_null(record_value(change->after, STR("hco")));
    if (about_person || about_institution) return STATUS_OK;
    problem_add(context->problem, STR("/hcp"), "subject_missing");
    return STATUS_INVALID;
}

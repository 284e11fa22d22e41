/*
 * A memo about nobody would never be found again, since it is read on the page of its person or
 * institution. The same holds for a point of the temperature curve.
 */
#include "memo.h"

#include "record.h"

Status memo_subject_before_save(Context *context, Change *change) {
    bool about_person = !value_is_null(record_value(change->after, STR("hcp")));
    bool about_institution = !value_is_null(record_value(change->after, STR("hco")));
    if (about_person || about_institution) return STATUS_OK;
    problem_add(context->problem, STR("/hcp"), "subject_missing");
    return STATUS_INVALID;
}

/* Taken from the corrected memo where nothing is said; whatever else is said must be the same. */
static bool takes_subject(Record *memo, const Record *corrected, Str name) {
    const Field *field = object_field(memo->object, name);
    Value *own = &memo->values[field->index];
    const Value *of_corrected = &corrected->values[field->index];
    if (value_is_null(own)) *own = *of_corrected;
    return value_equal(own, of_corrected);
}

/* A correction stands where the corrected memo stands. */
static Status follow_corrected(Context *context, Record *memo) {
    const Value *corrects = record_value(memo, STR("corrects"));
    Record corrected;
    if (corrects->kind != VALUE_ID) return STATUS_OK;
    /* As the writer: who may not see the memo learns nothing of whom it is about. */
    Status status = record_read(context, memo->object, corrects->id, &corrected);
    if (status == STATUS_NOT_FOUND) return STATUS_OK; /* refused as a reference, in its place */
    if (status != STATUS_OK) return status;
    bool same_person = takes_subject(memo, &corrected, STR("hcp"));
    bool same_institution = takes_subject(memo, &corrected, STR("hco"));
    if (same_person && same_institution) return STATUS_OK;
    problem_add(context->problem, STR("/corrects"), "memo_corrects_other");
    return STATUS_INVALID;
}

static Status check_effect(Context *context, const Record *memo) {
    const Value *kind = record_value(memo, STR("kind"));
    if (value_is_null(record_value(memo, STR("effect")))) return STATUS_OK;
    if (kind->kind == VALUE_TEXT && str_is(kind->text, "resonated")) return STATUS_OK;
    problem_add(context->problem, STR("/effect"), "memo_effect_kind");
    return STATUS_INVALID;
}

Status memo_before_save(Context *context, Change *change) {
    Status status = follow_corrected(context, change->after);
    if (status == STATUS_OK) status = memo_subject_before_save(context, change);
    return status == STATUS_OK ? check_effect(context, change->after) : status;
}

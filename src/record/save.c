/*
 * The order of a save. Hooks come before the checks, since they fill in what is checked. A new
 * record's scope is asked after the row is written: whether it lies within "team" is a question
 * that the access predicate answers about rows, and a refusal takes the row back with the
 * transaction.
 */
#include "save.h"

#include "access.h"
#include "journal.h"
#include "rollup.h"
#include "row.h"

static Status call_hook(Status (*hook)(void *, Context *, Change *), Context *context,
                        Change *change) {
    return hook ? hook(context->hooks->engine, context, change) : STATUS_OK;
}

static Status before_save(Context *context, Change *change) {
    Status status =
        context->hooks ? call_hook(context->hooks->before_save, context, change) : STATUS_OK;
    if (status == STATUS_OK) rollup_say_otherwise(change->after);
    return status;
}

/* The journal first, then what depends on the change; rules see a consistent database. */
static Status after_save(Context *context, const Change *change) {
    Status status = journal_append(context, change);
    if (status == STATUS_OK) status = rollup_after(context, change);
    if (status != STATUS_OK || !context->hooks || !context->hooks->after_save) return status;
    return context->hooks->after_save(context->hooks->engine, context, change);
}

Status save_check_scope(Context *context, const Record *record, Verb verb) {
    AccessDecision decision;
    Status status = access_decide(context, record, verb, &decision);
    if (status != STATUS_OK || decision.allowed) return status;
    return draft_deny(context, record->object, decision.code);
}

/* Nobody may give a record to where they could not have changed it themselves. */
static bool ownership_changed(const Record *before, const Record *after) {
    const Ownership *ownership = &after->object->ownership;
    if (!str_empty(ownership->owner)) {
        return !value_equal(record_value(before, ownership->owner),
                            record_value(after, ownership->owner));
    }
    for (size_t i = 0; i < ownership->via_count; i++) {
        if (!value_equal(record_value(before, ownership->via[i]),
                         record_value(after, ownership->via[i]))) {
            return true;
        }
    }
    return false;
}

/* Sets of fields that are unique together are found by the database only, which names no field. */
static Status conflict_without_field(Context *context, Status status) {
    if (status == STATUS_CONFLICT && !context->problem->count) {
        problem_add(context->problem, STR(""), "conflict_unique");
    }
    return status;
}

/* The children and the answer come after this; all of it is one transaction. */
Status save_insert(Context *context, Draft *draft) {
    Change change = {.action = CHANGE_CREATE, .before = NULL, .after = &draft->record};
    size_t errors = context->problem->count;
    Status status = before_save(context, &change);
    /* The domain names fields of the record, which may be one of many in the request. */
    if (status != STATUS_OK) problem_place_below(context->problem, errors, draft->pointer);
    if (status != STATUS_OK) return status;
    status = draft_check_required(context, draft);
    if (status == STATUS_OK) status = draft_check_data(context, draft, NULL);
    if (status == STATUS_OK) {
        draft->record.version = 1;
        status = conflict_without_field(context, row_insert(context, &draft->record));
    }
    if (status == STATUS_OK) status = save_check_scope(context, &draft->record, VERB_CREATE);
    if (status == STATUS_OK) status = after_save(context, &change);
    return status;
}

/*
 * Who may change the record was asked before it was read; here only whether it stays within reach.
 */
Status save_update(Context *context, const Record *before, Draft *draft) {
    Change change = {.action = CHANGE_UPDATE, .before = before, .after = &draft->record};
    Status status = before_save(context, &change);
    if (status != STATUS_OK) return status;
    status = draft_check_required(context, draft);
    if (status == STATUS_OK) status = draft_check_data(context, draft, before);
    if (status == STATUS_OK) {
        draft->record.version = before->version + 1;
        draft->record.updated_at = context->now;
        draft->record.updated_by = context->actor->user;
        status = conflict_without_field(context, row_update(context, before, &draft->record));
    }
    if (status == STATUS_OK && ownership_changed(before, &draft->record)) {
        status = save_check_scope(context, &draft->record, VERB_UPDATE);
    }
    if (status == STATUS_OK) status = after_save(context, &change);
    return status;
}

/*
 * No check of required fields: an old record may be deleted although a field has become required.
 */
Status save_mark(Context *context, const Record *before, ChangeAction action, int64_t deleted_at) {
    Draft draft = draft_of(context, before);
    draft.record.deleted_at = deleted_at;
    draft.record.version = before->version + 1;
    draft.record.updated_at = context->now;
    draft.record.updated_by = context->actor->user;
    Change change = {.action = action, .before = before, .after = &draft.record};
    Status status = before_save(context, &change);
    if (status == STATUS_OK) {
        status = conflict_without_field(context, row_mark_deleted(context, before, &draft.record));
    }
    if (status == STATUS_OK) status = after_save(context, &change);
    return status;
}

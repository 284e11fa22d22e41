/*
 * Both hooks look at the text anew: it costs microseconds, and the first one must not write
 * anything while the save may still be refused.
 */
#include "lint_record.h"

#include "finding.h"

static bool asks_for_market(const LintReading *reading) {
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->findings[i].rule->market_count) return true;
    }
    return false;
}

Status lint_read_for(Context *context, const Lexicons *lexicons, Str text, LintSpeaker speaker,
                     const LintSubject *subject, LintReading *reading, Str *market) {
    LintReader reader = lint_reader(lexicons, STR(""), speaker);
    *market = STR("");
    lint_read(context->arena, text, &reader, reading);
    if (!asks_for_market(reading)) return STATUS_OK;
    Status status = lint_market(context, lexicons->checks, subject, market);
    if (status != STATUS_OK || str_empty(*market)) return status;
    reader.market = *market;
    lint_read(context->arena, text, &reader, reading);
    return STATUS_OK;
}

/* Whether the field's text is to be looked at: it is new, or other than it was, be it empty now. */
static bool is_to_check(const Change *change, const Field *field, Str *text) {
    const Value *value = &change->after->values[field->index];
    *text = value->kind == VALUE_TEXT ? value->text : (Str){0};
    if (str_empty(field->lint)) return false;
    if (!change->before) return !str_empty(*text);
    return !value_equal(&change->before->values[field->index], value);
}

typedef Status FieldVisitor(Context *context, const Change *change, const FindingPlace *place,
                            const LintReading *reading);

static Status each_text(const Lexicons *lexicons, Context *context, const Change *change,
                        FieldVisitor *visit) {
    const Object *object = change->after->object;
    if (change->action == CHANGE_DELETE || change->action == CHANGE_RESTORE) return STATUS_OK;
    Status status = STATUS_OK;
    for (size_t i = 0; i < object->field_count && status == STATUS_OK; i++) {
        const Field *field = &object->fields[i];
        Str text;
        if (!is_to_check(change, field, &text)) continue;
        LintSubject subject = lint_subject(change->after);
        FindingPlace place = {.record = change->after, .field = field, .text = text};
        LintReading reading;
        status = lint_read_for(context, lexicons, text, lint_speaker_of(field), &subject, &reading,
                               &place.market);
        if (status == STATUS_OK) status = visit(context, change, &place, &reading);
    }
    return status;
}

static Status refuse(Context *context, const Change *change, const FindingPlace *place,
                     const LintReading *reading) {
    Lang lang = context->actor->lang;
    Status status = STATUS_OK;
    (void)change;
    for (size_t i = 0; i < reading->count; i++) {
        const LintFinding *finding = &reading->findings[i];
        if (finding->severity != LINT_BLOCK) continue;
        Str word = str_part(place->text, finding->span.byte_start,
                            finding->span.byte_end - finding->span.byte_start);
        problem_add(context->problem, problem_pointer(context->arena, STR(""), place->field->name),
                    "lint_blocked", word, label_in(&finding->rule->why, lang),
                    label_in(&finding->rule->instead, lang));
        status = STATUS_INVALID;
    }
    return status;
}

/* All fields are looked at before the answer, so that nobody mends one after the other. */
Status lint_before_save(const Lexicons *lexicons, Context *context, const Change *change) {
    size_t errors = context->problem->count;
    Status status = each_text(lexicons, context, change, refuse);
    if (status != STATUS_OK && status != STATUS_INVALID) return status;
    return context->problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

static Status keep(Context *context, const Change *change, const FindingPlace *place,
                   const LintReading *reading) {
    FindingCount count = {0};
    Status status = findings_keep(context, place, reading, &count);
    if (status != STATUS_OK || !change->before) return status;
    return findings_supersede(context, place, reading);
}

bool lint_keeps(const Object *object) {
    return !str_is(object->name, "safety_report");
}

Status lint_after_save(const Lexicons *lexicons, Context *context, const Change *change) {
    if (!model_object(context->model, STR("finding"))) return STATUS_OK;
    if (!lint_keeps(change->after->object)) return STATUS_OK;
    return each_text(lexicons, context, change, keep);
}

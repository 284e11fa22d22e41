/*
 * The table of what code guarantees, and the two hooks that run it. Guarantees come before rules in
 * the order of the table: a rule must see the temperature, the owner and the dates as they will be
 * committed. They hold for every door, since record calls the hooks whoever writes.
 */
#include "consequences.h"

#include "committee.h"
#include "handover.h"
#include "handover_promises.h"
#include "inquiry.h"
#include "lint/finding.h"
#include "lint/lint_record.h"
#include "material.h"
#include "material_share.h"
#include "memo.h"
#include "need.h"
#include "promise.h"
#include "promise_clarity.h"
#include "reassignment.h"
#include "safety.h"
#include "sign.h"
#include "temperature.h"
#include "territory.h"
#include "topic.h"
#include "visit.h"
#include "visit_form.h"
#include "visit_substance.h"

/* What code guarantees for an object; every step may be NULL. */
typedef struct Guarantee {
    const char *object;
    Status (*before_save)(Context *context, Change *change);
    /* As before_save, for what the definitions of the business decide; called after it. */
    Status (*judge)(const Business *business, Context *context, Change *change);
    Status (*after_save)(Context *context, const Change *change);
    /* As after_save, for what the definitions of the business decide; called after it. */
    Status (*conclude)(const Business *business, Context *context, const Change *change);
} Guarantee;

static const Guarantee GUARANTEES[] = {
    {.object = "hcp", .before_save = temperature_before_save, .after_save = temperature_after_save},
    {.object = "hcp",
     .before_save = reassignment_before_save,
     .after_save = reassignment_after_save},
    {.object = "hco",
     .before_save = temperature_before_institution_save,
     .after_save = committee_after_institution_save},
    {.object = "allotment", .before_save = territory_before_allotment},
    {.object = "resource", .before_save = territory_before_resource},
    {.object = "committee", .before_save = committee_before_save},
    {.object = "finding", .before_save = finding_before_save},
    {.object = "content", .before_save = material_before_save, .after_save = material_after_save},
    {.object = "content_share", .before_save = material_share_before_save},
    {.object = "marketing_request", .before_save = marketing_request_before_save},
    {.object = "handover", .before_save = handover_before_save, .after_save = handover_after_save},
    {.object = "handover_plan",
     .before_save = handover_plan_before_save,
     .after_save = handover_promises_after_plan},
    {.object = "inquiry", .before_save = inquiry_before_save, .after_save = inquiry_after_save},
    {.object = "inquiry_source", .before_save = inquiry_source_before_save},
    {.object = "memo", .before_save = memo_before_save, .after_save = handover_memo_after_save},
    {.object = "temperature_reading",
     .before_save = memo_before_save,
     .after_save = temperature_reading_after_save},
    {.object = "need", .before_save = need_before_save, .after_save = need_after_save},
    {.object = "promise", .judge = promise_before_save},
    {.object = "promise", .judge = promise_clarity_before_save},
    {.object = "safety_report", .before_save = safety_before_save},
    {.object = "sign", .before_save = sign_before_save},
    {.object = "topic", .before_save = topic_before_save, .conclude = need_after_topic},
    {.object = "visit", .judge = visit_form_before_save},
    {.object = "visit", .judge = need_before_visit},
    {.object = "visit",
     .before_save = visit_before_save,
     .judge = visit_substance_before_save,
     .after_save = visit_after_save,
     .conclude = need_after_visit},
};
enum { GUARANTEE_COUNT = sizeof GUARANTEES / sizeof *GUARANTEES };

/* What the guarantees read and write by name. */
static const char *const NEEDED[][2] = {
    {"hcp", "temperature"},
    {"hcp", "temperature_changed_at"},
    {"hcp", "temperature_direction"},
    {"hcp", "owner"},
    {"hcp", "primary_hco"},
    {"hco", "next_committee_on"},
    {"committee", "hco"},
    {"committee", "held_on"},
    {"committee", "state"},
    {"committee", "outcome"},
    {"committee", "review"},
    {"committee", "reviewed_by"},
    {"committee", "reviewed_at"},
    {"hco", "temperature"},
    {"hco", "temperature_override"},
    {"hco", "temperature_reason"},
    {"hco", "temperature_override_until"},
    {"hco", "temperature_override_by"},
    {"hco", "temperature_override_at"},
    {"visit", "hcp"},
    {"visit", "state"},
    {"visit", "held_at"},
    {"visit", "planned_at"},
    {"visit", "temperature_product"},
    {"visit", "temperature_reason"},
    {"hcp", "needs"},
    {"need", "hcp"},
    {"need", "kind"},
    {"need", "sentence"},
    {"need", "visit"},
    {"need", "state"},
    {"need", "decided_at"},
    {"need", "decided_by"},
    {"need_source", "need"},
    {"need_source", "visit"},
    {"need_source", "sentence"},
    {"topic", "visit"},
    {"topic", "text"},
    {"visit", "form"},
    {"visit", "draft"},
    {"visit", "quick_note"},
    {"visit", "discussion"},
    {"visit", "substance"},
    {"topic", "kind"},
    {"topic", "direction"},
    {"topic", "state"},
    {"topic", "answered_at"},
    {"topic", "answered_by"},
    {"promise", "deliverable"},
    {"promise", "clarity"},
    {"visit", "vague_promise_count"},
    {"visit", "needs_read"},
    {"promise", "due_at"},
    {"promise", "confirm_at"},
    {"promise", "confirmed_at"},
    {"promise", "confirmed_by"},
    {"promise", "state"},
    {"sign", "cleared_at"},
    {"sign", "cleared_by"},
    {"temperature_reading", "hcp"},
    {"temperature_reading", "value"},
    {"temperature_reading", "previous"},
    {"temperature_reading", "at"},
    {"temperature_reading", "by"},
    {"temperature_reading", "visit"},
    {"temperature_reading", "product"},
    {"temperature_reading", "reason"},
    {"handover", "hcp"},
    {"handover", "from_user"},
    {"handover", "to_user"},
    {"handover", "at"},
    {"handover", "plan"},
    {"handover", "position"},
    {"handover", "doctor"},
    {"handover", "missing"},
    {"handover", "memo_complete"},
    {"handover", "memo_completed_at"},
    {"handover", "read_at"},
    {"handover_plan", "from_user"},
    {"handover_plan", "to_user"},
    {"handover_plan", "effective_on"},
    {"handover_plan", "due_on"},
    {"handover_plan", "state"},
    {"handover_plan", "promises"},
    {"promise", "owner"},
    {"handover_plan", "doctors"},
    {"handover_plan", "memos_complete"},
    {"handover_plan", "doctors_read"},
    {"finding", "key"},
    {"finding", "state"},
    {"finding", "note"},
    {"finding", "acknowledged"},
    {"finding", "acknowledged_at"},
    {"finding", "reviewed_by"},
    {"finding", "reviewed_at"},
    {"finding", "owner"},
    {"finding", "report"},
    {"finding", "record"},
    {"finding", "field"},
    {"safety_report", "origin"},
    {"safety_report", "no_event_reason"},
    {"safety_report", "outcome_note"},
    {"safety_report", "kind"},
    {"safety_report", "state"},
    {"safety_report", "aware_at"},
    {"safety_report", "owner"},
    {"safety_report", "visit"},
    {"safety_report", "hcp"},
    {"safety_report", "hco"},
    {"safety_report", "follows"},
    {"safety_report", "quote"},
    {"safety_report", "event"},
    {"safety_report", "missing"},
    {"safety_report", "submitted_at"},
    {"safety_report", "submitted_by"},
    {"safety_report", "received_at"},
    {"safety_report", "received_by"},
    {"safety_report", "closed_at"},
    {"safety_report", "reporter_kind"},
    {"safety_report", "patient_age"},
    {"safety_report", "patient_sex"},
    {"safety_report", "product"},
    {"safety_report", "product_name"},
    {"safety_report", "lot"},
    {"safety_report", "expiry"},
    {"safety_report", "retained"},
    {"safety_report", "harm"},
    {"safety_report", "market"},
    {"safety_report", "seriousness"},
    {"safety_report", "expectedness"},
    {"safety_report", "safety_number"},
    {"safety_report", "outcome"},
    {"safety_report", "told"},
    {"inquiry", "kind"},
    {"inquiry", "state"},
    {"inquiry", "answer"},
    {"inquiry", "answered_at"},
    {"inquiry", "answered_by"},
    {"inquiry", "unprompted"},
    {"inquiry_source", "inquiry"},
    {"inquiry_source", "topic"},
    {"inquiry_source", "visit"},
    {"inquiry_source", "hcp"},
    {"inquiry_source", "asker"},
    {"inquiry_source", "first"},
    {"inquiry_source", "answered_at"},
    {"topic", "visit"},
    {"topic", "state"},
    {"topic", "text"},
    {"topic", "subjects"},
    {"topic", "product"},
    {"topic", "kind"},
    {"hcp", "former_owner"},
    {"hcp", "tier"},
    {"memo", "kind"},
    {"memo", "hcp"},
    {"memo", "hco"},
    {"memo", "effect"},
    {"memo", "corrects"},
    {"task", "subject"},
    {"content", "state"},
    {"content", "tags"},
    {"content", "subjects"},
    {"content", "product"},
    {"content", "market"},
    {"content", "valid_from"},
    {"content", "valid_to"},
    {"allotment", "resource"},
    {"allotment", "hcp"},
    {"allotment", "state"},
    {"resource", "team"},
    {"content", "needs"},
    {"content_share", "visit"},
    {"content_share", "hcp"},
    {"content_share", "content"},
    {"content_share", "at"},
    {"content_news", "content"},
    {"content_news", "owner"},
    {"content_news", "doctors"},
    {"content_news", "names"},
    {"content_news", "at"},
    {"hcp", "tags"},
    {"hcp", "country"},
    {"hco", "country"},
    {"topic", "visit"},
    {"topic", "state"},
    {"topic", "subjects"},
    {"topic", "product"},
    {"marketing_request", "state"},
    {"marketing_request", "handler"},
    {"marketing_request", "answer"},
    {"notification", "owner"},
    {"notification", "kind"},
    {"notification", "at"},
    {"notification", "read_at"},
    {"notification", "batch"},
    {"notification", "source"},
    {"notification", "count"},
    {"user", "login"},
    {"user", "name"},
    {"user", "role"},
    {"user", "team"},
    {"user", "lang"},
    {"user", "zone"},
    {"user", "name_order"},
    {"user", "active"},
};

/* A kind of report that there is not would fail at somebody's visit too. */
static void check_reports(const Business *business, Problem *problem) {
    const LintRules *rules = business->lexicons.checks;
    const Object *object = model_object(business->model, STR("safety_report"));
    const Field *kind = object ? object_field(object, STR("kind")) : NULL;
    for (size_t i = 0; rules && kind && i < rules->count; i++) {
        Str report = rules->rules[i].report;
        if (str_empty(report) || field_choice(kind, report)) continue;
        problem_add(problem, STR("lexicons"), "definition_lint_report", rules->rules[i].lexicon,
                    report);
    }
}

/* Asked at the start: a definition without one of these fields would fail at somebody's visit. */
Status consequences_check(const Business *business, Problem *problem) {
    size_t errors = problem->count;
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
        Str name = str_of(NEEDED[i][0]), field = str_of(NEEDED[i][1]);
        const Object *object = model_object(business->model, name);
        if (object && object_field(object, field)) continue;
        problem_add(problem, STR("objects"), "definition_domain", name, field);
    }
    check_reports(business, problem);
    return problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

/* Deadlines count from instants that the guarantees fill in; compliance comes after both, because
 * what they fill in decides whose record it is. */
static Status before_save(void *engine, Context *context, Change *change) {
    const Business *business = engine;
    for (int i = 0; i < GUARANTEE_COUNT; i++) {
        const Guarantee *guarantee = &GUARANTEES[i];
        Status status = STATUS_OK;
        if (!str_is(change->after->object->name, guarantee->object)) continue;
        if (guarantee->before_save) status = guarantee->before_save(context, change);
        if (status == STATUS_OK && guarantee->judge) {
            status = guarantee->judge(business, context, change);
        }
        if (status != STATUS_OK) return status;
    }
    if (change->action == CHANGE_DELETE) return STATUS_OK;
    Status status = deadlines_before_save(&business->deadlines, context, change);
    if (status == STATUS_OK && !safety_is_from_record(change)) {
        status = lint_before_save(&business->lexicons, context, change);
    }
    if (status == STATUS_OK) {
        status = prohibitions_check(business->prohibitions, context, change->after);
    }
    if (status != STATUS_OK) return status;
    return capacities_before_save(business->capacities, context, change);
}

/* Scores before rules, which see them in the database. Runs of playbooks before rules too, so that
 * one that is over makes room for one that a rule starts. Rules come last and may write further
 * records, for which all of this runs again. */
static Status after_save(void *engine, Context *context, const Change *change) {
    const Business *business = engine;
    for (int i = 0; i < GUARANTEE_COUNT; i++) {
        const Guarantee *guarantee = &GUARANTEES[i];
        Status status = STATUS_OK;
        if (!str_is(change->after->object->name, guarantee->object)) continue;
        if (guarantee->after_save) status = guarantee->after_save(context, change);
        if (status == STATUS_OK && guarantee->conclude) {
            status = guarantee->conclude(business, context, change);
        }
        if (status != STATUS_OK) return status;
    }
    Status status = lint_after_save(&business->lexicons, context, change);
    if (status == STATUS_OK) {
        status = scores_after_save(&business->scores, context, change);
    }
    if (status == STATUS_OK) {
        status = capacities_after_save(business->capacities, context, change);
    }
    if (status == STATUS_OK) status = playbooks_after_save(&business->playbooks, context, change);
    if (status != STATUS_OK) return status;
    return rules_after_save(business->rules, context, change);
}

static Status is_asked(void *engine, Context *context, const Record *record, const Field *field,
                       bool *out) {
    const Business *business = engine;
    return layouts_ask(business->layouts, context, record, field, out);
}

Hooks consequences_hooks(const Business *business) {
    return (Hooks){.engine = (void *)business,
                   .before_save = before_save,
                   .after_save = after_save,
                   .is_asked = is_asked};
}

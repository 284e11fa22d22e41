/*
 * Rules: when a record changes, or every day, and a condition holds, then tasks, values, records.
 *
 * A rule on change acts in the transaction of the change. A daily rule finds its records as one set
 * and remembers each cause, so that it never acts twice for one. Rules that wake each other are cut
 * at RULE_DEPTH_MOST with a clear error, and the whole save is undone.
 */
#ifndef ONDO_ENGINE_RULE_H
#define ONDO_ENGINE_RULE_H

#include "condition.h"
#include "playbook.h"
#include "template.h"

enum { RULE_DEPTH_MOST = 8 };

typedef struct Rules Rules;

/**
 * Reads pharma/rules/ against model, templates and playbooks, which must outlive the rules.
 * STATUS_INVALID with every error, among them rules of one name.
 */
MUST_USE Status rules_load(Arena *arena, const Model *model, const Templates *templates,
                           const Playbooks *playbooks, const ModelSource *sources, size_t count,
                           Problem *problem, Rules **out);

/** For telling what a rule's work came from: their names, as in a task's source, and labels. */
size_t rules_count(const Rules *rules);
/** `index` below rules_count(); both live as long as the rules. */
Str rules_name_at(const Rules *rules, size_t index);
/** The same of the label, for lists in the reader's language. */
const Label *rules_label_at(const Rules *rules, size_t index);

/**
 * The minutes that count for who has set none in `own`, a field of people by which a rule in force
 * acts ("owner.draft_minutes"); false: no such rule.
 */
bool rules_default_minutes(const Rules *rules, Str own, int64_t *out);

/** What a rule waits for and does, for whoever foretells it. Lives as long as the rules. */
typedef struct RuleFacts {
    const Object *object;
    const Condition *condition;
    bool daily, on_create, on_update;
    const Field *const *causes; /* of a daily rule */
    size_t cause_count;
    size_t tasks, notices, changes, creations, starts; /* made each time that it acts */
    const Template *text; /* the first text that goes to somebody; NULL: none does */
} RuleFacts;

/** STATUS_NOT_FOUND when there is no rule of that name. One that is switched off is found too. */
MUST_USE Status rules_facts(const Rules *rules, Str name, RuleFacts *out);

/** Adds the SQL of whether a daily rule has not acted yet for what record "r" would be its cause.
 */
void rules_add_unclaimed(Sql *sql, Str name, const RuleFacts *facts);

/** Runs the rules that a change wakes, in its transaction. */
MUST_USE Status rules_after_save(const Rules *rules, Context *context, const Change *change);

/**
 * Runs every daily rule as the system, for the records of the people of one time zone (whose day it
 * is); records that nobody owns count with `company_zone`. `*acted` gets the number of causes
 * found.
 */
MUST_USE Status rules_run_daily(const Rules *rules, Context *context, Str company_zone,
                                int64_t *acted);

/**
 * Runs the rules that act some minutes after an instant of a record, as the system, for all records
 * whose time has come within the last days; each once per cause, as daily rules.
 */
MUST_USE Status rules_run_after(const Rules *rules, Context *context, int64_t *acted);

#endif

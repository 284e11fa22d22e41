/*
 * What a rule is once it has been read: between its reader (rule_read.c), what it does to one
 * record (rule.c) and the search for records whose turn it is (rule_daily.c). Nobody else looks
 * inside.
 */
#ifndef ONDO_ENGINE_RULE_PARTS_H
#define ONDO_ENGINE_RULE_PARTS_H

#include "expression.h"
#include "rule.h"

/** What a rule waits for. */
typedef enum When { WHEN_CHANGE, WHEN_CREATE, WHEN_UPDATE, WHEN_DAILY, WHEN_AFTER } When;

/** What it does; an action is of one kind. */
typedef enum ActionKind {
    ACTION_TASK,
    ACTION_SET,
    ACTION_CREATE,
    ACTION_NOTIFY,
    ACTION_START,
    ACTION_STOP,
} ActionKind;

/** When the task of an action falls due: never, in so many days, at the end of the month. */
typedef enum DueKind { DUE_NONE, DUE_DAYS, DUE_MONTH_END } DueKind;

/** A rule "after" an instant acts within these days of it; what is older was missed for good. */
enum { AFTER_DAYS_MOST = 7, AFTER_MINUTES_MOST = AFTER_DAYS_MOST * 24 * 60 };

/** A field and what it is set to. */
typedef struct Assignment {
    const Field *field;
    const Expression *expression;
} Assignment;

/** What a rule does when it acts. Which members count depends on the kind. */
typedef struct Action {
    ActionKind does;
    const Object *object; /* what is created, or changed */
    /* ACTION_SET: the reference to what is changed, ACTION_NOTIFY: to what the notice leads to.
     * NULL: the record itself. */
    const Field *on;
    const Template *template;
    const Expression *owner; /* ACTION_NOTIFY: to whom; ACTION_START, ACTION_STOP: for what */
    const Playbook *playbook;
    const Expression *at; /* ACTION_START: from when; NULL: now */
    Str kind;             /* ACTION_NOTIFY: a choice of notification.kind */
    const Str *roles;     /* ACTION_NOTIFY: everybody of these is told */
    size_t role_count;
    bool gather;      /* ACTION_NOTIFY: what one day brings a person is one notice */
    DueKind due;      /* of the task that it makes */
    int64_t due_days; /* from that */
    const Assignment *assignments;
    size_t assignment_count;
} Action;

/** A rule as read; the causes are the fields whose values tell one occasion from the next. */
typedef struct Rule {
    Str name;
    Label label;
    const Object *object;
    When when;
    bool off; /* kept, but asleep */
    const Condition *condition;
    const Field *after;        /* WHEN_AFTER: the instant that it counts from */
    int64_t after_minutes;     /* negative: before it */
    const Field *after_person; /* who may say another number of minutes; NULL: nobody */
    const Field *after_own;    /* the field of that person's record that says it */
    const Field **causes;
    size_t cause_count;
    Action *actions;
    size_t action_count;
} Rule;

/** In the order of their files. */
struct Rules {
    Rule *items;
    size_t count;
};

/** How many of the rule's actions are of this kind. */
size_t rule_count_actions(const Rule *rule, ActionKind kind);

/**
 * Does what the rule does to a record for which it holds. The context is the system's, at the depth
 * of the rule's own saves; STATUS_CONFLICT with "rule_loop" below RULE_DEPTH_MOST of them.
 */
MUST_USE Status rule_act(Context *context, const Rule *rule, const Record *record);

#endif

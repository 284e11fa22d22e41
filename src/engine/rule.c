/*
 * Reading rules, and acting by them. Two ways: a rule on change is asked about the one record while
 * its save is under way; a daily rule is one INSERT … SELECT that claims all records whose
 * condition holds and whose cause is new. The claim is the table rule_firing, whose unique key is
 * what makes a rule act once for one cause, whatever runs at the same time or again.
 */
#include "rule.h"

#include "access.h"
#include "clock.h"
#include "condition.h"
#include "definition_files.h"
#include "expression.h"
#include "field.h"
#include "notice.h"
#include "row.h"
#include "system_actor.h"
#include "zone.h"
#include "zone_share.h"

typedef enum When { WHEN_CHANGE, WHEN_CREATE, WHEN_UPDATE, WHEN_DAILY, WHEN_AFTER } When;
typedef enum ActionKind {
    ACTION_TASK,
    ACTION_SET,
    ACTION_CREATE,
    ACTION_NOTIFY,
    ACTION_START,
    ACTION_STOP,
} ActionKind;
typedef enum DueKind { DUE_NONE, DUE_DAYS, DUE_MONTH_END } DueKind;

/* Tasks fall due at the end of the working day of the person they are for. */
enum { DUE_HOUR = 18 };

/* Of a role more are not told: who has so many of one kind has an office for it. */
enum { PEOPLE_MOST = 200 };

/* A rule "after" an instant acts within these days of it; what is older was missed for good. */
enum { AFTER_DAYS_MOST = 7, AFTER_MINUTES_MOST = AFTER_DAYS_MOST * 24 * 60 };

/*
 * Playbooks that one daily rule starts at a time, in each zone. A rule that is new finds half a
 * company at once; the rest follows in the next hours, so that nobody else has to wait.
 */
enum { STARTS_MOST = 500 };

/* A field and what it is set to. */
typedef struct Assignment {
    const Field *field;
    const Expression *expression;
} Assignment;

/* What a rule does when it acts. Which members count depends on the kind. */
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
    bool gather; /* ACTION_NOTIFY: what one day brings a person is one notice */
    DueKind due;
    int64_t due_days;
    const Assignment *assignments;
    size_t assignment_count;
} Action;

/* A rule as read; the causes are the fields whose values tell one occasion from the next. */
typedef struct Rule {
    Str name;
    Label label;
    const Object *object;
    When when;
    bool off; /* kept, but asleep */
    const Condition *condition;
    const Field *after; /* WHEN_AFTER: the instant that it counts from */
    int64_t after_minutes;
    const Field *after_person; /* who may say another number of minutes; NULL: nobody */
    const Field *after_own;    /* the field of that person's record that says it */
    const Field **causes;
    size_t cause_count;
    Action *actions;
    size_t action_count;
} Rule;

struct Rules {
    Rule *items;
    size_t count;
};

/* ---- Loading ---- */

typedef struct RuleReader {
    Arena *arena;
    const Model *model;
    const Templates *templates;
    const Playbooks *playbooks;
    Problem *problem;
    Str file; /* or the part of it that is read: "rules/x.json#/actions/0" */
} RuleReader;

static void complain(RuleReader *reader, const char *code, Str what) {
    problem_add(reader->problem, reader->file, code, what);
}

static Str place_of(const RuleReader *reader, const char *part) {
    bool inner = str_find(reader->file, '#') < reader->file.size;
    return str_format(reader->arena, "%.*s%s/%s", STR_ARGS(reader->file), inner ? "" : "#", part);
}

/* The same reader at a part of what it reads, so that an error says where it is. */
static RuleReader reader_at(const RuleReader *reader, const char *part) {
    RuleReader inner = *reader;
    inner.file = place_of(reader, part);
    return inner;
}

static void complain_at(const RuleReader *reader, const char *part, const char *code, Str what) {
    problem_add(reader->problem, place_of(reader, part), code, what);
}

/* A constant is checked, and takes the field's form, once and for all. */
static Status read_assigned(RuleReader *reader, const Rule *rule, const json_t *node,
                            Assignment *into) {
    Value constant;
    if (json_is_object(node)) {
        return expression_parse(reader->arena, reader->model, rule->object, node, reader->file,
                                reader->problem, &into->expression);
    }
    Status status =
        field_from_json(reader->arena, into->field, node, reader->file, reader->problem, &constant);
    if (status == STATUS_OK) into->expression = expression_constant(reader->arena, constant);
    return status;
}

/* Names are checked against what is created or changed, not against the rule's own object. */
static void read_assignments(RuleReader *reader, const Rule *rule, Action *action,
                             const json_t *values) {
    Assignment *assignments = ARENA_ARRAY(reader->arena, json_object_size(values), Assignment);
    const char *name;
    json_t *node;
    RuleReader inside = reader_at(reader, "values");
    json_object_foreach((json_t *)values, name, node) {
        Assignment *into = &assignments[action->assignment_count];
        RuleReader value = reader_at(&inside, name);
        into->field = action->object ? object_field(action->object, str_of(name)) : NULL;
        if (!into->field) {
            complain(&value, "definition_unknown_field", str_of(name));
            continue;
        }
        if (read_assigned(&value, rule, node, into) == STATUS_OK) action->assignment_count++;
    }
    action->assignments = assignments;
}

/* In whole days, or at the end of the month, in the day of the person the task is for. */
static void read_due(RuleReader *reader, const json_t *due, Action *action) {
    const json_t *days = json_object_get(due, "days");
    if (json_is_integer(days)) {
        action->due = DUE_DAYS;
        action->due_days = json_integer_value(days);
    } else if (str_is(json_text(due), "month_end")) {
        action->due = DUE_MONTH_END;
    } else if (due) {
        complain_at(reader, "due", "definition_expression", STR("due"));
    }
}

static void read_text(RuleReader *reader, const json_t *node, Action *action) {
    action->template = templates_find(reader->templates, json_get_text(node, "template"));
    if (!action->template) {
        complain_at(reader, "template", "definition_unknown_template",
                    json_get_text(node, "template"));
    }
}

/* A role of which there is nobody tells nobody, as with escalations. */
static void read_roles(RuleReader *reader, const json_t *roles, Action *action) {
    Str *names = ARENA_ARRAY(reader->arena, json_array_size(roles), Str);
    for (size_t i = 0; i < json_array_size(roles); i++) {
        names[action->role_count++] = str_copy(reader->arena, json_text(json_array_get(roles, i)));
    }
    action->roles = names;
}

/* What goes to somebody needs a text and a person: what is nobody's is seen by nobody. */
static void read_addressed(RuleReader *reader, const Rule *rule, const json_t *node,
                           const char *person, Action *action) {
    read_text(reader, node, action);
    const json_t *to = json_object_get(node, person);
    Status status = STATUS_INVALID;
    if (json_is_object(to)) {
        status = expression_parse(reader->arena, reader->model, rule->object, to,
                                  place_of(reader, person), reader->problem, &action->owner);
    }
    if (status != STATUS_OK) complain_at(reader, person, "definition_expression", str_of(person));
}

static void read_task(RuleReader *reader, const Rule *rule, const json_t *node, Action *action) {
    action->does = ACTION_TASK;
    action->object = model_object(reader->model, STR("task"));
    read_addressed(reader, rule, node, "owner", action);
    read_due(reader, json_object_get(node, "due"), action);
}

/* NULL for no name, and, with an error, where the name is no reference of the rule's object. */
static const Field *read_reference(RuleReader *reader, const Rule *rule, Str name) {
    if (str_empty(name)) return NULL;
    const Field *field = object_field(rule->object, name);
    if (field && field->type == FIELD_REFERENCE) return field;
    complain(reader, "definition_unknown_field", name);
    return NULL;
}

/* The kinds are the choices of the object, which people turn off by name. */
static void read_notify(RuleReader *reader, const Rule *rule, const json_t *node, Action *action) {
    action->does = ACTION_NOTIFY;
    action->object = model_object(reader->model, STR("notification"));
    action->on = read_reference(reader, rule, json_get_text(node, "about"));
    action->gather = json_is_true(json_object_get(node, "gather"));
    read_roles(reader, json_object_get(node, "roles"), action);
    if (action->role_count && !json_object_get(node, "to")) {
        read_text(reader, node, action);
    } else {
        read_addressed(reader, rule, node, "to", action);
    }
    Str code = json_get_text(node, "kind");
    const Field *kinds = action->object ? object_field(action->object, STR("kind")) : NULL;
    const Choice *kind = kinds ? field_choice(kinds, code) : NULL;
    if (kind) {
        action->kind = kind->code;
    } else {
        complain_at(reader, "kind", "definition_notify_kind", code);
    }
}

/* "on" leads through a reference: a rule about visits may change the person visited. */
static void read_set(RuleReader *reader, const Rule *rule, const json_t *node, Action *action) {
    action->does = ACTION_SET;
    action->on = read_reference(reader, rule, json_get_text(node, "on"));
    action->object = action->on ? field_target(reader->model, action->on) : rule->object;
}

/* NULL where the member is absent; an error is reported at it. */
static const Expression *read_member(RuleReader *reader, const Rule *rule, const json_t *node,
                                     const char *member) {
    const Expression *expression = NULL;
    const json_t *value = json_object_get(node, member);
    if (value &&
        expression_parse(reader->arena, reader->model, rule->object, value,
                         place_of(reader, member), reader->problem, &expression) != STATUS_OK) {
        return NULL;
    }
    return expression;
}

/* Values are fields of the run: what it began with, so that a stop can ask about it. */
static void read_playbook(RuleReader *reader, const Rule *rule, const json_t *node, ActionKind does,
                          Action *action) {
    Str name = json_get_text(node, "playbook");
    action->does = does;
    action->object = model_object(reader->model, STR("playbook_run"));
    action->playbook = reader->playbooks ? playbooks_find(reader->playbooks, name) : NULL;
    if (!action->playbook) complain_at(reader, "playbook", "definition_unknown_playbook", name);
    action->owner = read_member(reader, rule, node, "for");
    action->at = read_member(reader, rule, node, "at");
    if (!action->owner) complain_at(reader, "for", "definition_expression", STR("for"));
}

static const char *const ACTION_MEMBERS[] = {
    "do",   "template", "owner",  "due",      "on",  "object", "values", "to",
    "kind", "about",    "gather", "playbook", "for", "at",     "roles",  NULL};

static void read_action(RuleReader *reader, const Rule *rule, const json_t *node, Action *action) {
    Place place = place_file(reader->arena, reader->problem, reader->file, node);
    if (!place_is_object(&place, ACTION_MEMBERS)) return;
    Str kind = json_get_text(node, "do");
    if (str_is(kind, "task")) {
        read_task(reader, rule, node, action);
    } else if (str_is(kind, "set")) {
        read_set(reader, rule, node, action);
    } else if (str_is(kind, "notify")) {
        read_notify(reader, rule, node, action);
    } else if (str_is(kind, "start")) {
        read_playbook(reader, rule, node, ACTION_START, action);
    } else if (str_is(kind, "stop")) {
        read_playbook(reader, rule, node, ACTION_STOP, action);
    } else if (str_is(kind, "create")) {
        action->does = ACTION_CREATE;
        action->object = model_object(reader->model, json_get_text(node, "object"));
        if (!action->object) {
            complain_at(reader, "object", "definition_unknown_object", STR("create"));
        }
    } else {
        complain_at(reader, "do", "definition_unknown_action", kind);
        return;
    }
    read_assignments(reader, rule, action, json_object_get(node, "values"));
}

/* A daily rule needs a cause: without one it would act again each day. */
static void read_causes(RuleReader *reader, Rule *rule, const json_t *causes) {
    rule->causes = ARENA_ARRAY(reader->arena, json_array_size(causes), const Field *);
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)causes, i, name) {
        const Field *field = object_field(rule->object, json_text(name));
        if (field) {
            rule->causes[rule->cause_count++] = field;
        } else {
            complain_at(reader, "cause", "definition_unknown_field", json_text(name));
        }
    }
    if ((rule->when == WHEN_DAILY || rule->when == WHEN_AFTER) && !rule->cause_count)
        complain_at(reader, "cause", "definition_cause", rule->name);
}

static const char *const WHEN_NAMES[] = {
    [WHEN_CHANGE] = "change", [WHEN_CREATE] = "create", [WHEN_UPDATE] = "update",
    [WHEN_DAILY] = "daily",   [WHEN_AFTER] = "after",
};

static const char *const AFTER_MEMBERS[] = {"field", "minutes", "own", NULL};

/* "owner.draft_minutes": a reference of the record, and a number of what it leads to. */
static void read_after_own(RuleReader *reader, Rule *rule, Str path) {
    if (str_empty(path)) return;
    Str own = path, person = str_cut(&own, '.');
    const Field *reference = object_field(rule->object, person), *field = NULL;
    if (reference && reference->type == FIELD_REFERENCE) {
        field = object_field(field_target(reader->model, reference), own);
    }
    if (!field || field->type != FIELD_INTEGER) {
        complain_at(reader, "after", "definition_unknown_field", path);
        return;
    }
    rule->after_person = reference;
    rule->after_own = field;
}

/* So many minutes after an instant of the record; other rules know no minutes. */
static void read_after(RuleReader *reader, Rule *rule, const json_t *node) {
    if (rule->when != WHEN_AFTER) {
        if (node) complain_at(reader, "after", "definition_when", STR("after"));
        return;
    }
    Place place = place_file(reader->arena, reader->problem, place_of(reader, "after"), node);
    if (!place_is_object(&place, AFTER_MEMBERS)) return;
    Str name = place_text_needed(&place, "field");
    const Field *field = object_field(rule->object, name);
    if (!field || field->type != FIELD_INSTANT) {
        complain_at(reader, "after", "definition_unknown_field", name);
    }
    PlaceBounds bounds = {.minimum = 0, .maximum = AFTER_MINUTES_MOST};
    rule->after = field;
    rule->after_minutes = place_integer(&place, "minutes", bounds);
    read_after_own(reader, rule, place_text(&place, "own"));
}

/* A daily rule sees records as they are, so it cannot ask what changed. */
static void read_when(RuleReader *reader, Rule *rule, Str when) {
    int index = 0, count = sizeof WHEN_NAMES / sizeof *WHEN_NAMES;
    while (index < count && !str_is(when, WHEN_NAMES[index])) index++;
    rule->when = (When)index;
    bool by_clock = rule->when == WHEN_DAILY || rule->when == WHEN_AFTER;
    bool impossible = by_clock && condition_needs_change(rule->condition);
    if (index == count || impossible) complain_at(reader, "when", "definition_when", when);
}

static const char *const RULE_MEMBERS[] = {"rule", "capability", "labels", "object",
                                           "when", "condition",  "cause",  "actions",
                                           "off",  "after",      NULL};

/* The condition first: what a rule may be woken by depends on it. */
static void read_rule(RuleReader *reader, const json_t *definition, Rule *rule) {
    Place file = place_file(reader->arena, reader->problem, reader->file, definition);
    if (!place_is_object(&file, RULE_MEMBERS)) return;
    rule->name = str_copy(reader->arena, json_get_text(definition, "rule"));
    rule->label = json_label(reader->arena, json_object_get(definition, "labels"));
    rule->object = model_object(reader->model, json_get_text(definition, "object"));
    rule->off = json_is_true(json_object_get(definition, "off"));
    if (str_empty(rule->name)) complain_at(reader, "rule", "definition_name", STR("rule"));
    if (!rule->object) {
        complain_at(reader, "object", "definition_unknown_object",
                    json_get_text(definition, "object"));
        return;
    }
    Str pointer = str_join(reader->arena, reader->file, STR("#/condition"));
    Status status = condition_parse(reader->arena, reader->model, rule->object,
                                    json_object_get(definition, "condition"), pointer,
                                    reader->problem, &rule->condition);
    if (status != STATUS_OK) return;
    read_when(reader, rule, json_get_text(definition, "when"));
    read_after(reader, rule, json_object_get(definition, "after"));
    read_causes(reader, rule, json_object_get(definition, "cause"));
    const json_t *actions = json_object_get(definition, "actions");
    rule->actions = ARENA_ARRAY(reader->arena, json_array_size(actions), Action);
    size_t i;
    json_t *node;
    json_array_foreach((json_t *)actions, i, node) {
        Str place = str_format(reader->arena, "actions/%zu", i);
        RuleReader inner = reader_at(reader, place.data);
        read_action(&inner, rule, node, &rule->actions[rule->action_count++]);
    }
    if (!rule->action_count) complain_at(reader, "actions", "definition_actions", rule->name);
}

static bool is_repeated(const Rules *rules, Str name) {
    for (size_t i = 0; i < rules->count; i++) {
        if (str_equal(rules->items[i].name, name)) return true;
    }
    return false;
}

Status rules_load(Arena *arena, const Model *model, const Templates *templates,
                  const Playbooks *playbooks, const ModelSource *sources, size_t count,
                  Problem *problem, Rules **out) {
    Rules *rules = ARENA_NEW(arena, Rules);
    rules->items = ARENA_ARRAY(arena, count, Rule);
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        RuleReader reader = {arena, model, templates, playbooks, problem, files.place.member};
        Rule *rule = &rules->items[rules->count];
        read_rule(&reader, files.definition, rule);
        /* Two rules of one name would take each other's causes for their own. */
        if (is_repeated(rules, rule->name)) complain(&reader, "definition_repeated", rule->name);
        rules->count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = rules;
    return STATUS_OK;
}

size_t rules_count(const Rules *rules) {
    return rules->count;
}
Str rules_name_at(const Rules *rules, size_t index) {
    return rules->items[index].name;
}
const Label *rules_label_at(const Rules *rules, size_t index) {
    return &rules->items[index].label;
}

static size_t count_actions(const Rule *rule, ActionKind kind) {
    size_t count = 0;
    for (size_t i = 0; i < rule->action_count; i++) count += rule->actions[i].does == kind;
    return count;
}

/* The first text that goes to somebody tells best what a rule does. */
static const Template *first_template(const Rule *rule) {
    for (size_t i = 0; i < rule->action_count; i++) {
        if (rule->actions[i].template) return rule->actions[i].template;
    }
    return NULL;
}

Status rules_facts(const Rules *rules, Str name, RuleFacts *out) {
    for (size_t i = 0; i < rules->count; i++) {
        const Rule *rule = &rules->items[i];
        if (!str_equal(rule->name, name)) continue;
        *out = (RuleFacts){.object = rule->object,
                           .condition = rule->condition,
                           .daily = rule->when == WHEN_DAILY,
                           .on_create = rule->when == WHEN_CREATE || rule->when == WHEN_CHANGE,
                           .on_update = rule->when == WHEN_UPDATE || rule->when == WHEN_CHANGE,
                           .causes = (const Field *const *)rule->causes,
                           .cause_count = rule->cause_count,
                           .tasks = count_actions(rule, ACTION_TASK),
                           .notices = count_actions(rule, ACTION_NOTIFY),
                           .changes = count_actions(rule, ACTION_SET),
                           .creations = count_actions(rule, ACTION_CREATE),
                           .starts = count_actions(rule, ACTION_START),
                           .text = first_template(rule)};
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

/* ---- Acting ---- */

/* Rules act as the system, in the name of the person whose change woke them. */
static Context *begin_acting(const Context *context, SystemActor *storage) {
    Context *acting = system_actor(context, storage);
    storage->actor.via = STR("rule");
    acting->depth++;
    return acting;
}

/* In the zone of the person the task is for, whose day it is to be done in. */
static Value due_at(const Context *context, const Actor *owner, const Action *action) {
    Str zone = owner->zone;
    Date day = zone_date(zone, context->now);
    if (action->due == DUE_NONE) return value_null();
    if (action->due == DUE_MONTH_END) {
        day = date_month_end(day);
    } else {
        day = date_from_days(date_to_days(day) + action->due_days);
    }
    /* On a day when the clocks change, the hours since midnight are not those on the wall. */
    int64_t start = zone_day_start(zone, day), due = start + DUE_HOUR * CLOCK_HOUR;
    return value_integer(due + zone_offset(zone, start) - zone_offset(zone, due));
}

/* Evaluated on the record that woke the rule, before anything is written. */
static Status collect_values(Context *context, const Action *action, const Record *record,
                             FieldValue *values, size_t *count) {
    for (size_t i = 0; i < action->assignment_count; i++) {
        values[*count].field = action->assignments[i].field;
        Status status = expression_value(context, action->assignments[i].expression, record,
                                         &values[*count].value);
        if (status != STATUS_OK) return status;
        ++*count;
    }
    return STATUS_OK;
}

static void add_value(const Object *object, const char *field, Value value, FieldValue *values,
                      size_t *count) {
    const Field *found = object_field(object, str_of(field));
    if (found) values[(*count)++] = (FieldValue){.field = found, .value = value};
}

enum { TASK_FIELDS = 5 };

/* Texts go out in the language and time of the person they are for. */
static Status fill_texts(const Context *context, const Action *action, const Actor *reader,
                         const Record *record, Str *subject, Str *body) {
    Context spoken = *context;
    spoken.actor = reader;
    Status status = expression_fill(&spoken, label_in(&action->template->subject, reader->lang),
                                    record, subject);
    if (status != STATUS_OK) return status;
    return expression_fill(&spoken, label_in(&action->template->body, reader->lang), record, body);
}

static Str source_of(const Context *context, const Rule *rule) {
    return str_join(context->arena, STR("rule:"), rule->name);
}

/* A task of nobody is written as for whoever acts. */
static Status read_owner(Context *context, const Action *action, const Record *record, Value *owner,
                         Receiver *out) {
    Status status = expression_value(context, action->owner, record, owner);
    if (status != STATUS_OK) return status;
    *out = (Receiver){.actor = *context->actor};
    return owner->kind == VALUE_ID ? receiver_read(context, owner->id, out) : STATUS_OK;
}

/* The rule's own values come first, so that they cannot replace what every task has. */
static Status make_task(Context *context, const Rule *rule, const Action *action,
                        const Record *record) {
    FieldValue *values =
        ARENA_ARRAY(context->arena, action->assignment_count + TASK_FIELDS, FieldValue);
    size_t count = 0;
    Value owner;
    Receiver receiver;
    Str subject, body;
    Status status = read_owner(context, action, record, &owner, &receiver);
    if (status == STATUS_OK) {
        status = fill_texts(context, action, &receiver.actor, record, &subject, &body);
    }
    if (status == STATUS_OK) status = collect_values(context, action, record, values, &count);
    if (status != STATUS_OK) return status;
    add_value(action->object, "subject", value_text(subject), values, &count);
    add_value(action->object, "body", value_text(body), values, &count);
    add_value(action->object, "owner", owner, values, &count);
    add_value(action->object, "due_at", due_at(context, &receiver.actor, action), values, &count);
    add_value(action->object, "source", value_text(source_of(context, rule)), values, &count);
    Record made;
    return record_insert(context, action->object, values, count, &made);
}

/*
 * Nobody is told of what they did themselves, and what follows from it: they were there.
 */
static bool is_news(const Context *context, const Value *to) {
    return to->kind == VALUE_ID && !id_equal(to->id, context->actor->user);
}

/* A reference that is empty leads to the record itself. */
static void lead_to(const Context *context, const Action *action, const Record *record,
                    Notice *notice) {
    const Value *reference = action->on ? &record->values[action->on->index] : NULL;
    bool elsewhere = reference && reference->kind == VALUE_ID;
    notice->about = elsewhere ? reference->id : record->id;
    notice->about_object =
        elsewhere ? field_target(context->model, action->on)->name : record->object->name;
}

/* What the receiver does not want is not even put together. */
static Status tell(Context *context, const Rule *rule, const Action *action, const Record *record,
                   Id to) {
    FieldValue *values = ARENA_ARRAY(context->arena, action->assignment_count, FieldValue);
    Receiver receiver;
    Status status = receiver_read(context, to, &receiver);
    if (status != STATUS_OK || !receiver_wants(&receiver, action->kind)) return status;
    Notice notice = {
        .to = to, .kind = action->kind, .source = source_of(context, rule), .values = values};
    lead_to(context, action, record, &notice);
    if (action->gather) {
        notice.gathered = date_text(context->arena, zone_date(receiver.actor.zone, context->now));
    }
    status = fill_texts(context, action, &receiver.actor, record, &notice.subject, &notice.body);
    if (status == STATUS_OK) {
        status = collect_values(context, action, record, values, &notice.count);
    }
    return status == STATUS_OK ? notice_send(context, &receiver, &notice) : status;
}

/* The person, and everybody of the roles; each once. */
static Status send_notice(Context *context, const Rule *rule, const Action *action,
                          const Record *record) {
    Id people[PEOPLE_MOST + 1];
    size_t count = 0;
    Value to = value_null();
    Status status = STATUS_OK;
    if (action->owner) status = expression_value(context, action->owner, record, &to);
    if (status == STATUS_OK && is_news(context, &to)) people[count++] = to.id;
    for (size_t i = 0; i < action->role_count && status == STATUS_OK; i++) {
        status =
            receivers_of_role(context->transaction, action->roles[i], people, PEOPLE_MOST, &count);
    }
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        Value person = value_id(people[i]);
        if (is_news(context, &person)) status = tell(context, rule, action, record, people[i]);
    }
    return status;
}

/*
 * With checked values: a constant was checked when the rule was read, the rest is of a field's
 * kind.
 */
static Status create_record(Context *context, const Action *action, const Record *record) {
    FieldValue *values = ARENA_ARRAY(context->arena, action->assignment_count, FieldValue);
    size_t count = 0;
    Record made;
    Status status = collect_values(context, action, record, values, &count);
    if (status != STATUS_OK) return status;
    return record_insert(context, action->object, values, count, &made);
}

/* Through the record layer like any change, so that it may wake further rules. */
static Status set_values(Context *context, const Action *action, const Record *record) {
    FieldValue *values = ARENA_ARRAY(context->arena, action->assignment_count, FieldValue);
    size_t count = 0;
    Record changed;
    Id target = record->id;
    Status status = collect_values(context, action, record, values, &count);
    if (status != STATUS_OK) return status;
    if (action->on) {
        const Value *reference = &record->values[action->on->index];
        if (reference->kind != VALUE_ID) return STATUS_OK;
        target = reference->id;
    }
    status = record_change(context, action->object, target, values, count, &changed);
    /* What it refers to may have been deleted; that does not forbid the change that woke us. */
    return status == STATUS_NOT_FOUND && action->on ? STATUS_OK : status;
}

/* What the run is for is read as the system; a reference that leads nowhere starts nothing. */
static Status start_playbook(Context *context, const Rule *rule, const Action *action,
                             const Record *record) {
    PlaybookStart start = {
        .playbook = action->playbook, .at = context->now, .origin = source_of(context, rule)};
    FieldValue *values = ARENA_ARRAY(context->arena, action->assignment_count, FieldValue);
    Value target, at = value_null();
    Record about;
    Status status = expression_value(context, action->owner, record, &target);
    if (status == STATUS_OK && action->at) {
        status = expression_value(context, action->at, record, &at);
    }
    if (status != STATUS_OK || target.kind != VALUE_ID) return status;
    if (at.kind == VALUE_INTEGER) start.at = at.integer;
    status = record_read(context, action->playbook->object, target.id, &about);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    start.record = &about;
    start.values = values;
    if (status == STATUS_OK) {
        status = collect_values(context, action, record, values, &start.count);
    }
    return status == STATUS_OK ? playbook_start_quietly(context, &start) : status;
}

static Status stop_playbook(Context *context, const Rule *rule, const Action *action,
                            const Record *record) {
    Value target;
    Status status = expression_value(context, action->owner, record, &target);
    if (status != STATUS_OK || target.kind != VALUE_ID) return status;
    return playbook_stop_for(context, action->playbook, target.id,
                             label_in(&rule->label, context->actor->lang));
}

/* `context` is the acting one. */
static Status act(Context *context, const Rule *rule, const Record *record) {
    if (context->depth > RULE_DEPTH_MOST) {
        problem_add(context->problem, STR(""), "rule_loop", rule->name);
        return STATUS_CONFLICT;
    }
    for (size_t i = 0; i < rule->action_count; i++) {
        const Action *action = &rule->actions[i];
        Status status = STATUS_FAILED;
        switch (action->does) {
            case ACTION_TASK: status = make_task(context, rule, action, record); break;
            case ACTION_SET: status = set_values(context, action, record); break;
            case ACTION_CREATE: status = create_record(context, action, record); break;
            case ACTION_NOTIFY: status = send_notice(context, rule, action, record); break;
            case ACTION_START: status = start_playbook(context, rule, action, record); break;
            case ACTION_STOP: status = stop_playbook(context, rule, action, record); break;
        }
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/*
 * Deleting and restoring wake no rule: a task for a record that is gone helps nobody, and one that
 * comes back had its tasks.
 */
static bool wakes(const Rule *rule, const Change *change) {
    if (rule->off || rule->object != change->after->object) return false;
    switch (rule->when) {
        case WHEN_CHANGE: return change->action == CHANGE_CREATE || change->action == CHANGE_UPDATE;
        case WHEN_CREATE: return change->action == CHANGE_CREATE;
        case WHEN_UPDATE: return change->action == CHANGE_UPDATE;
        case WHEN_DAILY:
        case WHEN_AFTER: return false;
    }
    return false;
}

/* Evaluated as the system: whether a rule acts must not depend on what its waker may read. */
Status rules_after_save(const Rules *rules, Context *context, const Change *change) {
    SystemActor system;
    Context *acting = begin_acting(context, &system);
    for (size_t i = 0; i < rules->count; i++) {
        const Rule *rule = &rules->items[i];
        bool holds = false;
        if (!wakes(rule, change)) continue;
        Status status =
            condition_holds(acting, rule->condition, change->after, change->before, &holds);
        if (status == STATUS_OK && holds) status = act(acting, rule, change->after);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* ---- Daily, as sets ---- */

/* One text that tells this cause from the next: the cause fields' values, joined. */
static void add_causes(Sql *sql, const Field *const *causes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sql_add(sql, i ? " || '|' || COALESCE(CAST(" : "COALESCE(CAST(");
        sql_add_column(sql, STR("r"), causes[i]->name);
        sql_add(sql, " AS text), '')");
    }
}

static void add_cause(Sql *sql, const Rule *rule) {
    add_causes(sql, (const Field *const *)rule->causes, rule->cause_count);
}

void rules_add_unclaimed(Sql *sql, Str name, const RuleFacts *facts) {
    sql_add(sql,
            "NOT EXISTS (SELECT 1 FROM \"rule_firing\" AS f WHERE f.\"record\" = \"r\".\"id\" "
            "AND f.\"rule\" = ");
    sql_bind(sql, value_text(name));
    sql_add(sql, " AND f.\"cause\" = ");
    add_causes(sql, facts->causes, facts->cause_count);
    sql_add(sql, ")");
}

/* Minutes after which the record's turn comes: the person's own, or the rule's. */
static void add_after_minutes(Sql *sql, const Rule *rule) {
    if (!rule->after_own) {
        sql_bind(sql, value_integer(rule->after_minutes));
        return;
    }
    sql_add(sql, "COALESCE((SELECT o.");
    sql_add_name(sql, rule->after_own->name);
    sql_add(sql, " FROM ");
    sql_add_name(sql, rule->after_person->reference);
    sql_add(sql, " AS o WHERE o.\"id\" = ");
    sql_add_column(sql, STR("r"), rule->after_person->name);
    sql_add(sql, "), ");
    sql_bind(sql, value_integer(rule->after_minutes));
    sql_add(sql, ")");
}

/* Whose turn it is: of a daily rule those of the zone, of one after an instant those whose time has
 * come; of the last days only, which an index on the instant finds without looking at others. */
static void add_turn(const Context *context, const Rule *rule, Str company_zone, Sql *sql) {
    if (rule->when == WHEN_DAILY) {
        zone_share_add(sql, rule->object, context->actor->zone, company_zone);
        return;
    }
    int64_t first =
        context->now - (rule->after_minutes * CLOCK_MINUTE + AFTER_DAYS_MOST * CLOCK_DAY);
    sql_add_column(sql, STR("r"), rule->after->name);
    sql_add(sql, " > ");
    sql_bind(sql, value_integer(first));
    sql_add(sql, " AND ");
    sql_add_column(sql, STR("r"), rule->after->name);
    sql_add(sql, " <= ");
    sql_bind(sql, value_integer(context->now));
    sql_add(sql, " - 60000 * ");
    add_after_minutes(sql, rule);
}

/* NOT EXISTS finds what is known cheaply; ON CONFLICT is for another server at the same moment. */
static Status claim_causes(Context *context, const Rule *rule, Str company_zone, Id run,
                           int64_t *claimed) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(
        &sql,
        "INSERT INTO \"rule_firing\" (\"rule\", \"record\", \"cause\", \"at\", \"run\") SELECT ");
    sql_bind(&sql, value_text(rule->name));
    sql_add(&sql, ", \"r\".\"id\", ");
    add_cause(&sql, rule);
    sql_add(&sql, ", ");
    sql_bind(&sql, value_integer(context->now));
    sql_add(&sql, ", ");
    sql_bind(&sql, value_id(run));
    sql_add(&sql, " FROM ");
    sql_add_name(&sql, rule->object->name);
    sql_add(&sql, " AS \"r\" WHERE \"r\".\"deleted_at\" IS NULL AND ");
    Status status = condition_add_sql(context, rule->condition, &sql, STR("r"));
    if (status != STATUS_OK) return status;
    sql_add(&sql, " AND ");
    add_turn(context, rule, company_zone, &sql);
    sql_add(&sql,
            " AND NOT EXISTS (SELECT 1 FROM \"rule_firing\" AS f WHERE f.\"record\" = \"r\".\"id\" "
            "AND f.\"rule\" = ");
    sql_bind(&sql, value_text(rule->name));
    sql_add(&sql, " AND f.\"cause\" = ");
    add_cause(&sql, rule);
    sql_add(&sql, ")");
    if (count_actions(rule, ACTION_START)) {
        sql_add(&sql, " LIMIT ");
        sql_bind(&sql, value_integer(STARTS_MOST));
    }
    sql_add(&sql, " ON CONFLICT DO NOTHING");
    return sql_execute(&sql, context->transaction, claimed);
}

/* The records of this run and no other: the run's id was made just before. */
static Status read_claimed(Context *context, const Rule *rule, Id run, Record *records,
                           size_t capacity, size_t *count) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, rule->object);
    sql_add(&sql, " FROM \"rule_firing\" AS f JOIN ");
    sql_add_name(&sql, rule->object->name);
    sql_add(&sql, " AS \"r\" ON \"r\".\"id\" = f.\"record\" WHERE f.\"run\" = ");
    sql_bind(&sql, value_id(run));
    sql_add(&sql, " ORDER BY \"r\".\"id\"");
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && *count < capacity && (status = store_next(rows)) == STATUS_OK) {
        row_read(context->arena, rows, 0, rule->object, &records[(*count)++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Claimed and acted on in one transaction: a failure gives the causes back. */
static Status run_daily_rule(Context *context, const Rule *rule, Str company_zone, int64_t *acted) {
    Id run = id_new(context->now);
    int64_t claimed = 0;
    size_t count = 0;
    Status status = claim_causes(context, rule, company_zone, run, &claimed);
    if (status != STATUS_OK || !claimed) return status;
    Record *records = ARENA_ARRAY(context->arena, (size_t)claimed, Record);
    status = read_claimed(context, rule, run, records, (size_t)claimed, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = act(context, rule, &records[i]);
    }
    if (status == STATUS_OK) *acted += claimed;
    return status;
}

static Status run_all(const Rules *rules, When when, Context *context, Str company_zone,
                      int64_t *acted) {
    int64_t total = 0;
    for (size_t i = 0; i < rules->count; i++) {
        if (rules->items[i].when != when || rules->items[i].off) continue;
        Status status = run_daily_rule(context, &rules->items[i], company_zone, &total);
        if (status != STATUS_OK) return status;
    }
    *acted = total;
    return STATUS_OK;
}

Status rules_run_daily(const Rules *rules, Context *context, Str company_zone, int64_t *acted) {
    return run_all(rules, WHEN_DAILY, context, company_zone, acted);
}

Status rules_run_after(const Rules *rules, Context *context, int64_t *acted) {
    return run_all(rules, WHEN_AFTER, context, (Str){0}, acted);
}

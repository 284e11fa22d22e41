/*
 * Reading rules. Whatever a rule refers to is looked up here, once: fields, texts, playbooks,
 * roles. So a rule that has been read can act, and a mistake is told when it is published, at its
 * place, and not in the night when the rule wakes.
 */
#include "definition_files.h"
#include "field.h"
#include "rule_parts.h"

/* One file being read; every error is gathered, with its place. */
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
                                           "off",  "after",      "group",  NULL};

/* The condition first: what a rule may be woken by depends on it. */
static void read_rule(RuleReader *reader, const json_t *definition, Rule *rule) {
    Place file = place_file(reader->arena, reader->problem, reader->file, definition);
    if (!place_is_object(&file, RULE_MEMBERS)) return;
    rule->name = str_copy(reader->arena, json_get_text(definition, "rule"));
    rule->label = json_label(reader->arena, json_object_get(definition, "labels"));
    (void)place_label(&file, "group"); /* where it is listed: nothing the engine goes by */
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

bool rules_default_minutes(const Rules *rules, Str own, int64_t *out) {
    for (size_t i = 0; i < rules->count; i++) {
        const Rule *rule = &rules->items[i];
        if (rule->off || !rule->after_own || !str_equal(rule->after_own->name, own)) continue;
        *out = rule->after_minutes;
        return true;
    }
    return false;
}

size_t rule_count_actions(const Rule *rule, ActionKind kind) {
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
                           .tasks = rule_count_actions(rule, ACTION_TASK),
                           .notices = rule_count_actions(rule, ACTION_NOTIFY),
                           .changes = rule_count_actions(rule, ACTION_SET),
                           .creations = rule_count_actions(rule, ACTION_CREATE),
                           .starts = rule_count_actions(rule, ACTION_START),
                           .text = first_template(rule)};
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

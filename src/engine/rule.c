/*
 * Acting by rules: tasks, values, records, notices, playbooks. A rule on change is asked about the
 * one record while its save is under way. What it writes goes through the same door as people's
 * work, so that it may wake other rules, up to a depth.
 */
#include "rule_parts.h"

#include "access.h"
#include "clock.h"
#include "field.h"
#include "notice.h"
#include "receiver.h"
#include "system_actor.h"
#include "zone.h"

/* Tasks fall due at the end of the working day of the person they are for. */
enum { DUE_HOUR = 18 };

/* Of a role more are not told: who has so many of one kind has an office for it. */
enum { PEOPLE_MOST = 200 };

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

Status rule_act(Context *context, const Rule *rule, const Record *record) {
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
        if (status == STATUS_OK && holds) status = rule_act(acting, rule, change->after);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

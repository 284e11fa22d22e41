/*
 * Values that a definition writes. Far smaller than conditions on purpose: an expression picks a
 * value and never calculates one, so that a rule's action can be read at a glance and needs no
 * types.
 */
#include "expression.h"

#include "clock.h"
#include "field.h"
#include "system_actor.h"
#include "zone.h"

typedef enum ExpressionKind {
    EXPRESSION_CONSTANT,
    EXPRESSION_ID,
    EXPRESSION_FIELD,
    EXPRESSION_REACHED, /* a field of the record that a reference leads to */
    EXPRESSION_ME,
    EXPRESSION_NOW,
    EXPRESSION_TODAY,
} ExpressionKind;

/* Checked when it is read: the field exists, and so does what its reference leads to. */
struct Expression {
    ExpressionKind kind;
    Value constant;
    const Field *field;
    Str reached;
};

/* The field's own rules are applied by whoever knows the field (rule.c). */
static Value constant_of(Arena *arena, const json_t *node) {
    if (json_is_string(node)) return value_text(str_copy(arena, json_text(node)));
    if (json_is_integer(node)) return value_integer(json_integer_value(node));
    if (json_is_real(node)) return value_decimal(json_real_value(node));
    if (json_is_boolean(node)) return value_boolean(json_is_true(node));
    return value_null();
}

/* One reference deep, like conditions. */
static Status parse_variable(Arena *arena, const Model *model, const Object *object, Str path,
                             Expression *out) {
    Str rest = path, head = str_cut(&rest, '.');
    if (str_is(head, "id") && !rest.data) {
        out->kind = EXPRESSION_ID;
        return STATUS_OK;
    }
    out->field = object_field(object, head);
    if (!out->field) return STATUS_INVALID;
    out->kind = EXPRESSION_FIELD;
    if (!rest.data) return STATUS_OK;
    if (out->field->type != FIELD_REFERENCE ||
        !object_field(field_target(model, out->field), rest)) {
        return STATUS_INVALID;
    }
    out->kind = EXPRESSION_REACHED;
    out->reached = str_copy(arena, rest);
    return STATUS_OK;
}

/* Arguments of the words are ignored: {"now": []} and {"now": null} are both written. */
static Status parse_operator(Arena *arena, const Model *model, const Object *object,
                             const json_t *node, Expression *out) {
    const json_t *variable = json_object_get(node, "var");
    if (variable) return parse_variable(arena, model, object, json_text(variable), out);
    if (json_object_get(node, "me")) {
        out->kind = EXPRESSION_ME;
    } else if (json_object_get(node, "now")) {
        out->kind = EXPRESSION_NOW;
    } else if (json_object_get(node, "today")) {
        out->kind = EXPRESSION_TODAY;
    } else {
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

Status expression_parse(Arena *arena, const Model *model, const Object *object, const json_t *node,
                        Str pointer, Problem *problem, const Expression **out) {
    Expression *expression = ARENA_NEW(arena, Expression);
    Status status = STATUS_OK;
    if (json_is_object(node)) {
        status = parse_operator(arena, model, object, node, expression);
    } else {
        expression->constant = constant_of(arena, node);
    }
    if (status != STATUS_OK) {
        problem_add(problem, pointer, "definition_expression", json_compact(arena, node));
        return status;
    }
    *out = expression;
    return STATUS_OK;
}

const Expression *expression_constant(Arena *arena, Value value) {
    Expression *expression = ARENA_NEW(arena, Expression);
    *expression = (Expression){.kind = EXPRESSION_CONSTANT, .constant = value};
    return expression;
}

/* Follows a reference as the system: a rule's text may name what its reader may not open. */
static Status follow(Context *context, const Field *field, const Value *reference, Record *out) {
    SystemActor system;
    if (reference->kind != VALUE_ID) return STATUS_NOT_FOUND;
    return record_read(system_actor(context, &system), field_target(context->model, field),
                       reference->id, out);
}

/* A record that is gone gives an empty value, not an error: rules outlive what they refer to. */
static Status reached_value(Context *context, const Expression *expression, const Record *record,
                            Value *out) {
    Record related;
    const Value *reference = &record->values[expression->field->index];
    Status status = follow(context, expression->field, reference, &related);
    if (status == STATUS_NOT_FOUND) {
        *out = value_null();
        return STATUS_OK;
    }
    if (status == STATUS_OK) *out = *record_value(&related, expression->reached);
    return status;
}

Status expression_value(Context *context, const Expression *expression, const Record *record,
                        Value *out) {
    switch (expression->kind) {
        case EXPRESSION_CONSTANT: *out = expression->constant; return STATUS_OK;
        case EXPRESSION_ID: *out = value_id(record->id); return STATUS_OK;
        case EXPRESSION_FIELD: *out = record->values[expression->field->index]; return STATUS_OK;
        case EXPRESSION_REACHED: return reached_value(context, expression, record, out);
        case EXPRESSION_ME: *out = value_id_or_null(context->actor->user); return STATUS_OK;
        case EXPRESSION_NOW: *out = value_integer(context->now); return STATUS_OK;
        case EXPRESSION_TODAY:
            *out = value_text(
                date_text(context->arena, zone_date(context->actor->zone, context->now)));
            return STATUS_OK;
    }
    return STATUS_FAILED;
}

/* ---- Texts with slots ---- */

/* Nobody is told a time to the second: a deadline of 24 hours after a save would have its
 * milliseconds. */
static Str slot_words(const Context *context, const Field *field, const Value *value) {
    Value told = *value;
    if (field->type == FIELD_INSTANT && told.kind == VALUE_INTEGER)
        told.integer -= told.integer % CLOCK_MINUTE;
    return field_text(context->arena, field, &told, context->actor->lang, context->actor->zone);
}

/* Choices, dates and times as the reader of the text sees them; a reference by its title. */
static Status slot_text(Context *context, Str path, const Record *record, Str *out) {
    Str rest = path, head = str_cut(&rest, '.');
    *out = (Str){0};
    if (str_is(head, "title")) {
        *out = record_title(context, record);
        return STATUS_OK;
    }
    const Field *field = object_field(record->object, head);
    if (!field) return STATUS_OK;
    const Value *value = &record->values[field->index];
    if (field->type != FIELD_REFERENCE) {
        *out = slot_words(context, field, value);
        return STATUS_OK;
    }
    Record related;
    Status status = follow(context, field, value, &related);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    return slot_text(context, rest.data ? rest : STR("title"), &related, out);
}

/* A brace that nothing closes stays as it is; texts are people's and may hold one. */
Status expression_fill(Context *context, Str text, const Record *record, Str *out) {
    Buffer filled CLEANUP(buffer_free) = {0};
    for (Str rest = text; rest.size;) {
        size_t open = str_find(rest, '{');
        buffer_add(&filled, str_part(rest, 0, open));
        rest = str_part(rest, open, rest.size);
        size_t close = str_find(rest, '}');
        if (close == rest.size) {
            buffer_add(&filled, rest);
            break;
        }
        Str slot;
        Status status = slot_text(context, str_part(rest, 1, close - 1), record, &slot);
        if (status != STATUS_OK) return status;
        buffer_add(&filled, slot);
        rest = str_part(rest, close + 1, rest.size);
    }
    *out = str_copy(context->arena, buffer_str(&filled));
    return STATUS_OK;
}

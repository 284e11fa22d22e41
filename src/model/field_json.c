/*
 * Values from the JSON of requests: strict in form, since a program wrote it. A number in quotation
 * marks is more likely a mistake in that program than a wish, and telling it so is the kinder way.
 */
#include <math.h>

#include "clock.h"
#include "field_rules.h"

typedef Status JsonReader(const FieldInput *input, const json_t *node, Value *out);

static Status read_text(const FieldInput *input, const json_t *node, Value *out) {
    if (!json_is_string(node)) return field_error(input, "not_text");
    return rule_text(input, json_text(node), out);
}

/* JSON does not tell 5 from 5.0, and some peers write the latter. */
static Status read_integer(const FieldInput *input, const json_t *node, Value *out) {
    if (json_is_integer(node)) return rule_integer(input, json_integer_value(node), out);
    double real = json_real_value(node);
    if (!json_is_real(node) || real != floor(real)) return field_error(input, "not_integer");
    int64_t beyond = FIELD_INTEGER_LIMIT + 1;
    bool within = fabs(real) <= (double)FIELD_INTEGER_LIMIT;
    return rule_integer(input, within ? (int64_t)real : beyond, out);
}

static Status read_decimal(const FieldInput *input, const json_t *node, Value *out) {
    if (!json_is_number(node)) return field_error(input, "not_number");
    return rule_decimal(input, json_number_value(node), out);
}

static Status read_boolean(const FieldInput *input, const json_t *node, Value *out) {
    if (!json_is_boolean(node)) return field_error(input, "not_boolean");
    *out = value_boolean(json_is_true(node));
    return STATUS_OK;
}

/* Dates stay text in the one form that sorts; only their existence is checked. */
static Status read_date(const FieldInput *input, const json_t *node, Value *out) {
    Date date;
    if (!json_is_string(node) || !date_parse(json_text(node), &date)) {
        return field_error(input, "not_date");
    }
    *out = value_text(str_copy(input->arena, json_text(node)));
    return STATUS_OK;
}

static Status read_instant(const FieldInput *input, const json_t *node, Value *out) {
    int64_t instant;
    if (!json_is_string(node) || !instant_parse(json_text(node), &instant)) {
        return field_error(input, "not_instant");
    }
    *out = value_integer(instant);
    return STATUS_OK;
}

static Status read_choice(const FieldInput *input, const json_t *node, Value *out) {
    if (!json_is_string(node)) return field_error(input, "not_text");
    const Choice *choice = field_choice(input->field, json_text(node));
    Status status = rule_choice(input, json_text(node), choice);
    if (status == STATUS_OK) *out = value_text(choice->code);
    return status;
}

/* The input of one item, whose errors point to it. */
static FieldInput item_input(const FieldInput *input, size_t index) {
    FieldInput item = *input;
    item.pointer = problem_pointer(input->problem->arena, input->pointer,
                                   str_format(input->problem->arena, "%zu", index));
    return item;
}

/* A code twice is a slip of the program that sent it, and is said to be one. */
static Status choose_item(const FieldInput *input, const json_t *node, bool *chosen) {
    Str code = json_text(node);
    const Choice *choice = field_choice(input->field, code);
    if (!json_is_string(node)) return field_error(input, "not_text");
    Status status = rule_choice(input, code, choice);
    if (status != STATUS_OK) return status;
    size_t index = (size_t)(choice - input->field->choices);
    if (chosen[index]) return field_error(input, "choice_repeated", code);
    chosen[index] = true;
    return STATUS_OK;
}

static Status read_choices(const FieldInput *input, const json_t *node, Value *out) {
    if (!json_is_array(node)) return field_error(input, "not_list");
    bool *chosen = ARENA_ARRAY(input->arena, input->field->choice_count, bool);
    Status status = STATUS_OK;
    size_t index;
    json_t *item;
    json_array_foreach(node, index, item) {
        FieldInput at = item_input(input, index);
        if (choose_item(&at, item, chosen) != STATUS_OK) status = STATUS_INVALID;
    }
    return status == STATUS_OK ? rule_choices(input, chosen, out) : status;
}

static Status read_tags(const FieldInput *input, const json_t *node, Value *out) {
    if (!json_is_array(node)) return field_error(input, "not_list");
    TagList list = {0};
    Status status = STATUS_OK;
    size_t index;
    json_t *item;
    json_array_foreach(node, index, item) {
        FieldInput at = item_input(input, index);
        Status each = json_is_string(item) ? rule_tag(&at, json_text(item), &list)
                                           : field_error(&at, "not_text");
        if (each != STATUS_OK) status = STATUS_INVALID;
    }
    return status == STATUS_OK ? rule_tags(input, &list, out) : status;
}

static Status read_id(const FieldInput *input, const json_t *node, Value *out) {
    return rule_id(input, json_text(node), out);
}

/* One reader a type; a new type without one does not get past the tests. */
static JsonReader *const READERS[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = read_text,       [FIELD_LONG_TEXT] = read_text,  [FIELD_INTEGER] = read_integer,
    [FIELD_DECIMAL] = read_decimal, [FIELD_BOOLEAN] = read_boolean, [FIELD_DATE] = read_date,
    [FIELD_INSTANT] = read_instant, [FIELD_CHOICE] = read_choice,   [FIELD_CHOICES] = read_choices,
    [FIELD_REFERENCE] = read_id,    [FIELD_EMAIL] = read_text,      [FIELD_PHONE] = read_text,
    [FIELD_URL] = read_text,        [FIELD_TAGS] = read_tags,       [FIELD_JSON] = rule_json,
    [FIELD_FILE] = read_id,
};

Status field_from_json(Arena *arena, const Field *field, const json_t *node, Str pointer,
                       Problem *problem, Value *out) {
    FieldInput input = {.arena = arena, .field = field, .pointer = pointer, .problem = problem};
    if (!node || json_is_null(node)) {
        *out = value_null();
        return STATUS_OK;
    }
    return READERS[field->type](&input, node, out);
}

/* In the definition's order, as field_from_json writes them. */
static bool known_list(Arena *arena, const Field *field, const json_t *node, Value *out) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    size_t found = 0;
    json_open_array(&json);
    for (size_t i = 0; i < field->choice_count; i++) {
        size_t index;
        json_t *code;
        json_array_foreach((json_t *)node, index, code) {
            if (!str_equal(json_text(code), field->choices[i].code)) continue;
            json_write_text(&json, field->choices[i].code);
            found++;
            break;
        }
    }
    json_close_array(&json);
    *out = found ? value_text(str_copy(arena, buffer_str(&text))) : value_null();
    return found == json_array_size(node);
}

bool field_known_choices(Arena *arena, const Field *field, const json_t *node, Value *out) {
    if (field->type == FIELD_CHOICES) {
        return json_is_array(node) && known_list(arena, field, node, out);
    }
    if (field->type != FIELD_CHOICE || !field_choice(field, json_text(node))) return false;
    *out = value_text(str_copy(arena, json_text(node)));
    return true;
}

/*
 * What values must obey, in whichever form they came.
 *
 * Lengths are counted in code points after normalisation: that is what JSON Schema's maxLength and
 * so the API's description mean, it needs no tables that change from one Unicode version to the
 * next, and it bounds what is stored, which counting grapheme clusters does not.
 */
#include "field_rules.h"

#include <math.h>

#include "check.h"
#include "contact.h"
#include "fold.h"

Status field_error_arguments(const FieldInput *input, const char *code,
                             const Str arguments[PROBLEM_ARGUMENTS]) {
    problem_add_arguments(input->problem, input->pointer, code, arguments);
    return STATUS_INVALID;
}

static Str integer_text(const FieldInput *input, int64_t integer) {
    return str_format(input->problem->arena, "%lld", (long long)integer);
}

static Str number_text(const FieldInput *input, double number) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_write_number(&json, number);
    return str_copy(input->problem->arena, buffer_str(&text));
}

/* ---- Text ---- */

/* The first control character (C0, DEL, C1), -1 when there is none. Line ends and tabs belong to
 * long text and are told apart by the caller. */
static int find_control(Str text, bool *line_break) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '\n' || c == '\t') {
            *line_break = true;
        } else if (c < 0x20 || c == 0x7F) {
            return c;
        } else if (c == 0xC2 && i + 1 < text.size && (unsigned char)text.data[i + 1] < 0xA0) {
            return (unsigned char)text.data[i + 1];
        }
    }
    return -1;
}

/* CR LF and lone CR become LF, so that the same text is the same bytes from every system. */
static Str unix_lines(Arena *arena, Str text) {
    if (str_find(text, '\r') == text.size) return text;
    char *lines = arena_take(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool pair = text.data[i] == '\r' && i + 1 < text.size && text.data[i + 1] == '\n';
        if (pair) continue;
        lines[size++] = text.data[i] == '\r' ? '\n' : text.data[i];
    }
    lines[size] = '\0';
    return (Str){.data = lines, .size = size};
}

/* Control characters hide text from people and command terminals that show it. */
static Status check_characters(const FieldInput *input, Str text) {
    bool line_break = false;
    int control = find_control(text, &line_break);
    if (control >= 0) {
        return field_error(input, "control_character",
                           str_format(input->problem->arena, "U+%04X", (unsigned)control));
    }
    if (line_break && input->field->type != FIELD_LONG_TEXT) return field_error(input, "one_line");
    return STATUS_OK;
}

static Status check_length(const FieldInput *input, Str text, int64_t limit) {
    size_t points = str_count_points(text);
    if (limit == 0 || points <= (size_t)limit) return STATUS_OK;
    return field_error(input, "too_long", integer_text(input, limit),
                       integer_text(input, (int64_t)points));
}

/* The form that the field's type or check asks for; may rewrite the text. */
static Status check_form(const FieldInput *input, Str *text) {
    const Field *field = input->field;
    CheckFunction *check = check_named(field->check);
    if (check && !check(input->arena, *text, text)) {
        return field_error(input, check_error_code(field->check), *text);
    }
    if (field->type == FIELD_EMAIL && !contact_email(input->arena, *text, text)) {
        return field_error(input, "email");
    }
    if (field->type == FIELD_PHONE && !contact_phone(input->arena, *text, text)) {
        return field_error(input, "phone");
    }
    if (field->type == FIELD_URL && !contact_url(input->arena, *text, text)) {
        return field_error(input, "url");
    }
    return STATUS_OK;
}

/* NFC, usual line ends, trimmed. */
static Status normalize(const FieldInput *input, Str *text) {
    if (!str_valid_utf8(*text)) return field_error(input, "not_utf8");
    *text = text_normalize(input->arena, unix_lines(input->arena, *text));
    return STATUS_OK;
}

/* Blank text is no text: otherwise "required" could be met by a space, and the same absence would
 * be stored in two ways. */
Status rule_text(const FieldInput *input, Str text, Value *out) {
    Status status = normalize(input, &text);
    if (status == STATUS_OK && str_empty(text)) {
        *out = value_null();
        return STATUS_OK;
    }
    if (status == STATUS_OK) status = check_characters(input, text);
    if (status == STATUS_OK) status = check_form(input, &text);
    if (status == STATUS_OK) status = check_length(input, text, input->field->max_length);
    if (status == STATUS_OK) *out = value_text(str_copy(input->arena, text));
    return status;
}

/* ---- Numbers and identifiers ---- */

static Status check_bounds(const FieldInput *input, double number) {
    const Field *field = input->field;
    if (number < field->minimum) {
        return field_error(input, "below_minimum", number_text(input, field->minimum));
    }
    if (number > field->maximum) {
        return field_error(input, "above_maximum", number_text(input, field->maximum));
    }
    return STATUS_OK;
}

/* Beyond 2^53 a browser would change the number without saying so. */
Status rule_integer(const FieldInput *input, int64_t integer, Value *out) {
    if (integer < -FIELD_INTEGER_LIMIT || integer > FIELD_INTEGER_LIMIT) {
        return field_error(input, "number_out_of_range", integer_text(input, FIELD_INTEGER_LIMIT));
    }
    Status status = check_bounds(input, (double)integer);
    if (status == STATUS_OK) *out = value_integer(integer);
    return status;
}

/* 1.005 is a little less in binary; one step outward before rounding makes it 1.01 again. Where
 * steps are coarse (over 13 digits) that step would itself change the number. */
static double round_to_scale(double number, int scale) {
    double factor = pow(10, scale);
    double steps = number * factor;
    if (fabs(steps) < 1e13) steps = nextafter(steps, number < 0 ? -INFINITY : INFINITY);
    steps = round(steps);
    return steps == 0 ? 0 : steps / factor;
}

Status rule_decimal(const FieldInput *input, double number, Value *out) {
    double limit = FIELD_DECIMAL_LIMIT / pow(10, input->field->scale);
    if (!(fabs(number) <= limit)) {
        return field_error(input, "number_out_of_range", number_text(input, floor(limit)));
    }
    number = round_to_scale(number, input->field->scale);
    Status status = check_bounds(input, number);
    if (status == STATUS_OK) *out = value_decimal(number);
    return status;
}

/* Whether the record exists, and whether the person may know it, is for the record layer to say. */
Status rule_id(const FieldInput *input, Str text, Value *out) {
    Id id;
    if (!id_parse(text, &id) || id_none(id)) return field_error(input, "not_id");
    *out = value_id(id);
    return STATUS_OK;
}

/* ---- Choices and tags ---- */

/* Those that may still be chosen; the retired ones would be refused next. */
static Str choice_codes(const FieldInput *input) {
    Buffer list CLEANUP(buffer_free) = {0};
    for (size_t i = 0; i < input->field->choice_count; i++) {
        if (input->field->choices[i].retired) continue;
        if (list.size) buffer_add(&list, STR(", "));
        buffer_add(&list, input->field->choices[i].code);
    }
    return str_copy(input->problem->arena, buffer_str(&list));
}

Status rule_choice(const FieldInput *input, Str text, const Choice *choice) {
    if (!choice) {
        return field_error(input, "choice_unknown", str_part(text, 0, 100), choice_codes(input));
    }
    if (choice->retired) return field_error(input, "choice_retired", text, choice_codes(input));
    return STATUS_OK;
}

static Status check_item_count(const FieldInput *input, size_t count) {
    if (count <= (size_t)input->field->max_length) return STATUS_OK;
    return field_error(input, "too_many_items", integer_text(input, input->field->max_length),
                       integer_text(input, (int64_t)count));
}

/* The definition's order, whatever the request's, so that the same set is the same text. */
/* A list without items is empty like any other value: it counts as nothing given. */
static Value list_value(const FieldInput *input, Str text, size_t count) {
    return count ? value_text(str_copy(input->arena, text)) : value_null();
}

Status rule_choices(const FieldInput *input, const bool *chosen, Value *out) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    size_t count = 0;
    json_open_array(&json);
    for (size_t i = 0; i < input->field->choice_count; i++) {
        if (!chosen[i]) continue;
        json_write_text(&json, input->field->choices[i].code);
        count++;
    }
    json_close_array(&json);
    Status status = check_item_count(input, count);
    if (status == STATUS_OK) *out = list_value(input, buffer_str(&text), count);
    return status;
}

/* Tags keep the order in which people gave them; lists are short, so looking through them will do.
 */
static void add_tag(const FieldInput *input, Str tag, TagList *list) {
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->tags[i], tag)) return;
    }
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        Str *tags = ARENA_ARRAY(input->arena, capacity, Str);
        if (list->count) memcpy(tags, list->tags, list->count * sizeof *tags);
        list->tags = tags;
        list->capacity = capacity;
    }
    list->tags[list->count++] = tag;
}

Status rule_tag(const FieldInput *input, Str text, TagList *list) {
    Status status = normalize(input, &text);
    if (status != STATUS_OK) return status;
    if (str_empty(text)) return field_error(input, "tag_empty");
    /* Lists of tags are written with ";" between them. */
    if (str_find(text, ';') < text.size) return field_error(input, "tag_separator");
    status = check_characters(input, text);
    if (status == STATUS_OK) status = check_length(input, text, FIELD_TAG_LIMIT);
    /* One more than allowed is enough to be refused; hostile lists stay cheap. */
    if (status == STATUS_OK && list->count <= (size_t)input->field->max_length) {
        add_tag(input, text, list);
    }
    return status;
}

Status rule_tags(const FieldInput *input, const TagList *list, Value *out) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    Status status = check_item_count(input, list->count);
    json_open_array(&json);
    for (size_t i = 0; i < list->count; i++) json_write_text(&json, list->tags[i]);
    json_close_array(&json);
    if (status == STATUS_OK) *out = list_value(input, buffer_str(&text), list->count);
    return status;
}

/* ---- Any JSON ---- */

/* Our writer, because jansson's writes 0.1 as 0.10000000000000001. Depth is bounded by json_read.
 */
static void write_node(JsonWriter *json, const json_t *node) {
    const char *name;
    json_t *value;
    size_t index;
    switch (json_typeof(node)) {
        case JSON_OBJECT:
            json_open_object(json);
            json_object_foreach((json_t *)node, name, value) {
                json_key(json, str_of(name));
                write_node(json, value);
            }
            json_close_object(json);
            break;
        case JSON_ARRAY:
            json_open_array(json);
            json_array_foreach(node, index, value) write_node(json, value);
            json_close_array(json);
            break;
        case JSON_STRING: json_write_text(json, json_text(node)); break;
        case JSON_INTEGER: json_write_integer(json, json_integer_value(node)); break;
        case JSON_REAL: json_write_number(json, json_real_value(node)); break;
        case JSON_TRUE:
        case JSON_FALSE: json_write_boolean(json, json_is_true(node)); break;
        case JSON_NULL: json_write_null(json); break;
    }
}

/* Measured as it is stored, so that the limit says what the database will hold. */
Status rule_json(const FieldInput *input, const json_t *node, Value *out) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    write_node(&json, node);
    if (text.size > (size_t)input->field->max_length) {
        return field_error(input, "json_too_large", integer_text(input, input->field->max_length),
                           integer_text(input, (int64_t)text.size));
    }
    *out = value_text(str_copy(input->arena, buffer_str(&text)));
    return STATUS_OK;
}

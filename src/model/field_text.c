/*
 * Values from the text of cells and query strings: lenient in form, as strict in meaning as JSON.
 *
 * People type what their keyboard and spreadsheet give them, in three languages. Whatever can mean
 * one thing only is taken; what could mean two (03/04/2026, "1,5", a label that two choices share)
 * is refused with the reason, because a wrong value that was accepted silently is worse than a
 * question.
 */
#include "clock.h"
#include "field_rules.h"
#include "fold.h"
#include "loose_time.h"

typedef Status TextReader(const FieldInput *input, Str text, Value *out);

/* A cell of one line may have been wrapped by the program that wrote it. */
static Status read_text(const FieldInput *input, Str text, Value *out) {
    char *line = str_terminated(input->arena, text);
    if (input->field->type == FIELD_LONG_TEXT) return rule_text(input, text, out);
    for (size_t i = 0; i < text.size; i++) {
        if (line[i] == '\n' || line[i] == '\r' || line[i] == '\t') line[i] = ' ';
    }
    return rule_text(input, (Str){.data = line, .size = text.size}, out);
}

/* People leave the scheme out; it is added only where the text can be nothing but a host. */
static Status read_url(const FieldInput *input, Str text, Value *out) {
    bool bare = str_starts(text, STR("www.")) || str_starts(text, STR("WWW."));
    return read_text(input, bare ? str_join(input->arena, STR("https://"), text) : text, out);
}

/* Takes the commas out of "1,234,567"; leaves text that is grouped otherwise as it is, to be
 * refused. */
static Str ungroup(Arena *arena, Str text) {
    char *plain = str_terminated(arena, text);
    size_t size = 0, since_comma = 0;
    bool grouped = false, fraction = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool group_ends = c == ',' || c == '.';
        if (group_ends && grouped && !fraction && since_comma != 3) return text;
        if (c == ',' && (fraction || since_comma == 0 || since_comma > 3)) return text;
        fraction = fraction || c == '.';
        grouped = grouped || c == ',';
        since_comma = c >= '0' && c <= '9' ? since_comma + 1 : 0;
        if (c != ',') plain[size++] = c;
    }
    if (grouped && !fraction && since_comma != 3) return text;
    plain[size] = '\0';
    return (Str){.data = plain, .size = size};
}

/* Usual width, the minus sign as a hyphen, no grouping. */
static Str plain_number(Arena *arena, Str text) {
    Str plain = str_trim(text_usual_width(arena, text));
    if (str_starts(plain, STR("−"))) {
        plain = str_join(arena, STR("-"), str_part(plain, STR("−").size, plain.size));
    }
    return ungroup(arena, plain);
}

/* Spreadsheets write 5 as 5.0. Digits beyond 64 bits are told apart from what is no number at all,
 * so that the sentence fits. */
static Status read_integer(const FieldInput *input, Str text, Value *out) {
    int64_t integer;
    Str plain = plain_number(input->arena, text);
    if (str_ends(plain, STR(".0"))) plain = str_part(plain, 0, plain.size - 2);
    if (str_to_integer(plain, &integer)) return rule_integer(input, integer, out);
    double beyond;
    bool whole = str_find(plain, '.') == plain.size && str_find(plain, 'e') == plain.size &&
                 str_find(plain, 'E') == plain.size;
    if (whole && str_to_number(plain, &beyond)) {
        return rule_integer(input, FIELD_INTEGER_LIMIT + 1, out);
    }
    return field_error(input, "not_integer");
}

/* A comma before the decimals is not guessed at: "1,5" may also be a slip for "1,500". */
static Status read_decimal(const FieldInput *input, Str text, Value *out) {
    double number;
    if (!str_to_number(plain_number(input->arena, text), &number)) {
        return field_error(input, "not_number");
    }
    return rule_decimal(input, number, out);
}

/* Both lists and the cell are folded, so that width, case and traditional forms do not matter. */
static Status read_boolean(const FieldInput *input, Str text, Value *out) {
    static const Str YES[] = {STR_INIT("yes"),  STR_INIT("y"),  STR_INIT("true"), STR_INIT("t"),
                              STR_INIT("1"),    STR_INIT("on"), STR_INIT("はい"), STR_INIT("有"),
                              STR_INIT("あり"), STR_INIT("○"),  STR_INIT("是"),   STR_INIT("对")};
    static const Str NO[] = {
        STR_INIT("no"),  STR_INIT("n"),      STR_INIT("false"), STR_INIT("f"),    STR_INIT("0"),
        STR_INIT("off"), STR_INIT("いいえ"), STR_INIT("無"),    STR_INIT("なし"), STR_INIT("×"),
        STR_INIT("否"),  STR_INIT("不是"),   STR_INIT("无"),    STR_INIT("没有")};
    Str folded = text_fold(input->arena, text);
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++) {
        if (!str_equal(folded, text_fold(input->arena, YES[i]))) continue;
        *out = value_boolean(true);
        return STATUS_OK;
    }
    for (size_t i = 0; i < sizeof NO / sizeof *NO; i++) {
        if (!str_equal(folded, text_fold(input->arena, NO[i]))) continue;
        *out = value_boolean(false);
        return STATUS_OK;
    }
    return field_error(input, "not_boolean");
}

/* Stored in the one form, whatever form it came in. */
static Status read_date(const FieldInput *input, Str text, Value *out) {
    Date date;
    if (!loose_date(input->arena, text, &date)) return field_error(input, "not_date");
    *out = value_text(date_text(input->arena, date));
    return STATUS_OK;
}

static Status read_instant(const FieldInput *input, Str text, Value *out) {
    int64_t instant;
    if (!loose_instant(input->arena, text, input->zone, &instant)) {
        return field_error(input, "not_local_instant");
    }
    *out = value_integer(instant);
    return STATUS_OK;
}

/* ---- Choices by code or by label ---- */

static bool choice_matches(Arena *arena, const Choice *choice, Str folded) {
    if (str_equal(text_fold(arena, choice->code), folded)) return true;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (str_equal(text_fold(arena, choice->label.in[lang]), folded)) return true;
    }
    return false;
}

/* A code counts before labels; a label counts when it means one choice only. */
static Status find_choice(const FieldInput *input, Str text, const Choice **out) {
    const Field *field = input->field;
    const Choice *found = field_choice(field, text);
    Str folded = text_fold(input->arena, text);
    bool exact = found != NULL;
    for (size_t i = 0; i < field->choice_count && !exact; i++) {
        if (!choice_matches(input->arena, &field->choices[i], folded)) continue;
        if (found) {
            return field_error(input, "choice_ambiguous", text, found->code,
                               field->choices[i].code);
        }
        found = &field->choices[i];
    }
    *out = found;
    return rule_choice(input, text, found);
}

static Status read_choice(const FieldInput *input, Str text, Value *out) {
    const Choice *choice;
    Status status = find_choice(input, text_normalize(input->arena, text), &choice);
    if (status == STATUS_OK) *out = value_text(choice->code);
    return status;
}

/* Cuts the next item of a list separated by ";", its full-width form, or a line end. Items that are
 * blank are passed over. False at the end. */
static bool next_item(Arena *arena, Str *rest, Str *out) {
    while (rest->size) {
        size_t end = 0;
        while (end < rest->size && rest->data[end] != ';' && rest->data[end] != '\n' &&
               !str_starts(str_part(*rest, end, 3), STR("；"))) {
            end++;
        }
        size_t separator = end < rest->size && rest->data[end] != ';' && rest->data[end] != '\n';
        *out = text_normalize(arena, str_part(*rest, 0, end));
        *rest = str_part(*rest, end + (separator ? STR("；").size : 1), rest->size);
        if (!str_empty(*out)) return true;
    }
    return false;
}

static Status read_choices(const FieldInput *input, Str text, Value *out) {
    bool *chosen = ARENA_ARRAY(input->arena, input->field->choice_count, bool);
    Status status = STATUS_OK;
    Str item;
    while (next_item(input->arena, &text, &item)) {
        const Choice *choice;
        if (find_choice(input, item, &choice) == STATUS_OK) {
            chosen[choice - input->field->choices] = true;
        } else {
            status = STATUS_INVALID;
        }
    }
    return status == STATUS_OK ? rule_choices(input, chosen, out) : status;
}

static Status read_tags(const FieldInput *input, Str text, Value *out) {
    TagList list = {0};
    Status status = STATUS_OK;
    Str item;
    while (next_item(input->arena, &text, &item)) {
        if (rule_tag(input, item, &list) != STATUS_OK) status = STATUS_INVALID;
    }
    return status == STATUS_OK ? rule_tags(input, &list, out) : status;
}

static Status read_id(const FieldInput *input, Str text, Value *out) {
    return rule_id(input, text, out);
}

/* JSON in a cell was written by a program, or by someone who knows it: nothing lenient here. */
static Status read_json(const FieldInput *input, Str text, Value *out) {
    json_t *node CLEANUP(json_drop) = NULL;
    if (json_read(text, NULL, &node) != STATUS_OK) return field_error(input, "not_json");
    if (!json_is_null(node)) return rule_json(input, node, out);
    *out = value_null();
    return STATUS_OK;
}

static TextReader *const READERS[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = read_text,       [FIELD_LONG_TEXT] = read_text,  [FIELD_INTEGER] = read_integer,
    [FIELD_DECIMAL] = read_decimal, [FIELD_BOOLEAN] = read_boolean, [FIELD_DATE] = read_date,
    [FIELD_INSTANT] = read_instant, [FIELD_CHOICE] = read_choice,   [FIELD_CHOICES] = read_choices,
    [FIELD_REFERENCE] = read_id,    [FIELD_EMAIL] = read_text,      [FIELD_PHONE] = read_text,
    [FIELD_URL] = read_url,         [FIELD_TAGS] = read_tags,       [FIELD_JSON] = read_json,
    [FIELD_FILE] = read_id,
};

/* Trimmed first: a cell of blanks is an empty cell. */
Status field_from_text(Arena *arena, const Field *field, Str text, Str zone, Str pointer,
                       Problem *problem, Value *out) {
    FieldInput input = {
        .arena = arena, .field = field, .zone = zone, .pointer = pointer, .problem = problem};
    if (!str_valid_utf8(text)) return field_error(&input, "not_utf8");
    Str trimmed = text_normalize(arena, text);
    if (str_empty(trimmed)) {
        *out = value_null();
        return STATUS_OK;
    }
    return READERS[field->type](&input, trimmed, out);
}

/*
 * JavaScript's coercions, followed to the letter of ECMAScript 2024, because the published test
 * cases of JSON Logic are made of them. Nothing here is used by conditions over records, which have
 * types and no coercions (ADR 6).
 */
#include "condition_datum.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Texts made only to be read as numbers need no more room than this. */
enum { NUMBER_TEXT_LIMIT = 1 << 16 };

void datum_drop(Datum *datum) {
    json_decref(datum->json);
    datum->json = NULL;
}

Datum datum_of(const json_t *node) {
    return node ? datum_own(json_incref((json_t *)node)) : (Datum){.kind = DATUM_UNDEFINED};
}

Datum datum_boolean(bool boolean) {
    return (Datum){.kind = DATUM_BOOLEAN, .boolean = boolean};
}

Datum datum_number(double number) {
    return (Datum){.kind = DATUM_NUMBER, .number = number};
}

/* Simple values are taken out at once; only texts, arrays and objects keep their node. */
Datum datum_own(json_t *node) {
    switch (json_typeof(node)) {
        case JSON_TRUE: return datum_boolean(true);
        case JSON_FALSE: return datum_boolean(false);
        case JSON_INTEGER:
        case JSON_REAL:
            return (Datum){.kind = DATUM_NUMBER, .number = json_number_value(node), .json = node};
        case JSON_STRING: return (Datum){.kind = DATUM_TEXT, .json = node};
        case JSON_ARRAY: return (Datum){.kind = DATUM_ARRAY, .json = node};
        case JSON_OBJECT: return (Datum){.kind = DATUM_OBJECT, .json = node};
        default: return (Datum){.kind = DATUM_NULL};
    }
}

Datum datum_text(Str text) {
    return datum_own(json_stringn_nocheck(text.data ? text.data : "", text.size));
}

/*
 * Whole numbers up to 2^53 are integers in JSON; beyond, a double no longer tells which one it is.
 */
static json_t *number_json(double number) {
    if (!isfinite(number)) return json_null();
    bool whole = number == floor(number) && fabs(number) < 9007199254740992.0;
    return whole ? json_integer((json_int_t)number) : json_real(number);
}

/* The node it came with, where it has one: numbers stay as they were written. */
json_t *datum_json(const Datum *datum) {
    if (datum->json) return json_incref(datum->json);
    switch (datum->kind) {
        case DATUM_BOOLEAN: return json_boolean(datum->boolean);
        case DATUM_NUMBER: return number_json(datum->number);
        default: return json_null();
    }
}

/* The one place where JSON Logic leaves JavaScript: an empty array is false. */
bool datum_truth(const Datum *datum) {
    switch (datum->kind) {
        case DATUM_BOOLEAN: return datum->boolean;
        case DATUM_NUMBER: return datum->number != 0 && !isnan(datum->number);
        case DATUM_TEXT: return json_string_length(datum->json) > 0;
        case DATUM_ARRAY: return json_array_size(datum->json) > 0;
        case DATUM_OBJECT: return true;
        default: return false;
    }
}

/* The longest beginning that is a decimal number, as JavaScript's StrDecimalLiteral; 0: none. */
static size_t decimal_prefix(Str text) {
    size_t at = 0, digits = 0;
    if (at < text.size && (text.data[at] == '+' || text.data[at] == '-')) at++;
    for (; at < text.size && text.data[at] >= '0' && text.data[at] <= '9'; at++) digits++;
    if (at < text.size && text.data[at] == '.') {
        at++;
        for (; at < text.size && text.data[at] >= '0' && text.data[at] <= '9'; at++) digits++;
    }
    if (!digits) return 0;
    size_t power = at;
    if (power >= text.size || (text.data[power] | 0x20) != 'e') return at;
    power++;
    if (power < text.size && (text.data[power] == '+' || text.data[power] == '-')) power++;
    size_t first = power;
    while (power < text.size && text.data[power] >= '0' && text.data[power] <= '9') power++;
    return power > first ? power : at;
}

/* NaN for any other text. */
static double infinity_of(Str text) {
    if (str_starts(text, STR("Infinity")) || str_starts(text, STR("+Infinity"))) return INFINITY;
    return str_starts(text, STR("-Infinity")) ? -INFINITY : NAN;
}

static double decimal_of(Str text) {
    Buffer digits CLEANUP(buffer_free) = {0};
    buffer_add(&digits, text);
    buffer_add_byte(&digits, '\0');
    return strtod(digits.data, NULL);
}

/* 0x, 0o and 0b, which Number() reads and parseFloat() does not. */
static double based_of(Str text) {
    char mark = (char)(text.data[1] | 0x20);
    int base = mark == 'x' ? 16 : mark == 'o' ? 8 : 2;
    double number = 0;
    for (size_t i = 2; i < text.size; i++) {
        char c = text.data[i], lower = (char)(c | 0x20);
        int digit = c >= '0' && c <= '9'           ? c - '0'
                    : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                   : 99;
        if (digit >= base) return NAN;
        number = number * base + digit;
    }
    return number;
}

/* The whole text must be a number, unlike parseFloat, which takes its beginning. */
static double text_to_number(Str text) {
    text = str_trim(text);
    if (str_empty(text)) return 0;
    bool based = text.size > 2 && text.data[0] == '0' && strchr("xXoObB", text.data[1]);
    if (based) return based_of(text);
    size_t size = decimal_prefix(text);
    if (size == text.size) return decimal_of(text);
    return str_ends(text, STR("Infinity")) && text.size <= 9 ? infinity_of(text) : NAN;
}

/* An array goes by its text, so [5] is 5 and [] is 0. */
double datum_to_number(const Datum *datum) {
    switch (datum->kind) {
        case DATUM_NULL: return 0;
        case DATUM_BOOLEAN: return datum->boolean;
        case DATUM_NUMBER: return datum->number;
        case DATUM_TEXT: return text_to_number(json_text(datum->json));
        case DATUM_ARRAY: {
            Buffer text CLEANUP(buffer_free) = {0};
            if (!datum_add_text(datum, NUMBER_TEXT_LIMIT, &text)) return NAN;
            return text_to_number(buffer_str(&text));
        }
        default: return NAN;
    }
}

/* As parseFloat: the longest beginning that is a number, so "12 mg" is 12. */
double datum_parse_number(const Datum *datum) {
    if (datum->kind == DATUM_NUMBER) return datum->number;
    Buffer buffer CLEANUP(buffer_free) = {0};
    if (!datum_add_text(datum, NUMBER_TEXT_LIMIT, &buffer)) return NAN;
    Str text = str_trim(buffer_str(&buffer));
    size_t size = decimal_prefix(text);
    return size ? decimal_of(str_part(text, 0, size)) : infinity_of(text);
}

/* `digits` (no point, no zeros at the end) with the point behind `point` of them:
 * ECMAScript 6.1.6.1.20. */
static void add_placed_digits(const char *digits, int count, int point, Buffer *out) {
    if (point > 21 || point < -5) {
        buffer_add_byte(out, digits[0]);
        if (count > 1) buffer_format(out, ".%s", digits + 1);
        buffer_format(out, "e%c%d", point > 0 ? '+' : '-', abs(point - 1));
    } else if (point <= 0) {
        buffer_format(out, "0.%.*s%s", -point, "00000", digits);
    } else if (point >= count) {
        buffer_format(out, "%s%.*s", digits, point - count, "000000000000000000000");
    } else {
        buffer_format(out, "%.*s.%s", point, digits, digits + point);
    }
}

/* The fewest digits that read back to the same number, as ECMAScript asks. */
static void add_number(double number, Buffer *out) {
    if (isnan(number)) {
        buffer_add(out, STR("NaN"));
        return;
    }
    if (number < 0) buffer_add_byte(out, '-');
    number = fabs(number);
    if (isinf(number) || number == 0) {
        buffer_add(out, number == 0 ? STR("0") : STR("Infinity"));
        return;
    }
    char text[32];
    for (int precision = 0; precision <= 16; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, number);
        if (strtod(text, NULL) == number) break;
    }
    char *power = strchr(text, 'e');
    char digits[20] = {text[0]};
    int count = 1;
    for (const char *c = text + 2; c < power; c++) digits[count++] = *c;
    while (count > 1 && digits[count - 1] == '0') digits[--count] = '\0';
    add_placed_digits(digits, count, (int)strtol(power + 1, NULL, 10) + 1, out);
}

/* As Array.toString: commas, and nothing for null. */
static bool add_array(const json_t *array, size_t limit, Buffer *out) {
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element) {
        if (i) buffer_add_byte(out, ',');
        Datum datum CLEANUP(datum_drop) = datum_of(element);
        if (datum.kind != DATUM_NULL && !datum_add_text(&datum, limit, out)) return false;
    }
    return out->size <= limit;
}

/* Arrays nest no deeper than the interpreter lets them be built, which bounds the recursion. */
bool datum_add_text(const Datum *datum, size_t limit, Buffer *out) {
    switch (datum->kind) {
        case DATUM_UNDEFINED: buffer_add(out, STR("undefined")); break;
        case DATUM_NULL: buffer_add(out, STR("null")); break;
        case DATUM_BOOLEAN: buffer_add(out, datum->boolean ? STR("true") : STR("false")); break;
        case DATUM_NUMBER: add_number(datum->number, out); break;
        case DATUM_TEXT: buffer_add(out, json_text(datum->json)); break;
        case DATUM_ARRAY: return add_array(datum->json, limit, out);
        case DATUM_OBJECT: buffer_add(out, STR("[object Object]")); break;
    }
    return out->size <= limit;
}

/* Undefined equals undefined, and null equals null. */
bool datum_equal_strictly(const Datum *a, const Datum *b) {
    if (a->kind != b->kind) return false;
    switch (a->kind) {
        case DATUM_BOOLEAN: return a->boolean == b->boolean;
        case DATUM_NUMBER: return a->number == b->number;
        case DATUM_TEXT: return str_equal(json_text(a->json), json_text(b->json));
        case DATUM_ARRAY:
        case DATUM_OBJECT: return a->json == b->json; /* the same one, as in JavaScript */
        default: return true;
    }
}

static bool is_nothing(const Datum *datum) {
    return datum->kind == DATUM_UNDEFINED || datum->kind == DATUM_NULL;
}

static bool is_compound(const Datum *datum) {
    return datum->kind == DATUM_ARRAY || datum->kind == DATUM_OBJECT;
}

/* What JavaScript's ToPrimitive makes of an array or object: its text. */
static Datum primitive_of(const Datum *datum) {
    if (!is_compound(datum)) return datum->json ? datum_of(datum->json) : *datum;
    Buffer text CLEANUP(buffer_free) = {0};
    bool whole = datum_add_text(datum, NUMBER_TEXT_LIMIT, &text);
    return whole ? datum_text(buffer_str(&text)) : datum_number(NAN);
}

/* The order of ECMAScript 7.2.13: emptiness first, then the same kind, then as numbers. */
bool datum_equal_loosely(const Datum *a, const Datum *b) {
    if (is_nothing(a) || is_nothing(b)) return is_nothing(a) && is_nothing(b);
    if (a->kind == b->kind || (is_compound(a) && is_compound(b))) return datum_equal_strictly(a, b);
    Datum left CLEANUP(datum_drop) = primitive_of(a);
    Datum right CLEANUP(datum_drop) = primitive_of(b);
    if (left.kind == right.kind) return datum_equal_strictly(&left, &right);
    return datum_to_number(&left) == datum_to_number(&right);
}

/* UTF-8 sorts as code points; UTF-16 puts those over U+FFFF before U+E000. */
static DatumOrder text_order(Str a, Str b) {
    size_t shorter = a.size < b.size ? a.size : b.size, at = 0;
    while (at < shorter && a.data[at] == b.data[at]) at++;
    if (at == shorter) {
        if (a.size == b.size) return DATUM_SAME;
        return a.size < b.size ? DATUM_LESS : DATUM_GREATER;
    }
    unsigned char x = (unsigned char)a.data[at], y = (unsigned char)b.data[at];
    bool swapped =
        (x >= 0xF0 && (y == 0xEE || y == 0xEF)) || (y >= 0xF0 && (x == 0xEE || x == 0xEF));
    return (x < y) != swapped ? DATUM_LESS : DATUM_GREATER;
}

/* Two texts by their letters, everything else as numbers (ECMAScript 7.2.12). */
DatumOrder datum_order(const Datum *a, const Datum *b) {
    Datum left CLEANUP(datum_drop) = primitive_of(a);
    Datum right CLEANUP(datum_drop) = primitive_of(b);
    if (left.kind == DATUM_TEXT && right.kind == DATUM_TEXT) {
        return text_order(json_text(left.json), json_text(right.json));
    }
    double x = datum_to_number(&left), y = datum_to_number(&right);
    if (isnan(x) || isnan(y)) return DATUM_UNORDERED;
    return x < y ? DATUM_LESS : x > y ? DATUM_GREATER : DATUM_SAME;
}

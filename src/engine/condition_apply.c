/*
 * Plain JSON Logic. Operators are a table; each gets its arguments evaluated, but those that choose
 * what to evaluate (if, and, or) or evaluate on other data (map, filter, …) get them as they stand.
 */
#include <math.h>
#include <stdlib.h>

#include "condition.h"
#include "condition_datum.h"

enum {
    STEPS_LIMIT = 200000,               /* nodes evaluated in one call; nested loops multiply */
    TEXT_LIMIT = 1 << 20,               /* bytes of a text built */
    ITEMS_LIMIT = 100000,               /* nodes of an array built */
    DEPTH_LIMIT = 2 * JSON_DEPTH_LIMIT, /* of an array built: data inside logic */
};

/*
 * What one call may still spend. Logic comes from definitions and tests, yet a loop in a loop must
 * not keep a server busy.
 */
typedef struct Machine {
    Problem *problem; /* NULL allowed */
    size_t steps;
    int depth;
} Machine;

/* The arguments as they stand in the logic: an array's elements, or one thing alone. */
typedef struct Terms {
    const json_t *node;
    size_t count;
} Terms;

typedef Status EagerOperator(Machine *machine, const json_t *data, const Datum *values,
                             size_t count, Datum *out);
typedef Status LazyOperator(Machine *machine, Terms terms, const json_t *data, Datum *out);

static const Datum UNDEFINED = {.kind = DATUM_UNDEFINED};

static Status apply(Machine *machine, const json_t *logic, const json_t *data, Datum *out);

/* Plain JSON Logic has no places: its errors are about the whole. */
static Status refuse(Machine *machine, const char *code, Str argument) {
    if (machine->problem) problem_add(machine->problem, STR(""), code, argument);
    return STATUS_INVALID;
}

/* {"!": x} and {"!": [x]} are the same. */
static Terms terms_of(const json_t *node) {
    return (Terms){.node = node, .count = json_is_array(node) ? json_array_size(node) : 1};
}

static const json_t *term(Terms terms, size_t index) {
    if (json_is_array(terms.node)) return json_array_get(terms.node, index);
    return index == 0 ? terms.node : NULL;
}

/* One that is not there is undefined, which is not null. */
static Status apply_term(Machine *machine, Terms terms, size_t index, const json_t *data,
                         Datum *out) {
    const json_t *node = term(terms, index);
    if (node) return apply(machine, node, data, out);
    *out = UNDEFINED;
    return STATUS_OK;
}

static const Datum *value_at(const Datum *values, size_t count, size_t index) {
    return index < count ? &values[index] : &UNDEFINED;
}

/*
 * Loops can wrap what they built before into itself again and again: whatever is built stays small
 * and shallow, so that reading and freeing it never recurses far.
 */
static bool within_limits(const json_t *node, int depth, size_t *items) {
    if (depth > DEPTH_LIMIT || ++*items > ITEMS_LIMIT) return false;
    size_t i;
    json_t *element;
    const char *key;
    if (json_is_array(node)) {
        json_array_foreach(node, i, element) {
            if (!within_limits(element, depth + 1, items)) return false;
        }
    } else if (json_is_object(node)) {
        json_object_foreach((json_t *)node, key, element) {
            if (!within_limits(element, depth + 1, items)) return false;
        }
    }
    return true;
}

/* Takes over the caller's reference, whatever the outcome. */
static Status give_array(Machine *machine, json_t *array, Datum *out) {
    size_t items = 0;
    bool fine = within_limits(array, 0, &items);
    machine->steps += items;
    if (!fine) {
        json_decref(array);
        return refuse(machine, "condition_depth", (Str){0});
    }
    *out = datum_own(array);
    return STATUS_OK;
}

/* ---- Operators that evaluate their own arguments ---- */

/* {"if": [test, value, test, value, …, otherwise]}: only what is chosen is evaluated. */
static Status run_if(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    size_t i = 0;
    for (; i + 1 < terms.count; i += 2) {
        Datum test CLEANUP(datum_drop) = UNDEFINED;
        Status status = apply_term(machine, terms, i, data, &test);
        if (status != STATUS_OK) return status;
        if (datum_truth(&test)) return apply_term(machine, terms, i + 1, data, out);
    }
    if (i < terms.count) return apply_term(machine, terms, i, data, out);
    *out = datum_of(json_null());
    return STATUS_OK;
}

/* The first value whose truth is `stop`, or the last. */
static Status run_until(Machine *machine, Terms terms, const json_t *data, bool stop, Datum *out) {
    Datum last = UNDEFINED;
    for (size_t i = 0; i < terms.count; i++) {
        datum_drop(&last);
        Status status = apply_term(machine, terms, i, data, &last);
        if (status != STATUS_OK) return status;
        if (datum_truth(&last) == stop) break;
    }
    *out = last;
    return STATUS_OK;
}

static Status run_and(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    return run_until(machine, terms, data, false, out);
}

static Status run_or(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    return run_until(machine, terms, data, true, out);
}

/* The elements themselves are the data of the second term. */
static Status run_filter(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    Datum list CLEANUP(datum_drop) = UNDEFINED;
    Status status = apply_term(machine, terms, 0, data, &list);
    if (status != STATUS_OK) return status;
    json_t *kept CLEANUP(json_drop) = json_array();
    size_t i;
    json_t *element;
    json_array_foreach(list.json, i, element) {
        Datum test CLEANUP(datum_drop) = UNDEFINED;
        status = apply_term(machine, terms, 1, element, &test);
        if (status != STATUS_OK) return status;
        if (datum_truth(&test)) json_array_append(kept, element);
    }
    return give_array(machine, json_incref(kept), out);
}

/* Undefined results become null, for an array has no holes in JSON. */
static Status run_map(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    Datum list CLEANUP(datum_drop) = UNDEFINED;
    Status status = apply_term(machine, terms, 0, data, &list);
    if (status != STATUS_OK) return status;
    json_t *made CLEANUP(json_drop) = json_array();
    size_t i;
    json_t *element;
    json_array_foreach(list.json, i, element) {
        Datum value CLEANUP(datum_drop) = UNDEFINED;
        status = apply_term(machine, terms, 1, element, &value);
        if (status != STATUS_OK) return status;
        json_array_append_new(made, datum_json(&value));
    }
    return give_array(machine, json_incref(made), out);
}

/* Elements are put into a fresh object each time, because the step may keep what it is given. */
static Status run_reduce(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    Datum list CLEANUP(datum_drop) = UNDEFINED;
    Status status = apply_term(machine, terms, 0, data, &list);
    if (status != STATUS_OK) return status;
    Datum sum CLEANUP(datum_drop) = UNDEFINED;
    status = apply_term(machine, terms, 2, data, &sum);
    size_t i;
    json_t *element;
    json_array_foreach(list.json, i, element) {
        if (status != STATUS_OK) return status;
        json_t *scope CLEANUP(json_drop) = json_object();
        json_object_set(scope, "current", element);
        json_object_set_new(scope, "accumulator", datum_json(&sum));
        Datum next = UNDEFINED;
        status = apply_term(machine, terms, 1, scope, &next);
        datum_drop(&sum);
        sum = next;
    }
    if (status != STATUS_OK) return status;
    *out = sum;
    sum = UNDEFINED;
    return STATUS_OK;
}

/* Counts the elements of the first term for which the second is true. */
static Status count_true(Machine *machine, Terms terms, const json_t *data, size_t *held,
                         size_t *all) {
    Datum list CLEANUP(datum_drop) = UNDEFINED;
    Status status = apply_term(machine, terms, 0, data, &list);
    if (status != STATUS_OK) return status;
    *held = 0;
    *all = json_array_size(list.json);
    size_t i;
    json_t *element;
    json_array_foreach(list.json, i, element) {
        Datum test CLEANUP(datum_drop) = UNDEFINED;
        status = apply_term(machine, terms, 1, element, &test);
        if (status != STATUS_OK) return status;
        *held += datum_truth(&test);
    }
    return STATUS_OK;
}

static Status run_all(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    size_t held, all;
    Status status = count_true(machine, terms, data, &held, &all);
    if (status == STATUS_OK) *out = datum_boolean(all > 0 && held == all);
    return status;
}

static Status run_none(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    size_t held, all;
    Status status = count_true(machine, terms, data, &held, &all);
    if (status == STATUS_OK) *out = datum_boolean(held == 0);
    return status;
}

static Status run_some(Machine *machine, Terms terms, const json_t *data, Datum *out) {
    size_t held, all;
    Status status = count_true(machine, terms, data, &held, &all);
    if (status == STATUS_OK) *out = datum_boolean(held > 0);
    return status;
}

/* ---- Reaching into the data ---- */

/* Arrays are reached into by index, as in JavaScript. */
static const json_t *member(const json_t *data, Str name) {
    if (json_is_object(data)) return json_object_getn(data, name.data, name.size);
    int64_t index;
    if (!json_is_array(data) || !str_to_integer(name, &index) || index < 0) return NULL;
    return json_array_get(data, (size_t)index);
}

/* NULL when the path leads nowhere. */
static const json_t *follow(const json_t *data, Str path) {
    for (Str rest = path; rest.data && data;) data = member(data, str_cut(&rest, '.'));
    return data;
}

/* {"var": ""} and {"var": null} are the data as a whole. */
static bool names_everything(const Datum *name) {
    if (name->kind == DATUM_UNDEFINED || name->kind == DATUM_NULL) return true;
    return name->kind == DATUM_TEXT && json_string_length(name->json) == 0;
}

/* A name that is a number is read as text: {"var": 1} is the second element. */
static Status look_up(Machine *machine, const json_t *data, const Datum *name, const json_t **out) {
    *out = data;
    if (names_everything(name)) return STATUS_OK;
    Buffer path CLEANUP(buffer_free) = {0};
    if (!datum_add_text(name, TEXT_LIMIT, &path)) {
        return refuse(machine, "condition_depth", (Str){0});
    }
    /* An empty path (of an empty array, say) is a member's name like any other. */
    *out = path.size ? follow(data, buffer_str(&path)) : member(data, STR(""));
    return STATUS_OK;
}

/* A default stands for what is not there; a member that is null is there. */
static Status run_var(Machine *machine, const json_t *data, const Datum *values, size_t count,
                      Datum *out) {
    const json_t *found;
    Status status = look_up(machine, data, value_at(values, count, 0), &found);
    if (status != STATUS_OK) return status;
    *out = datum_of(found);
    if (found) return STATUS_OK;
    const Datum *otherwise = value_at(values, count, 1);
    json_t *node CLEANUP(json_drop) = datum_json(otherwise);
    *out = otherwise->json ? datum_of(node) : *otherwise;
    if (out->kind == DATUM_UNDEFINED) out->kind = DATUM_NULL;
    return STATUS_OK;
}

/* An empty text counts as missing, as what a form left blank. */
static Status add_if_missing(Machine *machine, const json_t *data, const json_t *name,
                             json_t *missing) {
    Datum key CLEANUP(datum_drop) = datum_of(name);
    const json_t *found;
    Status status = look_up(machine, data, &key, &found);
    if (status != STATUS_OK) return status;
    bool nothing =
        !found || json_is_null(found) || (json_is_string(found) && !json_string_length(found));
    if (nothing) json_array_append(missing, (json_t *)name);
    return STATUS_OK;
}

static Status add_missing(Machine *machine, const json_t *data, const json_t *names,
                          json_t *missing) {
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name) {
        Status status = add_if_missing(machine, data, name, missing);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* The names may be given as arguments or as one array, which may itself have been calculated. */
static Status run_missing(Machine *machine, const json_t *data, const Datum *values, size_t count,
                          Datum *out) {
    json_t *missing CLEANUP(json_drop) = json_array();
    json_t *names CLEANUP(json_drop) = json_array();
    if (count && values[0].kind == DATUM_ARRAY) {
        json_array_extend(names, values[0].json);
    } else {
        for (size_t i = 0; i < count; i++) json_array_append_new(names, datum_json(&values[i]));
    }
    Status status = add_missing(machine, data, names, missing);
    if (status == STATUS_OK) *out = datum_of(missing);
    return status;
}

/* Gives nothing as soon as enough are there, otherwise those that are not. */
static Status run_missing_some(Machine *machine, const json_t *data, const Datum *values,
                               size_t count, Datum *out) {
    const json_t *names = value_at(values, count, 1)->json;
    json_t *missing CLEANUP(json_drop) = json_array();
    Status status = add_missing(machine, data, names, missing);
    if (status != STATUS_OK) return status;
    double present = (double)(json_array_size(names) - json_array_size(missing));
    bool enough = present >= datum_to_number(value_at(values, count, 0));
    *out = enough ? datum_own(json_array()) : datum_of(missing);
    return STATUS_OK;
}

/* ---- Comparing ---- */

#define COMPARING(name, expression)                                                             \
    static Status name(Machine *machine, const json_t *data, const Datum *values, size_t count, \
                       Datum *out) {                                                            \
        (void)machine;                                                                          \
        (void)data;                                                                             \
        const Datum *a = value_at(values, count, 0), *b = value_at(values, count, 1);           \
        *out = datum_boolean(expression);                                                       \
        return STATUS_OK;                                                                       \
    }

static bool is_less(const Datum *a, const Datum *b) {
    return datum_order(a, b) == DATUM_LESS;
}

static bool is_at_most(const Datum *a, const Datum *b) {
    DatumOrder order = datum_order(a, b);
    return order == DATUM_LESS || order == DATUM_SAME;
}

COMPARING(run_equal, datum_equal_loosely(a, b))
COMPARING(run_unequal, !datum_equal_loosely(a, b))
COMPARING(run_strictly_equal, datum_equal_strictly(a, b))
COMPARING(run_strictly_unequal, !datum_equal_strictly(a, b))
COMPARING(run_less, is_less(a, b) && (count < 3 || is_less(b, &values[2])))
COMPARING(run_at_most, is_at_most(a, b) && (count < 3 || is_at_most(b, &values[2])))
COMPARING(run_greater, is_less(b, a))
COMPARING(run_at_least, is_at_most(b, a))

static Status run_not(Machine *machine, const json_t *data, const Datum *values, size_t count,
                      Datum *out) {
    (void)machine;
    (void)data;
    *out = datum_boolean(!datum_truth(value_at(values, count, 0)));
    return STATUS_OK;
}

static Status run_truth(Machine *machine, const json_t *data, const Datum *values, size_t count,
                        Datum *out) {
    (void)machine;
    (void)data;
    *out = datum_boolean(datum_truth(value_at(values, count, 0)));
    return STATUS_OK;
}

/* ---- Numbers ---- */

/*
 * Addition parses its operands as numbers where the other operators convert them, as the reference
 * implementation does: {"+": "3.14"} is how a text is made a number.
 */
static Status run_add(Machine *machine, const json_t *data, const Datum *values, size_t count,
                      Datum *out) {
    (void)machine;
    (void)data;
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += datum_parse_number(&values[i]);
    *out = datum_number(sum);
    return STATUS_OK;
}

/* Without arguments the reference implementation throws; so this is an error and not 1. */
static Status run_multiply(Machine *machine, const json_t *data, const Datum *values, size_t count,
                           Datum *out) {
    (void)data;
    if (!count) return refuse(machine, "condition_arguments", STR("*"));
    double product = 1;
    for (size_t i = 0; i < count; i++) product *= datum_parse_number(&values[i]);
    *out = datum_number(product);
    return STATUS_OK;
}

static Status run_subtract(Machine *machine, const json_t *data, const Datum *values, size_t count,
                           Datum *out) {
    (void)machine;
    (void)data;
    double first = datum_to_number(value_at(values, count, 0));
    *out = datum_number(count < 2 ? -first : first - datum_to_number(&values[1]));
    return STATUS_OK;
}

/* By 0 it is an infinity or NaN, as in JavaScript. */
static Status run_divide(Machine *machine, const json_t *data, const Datum *values, size_t count,
                         Datum *out) {
    (void)machine;
    (void)data;
    double divisor = datum_to_number(value_at(values, count, 1));
    *out = datum_number(datum_to_number(value_at(values, count, 0)) / divisor);
    return STATUS_OK;
}

static Status run_remainder(Machine *machine, const json_t *data, const Datum *values, size_t count,
                            Datum *out) {
    (void)machine;
    (void)data;
    double divisor = datum_to_number(value_at(values, count, 1));
    *out = datum_number(fmod(datum_to_number(value_at(values, count, 0)), divisor));
    return STATUS_OK;
}

/* The largest of the values times `sign`; not a number as soon as one is none. */
static double largest(const Datum *values, size_t count, double sign) {
    double most = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        double number = sign * datum_to_number(&values[i]);
        if (isnan(number)) return NAN;
        if (number > most) most = number;
    }
    return sign * most;
}

/* Of nothing it is -Infinity, as in JavaScript; JSON shows that as null. */
static Status run_max(Machine *machine, const json_t *data, const Datum *values, size_t count,
                      Datum *out) {
    (void)machine;
    (void)data;
    *out = datum_number(largest(values, count, 1));
    return STATUS_OK;
}

static Status run_min(Machine *machine, const json_t *data, const Datum *values, size_t count,
                      Datum *out) {
    (void)machine;
    (void)data;
    *out = datum_number(largest(values, count, -1));
    return STATUS_OK;
}

/* ---- Texts and lists ---- */

static bool array_has(const json_t *array, const Datum *value) {
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element) {
        Datum datum CLEANUP(datum_drop) = datum_of(element);
        if (datum_equal_strictly(&datum, value)) return true;
    }
    return false;
}

/* A text in a text, or a value in a list; everything is in nothing else. */
static Status run_in(Machine *machine, const json_t *data, const Datum *values, size_t count,
                     Datum *out) {
    (void)data;
    const Datum *needle = value_at(values, count, 0), *hay = value_at(values, count, 1);
    bool found = hay->kind == DATUM_ARRAY && array_has(hay->json, needle);
    if (hay->kind == DATUM_TEXT && json_string_length(hay->json)) {
        Buffer text CLEANUP(buffer_free) = {0};
        if (!datum_add_text(needle, TEXT_LIMIT, &text)) {
            return refuse(machine, "condition_depth", (Str){0});
        }
        Str all = json_text(hay->json);
        found = text.size == 0 || str_find_str(all, buffer_str(&text)) < all.size;
    }
    *out = datum_boolean(found);
    return STATUS_OK;
}

/* As Array.join of JavaScript: what is undefined or null adds nothing. */
static Status run_cat(Machine *machine, const json_t *data, const Datum *values, size_t count,
                      Datum *out) {
    (void)data;
    Buffer text CLEANUP(buffer_free) = {0};
    for (size_t i = 0; i < count; i++) {
        if (values[i].kind <= DATUM_NULL) continue;
        if (!datum_add_text(&values[i], TEXT_LIMIT, &text)) {
            return refuse(machine, "condition_depth", (Str){0});
        }
    }
    *out = datum_text(buffer_str(&text));
    return STATUS_OK;
}

/* Byte position of a code point; characters are never cut in two. */
static size_t byte_of_point(Str text, size_t point) {
    size_t at = 0;
    for (; at < text.size; at++) {
        bool starts = ((unsigned char)text.data[at] & 0xC0) != 0x80;
        if (starts && point-- == 0) break;
    }
    return at;
}

/* Neither before the beginning nor behind the end. */
static size_t clipped(double number, double most) {
    if (!(number > 0)) return 0; /* not a number is 0 in JavaScript's ToIntegerOrInfinity */
    return (size_t)(number < most ? number : most);
}

/* Counts code points, not UTF-16 units, so that a character beyond U+FFFF is one. */
static Status run_substr(Machine *machine, const json_t *data, const Datum *values, size_t count,
                         Datum *out) {
    (void)data;
    Buffer buffer CLEANUP(buffer_free) = {0};
    if (!datum_add_text(value_at(values, count, 0), TEXT_LIMIT, &buffer)) {
        return refuse(machine, "condition_depth", (Str){0});
    }
    Str text = buffer_str(&buffer);
    double points = (double)str_count_points(text);
    double start = datum_to_number(value_at(values, count, 1));
    size_t first = clipped(start < 0 ? points + start : start, points);
    double left = points - (double)first;
    double length = count > 2 ? datum_to_number(&values[2]) : left;
    size_t taken = clipped(length < 0 ? left + length : length, left);
    size_t from = byte_of_point(text, first), to = byte_of_point(text, first + taken);
    *out = datum_text(str_part(text, from, to - from));
    return STATUS_OK;
}

/* What is no array counts as one of itself. */
static Status run_merge(Machine *machine, const json_t *data, const Datum *values, size_t count,
                        Datum *out) {
    (void)data;
    json_t *merged = json_array();
    for (size_t i = 0; i < count; i++) {
        if (values[i].kind == DATUM_ARRAY) {
            json_array_extend(merged, values[i].json);
        } else {
            json_array_append_new(merged, datum_json(&values[i]));
        }
    }
    return give_array(machine, merged, out);
}

/* ---- The table ---- */

static const struct Operator {
    const char *name;
    EagerOperator *eager;
    LazyOperator *lazy;
} OPERATORS[] = {
    {.name = "var", .eager = run_var},
    {.name = "missing", .eager = run_missing},
    {.name = "missing_some", .eager = run_missing_some},
    {.name = "if", .lazy = run_if},
    {.name = "?:", .lazy = run_if},
    {.name = "and", .lazy = run_and},
    {.name = "or", .lazy = run_or},
    {.name = "filter", .lazy = run_filter},
    {.name = "map", .lazy = run_map},
    {.name = "reduce", .lazy = run_reduce},
    {.name = "all", .lazy = run_all},
    {.name = "none", .lazy = run_none},
    {.name = "some", .lazy = run_some},
    {.name = "==", .eager = run_equal},
    {.name = "!=", .eager = run_unequal},
    {.name = "===", .eager = run_strictly_equal},
    {.name = "!==", .eager = run_strictly_unequal},
    {.name = "<", .eager = run_less},
    {.name = "<=", .eager = run_at_most},
    {.name = ">", .eager = run_greater},
    {.name = ">=", .eager = run_at_least},
    {.name = "!", .eager = run_not},
    {.name = "!!", .eager = run_truth},
    {.name = "+", .eager = run_add},
    {.name = "-", .eager = run_subtract},
    {.name = "*", .eager = run_multiply},
    {.name = "/", .eager = run_divide},
    {.name = "%", .eager = run_remainder},
    {.name = "max", .eager = run_max},
    {.name = "min", .eager = run_min},
    {.name = "in", .eager = run_in},
    {.name = "cat", .eager = run_cat},
    {.name = "substr", .eager = run_substr},
    {.name = "merge", .eager = run_merge},
};

static const struct Operator *find_operator(const char *name) {
    for (size_t i = 0; i < sizeof OPERATORS / sizeof OPERATORS[0]; i++) {
        if (strcmp(OPERATORS[i].name, name) == 0) return &OPERATORS[i];
    }
    return NULL;
}

/* ---- Evaluation ---- */

static Status apply_all(Machine *machine, Terms terms, const json_t *data, Datum *values) {
    for (size_t i = 0; i < terms.count; i++) {
        Status status = apply_term(machine, terms, i, data, &values[i]);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/*
 * All arguments are dropped here, also after a failure in the middle; undefined ones hold nothing.
 */
static Status run_eager(Machine *machine, EagerOperator *run, Terms terms, const json_t *data,
                        Datum *out) {
    Datum few[4] = {0}; /* enough for nearly every operator */
    size_t room = sizeof few / sizeof few[0];
    Datum *values = terms.count <= room ? few : calloc(terms.count, sizeof *values);
    Status status = values ? apply_all(machine, terms, data, values) : STATUS_FAILED;
    if (status == STATUS_OK) status = run(machine, data, values, terms.count, out);
    for (size_t i = 0; values && i < terms.count; i++) datum_drop(&values[i]);
    if (values != few) free(values);
    return status;
}

/*
 * The one place where an operator's name is looked up: nothing is compiled, for this is no hot
 * path.
 */
static Status apply_operator(Machine *machine, const json_t *logic, const json_t *data,
                             Datum *out) {
    void *entry = json_object_iter((json_t *)logic);
    const char *name = json_object_iter_key(entry);
    const struct Operator *found = find_operator(name);
    if (!found) return refuse(machine, "condition_unknown_operator", str_of(name));
    Terms terms = terms_of(json_object_iter_value(entry));
    if (found->lazy) return found->lazy(machine, terms, data, out);
    return run_eager(machine, found->eager, terms, data, out);
}

static Status apply_array(Machine *machine, const json_t *logic, const json_t *data, Datum *out) {
    json_t *made CLEANUP(json_drop) = json_array();
    size_t i;
    json_t *element;
    json_array_foreach(logic, i, element) {
        Datum value CLEANUP(datum_drop) = UNDEFINED;
        Status status = apply(machine, element, data, &value);
        if (status != STATUS_OK) return status;
        json_array_append_new(made, datum_json(&value));
    }
    return give_array(machine, json_incref(made), out);
}

/* An object of one member is an operation, as JSON Logic says; any other object is data. */
static Status apply(Machine *machine, const json_t *logic, const json_t *data, Datum *out) {
    if (++machine->steps > STEPS_LIMIT || machine->depth >= JSON_DEPTH_LIMIT) {
        return refuse(machine, "condition_depth", (Str){0});
    }
    bool operation = json_is_object(logic) && json_object_size(logic) == 1;
    if (!operation && !json_is_array(logic)) {
        *out = datum_of(logic);
        return STATUS_OK;
    }
    machine->depth++;
    Status status = operation ? apply_operator(machine, logic, data, out)
                              : apply_array(machine, logic, data, out);
    machine->depth--;
    return status;
}

Status condition_apply(const json_t *logic, const json_t *data, Problem *problem, json_t **out) {
    Machine machine = {.problem = problem};
    Datum result CLEANUP(datum_drop) = UNDEFINED;
    Status status = apply(&machine, logic, data, &result);
    if (status == STATUS_OK) *out = datum_json(&result);
    return status;
}

/* Types: what may be compared, counted and joined with what, and what constants turn into there. */
#include "condition_check.h"

#include <math.h>

enum { DOUBLE_DIGITS = 17 };
/* A list does not nest, however long; it counts only for the number of its parameters. */
enum { LIST_ITEMS_A_NODE = 10 };

const Node *condition_refuse_type(Parser *parser, const Call *call) {
    return condition_refuse(parser, call->place, "condition_type",
                            (const Str[PROBLEM_ARGUMENTS]){str_of(call->name)});
}

/*
 * The size of a node grows with its arguments; builders add to it where an argument stands in the
 * SQL more than once, for it is the SQL that must stay within the databases' limits.
 */
Node *condition_node(Parser *parser, NodeKind kind, NodeType type, const Node *const *arguments,
                     size_t count) {
    Node *node = ARENA_NEW(parser->arena, Node);
    node->kind = kind;
    node->type = type;
    node->count = count;
    node->arguments = ARENA_ARRAY(parser->arena, count, const Node *);
    node->constant = true;
    node->size = 1;
    for (size_t i = 0; i < count; i++) {
        node->arguments[i] = arguments[i];
        node->constant = node->constant && arguments[i]->constant;
        node->size += arguments[i]->size;
    }
    return node;
}

static bool is_whole(double number) {
    return number == floor(number);
}

/* How large and how fine, as powers of ten, so that arithmetic over it can be bounded. */
static void describe_number(Node *node) {
    double magnitude = fabs(condition_double(&node->value));
    node->exact = node->value.kind == VALUE_INTEGER;
    node->whole = is_whole(magnitude);
    if (magnitude == 0) return;
    node->largest = (int)ceil(log10(magnitude));
    node->finest = (int)floor(log10(magnitude));
}

const Node *condition_constant(Parser *parser, NodeType type, Value value) {
    Node *node = condition_node(parser, NODE_CONSTANT, type, NULL, 0);
    node->value = value;
    if (type == TYPE_NUMBER) describe_number(node);
    return node;
}

/* ---- Fitting constants to what they stand beside ---- */

/* The error lists the codes that are known, for a mistyped one is the usual case. */
static const Node *fit_choice(Parser *parser, const Call *call, const Node *node,
                              const Field *choices) {
    if (field_choice(choices, node->value.text)) {
        return condition_constant(parser, TYPE_CHOICE, node->value);
    }
    Str known = {0};
    for (size_t i = 0; i < choices->choice_count; i++) {
        known = str_format(parser->arena, "%.*s%s%.*s", STR_ARGS(known), i ? ", " : "",
                           STR_ARGS(choices->choices[i].code));
    }
    return condition_refuse(parser, call->place, "condition_unknown_choice",
                            (const Str[PROBLEM_ARGUMENTS]){choices->name, node->value.text, known});
}

static const Node *fit_date(Parser *parser, const Call *call, const Node *node) {
    Date date;
    if (!date_parse(node->value.text, &date)) return condition_refuse_type(parser, call);
    return condition_constant(parser, TYPE_DATE, node->value);
}

static const Node *day_start(Parser *parser, const Node *date) {
    return condition_node(parser, NODE_DAY_START, TYPE_INSTANT, &date, 1);
}

/*
 * A date beside an instant means its beginning in the reader's zone; which instant that is, is
 * known only when the condition is asked.
 */
static const Node *fit_instant(Parser *parser, const Call *call, const Node *node) {
    int64_t instant;
    if (instant_parse(node->value.text, &instant)) {
        return condition_constant(parser, TYPE_INSTANT, value_integer(instant));
    }
    const Node *date = fit_date(parser, call, node);
    return date ? day_start(parser, date) : NULL;
}

static const Node *fit_id(Parser *parser, const Call *call, const Node *node) {
    Id id;
    if (!id_parse(node->value.text, &id)) return condition_refuse_type(parser, call);
    return condition_constant(parser, TYPE_ID, value_id(id));
}

static bool is_text(NodeType type) {
    return type == TYPE_TEXT || type == TYPE_CHOICE;
}

/*
 * Only constants change. Two columns of unlike types are refused, never converted: what a
 * conversion gives differs between memory and the two databases.
 */
const Node *condition_fit(Parser *parser, const Call *call, const Node *node, const Node *peer) {
    bool written = node->kind == NODE_CONSTANT && node->type == TYPE_TEXT;
    if (written && peer->choices) return fit_choice(parser, call, node, peer->choices);
    if (written && peer->type == TYPE_DATE) return fit_date(parser, call, node);
    if (written && peer->type == TYPE_INSTANT) return fit_instant(parser, call, node);
    if (written && peer->type == TYPE_ID) return fit_id(parser, call, node);
    if (node->type == TYPE_DATE && node->constant && peer->type == TYPE_INSTANT) {
        return day_start(parser, node);
    }
    bool convertible = peer->kind == NODE_CONSTANT && peer->type == TYPE_TEXT;
    bool widened = node->type == TYPE_INSTANT && peer->type == TYPE_DATE && peer->constant;
    bool fits = node->type == peer->type || node->type == TYPE_NOTHING ||
                peer->type == TYPE_NOTHING || (is_text(node->type) && is_text(peer->type));
    bool later = widened || (convertible && (node->choices || node->type == TYPE_DATE ||
                                             node->type == TYPE_INSTANT || node->type == TYPE_ID));
    return fits || later ? node : condition_refuse_type(parser, call);
}

/* Each side is fitted to the other as it was written. */
static bool fit_pair(Parser *parser, const Call *call, const Node *const *arguments,
                     const Node *pair[2]) {
    pair[0] = condition_fit(parser, call, arguments[0], arguments[1]);
    pair[1] = pair[0] ? condition_fit(parser, call, arguments[1], arguments[0]) : NULL;
    return pair[1] != NULL;
}

/* ---- Comparing ---- */

static bool has_value(const Node *node) {
    return node->type != TYPE_TRUTH;
}

/* Lists and JSON can be asked whether they are empty, and nothing else, by comparing. */
static bool only_empty(const Node *node) {
    return node->type == TYPE_LIST || node->type == TYPE_OPAQUE;
}

/*
 * Strict and loose equality are the same here, since types are known: no coercion is left to
 * differ.
 */
const Node *condition_build_equal(Parser *parser, const Call *call, const Node *const *arguments) {
    const Node *pair[2];
    if (!has_value(arguments[0]) || !has_value(arguments[1])) {
        return condition_refuse_type(parser, call);
    }
    if (!fit_pair(parser, call, arguments, pair)) return NULL;
    bool empty = pair[0]->type == TYPE_NOTHING || pair[1]->type == TYPE_NOTHING;
    if (!empty && (only_empty(pair[0]) || only_empty(pair[1]))) {
        return condition_refuse_type(parser, call);
    }
    const Node *equal = condition_node(parser, NODE_EQUAL, TYPE_BOOLEAN, pair, 2);
    bool negated = call->detail != 0;
    return negated ? condition_node(parser, NODE_NOT, TYPE_BOOLEAN, &equal, 1) : equal;
}

static bool is_ordered(NodeType type) {
    return type == TYPE_NUMBER || type == TYPE_TEXT || type == TYPE_DATE || type == TYPE_INSTANT;
}

/* Choices are refused: as texts they would compare by their codes, whose order means nothing. */
static const Node *order_pair(Parser *parser, const Call *call, const Node *const *arguments) {
    const Node *pair[2];
    if (!fit_pair(parser, call, arguments, pair)) return NULL;
    NodeType type = pair[0]->type == TYPE_NOTHING ? pair[1]->type : pair[0]->type;
    if (!is_ordered(type) || pair[0]->choices || pair[1]->choices) {
        return condition_refuse_type(parser, call);
    }
    Node *order = condition_node(parser, NODE_ORDER, TYPE_BOOLEAN, pair, 2);
    order->comparator = (Comparator)call->detail;
    return order;
}

/* Three arguments say "between", as in JSON Logic; the middle one stands in both halves. */
const Node *condition_build_order(Parser *parser, const Call *call, const Node *const *arguments) {
    const Node *first = order_pair(parser, call, arguments);
    if (!first || call->count < 3) return first;
    const Node *second = order_pair(parser, call, arguments + 1);
    if (!second) return NULL;
    return condition_node(parser, NODE_AND, TYPE_BOOLEAN, (const Node *[]){first, second}, 2);
}

/* The list consists of constants, so that SQL has an IN that an index serves. */
const Node *condition_build_among(Parser *parser, const Call *call, const Node *const *arguments,
                                  size_t count) {
    const Node *needle = arguments[0];
    bool listed = has_value(needle) && !only_empty(needle) && needle->type != TYPE_NOTHING;
    if (!listed) return condition_refuse_type(parser, call);
    Node *among = condition_node(parser, NODE_AMONG, TYPE_BOOLEAN, arguments, count);
    for (size_t i = 1; i < count; i++) {
        bool calculated = arguments[i]->type == TYPE_NUMBER && arguments[i]->kind != NODE_CONSTANT;
        if (!arguments[i]->constant || calculated) return condition_refuse_type(parser, call);
        among->arguments[i] = condition_fit(parser, call, arguments[i], needle);
        if (!among->arguments[i]) return NULL;
    }
    among->size = 2 * needle->size + 2 + count / LIST_ITEMS_A_NODE;
    return among;
}

/* A list is asked for one of its items, a text for a part of it. */
const Node *condition_build_within(Parser *parser, const Call *call, const Node *needle,
                                   const Node *hay) {
    bool list = hay->type == TYPE_LIST;
    if (!list && !is_text(hay->type)) return condition_refuse_type(parser, call);
    if (list && hay->choices) {
        needle = condition_fit(parser, call, needle, hay);
        if (!needle) return NULL;
    }
    if (!is_text(needle->type)) return condition_refuse_type(parser, call);
    const Node *arguments[] = {needle, hay};
    Node *within = condition_node(parser, list ? NODE_HAS : NODE_PART, TYPE_BOOLEAN, arguments, 2);
    within->size += needle->size + 2 * hay->size; /* both stand there more than once */
    return within;
}

/* ---- if, or, and a default: one of several values ---- */

/*
 * TYPE_TRUTH where the results have no type in common: it may be asked whether one holds, no more.
 */
static NodeType common_type(NodeType a, NodeType b) {
    if (a == b || b == TYPE_NOTHING) return a;
    if (a == TYPE_NOTHING) return b;
    return is_text(a) && is_text(b) ? TYPE_TEXT : TYPE_TRUTH;
}

/* The widest of what any result may be. */
static void take_range(Node *node, const Node *from) {
    node->exact = node->exact && from->exact;
    node->whole = node->whole && from->whole;
    if (from->largest > node->largest) node->largest = from->largest;
    if (from->finest < node->finest) node->finest = from->finest;
}

/* Which arguments are results: of `if` every second and the last, of the others all. */
static bool is_result(NodeKind kind, size_t index, size_t count) {
    return kind != NODE_IF || index % 2 == 1 || index + 1 == count;
}

/*
 * `and` gives a truth and no value: which of its values it gave would depend on their emptiness,
 * and the two sides of SQL and memory would have to agree on more than anyone needs.
 */
const Node *condition_build_choice(Parser *parser, NodeKind kind, const Node *const *arguments,
                                   size_t count) {
    Node *node = condition_node(parser, kind, TYPE_NOTHING, arguments, count);
    node->exact = node->whole = true;
    for (size_t i = 0; i < count; i++) {
        if (!is_result(kind, i, count)) continue;
        const Node *result = arguments[i];
        node->type = common_type(node->type, result->type);
        if (result->type == TYPE_NUMBER) take_range(node, result);
        if (result->choices) node->choices = result->choices;
    }
    /* Choices of different fields are no more than texts together. */
    for (size_t i = 0; node->choices && i < count; i++) {
        if (!is_result(kind, i, count) || arguments[i]->choices == node->choices) continue;
        if (arguments[i]->type == TYPE_NOTHING) continue;
        node->choices = NULL;
        if (node->type == TYPE_CHOICE) node->type = TYPE_TEXT;
    }
    bool joined = node->type == TYPE_BOOLEAN && (kind == NODE_AND || kind == NODE_OR);
    bool dull = only_empty(node) || node->type == TYPE_NOTHING;
    if ((kind == NODE_AND || dull) && !joined) node->type = TYPE_TRUTH;
    return node;
}

/* ---- Arithmetic ---- */

static int greatest(int a, int b) {
    return a > b ? a : b;
}
static int least(int a, int b) {
    return a < b ? a : b;
}

/* Operands as arithmetic takes them: decimals of columns are cut to a range (see add_operand). */
static int operand_largest(const Node *node) {
    return condition_is_cut(node) ? ARITHMETIC_LARGEST : node->largest;
}

/* Bounds of the result from bounds of the operands, always to the safe side. */
static void range_of_two(Arithmetic arithmetic, Node *sum, const Node *next) {
    int largest = operand_largest(next);
    switch (arithmetic) {
        case MULTIPLY:
            sum->largest += largest;
            sum->finest += next->finest;
            break;
        case DIVIDE:
            sum->largest += 1 - next->finest;
            sum->finest += -1 - largest;
            sum->whole = false;
            break;
        default:
            sum->largest = greatest(sum->largest, largest) + 1;
            sum->finest = least(sum->finest, next->finest);
            break;
    }
    sum->whole = sum->whole && next->whole;
}

/* A difference of two fractions may be as small as the last digit of a double. */
static void describe_result(Node *node) {
    const Node *first = node->arguments[0];
    node->largest = operand_largest(first);
    node->finest = first->finest;
    node->whole = first->whole;
    for (size_t i = 1; i < node->count; i++) {
        range_of_two(node->arithmetic, node, node->arguments[i]);
    }
    bool cancels = node->arithmetic == ADD || node->arithmetic == SUBTRACT;
    if (cancels && !node->whole) node->finest -= DOUBLE_DIGITS;
    if (node->arithmetic == REMAINDER) {
        node->exact = node->whole = true;
        node->largest = EXACT_LARGEST;
        node->finest = 0;
    }
}

/* A remainder is taken of int64 on both databases, so both sides must surely be such. */
static bool is_divisible(const Node *node) {
    return node->exact || (node->whole && operand_largest(node) < EXACT_LARGEST);
}

/*
 * Refused when a result could leave the range of doubles: SQLite gives infinity there, PostgreSQL
 * an error in the middle of a query.
 */
const Node *condition_build_arithmetic(Parser *parser, const Call *call,
                                       const Node *const *arguments) {
    for (size_t i = 0; i < call->count; i++) {
        if (arguments[i]->type != TYPE_NUMBER) return condition_refuse_type(parser, call);
    }
    Node *node = condition_node(parser, NODE_ARITHMETIC, TYPE_NUMBER, arguments, call->count);
    node->arithmetic = (Arithmetic)call->detail;
    for (size_t i = 0; i < call->count; i++) {
        if (condition_is_cut(arguments[i]))
            node->size += arguments[i]->size; /* stands there twice */
    }
    if (node->arithmetic == REMAINDER &&
        !(is_divisible(arguments[0]) && is_divisible(arguments[1]))) {
        return condition_refuse_type(parser, call);
    }
    describe_result(node);
    if (node->largest > POWER_LARGEST || node->finest < POWER_FINEST) {
        return condition_refuse(parser, call->place, "condition_numbers",
                                (const Str[PROBLEM_ARGUMENTS]){str_of(call->name)});
    }
    return node;
}

/* Only what both databases write alike: fractions and instants look different in each. */
const Node *condition_build_cat(Parser *parser, const Call *call, const Node *const *arguments) {
    for (size_t i = 0; i < call->count; i++) {
        const Node *part = arguments[i];
        bool written = is_text(part->type) || part->type == TYPE_DATE || part->type == TYPE_NOTHING;
        if (!written && !part->exact) return condition_refuse_type(parser, call);
    }
    return condition_node(parser, NODE_CAT, TYPE_TEXT, arguments, call->count);
}

/*
 * A constant text is read as a date first, so that days are counted between two dates wherever it
 * can be one.
 */
const Node *condition_build_days(Parser *parser, const Call *call, const Node *argument) {
    if (argument->kind == NODE_CONSTANT && argument->type == TYPE_TEXT) {
        Date date;
        bool dated = date_parse(argument->value.text, &date);
        argument = dated ? fit_date(parser, call, argument) : fit_instant(parser, call, argument);
        if (!argument) return NULL;
    }
    if (argument->type != TYPE_DATE && argument->type != TYPE_INSTANT) {
        return condition_refuse_type(parser, call);
    }
    Node *days = condition_node(parser, NODE_DAYS, TYPE_NUMBER, &argument, 1);
    days->sign = call->detail;
    days->exact = days->whole = true;
    days->largest = EXACT_LARGEST;
    days->size += 2; /* the instants' formula nests a little */
    return days;
}

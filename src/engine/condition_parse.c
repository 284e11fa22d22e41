/* Reading a condition over records: operators by table, columns by name, errors with their place.
 */
#include <float.h>
#include <math.h>

#include "condition_check.h"

enum { MANY = CONDITION_SIZE_LIMIT };
/* No more records than this power of ten are ever counted. */
enum { COUNT_LARGEST = 12 };

/* Whole numbers below it fit int64, so that every other constant is a fraction. */
#define NUMBER_MOST 9.2e18

typedef const Node *Builder(Parser *parser, const Call *call);

static const Node *parse_node(Parser *parser, const json_t *json, const Place *place);

/* ---- Errors ---- */

/* Made only for errors: places are chained on the stack while parsing, which costs nothing. */
static Str pointer_of(Parser *parser, const Place *place) {
    if (!place) return parser->pointer;
    Str parent = pointer_of(parser, place->parent);
    if (place->name) return problem_pointer(parser->arena, parent, str_of(place->name));
    return str_format(parser->arena, "%.*s/%zu", STR_ARGS(parent), place->index);
}

const Node *condition_refuse(Parser *parser, const Place *place, const char *code,
                             const Str arguments[PROBLEM_ARGUMENTS]) {
    if (parser->problem) {
        problem_add_arguments(parser->problem, pointer_of(parser, place), code, arguments);
    }
    return NULL;
}

static const Node *refuse(Parser *parser, const Place *place, const char *code, Str what) {
    return condition_refuse(parser, place, code, (const Str[PROBLEM_ARGUMENTS]){what});
}

/* ---- Columns ---- */

static const struct {
    const char *name;
    SystemColumn column;
    NodeType type;
} SYSTEM_COLUMNS[] = {
    {"id", COLUMN_ID, TYPE_ID},
    {"version", COLUMN_VERSION, TYPE_NUMBER},
    {"created_at", COLUMN_CREATED_AT, TYPE_INSTANT},
    {"updated_at", COLUMN_UPDATED_AT, TYPE_INSTANT},
    {"created_by", COLUMN_CREATED_BY, TYPE_ID},
    {"updated_by", COLUMN_UPDATED_BY, TYPE_ID},
};

static const NodeType FIELD_TYPES[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = TYPE_TEXT,       [FIELD_LONG_TEXT] = TYPE_TEXT,  [FIELD_INTEGER] = TYPE_NUMBER,
    [FIELD_DECIMAL] = TYPE_NUMBER,  [FIELD_BOOLEAN] = TYPE_BOOLEAN, [FIELD_DATE] = TYPE_DATE,
    [FIELD_INSTANT] = TYPE_INSTANT, [FIELD_CHOICE] = TYPE_CHOICE,   [FIELD_CHOICES] = TYPE_LIST,
    [FIELD_REFERENCE] = TYPE_ID,    [FIELD_EMAIL] = TYPE_TEXT,      [FIELD_PHONE] = TYPE_TEXT,
    [FIELD_URL] = TYPE_TEXT,        [FIELD_TAGS] = TYPE_LIST,       [FIELD_JSON] = TYPE_OPAQUE,
    [FIELD_FILE] = TYPE_ID,
};

/*
 * Decimals of a column may be anything a double can be, hence the bounds that condition_is_cut
 * tells.
 */
static void describe_field(Node *node, const Field *field) {
    node->field = field;
    node->type = FIELD_TYPES[field->type];
    bool chosen = field->type == FIELD_CHOICE || field->type == FIELD_CHOICES;
    if (chosen) node->choices = field;
    node->exact = node->whole = field->type == FIELD_INTEGER;
    node->largest = node->exact ? EXACT_LARGEST : DBL_MAX_10_EXP;
    node->finest = node->exact ? 0 : -ARITHMETIC_LARGEST;
}

/* Found before fields: the model allows no field of these names. */
static bool describe_system(Node *node) {
    for (size_t i = 0; i < sizeof SYSTEM_COLUMNS / sizeof SYSTEM_COLUMNS[0]; i++) {
        if (!str_is(node->name, SYSTEM_COLUMNS[i].name)) continue;
        node->system = SYSTEM_COLUMNS[i].column;
        node->type = SYSTEM_COLUMNS[i].type;
        node->exact = node->whole = true;
        node->largest = EXACT_LARGEST;
        return true;
    }
    return false;
}

/* A column of `object` by name, or NULL. */
static Node *column_of(Parser *parser, NodeKind kind, const Object *object, Str name) {
    Node *node = condition_node(parser, kind, TYPE_NOTHING, NULL, 0);
    node->constant = false;
    node->object = object;
    node->name = str_copy(parser->arena, name);
    if (describe_system(node)) return node;
    const Field *field = object_field(object, name);
    if (!field) return NULL;
    describe_field(node, field);
    return node;
}

/* Fields of related records are not the record's own; they wake no rule. */
static void mention(Parser *parser, const Field *field) {
    if (field && !parser->related) parser->condition->mentioned[field->index] = true;
}

/* "field" or "reference.field": one reference deep, so that it stays one query. */
static const Node *parse_column(Parser *parser, Str path, const Place *place) {
    Str rest = path, name = str_cut(&rest, '.');
    Node *node = NULL;
    const Field *through = rest.data ? object_field(parser->object, name) : NULL;
    if (!rest.data) node = column_of(parser, NODE_COLUMN, parser->object, name);
    if (through && through->type == FIELD_REFERENCE) {
        node = column_of(parser, NODE_COLUMN, field_target(parser->model, through), rest);
    }
    if (!node) return refuse(parser, place, "condition_unknown_field", path);
    node->through = through;
    node->holder = parser->object;
    if (through) node->size += 3; /* a query of its own */
    mention(parser, through ? through : node->field);
    return node;
}

/* ---- Arguments ---- */

static const json_t *argument(const Call *call, size_t index) {
    return json_is_array(call->arguments) ? json_array_get(call->arguments, index)
                                          : call->arguments;
}

static Place place_of(const Call *call, size_t index) {
    /* A lone argument stands where its operator's list would. */
    if (!json_is_array(call->arguments)) return *call->place;
    return (Place){.parent = call->place, .index = index};
}

static const Node *parse_argument(Parser *parser, const Call *call, size_t index) {
    Place place = place_of(call, index);
    return parse_node(parser, argument(call, index), &place);
}

static const Node **parse_arguments(Parser *parser, const Call *call) {
    const Node **nodes = ARENA_ARRAY(parser->arena, call->count, const Node *);
    for (size_t i = 0; i < call->count; i++) {
        nodes[i] = parse_argument(parser, call, i);
        if (!nodes[i]) return NULL;
    }
    return nodes;
}

/* ---- Builders ---- */

/* The default must be a constant, so that SQL can bind it into a COALESCE. */
static const Node *build_var(Parser *parser, const Call *call) {
    const Node *column = parse_column(parser, json_text(argument(call, 0)), call->place);
    if (!column || call->count < 2) return column;
    const Node *otherwise = parse_argument(parser, call, 1);
    if (otherwise) otherwise = condition_fit(parser, call, otherwise, column);
    if (!otherwise) return NULL;
    if (!otherwise->constant || column->type == TYPE_LIST || column->type == TYPE_OPAQUE) {
        return condition_refuse_type(parser, call);
    }
    const Node *both[] = {column, otherwise};
    return condition_build_choice(parser, NODE_OTHERWISE, both, 2);
}

/* Words are constants of one evaluation: SQL binds them, so that "today" is the reader's. */
static const Node *build_word(Parser *parser, const Call *call) {
    static const NodeType TYPES[] = {
        [WORD_TODAY] = TYPE_DATE,
        [WORD_NOW] = TYPE_INSTANT,
        [WORD_ME] = TYPE_ID,
        [WORD_WEEK_END] = TYPE_DATE,
        [WORD_MONTH_END] = TYPE_DATE,
        [WORD_MONTH_START] = TYPE_DATE,
        [WORD_NEXT_MONTH_END] = TYPE_DATE,
        [WORD_LAST_MONTH_START] = TYPE_DATE,
    };
    bool bare = call->count == 0 || json_is_null(call->arguments);
    if (!bare) return refuse(parser, call->place, "condition_arguments", str_of(call->name));
    Node *node = condition_node(parser, NODE_WORD, TYPES[call->detail], NULL, 0);
    node->word = (Word)call->detail;
    return node;
}

static const Node *build_equal(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_build_equal(parser, call, nodes) : NULL;
}

static const Node *build_order(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_build_order(parser, call, nodes) : NULL;
}

static const Node *build_truth(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_node(parser, (NodeKind)call->detail, TYPE_BOOLEAN, nodes, 1) : NULL;
}

static const Node *build_choice(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    if (!nodes) return NULL;
    /* Dates and ids written as text take the type of the values they stand beside. */
    bool conditional = call->detail == NODE_IF;
    const Node *peer = NULL;
    for (size_t i = 0; i < call->count; i++) {
        bool result = !conditional || i % 2 == 1 || i + 1 == call->count;
        bool typed = nodes[i]->type == TYPE_DATE || nodes[i]->type == TYPE_INSTANT ||
                     nodes[i]->type == TYPE_ID || nodes[i]->type == TYPE_CHOICE;
        if (result && typed && !peer) peer = nodes[i];
    }
    for (size_t i = 0; peer && i < call->count; i++) {
        bool result = !conditional || i % 2 == 1 || i + 1 == call->count;
        bool written = nodes[i]->kind == NODE_CONSTANT && nodes[i]->type == TYPE_TEXT;
        if (result && written) nodes[i] = condition_fit(parser, call, nodes[i], peer);
        if (!nodes[i]) return NULL;
    }
    return condition_build_choice(parser, (NodeKind)call->detail, nodes, call->count);
}

/* The list is read here, for nowhere else may one stand. */
static const Node *build_among(Parser *parser, const Call *call) {
    const json_t *list = argument(call, 1);
    size_t count = json_array_size(list);
    if (count > CONDITION_LIST_LIMIT)
        return refuse(parser, call->place, "condition_depth", (Str){0});
    const Node **nodes = ARENA_ARRAY(parser->arena, count + 1, const Node *);
    nodes[0] = parse_argument(parser, call, 0);
    Place place = place_of(call, 1);
    for (size_t i = 0; nodes[0] && i < count; i++) {
        Place item = {.parent = &place, .index = i};
        nodes[i + 1] = parse_node(parser, json_array_get(list, i), &item);
        if (!nodes[i + 1]) return NULL;
    }
    return nodes[0] ? condition_build_among(parser, call, nodes, count + 1) : NULL;
}

static const Node *build_in(Parser *parser, const Call *call) {
    if (json_is_array(argument(call, 1))) return build_among(parser, call);
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_build_within(parser, call, nodes[0], nodes[1]) : NULL;
}

static const Node *build_contains(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_build_within(parser, call, nodes[1], nodes[0]) : NULL;
}

static const Node *build_arithmetic(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_build_arithmetic(parser, call, nodes) : NULL;
}

static const Node *build_cat(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_build_cat(parser, call, nodes) : NULL;
}

static const Node *build_days(Parser *parser, const Call *call) {
    const Node **nodes = parse_arguments(parser, call);
    return nodes ? condition_build_days(parser, call, nodes[0]) : NULL;
}

/*
 * True when any of them is blank. JSON Logic gives the list of names; over records only its truth
 * is of use, and that is the same.
 */
static const Node *build_missing(Parser *parser, const Call *call) {
    const Node **nodes = ARENA_ARRAY(parser->arena, call->count, const Node *);
    for (size_t i = 0; i < call->count; i++) {
        Place place = place_of(call, i);
        const Node *column = parse_column(parser, json_text(argument(call, i)), &place);
        if (!column) return NULL;
        nodes[i] = condition_node(parser, NODE_BLANK, TYPE_TRUTH, &column, 1);
    }
    return condition_node(parser, NODE_OR, TYPE_TRUTH, nodes, call->count);
}

/* A column as it was, or NULL: only fields of the record itself have a past. */
static const Node *parse_past(Parser *parser, const Call *call, size_t index) {
    Place place = place_of(call, index);
    Str name = json_text(argument(call, index));
    if (parser->related) return refuse(parser, &place, "condition_not_in_list", str_of(call->name));
    Node *node = column_of(parser, NODE_WAS, parser->object, name);
    if (!node || !node->field) return refuse(parser, &place, "condition_unknown_field", name);
    parser->condition->needs_change = true;
    mention(parser, node->field);
    return node;
}

static const Node *build_was(Parser *parser, const Call *call) {
    return parse_past(parser, call, 0);
}

/* Only what keeps a history has a past at an instant, and only the record's own fields. */
static const Node *build_as_of(Parser *parser, const Call *call) {
    Place first = place_of(call, 0), second = place_of(call, 1);
    Str name = json_get_text(argument(call, 0), "var");
    Node *node = column_of(parser, NODE_AS_OF, parser->object, name);
    if (!node || !node->field || !node->field->history) {
        return refuse(parser, &first, "condition_no_history", name);
    }
    int64_t instant;
    if (!instant_parse(json_text(argument(call, 1)), &instant)) {
        return refuse(parser, &second, "condition_type", json_text(argument(call, 1)));
    }
    node->value = value_integer(instant);
    node->size += 4;
    mention(parser, node->field);
    return node;
}

/* Any of the fields, over what was stored before. */
static const Node *build_changed(Parser *parser, const Call *call) {
    const Node **nodes = ARENA_ARRAY(parser->arena, call->count, const Node *);
    for (size_t i = 0; i < call->count; i++) {
        nodes[i] = parse_past(parser, call, i);
        if (!nodes[i]) return NULL;
    }
    return condition_node(parser, NODE_CHANGED, TYPE_BOOLEAN, nodes, call->count);
}

/* ---- Related records ---- */

static bool leads_here(const Parser *parser, const Field *field) {
    return field->type == FIELD_REFERENCE && str_equal(field->reference, parser->object->name);
}

/* The reference of `object` to ours: the one named, or the only one. */
static const Field *link_of(const Parser *parser, const Object *object, Str name, size_t *count) {
    const Field *link = NULL;
    *count = 0;
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (!leads_here(parser, field) || (name.data && !str_equal(field->name, name))) continue;
        link = field;
        ++*count;
    }
    return link;
}

/*
 * A node over the condition on related records. Inside, `var` means their columns and nothing else,
 * as in JSON Logic.
 */
static Node *parse_related(Parser *parser, const Call *call, NodeKind kind, NodeType type) {
    Place place = place_of(call, 0);
    Str path = json_get_text(argument(call, 0), "var"), rest = path;
    const Object *object = model_object(parser->model, str_cut(&rest, '.'));
    size_t links = 0;
    const Field *link = object ? link_of(parser, object, rest, &links) : NULL;
    if (!link) refuse(parser, &place, "condition_unknown_field", path);
    if (links > 1) refuse(parser, &place, "condition_which_reference", path);
    if (links != 1) return NULL;

    const Object *outer = parser->object;
    parser->object = object;
    parser->related++;
    const Node *inner = parse_argument(parser, call, 1);
    parser->related--;
    parser->object = outer;
    if (!inner) return NULL;

    Node *node = condition_node(parser, kind, type, &inner, 1);
    node->constant = false;
    node->object = object;
    node->field = link;
    node->size += inner->size + 6;
    return node;
}

static const Node *build_related(Parser *parser, const Call *call) {
    Node *node = parse_related(parser, call, NODE_RELATED, TYPE_BOOLEAN);
    if (node) node->quantifier = (Quantifier)call->detail;
    return node;
}

/* How many there are: a whole number, never empty. */
static const Node *build_count(Parser *parser, const Call *call) {
    Node *node = parse_related(parser, call, NODE_COUNT, TYPE_NUMBER);
    if (!node) return NULL;
    node->exact = node->whole = true;
    node->largest = COUNT_LARGEST;
    return node;
}

/* ---- The table ---- */

static const struct Syntax {
    const char *name;
    Builder *build;
    int detail;
    size_t least, most; /* arguments */
} SYNTAX[] = {
    {.name = "var", .build = build_var, .least = 1, .most = 2},
    {.name = "==", .build = build_equal, .least = 2, .most = 2},
    {.name = "===", .build = build_equal, .least = 2, .most = 2},
    {.name = "!=", .build = build_equal, .detail = 1, .least = 2, .most = 2},
    {.name = "!==", .build = build_equal, .detail = 1, .least = 2, .most = 2},
    {.name = "<", .build = build_order, .detail = LESS, .least = 2, .most = 3},
    {.name = "<=", .build = build_order, .detail = AT_MOST, .least = 2, .most = 3},
    {.name = ">", .build = build_order, .detail = GREATER, .least = 2, .most = 2},
    {.name = ">=", .build = build_order, .detail = AT_LEAST, .least = 2, .most = 2},
    {.name = "!", .build = build_truth, .detail = NODE_NOT, .least = 1, .most = 1},
    {.name = "!!", .build = build_truth, .detail = NODE_TRUTH, .least = 1, .most = 1},
    {.name = "and", .build = build_choice, .detail = NODE_AND, .least = 1, .most = MANY},
    {.name = "or", .build = build_choice, .detail = NODE_OR, .least = 1, .most = MANY},
    {.name = "if", .build = build_choice, .detail = NODE_IF, .least = 2, .most = MANY},
    {.name = "?:", .build = build_choice, .detail = NODE_IF, .least = 2, .most = MANY},
    {.name = "in", .build = build_in, .least = 2, .most = 2},
    {.name = "contains", .build = build_contains, .least = 2, .most = 2},
    {.name = "missing", .build = build_missing, .least = 1, .most = MANY},
    {.name = "+", .build = build_arithmetic, .detail = ADD, .least = 1, .most = MANY},
    {.name = "-", .build = build_arithmetic, .detail = SUBTRACT, .least = 1, .most = 2},
    {.name = "*", .build = build_arithmetic, .detail = MULTIPLY, .least = 1, .most = MANY},
    {.name = "/", .build = build_arithmetic, .detail = DIVIDE, .least = 2, .most = 2},
    {.name = "%", .build = build_arithmetic, .detail = REMAINDER, .least = 2, .most = 2},
    {.name = "max", .build = build_arithmetic, .detail = GREATEST, .least = 1, .most = MANY},
    {.name = "min", .build = build_arithmetic, .detail = LEAST, .least = 1, .most = MANY},
    {.name = "cat", .build = build_cat, .least = 1, .most = MANY},
    {.name = "days_since", .build = build_days, .detail = 1, .least = 1, .most = 1},
    {.name = "days_until", .build = build_days, .detail = -1, .least = 1, .most = 1},
    {.name = "today", .build = build_word, .detail = WORD_TODAY, .most = 1},
    {.name = "now", .build = build_word, .detail = WORD_NOW, .most = 1},
    {.name = "me", .build = build_word, .detail = WORD_ME, .most = 1},
    {.name = "week_end", .build = build_word, .detail = WORD_WEEK_END, .most = 1},
    {.name = "month_end", .build = build_word, .detail = WORD_MONTH_END, .most = 1},
    {.name = "month_start", .build = build_word, .detail = WORD_MONTH_START, .most = 1},
    {.name = "next_month_end", .build = build_word, .detail = WORD_NEXT_MONTH_END, .most = 1},
    {.name = "last_month_start", .build = build_word, .detail = WORD_LAST_MONTH_START, .most = 1},
    {.name = "changed", .build = build_changed, .least = 1, .most = MANY},
    {.name = "was", .build = build_was, .least = 1, .most = 1},
    {.name = "as_of", .build = build_as_of, .least = 2, .most = 2},
    {.name = "some", .build = build_related, .detail = QUANTIFIER_SOME, .least = 2, .most = 2},
    {.name = "all", .build = build_related, .detail = QUANTIFIER_ALL, .least = 2, .most = 2},
    {.name = "count", .build = build_count, .least = 2, .most = 2},
    {.name = "none", .build = build_related, .detail = QUANTIFIER_NONE, .least = 2, .most = 2},
};

static const struct Syntax *find_syntax(const char *name) {
    for (size_t i = 0; i < sizeof SYNTAX / sizeof SYNTAX[0]; i++) {
        if (strcmp(SYNTAX[i].name, name) == 0) return &SYNTAX[i];
    }
    return NULL;
}

/* ---- Nodes ---- */

/* 1.0 is the whole number 1: people and JavaScript write both. */
static const Node *parse_number(Parser *parser, const json_t *json, const Place *place) {
    if (json_is_integer(json)) {
        return condition_constant(parser, TYPE_NUMBER, value_integer(json_integer_value(json)));
    }
    double number = json_real_value(json);
    if (fabs(number) >= NUMBER_MOST) return refuse(parser, place, "condition_numbers", (Str){0});
    Value value = number == floor(number) ? value_integer((int64_t)number) : value_decimal(number);
    return condition_constant(parser, TYPE_NUMBER, value);
}

/* Texts stay texts until they meet a peer that says what they are (condition_fit). */
static const Node *parse_constant(Parser *parser, const json_t *json, const Place *place) {
    switch (json_typeof(json)) {
        case JSON_TRUE: return condition_constant(parser, TYPE_BOOLEAN, value_boolean(true));
        case JSON_FALSE: return condition_constant(parser, TYPE_BOOLEAN, value_boolean(false));
        case JSON_INTEGER:
        case JSON_REAL: return parse_number(parser, json, place);
        case JSON_STRING: {
            Str text = str_copy(parser->arena, json_text(json));
            return condition_constant(parser, TYPE_TEXT, value_text(text));
        }
        default: return condition_constant(parser, TYPE_NOTHING, value_null());
    }
}

/*
 * An unknown operator is refused, not ignored: a mistyped filter would otherwise show everything.
 */
static const Node *parse_operator(Parser *parser, const json_t *json, const Place *parent) {
    void *entry = json_object_iter((json_t *)json);
    const char *name = entry ? json_object_iter_key(entry) : "{}";
    const struct Syntax *syntax = json_object_size(json) == 1 ? find_syntax(name) : NULL;
    Place place = {.parent = parent, .name = name};
    if (!syntax) return refuse(parser, &place, "condition_unknown_operator", str_of(name));
    const json_t *arguments = json_object_iter_value(entry);
    size_t count = json_is_array(arguments) ? json_array_size(arguments) : 1;
    if (count < syntax->least || count > syntax->most) {
        return refuse(parser, &place, "condition_arguments", str_of(name));
    }
    Call call = {.name = syntax->name,
                 .detail = syntax->detail,
                 .arguments = arguments,
                 .count = count,
                 .place = &place};
    return syntax->build(parser, &call);
}

/* Depth and size are refused with the place where they went too far. */
static const Node *parse_node(Parser *parser, const json_t *json, const Place *place) {
    if (parser->depth >= CONDITION_DEPTH_LIMIT)
        return refuse(parser, place, "condition_depth", (Str){0});
    /* A list stands only where `in` takes it. */
    if (json_is_array(json)) return refuse(parser, place, "condition_type", STR("[]"));
    if (!json_is_object(json)) return parse_constant(parser, json, place);
    parser->depth++;
    const Node *node = parse_operator(parser, json, place);
    parser->depth--;
    if (!node) return NULL;
    return node->size <= CONDITION_SIZE_LIMIT ? node
                                              : refuse(parser, place, "condition_depth", (Str){0});
}

/* The parser lives on the stack; what it makes lives in the arena and is never changed again. */
Status condition_parse(Arena *arena, const Model *model, const Object *object, const json_t *logic,
                       Str pointer, Problem *problem, const Condition **out) {
    Condition *condition = ARENA_NEW(arena, Condition);
    condition->object = object;
    condition->model = model;
    condition->mentioned = ARENA_ARRAY(arena, object->field_count, bool);
    Parser parser = {.arena = arena,
                     .model = model,
                     .object = object,
                     .problem = problem,
                     .pointer = pointer,
                     .condition = condition};
    /* {} and nothing at all are no restriction. */
    bool open = !logic || (json_is_object(logic) && json_object_size(logic) == 0);
    condition->root = open ? condition_constant(&parser, TYPE_BOOLEAN, value_boolean(true))
                           : parse_node(&parser, logic, NULL);
    if (!condition->root) return STATUS_INVALID;
    *out = condition;
    return STATUS_OK;
}

ConditionGives condition_gives(const Condition *condition) {
    switch (condition->root->type) {
        case TYPE_BOOLEAN:
        case TYPE_TRUTH: return CONDITION_GIVES_TRUTH;
        case TYPE_NUMBER: return CONDITION_GIVES_NUMBER;
        case TYPE_ID: return CONDITION_GIVES_ID;
        default: return CONDITION_GIVES_OTHER;
    }
}

bool condition_needs_change(const Condition *condition) {
    return condition->needs_change;
}

bool condition_mentions(const Condition *condition, const Field *field) {
    return field->index < condition->object->field_count &&
           &condition->object->fields[field->index] == field && condition->mentioned[field->index];
}

/* Related records may themselves be asked about theirs. */
static bool node_reaches(const Node *node, const Object *object) {
    bool related = node->kind == NODE_RELATED || node->kind == NODE_COUNT;
    if (related && node->object == object) return true;
    for (size_t i = 0; i < node->count; i++) {
        if (node_reaches(node->arguments[i], object)) return true;
    }
    return false;
}

bool condition_reaches(const Condition *condition, const Object *object) {
    return node_reaches(condition->root, object);
}

static bool node_is_settled(const Node *node) {
    switch (node->kind) {
        case NODE_WORD:
        case NODE_AS_OF:
        case NODE_WAS:
        case NODE_CHANGED:
        case NODE_DAYS:
        case NODE_DAY_START:
        case NODE_RELATED:
        case NODE_COUNT: return false;
        default: break;
    }
    if (node->through) return false;
    for (size_t i = 0; i < node->count; i++) {
        if (!node_is_settled(node->arguments[i])) return false;
    }
    return true;
}

bool condition_is_settled(const Condition *condition) {
    return node_is_settled(condition->root);
}

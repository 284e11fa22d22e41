/* Private to the condition module: building typed nodes while a condition is parsed. */
#ifndef ONDO_ENGINE_CONDITION_CHECK_H
#define ONDO_ENGINE_CONDITION_CHECK_H

#include "condition_tree.h"

/**
 * Bounds of one condition over records. SQLite's parser and expression limits
 * (sqlite.org/limits.html) stand well above what these let through.
 */
enum { CONDITION_DEPTH_LIMIT = 12, CONDITION_SIZE_LIMIT = 500, CONDITION_LIST_LIMIT = 1000 };

/** Where in the condition we are; a pointer is made of it only when something is wrong. */
typedef struct Place {
    const struct Place *parent;
    const char *name; /* member; NULL: element `index` */
    size_t index;
} Place;

/** One parsing. `object` and `related` change while a condition over related records is read. */
typedef struct Parser {
    Arena *arena;
    const Model *model;
    const Object *object; /* whose columns `var` means here */
    Problem *problem;
    Str pointer; /* of the whole condition */
    Condition *condition;
    int depth;   /* of the node being read; bounded, for definitions come from people */
    int related; /* inside how many of some, all, none */
} Parser;

/** One operator with its arguments as they stand. */
typedef struct Call {
    const char *name;        /* the operator */
    int detail;              /* the operator's own choice: a Comparator, a Word, … */
    const json_t *arguments; /* an array, or one thing alone */
    size_t count;
    const Place *place;
} Call;

/** Records the error and gives NULL, which every builder hands on. */
const Node *condition_refuse(Parser *parser, const Place *place, const char *code,
                             const Str arguments[PROBLEM_ARGUMENTS]);
/** condition_refuse for a value that does not fit the operator. */
const Node *condition_refuse_type(Parser *parser, const Call *call);

/** A node over arguments; constant when all of them are. */
Node *condition_node(Parser *parser, NodeKind kind, NodeType type, const Node *const *arguments,
                     size_t count);
/** A node of a value known when the condition is read; numbers also get their bounds. */
const Node *condition_constant(Parser *parser, NodeType type, Value value);

/**
 * The node as it compares with `peer`: a constant text becomes the date, instant, id or choice that
 * the peer is. NULL, with the error, when they cannot be compared.
 */
const Node *condition_fit(Parser *parser, const Call *call, const Node *node, const Node *peer);

/* Builders over arguments already parsed. */
const Node *condition_build_equal(Parser *parser, const Call *call, const Node *const *arguments);
/** Two arguments in order, or three of which the middle lies between. */
const Node *condition_build_order(Parser *parser, const Call *call, const Node *const *arguments);
/** `arguments[0]` in the list of the `count - 1` others. */
const Node *condition_build_among(Parser *parser, const Call *call, const Node *const *arguments,
                                  size_t count);
/** `needle` in `hay`, a list or a text. */
const Node *condition_build_within(Parser *parser, const Call *call, const Node *needle,
                                   const Node *hay);
/** `if`, `and`, `or` and a default: the common type of their results, and the widest bounds. */
const Node *condition_build_choice(Parser *parser, NodeKind kind, const Node *const *arguments,
                                   size_t count);
/** Numbers in, a number out; NULL also when a result could leave the range of doubles. */
const Node *condition_build_arithmetic(Parser *parser, const Call *call,
                                       const Node *const *arguments);
/** Texts, dates and whole numbers behind each other. */
const Node *condition_build_cat(Parser *parser, const Call *call, const Node *const *arguments);
/** Days since (`call->detail` 1) or until (-1) a date or an instant. */
const Node *condition_build_days(Parser *parser, const Call *call, const Node *argument);

#endif

/*
 * Private to the condition module: what a condition over records is once it has been checked. Every
 * expression has a type, so that memory and SQL cannot differ by coercion.
 *
 * Meanings that both evaluations keep:
 * - An empty value equals only an empty value. In order and arithmetic of numbers it is 0; in the
 *   order of texts, dates and instants it is on neither side.
 * - Numbers are whole (int64) where the expression says `exact`, and doubles otherwise. Two exact
 *   ones compare exactly. A division by 0 gives an empty value.
 * - Texts compare bytewise. Days are counted in the reader's zone.
 */
#ifndef ONDO_ENGINE_CONDITION_TREE_H
#define ONDO_ENGINE_CONDITION_TREE_H

#include "clock.h"
#include "condition.h"

typedef enum NodeType {
    TYPE_NOTHING, /* null as a constant: fits every type */
    TYPE_TRUTH,   /* holds or not, as `and` of unlike things: no value of its own */
    TYPE_BOOLEAN,
    TYPE_NUMBER,
    TYPE_TEXT,
    TYPE_CHOICE, /* a text of a known list */
    TYPE_DATE,
    TYPE_INSTANT,
    TYPE_ID,
    TYPE_LIST,   /* many-choices and tags */
    TYPE_OPAQUE, /* JSON: known only to be empty or not */
} NodeType;

typedef enum NodeKind {
    NODE_CONSTANT,
    NODE_WORD,    /* today, now, me, … */
    NODE_COLUMN,  /* of the record, or through a reference */
    NODE_AS_OF,   /* a field of the record at an instant: `value` */
    NODE_WAS,     /* the column before the change */
    NODE_CHANGED, /* any of the columns */
    NODE_EQUAL,
    NODE_ORDER,
    NODE_NOT,
    NODE_TRUTH,
    NODE_AND,
    NODE_OR,
    NODE_IF,
    NODE_AMONG,     /* the first argument is one of the others */
    NODE_HAS,       /* a list has a text */
    NODE_PART,      /* a text is part of a text */
    NODE_OTHERWISE, /* the first value, or the second where that is empty */
    NODE_BLANK,     /* empty, or an empty text */
    NODE_ARITHMETIC,
    NODE_CAT,
    NODE_DAYS,      /* days since a date or instant, times `sign` */
    NODE_DAY_START, /* the instant at which a date begins */
    NODE_RELATED,
    NODE_COUNT, /* how many related records the argument holds for */
} NodeKind;

typedef enum Comparator { LESS, AT_MOST, GREATER, AT_LEAST } Comparator;
/** What arithmetic there is; REMAINDER is of whole numbers only. */
typedef enum Arithmetic { ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, LEAST, GREATEST } Arithmetic;
/** Days and persons that depend on when and by whom a condition is asked. */
typedef enum Word {
    WORD_TODAY,
    WORD_NOW,
    WORD_ME,
    WORD_WEEK_END,
    WORD_MONTH_END,
    WORD_MONTH_START,
    WORD_NEXT_MONTH_END,
    WORD_LAST_MONTH_START
} Word;
typedef enum Quantifier { QUANTIFIER_SOME, QUANTIFIER_ALL, QUANTIFIER_NONE } Quantifier;

/** The columns that every record has. */
typedef enum SystemColumn {
    COLUMN_FIELD, /* none of them: a field of the object */
    COLUMN_ID,
    COLUMN_VERSION,
    COLUMN_CREATED_AT,
    COLUMN_UPDATED_AT,
    COLUMN_CREATED_BY,
    COLUMN_UPDATED_BY,
} SystemColumn;

typedef struct Node Node;
/**
 * One node of the tree. Which members count depends on `kind`; the tree is never changed once made.
 */
struct Node {
    NodeKind kind;
    NodeType type; /* settled when it is read: nothing is converted later */
    union {
        Comparator comparator;
        Arithmetic arithmetic;
        Word word;
        Quantifier quantifier;
        int sign; /* NODE_DAYS: 1 since, -1 until */
    };
    Value value; /* NODE_CONSTANT; the instant of NODE_AS_OF */

    /* NODE_COLUMN and NODE_WAS; of NODE_RELATED and NODE_COUNT `object` and `field` are the
     * records and their link */
    const Object *object; /* whose column it is */
    const Field *field;   /* NULL for a system column; the link of related records */
    SystemColumn system;
    Str name;             /* of the column */
    const Field *through; /* the reference that leads to `object`; NULL: the record itself */
    const Object *holder; /* whose reference that is */

    const Field *choices; /* TYPE_CHOICE and lists of choices: whose codes these are */
    const Node **arguments;
    size_t count;

    bool constant;       /* nothing of the record in it */
    bool exact;          /* TYPE_NUMBER: always int64 */
    bool whole;          /* TYPE_NUMBER: never a fraction */
    int largest, finest; /* TYPE_NUMBER: |x| ≤ 10^largest; x = 0 or |x| ≥ 10^finest */
    size_t size;         /* nodes of SQL it makes */
};

/** The root, and what rules and lists ask about a condition without evaluating it. */
struct Condition {
    const Object *object;
    const Model *model;
    const Node *root;  /* a truth */
    bool needs_change; /* asks what a field was before, so that it holds only while saving */
    bool *mentioned;   /* by field index */
};

/** Largest power of ten of an exact number. */
enum { EXACT_LARGEST = 19 };
/** Doubles reach from 1e-308 to 1e308; a rounding error more or less must not matter. */
enum { POWER_LARGEST = 300, POWER_FINEST = -285 };
/** Decimals of records beyond this power of ten, or as small, count as empty in arithmetic. */
#define ARITHMETIC_MOST 1e15
enum { ARITHMETIC_LARGEST = 15 };

/** True for numbers straight from decimal fields, which arithmetic cuts to its range. */
static inline bool condition_is_cut(const Node *node) {
    return !node->exact && node->largest > POWER_LARGEST;
}

/* ---- condition_evaluate.c ---- */

/**
 * A record that a reference leads to, or that there is none to be seen, remembered for one
 * evaluation.
 */
typedef struct Referred {
    const Field *through;
    bool found; /* false: remembered too, so that it is not looked for again */
    Record record;
    struct Referred *next;
} Referred;

/** One evaluation, in memory or while SQL is made. */
typedef struct Evaluation {
    Context *context;
    const Record *record, *before; /* before: NULL outside a change */
    Status status;                 /* the first failure; values are meaningless after it */
    bool dated;                    /* the three below are known */
    int64_t today, today_end;      /* days since 1970; the instant at which tomorrow begins */
    Referred *referred;
} Evaluation;

/** VALUE_NULL for empty; texts lie in the record or the context's arena. */
Value condition_value(Evaluation *evaluation, const Node *node);
/** JSON Logic's truth of the node: an empty list, 0 and an empty text are false. */
bool condition_truth(Evaluation *evaluation, const Node *node);
/** Days since 1970 of the reader's today; fills `today_end` too. */
int64_t condition_today(Evaluation *evaluation);
/** A number as double; empty is 0. */
double condition_double(const Value *value);
/** Whether `order` (negative, 0, positive) is what the comparator asks for. */
bool condition_order_holds(Comparator comparator, int order);
/** Whether the actor may see the column's values at all. */
bool condition_visible(const Evaluation *evaluation, const Node *node);

/* ---- condition_sql.c ---- */

/** An AND that what is being compiled stands in, and the one around that. */
typedef struct Conjunction {
    const Node *node;
    const struct Conjunction *outer;
} Conjunction;

/** SQL in the making: evaluation of constants, where it goes, and over which table. */
typedef struct Compiler {
    Evaluation *evaluation;
    Sql *sql;
    Str alias;       /* of the table whose row is the record */
    const Value *id; /* the record's id in place of a column, when only related records are asked */
    int *tables;     /* aliases made so far */
    const Conjunction *within; /* of conditions on this table; NULL: in none */
} Compiler;

/** Adds whether the node is true in JSON Logic's sense: TRUE or FALSE, never NULL; binds tightly.
 */
void condition_add_truth(Compiler *compiler, const Node *node);
/** Adds the node's value, NULL where it is empty: exact numbers as bigint, others as double. */
void condition_add_value(Compiler *compiler, const Node *node);
/** As condition_add_value, exact numbers turned into doubles: both sides of a comparison alike. */
void condition_add_double(Compiler *compiler, const Node *node);
/** Binds with a cast, so that the database knows the type wherever it stands. */
void condition_bind_typed(Compiler *compiler, NodeType type, const Value *value);
/** True for a column of the table itself that the actor may see: one that an index may serve. */
bool condition_is_plain(const Compiler *compiler, const Node *node);
/** Whether the column can be empty at all: id, version and the instants of a record cannot. */
bool condition_nullable(const Node *node);

/* ---- condition_sql_compare.c ---- */

/** NODE_EQUAL, NODE_ORDER and NODE_AMONG as SQL that is never NULL. */
void condition_add_equal(Compiler *compiler, const Node *node);
/** Order: empty numbers count as 0, other empty values are on no side. */
void condition_add_order(Compiler *compiler, const Node *node);
/** One of a list of constants, null possibly among them. */
void condition_add_among(Compiler *compiler, const Node *node);

#endif

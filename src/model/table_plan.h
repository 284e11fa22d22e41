/* What must be done so that the tables hold the model: a list of steps, empty when they do. */
#ifndef ONDO_MODEL_TABLE_PLAN_H
#define ONDO_MODEL_TABLE_PLAN_H

#include "model.h"
#include "table_catalog.h"

typedef enum TableStepKind {
    TABLE_STEP_DDL,
    TABLE_STEP_UNIQUE,  /* DDL after looking for records that stand in its way */
    TABLE_STEP_SEARCH,  /* makes the search index */
    TABLE_STEP_FILL,    /* sort keys and search tokens of the records there are */
    TABLE_STEP_DEFAULT, /* a new field's default on the records there are */
    TABLE_STEP_ROLLUP,  /* a derived field of the records there are */
    TABLE_STEP_NOTE,    /* writes to model_column */
    TABLE_STEP_REFUSE,  /* a column of another type is there */
} TableStepKind;

/** One change by which the tables follow the definitions, or the reason why one cannot be made. */
typedef struct TableStep {
    TableStepKind kind;
    const Object *object;
    Str text;           /* the DDL, or the note */
    Str field;          /* of a note, refusal or roll-up; empty: the object */
    const Str *columns; /* TABLE_STEP_UNIQUE: ends with an empty Str */
    struct TableStep *next;
} TableStep;

/** Steps in the order in which they must be done. */
typedef struct TablePlan {
    Arena *arena;
    TableStep *first, *last;
} TablePlan;

/** Adds the steps that are missing, in the order in which to take them. */
void table_plan_model(TablePlan *plan, const Model *model, const Catalog *catalog);
/** Adds steps that drop all indexes of the model that are not unique. */
void table_plan_drop(TablePlan *plan, const Model *model, const Catalog *catalog);

/** An index that the model asks for. */
typedef struct TableIndex {
    Str name;
    const Str *columns; /* ends with an empty Str */
    bool unique;
    Str where; /* a condition on the records that are in it; empty: all */
} TableIndex;
/** All indexes of an object. */
const TableIndex *table_indexes(Arena *arena, const Object *object, size_t *count);

#endif

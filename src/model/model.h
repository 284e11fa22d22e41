/*
 * The model: what objects the business has, as data. Loaded from pharma/objects/ (embedded, or a
 * folder of an administrator's), checked, and immutable from then on; any thread may read it.
 */
#ifndef ONDO_MODEL_MODEL_H
#define ONDO_MODEL_MODEL_H

#include "json.h"
#include "lang.h"
#include "value.h"

typedef enum FieldType {
    FIELD_TEXT,
    FIELD_LONG_TEXT,
    FIELD_INTEGER,
    FIELD_DECIMAL,
    FIELD_BOOLEAN,
    FIELD_DATE,
    FIELD_INSTANT,
    FIELD_CHOICE,
    FIELD_CHOICES,
    FIELD_REFERENCE,
    FIELD_EMAIL,
    FIELD_PHONE,
    FIELD_URL,
    FIELD_TAGS,
    FIELD_JSON,
    FIELD_FILE, /* an id of the system's "file" table */
    FIELD_TYPE_COUNT,
} FieldType;

/** One of the values that a field may have. */
typedef struct Choice {
    Str code;
    Label label, help;
    int64_t rank; /* order of an ordered scale; the position in the list when not given */
    Str colour;   /* name of a design token, may be empty */
    bool retired; /* kept on old records, refused on new ones */
} Choice;

/**
 * A field whose value is kept from other records: count/max/min/sum of `of` over `object`.`field`,
 * or the mean of an ordered choice, rounded to the nearest choice of its scale (ties: the higher
 * one).
 */
typedef enum RollupMeasure {
    ROLLUP_COUNT,
    ROLLUP_MAX,
    ROLLUP_MIN,
    ROLLUP_MEAN,
    ROLLUP_SUM, /* of whole numbers; 0 of nothing */
} RollupMeasure;

/** How much a record counts in a mean, by a choice of its own. */
typedef struct RollupWeight {
    Str code;
    int64_t weight;
} RollupWeight;

/** A field that other records make: how many there are, the first, the last, the mean. */
typedef struct Rollup {
    RollupMeasure measure;  /* of the records that `where` lets count */
    Str object;             /* whose records are counted: "visit" */
    Str field;              /* their reference to us: "hcp" */
    Str of;                 /* the measured field: "held_at"; of a count: which must not be empty */
    Str where_field;        /* only those whose choice is one of `where_codes`; empty for all */
    const Str *where_codes; /* of a boolean: "true" or "false" */
    size_t where_count;
    bool where_boolean;
    /* Of a mean only: */
    Str weight_field; /* empty: every record counts the same */
    const RollupWeight *weights;
    size_t weight_count;
    int64_t weight_otherwise; /* of records without one of the codes */
    const Str *left_out;      /* choices that say nothing about the mean */
    size_t left_out_count;
    int64_t minimum;              /* fewer records than this give no mean */
    const struct Field *measured; /* whose ranks are averaged */
    /* The same as another roll-up of the object, unless a person has said otherwise: */
    Str same;   /* the other's field; empty: this one has a measure of its own */
    Str unless; /* the field whose value comes first where it has one */
} Rollup;

/**
 * Records that tell what a field held before: either each names the value that began at its instant
 * (`value`), or each names the one that ended then (`before`).
 */
typedef struct FieldHistory {
    Str object; /* "temperature_reading" */
    Str field;  /* their reference to us: "hcp" */
    Str value;  /* their field with what began; empty: see `before` */
    Str before; /* their field with what ended; empty: see `value` */
    Str at;     /* their instant */
} FieldHistory;

/** A field of an object as its definition says it, with everything that later steps would have to
 * look for. */
typedef struct Field {
    Str name;
    FieldType type; /* what its values are */
    size_t index;   /* position in object->fields and in a record's values */
    Label label, help;
    Str reference;         /* FIELD_REFERENCE: the object's name */
    const Choice *choices; /* FIELD_CHOICE and FIELD_CHOICES, in the order shown */
    size_t choice_count;
    int64_t
        max_length; /* code points (text types), items (many-valued), bytes (json); 0: no limit */
    double minimum, maximum; /* numbers; -INFINITY and INFINITY when not given */
    int scale;               /* decimals kept, FIELD_DECIMAL */
    Str check;               /* name of a validator, e.g. "npi"; empty: none (see model/check.h) */
    Value initial;           /* default on creation; text for choices; VALUE_NULL: none */
    Str initial_word;        /* "me" or "now" when the default is one of these; empty otherwise */
    bool required, unique, indexed, searchable; /* searchable: found by its words */
    bool indexed_empty;          /* the records in which it is empty have an index of their own */
    bool system;                 /* written by the engine only, refused in requests */
    bool immutable;              /* may be set on creation only */
    const FieldHistory *history; /* NULL: nothing tells what it held before */
    const Rollup *rollup;        /* derived fields; NULL otherwise. Implies system */
    Str sort_by[LANG_COUNT];     /* the field whose text sorts for this one; empty: itself */
    Str lint;    /* whose words its text reports, "anyone", "customer" or "self"; empty: not checked
                    for compliance (V20) */
    Label purpose; /* why the data is held (S11) */
    int64_t retention_months; /* 0: as long as the record */
} Field;

/** Children that a parent takes in its own request: {"topics": [...]}. */
typedef struct Child {
    Str name;             /* member of the request: "topics" */
    Str object;           /* "topic" */
    Str field;            /* the child's reference to the parent: "visit" */
    Str shorthand;        /* a bare string stands for this field; empty: not allowed */
    const Str *copy_to;   /* fields of the child that are filled from … */
    const Str *copy_from; /* … these of the parent, when the request gives none */
    size_t copy_count;
} Child;

/**
 * How access finds whose record it is. With both, the record is its owner's to change, and to read
 * also for those who may read what `via` leads to (a successor reads the visits made before). What
 * is marked as shared is open for reading to everybody whose role reads such records at all; a
 * reader named on the record reads it as its owner does.
 */
enum { OWNERSHIP_STEPS_MOST = 8 }; /* of a chain of `via`; longer ones are refused on loading */

/** Whose the records are: what a role's "own" and "team" are measured by. */
typedef struct Ownership {
    Str owner;        /* field referring to user; empty: none of its own */
    Str reader;       /* field referring to a user who may read it too; empty: none */
    Str shared;       /* boolean field that opens it for reading; empty: none */
    const Str *via;   /* references through whose records it is reached: {"hcp", "hco"} */
    size_t via_count; /* 0 with an empty owner: everybody's, the role's verbs alone decide */
} Ownership;

/** In which order a reader wants names of people; what stands in Han or kana is never turned. */
typedef enum NameOrder { NAME_AS_WRITTEN, NAME_FAMILY_FIRST, NAME_GIVEN_FIRST } NameOrder;
/** "as_written", "family_first" or "given_first"; anything else is NAME_AS_WRITTEN. */
NameOrder name_order_from_code(Str code);

/** A kind of record. Fields stand in the order of the definition, which forms and exports keep. */
typedef struct Object {
    Str name;
    size_t index; /* position in model->objects */
    Label label, plural;
    Label title; /* template: "{family_name} {given_name}", alternatives "{a|b}" */
    Label title_family_first, title_given_first; /* the same of people; empty: as the title */
    const Field *fields;
    size_t field_count;
    const Child *children; /* lists of other objects that belong to one of these */
    size_t child_count;
    Ownership ownership; /* by what a role's reach is measured */
    Str timeline_at;     /* field that dates it on a timeline; empty: not on one */
    bool append_only;    /* no update, no deletion: corrections are added */
    bool system_only;    /* written by the engine only */
    const Str *const
        *unique_sets; /* fields that together are unique; each list ends with an empty Str */
    size_t unique_set_count;
    const Str *const *index_sets; /* fields that are asked for together; ends like the above */
    size_t index_set_count;
    Str select_list; /* all columns of alias "r", made once: see tables_select_list; may be empty */
    const json_t *definition;       /* the file as it was, for layouts and the API's description */
    const struct FieldNames *names; /* for object_field; NULL: it looks through them in order */
} Object;

typedef struct Model Model;

/** One file of definitions. */
typedef struct ModelSource {
    Str name; /* "objects/hcp.json", for messages */
    Str text;
} ModelSource;

/**
 * Reads and checks object definitions: names, types, references, choices, uniqueness, children,
 * roll-ups and ownership must fit each other. STATUS_INVALID with every error found in `problem`.
 * The model lives in `arena` and is freed by model_free (its JSON) before the arena.
 */
MUST_USE Status model_load(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                           Model **out);
/**
 * As model_load, with lists of choices that do not stand in the objects: `lists` is {"roles":
 * [choice, …]}, which "choices": "roles" takes. NULL: there are none.
 */
MUST_USE Status model_load_with(Arena *arena, const ModelSource *sources, size_t count,
                                const json_t *lists, Problem *problem, Model **out);
/** Frees what the arena does not hold: the JSON and the hashes. NULL is allowed. */
void model_free(Model *model);

/** For going through all objects, in the order of their files. */
size_t model_object_count(const Model *model);
/** `index` below model_object_count(). */
const Object *model_object_at(const Model *model, size_t index);
/** NULL when there is none. */
const Object *model_object(const Model *model, Str name);
/** NULL when the object has no field of that name, and where there is no object: what the business
 * does not have, has no fields either. */
const Field *object_field(const Object *object, Str name);
/** The object that a reference field refers to. Never NULL for a loaded model. */
const Object *field_target(const Model *model, const Field *field);
/** NULL when there is none; retired ones are found too. */
const Choice *field_choice(const Field *field, Str code);
/** The field of `object` whose text sorts for this one in `lang`: often the field itself. */
const Field *field_sort_source(const Object *object, const Field *field, Lang lang);

/** A roll-up elsewhere that a change of `object` may alter. */
typedef struct RollupUse {
    const Object *object; /* whose field is kept */
    const Field *field;
} RollupUse;
/** The roll-ups over records of `object`. */
const RollupUse *model_rollups_over(const Model *model, const Object *object, size_t *count);

#endif

/* Reading object definitions, in two passes: each file on its own, then how they fit each other. */
#ifndef ONDO_MODEL_DEFINITION_H
#define ONDO_MODEL_DEFINITION_H

#include <uthash.h>

#include "model.h"
#include "place.h"

/**
 * Entries of the hash tables by which fields and objects are found; they lie in the model's arena.
 */
typedef struct FieldNames {
    Str name;
    const Field *field;
    UT_hash_handle hh;
} FieldNames;

/** Entries of the table by which objects are found; they lie in the model's arena. */
typedef struct ObjectNames {
    Str name;
    const Object *object;
    UT_hash_handle hh;
} ObjectNames;

/** All objects of the business, read once and never changed: who needs another makes another. */
struct Model {
    Object *objects;
    size_t count;
    json_t **documents; /* one for each source; NULL where it could not be read */
    size_t document_count;
    Str *files; /* the source's name for each object */
    ObjectNames *names;
    RollupUse **rollup_uses; /* for each object */
    size_t *rollup_counts;   /* by object: roll-ups that its records are part of */
};

enum { DEFINITION_FIELDS_LIMIT = 300, DEFINITION_NAME_LIMIT = 48 };

/** Reads the object of one file; reports what is wrong by itself and keeps what could be read. */
void definition_read_object(const Place *file, Object *out);

/** Reads one field; `out->index` is set already. */
void definition_read_field(const Place *place, Field *out);

/** The text at `name`, reported unless it has the form of an object's or field's name. */
Str definition_read_name(const Place *above, const char *name);

/** Checks how the objects fit each other and notes the roll-ups over each. */
void definition_resolve(Arena *arena, Model *model, Problem *problem);

/** Reports wrong braces and unknown fields in the title's templates. */
void definition_check_title(const Place *file, const Object *object);
/** Reports fields of "layouts" that are not the object's. */
void definition_check_layouts(const Place *file, const Object *object);
/** Reports `name` at `place` unless the object has such a field, which is returned. */
const Field *definition_find_field(const Place *place, const Object *object, Str name);

#endif

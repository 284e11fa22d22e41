/*
 * Which column of a file goes to which field:
 *
 *     {"header": false, "key": ["facility_code"],
 *      "columns": [{"from": 1, "to": "facility_code"},
 *                  {"from": "郵便番号", "to": "postal_code", "transform": ["width"]},
 *                  {"from": 7, "to": "primary_hco.facility_code", "empty": "clear"}]}
 *
 * `from` is a column's number, from 1, or its heading; `to` a field, or a reference and a unique
 * field of its object, by which the record is looked up. `key` names the unique field to upsert by,
 * or the fields of a unique set; without it, the first unique field that a column leads to; an
 * empty list always creates. An empty cell leaves its field alone (on creation: to its default)
 * unless the column says "empty": "clear".
 */
#ifndef ONDO_EXCHANGE_IMPORT_MAP_H
#define ONDO_EXCHANGE_IMPORT_MAP_H

#include "context.h"
#include "sheet.h"
#include "transform.h"

/** A column of the file and where its cells go. */
typedef struct ImportColumn {
    Str heading;          /* empty: the column is given by its number */
    size_t index;         /* from 0; for a heading set by import_map_bind */
    Str to;               /* as the map says it */
    const Field *field;   /* of the object that is imported */
    const Field *through; /* of the object that `field` refers to; NULL: the cell is the value */
    const Transform **transforms;
    size_t transform_count;
    bool clears; /* an empty cell empties the field */
} ImportColumn;

/** Which column of a file is which field, and by which fields a row finds its record. */
typedef struct ImportMap {
    const Object *object;
    SheetHeader header;
    ImportColumn *columns;
    size_t count;
    size_t *keys; /* indexes of the columns that make the key */
    size_t key_count;
} ImportMap;

/**
 * Reads a map. STATUS_INVALID with every error at its pointer: unknown fields and those that the
 * actor may not write, transforms, keys that are not unique.
 */
MUST_USE Status import_map_read(Arena *arena, const Model *model, const Actor *actor,
                                const Object *object, const json_t *node, Problem *problem,
                                ImportMap *out);

/** Finds the columns in the file's first row. STATUS_INVALID for those that are not there. */
MUST_USE Status import_map_bind(ImportMap *map, const SheetRow *first, bool header, Arena *arena,
                                Problem *problem);

/**
 * A map for a file by its headings, which are compared with names and labels in every language;
 * columns that fit nothing are left out. Without headings it has no columns.
 */
ImportMap import_map_propose(Arena *arena, const Model *model, const Actor *actor,
                             const Object *object, const SheetRow *first, bool header);

/** Writes the map in the form above. */
void import_map_write(JsonWriter *json, const ImportMap *map);

/** A text that is equal for files whose columns look alike: for finding an earlier map again. */
Str import_map_signature(Arena *arena, const SheetRow *first, bool header);

#endif

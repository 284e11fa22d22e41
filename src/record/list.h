/* Lists: filter, search, sort, keyset cursor, expanded references; one query and one a reference.
 */
#ifndef ONDO_RECORD_LIST_H
#define ONDO_RECORD_LIST_H

#include "record.h"

enum { LIST_LIMIT_DEFAULT = 50, LIST_LIMIT_MOST = 1000, LIST_SORTS_MOST = 3 };

/** Adds a condition over table `alias`; how the engine's compiled conditions join a list. */
typedef Status ListPredicate(void *data, Context *context, Sql *sql, Str alias);

/** A field that a list is sorted by. */
typedef struct ListSort {
    const Field *field; /* NULL: by creation (id) */
    bool descending;
} ListSort;

/** The short form of a filter: ?temperature=skeptical,prefers_competitor */
typedef struct ListFilter {
    const Field *field;
    const Value *values; /* one of these */
    size_t count;        /* none: where the field is empty */
} ListFilter;

/** Of the records that a reference leads to, only the parts named are shown beside the title. */
typedef struct ListPart {
    const Field *reference; /* one of those expanded */
    const Field *field;     /* of its target; NULL: nothing but the title */
} ListPart;

/**
 * What a list is asked for. Fields, sorts and filters have been checked against the model and the
 * actor's rights by whoever fills this in (api/list_query.h).
 */
typedef struct ListQuery {
    const Object *object;
    ListPredicate *predicate; /* NULL: none */
    void *predicate_data;
    const ListFilter *filters; /* all must hold */
    size_t filter_count;
    Str search; /* words, each found in a searchable field; empty: none */
    ListSort sorts[LIST_SORTS_MOST];
    size_t sort_count;
    const Field *const *fields; /* to show; NULL: all readable */
    size_t field_count;
    const Field *const *expand; /* references shown with the title of their record */
    size_t expand_count;
    const ListPart *parts; /* references without any are expanded whole */
    size_t part_count;
    /* Records a page, 1 to LIST_LIMIT_MOST. */
    int64_t limit;
    Str cursor;
    bool total;   /* says how many there are in all, too */
    bool deleted; /* the deleted ones instead of those alive */
} ListQuery;

/** Writes {"items":[…],"next":…,"total":…}. STATUS_INVALID with `problem` for a cursor not ours. */
MUST_USE Status list_write(Context *context, const ListQuery *query, JsonWriter *json);

/** The members of list_write, for a caller that opens the object and adds its own. */
MUST_USE Status list_write_members(Context *context, const ListQuery *query, JsonWriter *json);
/** One record as the API shows it, with the references of `expand` beside it. */
MUST_USE Status list_write_one(Context *context, const Record *record, const Field *const *expand,
                               size_t expand_count, JsonWriter *json);

/** How many records the list holds on all its pages. */
MUST_USE Status list_count(Context *context, const ListQuery *query, int64_t *out);

/** The records of one page, in the context's arena. */
typedef struct ListRecords {
    Record *items; /* the caller's to change */
    size_t count;
} ListRecords;
/** The page that the query asks for, in order; at most `limit` records. */
MUST_USE Status list_read(Context *context, const ListQuery *query, ListRecords *out);

/** What list_each calls; any status but STATUS_OK ends the list and is returned. */
typedef Status ListVisitor(void *data, const Record *record);
/** Calls `visit` for each record in order; `*next` (in the arena) is empty at the end. */
MUST_USE Status list_each(Context *context, const ListQuery *query, ListVisitor *visit, void *data,
                          Str *next);

#endif

/*
 * Definitions that administrators have published: kept in the database, every version for ever, and
 * laid over the files that were shipped. The newest version of each is in force. What they mean is
 * for others (business.h, domain/publishing.h); here they are only texts.
 */
#ifndef ONDO_ENGINE_PUBLISHED_H
#define ONDO_ENGINE_PUBLISHED_H

#include "context.h"

/** The kinds of definitions, which are the folders of pharma/: NULL-ended. */
extern const char *const PUBLISHED_KINDS[];
/** Whether there is such a kind. */
bool published_kind_known(Str kind);
/** The member that holds a definition's own name: "role" for "roles"; NULL for texts. */
const char *published_name_member(Str kind);

/** Names of the files ("roles/mr.json") that one set of definitions is made of. */
typedef struct Definitions {
    const ModelSource *sources;
    size_t count;
} Definitions;

/** The one of that kind and name; NULL when there is none. */
const ModelSource *definitions_find(const Definitions *definitions, Str kind, Str name);
/** Splits "roles/mr.json" into kind and name; false for what is no definition of a known kind. */
bool definitions_name(Str file, Str *kind, Str *name);

/** A version of a definition, in the caller's arena. */
typedef struct PublishedVersion {
    Id id; /* its entry in the journal is of the record of this id */
    Str kind, name;
    int64_t version; /* 1, 2, … of this definition */
    Str body;        /* empty: as shipped */
    Str note;        /* why, in the words of whoever published it */
    Id by;
    Str by_name;
    int64_t at;
} PublishedVersion;

/** Anything but STATUS_OK ends the reading and is returned. */
typedef Status PublishedVisitor(void *data, const PublishedVersion *version);

/** Rises with each publication; 0 for a database that does not know of any yet. */
MUST_USE Status published_generation(Transaction *transaction, int64_t *out);
/** Every definition that was ever published, in its newest version, by kind and name. */
MUST_USE Status published_each(Transaction *transaction, PublishedVisitor *visit, void *data);
/** The versions of one definition, newest first, without their bodies. */
MUST_USE Status published_each_version(Transaction *transaction, Str kind, Str name,
                                       PublishedVisitor *visit, void *data);
/** One version; `version` 0 is the newest. STATUS_NOT_FOUND without. */
MUST_USE Status published_read(Transaction *transaction, Arena *arena, Str kind, Str name,
                               int64_t version, PublishedVersion *out);

/** The definitions in force: those shipped, replaced by what is published. Texts in `arena`. */
MUST_USE Status published_lay_over(Transaction *transaction, Arena *arena,
                                   const Definitions *shipped, Definitions *out);
/** As `from`, with this one replaced or added; an empty text takes it out. */
Definitions published_replace(Arena *arena, const Definitions *from, Str file, Str text);

/**
 * Appends a version as the context's actor, raises the generation and writes the journal: `before`
 * and `after` are the bodies in force, empty for none. Concurrent publications of other servers
 * cannot both be committed on what they have seen.
 */
MUST_USE Status published_append(Context *context, const PublishedVersion *version, Str before,
                                 Str after);

#endif

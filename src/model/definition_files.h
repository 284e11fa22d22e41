/*
 * Going through the files of one kind of definitions. All of them are read, also behind one that is
 * broken, so that whoever mends them sees every error at once.
 */
#ifndef ONDO_MODEL_DEFINITION_FILES_H
#define ONDO_MODEL_DEFINITION_FILES_H

#include "model.h"
#include "place.h"

/**
 * The files, and the one at hand. Its JSON is dropped with the next step: what is kept of it must
 * be copied, or its node referenced.
 */
typedef struct DefinitionFiles {
    Place place; /* the root of the file at hand; place.member is its name */
    Str text;    /* of the file at hand */
    json_t *definition;
    const ModelSource *sources;
    size_t count, next; /* of the sources; the one that is read next */
    size_t errors;      /* of `problem` before the first file */
} DefinitionFiles;

/** Begins: for CLEANUP(definition_files_close). What is read lies in `arena`. */
DefinitionFiles definition_files(Arena *arena, const ModelSource *sources, size_t count,
                                 Problem *problem);

/** Goes to the next file that is JSON; those that are not are reported. False behind the last. */
bool definition_files_next(DefinitionFiles *files);

/** STATUS_INVALID when anything was reported since the beginning, by whomever. */
MUST_USE Status definition_files_status(const DefinitionFiles *files);

/** Drops the JSON of the file at hand; twice is nothing. */
void definition_files_close(DefinitionFiles *files);

#endif

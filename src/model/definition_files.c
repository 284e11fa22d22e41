/* One loop for the readers of all kinds, which otherwise would differ in what they report. */
#include "definition_files.h"

DefinitionFiles definition_files(Arena *arena, const ModelSource *sources, size_t count,
                                 Problem *problem) {
    return (DefinitionFiles){.place = place_file(arena, problem, (Str){0}, NULL),
                             .sources = sources,
                             .count = count,
                             .errors = problem->count};
}

bool definition_files_next(DefinitionFiles *files) {
    Arena *arena = files->place.arena;
    Problem *problem = files->place.problem;
    while (files->next < files->count) {
        const ModelSource *source = &files->sources[files->next++];
        definition_files_close(files);
        if (place_read_file(arena, problem, source->name, source->text, &files->definition) !=
            STATUS_OK) {
            continue;
        }
        files->text = source->text;
        files->place = place_file(arena, problem, source->name, files->definition);
        return true;
    }
    return false;
}

Status definition_files_status(const DefinitionFiles *files) {
    return files->place.problem->count == files->errors ? STATUS_OK : STATUS_INVALID;
}

void definition_files_close(DefinitionFiles *files) {
    json_decref(files->definition);
    files->definition = NULL;
}

/*
 * A hash table of all keys of a file. It is the one thing of an import that grows with the file:
 * some hundred bytes a row, known beforehand by the limit of rows.
 */
#include "seen_keys.h"

#include <stdlib.h>
#include <uthash.h>

/* A key of the file, and the line that had it first. */
typedef struct SeenKey {
    UT_hash_handle hh;
    int64_t line;
} SeenKey;

/* Keys in an arena of the reader's, for as long as the file is read. */
struct SeenKeys {
    Arena *arena; /* of the keys */
    SeenKey *first;
};

SeenKeys *seen_keys_new(void) {
    SeenKeys *seen = calloc(1, sizeof *seen);
    if (!seen) abort();
    seen->arena = arena_new();
    return seen;
}

int64_t seen_keys_note(SeenKeys *seen, Str key, int64_t line) {
    SeenKey *known = NULL;
    HASH_FIND(hh, seen->first, key.data, key.size, known);
    if (known) return known->line;
    SeenKey *added = ARENA_NEW(seen->arena, SeenKey);
    Str copy = str_copy(seen->arena, key);
    added->line = line;
    HASH_ADD_KEYPTR(hh, seen->first, copy.data, copy.size, added);
    return 0;
}

void seen_keys_forget(SeenKeys *seen) {
    HASH_CLEAR(hh, seen->first);
    arena_reset(seen->arena);
}

void seen_keys_free(SeenKeys *seen) {
    if (!seen) return;
    seen_keys_forget(seen);
    arena_free(seen->arena);
    free(seen);
}

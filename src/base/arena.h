/*
 * Memory that lives as long as its purpose: a request, an import, a start-up.
 *
 * What is taken from an arena is never freed on its own; it goes when the arena is reset or freed.
 * Loops without bound take a mark and rewind to it. An arena belongs to one thread at a time.
 * Memory of an ordinary allocation failing ends the process: there is nothing sensible to do.
 */
#ifndef ONDO_BASE_ARENA_H
#define ONDO_BASE_ARENA_H

#include <stddef.h>

#include "status.h"

typedef struct Arena Arena;

/** A point to rewind to; everything taken after it is given back by arena_rewind. */
typedef struct ArenaMark {
    void *chunk;
    size_t used;
} ArenaMark;

/** A new, empty arena. Never NULL. */
Arena *arena_new(void);

/** Gives everything back, the arena too. NULL is allowed. */
void arena_free(Arena *arena);

/** `size` bytes aligned for any type, not cleared. Never NULL, not even for 0 bytes. */
void *arena_take(Arena *arena, size_t size);

/** As arena_take, cleared to zero. `count * size` must not overflow (asserted). */
void *arena_take_zero(Arena *arena, size_t count, size_t size);

/** Gives back everything but the first chunk, so that the next request starts warm. */
void arena_reset(Arena *arena);

/** Where the arena stands now. */
ArenaMark arena_mark(const Arena *arena);
/**
 * Gives back what was taken since the mark; `mark` must be of this arena and not be behind an
 * earlier rewind.
 */
void arena_rewind(Arena *arena, ArenaMark mark);

/** Bytes that callers hold now. */
size_t arena_used(const Arena *arena);

/** One cleared object, or an array of them, of a type. */
#define ARENA_NEW(arena, type) ((type *)arena_take_zero((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_take_zero((arena), (count), sizeof(type)))

/** For CLEANUP(arena_drop): frees the arena that the variable points to. */
static inline void arena_drop(Arena **arena) {
    arena_free(*arena);
}

#endif

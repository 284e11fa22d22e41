/*
 * An arena is a chain of chunks, the newest first. Chunks double in size, so that a long request
 * costs few calls to malloc; rewinding frees what came after the mark. Under AddressSanitizer all
 * that no caller holds is poisoned, so a pointer kept past a rewind or a reset is reported at its
 * first use.
 */
#include "arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature) /* Clang's way of saying what GCC says by a macro */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(address, size) ASAN_POISON_MEMORY_REGION(address, size)
#define UNPOISON(address, size) ASAN_UNPOISON_MEMORY_REGION(address, size)
#else
#define POISON(address, size) ((void)(address), (void)(size))
#define UNPOISON(address, size) ((void)(address), (void)(size))
#endif

enum { ARENA_ALIGNMENT = alignof(max_align_t), ARENA_FIRST_CHUNK = 16 * 1024 };

/* Chunks grow up to this size; anything larger gets a chunk of its own. */
static const size_t ARENA_LARGEST_CHUNK = 1024 * 1024;

/* Chunks form a stack; only the topmost one is filled. */
typedef struct Chunk {
    struct Chunk *previous;
    size_t capacity;
    size_t used;
    alignas(max_align_t) unsigned char data[];
} Chunk;

struct Arena {
    Chunk *current;
};

static void die_without_memory(size_t size) {
    fprintf(stderr, "ondo: out of memory (%zu bytes wanted)\n", size);
    abort();
}

static Chunk *chunk_new(Chunk *previous, size_t capacity) {
    Chunk *chunk = malloc(sizeof *chunk + capacity);
    if (!chunk) die_without_memory(capacity);
    *chunk = (Chunk){.previous = previous, .capacity = capacity};
    POISON(chunk->data, capacity);
    return chunk;
}

static void chunk_free(Chunk *chunk) {
    UNPOISON(chunk->data, chunk->capacity);
    free(chunk);
}

Arena *arena_new(void) {
    Arena *arena = malloc(sizeof *arena);
    if (!arena) die_without_memory(sizeof *arena);
    arena->current = chunk_new(NULL, ARENA_FIRST_CHUNK);
    return arena;
}

void arena_free(Arena *arena) {
    if (!arena) return;
    for (Chunk *chunk = arena->current; chunk;) {
        Chunk *previous = chunk->previous;
        chunk_free(chunk);
        chunk = previous;
    }
    free(arena);
}

/* Room that is left in the chunk before stays unused; a mark taken there remains valid. */
static Chunk *chunk_with_room(Arena *arena, size_t size) {
    size_t capacity = arena->current->capacity * 2;
    if (capacity > ARENA_LARGEST_CHUNK) capacity = ARENA_LARGEST_CHUNK;
    if (capacity < size) capacity = size;
    arena->current = chunk_new(arena->current, capacity);
    return arena->current;
}

/* Only what was asked for is made readable: the rounding stays poisoned and catches overruns. */
void *arena_take(Arena *arena, size_t size) {
    assert(size < SIZE_MAX / 4);
    size_t rounded = (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1);
    Chunk *chunk = arena->current;
    if (chunk->capacity - chunk->used < rounded) chunk = chunk_with_room(arena, rounded);
    void *memory = chunk->data + chunk->used;
    chunk->used += rounded;
    UNPOISON(memory, size);
    return memory;
}

void *arena_take_zero(Arena *arena, size_t count, size_t size) {
    assert(size == 0 || count < SIZE_MAX / 4 / size);
    return memset(arena_take(arena, count * size), 0, count * size);
}

ArenaMark arena_mark(const Arena *arena) {
    return (ArenaMark){.chunk = arena->current, .used = arena->current->used};
}

/* Marks nest like brackets: rewinding to an outer one ends the inner ones. */
void arena_rewind(Arena *arena, ArenaMark mark) {
    while (arena->current != mark.chunk) {
        Chunk *previous = arena->current->previous;
        assert(previous && "the mark belongs to this arena");
        chunk_free(arena->current);
        arena->current = previous;
    }
    Chunk *chunk = arena->current;
    POISON(chunk->data + mark.used, chunk->capacity - mark.used);
    chunk->used = mark.used;
}

void arena_reset(Arena *arena) {
    Chunk *first = arena->current;
    while (first->previous) first = first->previous;
    arena_rewind(arena, (ArenaMark){.chunk = first, .used = 0});
}

size_t arena_used(const Arena *arena) {
    size_t total = 0;
    for (const Chunk *chunk = arena->current; chunk; chunk = chunk->previous) total += chunk->used;
    return total;
}

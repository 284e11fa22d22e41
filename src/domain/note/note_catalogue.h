/* The names of products, to be found in notes in whichever script they are written. */
#ifndef ONDO_DOMAIN_NOTE_NOTE_CATALOGUE_H
#define ONDO_DOMAIN_NOTE_NOTE_CATALOGUE_H

#include "context.h"
#include "trie.h"

/** Owns its memory: note_catalogue_free gives it back (fits CLEANUP). */
typedef struct NoteCatalogue {
    Arena *arena;
    Trie *names; /* a name's value is the index of its product */
    Id *products;
    size_t count, room;
} NoteCatalogue;

enum {
    NOTE_PRODUCTS_MOST = 20000,
    NOTE_NAME_LEAST = 2, /* characters of a name; shorter ones would be found everywhere */
};

/** An empty catalogue. */
NoteCatalogue note_catalogue_new(void);
/** Gives the memory back. */
void note_catalogue_free(NoteCatalogue *catalogue);

/**
 * Adds a product by its name and other names. A name holds several where it puts some in brackets
 * or behind a slash: "Kalvestra(カルベストラ / 卡维舒)" is found by each of the three. Of two
 * products with the same name the first counts.
 */
void note_catalogue_add(NoteCatalogue *catalogue, Id product, Str names);

/**
 * Adds the products that the context's actor may read, none for an actor who may read none: brands
 * and what is sold, not areas. At most NOTE_PRODUCTS_MOST.
 */
MUST_USE Status note_catalogue_load(Context *context, NoteCatalogue *catalogue);

#endif

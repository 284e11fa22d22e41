/*
 * The edges of all nodes lie in one hash table of open addressing, so that a step costs one look
 * into memory.
 */
#include "trie.h"

enum {
    ROOT = 1,         /* 0 marks a free slot */
    NODES_FIRST = 32, /* a power of two; there are twice as many slots for edges */
    PLURAL_LETTERS = 3,
};

/* From a node by a point to the next; they lie in one table, found by hash. */
typedef struct Edge {
    uint32_t node, point, next; /* node 0: free */
} Edge;

/* A word may end here and go on as well. */
typedef struct Node {
    uint32_t value;
    bool is_word;
} Node;

/* Edges lie in one hash table and not with their nodes: most nodes have a single one. */
struct Trie {
    Arena *arena;
    Edge *edges;
    size_t edge_mask;
    Node *nodes;
    size_t node_count, node_room;
};

Trie *trie_new(Arena *arena) {
    Trie *trie = ARENA_NEW(arena, Trie);
    trie->arena = arena;
    trie->node_room = NODES_FIRST;
    trie->nodes = ARENA_ARRAY(arena, trie->node_room, Node);
    trie->node_count = ROOT + 1;
    trie->edges = ARENA_ARRAY(arena, 2 * NODES_FIRST, Edge);
    trie->edge_mask = 2 * NODES_FIRST - 1;
    return trie;
}

/* The slot of the edge, or the free one where it would be. */
static Edge *find_edge(const Trie *trie, uint32_t node, uint32_t point) {
    uint64_t mixed = ((uint64_t)node << 21 ^ point) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = mixed >> 32;; i++) {
        Edge *edge = &trie->edges[i & trie->edge_mask];
        if (!edge->node || (edge->node == node && edge->point == point)) return edge;
    }
}

/* Twice the room; what was there stays behind in the arena, no more than what is there now. */
static void widen(Trie *trie) {
    Edge *before = trie->edges;
    size_t slots = trie->edge_mask + 1;
    Node *nodes = ARENA_ARRAY(trie->arena, 2 * trie->node_room, Node);
    memcpy(nodes, trie->nodes, trie->node_room * sizeof(Node));
    trie->nodes = nodes;
    trie->node_room *= 2;
    trie->edges = ARENA_ARRAY(trie->arena, 2 * slots, Edge);
    trie->edge_mask = 2 * slots - 1;
    for (size_t i = 0; i < slots; i++) {
        if (before[i].node) *find_edge(trie, before[i].node, before[i].point) = before[i];
    }
}

/* Each node but the root has one edge to it, so the table is never more than half full. */
static uint32_t grow(Trie *trie, uint32_t node, uint32_t point) {
    Edge *edge = find_edge(trie, node, point);
    if (edge->node) return edge->next;
    if (trie->node_count == trie->node_room) {
        widen(trie);
        edge = find_edge(trie, node, point);
    }
    *edge = (Edge){.node = node, .point = point, .next = (uint32_t)trie->node_count++};
    return edge->next;
}

TrieAdded trie_add_folded(Trie *trie, const FoldedText *word, uint32_t value) {
    uint32_t node = ROOT;
    if (!word->count || word->count > TRIE_WORD_MOST) return TRIE_NO_WORD;
    for (size_t i = 0; i < word->count; i++) node = grow(trie, node, word->at[i].point);
    Node *end = &trie->nodes[node];
    if (end->is_word) return end->value == value ? TRIE_SAME : TRIE_TAKEN;
    *end = (Node){.value = value, .is_word = true};
    return TRIE_NEW;
}

TrieAdded trie_add(Trie *trie, Arena *scratch, Str word, uint32_t value) {
    FoldedText folded = folded_text(scratch, word);
    return trie_add_folded(trie, &folded, value);
}

static bool ends_at(const FoldedText *text, size_t end) {
    return end == text->count || !folded_joined(text->at[end - 1].point, text->at[end].point);
}

/* Points of a plural's ending at `end`: 1 where an s follows that ends the word. */
static size_t plural_at(const FoldedText *text, size_t from, size_t end) {
    if (end - from < PLURAL_LETTERS || end == text->count || text->at[end].point != 's') return 0;
    return folded_is_letter(text->at[end - 1].point) && ends_at(text, end + 1) ? 1 : 0;
}

/* Whom each word is told to that begins at a place; the next one is longer. */
typedef struct Listing {
    TrieHit *hits;
    size_t count, most;
} Listing;

static void list_hit(Listing *listing, TrieHit hit) {
    if (listing->count == listing->most) listing->count--;
    listing->hits[listing->count++] = hit;
}

size_t trie_hits(const Trie *trie, const FoldedText *text, size_t from, TrieHit *out, size_t most) {
    Listing listing = {.hits = out, .most = most};
    uint32_t node = ROOT;
    if (from && folded_joined(text->at[from - 1].point, text->at[from].point)) return 0;
    for (size_t i = from; i < text->count; i++) {
        const Edge *edge = find_edge(trie, node, text->at[i].point);
        if (!edge->node) break;
        node = edge->next;
        if (!trie->nodes[node].is_word) continue;
        size_t end = i + 1;
        if (!ends_at(text, end)) end += plural_at(text, from, end);
        if (!ends_at(text, end)) continue;
        list_hit(&listing, (TrieHit){.size = end - from, .value = trie->nodes[node].value});
    }
    return listing.count;
}

bool trie_longest(const Trie *trie, const FoldedText *text, size_t from, TrieHit *out) {
    return trie_hits(trie, text, from, out, 1) == 1;
}

bool trie_value(const Trie *trie, const FoldedText *word, uint32_t *out) {
    uint32_t node = ROOT;
    for (size_t i = 0; i < word->count; i++) {
        const Edge *edge = find_edge(trie, node, word->at[i].point);
        if (!edge->node) return false;
        node = edge->next;
    }
    *out = trie->nodes[node].value;
    return trie->nodes[node].is_word;
}

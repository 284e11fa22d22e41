/*
 * Most nodes have one edge: it lies with its node, and the nodes of a word lie side by side, so a
 * word is walked along within a line or two of the cache. All other edges lie in one hash table of
 * open addressing.
 */
#include "trie.h"

enum {
    ROOT = 1, /* 0 marks a free slot */
    NODES_FIRST = 32,
    EDGES_FIRST = 32, /* slots; a power of two */
    PLURAL_LETTERS = 3,
    PREFIX_MOST = 3,       /* points by which it is told whether a word may begin */
    PREFIX_BITS = 1 << 17, /* 16 KB, which stay in the cache where the edges do not */
};

/* From a node by a point to the next; they lie in one table, found by hash. */
typedef struct Edge {
    uint32_t node, point, next; /* node 0: free */
} Edge;

/* A word may end here and go on as well. */
typedef struct Node {
    uint32_t value;
    uint32_t point, next; /* its first edge; next 0: it has none */
    bool is_word;
    bool has_more; /* edges, in the table */
} Node;

struct Trie {
    Arena *arena;
    Edge *edges; /* all but the first of each node */
    size_t edge_mask, edge_count;
    Node *nodes;
    size_t node_count, node_room;
    uint64_t *prefixes; /* a bit for each beginning of a word, by its hash; may be set for others */
};

Trie *trie_new(Arena *arena) {
    Trie *trie = ARENA_NEW(arena, Trie);
    trie->arena = arena;
    trie->node_room = NODES_FIRST;
    trie->nodes = ARENA_ARRAY(arena, trie->node_room, Node);
    trie->node_count = ROOT + 1;
    trie->edges = ARENA_ARRAY(arena, EDGES_FIRST, Edge);
    trie->edge_mask = EDGES_FIRST - 1;
    trie->prefixes = ARENA_ARRAY(arena, PREFIX_BITS / 64, uint64_t);
    return trie;
}

/* ---- Whether a word may begin ---- */

static uint64_t mix(uint64_t hash, uint32_t point) {
    return (hash ^ point) * UINT64_C(0x9E3779B97F4A7C15);
}

static uint64_t *prefix_word(const Trie *trie, uint64_t hash) {
    return &trie->prefixes[hash >> 47 & (PREFIX_BITS / 64 - 1)];
}

static uint64_t prefix_bit(uint64_t hash) {
    return UINT64_C(1) << (hash >> 58);
}

/* A short word is marked whole, a longer one by its first points. */
static void mark_prefix(Trie *trie, const FoldedText *word) {
    uint64_t hash = 0;
    for (size_t i = 0; i < word->count && i < PREFIX_MOST; i++) hash = mix(hash, word->at[i].point);
    *prefix_word(trie, hash) |= prefix_bit(hash);
}

/* Most places of a text begin no word: that is seen without a look at the edges. */
static bool may_begin(const Trie *trie, const FoldedText *text, size_t from) {
    uint64_t hash = 0;
    for (size_t i = from; i < text->count && i < from + PREFIX_MOST; i++) {
        hash = mix(hash, text->at[i].point);
        if (*prefix_word(trie, hash) & prefix_bit(hash)) return true;
    }
    return false;
}

/* ---- Edges ---- */

/* The slot of the edge, or the free one where it would be. */
static Edge *find_edge(const Trie *trie, uint32_t node, uint32_t point) {
    uint64_t mixed = ((uint64_t)node << 21 ^ point) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = mixed >> 32;; i++) {
        Edge *edge = &trie->edges[i & trie->edge_mask];
        if (!edge->node || (edge->node == node && edge->point == point)) return edge;
    }
}

/* The node behind the edge, 0 where there is none. */
static uint32_t step(const Trie *trie, uint32_t node, uint32_t point) {
    const Node *from = &trie->nodes[node];
    if (from->next && from->point == point) return from->next;
    return from->has_more ? find_edge(trie, node, point)->next : 0;
}

/* Twice the room; what was there stays behind in the arena, no more than what is there now. */
static void widen_edges(Trie *trie) {
    Edge *before = trie->edges;
    size_t slots = trie->edge_mask + 1;
    trie->edges = ARENA_ARRAY(trie->arena, 2 * slots, Edge);
    trie->edge_mask = 2 * slots - 1;
    for (size_t i = 0; i < slots; i++) {
        if (before[i].node) *find_edge(trie, before[i].node, before[i].point) = before[i];
    }
}

static void widen_nodes(Trie *trie) {
    Node *nodes = ARENA_ARRAY(trie->arena, 2 * trie->node_room, Node);
    memcpy(nodes, trie->nodes, trie->node_room * sizeof(Node));
    trie->nodes = nodes;
    trie->node_room *= 2;
}

/* The table is never more than half full. */
static void add_edge(Trie *trie, Edge edge) {
    Node *from = &trie->nodes[edge.node];
    if (!from->next) {
        from->point = edge.point;
        from->next = edge.next;
        return;
    }
    from->has_more = true;
    if (2 * ++trie->edge_count > trie->edge_mask) widen_edges(trie);
    *find_edge(trie, edge.node, edge.point) = edge;
}

static uint32_t grow(Trie *trie, uint32_t node, uint32_t point) {
    uint32_t next = step(trie, node, point);
    if (next) return next;
    if (trie->node_count == trie->node_room) widen_nodes(trie);
    next = (uint32_t)trie->node_count++;
    add_edge(trie, (Edge){.node = node, .point = point, .next = next});
    return next;
}

TrieAdded trie_add_folded(Trie *trie, const FoldedText *word, uint32_t value) {
    uint32_t node = ROOT;
    if (!word->count || word->count > TRIE_WORD_MOST) return TRIE_NO_WORD;
    for (size_t i = 0; i < word->count; i++) node = grow(trie, node, word->at[i].point);
    Node *end = &trie->nodes[node];
    if (end->is_word) return end->value == value ? TRIE_SAME : TRIE_TAKEN;
    end->value = value;
    end->is_word = true;
    mark_prefix(trie, word);
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
    if (!may_begin(trie, text, from)) return 0;
    if (from && folded_joined(text->at[from - 1].point, text->at[from].point)) return 0;
    for (size_t i = from; i < text->count; i++) {
        node = step(trie, node, text->at[i].point);
        if (!node) break;
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
        node = step(trie, node, word->at[i].point);
        if (!node) return false;
    }
    *out = trie->nodes[node].value;
    return trie->nodes[node].is_word;
}

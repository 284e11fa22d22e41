/*
 * A hash table with open addressing over positions in the text itself: a token is kept once, in the
 * text that is the result, and the table holds no copies. Few tokens need no memory at all.
 */
#include "token_set.h"

void token_set_init(TokenSet *set) {
    set->text = (Buffer){0};
    set->more = (Buffer){0};
    set->slots = set->few;
    set->slots_count = TOKEN_SLOTS_FEW;
    set->count = 0;
    memset(set->few, 0, sizeof set->few);
}

void token_set_free(TokenSet *set) {
    buffer_free(&set->text);
    buffer_free(&set->more);
    set->slots = set->few;
}

/* FNV-1a: the tokens are a few bytes each. */
static uint32_t hash_of(Str token) {
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < token.size; i++) {
        hash = (hash ^ (unsigned char)token.data[i]) * 16777619U;
    }
    return hash;
}

/* The hash is compared first: most slots that are met hold another token. */
static bool holds(const TokenSet *set, const TokenSlot *slot, uint32_t hash, Str token) {
    if (slot->hash != hash || slot->size != token.size) return false;
    return memcmp(set->text.data + slot->start, token.data, token.size) == 0;
}

/* The slot that holds the token, or the free one where it belongs. */
static TokenSlot *find_slot(TokenSet *set, uint32_t hash, Str token) {
    size_t mask = set->slots_count - 1;
    size_t at = hash & mask;
    while (set->slots[at].size && !holds(set, &set->slots[at], hash, token)) at = (at + 1) & mask;
    return &set->slots[at];
}

/* Four times the slots: texts that outgrow the first ones are notes, with many more words. */
static void grow(TokenSet *set) {
    size_t count = set->slots_count * 4;
    Buffer room = {0};
    TokenSlot *slots = (TokenSlot *)(void *)buffer_room(&room, count * sizeof(TokenSlot));
    memset(slots, 0, count * sizeof(TokenSlot));
    for (size_t i = 0; i < set->slots_count; i++) {
        const TokenSlot *slot = &set->slots[i];
        if (!slot->size) continue;
        size_t at = slot->hash & (count - 1);
        while (slots[at].size) at = (at + 1) & (count - 1);
        slots[at] = *slot;
    }
    buffer_free(&set->more);
    set->more = room;
    set->slots = slots;
    set->slots_count = count;
}

/* Full at half the slots, so that the search for a free one stays short. */
void token_set_add(TokenSet *set, Str token) {
    if (set->text.size + token.size + 1 > TOKEN_SET_LIMIT) return;
    if (set->count * 2 >= set->slots_count) grow(set);
    uint32_t hash = hash_of(token);
    TokenSlot *slot = find_slot(set, hash, token);
    if (slot->size) return;
    if (set->text.size) buffer_add_byte(&set->text, ' ');
    *slot =
        (TokenSlot){.hash = hash, .start = (uint32_t)set->text.size, .size = (uint32_t)token.size};
    buffer_add(&set->text, token);
    set->count++;
}

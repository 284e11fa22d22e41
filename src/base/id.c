/*
 * UUIDv7: ascending ids keep index pages dense, give lists their order of creation without a
 * further column, and can be made by a device without network. Randomness comes from libsodium, so
 * that ids cannot be guessed.
 */
#include "id.h"

#include <sodium.h>

enum { COUNTER_BITS = 12 };

/*
 * Layout (RFC 9562, 5.7 and 6.2 method 1): 48 bits of milliseconds, version, 12 bits of counter,
 * variant, 62 random bits. When the counter runs over, the time field borrows a millisecond.
 */
Id id_new(int64_t instant) {
    static _Thread_local uint64_t last_tick; /* milliseconds << 12 | counter */
    uint64_t tick = (uint64_t)instant << COUNTER_BITS;
    if (tick <= last_tick) tick = last_tick + 1;
    last_tick = tick;

    Id id;
    randombytes_buf(id.bytes + 8, 8);
    uint64_t milliseconds = tick >> COUNTER_BITS;
    for (int i = 0; i < 6; i++) id.bytes[i] = (unsigned char)(milliseconds >> (40 - 8 * i));
    id.bytes[6] = (unsigned char)(0x70 | ((tick >> 8) & 0x0F));
    id.bytes[7] = (unsigned char)(tick & 0xFF);
    id.bytes[8] = (unsigned char)(0x80 | (id.bytes[8] & 0x3F));
    return id;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Any version: ids of devices and of other systems are taken as they are. */
bool id_parse(Str text, Id *out) {
    if (text.size != ID_TEXT_SIZE) return false;
    Id id = {0};
    size_t digits = 0;
    for (size_t i = 0; i < ID_TEXT_SIZE; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        int digit = hex_digit(text.data[i]);
        if (dash ? text.data[i] != '-' : digit < 0) return false;
        if (dash) continue;
        id.bytes[digits / 2] |= (unsigned char)(digits % 2 ? digit : digit << 4);
        digits++;
    }
    *out = id;
    return true;
}

void id_write(Id id, char out[static ID_TEXT_SIZE]) {
    static const char HEX[] = "0123456789abcdef";
    for (size_t i = 0, at = 0; i < sizeof id.bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out[at++] = '-';
        out[at++] = HEX[id.bytes[i] >> 4];
        out[at++] = HEX[id.bytes[i] & 0x0F];
    }
}

Str id_text(Arena *arena, Id id) {
    char *text = arena_take(arena, ID_TEXT_SIZE + 1);
    id_write(id, text);
    text[ID_TEXT_SIZE] = '\0';
    return (Str){.data = text, .size = ID_TEXT_SIZE};
}

bool id_none(Id id) {
    return id_equal(id, (Id){0});
}

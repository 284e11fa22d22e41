#include "random.h"

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit depends on every bit. */
static uint64_t mix(uint64_t value) {
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

/* Two rounds over each part keep neighbouring indexes from giving related streams. */
Random random_stream(uint64_t seed, uint64_t kind, uint64_t index) {
    return (Random){.state = mix(mix(seed + 1) ^ mix(kind * UINT64_C(0x9E3779B97F4A7C15) + 7)) ^
                             mix(index + UINT64_C(0xD1B54A32D192ED03))};
}

uint64_t random_next(Random *random) {
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    return mix(random->state);
}

uint32_t random_below(Random *random, uint32_t bound) {
    /* The bias of the multiplication is far below what anybody could see in a demo. */
    return (uint32_t)(((random_next(random) >> 32) * bound) >> 32);
}

int64_t random_between(Random *random, int64_t low, int64_t high) {
    return low + (int64_t)random_below(random, (uint32_t)(high - low + 1));
}

/* 53 bits, which is what a double holds. */
double random_unit(Random *random) {
    return (double)(random_next(random) >> 11) / 9007199254740992.0;
}

bool random_chance(Random *random, double percent) {
    return random_unit(random) * 100 < percent;
}

/* 48 bits of time, version 7, variant 2, the rest from the stream (RFC 9562, 5.7). */
Id random_id(uint64_t seed, uint64_t kind, uint64_t index, int64_t at) {
    Random random = random_stream(seed, kind, index);
    uint64_t parts[2] = {random_next(&random), random_next(&random)};
    uint64_t milliseconds = (uint64_t)at;
    Id id;
    memcpy(id.bytes, parts, sizeof id.bytes);
    for (int i = 0; i < 6; i++) id.bytes[i] = (unsigned char)(milliseconds >> (40 - 8 * i));
    id.bytes[6] = (unsigned char)(0x70 | (id.bytes[6] & 0x0F));
    id.bytes[8] = (unsigned char)(0x80 | (id.bytes[8] & 0x3F));
    return id;
}

/* Numbers that look random and are the same for the same seed on every machine (SplitMix64). */
#ifndef ONDO_DEMO_RANDOM_H
#define ONDO_DEMO_RANDOM_H

#include "id.h"

/** SplitMix64: small, fast, and the same on every machine, which the C library's is not. */
typedef struct Random {
    uint64_t state;
} Random;

/** A stream of its own for the `index`-th thing of a `kind`, whatever else was drawn before. */
Random random_stream(uint64_t seed, uint64_t kind, uint64_t index);
/** The next 64 bits of the stream. */
uint64_t random_next(Random *random);
/** From 0 to `bound` - 1; 0 for a bound of 0. */
uint32_t random_below(Random *random, uint32_t bound);
/** From `low` to `high`, both included. */
int64_t random_between(Random *random, int64_t low, int64_t high);
/** From 0 up to, but not including, 1. */
double random_unit(Random *random);
/** True `percent` times in a hundred. */
bool random_chance(Random *random, double percent);

/** The UUIDv7 of the `index`-th thing of a `kind` that was made at the instant. */
Id random_id(uint64_t seed, uint64_t kind, uint64_t index, int64_t at);

#endif

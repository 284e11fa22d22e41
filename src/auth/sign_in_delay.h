/*
 * Slowing down those who guess passwords: after some failures a login, or an address, has to wait
 * 1, 2, 4, … seconds before the next attempt is even looked at. Kept in the database, so that
 * neither a restart nor another server forgets. Nobody is locked out for longer than the longest
 * delay.
 */
#ifndef ONDO_AUTH_SIGN_IN_DELAY_H
#define ONDO_AUTH_SIGN_IN_DELAY_H

#include "clock.h"
#include "store.h"

enum {
    SIGN_IN_FREE_FAILURES = 3, /* of a login, before the first delay */
    /* Of an address: more, since a whole office may come from one. */
    SIGN_IN_FREE_FAILURES_OF_ADDRESS = 20,
    SIGN_IN_LONGEST_DELAY = 300, /* seconds */
};
#define SIGN_IN_FORGET_AFTER CLOCK_DAY          /* failures of a login */
#define SIGN_IN_FORGET_ADDRESS_AFTER CLOCK_HOUR /* failures of an address */

/** Who attempts: the names under which failures are counted. */
typedef struct SignInKeys {
    Str login;   /* however it is spelt: folded */
    Str address; /* empty when unknown */
} SignInKeys;

/** The keys of an attempt, in the arena; short, whatever was sent. */
SignInKeys sign_in_keys(Arena *arena, Str login, Str address);

/** Seconds until the next attempt is allowed; 0 when it is now. */
MUST_USE Status sign_in_delay_left(Transaction *transaction, const SignInKeys *keys, int64_t now,
                                   int64_t *seconds);
/** Counts a failure for the login and the address. */
MUST_USE Status sign_in_delay_add(Transaction *transaction, const SignInKeys *keys, int64_t now);
/** Forgets the failures of the login; those of the address stay, or a guesser could clear them. */
MUST_USE Status sign_in_delay_clear(Transaction *transaction, const SignInKeys *keys);
/** Removes what counts no longer; for the daily jobs. */
MUST_USE Status sign_in_delay_remove_old(Transaction *transaction, int64_t now);

#endif

/* The keys that rows of a file have had, and the line of the first row of each. */
#ifndef ONDO_EXCHANGE_SEEN_KEYS_H
#define ONDO_EXCHANGE_SEEN_KEYS_H

#include "str.h"

typedef struct SeenKeys SeenKeys;

/** An empty set. Never NULL. */
SeenKeys *seen_keys_new(void);
/** Notes the key; returns 0 when it is new, or the line where it stood first. */
int64_t seen_keys_note(SeenKeys *seen, Str key, int64_t line);
/** Forgets all keys, for reading the file once more. */
void seen_keys_forget(SeenKeys *seen);
/** Gives everything back. NULL is allowed. */
void seen_keys_free(SeenKeys *seen);

#endif

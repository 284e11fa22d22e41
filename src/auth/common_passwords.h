/* Passwords that are tried first by those who guess: folded, without spaces. */
#ifndef ONDO_AUTH_COMMON_PASSWORDS_H
#define ONDO_AUTH_COMMON_PASSWORDS_H

#include "str.h"

/** How many there are, for the loop that compares. */
size_t common_passwords_count(void);
/** `index` below common_passwords_count(); lives as long as the program. */
Str common_passwords_at(size_t index);

#endif

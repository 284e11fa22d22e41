/* Who a request comes from, as a session or a token tells. */
#ifndef ONDO_AUTH_IDENTITY_H
#define ONDO_AUTH_IDENTITY_H

#include "lang.h"
#include "store.h"

/** A person who is active; texts live in the arena that was given when it was found. */
typedef struct Identity {
    Id session; /* none when a token was used */
    Id token;   /* none when a session was used */
    Id user;
    Str csrf; /* what X-CSRF-Token must repeat; empty when a token was used */
    Str login, name, role;
    Id team; /* none: no team */
    Lang lang;
    Str zone;                  /* IANA */
    Str name_order;            /* code; empty: as written */
    bool must_change_password; /* somebody else has set it */
    bool touch_due;            /* the caller should write session_touch or token_touch */
} Identity;

/** Columns that identity_read expects, from "user" as u and "credential" as c. */
#define IDENTITY_COLUMNS                                                                 \
    "u.\"id\", u.\"login\", u.\"name\", u.\"role\", u.\"team\", u.\"lang\", u.\"zone\"," \
    " c.\"must_change\", u.\"name_order\""
enum { IDENTITY_COLUMNS_COUNT = 9 };

/** Fills in the person from the current row's first columns; leaves the other members alone. */
void identity_read(const Rows *rows, Arena *arena, Identity *out);

/**
 * The active person of that id, with their address (empty: none), for what is done in their name
 * while they are away. STATUS_NOT_FOUND for one who is disabled or gone.
 */
MUST_USE Status identity_find(Transaction *transaction, Arena *arena, Id user, Identity *out,
                              Str *email);

#endif

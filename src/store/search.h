/* Tokens in the form that each database's index takes. Private to the store layer. */
#ifndef ONDO_STORE_SEARCH_H
#define ONDO_STORE_SEARCH_H

#include "buffer.h"
#include "store.h"

/** Adds the match expression for space-separated query tokens ("ab cd*"); nothing for no tokens. */
void search_add_query(Buffer *out, StoreKind kind, Str tokens);

/** Adds what is stored for space-separated tokens; nothing for no tokens. */
void search_add_document(Buffer *out, StoreKind kind, Str tokens);

#endif

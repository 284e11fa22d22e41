/* Narrative memos (E5): each is about somebody or some institution. */
#ifndef ONDO_DOMAIN_MEMO_H
#define ONDO_DOMAIN_MEMO_H

#include "hooks.h"

/** Refuses a memo or a temperature reading that names neither a person nor an institution. */
MUST_USE Status memo_before_save(Context *context, Change *change);

#endif

/* Narrative memos (E5): each is about somebody or some institution; none is ever altered. */
#ifndef ONDO_DOMAIN_MEMO_H
#define ONDO_DOMAIN_MEMO_H

#include "hooks.h"

/** Refuses a memo or a temperature reading that names neither a person nor an institution. */
MUST_USE Status memo_subject_before_save(Context *context, Change *change);

/**
 * As memo_subject_before_save. A memo that corrects another is about the same person and
 * institution, which it takes from there; only what resonated has an effect.
 */
MUST_USE Status memo_before_save(Context *context, Change *change);

#endif

/* What the answers about runs of playbooks share. */
#ifndef ONDO_API_PLAYBOOKS_H
#define ONDO_API_PLAYBOOKS_H

#include "call.h"

/**
 * Whether the actor may move a run on, or end it: whoever may change the record that it is for.
 * STATUS_DENIED with the reason; STATUS_NOT_FOUND where that record is not for their eyes.
 */
MUST_USE Status playbooks_may_move_on(Call *call, const Record *run);

#endif

/* Views that come with an object's layouts: a filter, an order and columns under a name. */
#ifndef ONDO_ENGINE_LAYOUT_VIEWS_H
#define ONDO_ENGINE_LAYOUT_VIEWS_H

#include "access.h"
#include "model.h"
#include "problem.h"

/**
 * Reports what is wrong with the views of any object: a list that an administrator offers must not
 * turn out to be refused when the first person opens it. STATUS_INVALID when something was.
 */
MUST_USE Status layout_views_check(Arena *arena, const Model *model, const Roles *roles,
                                   Problem *problem);

#endif

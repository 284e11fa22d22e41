/* The table of what is told of texts; a further kind of reading is a line of it. */
#include "backlog.h"

#include "need_backlog.h"
#include "promise_clarity.h"
#include "visit_substance.h"

typedef Status Fill(const Business *business, Context *context, size_t *filled);

static Fill *const FILLS[] = {visit_substance_fill, promise_clarity_fill, need_fill};

Status backlog_round(const Business *business, Context *context, size_t *filled) {
    Status status = STATUS_OK;
    *filled = 0;
    for (size_t i = 0; i < sizeof FILLS / sizeof *FILLS && status == STATUS_OK; i++) {
        size_t found = 0;
        status = FILLS[i](business, context, &found);
        *filled += found;
    }
    return status;
}

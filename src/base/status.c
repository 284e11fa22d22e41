/* The names of the outcomes; logs and the API's problem documents use the same ones. */
#include "status.h"

static const char *const STATUS_NAMES[] = {
    [STATUS_OK] = "ok",
    [STATUS_END] = "end",
    [STATUS_MALFORMED] = "malformed",
    [STATUS_INVALID] = "invalid",
    [STATUS_UNAUTHENTICATED] = "unauthenticated",
    [STATUS_DENIED] = "denied",
    [STATUS_NOT_FOUND] = "not_found",
    [STATUS_METHOD] = "method",
    [STATUS_CONFLICT] = "conflict",
    [STATUS_STALE] = "stale",
    [STATUS_TOO_LARGE] = "too_large",
    [STATUS_LIMITED] = "limited",
    [STATUS_BUSY] = "busy",
    [STATUS_FAILED] = "failed",
};

const char *status_name(Status status) {
    return (unsigned)status < sizeof STATUS_NAMES / sizeof *STATUS_NAMES ? STATUS_NAMES[status]
                                                                         : "unknown";
}

/*
 * The journal as a whole, for those with the right to it: search and proof. What a search reads is
 * bounded, however little it finds; it says so and goes on from there when asked again.
 */
#include "access.h"
#include "journal_proof.h"
#include "journal_search.h"
#include "resources.h"
#include "zone.h"

static Status require_right(Call *call) {
    if (access_may(&call->actor, STR("journal"))) return STATUS_OK;
    return call_refuse(call, STATUS_DENIED, "", "denied");
}

static void complain(Call *call, const char *name, const char *code) {
    problem_add(&call->problem, problem_pointer(call->arena, STR(""), str_of(name)), code);
}

static void read_id(Call *call, const char *name, Id *out) {
    Str text = call_parameter(call, name);
    if (!str_empty(text) && !id_parse(text, out)) complain(call, name, "id");
}

/* An instant, or a day in the reader's zone, of which `until` includes the whole. */
static void read_instant(Call *call, const char *name, int days, int64_t *out) {
    Str text = call_parameter(call, name);
    Date date;
    if (str_empty(text) || instant_parse(text, out)) return;
    if (!date_parse(text, &date)) {
        complain(call, name, "not_instant");
        return;
    }
    int64_t start = zone_day_start(call->actor.zone, date_from_days(date_to_days(date) + days));
    *out = days ? start - 1 : start;
}

static void read_who(Call *call, JournalQuery *query) {
    Str text = call_parameter(call, "by");
    if (str_empty(text)) return;
    query->who = JOURNAL_BY_USER;
    if (str_is(text, "system")) {
        query->who = JOURNAL_BY_SYSTEM;
    } else if (str_is(text, "me")) {
        query->user = call->actor.user;
    } else {
        read_id(call, "by", &query->user);
    }
}

/* A mistyped filter that is ignored shows too much. */
static void refuse_unknown(Call *call) {
    static const char *const NAMES[] = {"object", "id",    "by", "action", "via",   "from",
                                        "until",  "field", "q",  "cursor", "limit", "batch"};
    for (size_t i = 0; i < call->parameter_count; i++) {
        bool known = false;
        for (size_t j = 0; j < sizeof NAMES / sizeof *NAMES; j++) {
            known = known || str_is(call->parameters[i].name, NAMES[j]);
        }
        if (known) continue;
        problem_add(&call->problem, problem_pointer(call->arena, STR(""), call->parameters[i].name),
                    "unknown_parameter", call->parameters[i].name);
    }
}

Status journal_find(Call *call) {
    JournalQuery query = {.object = call_parameter(call, "object"),
                          .action = call_parameter(call, "action"),
                          .via = call_parameter(call, "via"),
                          .field = call_parameter(call, "field"),
                          .text = call_parameter(call, "q"),
                          .cursor = call_parameter(call, "cursor"),
                          .limit = JOURNAL_SEARCH_DEFAULT};
    Status status = require_right(call);
    if (status != STATUS_OK) return status;
    refuse_unknown(call);
    read_id(call, "id", &query.record);
    read_id(call, "batch", &query.batch);
    read_who(call, &query);
    read_instant(call, "from", 0, &query.from);
    read_instant(call, "until", 1, &query.until);
    call_limit(call, JOURNAL_SEARCH_MOST, &query.limit);
    if (call->problem.count) return STATUS_INVALID;
    return journal_search_write(&call->context, &query, &call->json);
}

Status journal_prove(Call *call) {
    int64_t position, after = 0;
    Str text = call_parameter(call, "after");
    Status status = require_right(call);
    if (status != STATUS_OK) return status;
    if (!str_to_integer(call->path[0], &position) || position < 1) return STATUS_NOT_FOUND;
    if (text.data && !str_to_integer(text, &after)) {
        return call_refuse(call, STATUS_INVALID, "/after", "not_integer");
    }
    return journal_proof_write(&call->context, position, after, call->api->public_key, &call->json);
}

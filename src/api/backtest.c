/*
 * A score held against history, for those who answer for more than their own customers. The replay
 * runs on a reader's snapshot and changes nothing.
 */
#include "backtest.h"

#include "access.h"
#include "resources.h"
#include "zone.h"

static Status read_day(Call *call, const char *name, Date *into) {
    Str text = call_parameter(call, name);
    if (!text.data || date_parse(text, into)) return STATUS_OK;
    problem_add(&call->problem, str_format(call->arena, "/%s", name), "not_date");
    return STATUS_INVALID;
}

static Status read_days(Call *call, const char *name, int64_t most, int64_t *into) {
    Str text = call_parameter(call, name);
    if (!text.data || (str_to_integer(text, into) && *into >= 1 && *into <= most)) {
        return STATUS_OK;
    }
    return call_refuse_range(call, str_format(call->arena, "/%s", name).data, 1, most);
}

enum { DAYS_MOST = 730 };

static Status read_options(Call *call, BacktestOptions *options) {
    options->horizon = options->score->check.horizon;
    options->step = BACKTEST_STEP_USUAL;
    Status status = read_days(call, "horizon", DAYS_MOST, &options->horizon);
    if (status == STATUS_OK) status = read_days(call, "step", DAYS_MOST, &options->step);
    if (status != STATUS_OK) return status;
    backtest_days(options->horizon, zone_date(call->actor.zone, call->context.now), &options->from,
                  &options->to);
    status = read_day(call, "from", &options->from);
    return status == STATUS_OK ? read_day(call, "to", &options->to) : status;
}

/* A share of nothing is not known, rather than 0. */
static void write_share(Call *call, const char *member, int64_t part, int64_t whole) {
    json_key(&call->json, str_of(member));
    if (whole) {
        json_write_number(&call->json, (double)part / (double)whole);
    } else {
        json_write_null(&call->json);
    }
}

static void write_side(Call *call, const char *member, const BacktestSide *side,
                       const Backtest *result) {
    json_key(&call->json, str_of(member));
    json_open_object(&call->json);
    json_member_integer(&call->json, "marked", side->marked);
    json_member_integer(&call->json, "right", side->right);
    json_member_integer(&call->json, "caught", side->caught);
    write_share(call, "precision", side->right, side->marked);
    write_share(call, "recall", side->caught, result->events);
    json_key(&call->json, STR("lead_days"));
    if (side->lead >= 0) {
        json_write_integer(&call->json, side->lead);
    } else {
        json_write_null(&call->json);
    }
    json_close_object(&call->json);
}

static void write_as_today(Call *call, const Backtest *result) {
    json_key(&call->json, STR("as_today"));
    json_open_array(&call->json);
    for (size_t i = 0; i < result->as_today_count; i++) {
        json_write_text(&call->json, result->as_today[i]->name);
    }
    json_close_array(&call->json);
}

static void write_result(Call *call, const BacktestOptions *options, const Backtest *result) {
    json_open_object(&call->json);
    json_member_text(&call->json, "score", options->score->name);
    json_member_text(&call->json, "from", date_text(call->arena, options->from));
    json_member_text(&call->json, "to", date_text(call->arena, options->to));
    json_member_integer(&call->json, "step", options->step);
    json_member_integer(&call->json, "horizon", options->horizon);
    json_member_integer(&call->json, "looks", result->looks);
    json_member_integer(&call->json, "asked", result->asked);
    json_member_integer(&call->json, "followed", result->followed);
    json_member_integer(&call->json, "events", result->events);
    write_share(call, "base_rate", result->followed, result->asked);
    write_side(call, "rule", &result->score, result);
    write_side(call, "plain", &result->plain, result);
    write_as_today(call, result);
    json_close_object(&call->json);
}

/* Of one's own customers alone the figures would say more about a person than about the rule. */
static bool may_backtest(const Call *call, const Score *score) {
    return access_scope(&call->actor, score->object, VERB_READ) >= SCOPE_TEAM &&
           access_may_read_field(&call->actor, score->object, score->keep.points);
}

Status scores_backtest(Call *call) {
    BacktestOptions options = {.score = scores_find(&call->business->scores, call->path[0])};
    Backtest result;
    if (!options.score || !options.score->check.object) return STATUS_NOT_FOUND;
    if (!may_backtest(call, options.score)) {
        return call_refuse(call, STATUS_DENIED, "", "backtest_denied");
    }
    Status status = read_options(call, &options);
    if (status == STATUS_OK) status = backtest_run(&call->context, &options, &result);
    if (status == STATUS_OK) write_result(call, &options, &result);
    return status;
}

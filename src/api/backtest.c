/*
 * A score held against history, for those who answer for more than their own customers. The replay
 * runs on a reader's snapshot and changes nothing; where it takes long the answer says how far it
 * has come.
 */
#include "backtest_runs.h"

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

static Status read_options(Call *call, BacktestOptions *options) {
    options->horizon = options->score->check.horizon;
    options->step = BACKTEST_STEP_USUAL;
    Status status = read_days(call, "horizon", BACKTEST_LENGTH_MOST, &options->horizon);
    if (status == STATUS_OK) status = read_days(call, "step", BACKTEST_LENGTH_MOST, &options->step);
    if (status != STATUS_OK) return status;
    backtest_days(options->horizon, zone_date(call->actor.zone, call->context.now), &options->from,
                  &options->to);
    status = read_day(call, "from", &options->from);
    return status == STATUS_OK ? read_day(call, "to", &options->to) : status;
}

/* A share of nothing is not known, rather than 0. */
static void write_share(JsonWriter *json, const char *member, int64_t part, int64_t whole) {
    json_key(json, str_of(member));
    if (whole) {
        json_write_number(json, (double)part / (double)whole);
    } else {
        json_write_null(json);
    }
}

static void write_side(JsonWriter *json, const char *member, const BacktestSide *side,
                       const Backtest *result) {
    json_key(json, str_of(member));
    json_open_object(json);
    json_member_integer(json, "marked", side->marked);
    json_member_integer(json, "right", side->right);
    json_member_integer(json, "caught", side->caught);
    write_share(json, "precision", side->right, side->marked);
    write_share(json, "recall", side->caught, result->events);
    json_key(json, STR("lead_days"));
    if (side->lead >= 0) {
        json_write_integer(json, side->lead);
    } else {
        json_write_null(json);
    }
    json_close_object(json);
}

static void write_fields(JsonWriter *json, const char *member, const Str *fields, size_t count) {
    json_key(json, str_of(member));
    json_open_array(json);
    for (size_t i = 0; i < count; i++) json_write_text(json, fields[i]);
    json_close_array(json);
}

static void write_result(JsonWriter *json, const BacktestOptions *options, const Backtest *result) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    json_open_object(json);
    json_member_text(json, "score", options->score->name);
    json_member_text(json, "from", date_text(arena, options->from));
    json_member_text(json, "to", date_text(arena, options->to));
    json_member_integer(json, "step", options->step);
    json_member_integer(json, "horizon", options->horizon);
    json_member_integer(json, "looks", result->looks);
    json_member_integer(json, "asked", result->asked);
    json_member_integer(json, "followed", result->followed);
    json_member_integer(json, "events", result->events);
    write_share(json, "base_rate", result->followed, result->asked);
    write_side(json, "rule", &result->score, result);
    write_side(json, "plain", &result->plain, result);
    write_fields(json, "by_journal", result->by_journal, result->by_journal_count);
    write_fields(json, "as_today", result->as_today, result->as_today_count);
    json_close_object(json);
}

/* Of one's own customers alone the figures would say more about a person than about the rule. */
static bool may_backtest(const Call *call, const Score *score) {
    return access_scope(&call->actor, score->object, VERB_READ) >= SCOPE_TEAM &&
           access_may_read_field(&call->actor, score->object, score->keep.points);
}

Status scores_backtest(Call *call) {
    BacktestOptions options = {.score = scores_find(&call->business->scores, call->path[0])};
    if (!options.score || !options.score->check.object) return STATUS_NOT_FOUND;
    if (!may_backtest(call, options.score)) {
        return call_refuse(call, STATUS_DENIED, "", "backtest_denied");
    }
    Status status = read_options(call, &options);
    if (status == STATUS_OK) status = backtest_check(&call->context, &options);
    return status == STATUS_OK ? backtest_runs_ask(call, &options, write_result) : status;
}

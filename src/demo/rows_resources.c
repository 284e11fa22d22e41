#include "rows.h"

/*
 * Scarce things: seats at the next congress and hours of an expert for each team, and who has asked
 * for some. The requests are written as they were made; who gets something is decided by the
 * company's own rule when all is there (capacities_run).
 */

enum { SEATS = 6, HOURS = 8, ASKING = 3, STRIDE = 64, CONGRESS_DAYS = 45, FIRST_CALL_DAYS = 10 };
typedef enum Scarce { SCARCE_SEATS, SCARCE_HOURS, SCARCE_COUNT } Scarce;

static const struct {
    const char *kind, *unit;
    const char *name[LANG_COUNT];
    int64_t quantity;
} THINGS[SCARCE_COUNT] = {
    [SCARCE_SEATS] = {.kind = "congress_seat",
                      .unit = "seat",
                      .name = {[LANG_EN] = "National congress, invited seats",
                               [LANG_JA] = "全国学術総会 参加枠",
                               [LANG_ZH] = "全国学术年会 名额"},
                      .quantity = SEATS},
    [SCARCE_HOURS] = {.kind = "expert_hour",
                      .unit = "hour",
                      .name = {[LANG_EN] = "One-to-one hours with an expert",
                               [LANG_JA] = "専門家との個別相談時間",
                               [LANG_ZH] = "专家一对一答疑时间"},
                      .quantity = HOURS},
};

static Id resource_id(const World *world, uint32_t team, Scarce scarce) {
    return random_id(world->seed, STREAM_RESOURCE, (uint64_t)team * STRIDE + scarce,
                     world->founded);
}

static Str date_in(const World *world, Sink *sink, int64_t days) {
    return date_text(sink_arena(sink), date_from_days(world->now / CLOCK_DAY + days));
}

static void write_resource(const World *world, uint32_t team, Scarce scarce, Sink *sink) {
    const User *manager = &world->users[world->teams[team].manager];
    Lang lang = world->corpus->countries[manager->country].lang;
    SinkHead head = {.id = resource_id(world, team, scarce),
                     .by = world_user_id(world, world->teams[team].manager),
                     .at = world->now - 2 * FIRST_CALL_DAYS * CLOCK_DAY};
    SinkRow row = sink_begin(sink, TABLE_RESOURCE, &head);
    sink_set_text(&row, RESOURCE_NAME, str_of(THINGS[scarce].name[lang]));
    sink_set_text(&row, RESOURCE_KIND, str_of(THINGS[scarce].kind));
    sink_set_text(&row, RESOURCE_UNIT, str_of(THINGS[scarce].unit));
    sink_set(&row, RESOURCE_QUANTITY, value_integer(THINGS[scarce].quantity));
    sink_set(&row, RESOURCE_TEAM, value_id(world_team_id(world, team)));
    sink_set_text(&row, RESOURCE_STARTS_ON, date_in(world, sink, CONGRESS_DAYS));
    if (scarce == SCARCE_SEATS) {
        sink_set_text(&row, RESOURCE_FIRST_CALL_UNTIL, date_in(world, sink, FIRST_CALL_DAYS));
    }
    sink_end(&row);
}

/* Asked for one after the other in the last days, so that a line has its order. */
static void write_request(const World *world, uint32_t person, uint32_t number, Sink *sink) {
    uint32_t user = world->persons[person].representative;
    Scarce scarce = number % 2 ? SCARCE_HOURS : SCARCE_SEATS;
    int64_t at = world->now - (1 + person % FIRST_CALL_DAYS) * CLOCK_DAY;
    SinkHead head = {
        .id = random_id(world->seed, STREAM_RESOURCE, ((uint64_t)person + 1) << 32 | number, at),
        .by = world_user_id(world, user),
        .at = at};
    SinkRow row = sink_begin(sink, TABLE_ALLOTMENT, &head);
    Id resource = resource_id(world, world->users[user].team, scarce);
    sink_set(&row, ALLOTMENT_RESOURCE, value_id(resource));
    sink_set(&row, ALLOTMENT_HCP, value_id(world_person_id(world, person)));
    sink_set(&row, ALLOTMENT_AMOUNT, value_integer(1));
    sink_set(&row, ALLOTMENT_OWNER, value_id(world_user_id(world, user)));
    sink_set(&row, ALLOTMENT_ASKED_AT, value_integer(at));
    sink_end(&row);
}

static void write_requests(const World *world, uint32_t index, Sink *sink) {
    const Representative *one = &world->representatives[index];
    if (world->users[index].team == NO_TEAM) return;
    for (uint32_t i = 0; i < ASKING && i < one->person_count; i++) {
        write_request(world, one->first_person + i, i, sink);
    }
}

void rows_write_resources(const World *world, Sink *sink) {
    for (uint32_t team = 0; team < world->team_count; team++) {
        for (int scarce = 0; scarce < SCARCE_COUNT; scarce++) {
            write_resource(world, team, (Scarce)scarce, sink);
        }
    }
    for (uint32_t i = 0; i < world->representative_count; i++) {
        write_requests(world, i, sink);
        sink_breathe(sink);
    }
}

#include "rows.h"

/*
 * The company's own people and what it sells. There are few of these rows, but everything else
 * refers to them, so they are written first.
 */

/* The administrator has set all of this up on the first day. */
static SinkHead head_of(const World *world, Id id, int64_t at) {
    return (SinkHead){.id = id, .by = world_user_id(world, world->admin), .at = at};
}

static void write_team(const World *world, uint32_t index, Sink *sink) {
    const Team *team = &world->teams[index];
    SinkHead head = head_of(world, world_team_id(world, index), world->founded);
    SinkRow row = sink_begin(sink, TABLE_TEAM, &head);
    sink_set_text(&row, TEAM_NAME, team->name);
    sink_set(&row, TEAM_MANAGER, value_id(world_user_id(world, team->manager)));
    sink_end(&row);
}

/* Each name in the order of its own script. */
static void set_user_name(const World *world, uint32_t index, Sink *sink, SinkRow *row) {
    const Country *country = &world->corpus->countries[world->users[index].country];
    Random random = random_stream(world->seed, STREAM_USER, index);
    Arena *arena = sink_arena(sink);
    bool female = random_chance(&random, 45);
    PersonName name = world_draw_name(country, female, &random, arena);
    Str family = name.family->text, given = name.given.text;
    bool given_first = country->lang == LANG_EN;
    Str blank = country->lang == LANG_ZH ? STR("") : STR(" ");
    Str whole = str_format(arena, "%.*s%.*s%.*s", STR_ARGS(given_first ? given : family),
                           STR_ARGS(blank), STR_ARGS(given_first ? family : given));
    sink_set_text(row, USER_NAME, whole);
    sink_set_text(row, USER_FAMILY_NAME, family);
    sink_set_text(row, USER_GIVEN_NAME, given);
}

/* A manager leads the own team and has nobody above. */
static void write_user(const World *world, uint32_t index, Sink *sink) {
    const User *user = &world->users[index];
    const Country *country = &world->corpus->countries[user->country];
    SinkHead head = head_of(world, world_user_id(world, index), world->founded);
    SinkRow row = sink_begin(sink, TABLE_USER, &head);
    set_user_name(world, index, sink, &row);
    sink_set_text(&row, USER_LOGIN, user->login);
    sink_set_text(&row, USER_EMAIL,
                  str_format(sink_arena(sink), "%.*s@ondo.example", STR_ARGS(user->login)));
    sink_set_text(&row, USER_ROLE, user->role);
    sink_set_text(&row, USER_LANG, lang_code(country->lang));
    sink_set_text(&row, USER_ZONE, country->zone);
    sink_set(&row, USER_ACTIVE, value_boolean(user->active));
    if (user->team != NO_TEAM) {
        uint32_t manager = world->teams[user->team].manager;
        sink_set(&row, USER_TEAM, value_id(world_team_id(world, user->team)));
        if (manager != index) sink_set(&row, USER_MANAGER, value_id(world_user_id(world, manager)));
    }
    sink_end(&row);
}

/* One name for readers of all three scripts, so that each finds the product in their own. */
static Str product_name(Arena *arena, const Label *name) {
    return str_format(arena, "%.*s(%.*s / %.*s)", STR_ARGS(name->in[LANG_EN]),
                      STR_ARGS(name->in[LANG_JA]), STR_ARGS(name->in[LANG_ZH]));
}

/* A product without parent is given as its own, which no product is. */
static void write_product(const World *world, uint32_t index, Str kind, const Label *name,
                          uint32_t parent, Sink *sink) {
    SinkHead head = head_of(world, world_product_id(world, index), world->founded);
    SinkRow row = sink_begin(sink, TABLE_PRODUCT, &head);
    sink_set_text(&row, PRODUCT_KIND, kind);
    sink_set_text(&row, PRODUCT_NAME, product_name(sink_arena(sink), name));
    if (parent != index) sink_set(&row, PRODUCT_PARENT, value_id(world_product_id(world, parent)));
    sink_end(&row);
}

/* A message is one record a language: what is said to a doctor is said in one of them. */
static void write_messages(const World *world, uint32_t brand, Sink *sink) {
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        for (uint32_t i = 0; i < BRAND_MESSAGES; i++) {
            Str text = world->corpus->brands[brand].messages[lang].items[i];
            SinkHead head = head_of(world, world_message_id(world, brand, lang, i), world->founded);
            SinkRow row = sink_begin(sink, TABLE_MESSAGE, &head);
            sink_set(&row, MESSAGE_PRODUCT, value_id(world_brand_id(world, brand)));
            sink_set_text(&row, MESSAGE_NAME, str_cut(&text, '|'));
            sink_set_text(&row, MESSAGE_TEXT, text);
            sink_end(&row);
        }
    }
}

/* Numbered as world_brand_id expects: areas, then a brand and its indication each. */
static void write_products(const World *world, Sink *sink) {
    const Corpus *corpus = world->corpus;
    uint32_t areas = (uint32_t)corpus->area_count;
    for (uint32_t i = 0; i < areas; i++) {
        write_product(world, i, STR("area"), &corpus->areas[i], i, sink);
    }
    for (uint32_t i = 0; i < corpus->brand_count; i++) {
        const Brand *brand = &corpus->brands[i];
        uint32_t index = areas + 2 * i;
        write_product(world, index, STR("brand"), &brand->name, brand->area, sink);
        write_product(world, index + 1, STR("indication"), &brand->indication, index, sink);
        write_messages(world, i, sink);
    }
}

void rows_write_company(const World *world, Sink *sink) {
    for (uint32_t i = 0; i < world->team_count; i++) write_team(world, i, sink);
    for (uint32_t i = 0; i < world->user_count; i++) write_user(world, i, sink);
    write_products(world, sink);
}

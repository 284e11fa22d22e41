/* Rules: what wakes them, what they do, once for each cause, and never in circles. */
#include "engine_fixture.h"

#define HEAD(name, when, condition)                                                 \
    "{'rule':'" name "','object':'person','when':'" when "','condition':" condition \
    ","                                                                             \
    "'actions':["
#define TASK "{'do':'task','template':'call','owner':{'var':'owner'}"
#define COLD "{'==':[{'var':'mood'},'cold']}"

static int64_t tasks(World *world, const char *where) {
    return world_count(world, "SELECT count(*) FROM \"task\" WHERE %s", where);
}

/* ---- What wakes a rule ---- */

static void rules_wake_on_their_kind_of_save(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("any", "change", COLD) TASK "}]}",
                 HEAD("new", "create", COLD) TASK "}]}", HEAD("old", "update", COLD) TASK "}]}",
                 HEAD("fell", "change", "{'and':[{'changed':['mood']}," COLD "]}") TASK "}]}");
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}");
    assert_int_equal(tasks(world, "\"source\" = 'rule:any'"), 1);
    assert_int_equal(tasks(world, "\"source\" = 'rule:new'"), 1);
    assert_int_equal(tasks(world, "\"source\" = 'rule:old'"), 0);
    assert_int_equal(tasks(world, "\"source\" = 'rule:fell'"), 1);
    (void)world_changed(world, &world->ann, &person, "{\"remark\":\"x\"}");
    assert_int_equal(tasks(world, "\"source\" = 'rule:any'"), 2);
    assert_int_equal(tasks(world, "\"source\" = 'rule:new'"), 1);
    assert_int_equal(tasks(world, "\"source\" = 'rule:old'"), 1);
    assert_int_equal(tasks(world, "\"source\" = 'rule:fell'"), 1);
    (void)world_changed(world, &world->ann, &person, "{\"mood\":\"warm\"}");
    (void)world_changed(world, &world->ann, &person, "{}");
    assert_ok(world_delete(world, &world->ann, &person));
    assert_int_equal(tasks(world, "TRUE"), 5); /* neither no change nor a deletion wakes any */
}

/* ---- Tasks ---- */

static void a_task_speaks_its_owners_language(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("r", "change", COLD) TASK
                 ",'values':{'person':{'var':'id'},'note':'fixed','effort':1.5}}]}");
    engine_user(world, world->ann.user, "ja", "Asia/Tokyo");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"山田\",\"mood\":\"cold\"}");
    (void)world_made(world, &world->boss, "person", "{\"name\":\"Smith\",\"mood\":\"cold\"}");
    assert_int_equal(tasks(world,
                           "\"subject\" = '山田に電話' AND \"body\" = '気分 冷たい' AND "
                           "\"note\" = 'fixed' AND \"effort\" = 1.5 AND \"person\" IN "
                           "(SELECT \"id\" FROM \"person\")"),
                     1);
    assert_int_equal(tasks(world, "\"subject\" = 'Call Smith' AND \"body\" = 'Mood Cold, Boss'"),
                     1);
    assert_int_equal(tasks(world, "\"due_at\" IS NOT NULL"), 0);
}

/* Due for the owner in `zone`, as RFC 3339. */
static const char *due(World *world, const char *zone, const char *now, const char *words) {
    Str rule = str_format(world->arena, HEAD("due", "change", COLD) TASK ",'due':%s}]}", words);
    ENGINE_RULES(world, rule.data);
    engine_user(world, world->ann.user, "en", zone);
    world->now = at(now);
    world_run(world, "DELETE FROM \"task\"");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}");
    return instant_text(world->arena, world_count(world, "SELECT \"due_at\" FROM \"task\"")).data;
}

static void tasks_fall_due_in_the_evening_of_their_owner(void **state) {
    static const struct {
        const char *zone, *now, *words, *due;
    } CASES[] = {
        {"UTC", "2026-11-30T16:00:00Z", "'month_end'", "2026-11-30T18:00:00.000Z"},
        {"Asia/Tokyo", "2026-11-30T16:00:00Z", "'month_end'", "2026-12-31T09:00:00.000Z"},
        {"America/Los_Angeles", "2026-11-30T16:00:00Z", "'month_end'", "2026-12-01T02:00:00.000Z"},
        {"Asia/Tokyo", "2026-02-10T00:00:00Z", "'month_end'", "2026-02-28T09:00:00.000Z"},
        {"UTC", "2026-11-21T08:30:00Z", "{'days':7}", "2026-11-28T18:00:00.000Z"},
        {"Asia/Tokyo", "2026-11-21T20:00:00Z", "{'days':0}", "2026-11-22T09:00:00.000Z"},
        {"Asia/Kathmandu", "2026-11-21T08:30:00Z", "{'days':1}", "2026-11-22T12:15:00.000Z"},
        /* Days on which the clocks change are not 24 hours long. */
        {"Europe/Paris", "2026-03-28T10:00:00Z", "{'days':1}", "2026-03-29T16:00:00.000Z"},
        {"Europe/Paris", "2026-10-24T10:00:00Z", "{'days':1}", "2026-10-25T17:00:00.000Z"},
    };
    World *world = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_string_equal(due(world, CASES[i].zone, CASES[i].now, CASES[i].words), CASES[i].due);
    }
}

/* ---- Setting and creating ---- */

static void a_rule_sets_values_here_and_there(void **state) {
    World *world = *state;
    ENGINE_RULES(
        world,
        HEAD("here", "change", COLD) "{'do':'set','values':{'remark':{'var':'place.name'},"
                                     "'seen_at':{'now':[]},'born':{'today':[]}}}]}",
        HEAD("there", "change", COLD) "{'do':'set','on':'place','values':{'city':{'var':'name'}}}]}");
    Record place = world_made(world, &world->ann, "place", "{\"name\":\"Clinic\"}");
    Record person = world_made(world, &world->ann, "person",
                               "{\"name\":\"A\",\"mood\":\"cold\",\"place\":\"%s\"}",
                               world_id(world, place.id));
    assert_string_equal(world_value(world, &person, "remark"), "Clinic");
    assert_string_equal(world_value(world, &person, "seen_at"), "2026-11-21T08:30:00.000Z");
    assert_string_equal(world_value(world, &person, "born"), "2026-11-21");
    assert_int_equal(person.version, 2); /* the answer is what the rule left */
    place = world_now(world, &place);
    assert_string_equal(world_value(world, &place, "city"), "A");
    assert_int_equal(world_count(world,
                                 "SELECT count(*) FROM \"journal\" WHERE \"via\" = 'rule' "
                                 "AND \"object\" = 'person' AND \"actor\" IS NOT NULL"),
                     1);
}

static void what_is_set_must_be_there(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("there", "change", COLD) "{'do':'set','on':'place','values':{'city':"
                                                      "'x'}}]}");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}");
    Record place = world_made(world, &world->ann, "place", "{\"name\":\"Clinic\"}"), changed;
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"B\",\"place\":\"%s\"}",
                               world_id(world, place.id));
    assert_ok(world_delete(world, &world->ann, &place));
    /* The place is gone; the person may change all the same. */
    assert_ok(world_update(world, &world->ann, &person, "{\"mood\":\"cold\"}", &changed));
}

static void a_rule_creates_what_its_waker_could_not(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("make", "change", COLD)
                 "{'do':'create','object':'product','values':{'name':{'var':'name'}}},"
                 "{'do':'create','object':'reading','values':{'person':{'var':'id'},'value':'cold'}}]}");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}");
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"product\" WHERE \"name\" = 'A'"),
                     1);
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"reading\""), 1);
    Record none;
    assert_refused(
        world_create(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}", &none),
        "conflict"); /* the product's name is taken, so nothing is saved */
    assert_int_equal(world_count(world, "SELECT count(*) FROM \"person\""), 1);
}

static void rules_in_a_circle_are_cut_and_undone(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("thaw", "change", COLD) "{'do':'set','values':{'mood':'warm'}}]}",
                 HEAD("chill", "change", "{'==':[{'var':'mood'},'warm']}") "{'do':'set','values':{"
                                                                           "'mood':'cold'}}]}");
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\"}"), changed;
    assert_refused(world_update(world, &world->ann, &person, "{\"mood\":\"cold\"}", &changed),
                   "conflict");
    assert_string_equal(world_error(world), " rule_loop");
    person = world_now(world, &person);
    assert_string_equal(world_value(world, &person, "mood"), "even");
    assert_int_equal(person.version, 1);
}

static void a_rule_that_changes_nothing_more_comes_to_rest(void **state) {
    World *world = *state;
    ENGINE_RULES(world,
                 HEAD("mark", "change", COLD) "{'do':'set','values':{'remark':'cold since'}}]}");
    Record person = world_made(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}");
    assert_string_equal(world_value(world, &person, "remark"), "cold since");
}

/* ---- Notices ---- */

#define NOTIFY "{'do':'notify','kind':'cold','template':'call','to':{'var':'owner'}"

static int64_t notices(World *world, const char *where) {
    return world_count(world, "SELECT count(*) FROM \"notification\" WHERE %s", where);
}

static void a_notice_tells_its_receiver_in_their_language(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("told", "change", COLD) NOTIFY
                 ",'about':'place','values':{'place':{'var':'place'}}}]}");
    engine_user(world, world->ann.user, "ja", "Asia/Tokyo");
    Record place = world_made(world, &world->system, "place", "{\"name\":\"Clinic\"}");
    Record person =
        world_made(world, &world->boss, "person",
                   "{\"name\":\"山田\",\"mood\":\"cold\",\"owner\":\"%s\",\"place\":\"%s\"}",
                   world_id(world, world->ann.user), world_id(world, place.id));
    assert_int_equal(notices(world,
                             "\"subject\" = '山田に電話' AND \"body\" = '気分 冷たい' AND "
                             "\"kind\" = 'cold' AND \"source\" = 'rule:told' AND "
                             "\"read_at\" IS NULL AND \"about_object\" = 'place' AND "
                             "\"place\" IN (SELECT \"id\" FROM \"place\")"),
                     1);
    Str who = str_format(world->arena, "\"about_id\" = '%s'", world_id(world, place.id));
    assert_int_equal(notices(world, who.data), 1);
    assert_int_equal(notices(world,
                             "\"by\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Boss') AND "
                             "\"owner\" = (SELECT \"id\" FROM \"user\" WHERE \"name\" = 'Ann')"),
                     1);
    /* Without a place it leads to the record itself. */
    (void)world_changed(world, &world->boss, &person, "{\"place\":null}");
    who = str_format(world->arena, "\"about_id\" = '%s' AND \"about_object\" = 'person'",
                     world_id(world, person.id));
    assert_int_equal(notices(world, who.data), 1);
}

static void nobody_is_told_of_what_they_did(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("told", "change", COLD) NOTIFY "}]}",
                 HEAD("thaw", "change", "{'==':[{'var':'mood'},'warm']}") "{'do':'set','values':{"
                                                                          "'mood':'cold'}}]}");
    (void)world_made(world, &world->ann, "person", "{\"name\":\"A\",\"mood\":\"cold\"}");
    /* Nor of what followed from it by another rule. */
    (void)world_made(world, &world->ann, "person", "{\"name\":\"B\",\"mood\":\"warm\"}");
    /* Nor is anybody told of what is nobody's. */
    (void)world_made(world, &world->boss, "person",
                     "{\"name\":\"C\",\"mood\":\"cold\",\"owner\":null}");
    assert_int_equal(notices(world, "TRUE"), 0);
}

static void who_is_gone_or_has_turned_it_off_is_not_told(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("told", "change", COLD) NOTIFY "}]}");
    static const char *const CASES[][2] = {
        {"{\"muted\":[\"cold\"]}", "0"},
        {"{\"muted\":[\"other\"]}", "1"},
        {"{\"muted\":null,\"active\":false}", "1"},
        {"{\"active\":true}", "2"},
    };
    Record ann = {.object = world_object(world, "user"), .id = world->ann.user};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        (void)world_changed(world, &world->system, &ann, "%s", CASES[i][0]);
        (void)world_made(world, &world->boss, "person",
                         "{\"name\":\"A\",\"mood\":\"cold\",\"owner\":\"%s\"}",
                         world_id(world, world->ann.user));
        assert_int_equal(notices(world, "TRUE"), atoi(CASES[i][1]));
    }
}

/* ---- Daily ---- */

typedef struct Daily {
    const Rules *rules;
    Str company_zone;
    int64_t acted;
} Daily;

static Status daily_work(Context *context, void *data) {
    Daily *daily = data;
    return rules_run_daily(daily->rules, context, daily->company_zone, &daily->acted);
}

static int64_t run_daily(World *world, const Rules *rules, const char *zone, const char *company) {
    Actor system = {.everything = true, .zone = str_of(zone), .via = STR("rule")};
    Daily daily = {.rules = rules, .company_zone = str_of(company), .acted = -1};
    Status status = world_do(world, &system, daily_work, &daily);
    world_complain(&world->problem);
    assert_ok(status);
    return daily.acted;
}

#define DAILY(name, condition)                                       \
    "{'rule':'" name                                                 \
    "','object':'person','when':'daily','cause':['seen_at','mood']," \
    "'condition':" condition ",'actions':[" TASK ",'values':{'person':{'var':'id'}}}]}"
#define DAILY_NOTICE                                                                            \
    "{'rule':'tell','object':'person','when':'daily','cause':['seen_at'],'condition':" LONG_AGO \
    ",'actions':[" NOTIFY "}]}"
#define LONG_AGO "{'>=':[{'days_since':[{'var':'seen_at'}]},30]}"

static void a_daily_rule_acts_once_for_each_cause(void **state) {
    World *world = *state;
    Rules *rules = ENGINE_RULES(world, DAILY("far", LONG_AGO));
    Record old = world_made(world, &world->ann, "person",
                            "{\"name\":\"A\",\"seen_at\":\"2026-10-01T00:00:00Z\"}");
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"B\",\"seen_at\":\"2026-11-01T00:00:00Z\"}");
    Record gone = world_made(world, &world->ann, "person",
                             "{\"name\":\"C\",\"seen_at\":\"2026-10-01T00:00:00Z\"}");
    assert_ok(world_delete(world, &world->ann, &gone));
    assert_int_equal(tasks(world, "TRUE"), 0); /* a save does not wake it */
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 1);
    assert_int_equal(tasks(world, "\"subject\" = 'Call A'"), 1);
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 0);
    world->now += 15 * CLOCK_DAY; /* B comes of age, A's cause is known */
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 1);
    assert_int_equal(tasks(world, "\"subject\" = 'Call A'"), 1);
    assert_int_equal(tasks(world, "\"subject\" = 'Call B'"), 1);
    (void)world_changed(world, &world->ann, &old, "{\"remark\":\"no cause\"}");
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 0);
    (void)world_changed(world, &world->ann, &old, "{\"mood\":\"cold\"}");
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 1);
    assert_int_equal(tasks(world, "\"subject\" = 'Call A'"), 2);
}

static void a_daily_notice_is_told_once(void **state) {
    World *world = *state;
    Rules *rules = ENGINE_RULES(world, DAILY_NOTICE);
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"A\",\"seen_at\":\"2026-10-01T00:00:00Z\"}");
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 1);
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 0);
    assert_int_equal(notices(world, "\"subject\" = 'Call A' AND \"by\" IS NULL"), 1);
}

static void what_a_day_brings_is_gathered_until_it_is_read(void **state) {
    World *world = *state;
    ENGINE_RULES(world, HEAD("told", "create", COLD) NOTIFY ",'gather':true}]}");
    for (int i = 0; i < 6; i++) {
        if (i == 3) world_run(world, "UPDATE \"notification\" SET \"read_at\" = 1");
        if (i == 5) world->now += CLOCK_DAY;
        (void)world_made(world, &world->boss, "person",
                         "{\"name\":\"P%d\",\"mood\":\"cold\",\"owner\":\"%s\"}", i,
                         world_id(world, world->ann.user));
    }
    assert_int_equal(notices(world, "\"subject\" = 'Call P0' AND \"count\" = 3"), 1);
    assert_int_equal(notices(world, "\"subject\" = 'Call P3' AND \"count\" = 2"), 1);
    assert_int_equal(notices(world, "\"subject\" = 'Call P5' AND \"count\" = 1"), 1);
    assert_int_equal(notices(world, "TRUE"), 3);
}

static void each_zone_has_its_own_day(void **state) {
    World *world = *state;
    Rules *rules = ENGINE_RULES(world, DAILY("far", LONG_AGO));
    engine_user(world, world->ann.user, "en", "Asia/Tokyo");
    engine_user(world, world->cho.user, "en", "America/Los_Angeles");
    world_run(world, "UPDATE \"user\" SET \"zone\" = NULL WHERE \"name\" = 'Ben'");
    world->now = at("2026-11-21T16:00:00Z"); /* the 22nd in Tokyo, the 21st elsewhere */
    (void)world_made(world, &world->ann, "person",
                     "{\"name\":\"A\",\"seen_at\":\"2026-10-23T00:00:00Z\"}");
    (void)world_made(world, &world->cho, "person",
                     "{\"name\":\"C\",\"seen_at\":\"2026-10-23T12:00:00Z\"}");
    (void)world_made(world, &world->boss, "person",
                     "{\"name\":\"N\",\"owner\":null,\"seen_at\":\"2026-09-01T00:00:00Z\"}");
    (void)world_made(world, &world->ben, "person",
                     "{\"name\":\"Z\",\"seen_at\":\"2026-09-01T00:00:00Z\"}");
    assert_int_equal(run_daily(world, rules, "America/Los_Angeles", "UTC"), 0);
    assert_int_equal(run_daily(world, rules, "Asia/Tokyo", "UTC"), 1);
    assert_int_equal(tasks(world, "\"subject\" = 'Call A'"), 1);
    assert_int_equal(run_daily(world, rules, "UTC", "UTC"), 2); /* nobody's, and of no known zone */
    world->now += CLOCK_DAY;
    assert_int_equal(run_daily(world, rules, "America/Los_Angeles", "UTC"), 1);
    assert_int_equal(tasks(world, "\"subject\" = 'Call C'"), 1);
}

/* ---- Definitions ---- */

static void every_mistake_in_a_rule_is_reported(void **state) {
    static const struct {
        const char *text, *code;
    } CASES[] = {
        {"{'rule':'x','object':'nothing'}", "definition_unknown_object"},
        {HEAD("", "change", COLD) TASK "}]}", "definition_name"},
        {HEAD("x", "often", COLD) TASK "}]}", "definition_when"},
        {HEAD("x", "daily", COLD) TASK "}]}", "definition_cause"},
        {"{'rule':'x','object':'person','when':'daily','cause':['mood'],'condition':{'changed':["
         "'mood']},'actions':[" TASK "}]}",
         "definition_when"},
        {"{'rule':'x','object':'person','when':'daily','cause':['nothing','mood'],'condition':" COLD
         ",'actions':[" TASK "}]}",
         "definition_unknown_field"},
        {HEAD("x", "change", COLD) "]}", "definition_actions"},
        {HEAD("x", "change", COLD) "{'do':'shout'}]}", "definition_unknown_action"},
        {HEAD("x", "change", COLD) "{'do':'task','template':'nothing','owner':{'me':[]}}]}",
         "definition_unknown_template"},
        {HEAD("x", "change", COLD) "{'do':'task','template':'call','owner':{'you':[]}}]}",
         "definition_expression"},
        {HEAD("x", "change", COLD) TASK ",'due':'tomorrow'}]}", "definition_expression"},
        {HEAD("x", "change",
              COLD) "{'do':'notify','kind':'hot','template':'call','to':{'me':[]}}]}",
         "definition_notify_kind"},
        {HEAD("x", "change", COLD) "{'do':'notify','kind':'cold','template':'call'}]}",
         "definition_expression"},
        {HEAD("x", "change", COLD) NOTIFY ",'about':'name'}]}", "definition_unknown_field"},
        {HEAD("x", "change", COLD) "{'do':'set','values':{'nothing':1}}]}",
         "definition_unknown_field"},
        {HEAD("x", "change", COLD) "{'do':'set','on':'name','values':{'name':'x'}}]}",
         "definition_unknown_field"},
        {HEAD("x", "change", COLD) "{'do':'create','object':'nothing','values':{}}]}",
         "definition_unknown_object"},
        {HEAD("x", "change", COLD) "{'do':'set','values':{'mood':'hot'}}]}", "choice_unknown"},
        {HEAD("x", "change", COLD) "{'do':'set','values':{'born':'soon'}}]}", "not_date"},
        {"{'rule':", "definition_json"},
    };
    World *world = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Problem problem = problem_new(world->arena);
        Rules *rules = NULL;
        Status status = engine_try_rules(world, &CASES[i].text, 1, &problem, &rules);
        if (status == STATUS_OK) fail_msg("accepted: %s", CASES[i].text);
        assert_mistake(status, problem, CASES[i].code);
        assert_null(rules);
    }
}

WORLD_MAIN(cmocka_unit_test(rules_wake_on_their_kind_of_save),
           cmocka_unit_test(a_task_speaks_its_owners_language),
           cmocka_unit_test(tasks_fall_due_in_the_evening_of_their_owner),
           cmocka_unit_test(a_rule_sets_values_here_and_there),
           cmocka_unit_test(what_is_set_must_be_there),
           cmocka_unit_test(a_rule_creates_what_its_waker_could_not),
           cmocka_unit_test(rules_in_a_circle_are_cut_and_undone),
           cmocka_unit_test(a_rule_that_changes_nothing_more_comes_to_rest),
           cmocka_unit_test(a_notice_tells_its_receiver_in_their_language),
           cmocka_unit_test(nobody_is_told_of_what_they_did),
           cmocka_unit_test(who_is_gone_or_has_turned_it_off_is_not_told),
           cmocka_unit_test(a_daily_notice_is_told_once),
           cmocka_unit_test(what_a_day_brings_is_gathered_until_it_is_read),
           cmocka_unit_test(a_daily_rule_acts_once_for_each_cause),
           cmocka_unit_test(each_zone_has_its_own_day),
           cmocka_unit_test(every_mistake_in_a_rule_is_reported))

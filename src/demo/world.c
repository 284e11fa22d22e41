#include "world.h"

#include "zone.h"

/*
 * Planning who works where. Numbers come first (how many representatives, teams, institutions),
 * then each institution and person from a stream of its own. No text is kept: a million people
 * cost about a hundred bytes each, and their names are drawn again whenever a row or a sentence
 * needs them.
 */

enum {
    PERSONS_PER_REPRESENTATIVE = 300,
    REPRESENTATIVES_PER_TEAM = 12,
    REPRESENTATIVES_MINIMUM = 3,
    SPECIAL_USERS = 10, /* three who left; msl1 kam1 inside1 marketing1 compliance1 admin safety1 */
    DEPARTED_USERS = 3,
};

/* Which countries of institutions.json make up a region. */
static bool in_region(const Country *country, Region region) {
    static const char *const NAMES[REGION_COUNT] = {"japan", "china", "europe"};
    return str_is(country->region, NAMES[region]);
}

/* The `index`-th country of a region, going round. */
static uint32_t country_of_region(const Corpus *corpus, Region region, size_t index) {
    uint32_t found[16];
    size_t count = 0;
    for (uint32_t i = 0; i < corpus->country_count && count < 16; i++) {
        if (in_region(&corpus->countries[i], region)) found[count++] = i;
    }
    return count ? found[index % count] : 0;
}

/* ---- Users and teams ---- */

static size_t largest(size_t a, size_t b) {
    return a > b ? a : b;
}

/* One of each region first, so that mr1, mr2 and mr3 are Japanese, Chinese and European. */
static void plan_regions(World *world) {
    size_t total = world->representative_count;
    size_t share[REGION_COUNT] = {
        [REGION_CHINA] = largest(1, total * 25 / 100),
        [REGION_EUROPE] = largest(1, total * 20 / 100),
    };
    share[REGION_JAPAN] = total - share[REGION_CHINA] - share[REGION_EUROPE];
    size_t given[REGION_COUNT] = {0};
    Region region = REGION_JAPAN;
    for (size_t i = 0; i < total; i++) {
        if (i < REGION_COUNT) region = (Region)i;
        if (i == REGION_COUNT) region = REGION_JAPAN;
        while (i >= REGION_COUNT && given[region] >= share[region]) region++;
        Representative *one = &world->representatives[i];
        one->region = region;
        one->country = country_of_region(world->corpus, region, given[region]);
        one->locality = (uint32_t)(given[region] / (region == REGION_EUROPE ? 5 : 1) %
                                   world->corpus->countries[one->country].locality_count);
        given[region]++;
    }
}

/* A dozen representatives to a manager; a region with more has several teams. */
static void plan_teams(World *world, Arena *arena) {
    static const char *const NAMES[REGION_COUNT] = {"日本", "中国", "Europe"};
    size_t members[REGION_COUNT] = {0}, teams[REGION_COUNT], first[REGION_COUNT];
    for (size_t i = 0; i < world->representative_count; i++) {
        members[world->representatives[i].region]++;
    }
    for (int region = 0; region < REGION_COUNT; region++) {
        first[region] = world->team_count;
        teams[region] = (members[region] + REPRESENTATIVES_PER_TEAM - 1) / REPRESENTATIVES_PER_TEAM;
        world->team_count += teams[region];
        members[region] = 0;
    }
    world->teams = ARENA_ARRAY(arena, world->team_count, Team);
    for (size_t region = 0; region < REGION_COUNT; region++) {
        for (size_t i = 0; i < teams[region]; i++) {
            Str name = str_of(NAMES[region]);
            if (teams[region] > 1) {
                name = str_format(arena, "%s %zu", NAMES[region], i + 1);
            }
            world->teams[first[region] + i] = (Team){.region = (Region)region, .name = name};
        }
    }
    for (size_t i = 0; i < world->representative_count; i++) {
        Region region = world->representatives[i].region;
        size_t team = first[region] + members[region]++ % teams[region];
        world->users[i] = (User){.login = str_format(arena, "mr%zu", i + 1),
                                 .role = STR("mr"),
                                 .team = (uint32_t)team,
                                 .country = world->representatives[i].country,
                                 .active = true};
    }
}

static void add_user(World *world, User user) {
    world->users[world->user_count++] = user;
}

/*
 * Those who left come right behind the representatives, one a region: plan_reassignment counts
 * on it.
 */
static void plan_users(World *world, Arena *arena) {
    const Corpus *corpus = world->corpus;
    world->users = ARENA_ARRAY(arena, world->representative_count * 2 + SPECIAL_USERS, User);
    plan_teams(world, arena);
    world->user_count = world->representative_count;
    for (size_t i = 0; i < DEPARTED_USERS; i++) {
        add_user(world, (User){.login = str_format(arena, "former%zu", i + 1),
                               .role = STR("mr"),
                               .team = NO_TEAM,
                               .country = country_of_region(corpus, (Region)i, 0)});
    }
    for (uint32_t i = 0; i < world->team_count; i++) {
        Team *team = &world->teams[i];
        team->manager = (uint32_t)world->user_count;
        add_user(world, (User){.login = str_format(arena, "manager%u", i + 1),
                               .role = STR("manager"),
                               .team = i,
                               .country = country_of_region(corpus, team->region, i),
                               .active = true});
    }
    static const struct {
        const char *login, *role;
        Region region;
        bool in_team;
    } OTHERS[] = {{"msl1", "msl", REGION_JAPAN, true},
                  {"kam1", "kam", REGION_CHINA, true},
                  {"inside1", "inside_sales", REGION_JAPAN, true},
                  {"marketing1", "marketing", REGION_EUROPE, false},
                  {"compliance1", "compliance", REGION_EUROPE, false},
                  {"admin", "admin", REGION_JAPAN, false}};
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        uint32_t colleague = (uint32_t)OTHERS[i].region; /* mr1 to mr3 are of each region */
        if (str_is(str_of(OTHERS[i].role), "msl")) world->msl = (uint32_t)world->user_count;
        add_user(world, (User){.login = str_of(OTHERS[i].login),
                               .role = str_of(OTHERS[i].role),
                               .team = OTHERS[i].in_team ? world->users[colleague].team : NO_TEAM,
                               .country = country_of_region(corpus, OTHERS[i].region, i),
                               .active = true});
    }
    world->admin = (uint32_t)world->user_count - 1;
    add_user(world, (User){.login = STR("safety1"),
                           .role = STR("safety"),
                           .team = NO_TEAM,
                           .country = country_of_region(corpus, REGION_JAPAN, 0),
                           .active = true});
}

/* ---- Institutions and people ---- */

/* How many institutions of each kind serve so many people. */
static void institution_numbers(uint32_t people, uint32_t out[INSTITUTION_KIND_COUNT]) {
    out[INSTITUTION_UNIVERSITY] = 1;
    out[INSTITUTION_GENERAL] = people / 50 + 1;
    out[INSTITUTION_CLINIC] = people / 12 + 1;
    out[INSTITUTION_PHARMACY] = people / 25 + 1;
}

/* Europe's representatives travel: a third of their smaller accounts lies across a border. */
static void plan_institution(World *world, uint32_t representative, InstitutionKind kind) {
    const Representative *owner = &world->representatives[representative];
    uint32_t index = (uint32_t)world->institution_count++;
    Random random = random_stream(world->seed, STREAM_INSTITUTION, index);
    Institution *one = &world->institutions[index];
    uint32_t country = owner->country;
    bool abroad = owner->region == REGION_EUROPE && kind != INSTITUTION_UNIVERSITY &&
                  random_chance(&random, 30);
    if (abroad) {
        country = country_of_region(world->corpus, REGION_EUROPE, random_below(&random, 5));
    }
    size_t localities = world->corpus->countries[country].locality_count;
    uint32_t near = random_chance(&random, 25) ? 1 + random_below(&random, 2) : 0;
    one->representative = representative;
    one->country = (uint8_t)country;
    one->locality = (uint32_t)((owner->locality + near) % localities);
    one->kind = (uint8_t)kind;
    one->created_at = world->founded + random_between(&random, 0, 20 * 24 * 60) * CLOCK_MINUTE;
}

/* Half of the people are in hospitals large enough to have committees. */
static uint32_t draw_institution(const World *world, const Representative *owner, Random *random) {
    static const double SHARES[INSTITUTION_KIND_COUNT] = {20, 70, 92, 100};
    uint32_t numbers[INSTITUTION_KIND_COUNT], first = owner->first_institution;
    institution_numbers(owner->person_count, numbers);
    double at = random_unit(random) * 100;
    int kind = 0;
    for (; kind < INSTITUTION_PHARMACY && at >= SHARES[kind]; kind++) first += numbers[kind];
    (void)world;
    return first + random_below(random, numbers[kind]);
}

/* Hospitals have all the roles that a decision passes through; practices and pharmacies do not. */
static PersonKind draw_kind(InstitutionKind institution, Random *random) {
    double at = random_unit(random) * 100;
    switch (institution) {
        case INSTITUTION_PHARMACY: return PERSON_PHARMACIST;
        case INSTITUTION_CLINIC: return at < 88 ? PERSON_DOCTOR : PERSON_NURSE;
        default: break;
    }
    if (at < 82) return PERSON_DOCTOR;
    if (at < 88) return PERSON_PHARMACIST;
    if (at < 93) return PERSON_NURSE;
    return at < 97 ? PERSON_HEAD_NURSE : PERSON_MSW;
}

/* Some were taken over from a neighbour or from somebody who left; one in forty this month. */
static void plan_reassignment(const World *world, Person *person, Random *random) {
    bool recent = random_chance(random, 2.5), earlier = random_chance(random, 6);
    const Representative *owner = &world->representatives[person->representative];
    person->former = NO_USER;
    if (!recent && !earlier) return;
    int64_t days = recent ? random_between(random, 1, 27) : random_between(random, 45, 600);
    person->reassigned_at =
        world->now - days * CLOCK_DAY + random_between(random, 0, 300) * CLOCK_MINUTE;
    person->former = (uint32_t)(world->representative_count + owner->region);
    uint32_t neighbour = (person->representative + 1) % (uint32_t)world->representative_count;
    bool same_region = world->representatives[neighbour].region == owner->region;
    if (same_region && random_chance(random, 60)) person->former = neighbour;
}

/* The scale of the choice "visit_preference", most frequent first. */
static uint8_t draw_preference(Random *random) {
    static const uint32_t ENDS[] = {14, 54, 79, 94, 100};
    return (uint8_t)corpus_draw_index(ENDS, 5, random);
}

/* Surgeons and oncologists are not found in practices. */
static uint8_t draw_department(const Corpus *corpus, InstitutionKind kind, Random *random) {
    size_t index;
    do {
        index = corpus_draw_index(corpus->department_ends, corpus->department_count, random);
    } while (kind == INSTITUTION_CLINIC && !corpus->departments[index].practice);
    return (uint8_t)index;
}

/* All is drawn from the person's own stream, so that more visits never change who people are. */
static void plan_person(World *world, uint32_t index, uint32_t representative) {
    const Corpus *corpus = world->corpus;
    const Representative *owner = &world->representatives[representative];
    Random random = random_stream(world->seed, STREAM_PERSON, index);
    Person *person = &world->persons[index];
    person->representative = representative;
    person->institution = draw_institution(world, owner, &random);
    const Institution *institution = &world->institutions[person->institution];
    person->kind = (uint8_t)draw_kind((InstitutionKind)institution->kind, &random);
    double women = person->kind == PERSON_DOCTOR ? 31 : person->kind == PERSON_PHARMACIST ? 62 : 88;
    person->female = random_chance(&random, women);
    person->department = draw_department(corpus, (InstitutionKind)institution->kind, &random);
    const Department *department = &corpus->departments[person->department];
    person->brand = (uint8_t)department->brands[random_below(&random, department->brand_count)];
    person->preference = draw_preference(&random);
    person->created_at = world->founded + random_between(&random, 20, 29) * CLOCK_DAY +
                         random_between(&random, 0, 24 * 60) * CLOCK_MINUTE;
    plan_reassignment(world, person, &random);
    person->history = history_none();
}

/* People are dealt out in equal runs, so a representative's are neighbours in the array. */
static void plan_people(World *world, Arena *arena) {
    uint64_t persons = (uint64_t)world->options->hcps, count = world->representative_count;
    size_t institutions = 0;
    world->person_count = (size_t)persons;
    world->persons = ARENA_ARRAY(arena, world->person_count, Person);
    for (uint64_t i = 0; i < count; i++) {
        Representative *one = &world->representatives[i];
        uint32_t numbers[INSTITUTION_KIND_COUNT];
        one->first_person = (uint32_t)(persons * i / count);
        one->person_count = (uint32_t)(persons * (i + 1) / count) - one->first_person;
        one->first_institution = (uint32_t)institutions;
        institution_numbers(one->person_count, numbers);
        for (int kind = 0; kind < INSTITUTION_KIND_COUNT; kind++) {
            one->institution_count += numbers[kind];
        }
        institutions += one->institution_count;
    }
    world->institutions = ARENA_ARRAY(arena, institutions, Institution);
    for (uint32_t i = 0; i < count; i++) {
        const Representative *one = &world->representatives[i];
        uint32_t numbers[INSTITUTION_KIND_COUNT];
        institution_numbers(one->person_count, numbers);
        for (int kind = 0; kind < INSTITUTION_KIND_COUNT; kind++) {
            for (uint32_t j = 0; j < numbers[kind]; j++) {
                plan_institution(world, i, (InstitutionKind)kind);
            }
        }
        for (uint32_t j = 0; j < one->person_count; j++)
            plan_person(world, one->first_person + j, i);
    }
}

/* Asking for a zone is slow and there are a million visits: each midnight is asked for once. */
static void plan_days(World *world, Arena *arena) {
    size_t countries = world->corpus->country_count;
    world->first_day = world->founded / CLOCK_DAY - 2;
    world->day_count = (size_t)((world->now - world->founded) / CLOCK_DAY) + 400;
    world->day_starts = ARENA_ARRAY(arena, countries, int64_t *);
    for (size_t i = 0; i < countries; i++) {
        world->day_starts[i] = ARENA_ARRAY(arena, world->day_count, int64_t);
        for (size_t day = 0; day < world->day_count; day++) {
            Date date = date_from_days(world->first_day + (int64_t)day);
            world->day_starts[i][day] = zone_day_start(world->corpus->countries[i].zone, date);
        }
    }
}

/* Three representatives at least, so that each region has one. */
World world_plan(Arena *arena, const Corpus *corpus, const DemoOptions *options) {
    World world = {.options = options,
                   .corpus = corpus,
                   .seed = options->seed,
                   .now = options->now,
                   .founded = options->now - (WORLD_PAST_DAYS + 31) * CLOCK_DAY};
    size_t wanted =
        (size_t)(options->hcps + PERSONS_PER_REPRESENTATIVE / 2) / PERSONS_PER_REPRESENTATIVE;
    world.representative_count = largest(wanted, REPRESENTATIVES_MINIMUM);
    world.representatives = ARENA_ARRAY(arena, world.representative_count, Representative);
    plan_regions(&world);
    plan_users(&world, arena);
    plan_people(&world, arena);
    plan_days(&world, arena);
    return world;
}

/* ---- Identifiers ---- */

/* The index is added to the time, so that identifiers ascend in the order of the rows. */
Id world_user_id(const World *world, uint32_t user) {
    return random_id(world->seed, STREAM_USER, user, world->founded + user);
}

Id world_team_id(const World *world, uint32_t team) {
    return random_id(world->seed, STREAM_TEAM, team, world->founded + team);
}

Id world_product_id(const World *world, uint32_t index) {
    return random_id(world->seed, STREAM_PRODUCT, index, world->founded + index);
}

Id world_brand_id(const World *world, uint32_t brand) {
    return world_product_id(world, (uint32_t)world->corpus->area_count + 2 * brand);
}

/* Numbered by brand, then language, then message. */
Id world_message_id(const World *world, uint32_t brand, Lang lang, uint32_t index) {
    uint32_t number = (brand * LANG_COUNT + (uint32_t)lang) * BRAND_MESSAGES + index;
    return random_id(world->seed, STREAM_MESSAGE, number, world->founded + number);
}

Id world_institution_id(const World *world, uint32_t institution) {
    return random_id(world->seed, STREAM_INSTITUTION, institution,
                     world->institutions[institution].created_at);
}

Id world_person_id(const World *world, uint32_t person) {
    return random_id(world->seed, STREAM_PERSON, person, world->persons[person].created_at);
}

/* ---- Lookups ---- */

const Country *world_country_of(const World *world, const Person *person) {
    return &world->corpus->countries[world->institutions[person->institution].country];
}

/* Users of representatives have the representatives' own indexes. */
uint32_t world_owner_at(const Person *person, int64_t at) {
    bool before = person->former != NO_USER && at < person->reassigned_at;
    return before ? person->former : person->representative;
}

/* Chinese given names are of one character or two, drawn one by one. */
static Name join_given(const Name *first, const Name *second, Arena *arena) {
    Str latin = str_join(arena, first->latin, second->latin);
    return (Name){.text = str_join(arena, first->text, second->text), .latin = latin};
}

/* Syllables are kept in small letters, because only the first of a given name is capital. */
static Name capitalised(Name name, Arena *arena) {
    char *latin = str_terminated(arena, name.latin);
    if (latin[0] >= 'a' && latin[0] <= 'z') latin[0] = (char)(latin[0] - 'a' + 'A');
    name.latin = str_of(latin);
    return name;
}

/* Seven of ten Chinese given names have two characters. */
PersonName world_draw_name(const Country *country, bool female, Random *random, Arena *arena) {
    const NameList *given = female ? &country->female : &country->male;
    PersonName name = {.family = corpus_draw(&country->family, random),
                       .given = *corpus_draw(given, random)};
    if (country->lang != LANG_ZH) return name;
    if (random_chance(random, 70)) {
        name.given = join_given(&name.given, corpus_draw(given, random), arena);
    }
    name.given = capitalised(name.given, arena);
    return name;
}

PersonName world_person_name(const World *world, uint32_t person, Arena *arena) {
    Random random = random_stream(world->seed, STREAM_PERSON_NAME, person);
    const Person *one = &world->persons[person];
    return world_draw_name(world_country_of(world, one), one->female, &random, arena);
}

/* Days beyond the table are clipped to it; only far due dates could ask for them. */
int64_t world_day_start(const World *world, uint32_t country, int64_t day) {
    int64_t index = day - world->first_day;
    if (index < 0) index = 0;
    if (index >= (int64_t)world->day_count) index = (int64_t)world->day_count - 1;
    return world->day_starts[country][index];
}

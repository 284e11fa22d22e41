#include "rows.h"

/*
 * People and what surrounds them. Derived fields are written with the values that the record
 * layer would have kept, had it seen every visit: histories have been run to their end before
 * this file's turn comes.
 */

/* Numbers of the records that belong to one person, for their identifiers. */
enum {
    CHILD_AFFILIATION,
    CHILD_SECOND_AFFILIATION,
    CHILD_LICENCE,
    CHILD_SPECIALIST,
    CHILD_REFERRAL,
    CHILD_HANDOVER,
    CHILD_HANDOVER_MEMO,
    CHILD_COUNT
};

/* What is drawn once for a person and used in several rows. */
typedef struct Profile {
    uint32_t index;
    const Person *person;
    const Institution *institution;
    const Country *country;
    Id id;
    Str department;
    size_t grade, grades; /* position among the titles of the kind, junior first */
    bool leading;         /* a key opinion leader */
} Profile;

static const char *const KIND_CODES[] = {[PERSON_DOCTOR] = "doctor",
                                         [PERSON_PHARMACIST] = "pharmacist",
                                         [PERSON_NURSE] = "nurse",
                                         [PERSON_HEAD_NURSE] = "head_nurse",
                                         [PERSON_MSW] = "msw"};

static bool in_hospital(const Profile *profile) {
    return profile->institution->kind <= INSTITUTION_GENERAL;
}

static bool is_doctor(const Profile *profile) {
    return profile->person->kind == PERSON_DOCTOR;
}

/* One of a choice's codes, by running sums of how common each is. */
static Str pick_code(const char *const *codes, const uint32_t *ends, size_t count, Random *random) {
    return str_of(codes[corpus_draw_index(ends, count, random)]);
}

/* ---- Who it is ---- */

/* Titles ascend in the files, so that the position in the list is the rank. */
static const TextList *titles_of(const World *world, const Profile *profile) {
    static const TextKind BY_KIND[] = {[PERSON_DOCTOR] = TEXT_POSITION_DOCTOR,
                                       [PERSON_PHARMACIST] = TEXT_POSITION_PHARMACIST,
                                       [PERSON_NURSE] = TEXT_POSITION_NURSE,
                                       [PERSON_HEAD_NURSE] = TEXT_POSITION_HEAD_NURSE,
                                       [PERSON_MSW] = TEXT_POSITION_MSW};
    TextKind kind = BY_KIND[profile->person->kind];
    if (is_doctor(profile) && !in_hospital(profile)) kind = TEXT_POSITION_CLINIC;
    return &world->corpus->texts[profile->country->lang][kind];
}

/* Drawn once and in this order, for several rows must agree about it. */
static Profile profile_of(const World *world, uint32_t index, Random *random) {
    const Person *person = &world->persons[index];
    Profile profile = {.index = index,
                       .person = person,
                       .institution = &world->institutions[person->institution],
                       .country = world_country_of(world, person),
                       .id = world_person_id(world, index)};
    const Corpus *corpus = world->corpus;
    const Label *department = person->kind == PERSON_DOCTOR
                                  ? &corpus->departments[person->department].name
                                  : &corpus->staff[person->kind - PERSON_PHARMACIST];
    profile.department = department->in[profile.country->lang];
    profile.grades = titles_of(world, &profile)->count;
    /* The smaller of two draws: there are fewer at the top. */
    size_t one = random_below(random, (uint32_t)profile.grades);
    size_t other = random_below(random, (uint32_t)profile.grades);
    profile.grade = one < other ? one : other;
    profile.leading = is_doctor(&profile) && in_hospital(&profile) &&
                      random_chance(random, profile.grade * 2 >= profile.grades ? 12 : 1);
    return profile;
}

/* Every second has an address for mail, under a domain that never resolves (RFC 2606). */
static void set_names(const World *world, const Profile *profile, Sink *sink, SinkRow *row) {
    Arena *arena = sink_arena(sink);
    PersonName name = world_person_name(world, profile->index, arena);
    sink_set_text(row, HCP_FAMILY_NAME, name.family->text);
    sink_set_text(row, HCP_GIVEN_NAME, name.given.text);
    sink_set_text(row, HCP_FAMILY_KANA, name.family->kana);
    sink_set_text(row, HCP_GIVEN_KANA, name.given.kana);
    sink_set_text(row, HCP_FAMILY_LATIN, name.family->latin);
    sink_set_text(row, HCP_GIVEN_LATIN, name.given.latin);
    if (profile->index % 2) return;
    sink_set_text(row, HCP_EMAIL,
                  str_format(arena, "hcp%u@%.*s.example", profile->index + 1,
                             STR_ARGS(profile->country->code)));
}

/* In the words of the country, as they stand on the door. */
static void set_work(const World *world, const Profile *profile, Random *random, SinkRow *row) {
    const Department *department = &world->corpus->departments[profile->person->department];
    Lang lang = profile->country->lang;
    sink_set_text(row, HCP_KIND, str_of(KIND_CODES[profile->person->kind]));
    sink_set_text(row, HCP_COUNTRY, profile->country->code);
    sink_set_text(row, HCP_DEPARTMENT, profile->department);
    sink_set_text(row, HCP_POSITION, titles_of(world, profile)->items[profile->grade]);
    sink_set(row, HCP_PRIMARY_HCO,
             value_id(world_institution_id(world, profile->person->institution)));
    if (!is_doctor(profile)) return;
    sink_set_text(row, HCP_SPECIALTY, department->name.in[lang]);
    sink_set_text(row, HCP_SUB_SPECIALTY, corpus_pick(&department->sub[lang], random));
}

/* The temperature at the reassignment is what a manager compares with today's (E14). */
static void set_owner(const World *world, const Profile *profile, SinkRow *row) {
    const Person *person = profile->person;
    sink_set(row, HCP_OWNER, value_id(world_user_id(world, person->representative)));
    if (person->former == NO_USER) return;
    sink_set(row, HCP_FORMER_OWNER, value_id(world_user_id(world, person->former)));
    sink_set(row, HCP_OWNER_CHANGED_AT, value_integer(person->reassigned_at));
    sink_set_text(row, HCP_TEMPERATURE_AT_REASSIGNMENT,
                  rows_warmth_code(person->history.at_reassignment));
}

/* ---- What is known of them ---- */

/* As the readings and visits will say; nobody met means nothing known. */
static void set_history(const Profile *profile, SinkRow *row) {
    const History *history = &profile->person->history;
    sink_set(row, HCP_VISIT_COUNT, value_integer(history->held));
    if (!history->held) return;
    sink_set_text(row, HCP_TEMPERATURE, rows_warmth_code(history->warmth));
    sink_set_text(row, HCP_TEMPERATURE_PREVIOUS, rows_warmth_code(history->previous));
    sink_set(row, HCP_TEMPERATURE_CHANGED_AT, value_integer(history->changed_at));
    sink_set(row, HCP_FIRST_CONTACT_AT, value_integer(history->first_at));
    sink_set(row, HCP_LAST_VISIT_AT, value_integer(history->last_at));
}

/* Those who like a medicine prescribe it, mostly. */
static Str draw_prescribing(Warmth warmth, Random *random) {
    static const char *const CODES[] = {"main", "secondary", "trial", "none", "stopped"};
    static const uint32_t ENDS[][5] = {
        [WARMTH_ENTHUSIASTIC] = {72, 95, 100, 100, 100},
        [WARMTH_FAVORABLE] = {30, 72, 94, 100, 100},
        [WARMTH_NEUTRAL] = {4, 32, 62, 97, 100},
        [WARMTH_SKEPTICAL] = {1, 12, 32, 76, 100},
        [WARMTH_COMPETITOR] = {0, 14, 20, 68, 100},
        [WARMTH_HARD_TO_MEET] = {4, 18, 30, 94, 100},
        [WARMTH_NONE] = {0, 0, 0, 100, 100},
    };
    return pick_code(CODES, ENDS[warmth], 5, random);
}

/* How they want to be met is known from the start; it also decided how often they are. */
static void set_manner(const Profile *profile, Random *random, SinkRow *row) {
    static const char *const PREFERENCES[] = {"several_a_month", "monthly", "bimonthly",
                                              "by_appointment", "hard_to_meet"};
    static const char *const FORMS[] = {"evidence", "cases", "discussion", "brief", "congress"};
    static const uint32_t FORM_ENDS[] = {30, 52, 68, 88, 100};
    static const char *const STYLES[] = {"academic", "administrative", "hesitant"};
    static const uint32_t STYLE_ENDS[] = {45, 70, 100};
    sink_set_text(row, HCP_VISIT_PREFERENCE, str_of(PREFERENCES[profile->person->preference]));
    sink_set_text(row, HCP_INFORMATION_FORM, pick_code(FORMS, FORM_ENDS, 5, random));
    sink_set_text(row, HCP_STYLE, pick_code(STYLES, STYLE_ENDS, 3, random));
}

/* Counted where the market allows it: not in China, where the prescribing status has to do. */
static void set_volume(const Profile *profile, Random *random, SinkRow *row) {
    static const char *const SIZES[] = {"much", "some", "little"};
    static const uint32_t ENDS[] = {15, 50, 100};
    Str size = profile->leading ? STR("much") : pick_code(SIZES, ENDS, 3, random);
    int64_t count = str_is(size, "much") ? 42 : str_is(size, "some") ? 16 : 2;
    if (str_is(profile->country->tag, "CN")) return;
    sink_set(row, HCP_PRESCRIPTIONS, value_integer(count + profile->index % 11));
}

/* Doctors prescribe; everybody else has influence on those who do (E2, E4). */
static void set_influence(const Profile *profile, Random *random, SinkRow *row) {
    static const char *const LEVELS[] = {"high", "medium", "low"};
    static const uint32_t ENDS[] = {25, 70, 100};
    if (is_doctor(profile)) {
        Warmth warmth = (Warmth)profile->person->history.warmth;
        set_volume(profile, random, row);
        sink_set(row, HCP_KOL, value_boolean(profile->leading));
        sink_set_text(row, HCP_PRESCRIBING, draw_prescribing(warmth, random));
        return;
    }
    sink_set_text(row, HCP_INFLUENCE_ON_PATIENTS, pick_code(LEVELS, ENDS, 3, random));
    sink_set_text(row, HCP_INFLUENCE_ON_DOCTORS, pick_code(LEVELS, ENDS, 3, random));
    if (profile->person->kind != PERSON_PHARMACIST) return;
    sink_set_text(row, HCP_CDTM_INTEREST, pick_code(LEVELS, ENDS, 3, random));
}

/* Two interests read like a person, one like a category. */
static Str two_phrases(Arena *arena, const PhraseSubject *subject, TextKind kind, Random *random) {
    Str one = phrase_make(arena, subject, kind, random);
    Str other = phrase_make(arena, subject, kind, random);
    if (str_equal(one, other)) return one;
    return str_format(arena, "%.*s\n%.*s", STR_ARGS(one), STR_ARGS(other));
}

/* Words that resonated are known of those who were met a few times. */
static void set_interests(const PhraseSubject *subject, const Profile *profile, Random *random,
                          Sink *sink, SinkRow *row) {
    Arena *arena = sink_arena(sink);
    if (is_doctor(profile)) {
        Str interests = two_phrases(arena, subject, TEXT_INTEREST, random);
        sink_set_text(row, HCP_ACADEMIC_INTERESTS, interests);
    }
    sink_set_text(row, HCP_INTEREST_AREAS, two_phrases(arena, subject, TEXT_NEED, random));
    if (random_chance(random, 35)) {
        Str tag = subject->brand->indication.in[subject->lang];
        sink_set_text(row, HCP_TAGS, str_format(arena, "[\"%.*s\"]", STR_ARGS(tag)));
    }
    if (profile->person->history.held < 3 || random_chance(random, 45)) return;
    TextKind kind = is_doctor(profile) ? TEXT_MEMO_RESONATED : TEXT_MEMO_STAFF;
    sink_set_text(row, HCP_RESONATING_PHRASES, phrase_make(arena, subject, kind, random));
}

/* Some are overdue, some due this week, most later; a few have nothing planned. */
static void set_next_action(const World *world, const PhraseSubject *subject, Random *random,
                            Sink *sink, SinkRow *row) {
    Arena *arena = sink_arena(sink);
    double drawn = random_unit(random) * 100;
    int64_t days = random_between(random, 7, 50);
    if (drawn < 15) return;
    if (drawn < 24) days = -random_between(random, 1, 12);
    if (drawn >= 24 && drawn < 38) days = random_between(random, 0, 5);
    Date due = date_from_days(world->now / CLOCK_DAY + days);
    sink_set_text(row, HCP_NEXT_ACTION, phrase_make(arena, subject, TEXT_NEXT_ACTION, random));
    sink_set_text(row, HCP_NEXT_ACTION_DUE, date_text(arena, due));
}

/* Last changed when last met, which sorts lists by recency as real ones are. */
static void write_person(const World *world, const Profile *profile, Random *random, Sink *sink) {
    const Person *person = profile->person;
    PhraseSubject subject = rows_subject(world, profile->index, random, sink);
    SinkHead head = {.id = profile->id,
                     .by = world_user_id(world, world->admin),
                     .at = person->created_at,
                     .updated_at = person->history.last_at};
    SinkRow row = sink_begin(sink, TABLE_HCP, &head);
    set_names(world, profile, sink, &row);
    set_work(world, profile, random, &row);
    set_owner(world, profile, &row);
    set_history(profile, &row);
    set_manner(profile, random, &row);
    set_influence(profile, random, &row);
    set_interests(&subject, profile, random, sink, &row);
    if (person->history.held) set_next_action(world, &subject, random, sink, &row);
    if (person->kind <= PERSON_PHARMACIST) {
        Str number = str_format(sink_arena(sink), "%.*s-%07u", STR_ARGS(profile->country->tag),
                                profile->index + 1);
        sink_set_text(&row, HCP_REGISTRATION_NUMBER, number);
    }
    sink_end(&row);
}

/* ---- Around them ---- */

/* Made by whoever was responsible then, which is not always today's owner. */
static SinkRow begin_child(const World *world, const Profile *profile, TableKind table,
                           unsigned number, int64_t at, Sink *sink) {
    uint64_t index = (uint64_t)profile->index * CHILD_COUNT + number;
    SinkHead head = {.id = random_id(world->seed, STREAM_PERSON_CHILD, index, at),
                     .by = world_user_id(world, world_owner_at(profile->person, at)),
                     .at = at};
    return sink_begin(sink, table, &head);
}

/* Seniors decide and sit on committees, juniors use, staff guard the door. */
static Str draw_decision_role(const Profile *profile, Random *random) {
    static const char *const ROLES[] = {"decider", "committee_member", "influencer", "user",
                                        "gatekeeper"};
    static const uint32_t SENIOR_ENDS[] = {30, 60, 90, 100, 100};
    static const uint32_t JUNIOR_ENDS[] = {0, 5, 25, 100, 100};
    static const uint32_t STAFF_ENDS[] = {0, 20, 60, 70, 100};
    bool senior = profile->grade * 2 >= profile->grades;
    const uint32_t *ends = senior ? SENIOR_ENDS : JUNIOR_ENDS;
    return pick_code(ROLES, is_doctor(profile) ? ends : STAFF_ENDS, 5, random);
}

/* What they think of an adoption follows from how warm they are; some have not said. */
static Str draw_stance(const Profile *profile, Random *random) {
    static const char *const STANCES[] = {"in_favour", "conditional", "undecided", "against"};
    static const uint32_t WARM_ENDS[] = {65, 95, 100, 100};
    static const uint32_t MILD_ENDS[] = {10, 45, 95, 100};
    static const uint32_t COLD_ENDS[] = {0, 10, 45, 100};
    Warmth warmth = profile->person->history.warmth;
    if (warmth == WARMTH_NONE || random_chance(random, 20)) return (Str){0};
    bool warm = warmth == WARMTH_ENTHUSIASTIC || warmth == WARMTH_FAVORABLE;
    bool cold = warmth == WARMTH_SKEPTICAL || warmth == WARMTH_COMPETITOR;
    return pick_code(STANCES, warm ? WARM_ENDS : cold ? COLD_ENDS : MILD_ENDS, 4, random);
}

/* Whoever has no word in it has no stance either. */
static void set_decision(const World *world, const Profile *profile, Str role, SinkRow *row) {
    static const char *const INFLUENCES[] = {"high", "medium", "low"};
    static const uint32_t DECIDER_ENDS[] = {80, 100, 100};
    static const uint32_t OTHER_ENDS[] = {25, 75, 100};
    Random random = random_stream(world->seed, STREAM_STANCE, profile->index);
    bool decides = str_is(role, "decider");
    bool speaks = decides || str_is(role, "committee_member") || str_is(role, "influencer");
    sink_set_text(row, AFFILIATION_DECISION_ROLE, role);
    if (!speaks) return;
    sink_set_text(row, AFFILIATION_INFLUENCE,
                  pick_code(INFLUENCES, decides ? DECIDER_ENDS : OTHER_ENDS, 3, &random));
    sink_set_text(row, AFFILIATION_STANCE, draw_stance(profile, &random));
}

/* The primary one agrees with the person's own institution and department. */
static void write_affiliation(const World *world, const Profile *profile, Random *random,
                              Sink *sink) {
    Date from =
        date_from_days((world->founded - random_between(random, 0, 4000) * CLOCK_DAY) / CLOCK_DAY);
    bool heads = profile->grade + 1 == profile->grades && profile->grades > 2;
    SinkRow row = begin_child(world, profile, TABLE_AFFILIATION, CHILD_AFFILIATION,
                              profile->person->created_at, sink);
    sink_set(&row, AFFILIATION_HCP, value_id(profile->id));
    sink_set(&row, AFFILIATION_HCO,
             value_id(world_institution_id(world, profile->person->institution)));
    sink_set_text(&row, AFFILIATION_ROLE, heads ? STR("head") : STR("staff"));
    sink_set_text(&row, AFFILIATION_DEPARTMENT, profile->department);
    sink_set(&row, AFFILIATION_PRIMARY, value_boolean(true));
    set_decision(world, profile, draw_decision_role(profile, random), &row);
    sink_set_text(&row, AFFILIATION_FROM, date_text(sink_arena(sink), from));
    sink_end(&row);
}

/* One doctor in eleven also works elsewhere. */
static void write_second_affiliation(const World *world, const Profile *profile, Random *random,
                                     Sink *sink) {
    const Representative *owner = &world->representatives[profile->person->representative];
    uint32_t other = owner->first_institution + random_below(random, owner->institution_count);
    bool fits = other != profile->person->institution &&
                world->institutions[other].kind != INSTITUTION_PHARMACY;
    if (!is_doctor(profile) || !fits || !random_chance(random, 9)) return;
    SinkRow row = begin_child(world, profile, TABLE_AFFILIATION, CHILD_SECOND_AFFILIATION,
                              profile->person->created_at, sink);
    sink_set(&row, AFFILIATION_HCP, value_id(profile->id));
    sink_set(&row, AFFILIATION_HCO, value_id(world_institution_id(world, other)));
    sink_set_text(&row, AFFILIATION_ROLE,
                  random_chance(random, 60) ? STR("part_time") : STR("visiting"));
    sink_set_text(&row, AFFILIATION_DEPARTMENT, profile->department);
    sink_set_text(&row, AFFILIATION_DECISION_ROLE, STR("user"));
    sink_end(&row);
}

/* Specialist certificates end and have to be renewed; the right to practise does not. */
static void write_licence(const World *world, const Profile *profile, Str kind, unsigned number,
                          Random *random, Sink *sink) {
    Arena *arena = sink_arena(sink);
    int64_t day = world->founded / CLOCK_DAY - random_between(random, 400, 11000);
    bool ends = number == CHILD_SPECIALIST;
    int64_t until = world->now / CLOCK_DAY + random_between(random, 30, 1700);
    SinkRow row =
        begin_child(world, profile, TABLE_LICENCE, number, profile->person->created_at, sink);
    sink_set(&row, LICENCE_HCP, value_id(profile->id));
    sink_set_text(&row, LICENCE_KIND, kind);
    sink_set_text(&row, LICENCE_NUMBER,
                  str_format(arena, "%06u", random_below(random, 900000) + 100000));
    sink_set_text(&row, LICENCE_REGION,
                  profile->country->localities[profile->institution->locality].region);
    sink_set_text(&row, LICENCE_VALID_FROM, date_text(arena, date_from_days(day)));
    if (ends) sink_set_text(&row, LICENCE_VALID_TO, date_text(arena, date_from_days(until)));
    if (random_chance(random, 80)) {
        sink_set(&row, LICENCE_VERIFIED_AT,
                 value_integer(profile->person->created_at + 3 * CLOCK_DAY));
    }
    sink_end(&row);
}

/* Everybody has the right to practise; every second doctor is certified besides. */
static void write_licences(const World *world, const Profile *profile, Random *random, Sink *sink) {
    static const char *const KINDS[] = {[PERSON_DOCTOR] = "physician",
                                        [PERSON_PHARMACIST] = "pharmacist",
                                        [PERSON_NURSE] = "nurse",
                                        [PERSON_HEAD_NURSE] = "nurse",
                                        [PERSON_MSW] = "other"};
    Str kind = str_of(KINDS[profile->person->kind]);
    write_licence(world, profile, kind, CHILD_LICENCE, random, sink);
    if (!is_doctor(profile) || !random_chance(random, 50)) return;
    write_licence(world, profile, STR("specialist"), CHILD_SPECIALIST, random, sink);
}

/* Doctors in practices send people to a hospital doctor of the neighbourhood. */
static void write_referral(const World *world, const Profile *profile, Random *random, Sink *sink) {
    const Representative *owner = &world->representatives[profile->person->representative];
    uint32_t to = owner->first_person + random_below(random, owner->person_count);
    const Person *other = &world->persons[to];
    bool fits = other->kind == PERSON_DOCTOR &&
                world->institutions[other->institution].kind <= INSTITUTION_GENERAL;
    if (!is_doctor(profile) || in_hospital(profile) || !fits) return;
    SinkRow row = begin_child(world, profile, TABLE_REFERRAL, CHILD_REFERRAL,
                              profile->person->created_at, sink);
    sink_set(&row, REFERRAL_FROM_HCP, value_id(profile->id));
    sink_set(&row, REFERRAL_TO_HCP, value_id(world_person_id(world, to)));
    sink_set(&row, REFERRAL_TO_HCO, value_id(world_institution_id(world, other->institution)));
    sink_set(&row, REFERRAL_STRENGTH, value_decimal((double)random_between(random, 10, 100) / 100));
    sink_end(&row);
}

/* Most handovers are complete and read; the rest is what E9 has to chase. */
static void write_handover(const World *world, const Profile *profile, Random *random, Sink *sink) {
    const Person *person = profile->person;
    if (person->former == NO_USER) return;
    int64_t at = person->reassigned_at;
    int64_t read_at = at + random_between(random, 60, 4 * 24 * 60) * CLOCK_MINUTE;
    bool complete = random_chance(random, 70);
    SinkRow row = begin_child(world, profile, TABLE_HANDOVER, CHILD_HANDOVER, at, sink);
    sink_set(&row, HANDOVER_HCP, value_id(profile->id));
    sink_set(&row, HANDOVER_FROM_USER, value_id(world_user_id(world, person->former)));
    sink_set(&row, HANDOVER_TO_USER, value_id(world_user_id(world, person->representative)));
    sink_set(&row, HANDOVER_AT, value_integer(at));
    sink_set(&row, HANDOVER_MEMO_COMPLETE, value_boolean(complete));
    bool read = read_at < world->now && random_chance(random, 75);
    sink_set(&row, HANDOVER_READ_AT, read ? value_integer(read_at) : value_null());
    sink_end(&row);
    if (!complete) return;
    PhraseSubject subject = rows_subject(world, profile->index, random, sink);
    row = begin_child(world, profile, TABLE_MEMO, CHILD_HANDOVER_MEMO, at - CLOCK_HOUR, sink);
    sink_set(&row, MEMO_HCP, value_id(profile->id));
    sink_set_text(&row, MEMO_KIND, STR("story"));
    sink_set_text(&row, MEMO_TEXT, phrase_make(sink_arena(sink), &subject, TEXT_HANDOVER, random));
    sink_set(&row, MEMO_BY, value_id(world_user_id(world, person->former)));
    sink_set(&row, MEMO_AT, value_integer(at - CLOCK_HOUR));
    sink_end(&row);
}

/* The colleague named in a sentence is a real record of the same neighbourhood. */
PhraseSubject rows_subject(const World *world, uint32_t person, Random *random, Sink *sink) {
    const Person *one = &world->persons[person];
    const Representative *owner = &world->representatives[one->representative];
    const Country *country = world_country_of(world, one);
    Arena *arena = sink_arena(sink);
    uint32_t other = owner->first_person + random_below(random, owner->person_count);
    /* Somebody of the neighbourhood with a name that fits the language of the memo. */
    if (world_country_of(world, &world->persons[other])->lang != country->lang) other = person;
    Str family = world_person_name(world, other, arena).family->text;
    Str colleague = str_join(arena, family, country->lang == LANG_JA ? STR("先生") : STR("主任"));
    if (country->lang == LANG_EN) colleague = str_join(arena, STR("Dr "), family);
    return (PhraseSubject){.corpus = world->corpus,
                           .brand = &world->corpus->brands[one->brand],
                           .lang = country->lang,
                           .colleague = colleague};
}

void rows_write_people(const World *world, Sink *sink) {
    for (uint32_t i = 0; i < world->person_count; i++) {
        Random random = random_stream(world->seed, STREAM_PERSON_DETAIL, i);
        Profile profile = profile_of(world, i, &random);
        write_person(world, &profile, &random, sink);
        write_affiliation(world, &profile, &random, sink);
        write_second_affiliation(world, &profile, &random, sink);
        write_licences(world, &profile, &random, sink);
        write_referral(world, &profile, &random, sink);
        write_handover(world, &profile, &random, sink);
        sink_breathe(sink);
        if (i % 1000 == 0 && sink_failed(sink)) return;
    }
}

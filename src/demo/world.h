/*
 * The company as planned, before a row is written: who works where, who is responsible for whom.
 * Small structures only, for there may be millions; what a thing is called is drawn from a stream
 * of its own whenever it is needed, and is therefore always the same.
 */
#ifndef ONDO_DEMO_WORLD_H
#define ONDO_DEMO_WORLD_H

#include "clock.h"
#include "corpus.h"

/** Streams of random numbers and identifiers; the numbers are part of what a seed means. */
typedef enum StreamKind {
    STREAM_USER = 1,
    STREAM_TEAM,
    STREAM_PRODUCT,
    STREAM_MESSAGE,
    STREAM_INSTITUTION,
    STREAM_INSTITUTION_NAME,
    STREAM_ADOPTION,      /* products at an institution, and its memo */
    STREAM_PERSON,        /* who it is and where */
    STREAM_PERSON_NAME,   /* what they are called */
    STREAM_PERSON_DETAIL, /* how they are */
    STREAM_PERSON_CHILD,  /* identifiers of their records */
    STREAM_SCHEDULE,      /* when they are met */
    STREAM_VISIT,
    STREAM_VISIT_PLAN,  /* what a contact does to the relationship */
    STREAM_VISIT_TEXT,  /* what is said */
    STREAM_VISIT_CHILD, /* identifiers of what comes of it */
    STREAM_TASK,
    STREAM_COMMITTEE, /* meetings, and the way to a decision */
    STREAM_STANCE,    /* of people towards an adoption */
    STREAM_RESOURCE,  /* scarce things, and who asks for them */
} StreamKind;

typedef enum Region { REGION_JAPAN, REGION_CHINA, REGION_EUROPE, REGION_COUNT } Region;

/** Ranks of the choice "temperature", warmest first, and none yet. */
typedef enum Warmth {
    WARMTH_ENTHUSIASTIC,
    WARMTH_FAVORABLE,
    WARMTH_NEUTRAL,
    WARMTH_SKEPTICAL,
    WARMTH_COMPETITOR,   /* "prefers_competitor" */
    WARMTH_HARD_TO_MEET, /* beside the scale rather than at its end */
    WARMTH_NONE          /* not judged yet */
} Warmth;

/** Who works at institutions; representatives see all of them and not doctors alone. */
typedef enum PersonKind {
    PERSON_DOCTOR,
    PERSON_PHARMACIST,
    PERSON_NURSE,
    PERSON_HEAD_NURSE,
    PERSON_MSW
} PersonKind;

/** Somebody of the company. */
typedef struct User {
    Str login, role;
    uint32_t team;    /* NO_TEAM: none */
    uint32_t country; /* position in the corpus */
    bool active;      /* has a password */
} User;

/** A sales office and the people of one region. */
typedef struct Team {
    Region region;
    uint32_t manager; /* a user */
    Str name;
} Team;

/** A representative's territory: runs of institutions and people. */
typedef struct Representative {
    Region region;
    uint32_t country;
    uint32_t locality;                             /* position among the country's */
    uint32_t first_person, person_count;           /* a run of World.persons */
    uint32_t first_institution, institution_count; /* a run of World.institutions */
} Representative;

/** An institution of the sample; as small as can be, for there are many. */
typedef struct Institution {
    uint32_t representative; /* today's, position and user alike */
    uint32_t locality;       /* position among the country's */
    uint8_t country;
    uint8_t kind; /* InstitutionKind */
    int64_t created_at;
} Institution;

/** What visits have made of a relationship so far. */
typedef struct History {
    uint8_t warmth, previous, at_reassignment; /* Warmth */
    bool promise_broken, promise_kept;         /* at the last contact */
    bool reassigned;                           /* at_reassignment has been noted */
    uint32_t held;                             /* contacts held so far */
    int64_t changed_at, first_at, last_at;     /* 0: never */
} History;

/** A professional of the sample: what decides the record, not the record, which is made from it
 * when it is written. */
typedef struct Person {
    uint32_t institution; /* the primary one */
    uint32_t representative;
    uint32_t former;    /* a user; NO_USER: always the same representative */
    uint8_t kind;       /* PersonKind */
    uint8_t female;     /* decides the given name */
    uint8_t brand;      /* what the talks are about */
    uint8_t department; /* position in the corpus */
    uint8_t preference; /* position in the choice "visit_preference" */
    int64_t created_at;
    int64_t reassigned_at; /* 0: never */
    uint32_t held_total;   /* contacts held in all, once histories are known */
    History history;
} Person;

static inline History history_none(void) {
    return (History){
        .warmth = WARMTH_NONE, .previous = WARMTH_NONE, .at_reassignment = WARMTH_NONE};
}

enum { NO_USER = UINT32_MAX, NO_TEAM = UINT32_MAX };

/** The whole sample before anything is written, so that every part can refer to every other. */
typedef struct World {
    const DemoOptions *options;
    const Corpus *corpus;
    uint64_t seed;        /* the same seed makes the same company */
    int64_t now, founded; /* the company's records begin here */

    User *users; /* representatives first, in the order of mr1, mr2, … */
    size_t user_count;
    uint32_t admin, msl; /* users */
    Team *teams;
    size_t team_count;
    Representative *representatives;
    size_t representative_count;
    Institution *institutions;
    size_t institution_count;
    Person *persons;
    size_t person_count;

    int64_t **day_starts; /* by country, then by day since first_day */
    int64_t first_day;    /* days since 1970 */
    size_t day_count;
} World;

/** Days of history before `now`, and days planned ahead. */
enum { WORLD_PAST_DAYS = 730, WORLD_AHEAD_DAYS = 14 };

/** Plans everything in the arena. */
World world_plan(Arena *arena, const Corpus *corpus, const DemoOptions *options);

/**
 * Ids follow from the seed and the thing's number, so that rows may refer to each other before any
 * of them is written, and two runs make the same company.
 */
Id world_user_id(const World *world, uint32_t user);
Id world_team_id(const World *world, uint32_t team);
Id world_product_id(const World *world, uint32_t index);
/** A brand's product; areas come first, then a brand and its indication each. */
Id world_brand_id(const World *world, uint32_t brand);
Id world_message_id(const World *world, uint32_t brand, Lang lang, uint32_t index);
Id world_institution_id(const World *world, uint32_t institution);
Id world_person_id(const World *world, uint32_t person);

/**
 * The country of the institution that a person works at: it decides on names, language and market.
 */
const Country *world_country_of(const World *world, const Person *person);
/** Who was responsible at the instant. */
uint32_t world_owner_at(const Person *person, int64_t at);

/** In the writing of the person's country. */
typedef struct PersonName {
    const Name *family;
    Name given;
} PersonName;
/** A given name of two Chinese characters is put together in the arena. */
PersonName world_person_name(const World *world, uint32_t person, Arena *arena);
/** Any name of the country, from the stream given. */
PersonName world_draw_name(const Country *country, bool female, Random *random, Arena *arena);

/** Midnight, in the country, of the day `day` days after 1970-01-01. */
int64_t world_day_start(const World *world, uint32_t country, int64_t day);

#endif

/* What the demo company is made of: pharma/demo/ as read, checked for what the generator needs. */
#ifndef ONDO_DEMO_CORPUS_H
#define ONDO_DEMO_CORPUS_H

#include "demo.h"
#include "random.h"

/** Texts of one kind, of which one is drawn at a time. */
typedef struct TextList {
    const Str *items;
    size_t count;
} TextList;

/** A text as written, how it reads in kana, and in Latin letters; what does not apply is empty. */
typedef struct Name {
    Str text, kana, latin;
} Name;

/** Names of which the common ones are drawn more often: `ends` holds running sums of weights. */
typedef struct NameList {
    const Name *items;
    const uint32_t *ends;
    size_t count;
} NameList;

/** A place where people of a country work. */
typedef struct Locality {
    Str region, city, city_kana, postal; /* `postal`: how its postal codes begin */
} Locality;

typedef enum InstitutionKind {
    INSTITUTION_UNIVERSITY, /* "university_hospital" */
    INSTITUTION_GENERAL,    /* "general_hospital" */
    INSTITUTION_CLINIC,
    INSTITUTION_PHARMACY,
    INSTITUTION_KIND_COUNT
} InstitutionKind;

/** What people, places and institutions of one country are called. */
typedef struct Country {
    Str tag;          /* "JP" */
    Str code;         /* the choice of the field country */
    Str zone, region; /* zone: IANA */
    Lang lang;        /* of memos and of the people who work there */
    int share;        /* of all professionals, in hundredths */
    const Locality *localities;
    size_t locality_count;
    NameList bodies, universities; /* what institutions are called after */
    TextList streets;
    Str address;                               /* how the parts of an address stand together */
    NameList patterns[INSTITUTION_KIND_COUNT]; /* names of institutions, with a slot for the body */
    NameList family, female, male;
} Country;

enum { DEPARTMENT_BRANDS = 4 };

/** A department of hospitals, and what its doctors are visited about. */
typedef struct Department {
    uint32_t brands[DEPARTMENT_BRANDS]; /* what its doctors are visited about */
    uint32_t brand_count;
    bool practice; /* found outside hospitals, too */
    Label name;
    TextList sub[LANG_COUNT]; /* its specialties */
} Department;

enum { BRAND_MESSAGES = 3 };

/** A product of the sample company and what is said about it. */
typedef struct Brand {
    uint32_t area;
    Label name, indication;
    TextList study; /* names of studies, the same in all languages */
    TextList competitor[LANG_COUNT], disease[LANG_COUNT], patients[LANG_COUNT];
    TextList endpoint[LANG_COUNT], side[LANG_COUNT];
    TextList messages[LANG_COUNT]; /* "name|text", BRAND_MESSAGES of them */
} Brand;

/** Something that moved many doctors at once. */
typedef struct MarketEvent {
    uint32_t brand;   /* position in Corpus.brands */
    bool good_data;   /* otherwise a competitor's launch */
    int64_t days_ago; /* when it became known */
} MarketEvent;

typedef enum TextKind {
    TEXT_MEMO_RESONATED,
    TEXT_MEMO_TABOO,
    TEXT_MEMO_MOMENT,
    TEXT_MEMO_STORY,
    TEXT_MEMO_STAFF,       /* about those who are no doctors */
    TEXT_DISCUSSION_OPEN,  /* where and when it was */
    TEXT_DISCUSSION_BODY,  /* what was said */
    TEXT_DISCUSSION_CLOSE, /* how it ended */
    TEXT_DISCUSSION_STAFF, /* what was said by pharmacists and nurses */
    TEXT_QUICK_NOTE,       /* with the marks of V4 */
    TEXT_TOPIC_QUESTION,
    TEXT_TOPIC_INTEREST,
    TEXT_TOPIC_COMPETITOR,
    TEXT_TOPIC_REQUEST,
    TEXT_TOPIC_OBJECTION,
    TEXT_TOPIC_NEED,
    TEXT_PROMISE,               /* a deliverable */
    TEXT_REASON_UP,             /* why it got warmer */
    TEXT_REASON_DOWN,           /* why it cooled */
    TEXT_REASON_STEADY,         /* that nothing changed */
    TEXT_REASON_GOOD_DATA,      /* a market event */
    TEXT_REASON_COMPETITOR,     /* a market event */
    TEXT_REASON_PROMISE_KEPT,   /* at the contact before */
    TEXT_REASON_PROMISE_BROKEN, /* at the contact before */
    TEXT_NEXT_ACTION,
    TEXT_TASK,            /* "subject|body" */
    TEXT_INTEREST,        /* academic */
    TEXT_NEED,            /* patients and indications of interest */
    TEXT_POSITION_DOCTOR, /* titles, junior first; so in all that follow */
    TEXT_POSITION_CLINIC, /* doctors outside hospitals */
    TEXT_POSITION_PHARMACIST,
    TEXT_POSITION_NURSE,
    TEXT_POSITION_HEAD_NURSE,
    TEXT_POSITION_MSW,
    TEXT_ACCOUNT,          /* a memo about an institution */
    TEXT_HANDOVER,         /* a memo for the successor */
    TEXT_COMMITTEE_REVIEW, /* what a committee decided, and why */
    TEXT_KIND_COUNT
} TextKind;

/** Who is neither doctor nor unnamed: pharmacist, nurse, head nurse, medical social worker. */
enum { STAFF_DEPARTMENTS = 4 };

/** All words that the demo company is made of, read from the business once. */
typedef struct Corpus {
    Country *countries;
    size_t country_count; /* in the order of regions */
    const Department *departments;
    const uint32_t *department_ends; /* running sums of weights */
    size_t department_count;
    Label staff[STAFF_DEPARTMENTS];
    const Label *areas;
    size_t area_count;
    const Brand *brands;
    size_t brand_count;
    const MarketEvent *events;
    size_t event_count;
    TextList meeting[LANG_COUNT];
    TextList texts[LANG_COUNT][TEXT_KIND_COUNT];
} Corpus;

/**
 * Reads the files into the arena. STATUS_INVALID, with the file's name as argument of the error
 * "demo_file" in `problem`, when one is missing or does not hold what it has to.
 */
MUST_USE Status corpus_load(Arena *arena, const ModelSource *files, size_t count, Problem *problem,
                            Corpus *out);

/** One of the list, the likelier the heavier; the list must not be empty. */
const Name *corpus_draw(const NameList *list, Random *random);
/** The position that a draw among running sums falls on. */
size_t corpus_draw_index(const uint32_t *ends, size_t count, Random *random);
/** One of the texts, all alike; empty for an empty list. */
Str corpus_pick(const TextList *list, Random *random);

#endif

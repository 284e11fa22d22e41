/* The objects and fields that the generator writes, by name; the model tells where each stands. */
#ifndef ONDO_DEMO_COLUMNS_H
#define ONDO_DEMO_COLUMNS_H

#include <stddef.h>

/** In the order in which a batch is written. */
typedef enum TableKind {
    TABLE_TEAM,        /* few */
    TABLE_USER,        /* few */
    TABLE_PRODUCT,     /* few */
    TABLE_MESSAGE,     /* few */
    TABLE_HCO,         /* one to seven people */
    TABLE_HCP,         /* as many as asked for */
    TABLE_AFFILIATION, /* one a person, and some more */
    TABLE_LICENCE,     /* one or two a person */
    TABLE_ADOPTION,
    TABLE_COMMITTEE, /* two to four a hospital */
    TABLE_STEP,      /* four at one hospital in three */
    TABLE_REFERRAL,
    TABLE_HANDOVER,
    TABLE_VISIT,     /* as many as asked for */
    TABLE_DETAIL,    /* at every second visit */
    TABLE_TOPIC,     /* at every second visit */
    TABLE_PROMISE,   /* at one visit in eight */
    TABLE_SIGN,      /* at one visit in ten */
    TABLE_READING,   /* at one visit in three */
    TABLE_MEMO,      /* at one visit in thirteen */
    TABLE_TASK,      /* at one visit in fifty */
    TABLE_RESOURCE,  /* two a team */
    TABLE_ALLOTMENT, /* three a representative */
    TABLE_COUNT
} TableKind;

/** Teams of the sales organisation; the manager leads one. */
enum { TEAM_NAME, TEAM_MANAGER };
/** Accounts. `lang` and `zone` are those of the country. */
enum {
    USER_LOGIN,
    USER_NAME,
    USER_FAMILY_NAME,
    USER_GIVEN_NAME,
    USER_EMAIL,
    USER_ROLE,
    USER_TEAM,
    USER_MANAGER,
    USER_LANG,
    USER_ZONE,
    USER_ACTIVE
};
/** Area, brand, indication: a tree by `parent`. */
enum { PRODUCT_KIND, PRODUCT_PARENT, PRODUCT_NAME };
/** What may be said about a brand, one record a language. */
enum { MESSAGE_PRODUCT, MESSAGE_NAME, MESSAGE_TEXT };
/** Institutions. `temperature` is derived from the people. */
enum {
    HCO_KIND,
    HCO_NAME,
    HCO_NAME_KANA,
    HCO_FACILITY_CODE,
    HCO_COUNTRY,
    HCO_POSTAL_CODE,
    HCO_PREFECTURE,
    HCO_CITY,
    HCO_ADDRESS,
    HCO_OWNER,
    HCO_NEXT_COMMITTEE_ON,
    HCO_TAGS
};
/** People. What roll-ups and readings keep is written as they would have kept it. */
enum {
    HCP_KIND,
    HCP_FAMILY_NAME,
    HCP_GIVEN_NAME,
    HCP_FAMILY_KANA,
    HCP_GIVEN_KANA,
    HCP_FAMILY_LATIN,
    HCP_GIVEN_LATIN,
    HCP_DEPARTMENT,
    HCP_POSITION,
    HCP_PRIMARY_HCO,
    HCP_OWNER,
    HCP_FORMER_OWNER,
    HCP_OWNER_CHANGED_AT,
    HCP_TEMPERATURE,
    HCP_TEMPERATURE_PREVIOUS,
    HCP_TEMPERATURE_CHANGED_AT,
    HCP_TEMPERATURE_AT_REASSIGNMENT,
    HCP_PRESCRIBING,
    HCP_VISIT_PREFERENCE,
    HCP_INFORMATION_FORM,
    HCP_SPECIALTY,
    HCP_SUB_SPECIALTY,
    HCP_ACADEMIC_INTERESTS,
    HCP_INTEREST_AREAS,
    HCP_RESONATING_PHRASES,
    HCP_NEXT_ACTION,
    HCP_NEXT_ACTION_DUE,
    HCP_INFLUENCE_ON_PATIENTS,
    HCP_INFLUENCE_ON_DOCTORS,
    HCP_CDTM_INTEREST,
    HCP_STYLE,
    HCP_KOL,
    HCP_PRESCRIPTIONS,
    HCP_REGISTRATION_NUMBER,
    HCP_COUNTRY,
    HCP_EMAIL,
    HCP_TAGS,
    HCP_LAST_VISIT_AT,
    HCP_FIRST_CONTACT_AT,
    HCP_VISIT_COUNT
};
/** Who works where, and with what say. */
enum {
    AFFILIATION_HCP,
    AFFILIATION_HCO,
    AFFILIATION_ROLE,
    AFFILIATION_DEPARTMENT,
    AFFILIATION_PRIMARY,
    AFFILIATION_DECISION_ROLE,
    AFFILIATION_INFLUENCE,
    AFFILIATION_STANCE,
    AFFILIATION_FROM
};
/** Rights to practise. */
enum {
    LICENCE_HCP,
    LICENCE_KIND,
    LICENCE_NUMBER,
    LICENCE_REGION,
    LICENCE_VALID_FROM,
    LICENCE_VALID_TO,
    LICENCE_VERIFIED_AT
};
/** Which products an institution has decided on. */
enum { ADOPTION_HCO, ADOPTION_PRODUCT, ADOPTION_STATE, ADOPTION_SINCE };
/** Meetings of drug committees. */
enum {
    COMMITTEE_HCO,
    COMMITTEE_HELD_ON,
    COMMITTEE_STATE,
    COMMITTEE_PRODUCT,
    COMMITTEE_OUTCOME,
    COMMITTEE_REVIEW,
    COMMITTEE_REVIEWED_BY,
    COMMITTEE_REVIEWED_AT
};
/** The way that a decision goes. */
enum { STEP_HCO, STEP_POSITION, STEP_DECISION_ROLE, STEP_STRATEGY };
/** Who sends people to whom; `strength` from 0 to 1. */
enum { REFERRAL_FROM_HCP, REFERRAL_TO_HCP, REFERRAL_TO_HCO, REFERRAL_STRENGTH };
/** Changes of the responsible representative. */
enum {
    HANDOVER_HCP,
    HANDOVER_FROM_USER,
    HANDOVER_TO_USER,
    HANDOVER_AT,
    HANDOVER_MEMO_COMPLETE,
    HANDOVER_READ_AT
};
/** Contacts over any channel. */
enum {
    VISIT_HCP,
    VISIT_HCO,
    VISIT_OWNER,
    VISIT_CHANNEL,
    VISIT_STATE,
    VISIT_PLANNED_AT,
    VISIT_HELD_AT,
    VISIT_QUICK_NOTE,
    VISIT_DISCUSSION,
    VISIT_TENDENCY,
    VISIT_TEMPERATURE
};
/** Messages delivered at a visit. */
enum { DETAIL_VISIT, DETAIL_PRODUCT, DETAIL_MESSAGE, DETAIL_REACTION };
/** What was raised at a visit. */
enum { TOPIC_VISIT, TOPIC_KIND, TOPIC_TEXT, TOPIC_PRODUCT, TOPIC_STATE };
/** Commitments with the day they are due. */
enum {
    PROMISE_VISIT,
    PROMISE_HCP,
    PROMISE_OWNER,
    PROMISE_DELIVERABLE,
    PROMISE_DUE_AT,
    PROMISE_CONFIRM_AT,
    PROMISE_STATE,
    PROMISE_DELIVERED_AT
};
/** Signs of change, open until somebody clears them. */
enum {
    SIGN_HCP,
    SIGN_KIND,
    SIGN_SEEN_AT,
    SIGN_SEEN_BY,
    SIGN_VISIT,
    SIGN_CLEARED_AT,
    SIGN_CLEARED_BY
};
/** Points of the temperature curve. */
enum {
    READING_HCP,
    READING_VALUE,
    READING_PREVIOUS,
    READING_AT,
    READING_BY,
    READING_VISIT,
    READING_PRODUCT,
    READING_REASON
};
/** The story of a relationship, or of an institution. */
enum { MEMO_HCP, MEMO_HCO, MEMO_KIND, MEMO_TEXT, MEMO_BY, MEMO_AT, MEMO_VISIT };
/** Things to do. */
enum {
    TASK_SUBJECT,
    TASK_BODY,
    TASK_OWNER,
    TASK_HCP,
    TASK_HCO,
    TASK_VISIT,
    TASK_DUE_AT,
    TASK_STATE
};

enum { COLUMNS_LIMIT = 48 };

/** Scarce things. */
enum {
    RESOURCE_NAME,
    RESOURCE_KIND,
    RESOURCE_UNIT,
    RESOURCE_QUANTITY,
    RESOURCE_TEAM,
    RESOURCE_STARTS_ON,
    RESOURCE_FIRST_CALL_UNTIL
};
/** Who asks for some of them. */
enum { ALLOTMENT_RESOURCE, ALLOTMENT_HCP, ALLOTMENT_AMOUNT, ALLOTMENT_OWNER, ALLOTMENT_ASKED_AT };

/** The object that a table's rows become, and its fields. */
typedef struct TableColumns {
    const char *object;
    const char *fields; /* separated by blanks, in the order of the constants above */
} TableColumns;

/** Never NULL; lives as long as the program. */
const TableColumns *columns_of(TableKind kind);

#endif

/* When holidays fall: the rules that laws use, each worked out for one year. */
#ifndef ONDO_ENGINE_HOLIDAY_RULE_H
#define ONDO_ENGINE_HOLIDAY_RULE_H

#include "clock.h"
#include "status.h"

typedef enum HolidayKind {
    HOLIDAY_DATE,    /* 1 January */
    HOLIDAY_WEEKDAY, /* the second Monday in January */
    HOLIDAY_LUNAR,   /* the fifth of the fifth month of the Chinese calendar */
    HOLIDAY_SUN,     /* a term of the sun: an equinox, Qingming */
    HOLIDAY_EASTER,  /* so many days from Easter Sunday */
} HolidayKind;

/** Terms of the sun that holidays are named after. */
typedef enum HolidayTerm {
    HOLIDAY_SPRING_EQUINOX, /* 春分の日, in Japan's day */
    HOLIDAY_QINGMING,       /* 清明, in China's day */
    HOLIDAY_AUTUMN_EQUINOX, /* 秋分の日, in Japan's day */
} HolidayTerm;

typedef struct HolidayRule {
    HolidayKind kind;
    int month, day; /* from 1; of the Chinese calendar for HOLIDAY_LUNAR */
    int weekday;    /* HOLIDAY_WEEKDAY: Monday is 0 */
    int which;      /* of the month's such weekdays: 1 is the first, -1 the last */
    HolidayTerm term;
    int shift; /* days that it begins after (or, negative, before) what is named */
} HolidayRule;

/**
 * The day (since 1970-01-01) on which the rule falls in a year of the Gregorian calendar. False
 * where it falls on none: 29 February, or a fifth Monday that the month does not have.
 */
bool holiday_rule_day(const HolidayRule *rule, int year, int64_t *out);

#endif

/* What dashboards are made of, for dashboard_read.c and dashboard_parameters.c, which fill it, and
 * those that show it. */
#ifndef ONDO_ENGINE_DASHBOARD_WIDGET_H
#define ONDO_ENGINE_DASHBOARD_WIDGET_H

#include "condition.h"
#include "dashboard.h"
#include "titles.h"

enum { GROUP_FIELDS_MOST = 2, PARAMETERS_MOST = 8, PERIODS_MOST = 60 };

/** What is said of the records of a group. */
typedef enum Measure {
    MEASURE_COUNT,
    MEASURE_DISTINCT, /* different values of `of` */
    MEASURE_MEAN,     /* of a number, or of the ranks of a choice */
    MEASURE_SHARE,    /* of those on which `met` holds */
    MEASURE_PER,      /* records of `related` for each of ours */
    MEASURE_CHANGE,   /* steps of a scale after an event, beside those without it */
} Measure;

/** An event of a doctor after which a change is looked at. */
typedef struct Event {
    const Object *object;
    const Field *link, *at;
    Label with, without; /* the two groups as people call them */
    int64_t days;        /* after which it is looked at */
    int64_t least;       /* doctors below which a mean says little */
} Event;

/** Its number as a sentence of the day, "{count}" standing for it. Empty labels: none. */
typedef struct WidgetBrief {
    Label one, other;
    bool late; /* followed by how many of them the day has passed for */
} WidgetBrief;

/** What a field of a list's records was before, and since when it is as it is. */
typedef struct WidgetWas {
    const Field *field; /* that holds what was; NULL: the list is about no change */
    const Field *of;    /* that holds what is */
    const Field *at;    /* when it changed; NULL: not said */
} WidgetWas;

/** Where a widget leads to besides its records: a screen of the page. */
typedef struct WidgetLink {
    Str screen; /* its address, from "/"; empty: nowhere */
    Label label;
    bool at_end; /* below the records, not beside the title */
} WidgetLink;

/**
 * One figure or list. Everything is checked when it is loaded; what varies later is the actor and
 * the values of the parameters.
 */
typedef struct Widget {
    Str name, form;
    Label label, help;
    Label empty; /* said while a list holds nothing; empty: what is said of any list */
    Str icon;    /* of the page's own pictures; empty: the ordinary one */
    WidgetBrief brief;
    WidgetWas was;
    const Field *reasons; /* choices that say why a record stands in the list; NULL: none */
    WidgetLink link;
    const Object *object;
    const Condition *condition; /* NULL: all */
    const json_t *logic;        /* the same, as it stands in the definition */
    bool own;                   /* only the reader's own records, whatever else they may see */
    ListSort sorts[LIST_SORTS_MOST];
    size_t sort_count;
    const Field **fields, **expand, **group;
    size_t field_count, expand_count, group_count;
    ListPart *parts;
    size_t part_count;
    Str field_names, expand_names; /* as a request's ?fields and ?expand */
    int64_t limit;                 /* records of a list */
    bool quiet;                    /* a list that is not shown while it is empty */
    Measure measure;
    const Field *of;             /* measured; NULL where the measure needs none */
    const Condition *met;        /* MEASURE_SHARE */
    const Object *related;       /* MEASURE_PER: whose records are counted … */
    const Field *related_link;   /* … by this reference of theirs … */
    const Condition *related_on; /* … where this holds */
    Event event;                 /* MEASURE_CHANGE */
    bool over;                   /* for each period of the parameter of periods … */
    const Field *at;             /* … those dated within it; NULL: as it was at its end */
    const json_t *takes;         /* names of the parameters that narrow it; NULL: all */
} Widget;

typedef enum PeriodUnit { UNIT_WEEK, UNIT_MONTH, UNIT_QUARTER } PeriodUnit;
/** "The last 13 weeks": the present one is the last of them. */
typedef struct PeriodChoice {
    Str code;
    Label label;
    PeriodUnit unit;
    int64_t count; /* how many of them, the present one included */
} PeriodChoice;

/** What readers may narrow a dashboard by: a record, or how far back it looks. */
typedef struct Parameter {
    Str name;
    Label label;
    const Object *reference; /* NULL: periods */
    PeriodChoice *periods;
    size_t period_count;
    const PeriodChoice *initial; /* of periods */
    const json_t *conditions;    /* by object: JSON Logic with {"parameter": []} for the value */
    const json_t *offered;       /* JSON Logic over the reference: which may be chosen; NULL: all */
    const Field *below; /* of the reference, to its own kind: a value also means what is below it */
    bool hidden;        /* given by the page that shows it, not chosen */
} Parameter;

/** Widgets stand in the order in which they are shown. */
struct Dashboard {
    Str name, place; /* the screen that shows it */
    Label label;
    Str *roles; /* who is shown it */
    size_t role_count;
    const Object **counts; /* of which is said how many the reader's narrowing keeps */
    size_t count_count;
    Parameter *parameters;
    size_t parameter_count;
    Widget *widgets;
    size_t widget_count;
    json_t *definition; /* which logic, conditions and takes borrow from */
};

/** All of them, in the order of their files. */
struct Dashboards {
    Dashboard *items;
    size_t count;
};

/** From the first instant to the one after the last. */
typedef struct Period {
    int64_t start, end;
    int64_t last; /* the instant that tells how it ended, or now */
} Period;

/** What a parameter's value means: the record chosen, and those below it. */
typedef struct Meant {
    const Id *ids;
    size_t count;
} Meant;

/** One request: whose, with which values. */
typedef struct View {
    const Dashboard *dashboard;
    Context *context;
    Id records[PARAMETERS_MOST];                 /* none: not narrowed */
    Meant meant[PARAMETERS_MOST];                /* of parameters with `below` */
    const PeriodChoice *chosen[PARAMETERS_MOST]; /* of parameters of periods */
    Period periods[PERIODS_MOST];                /* of the last parameter of periods */
    size_t period_count;
} View;

/** A widget in a request: what narrows it, and what it had to ignore. */
typedef struct Shown {
    const View *view;
    const Widget *widget;
    const Condition *narrow[PARAMETERS_MOST];
    Str narrow_text[PARAMETERS_MOST];
    size_t narrow_count;
    const Field *past[PARAMETERS_MOST]; /* fields that must have held … */
    Id past_values[PARAMETERS_MOST];    /* … these records at the end of the period counted */
    size_t past_count;
    Str ignored[PARAMETERS_MOST]; /* parameters that were given and say nothing about it */
    size_t ignored_count;
} Shown;

/** One bar, cell or point: the values that its records share, and what is said of them. */
typedef struct Group {
    size_t period; /* of view->periods */
    Value by[GROUP_FIELDS_MOST];
    int64_t records;  /* all of them */
    int64_t measured; /* those that have the measured value */
    double sum;       /* of the measured values */
    int64_t distinct; /* different ones among them */
} Group;

/** What a widget of groups comes to, by periods and then by the values of the groups. */
typedef struct Figures {
    Group *items;
    size_t count;
    Titles titles[GROUP_FIELDS_MOST]; /* of the records that groups are counted by */
} Figures;

/** What one of the two groups of a comparison comes to. */
typedef struct ChangeSide {
    Str title; /* in the reader's language */
    int64_t records, measured;
    double sum, squares;    /* of the measured changes, and of their squares */
    bool told;              /* measured in enough records for a mean */
    double mean, deviation; /* meaningless unless told */
    Str filter;             /* the records, as JSON Logic */
} ChangeSide;
enum { CHANGE_WITH, CHANGE_WITHOUT, CHANGE_SIDES };

/* ---- dashboard.c ---- */

/** False for a widget about what the actor may not read, or grouped by what is hidden from them. */
bool dashboard_widget_readable(const Widget *widget, const Context *context);
/** The query of a list widget; it borrows `own` and `shown`, which hold the filter "own". */
void dashboard_list_query(const Shown *shown, ListFilter *own, ListQuery *out);

/* ---- dashboard_parameters.c ---- */

/** Reads "parameters" against the model. */
void dashboard_read_parameters(Arena *arena, const Model *model, Str file, const json_t *definition,
                               Problem *problem, Dashboard *out);
/** Takes the values of a request; STATUS_INVALID with every one that does not fit. */
MUST_USE Status dashboard_view(const Dashboard *dashboard, Context *context,
                               const DashboardArgument *arguments, size_t count, View *out);
/** What of the parameters concerns the widget. */
MUST_USE Status dashboard_narrow(const View *view, const Widget *widget, Shown *out);
/** Writes "parameters": what may be chosen and what is. */
MUST_USE Status dashboard_write_parameters(const View *view, JsonWriter *json);

/* ---- dashboard_below.c ---- */

/** Fills view->meant: for each value of a parameter with `below` all that it stands for.
 * STATUS_INVALID with the problem told where that is more than a condition can hold. */
MUST_USE Status dashboard_read_below(View *view);

/* ---- dashboard_kept.c ---- */

/** Writes "kept" where readers narrowed by a record: of each object that the dashboard counts how
 * many records are left, of how many, and the filter that shows them. */
MUST_USE Status dashboard_write_kept(const View *view, JsonWriter *json);

/* ---- dashboard_filter.c ---- */

/** Adds the widget's own condition and what narrows it; TRUE where there is nothing. */
MUST_USE Status dashboard_add_condition(const Shown *shown, Sql *sql, Str alias);
/** "filter" of what was counted, with `parts` of JSON Logic besides; nothing where all counts. */
void dashboard_write_filter(const Shown *shown, const Str *parts, size_t count, JsonWriter *json);
/** {"==": [{"var": "owner"}, "0193…"]} */
Str dashboard_equality(Arena *arena, const Field *field, const Value *value);
/** Adds CASE … END that turns the codes of a choice into their ranks. */
void dashboard_add_rank(Sql *sql, const Field *field, Str value);

/* ---- dashboard_figures.c and dashboard_compare.c ---- */

/** Reads the groups that have something to tell, with the titles of what they are counted by. */
MUST_USE Status dashboard_read_figures(const Shown *shown, Figures *out);
/** What people call the value of the group's field `index`; empty when it has none to show. */
Str dashboard_group_title(const Shown *shown, const Figures *figures, const Group *group,
                          size_t index);
/** Reads the two sides of a comparison, CHANGE_WITH and CHANGE_WITHOUT. */
MUST_USE Status dashboard_read_sides(const Shown *shown, ChangeSide out[CHANGE_SIDES]);
/** Writes "groups", and "periods" of a widget over periods. */
MUST_USE Status dashboard_write_groups(const Shown *shown, JsonWriter *json);
/** Writes the two "groups" of a widget that compares what changed after an event. */
MUST_USE Status dashboard_write_comparison(const Shown *shown, JsonWriter *json);

#endif

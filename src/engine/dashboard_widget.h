/* What dashboards are made of, for dashboard_read.c, which fills it, and dashboard.c, which shows
 * it. */
#ifndef ONDO_ENGINE_DASHBOARD_WIDGET_H
#define ONDO_ENGINE_DASHBOARD_WIDGET_H

#include "condition.h"
#include "dashboard.h"

enum { GROUP_FIELDS_MOST = 2 };

/**
 * One figure or list. Everything is checked when it is loaded; nothing but the actor varies later.
 */
typedef struct Widget {
    Str name, form;
    Label label, help;
    const Object *object;
    const Condition *condition; /* NULL: all */
    const json_t *logic;        /* the same, as it stands in the definition */
    bool own;
    ListSort sorts[LIST_SORTS_MOST];
    size_t sort_count;
    const Field **fields, **expand, **group;
    size_t field_count, expand_count, group_count;
    ListPart *parts;
    size_t part_count;
    Str field_names, expand_names; /* as a request's ?fields and ?expand */
    int64_t limit;
} Widget;

/** Widgets stand in the order in which they are shown. */
struct Dashboard {
    Str name, place;
    Label label;
    Str *roles;
    size_t role_count;
    Widget *widgets;
    size_t widget_count;
};

/** All of them, in the order of their files. */
struct Dashboards {
    Dashboard *items;
    size_t count;
};

#endif

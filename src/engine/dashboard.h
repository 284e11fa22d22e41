/* Dashboards: lists and grouped measures of records, as data. Every number comes with its filter.
 */
#ifndef ONDO_ENGINE_DASHBOARD_H
#define ONDO_ENGINE_DASHBOARD_H

#include "list.h"

typedef struct Dashboards Dashboards;
typedef struct Dashboard Dashboard;

/**
 * Reads pharma/dashboards/ against the model. STATUS_INVALID with every error; `*out` is to be
 * freed in either case.
 */
MUST_USE Status dashboards_load(Arena *arena, const Model *model, const ModelSource *sources,
                                size_t count, Problem *problem, Dashboards **out);
/** Gives back what the arena does not hold. NULL is allowed. */
void dashboards_free(Dashboards *dashboards);
/** NULL when there is none. */
const Dashboard *dashboards_find(const Dashboards *dashboards, Str name);
/** For listing all of them, in the order of their files. */
size_t dashboards_count(const Dashboards *dashboards);
/** `index` below dashboards_count(). */
const Dashboard *dashboards_at(const Dashboards *dashboards, size_t index);
/** The code in addresses ("morning"), and what people call it. */
Str dashboard_name(const Dashboard *dashboard);
/** The screen that shows it: "today", "team" or "trust". */
Str dashboard_place(const Dashboard *dashboard);
/** By what it can be narrowed: names of its parameters, also of those that only its page gives. */
size_t dashboard_parameter_count(const Dashboard *dashboard);
/** `index` below dashboard_parameter_count(). */
Str dashboard_parameter(const Dashboard *dashboard, size_t index);
/** What people call it; lives as long as the dashboards. */
const Label *dashboard_label(const Dashboard *dashboard);
/** Whether the role is among those that the dashboard is for; one without roles is for everybody.
 */
bool dashboard_is_for(const Dashboard *dashboard, Str role);

/** What a reader narrows a dashboard by: the name of a parameter, and a record's id or a period. */
typedef struct DashboardArgument {
    Str name, value;
} DashboardArgument;

/**
 * Writes {"name","label","widgets":[…]}. A list widget holds "items" and "next" as a list of
 * records does, and the "filter", "sort", "fields" and "expand" by which such a list goes on; a
 * grouped one "groups": [{"by": {field: value}, "titles": {field: text}, "value", "filter"}].
 * Widgets of what the actor may not read are left out. STATUS_INVALID for arguments that are no
 * parameters of the dashboard, or values that they cannot have.
 */
MUST_USE Status dashboard_write(const Dashboard *dashboard, Context *context,
                                const DashboardArgument *arguments, size_t count, JsonWriter *json);

#endif

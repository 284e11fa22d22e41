/* Dashboards over HTTP. What is in one is decided by engine/dashboard.c. */
#include "dashboard.h"
#include "resources.h"

/* Those meant for the reader's role; others can still be asked for by name. */
Status dashboards_list(Call *call) {
    const Dashboards *dashboards = call->business->dashboards;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < dashboards_count(dashboards); i++) {
        const Dashboard *dashboard = dashboards_at(dashboards, i);
        if (!dashboard_is_for(dashboard, role_name(call->actor.role))) continue;
        json_open_object(&call->json);
        json_member_text(&call->json, "name", dashboard_name(dashboard));
        json_member_text(&call->json, "place", dashboard_place(dashboard));
        json_member_text(&call->json, "label",
                         label_in(dashboard_label(dashboard), call->actor.lang));
        json_key(&call->json, STR("parameters"));
        json_open_array(&call->json);
        for (size_t j = 0; j < dashboard_parameter_count(dashboard); j++) {
            json_write_text(&call->json, dashboard_parameter(dashboard, j));
        }
        json_close_array(&call->json);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* Any dashboard may be asked for: its figures are of what the reader may read anyway. */
Status dashboards_read(Call *call) {
    const Dashboard *dashboard = dashboards_find(call->business->dashboards, call->path[0]);
    if (!dashboard) return STATUS_NOT_FOUND;
    DashboardArgument *arguments =
        ARENA_ARRAY(call->arena, call->parameter_count, DashboardArgument);
    for (size_t i = 0; i < call->parameter_count; i++) {
        arguments[i] = (DashboardArgument){call->parameters[i].name, call->parameters[i].value};
    }
    return dashboard_write(dashboard, &call->context, arguments, call->parameter_count,
                           &call->json);
}

/* Dashboards over HTTP. What is in one is decided by engine/dashboard.c. */
#include "figures_export.h"
#include "resources.h"
#include "transfer.h"

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

/* Everything in the query narrows the dashboard, but for the `apart` words that say how to answer.
 */
static void read_arguments(Call *call, const char *const apart[2], DashboardArgument **out,
                           size_t *count) {
    *out = ARENA_ARRAY(call->arena, call->parameter_count + 1, DashboardArgument);
    *count = 0;
    for (size_t i = 0; i < call->parameter_count; i++) {
        const HttpParameter *parameter = &call->parameters[i];
        if (apart && (str_is(parameter->name, apart[0]) || str_is(parameter->name, apart[1]))) {
            continue;
        }
        (*out)[(*count)++] = (DashboardArgument){parameter->name, parameter->value};
    }
}

/* Any dashboard may be asked for: its figures are of what the reader may read anyway. */
Status dashboards_read(Call *call) {
    const Dashboard *dashboard = dashboards_find(call->business->dashboards, call->path[0]);
    if (!dashboard) return STATUS_NOT_FOUND;
    DashboardArgument *arguments;
    size_t count;
    read_arguments(call, NULL, &arguments, &count);
    return dashboard_write(dashboard, &call->context, arguments, count, &call->json);
}

/* As a list is exported (transfer.c): to a file first, and sent at the client's pace. */
Status dashboards_export(Call *call) {
    FiguresRequest request = {
        .dashboard = dashboards_find(call->business->dashboards, call->path[0]),
        .widget = call_parameter(call, "widget"),
        .reason = call->context.reason};
    DashboardArgument *arguments;
    if (!request.dashboard) return STATUS_NOT_FOUND;
    Status status = transfer_form(call, &request.form);
    if (status != STATUS_OK) return status;
    read_arguments(call, (const char *const[]){"format", "widget"}, &arguments,
                   &request.argument_count);
    request.arguments = arguments;
    Str path = transfer_path(call->arena);
    if (str_empty(path)) return STATUS_FAILED;
    Exchange exchange = call_exchange(call);
    status = figures_export_write(&exchange, &request, path.data, &call->problem);
    if (status != STATUS_OK) return status;
    Str name = dashboard_name(request.dashboard);
    if (!str_empty(request.widget)) name = request.widget;
    transfer_send(call, request.form, name, path);
    return STATUS_OK;
}

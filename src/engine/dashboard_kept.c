/*
 * How many records a reader's narrowing keeps. Without it a figure that is small because of a
 * filter looks like one that is small by itself.
 */
#include "access.h"
#include "dashboard_widget.h"

static Status add_narrowing(void *data, Context *context, Sql *sql, Str alias) {
    (void)context; /* the view's own */
    return dashboard_add_condition(data, sql, alias);
}

/* Of a widget that shows all records of the object and knows every parameter. */
static Status write_one(const View *view, const Object *object, JsonWriter *json) {
    Context *context = view->context;
    Widget all = {.object = object, .form = STR("list")};
    Shown shown;
    Status status = dashboard_narrow(view, &all, &shown);
    if (status != STATUS_OK || !shown.narrow_count) return status;
    ListQuery query = {.object = object, .limit = 1};
    int64_t of = 0, kept = 0;
    status = list_count(context, &query, &of);
    query.predicate = add_narrowing;
    query.predicate_data = &shown;
    if (status == STATUS_OK) status = list_count(context, &query, &kept);
    if (status != STATUS_OK) return status;
    json_open_object(json);
    json_member_text(json, "object", object->name);
    json_member_text(json, "label", label_in(&object->plural, context->actor->lang));
    json_member_integer(json, "count", kept);
    json_member_integer(json, "of", of);
    dashboard_write_filter(&shown, NULL, 0, json);
    json_close_object(json);
    return STATUS_OK;
}

static bool is_narrowed(const View *view) {
    for (size_t i = 0; i < view->dashboard->parameter_count; i++) {
        bool chosen = !id_none(view->records[i]);
        if (chosen && !view->dashboard->parameters[i].hidden) return true;
    }
    return false;
}

Status dashboard_write_kept(const View *view, JsonWriter *json) {
    const Dashboard *dashboard = view->dashboard;
    const Actor *actor = view->context->actor;
    Status status = STATUS_OK;
    if (!dashboard->count_count || !is_narrowed(view)) return STATUS_OK;
    json_key(json, STR("kept"));
    json_open_array(json);
    for (size_t i = 0; status == STATUS_OK && i < dashboard->count_count; i++) {
        if (access_scope(actor, dashboard->counts[i], VERB_READ) == SCOPE_NONE) continue;
        status = write_one(view, dashboard->counts[i], json);
    }
    json_close_array(json);
    return status;
}

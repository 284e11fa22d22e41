/*
 * Dashboards are lists and groups that are written down. A widget is a condition, an object and a
 * form; its numbers are counted over what the reader may read, by the same predicate as a list, and
 * each comes with the filter that shows the records behind it.
 */
#include "access.h"
#include "dashboard_widget.h"

/* ---- Lists ---- */

static Status add_condition(void *data, Context *context, Sql *sql, Str alias) {
    (void)context; /* the view's own */
    return dashboard_add_condition(data, sql, alias);
}

/* As a request's parameters, which then continue the list where the widget ends. */
static void write_shown(const Widget *widget, JsonWriter *json) {
    if (!str_empty(widget->field_names)) json_member_text(json, "fields", widget->field_names);
    if (!str_empty(widget->expand_names)) json_member_text(json, "expand", widget->expand_names);
}

/* As a request's ?sort, which then continues the list where the widget ends. */
static void write_sort(const Widget *widget, Arena *arena, JsonWriter *json) {
    Str sort = {0};
    for (size_t i = 0; i < widget->sort_count; i++) {
        sort = str_format(arena, "%.*s%s%s%.*s", STR_ARGS(sort), i ? "," : "",
                          widget->sorts[i].descending ? "-" : "",
                          STR_ARGS(widget->sorts[i].field->name));
    }
    if (!str_empty(sort)) json_member_text(json, "sort", sort);
}

/* The scope "own" is a filter beside the condition, so that its index serves. */
void dashboard_list_query(const Shown *shown, ListFilter *own, ListQuery *out) {
    const Widget *widget = shown->widget;
    *out = (ListQuery){.object = widget->object,
                       .predicate = add_condition,
                       .predicate_data = (void *)shown,
                       .filters = own,
                       .filter_count = widget->own && own->field,
                       .fields = widget->field_count ? widget->fields : NULL,
                       .field_count = widget->field_count,
                       .expand = widget->expand,
                       .expand_count = widget->expand_count,
                       .parts = widget->parts,
                       .part_count = widget->part_count,
                       .sort_count = widget->sort_count,
                       .limit = widget->limit,
                       .total = true};
    memcpy(out->sorts, widget->sorts, sizeof out->sorts);
}

static Status write_list(const Shown *shown, JsonWriter *json) {
    const Widget *widget = shown->widget;
    Context *context = shown->view->context;
    Value me = value_id(context->actor->user);
    ListFilter own = {
        .field = object_field(widget->object, STR("owner")), .values = &me, .count = 1};
    ListQuery query;
    dashboard_list_query(shown, &own, &query);
    dashboard_write_filter(shown, NULL, 0, json);
    write_sort(widget, context->arena, json);
    write_shown(widget, json);
    return list_write_members(context, &query, json);
}

/*
 * A widget about what the reader may not read is left out, and so is one of groups by a field that
 * is hidden from them, which the groups would tell.
 */
bool dashboard_widget_readable(const Widget *widget, const Context *context) {
    const Actor *actor = context->actor;
    const Object *besides[] = {widget->related, widget->event.object};
    if (access_scope(actor, widget->object, VERB_READ) == SCOPE_NONE) return false;
    for (size_t i = 0; i < sizeof besides / sizeof *besides; i++) {
        if (besides[i] && access_scope(actor, besides[i], VERB_READ) == SCOPE_NONE) return false;
    }
    for (size_t i = 0; i < widget->group_count; i++) {
        if (!access_may_read_field(actor, widget->object, widget->group[i])) return false;
    }
    if (widget->at && !access_may_read_field(actor, widget->object, widget->at)) return false;
    return !widget->of || access_may_read_field(actor, widget->object, widget->of);
}

/* What the reader narrowed by and this widget knows nothing of: said, so that nobody is misled. */
static void write_ignored(const Shown *shown, JsonWriter *json) {
    if (!shown->ignored_count) return;
    json_key(json, STR("ignored"));
    json_open_array(json);
    for (size_t i = 0; i < shown->ignored_count; i++) json_write_text(json, shown->ignored[i]);
    json_close_array(json);
}

static Str measure_word(Measure measure) {
    static const Str WORDS[] = {
        [MEASURE_COUNT] = STR_INIT("count"), [MEASURE_DISTINCT] = STR_INIT("distinct"),
        [MEASURE_MEAN] = STR_INIT("mean"),   [MEASURE_SHARE] = STR_INIT("share"),
        [MEASURE_PER] = STR_INIT("per"),     [MEASURE_CHANGE] = STR_INIT("change"),
    };
    return WORDS[measure];
}

/* Of what a mean of ranks is, so that the page can say which step of the scale that is. */
static void write_measure(const Widget *widget, JsonWriter *json) {
    if (str_is(widget->form, "list")) return;
    json_member_text(json, "measure", measure_word(widget->measure));
    if (widget->of) json_member_text(json, "of", widget->of->name);
}

static void write_text_if_any(JsonWriter *json, const char *member, Str text) {
    if (!str_empty(text)) json_member_text(json, member, text);
}

static void write_brief(const WidgetBrief *brief, Lang lang, JsonWriter *json) {
    Str other = label_in(&brief->other, lang), one = label_in(&brief->one, lang);
    if (str_empty(other)) return;
    json_key(json, STR("brief"));
    json_open_object(json);
    if (!str_equal(one, other)) write_text_if_any(json, "one", one);
    json_member_text(json, "other", other);
    if (brief->late) json_member_boolean(json, "late", true);
    json_close_object(json);
}

static void write_words(const Widget *widget, Lang lang, JsonWriter *json) {
    json_member_text(json, "label", label_in(&widget->label, lang));
    write_text_if_any(json, "help", label_in(&widget->help, lang));
    write_text_if_any(json, "empty", label_in(&widget->empty, lang));
    write_text_if_any(json, "icon", widget->icon);
    write_brief(&widget->brief, lang, json);
}

static void write_was(const Widget *widget, JsonWriter *json) {
    const WidgetWas *was = &widget->was;
    if (!was->field) return;
    json_key(json, STR("was"));
    json_open_object(json);
    json_member_text(json, "field", was->field->name);
    json_member_text(json, "of", was->of->name);
    if (was->at) json_member_text(json, "at", was->at->name);
    json_close_object(json);
}

static void write_link(const WidgetLink *link, Lang lang, JsonWriter *json) {
    if (str_empty(link->screen)) return;
    json_key(json, STR("link"));
    json_open_object(json);
    json_member_text(json, "screen", link->screen);
    json_member_text(json, "label", label_in(&link->label, lang));
    if (link->at_end) json_member_boolean(json, "at_end", true);
    json_close_object(json);
}

static Status write_widget(const View *view, const Widget *widget, JsonWriter *json) {
    Shown shown;
    Status status = dashboard_narrow(view, widget, &shown);
    if (status != STATUS_OK) return status;
    json_open_object(json);
    json_member_text(json, "name", widget->name);
    write_words(widget, view->context->actor->lang, json);
    json_member_text(json, "form", widget->form);
    json_member_text(json, "object", widget->object->name);
    if (widget->quiet) json_member_boolean(json, "quiet", true);
    write_was(widget, json);
    if (widget->reasons) json_member_text(json, "reasons", widget->reasons->name);
    write_link(&widget->link, view->context->actor->lang, json);
    write_measure(widget, json);
    write_ignored(&shown, json);
    if (widget->measure == MEASURE_CHANGE) {
        status = dashboard_write_comparison(&shown, json);
    } else if (widget->group_count || widget->over) {
        status = dashboard_write_groups(&shown, json);
    } else {
        status = write_list(&shown, json);
    }
    json_close_object(json);
    return status;
}

/* One answer holds all widgets, read in one snapshot: its numbers agree with each other. */
Status dashboard_write(const Dashboard *dashboard, Context *context,
                       const DashboardArgument *arguments, size_t count, JsonWriter *json) {
    View view;
    Status status = dashboard_view(dashboard, context, arguments, count, &view);
    if (status != STATUS_OK) return status;
    json_open_object(json);
    json_member_text(json, "name", dashboard->name);
    json_member_text(json, "label", label_in(&dashboard->label, context->actor->lang));
    if (dashboard->parameter_count) status = dashboard_write_parameters(&view, json);
    if (status == STATUS_OK) status = dashboard_write_kept(&view, json);
    json_key(json, STR("widgets"));
    json_open_array(json);
    for (size_t i = 0; status == STATUS_OK && i < dashboard->widget_count; i++) {
        if (!dashboard_widget_readable(&dashboard->widgets[i], context)) continue;
        status = write_widget(&view, &dashboard->widgets[i], json);
    }
    json_close_array(json);
    json_close_object(json);
    return status;
}

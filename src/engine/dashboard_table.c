/*
 * Lists and figures as rows and columns. A list shows the record's title, then the fields that the
 * title does not tell already. Figures by a scale (temperatures of each representative) have a
 * column for each of its steps, as people read such tables; all others have a column for the value.
 */
#include "dashboard_table.h"

#include <math.h>
#include <stdlib.h>

#include "collation.h"
#include "dashboard_widget.h"
#include "title.h"
#include "zone.h"

enum { LIST_PAGE = 500 };

static const Field INTEGER = {.type = FIELD_INTEGER};
static const Field DECIMAL = {.type = FIELD_DECIMAL};
static const Field WORDS = {.type = FIELD_TEXT};

/* One table while it is made. */
typedef struct Layout {
    const Shown *shown;
    Context *context;
    const Texts *texts;
    DashboardTable *table;
    size_t capacity; /* rows */
} Layout;

static Str say(const Layout *layout, const char *code) {
    return texts_sentence(layout->texts, layout->context->arena, layout->context->actor->lang,
                          str_of(code), (const Str[PROBLEM_ARGUMENTS]){{0}});
}

/* ---- Rows and columns ---- */

static void add_column(Layout *layout, Str heading, bool number) {
    DashboardTable *table = layout->table;
    if (table->column_count == DASHBOARD_COLUMNS_MOST) return;
    table->columns[table->column_count++] = (DashboardColumn){.heading = heading, .number = number};
}

/* The next row, all of its cells empty. Columns are settled before the first one. */
static DashboardCell *add_row(Layout *layout) {
    DashboardTable *table = layout->table;
    size_t columns = table->column_count;
    if (table->row_count == layout->capacity) {
        layout->capacity = layout->capacity ? layout->capacity * 2 : 64;
        DashboardCell *cells =
            ARENA_ARRAY(layout->context->arena, layout->capacity * columns, DashboardCell);
        if (table->row_count) {
            memcpy(cells, table->cells, table->row_count * columns * sizeof *cells);
        }
        table->cells = cells;
    }
    DashboardCell *row = &table->cells[table->row_count++ * columns];
    memset(row, 0, columns * sizeof *row);
    return row;
}

static DashboardCell text_cell(Str text) {
    return (DashboardCell){.field = &WORDS, .value = value_text(text), .text = text};
}

static DashboardCell integer_cell(Arena *arena, int64_t number) {
    return (DashboardCell){.field = &INTEGER,
                           .value = value_integer(number),
                           .text = str_format(arena, "%lld", (long long)number)};
}

/* Four digits at most: more of a mean would claim what nobody has measured. */
static DashboardCell decimal_cell(Arena *arena, double number) {
    double rounded = round(number * 10000) / 10000;
    return (DashboardCell){.field = &DECIMAL,
                           .value = value_decimal(rounded),
                           .text = str_format(arena, "%.10g", rounded)};
}

/* ---- Lists ---- */

/* Whether the title tells it already, in any language. */
static bool in_title(const Object *object, const Field *field) {
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        Str rest = object->title.in[lang];
        TitlePart part;
        while (rest.size && title_next_part(&rest, &part)) {
            while (part.alternatives.data) {
                if (str_equal(str_cut(&part.alternatives, '|'), field->name)) return true;
            }
        }
    }
    return false;
}

/* What only helps to write a name is no column of its own: readings and Latin letters of it. */
static bool is_part_of_name(const Field *field) {
    return str_ends(field->name, STR("_kana")) || str_ends(field->name, STR("_latin"));
}

static bool is_column(const Layout *layout, const Field *field) {
    const Object *object = layout->table->object;
    return field->type != FIELD_FILE && !in_title(object, field) && !is_part_of_name(field) &&
           access_may_read_field(layout->context->actor, object, field);
}

/* A list as it is laid out: its pages, and the columns behind the title. */
typedef struct ListLayout {
    Layout *layout;
    Record *records;
    size_t count;
    const Field *fields[DASHBOARD_COLUMNS_MOST];
    size_t field_count;
    ListQuery query;
} ListLayout;

static Status take_record(void *data, const Record *record) {
    ListLayout *list = data;
    list->records[list->count++] = *record;
    return STATUS_OK;
}

/* What may be read and is shown, and of that what may leave the house. */
static Status add_scope(void *data, Context *context, Sql *sql, Str alias) {
    const Shown *shown = data;
    access_add_predicate(context, sql, shown->widget->object, alias, VERB_EXPORT);
    sql_add(sql, " AND ");
    return dashboard_add_condition(shown, sql, alias);
}

/* The text of a reference is its record's title, blank where that may not be read. */
static Status add_reference(const ListLayout *list, size_t column, DashboardCell **rows) {
    Context *context = list->layout->context;
    const Field *field = list->fields[column];
    Id *ids = ARENA_ARRAY(context->arena, list->count + 1, Id);
    Titles titles = {0};
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const Value *value = &list->records[i].values[field->index];
        if (value->kind == VALUE_ID) ids[count++] = value->id;
    }
    Status status = titles_read(context, field_target(context->model, field), ids, count,
                                TITLES_OF_ALIVE, &titles);
    for (size_t i = 0; status == STATUS_OK && i < list->count; i++) {
        const Value *value = &list->records[i].values[field->index];
        if (value->kind == VALUE_ID) {
            rows[i][column + 1] = text_cell(titles_find(&titles, value->id));
        }
    }
    return status;
}

static void add_values(const ListLayout *list, const Record *record, DashboardCell *row) {
    Context *context = list->layout->context;
    row[0] = text_cell(record_title(context, record));
    for (size_t i = 0; i < list->field_count; i++) {
        const Field *field = list->fields[i];
        const Value *value = &record->values[field->index];
        row[i + 1] =
            (DashboardCell){.field = field,
                            .value = *value,
                            .text = field_text(context->arena, field, value, context->actor->lang,
                                               context->actor->zone)};
    }
}

static Status add_page(const ListLayout *list) {
    Layout *layout = list->layout;
    size_t first = layout->table->row_count;
    DashboardCell **rows = ARENA_ARRAY(layout->context->arena, list->count + 1, DashboardCell *);
    for (size_t i = 0; i < list->count; i++) add_values(list, &list->records[i], add_row(layout));
    for (size_t i = 0; i < list->count; i++) {
        rows[i] = &layout->table->cells[(first + i) * layout->table->column_count];
    }
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < list->field_count; i++) {
        if (list->fields[i]->type == FIELD_REFERENCE) status = add_reference(list, i, rows);
    }
    return status;
}

/* One page by its cursor, laid out behind the rows that the table has. */
static Status read_page(ListLayout *list, Str *next) {
    Context *context = list->layout->context;
    list->records = ARENA_ARRAY(context->arena, LIST_PAGE, Record);
    list->count = 0;
    list->query.cursor = *next;
    Status status = list_each(context, &list->query, take_record, list, next);
    return status == STATUS_OK ? add_page(list) : status;
}

/* Page after page; what is beyond the last is counted, not read. */
static Status read_pages(ListLayout *list) {
    DashboardTable *table = list->layout->table;
    Status status = STATUS_OK;
    Str next = {0};
    do {
        status = read_page(list, &next);
    } while (status == STATUS_OK && !str_empty(next) && table->row_count < DASHBOARD_TABLE_ROWS);
    if (status != STATUS_OK || str_empty(next)) return status;
    return list_count(list->layout->context, &list->query, &table->total);
}

static void choose_columns(ListLayout *list) {
    Layout *layout = list->layout;
    const Widget *widget = layout->shown->widget;
    add_column(layout, label_in(&widget->object->label, layout->context->actor->lang), false);
    for (size_t i = 0; i < widget->field_count && list->field_count < DASHBOARD_COLUMNS_MOST - 1;
         i++) {
        const Field *field = widget->fields[i];
        if (!is_column(layout, field)) continue;
        list->fields[list->field_count++] = field;
        add_column(layout, label_in(&field->label, layout->context->actor->lang),
                   field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL);
    }
}

/* The columns, and the query of all that the actor may take along; `own` is lent to it. */
static ListLayout list_layout(Layout *layout, ListFilter *own) {
    ListLayout list = {.layout = layout};
    choose_columns(&list);
    dashboard_list_query(layout->shown, own, &list.query);
    list.query.predicate = add_scope;
    list.query.limit = LIST_PAGE;
    list.query.total = false;
    list.query.expand_count = 0;
    return list;
}

static ListFilter own_filter(const Widget *widget, const Value *me) {
    return (ListFilter){
        .field = object_field(widget->object, STR("owner")), .values = me, .count = 1};
}

static Status lay_out_list(Layout *layout, DashboardLists lists) {
    DashboardTable *table = layout->table;
    Value me = value_id(layout->context->actor->user);
    ListFilter own = own_filter(layout->shown->widget, &me);
    ListLayout list = list_layout(layout, &own);
    table->list = true;
    if (lists == DASHBOARD_LISTS_LEFT) {
        table->source = layout->shown;
        return STATUS_OK;
    }
    Status status = read_pages(&list);
    if (!table->total) table->total = (int64_t)table->row_count;
    return status;
}

/* What a page took goes with its arena, so that a list of any length needs the memory of a page. */
static Status hand_on_page(DashboardTable *table, Arena *arena, Str *next, DashboardRows *take,
                           void *data) {
    Context context = *table->source->view->context;
    DashboardTable rows = {.object = table->object,
                           .columns = ARENA_ARRAY(arena, DASHBOARD_COLUMNS_MOST, DashboardColumn)};
    Layout layout = {.shown = table->source, .context = &context, .table = &rows};
    Value me = value_id(context.actor->user);
    ListFilter own = own_filter(table->source->widget, &me);
    context.arena = arena;
    ListLayout list = list_layout(&layout, &own);
    Status status = read_page(&list, next);
    if (status != STATUS_OK) return status;
    table->row_count += rows.row_count;
    table->total = (int64_t)table->row_count;
    return rows.row_count ? take(data, &rows) : STATUS_OK;
}

Status dashboard_table_each(DashboardTable *table, DashboardRows *take, void *data) {
    Buffer cursor CLEANUP(buffer_free) = {0};
    Status status = STATUS_OK;
    do {
        Arena *arena CLEANUP(arena_drop) = arena_new();
        Str next = buffer_str(&cursor);
        status = hand_on_page(table, arena, &next, take, data);
        next = str_copy(arena, next); /* it may lie in the buffer that is about to be written */
        buffer_clear(&cursor);
        if (status == STATUS_OK) buffer_add(&cursor, next);
    } while (status == STATUS_OK && cursor.size);
    return status;
}

/* ---- Figures ---- */

/* "2026-11", "2026 Q4", or the first and the last day of a week: the same in every language. */
static Str period_title(const Layout *layout, const Period *period) {
    Arena *arena = layout->context->arena;
    Str zone = layout->context->actor->zone;
    Date first = zone_date(zone, period->start), last = zone_date(zone, period->end - 1);
    int64_t days = date_to_days(last) - date_to_days(first) + 1;
    if (days <= 7) {
        return str_format(arena, "%.*s – %.*s", STR_ARGS(date_text(arena, first)),
                          STR_ARGS(date_text(arena, last)));
    }
    if (days <= 31) return str_format(arena, "%04d-%02d", first.year, first.month);
    return str_format(arena, "%04d Q%d", first.year, (first.month - 1) / 3 + 1);
}

static const char *measure_code(Measure measure) {
    static const char *const CODES[] = {
        [MEASURE_COUNT] = "figures_count", [MEASURE_DISTINCT] = "figures_distinct",
        [MEASURE_MEAN] = "figures_mean",   [MEASURE_SHARE] = "figures_share",
        [MEASURE_PER] = "figures_per",     [MEASURE_CHANGE] = "figures_change",
    };
    return CODES[measure];
}

static DashboardCell value_cell(const Layout *layout, const Group *group) {
    Arena *arena = layout->context->arena;
    switch (layout->shown->widget->measure) {
        case MEASURE_COUNT: return integer_cell(arena, group->records);
        case MEASURE_DISTINCT: return integer_cell(arena, group->distinct);
        default: return decimal_cell(arena, group->sum / (double)group->measured);
    }
}

static DashboardCell group_cell(const Layout *layout, const Figures *figures, const Group *group,
                                size_t index) {
    Str title = dashboard_group_title(layout->shown, figures, group, index);
    return text_cell(str_empty(title) ? say(layout, "figures_nobody") : title);
}

/* The columns that say which row it is: the period, then `groups` of the fields. */
static void add_leading_columns(Layout *layout, size_t groups) {
    const Widget *widget = layout->shown->widget;
    if (widget->over) add_column(layout, say(layout, "figures_period"), false);
    for (size_t i = 0; i < groups; i++) {
        add_column(layout, label_in(&widget->group[i]->label, layout->context->actor->lang), false);
    }
}

static size_t add_leading_cells(const Layout *layout, const Figures *figures, const Group *group,
                                size_t groups, DashboardCell *row) {
    size_t at = 0;
    if (layout->shown->widget->over) {
        const Period *period = &layout->shown->view->periods[group->period];
        row[at++] = text_cell(period_title(layout, period));
    }
    for (size_t i = 0; i < groups; i++) row[at++] = group_cell(layout, figures, group, i);
    return at;
}

static void lay_out_plain(Layout *layout, const Figures *figures) {
    const Widget *widget = layout->shown->widget;
    bool counted = widget->measure != MEASURE_COUNT;
    add_leading_columns(layout, widget->group_count);
    add_column(layout, say(layout, measure_code(widget->measure)), true);
    if (counted) add_column(layout, say(layout, "figures_n"), true);
    for (size_t i = 0; i < figures->count; i++) {
        const Group *group = &figures->items[i];
        DashboardCell *row = add_row(layout);
        size_t at = add_leading_cells(layout, figures, group, widget->group_count, row);
        row[at] = value_cell(layout, group);
        if (counted) row[at + 1] = integer_cell(layout->context->arena, group->measured);
    }
}

/* The column of a choice: in the order of the list, then one for those without a value. */
static size_t choice_column(const Field *field, const Value *value) {
    for (size_t i = 0; value->kind == VALUE_TEXT && i < field->choice_count; i++) {
        if (str_equal(field->choices[i].code, value->text)) return i;
    }
    return field->choice_count;
}

/* Neighbours in the order of the query that differ in the choice alone stand in one row. */
static bool same_row(const Group *a, const Group *b, size_t groups) {
    if (a->period != b->period) return false;
    for (size_t i = 0; i < groups; i++) {
        if (!value_equal(&a->by[i], &b->by[i])) return false;
    }
    return true;
}

static void lay_out_steps(Layout *layout, const Figures *figures) {
    const Widget *widget = layout->shown->widget;
    Arena *arena = layout->context->arena;
    size_t groups = widget->group_count - 1;
    const Field *scale = widget->group[groups];
    add_leading_columns(layout, groups);
    size_t first = layout->table->column_count, total = first + scale->choice_count + 1;
    for (size_t i = 0; i < scale->choice_count; i++) {
        add_column(layout, label_in(&scale->choices[i].label, layout->context->actor->lang), true);
    }
    add_column(layout, say(layout, "figures_not_set"), true);
    add_column(layout, say(layout, "figures_total"), true);
    const Group *before = NULL;
    DashboardCell *row = NULL;
    for (size_t i = 0; i < figures->count; i++) {
        const Group *group = &figures->items[i];
        if (!before || !same_row(before, group, groups)) {
            row = add_row(layout);
            (void)add_leading_cells(layout, figures, group, groups, row);
            for (size_t j = first; j <= total; j++) row[j] = integer_cell(arena, 0);
        }
        size_t column = first + choice_column(scale, &group->by[groups]);
        row[column] = integer_cell(arena, row[column].value.integer + group->records);
        row[total] = integer_cell(arena, row[total].value.integer + group->records);
        before = group;
    }
}

/* By what people read in the first columns, as their language orders it; numbers never decide. */
typedef struct Ordered {
    Str key;
    size_t row;
} Ordered;

static int compare_rows(const void *a, const void *b) {
    const Ordered *one = a, *other = b;
    int order = str_compare(one->key, other->key);
    if (order) return order;
    return one->row < other->row ? -1 : one->row > other->row;
}

static void order_rows(Layout *layout, size_t leading) {
    DashboardTable *table = layout->table;
    Arena *arena = layout->context->arena;
    size_t columns = table->column_count;
    if (!leading || table->row_count < 2) return;
    Ordered *order = ARENA_ARRAY(arena, table->row_count, Ordered);
    for (size_t i = 0; i < table->row_count; i++) {
        order[i].row = i;
        for (size_t j = 0; j < leading; j++) {
            Str key = collation_key(arena, layout->context->actor->lang,
                                    dashboard_cell(table, i, j)->text);
            order[i].key = str_join(arena, order[i].key, str_join(arena, key, STR("\x01")));
        }
    }
    qsort(order, table->row_count, sizeof *order, compare_rows);
    DashboardCell *cells = ARENA_ARRAY(arena, table->row_count * columns, DashboardCell);
    for (size_t i = 0; i < table->row_count; i++) {
        memcpy(&cells[i * columns], &table->cells[order[i].row * columns], columns * sizeof *cells);
    }
    table->cells = cells;
}

/* A scale of more steps than a sheet shows side by side is read downwards instead. */
static bool has_steps(const Widget *widget) {
    if (!widget->group_count || widget->measure != MEASURE_COUNT) return false;
    if (widget->group_count == 1 && !widget->over) return false;
    const Field *last = widget->group[widget->group_count - 1];
    return last->type == FIELD_CHOICE && last->choice_count + 8 <= DASHBOARD_COLUMNS_MOST;
}

static Status lay_out_figures(Layout *layout) {
    const Widget *widget = layout->shown->widget;
    Figures figures;
    Status status = dashboard_read_figures(layout->shown, &figures);
    if (status != STATUS_OK) return status;
    bool steps = has_steps(widget);
    if (steps) {
        lay_out_steps(layout, &figures);
    } else {
        lay_out_plain(layout, &figures);
    }
    order_rows(layout, widget->over + widget->group_count - steps);
    layout->table->total = (int64_t)layout->table->row_count;
    return STATUS_OK;
}

static Status lay_out_comparison(Layout *layout) {
    Arena *arena = layout->context->arena;
    ChangeSide sides[CHANGE_SIDES];
    Status status = dashboard_read_sides(layout->shown, sides);
    if (status != STATUS_OK) return status;
    add_column(layout, say(layout, "figures_side"), false);
    add_column(layout, say(layout, measure_code(MEASURE_CHANGE)), true);
    add_column(layout, say(layout, "figures_deviation"), true);
    add_column(layout, say(layout, "figures_n"), true);
    add_column(layout, say(layout, "figures_of"), true);
    for (int i = 0; i < CHANGE_SIDES; i++) {
        DashboardCell *row = add_row(layout);
        row[0] = text_cell(sides[i].title);
        if (sides[i].told) row[1] = decimal_cell(arena, sides[i].mean);
        if (sides[i].told && sides[i].measured > 1) {
            row[2] = decimal_cell(arena, sides[i].deviation);
        }
        row[3] = integer_cell(arena, sides[i].measured);
        row[4] = integer_cell(arena, sides[i].records);
    }
    layout->table->total = CHANGE_SIDES;
    return STATUS_OK;
}

/* ---- The whole ---- */

static Status lay_out(const View *view, const Widget *widget, const DashboardTableOptions *options,
                      DashboardTable *out) {
    Arena *arena = view->context->arena;
    Lang lang = view->context->actor->lang;
    Shown *shown = ARENA_NEW(arena, Shown);
    Status status = dashboard_narrow(view, widget, shown);
    if (status != STATUS_OK) return status;
    *out = (DashboardTable){.name = widget->name,
                            .label = label_in(&widget->label, lang),
                            .help = label_in(&widget->help, lang),
                            .object = widget->object,
                            .columns = ARENA_ARRAY(arena, DASHBOARD_COLUMNS_MOST, DashboardColumn)};
    Layout layout = {
        .shown = shown, .context = view->context, .texts = options->texts, .table = out};
    if (widget->measure == MEASURE_CHANGE) return lay_out_comparison(&layout);
    if (widget->group_count || widget->over) return lay_out_figures(&layout);
    return lay_out_list(&layout, options->lists);
}

/* Records themselves leave only with the right to export them; figures about them may be taken
 * along by whoever may see them. */
static bool is_for(const Widget *widget, const Context *context, Str wanted) {
    bool figures = widget->measure == MEASURE_CHANGE || widget->group_count || widget->over;
    if (!str_empty(wanted) && !str_equal(wanted, widget->name)) return false;
    if (!dashboard_widget_readable(widget, context)) return false;
    return figures || access_scope(context->actor, widget->object, VERB_EXPORT) != SCOPE_NONE;
}

static Status add_narrowing(const View *view, size_t index, DashboardTables *out) {
    const Parameter *parameter = &view->dashboard->parameters[index];
    Lang lang = view->context->actor->lang;
    DashboardNarrowing narrowing = {.label = label_in(&parameter->label, lang)};
    if (view->chosen[index]) {
        narrowing.value = label_in(&view->chosen[index]->label, lang);
    } else if (!id_none(view->records[index])) {
        Titles titles = {0};
        Status status = titles_read(view->context, parameter->reference, &view->records[index], 1,
                                    TITLES_OF_ALIVE, &titles);
        if (status != STATUS_OK) return status;
        narrowing.value = titles_find(&titles, view->records[index]);
    } else {
        return STATUS_OK;
    }
    out->narrowed[out->narrowed_count++] = narrowing;
    return STATUS_OK;
}

Status dashboard_tables(const Dashboard *dashboard, Context *context,
                        const DashboardTableOptions *options, DashboardTables *out) {
    Arena *arena = context->arena;
    View *view = ARENA_NEW(arena, View);
    Status status = dashboard_view(dashboard, context, options->arguments, options->count, view);
    if (status != STATUS_OK) return status;
    *out = (DashboardTables){
        .label = label_in(&dashboard->label, context->actor->lang),
        .narrowed = ARENA_ARRAY(arena, dashboard->parameter_count + 1, DashboardNarrowing),
        .items = ARENA_ARRAY(arena, dashboard->widget_count + 1, DashboardTable)};
    for (size_t i = 0; status == STATUS_OK && i < dashboard->parameter_count; i++) {
        status = add_narrowing(view, i, out);
    }
    for (size_t i = 0; status == STATUS_OK && i < dashboard->widget_count; i++) {
        if (!is_for(&dashboard->widgets[i], context, options->widget)) continue;
        status = lay_out(view, &dashboard->widgets[i], options, &out->items[out->count]);
        out->count++;
    }
    if (status == STATUS_OK && !str_empty(options->widget) && !out->count) {
        return STATUS_NOT_FOUND;
    }
    return status;
}

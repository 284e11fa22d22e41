/*
 * Query strings of lists. Every name is looked up in the model and against the reader's rights
 * before it gets anywhere near SQL, and all errors are collected: a client that mistyped two names
 * is told of both.
 */
#include "list_query.h"

#include "access.h"
#include "field.h"

/* Parameters have no JSON pointer of their own; they are shown as members of the query. */
static Str pointer_of(Call *call, Str name) {
    return problem_pointer(call->arena, STR(""), name);
}

static size_t count_parts(Str list) {
    size_t parts = 1;
    for (size_t i = 0; i < list.size; i++) parts += list.data[i] == ',';
    return parts;
}

/* A field that the reader may see; otherwise the same error as for one that does not exist. */
static const Field *visible_field(Call *call, const Object *object, Str name, const char *parameter,
                                  const char *code) {
    const Field *field = object_field(object, name);
    if (field && access_may_read_field(&call->actor, object, field)) return field;
    problem_add(&call->problem, pointer_of(call, str_of(parameter)), code, name);
    return NULL;
}

/* A field within an index of several serves as well, if filters fill what stands before it. */
static bool in_index_set(const Object *object, const Field *field) {
    for (size_t i = 0; i < object->index_set_count; i++) {
        for (const Str *name = object->index_sets[i]; !str_empty(*name); name++) {
            if (str_equal(*name, field->name)) return true;
        }
    }
    return false;
}

/*
 * Only by what an index serves; a list that sorts a whole table for a page would be slow for all.
 */
static void read_sort(Call *call, const Object *object, Str text, ListQuery *query) {
    for (Str rest = text; rest.data;) {
        Str name = str_trim(str_cut(&rest, ','));
        bool descending = str_starts(name, STR("-"));
        if (descending) name = str_part(name, 1, name.size);
        bool by_creation = str_is(name, "id") || str_is(name, "created_at"); /* ids ascend */
        if (by_creation && query->sort_count < LIST_SORTS_MOST) {
            query->sorts[query->sort_count++] = (ListSort){.descending = descending};
        }
        if (by_creation) continue;
        const Field *field = visible_field(call, object, name, "sort", "sort_unknown");
        if (!field) continue;
        bool sortable = field->indexed || field->unique || in_index_set(object, field);
        if (!sortable || query->sort_count == LIST_SORTS_MOST) {
            problem_add(&call->problem, STR("/sort"), "sort_unknown", name);
            continue;
        }
        query->sorts[query->sort_count++] = (ListSort){.field = field, .descending = descending};
    }
}

/* Those that every record's head has are there in any case. */
static bool in_head(Str name) {
    return str_is(name, "id") || str_is(name, "version") || str_is(name, "title");
}

/* "primary_hco.name": of what the reference leads to, this field. */
static bool read_part(Call *call, const Object *object, Str name, ListPart *out) {
    Str rest = name, first = str_cut(&rest, '.');
    const Field *reference = visible_field(call, object, first, "fields", "unknown_field");
    if (!reference) return false;
    if (reference->type != FIELD_REFERENCE) {
        problem_add(&call->problem, STR("/fields"), "unknown_field", name);
        return false;
    }
    *out = (ListPart){.reference = reference};
    if (in_head(rest)) return true;
    const Object *target = field_target(call->context.model, reference);
    out->field = visible_field(call, target, rest, "fields", "unknown_field");
    return out->field != NULL;
}

static void read_fields(Call *call, const Object *object, Str text, ListQuery *query) {
    const Field **fields = ARENA_ARRAY(call->arena, count_parts(text), const Field *);
    ListPart *parts = ARENA_ARRAY(call->arena, count_parts(text), ListPart);
    for (Str rest = text; rest.data;) {
        Str name = str_trim(str_cut(&rest, ','));
        if (in_head(name)) continue;
        if (str_find(name, '.') < name.size) {
            query->part_count += read_part(call, object, name, &parts[query->part_count]);
            continue;
        }
        const Field *field = visible_field(call, object, name, "fields", "unknown_field");
        if (field) fields[query->field_count++] = field;
    }
    query->fields = fields;
    query->parts = parts;
}

/* A part of a related record can only be shown beside it, so it need not be asked for twice. */
static void expand_parts(Call *call, ListQuery *query) {
    size_t most = query->expand_count + query->part_count;
    const Field **expand = ARENA_ARRAY(call->arena, most, const Field *);
    for (size_t i = 0; i < query->expand_count; i++) expand[i] = query->expand[i];
    for (size_t i = 0; i < query->part_count; i++) {
        size_t at = 0;
        while (at < query->expand_count && expand[at] != query->parts[i].reference) at++;
        if (at == query->expand_count) expand[query->expand_count++] = query->parts[i].reference;
    }
    query->expand = expand;
}

/* One reference deep: a list that could be expanded for ever would be read by nobody. */
static void read_expand(Call *call, const Object *object, Str text, const Field ***out,
                        size_t *count) {
    const Field **fields = ARENA_ARRAY(call->arena, count_parts(text), const Field *);
    *count = 0;
    for (Str rest = text; rest.data;) {
        Str name = str_trim(str_cut(&rest, ','));
        const Field *field = visible_field(call, object, name, "expand", "unknown_field");
        if (!field) continue;
        if (field->type == FIELD_REFERENCE) {
            fields[(*count)++] = field;
        } else {
            problem_add(&call->problem, STR("/expand"), "unknown_field", name);
        }
    }
    *out = fields;
}

/* For single records, which take ?expand= and nothing else of a list. */
Status list_query_expand(Call *call, const Object *object, const Field ***out, size_t *count) {
    Str text = call_parameter(call, "expand");
    size_t errors = call->problem.count;
    *out = NULL;
    *count = 0;
    if (!str_empty(text)) read_expand(call, object, text, out, count);
    return call->problem.count == errors ? STATUS_OK : STATUS_INVALID;
}

static Status add_filter(void *data, Context *context, Sql *sql, Str alias) {
    return condition_add_sql(context, data, sql, alias);
}

/* The condition is checked against the model here, so that the error points into the filter. */
static void read_filter(Call *call, const Object *object, Str text, ListAsked *asked) {
    json_t *logic = NULL;
    Problem quiet = problem_new(call->arena);
    if (json_read(text, &quiet, &logic) != STATUS_OK) {
        problem_add(&call->problem, STR("/filter"), "filter_malformed");
        return;
    }
    Status status = condition_parse(call->arena, call->business->model, object, logic,
                                    STR("/filter"), &call->problem, &asked->condition);
    json_decref(logic);
    if (status != STATUS_OK) return;
    asked->query.predicate = add_filter;
    asked->query.predicate_data = (void *)asked->condition;
}

/* One value of a short filter: "me" is the reader; what names no choice or id is an error. */
static bool read_filter_value(Call *call, const Field *field, Str text, Value *out) {
    if (field->type == FIELD_REFERENCE && str_is(text, "me")) {
        *out = value_id(call->actor.user);
        return true;
    }
    if (str_empty(text) || str_is(text, "null")) {
        *out = value_null();
        return true;
    }
    Status status = field_from_text(call->arena, field, text, call->actor.zone,
                                    pointer_of(call, field->name), &call->problem, out);
    if (status != STATUS_OK) return false;
    /* A many-valued field gives a list of one; the filter looks for the item itself. */
    if (field->type == FIELD_CHOICES || field->type == FIELD_TAGS) *out = value_text(text);
    return true;
}

/*
 * ?temperature=skeptical,neutral: any of the values. Unknown parameters end up here as well, and
 * are errors, since a mistyped filter that is ignored shows too much.
 */
static void read_short_filter(Call *call, const Object *object, const HttpParameter *parameter,
                              ListFilter *out) {
    const Field *field =
        visible_field(call, object, parameter->name, str_terminated(call->arena, parameter->name),
                      "unknown_parameter");
    if (!field) return;
    Value *values = ARENA_ARRAY(call->arena, count_parts(parameter->value), Value);
    size_t count = 0;
    for (Str rest = parameter->value; rest.data;) {
        if (!read_filter_value(call, field, str_cut(&rest, ','), &values[count++])) return;
    }
    *out = (ListFilter){.field = field, .values = values, .count = count};
}

/* Anything else is false: a flag in a query is either set or it is not. */
static bool is_true(Str text) {
    return str_is(text, "true") || str_is(text, "1");
}

/* The list's own words first; every other name is taken for a field's. */
static void read_parameter(Call *call, const Object *object, const HttpParameter *parameter,
                           ListAsked *asked, ListFilter *filters) {
    ListQuery *query = &asked->query;
    Str name = parameter->name, value = parameter->value;
    if (str_is(name, "filter")) {
        read_filter(call, object, value, asked);
    } else if (str_is(name, "q")) {
        query->search = value;
    } else if (str_is(name, "sort")) {
        read_sort(call, object, value, query);
    } else if (str_is(name, "fields")) {
        read_fields(call, object, value, query);
    } else if (str_is(name, "expand")) {
        const Field **expand;
        read_expand(call, object, value, &expand, &query->expand_count);
        query->expand = expand;
    } else if (str_is(name, "limit")) {
        call_limit(call, LIST_LIMIT_MOST, &query->limit);
    } else if (str_is(name, "cursor")) {
        query->cursor = value;
    } else if (str_is(name, "total")) {
        query->total = is_true(value);
    } else if (str_is(name, "deleted")) {
        query->deleted = is_true(value);
    } else {
        read_short_filter(call, object, parameter, &filters[query->filter_count++]);
    }
}

Status list_query_read(Call *call, const Object *object, const char *ignored, ListAsked *out) {
    size_t errors = call->problem.count;
    ListFilter *filters = ARENA_ARRAY(call->arena, call->parameter_count, ListFilter);
    *out = (ListAsked){.query = {.object = object, .limit = LIST_LIMIT_DEFAULT}};
    for (size_t i = 0; i < call->parameter_count; i++) {
        if (ignored && str_is(call->parameters[i].name, ignored)) continue;
        read_parameter(call, object, &call->parameters[i], out, filters);
    }
    out->query.filters = filters;
    if (out->query.part_count) expand_parts(call, &out->query);
    return call->problem.count == errors ? STATUS_OK : STATUS_INVALID;
}

/*
 * Who decides at an institution, in one answer: the roles in the order in which a decision goes
 * through them, the people, what to notice about each, and the gaps. Hidden people fill their roles
 * and are counted; nothing else is told of them.
 */
#include "access.h"
#include "institution_temperature.h"
#include "layout.h"
#include "list.h"
#include "resources.h"
#include "titles.h"

enum { STEPS_MOST = 100 };

/* One station of the way that a decision goes. */
typedef struct Step {
    Str role;
    int64_t position;     /* 0: the way does not lead through it */
    const Record *record; /* NULL: as roles are ordered anyway */
} Step;

typedef struct Map {
    Call *call;
    Record hco;
    Stakeholders people;
    const Field *roles;
    Record steps[STEPS_MOST]; /* those of the institution, for any product */
    size_t step_count;
    Id product; /* whose way it is; none: any */
    Titles owners;
} Map;

static Status keep_step(void *data, const Record *record) {
    Map *map = data;
    if (map->step_count < STEPS_MOST) map->steps[map->step_count++] = *record;
    return STATUS_OK;
}

static Status read_steps(Map *map) {
    Call *call = map->call;
    const Object *object = model_object(call->business->model, STR("decision_step"));
    if (!object || access_scope(&call->actor, object, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    Value hco = value_id(map->hco.id);
    ListFilter filter = {.field = object_field(object, STR("hco")), .values = &hco, .count = 1};
    ListQuery query = {
        .object = object, .filters = &filter, .filter_count = 1, .limit = STEPS_MOST};
    Str next;
    return list_each(&call->context, &query, keep_step, map, &next);
}

static Id product_of(const Record *step) {
    const Value *product = record_value(step, STR("product"));
    return product->kind == VALUE_ID ? product->id : (Id){0};
}

/* The product's own way, or else the one for every product, or none. */
static Id way_of(const Map *map) {
    for (size_t i = 0; i < map->step_count; i++) {
        if (id_equal(product_of(&map->steps[i]), map->product)) return map->product;
    }
    return (Id){0};
}

static const Record *step_of(const Map *map, Id way, Str role) {
    for (size_t i = 0; i < map->step_count; i++) {
        const Value *of = record_value(&map->steps[i], STR("decision_role"));
        bool same = of->kind == VALUE_TEXT && str_equal(of->text, role);
        if (same && id_equal(product_of(&map->steps[i]), way)) return &map->steps[i];
    }
    return NULL;
}

static bool has_way(const Map *map, Id way) {
    for (size_t i = 0; i < map->step_count; i++) {
        if (id_equal(product_of(&map->steps[i]), way)) return true;
    }
    return false;
}

static bool goes_before(const Step *a, const Step *b) {
    if (!a->position || !b->position) return a->position > b->position;
    return a->position < b->position;
}

/* Every role once: those of the way in its order, then those that it does not lead through. */
static Step *order_roles(const Map *map, size_t *count) {
    Id way = way_of(map);
    bool own = has_way(map, way);
    Step *steps = ARENA_ARRAY(map->call->arena, map->roles->choice_count, Step);
    *count = 0;
    for (size_t i = 0; i < map->roles->choice_count; i++) {
        const Choice *choice = &map->roles->choices[i];
        const Record *record = step_of(map, way, choice->code);
        if (choice->retired) continue;
        Step step = {.role = choice->code, .record = record};
        step.position = record ? record_value(record, STR("position"))->integer
                        : own  ? 0
                               : choice->rank + 1;
        size_t at = (*count)++;
        for (; at && goes_before(&step, &steps[at - 1]); at--) steps[at] = steps[at - 1];
        steps[at] = step;
    }
    return steps;
}

/* ---- Writing ---- */

static int64_t people_in(const Map *map, Str role) {
    int64_t count = 0;
    for (size_t i = 0; i < map->people.count; i++) {
        if (str_equal(stakeholder_choice(&map->people.items[i], "decision_role"), role)) count++;
    }
    return count;
}

static void write_step(const Map *map, const Step *step) {
    JsonWriter *json = &map->call->json;
    const Value *strategy = step->record ? record_value(step->record, STR("strategy")) : NULL;
    const Choice *choice = field_choice(map->roles, step->role);
    int64_t people = people_in(map, step->role);
    json_open_object(json);
    json_member_text(json, "role", step->role);
    json_member_text(json, "label", label_in(&choice->label, map->call->actor.lang));
    json_member_text_or_null(json, "guidance", label_in(&choice->help, map->call->actor.lang));
    json_member_boolean(json, "on_path", step->position > 0);
    json_member_id_or_null(json, "step", step->record ? step->record->id : (Id){0});
    json_member_integer(json, "version", step->record ? step->record->version : 0);
    json_member_text_or_null(json, "strategy",
                             strategy && strategy->kind == VALUE_TEXT ? strategy->text : (Str){0});
    json_member_integer(json, "people", people);
    json_member_boolean(json, "gap", step->position > 0 && people == 0);
    json_close_object(json);
}

static void write_path(const Map *map) {
    JsonWriter *json = &map->call->json;
    size_t count;
    const Step *steps = order_roles(map, &count);
    Id way = way_of(map);
    json_member_id_or_null(json, "product", map->product);
    json_member_text(json, "path",
                     !has_way(map, way) ? STR("general")
                     : id_none(way)     ? STR("institution")
                                        : STR("product"));
    json_key(json, STR("roles"));
    json_open_array(json);
    for (size_t i = 0; i < count; i++) write_step(map, &steps[i]);
    json_close_array(json);
}

/* What the definition says is to be noticed about a person. */
static Status write_marks(const Map *map, const Record *person) {
    Call *call = map->call;
    size_t count;
    const LayoutMark *marks = layouts_marks(call->business->layouts, person->object, &count);
    json_key(&call->json, STR("marks"));
    json_open_array(&call->json);
    for (size_t i = 0; i < count; i++) {
        bool holds;
        Status status = condition_holds(&call->context, marks[i].condition, person, NULL, &holds);
        if (status != STATUS_OK) return status;
        if (holds) json_write_text(&call->json, marks[i].name);
    }
    json_close_array(&call->json);
    return STATUS_OK;
}

static Id owner_of(const Stakeholder *one) {
    const Value *owner = record_value(one->person, STR("owner"));
    return owner->kind == VALUE_ID ? owner->id : (Id){0};
}

static Status write_person(const Map *map, const Stakeholder *one) {
    Call *call = map->call;
    json_open_object(&call->json);
    stakeholder_write_members(call, one);
    json_member_text_or_null(&call->json, "owner_name", titles_find(&map->owners, owner_of(one)));
    Status status = write_marks(map, one->person);
    json_close_object(&call->json);
    return status;
}

static Status read_owners(Map *map) {
    Call *call = map->call;
    Id *owners = ARENA_ARRAY(call->arena, map->people.count, Id);
    size_t count = 0;
    for (size_t i = 0; i < map->people.count; i++) {
        Id owner = owner_of(&map->people.items[i]);
        if (map->people.items[i].visible && !id_none(owner)) owners[count++] = owner;
    }
    return titles_read(&call->context, model_object(call->business->model, STR("user")), owners,
                       count, TITLES_OF_ALL, &map->owners);
}

static Status write_people(const Map *map) {
    JsonWriter *json = &map->call->json;
    int64_t hidden = 0;
    json_key(json, STR("people"));
    json_open_array(json);
    for (size_t i = 0; i < map->people.count; i++) {
        const Stakeholder *one = &map->people.items[i];
        if (!one->visible) {
            hidden++;
            continue;
        }
        Status status = write_person(map, one);
        if (status != STATUS_OK) return status;
    }
    json_close_array(json);
    json_member_integer(json, "hidden", hidden);
    return STATUS_OK;
}

static Status read_map(Map *map) {
    Call *call = map->call;
    const Model *model = call->business->model;
    Str product = call_parameter(call, "product");
    call->object = model_object(model, STR("hco"));
    map->roles = object_field(model_object(model, STR("affiliation")), STR("decision_role"));
    if (product.data && !id_parse(product, &map->product)) {
        return call_refuse(call, STATUS_INVALID, "/product", "id");
    }
    Status status = record_read(&call->context, call->object, call->id, &map->hco);
    if (status == STATUS_OK) status = read_steps(map);
    if (status == STATUS_OK) status = stakeholders_read(call, &map->hco.id, 1, &map->people);
    return status == STATUS_OK ? read_owners(map) : status;
}

Status institution_map(Call *call) {
    Map *map = ARENA_NEW(call->arena, Map);
    map->call = call;
    Status status = read_map(map);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("hco"));
    json_open_object(&call->json);
    record_write_head(&call->context, &call->json, &map->hco);
    json_close_object(&call->json);
    write_path(map);
    status = write_people(map);
    if (status == STATUS_OK) status = institution_temperature_write(call, &map->hco, &map->people);
    json_close_object(&call->json);
    return status;
}

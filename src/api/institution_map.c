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
    const Record *record; /* what is written about it for the product that is asked for; or NULL */
} Step;

/* The map of an institution while it is gathered. */
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

static int64_t position_of(const Record *step) {
    const Value *position = step ? record_value(step, STR("position")) : NULL;
    return position && position->kind == VALUE_INTEGER ? position->integer : 0;
}

static bool has_way(const Map *map, Id way) {
    for (size_t i = 0; i < map->step_count; i++) {
        const Record *step = &map->steps[i];
        if (position_of(step) && id_equal(product_of(step), way)) return true;
    }
    return false;
}

/* The product's own way, or else the one for every product, or none. */
static Id way_of(const Map *map) {
    return has_way(map, map->product) ? map->product : (Id){0};
}

static const Record *step_of(const Map *map, Id way, Str role) {
    for (size_t i = 0; i < map->step_count; i++) {
        const Value *of = record_value(&map->steps[i], STR("decision_role"));
        bool same = of->kind == VALUE_TEXT && str_equal(of->text, role);
        if (same && id_equal(product_of(&map->steps[i]), way)) return &map->steps[i];
    }
    return NULL;
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
        if (choice->retired) continue;
        Step step = {.role = choice->code, .record = step_of(map, map->product, choice->code)};
        step.position = own ? position_of(step_of(map, way, choice->code)) : choice->rank + 1;
        size_t at = (*count)++;
        for (; at && goes_before(&step, &steps[at - 1]); at--) steps[at] = steps[at - 1];
        steps[at] = step;
    }
    return steps;
}

static Str strategy_in(const Record *step) {
    const Value *strategy = step ? record_value(step, STR("strategy")) : NULL;
    return strategy && strategy->kind == VALUE_TEXT ? strategy->text : (Str){0};
}

/* What was written for the product, or else for the institution. */
static Str strategy_of(const Map *map, const Step *step) {
    Str own = strategy_in(step->record);
    return str_empty(own) ? strategy_in(step_of(map, (Id){0}, step->role)) : own;
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
    const Choice *choice = field_choice(map->roles, step->role);
    int64_t people = people_in(map, step->role);
    json_open_object(json);
    json_member_text(json, "role", step->role);
    json_member_text(json, "label", label_in(&choice->label, map->call->actor.lang));
    json_member_text_or_null(json, "guidance", label_in(&choice->help, map->call->actor.lang));
    json_member_boolean(json, "on_path", step->position > 0);
    json_member_id_or_null(json, "step", step->record ? step->record->id : (Id){0});
    json_member_integer(json, "version", step->record ? step->record->version : 0);
    json_member_text_or_null(json, "strategy", strategy_of(map, step));
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

/* ---- Setting the way ---- */

/* The place of a role in the list that was sent, from 1; 0: it is not in it. */
static int64_t place_of(const json_t *roles, Str role) {
    size_t index;
    const json_t *item;
    json_array_foreach((json_t *)roles, index, item) {
        if (str_equal(json_text(item), role)) return (int64_t)index + 1;
    }
    return 0;
}

/* Each role of the list is one, and stands in it once. */
static Status check_roles(const Map *map, const json_t *roles) {
    Call *call = map->call;
    size_t index;
    const json_t *item;
    if (!json_is_array(roles)) return call_refuse(call, STATUS_INVALID, "/roles", "array_expected");
    json_array_foreach((json_t *)roles, index, item) {
        Str role = json_text(item);
        if (field_choice(map->roles, role) && place_of(roles, role) == (int64_t)index + 1) continue;
        problem_add(&call->problem, STR("/roles"), "definition_unknown_choice", role,
                    map->roles->name);
    }
    return call->problem.count ? STATUS_INVALID : STATUS_OK;
}

static Status set_position(Map *map, Str role, int64_t place) {
    Call *call = map->call;
    const Object *object = model_object(call->business->model, STR("decision_step"));
    const Record *step = step_of(map, map->product, role);
    Record saved;
    json_t *body CLEANUP(json_drop) =
        json_pack("{s:o}", "position", place ? json_integer(place) : json_null());
    if (step) return record_update(&call->context, object, step->id, body, 0, &saved);
    if (!place) return STATUS_OK;
    char hco[ID_TEXT_SIZE], product[ID_TEXT_SIZE];
    id_write(map->hco.id, hco);
    id_write(map->product, product);
    json_object_set_new(body, "hco", json_stringn(hco, ID_TEXT_SIZE));
    json_object_set_new(body, "decision_role", json_stringn(role.data, role.size));
    if (!id_none(map->product)) {
        json_object_set_new(body, "product", json_stringn(product, ID_TEXT_SIZE));
    }
    return record_create(&call->context, object, body, &saved);
}

/* As saves of steps by hand: with the person's rights, and all of them or none. */
Status institution_path_set(Call *call) {
    Map *map = ARENA_NEW(call->arena, Map);
    const json_t *roles = json_object_get(call->body, "roles");
    map->call = call;
    Status status = read_map(map);
    if (status == STATUS_OK) status = check_roles(map, roles);
    for (size_t i = 0; status == STATUS_OK && i < map->roles->choice_count; i++) {
        Str role = map->roles->choices[i].code;
        status = set_position(map, role, place_of(roles, role));
    }
    return status == STATUS_OK ? institution_map(call) : status;
}

/*
 * Reading playbooks. The same code reads a definition in force and one that a run has kept, so a
 * kept one that no longer fits the model is told from one that does. Names become values of
 * records, so they are written as strictly as those of fields.
 */
#include "definition_files.h"
#include "definition_parts.h"
#include "field.h"
#include "playbook.h"

enum { OFFSET_MOST = 10000, SPREAD_MOST = 366, STEPS_MOST = 40 };

/* One file being read; every error is gathered, with its place. */
typedef struct Reader {
    Arena *arena;
    const Model *model;
    Problem *problem;
    const Object *run; /* what conditions and texts are about */
} Reader;

/* ---- Small parts ---- */

static const char *const OFFSET_MEMBERS[] = {"hours", "days", "weeks", "months", NULL};

/* {"hours": 48}, {"days": 7}, {"weeks": 2} or {"months": 1}; one of them. */
static Offset read_offset(const Place *above, const char *member) {
    static const PlaceBounds BOUNDS = {.minimum = 0, .maximum = OFFSET_MOST, .otherwise = -1};
    static const struct {
        const char *name;
        OffsetUnit unit;
        int64_t factor;
    } UNITS[] = {{"hours", OFFSET_HOURS, 1},
                 {"days", OFFSET_DAYS, 1},
                 {"weeks", OFFSET_DAYS, 7},
                 {"months", OFFSET_MONTHS, 1}};
    Place place = place_member(above, member);
    Offset offset = {OFFSET_NONE, 0};
    if (place_absent(&place) || !place_is_object(&place, OFFSET_MEMBERS)) return offset;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        int64_t count = place_integer(&place, UNITS[i].name, BOUNDS);
        if (count < 0) continue;
        if (offset.unit != OFFSET_NONE) place_error(&place, "definition_offset", str_of(member));
        offset = (Offset){UNITS[i].unit, count * UNITS[i].factor};
    }
    if (offset.unit == OFFSET_NONE) place_error(&place, "definition_offset", str_of(member));
    return offset;
}

/* The first reference of an object that leads to another; NULL without one. */
static const Field *reference_to(const Object *object, const Object *target) {
    for (size_t i = 0; object && target && i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        if (field->type == FIELD_REFERENCE && str_equal(field->reference, target->name)) {
            return field;
        }
    }
    return NULL;
}

static const Expression *read_expression(Reader *reader, const Place *place) {
    const Expression *expression = NULL;
    if (expression_parse(reader->arena, reader->model, reader->run, place->node,
                         place_pointer(place), reader->problem, &expression) != STATUS_OK) {
        return NULL;
    }
    return expression;
}

/* ---- Steps ---- */

static const char *const STEP_MEMBERS[] = {"step",    "labels", "subject", "guidance", "condition",
                                           "from",    "after",  "ahead",   "every",    "spread",
                                           "settled", "role",   "owner",   "layer",    NULL};

static StepFrom read_from(const Place *item) {
    Str word = place_text(item, "from");
    if (str_empty(word) || str_is(word, "start")) return STEP_FROM_START;
    if (str_is(word, "previous")) return STEP_FROM_PREVIOUS;
    if (!str_is(word, "contact")) place_error(item, "definition_step_from", word);
    return STEP_WITH_CONTACT;
}

/* The choices of who does it: one role, or a person whom the run leads to. */
static void read_who(Reader *reader, const Place *item, PlaybookStep *step) {
    Place owner = place_member(item, "owner");
    step->role = part_text(item, "role");
    const Object *user = model_object(reader->model, STR("user"));
    const Field *roles = user ? object_field(user, STR("role")) : NULL;
    if (!str_empty(step->role) && roles && !field_choice(roles, step->role)) {
        place_error(item, "definition_unknown_role", step->role);
    }
    if (!place_absent(&owner)) step->owner = read_expression(reader, &owner);
}

/* The layers are the choices of approved material, where the business has any. */
static void read_layer(Reader *reader, const Place *item, PlaybookStep *step) {
    const Object *content = model_object(reader->model, STR("content"));
    const Field *layers = content ? object_field(content, STR("layer")) : NULL;
    step->layer = part_text(item, "layer");
    if (str_empty(step->layer) || (layers && field_choice(layers, step->layer))) return;
    place_error(item, "definition_unknown_layer", step->layer);
}

static void read_settled(const Place *item, const Playbook *playbook, PlaybookStep *step) {
    Str word = place_text(item, "settled");
    step->settled_by_contact = str_is(word, "contact");
    bool known = str_empty(word) || str_is(word, "task") || step->settled_by_contact;
    if (!known) place_error(item, "definition_step_from", word);
    bool needs = step->settled_by_contact || step->from == STEP_WITH_CONTACT;
    if (needs && !playbook->contact.object) {
        place_error(item, "definition_step_contact", step->name);
    }
}

static void read_step(Reader *reader, const Playbook *playbook, const Place *item,
                      PlaybookStep *step) {
    static const PlaceBounds SPREAD = {.minimum = 1, .maximum = SPREAD_MOST, .otherwise = 0};
    if (!place_is_object(item, STEP_MEMBERS)) return;
    step->name = part_name(item, "step");
    step->label = part_label_needed(item, "labels");
    step->subject = part_label(item, "subject");
    step->guidance = part_label_needed(item, "guidance");
    step->condition = part_condition(reader->model, reader->run, item, "condition");
    step->from = read_from(item);
    step->after = read_offset(item, "after");
    step->ahead = read_offset(item, "ahead");
    step->every = read_offset(item, "every");
    step->spread = place_integer(item, "spread", SPREAD);
    read_who(reader, item, step);
    read_layer(reader, item, step);
    read_settled(item, playbook, step);
    bool dated = step->from != STEP_WITH_CONTACT;
    bool endless = step->every.unit != OFFSET_NONE && step->every.count == 0;
    if (dated != (step->after.unit != OFFSET_NONE) || endless) {
        place_error(item, "definition_offset", step->name);
    }
}

static void read_steps(Reader *reader, const Place *file, Playbook *playbook) {
    Place list = place_member(file, "steps");
    size_t count = place_count(&list);
    PlaybookStep *steps = ARENA_ARRAY(reader->arena, count, PlaybookStep);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        read_step(reader, playbook, &item, &steps[i]);
        if (!i && steps[i].from == STEP_FROM_PREVIOUS) {
            place_error(&item, "definition_step_from", STR("previous"));
        }
        for (size_t j = 0; j < i; j++) {
            if (str_equal(steps[j].name, steps[i].name)) {
                place_error(&item, "definition_repeated", steps[i].name);
            }
        }
    }
    if (!count || count > STEPS_MOST) place_error(&list, "definition_actions", playbook->name);
    playbook->steps = steps;
    playbook->step_count = count;
}

/* ---- The rest ---- */

static const char *const STOP_MEMBERS[] = {"stop", "labels", "condition", NULL};

static void read_stops(Reader *reader, const Place *file, Playbook *playbook) {
    Place list = place_member(file, "stops");
    size_t count = place_absent(&list) ? 0 : place_count(&list);
    PlaybookStop *stops = ARENA_ARRAY(reader->arena, count, PlaybookStop);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        if (!place_is_object(&item, STOP_MEMBERS)) continue;
        stops[i].name = part_name(&item, "stop");
        stops[i].label = part_label_needed(&item, "labels");
        stops[i].condition = part_condition(reader->model, reader->run, &item, "condition");
    }
    playbook->stops = stops;
    playbook->stop_count = count;
}

static const char *const CONTACT_MEMBERS[] = {"object",     "held_at", "held",
                                              "planned_at", "planned", NULL};

static const Field *read_instant(const Object *object, const Place *place, const char *member) {
    Str name = place_text_needed(place, member);
    const Field *field = object_field(object, name);
    if (field && field->type == FIELD_INSTANT) return field;
    place_error(place, "definition_unknown_field", name);
    return NULL;
}

static void read_contact(Reader *reader, const Place *file, Playbook *playbook) {
    Place place = place_member(file, "contact");
    PlaybookContact *contact = &playbook->contact;
    if (place_absent(&place) || !place_is_object(&place, CONTACT_MEMBERS)) return;
    const Object *object = model_object(reader->model, place_text_needed(&place, "object"));
    contact->reference = reference_to(object, playbook->object);
    if (!object || !contact->reference) {
        place_error(&place, "definition_unknown_object", place_text(&place, "object"));
        return;
    }
    contact->held_at = read_instant(object, &place, "held_at");
    contact->planned_at = read_instant(object, &place, "planned_at");
    contact->held = part_condition(reader->model, object, &place, "held");
    contact->planned = part_condition(reader->model, object, &place, "planned");
    contact->object = object;
}

/* Only fields of tasks, and only what the run leads to: constants would say nothing new. */
static void read_values(Reader *reader, const Place *file, Playbook *playbook) {
    Place place = place_member(file, "values");
    if (place_absent(&place)) return;
    const Object *task = model_object(reader->model, STR("task"));
    PlaybookValue *values = ARENA_ARRAY(reader->arena, json_object_size(place.node), PlaybookValue);
    const char *name;
    json_t *node;
    json_object_foreach((json_t *)place.node, name, node) {
        Place member = place_member(&place, name);
        PlaybookValue *value = &values[playbook->value_count];
        value->field = task ? object_field(task, str_of(name)) : NULL;
        if (!value->field) place_error(&member, "definition_unknown_field", str_of(name));
        value->expression = read_expression(reader, &member);
        if (value->field && value->expression) playbook->value_count++;
    }
    playbook->values = values;
}

static const char *const MEMBERS[] = {"playbook",  "capability", "labels", "help",    "object",
                                      "condition", "by_hand",    "off",    "contact", "steps",
                                      "stops",     "values",     NULL};

/* What the machine itself writes; a business without these has no playbooks. */
static bool find_objects(Reader *reader, const Place *file, Playbook *playbook) {
    Str name = place_text_needed(file, "object");
    playbook->object = model_object(reader->model, name);
    reader->run = model_object(reader->model, STR("playbook_run"));
    playbook->about = reference_to(reader->run, playbook->object);
    const Object *step = model_object(reader->model, STR("playbook_step"));
    const Field *about = playbook->about;
    if (about && step && object_field(step, about->name)) return true;
    place_error(file, "definition_unknown_object", name);
    return false;
}

Status playbook_read(Arena *arena, const Model *model, Str name, const json_t *definition,
                     Problem *problem, Playbook *out) {
    Reader reader = {arena, model, problem, NULL};
    size_t errors = problem->count;
    Place file = place_file(arena, problem, name, definition);
    *out = (Playbook){0};
    if (!place_is_object(&file, MEMBERS)) return STATUS_INVALID;
    out->name = part_name(&file, "playbook");
    out->label = part_label_needed(&file, "labels");
    out->help = part_label(&file, "help");
    out->by_hand = place_flag(&file, "by_hand");
    out->off = place_flag(&file, "off");
    if (!find_objects(&reader, &file, out)) return STATUS_INVALID;
    out->condition = part_condition(model, out->object, &file, "condition");
    read_contact(&reader, &file, out);
    read_steps(&reader, &file, out);
    read_stops(&reader, &file, out);
    read_values(&reader, &file, out);
    out->body = json_compact(arena, definition);
    return problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

Status playbooks_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                      Problem *problem, Playbooks *out) {
    Playbook *items = ARENA_ARRAY(arena, count, Playbook);
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    *out = (Playbooks){.items = items};
    while (definition_files_next(&files)) {
        Playbook *playbook = &items[out->count];
        if (playbook_read(arena, model, files.place.member, files.definition, problem, playbook) !=
            STATUS_OK) {
            continue;
        }
        if (playbooks_find(out, playbook->name)) {
            place_error(&files.place, "definition_repeated", playbook->name);
        }
        out->count++;
    }
    return definition_files_status(&files);
}

const Playbook *playbooks_find(const Playbooks *playbooks, Str name) {
    for (size_t i = 0; i < playbooks->count; i++) {
        if (str_equal(playbooks->items[i].name, name)) return &playbooks->items[i];
    }
    return NULL;
}

const PlaybookStep *playbook_step(const Playbook *playbook, Str name) {
    for (size_t i = 0; i < playbook->step_count; i++) {
        if (str_equal(playbook->steps[i].name, name)) return &playbook->steps[i];
    }
    return NULL;
}

/* A file that cannot be read is complained of when the playbooks are loaded. */
void playbooks_add_choices(const ModelSource *files, size_t count, json_t *lists) {
    json_t *choices = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *definition CLEANUP(json_drop) = NULL;
        if (json_read(files[i].text, NULL, &definition) != STATUS_OK) continue;
        json_t *code = json_object_get(definition, "playbook");
        json_t *labels = json_object_get(definition, "labels");
        if (!code || !labels) continue;
        json_array_append_new(choices, json_pack("{s:O, s:O}", "code", code, "labels", labels));
    }
    json_object_set_new(lists, "playbooks", choices);
}

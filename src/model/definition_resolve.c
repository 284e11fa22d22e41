/*
 * How the objects fit each other: references, children, roll-ups, ownership, sets of fields.
 *
 * What holds afterwards is relied on without further looks by the layers above: a reference has its
 * target, a roll-up its measured field, a chain of ownership its end. So each of them is checked
 * here even where a mistake would only show much later.
 */
#include "definition.h"
#include "field.h"
#include "field_type.h"

/* What the checks of one object need; `file` is the root place of its definition. */
typedef struct Resolution {
    Arena *arena;
    Model *model;
    const Object *object;
    Place file;
} Resolution;

const Field *definition_find_field(const Place *place, const Object *object, Str name) {
    const Field *field = object_field(object, name);
    if (!field) place_error(place, "definition_unknown_field", name, object->name);
    return field;
}

/* The object at `place`; NULL, reported, when there is none. Empty names were reported before. */
static const Object *find_object(const Resolution *resolution, const Place *place, Str name) {
    const Object *object = model_object(resolution->model, name);
    if (!object && !str_empty(name)) place_error(place, "definition_unknown_object", name);
    return object;
}

/* Reports unless `name` is a reference of `from` to the object `to`. */
static void check_reference(const Place *place, const Object *from, Str name, Str to) {
    if (str_empty(name)) return;
    const Field *field = definition_find_field(place, from, name);
    if (!field || (field->type == FIELD_REFERENCE && str_equal(field->reference, to))) return;
    place_error(place, "definition_wrong_reference", name, to);
}

/* Only plain text has a collation key. */
static void check_sort_by(const Resolution *resolution, const Place *place, const Field *field) {
    Place sort_by = place_member(place, "sort_by");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (str_empty(field->sort_by[lang])) continue;
        Place member = place_member(&sort_by, lang_code((Lang)lang).data);
        const Field *source =
            definition_find_field(&member, resolution->object, field->sort_by[lang]);
        if (!source || source->type == FIELD_TEXT) continue;
        place_error(&member, "definition_wrong_type", source->name, STR("text"));
    }
}

static bool is_rollup_code(const Field *field, Str code) {
    if (field->type == FIELD_BOOLEAN) return str_is(code, "true") || str_is(code, "false");
    return field_choice(field, code) != NULL;
}

static void check_rollup_where(const Place *rollup, const Object *over, const Rollup *definition) {
    if (str_empty(definition->where_field)) return;
    Place where = place_member(rollup, "where");
    const Field *field = definition_find_field(&where, over, definition->where_field);
    if (!field) return;
    if (field->type != FIELD_CHOICE && field->type != FIELD_BOOLEAN) {
        place_error(&where, "definition_wrong_type", field->name, STR("choice, boolean"));
        return;
    }
    ((Rollup *)definition)->where_boolean = field->type == FIELD_BOOLEAN;
    for (size_t i = 0; i < definition->where_count; i++) {
        if (is_rollup_code(field, definition->where_codes[i])) continue;
        place_error(&where, "definition_unknown_choice", definition->where_codes[i], field->name);
    }
}

/*
 * A maximum is a value of the measured field, so it has that type; a count is a whole number, of
 * whatever is not empty.
 */
static void check_rollup_measured(const Place *rollup, const Object *over, const Field *field) {
    bool counts = field->rollup->measure == ROLLUP_COUNT;
    if (counts && field->type != FIELD_INTEGER) {
        place_error(rollup, "definition_wrong_type", field->name, STR("integer"));
    }
    Place of = place_member(rollup, "of");
    if (place_absent(&of)) return;
    const Field *measured = definition_find_field(&of, over, field->rollup->of);
    if (!measured || counts) return;
    ((Rollup *)field->rollup)->measured = measured;
    bool fits = field_type_allows(field->type, FIELD_ALLOWS_EXTREMES);
    if (field->rollup->measure == ROLLUP_MEAN) fits = field->type == FIELD_CHOICE;
    if (field->rollup->measure == ROLLUP_SUM) fits = field->type == FIELD_INTEGER;
    if (fits && measured->type == field->type) return;
    place_error(&of, "definition_wrong_type", measured->name, field_type_name(field->type));
}

static void check_codes(const Place *place, const Field *field, const Str *codes, size_t count) {
    for (size_t i = 0; field && i < count; i++) {
        if (field_choice(field, codes[i])) continue;
        place_error(place, "definition_unknown_choice", codes[i], field->name);
    }
}

/* What weighs must be a choice of the records that are averaged. */
static void check_rollup_mean(const Place *rollup, const Object *over, const Rollup *definition) {
    Place left_out = place_member(rollup, "leave_out"), weight = place_member(rollup, "weight");
    if (definition->measure != ROLLUP_MEAN) return;
    check_codes(&left_out, object_field(over, definition->of), definition->left_out,
                definition->left_out_count);
    if (str_empty(definition->weight_field)) return;
    const Field *field = definition_find_field(&weight, over, definition->weight_field);
    if (field && field->type != FIELD_CHOICE) {
        place_error(&weight, "definition_wrong_type", field->name, STR("choice"));
        return;
    }
    Place by = place_member(&weight, "by");
    for (size_t i = 0; i < definition->weight_count; i++) {
        check_codes(&by, field, &definition->weights[i].code, 1);
    }
}

/* The same as another field, unless a field of the same kind says otherwise. */
static void check_same(const Resolution *resolution, const Place *rollup, const Field *field) {
    Place same = place_member(rollup, "same"), unless = place_member(rollup, "unless");
    const Rollup *own = field->rollup;
    const Field *other = definition_find_field(&same, resolution->object, own->same);
    const Field *said = definition_find_field(&unless, resolution->object, own->unless);
    if (other && (!other->rollup || str_empty(other->rollup->object))) {
        place_error(&same, "definition_needs", other->name, STR("rollup"));
    } else if (other && other->type != field->type) {
        place_error(&same, "definition_wrong_type", other->name, field_type_name(field->type));
    }
    if (!said || said->type == field->type) return;
    place_error(&unless, "definition_wrong_type", said->name, field_type_name(field->type));
}

/* A past value has to be one that the field itself could hold. */
static void check_history(const Resolution *resolution, const Place *place, const Field *field) {
    const FieldHistory *history = field->history;
    Place here = place_member(place, "history");
    Place object = place_member(&here, "object"), reference = place_member(&here, "field");
    bool begins = !str_empty(history->value);
    Place value = place_member(&here, begins ? "value" : "before");
    Place at = place_member(&here, "at");
    const Object *over = find_object(resolution, &object, history->object);
    if (!over) return;
    check_reference(&reference, over, history->field, resolution->object->name);
    const Field *told =
        definition_find_field(&value, over, begins ? history->value : history->before);
    if (told && told->type != field->type) {
        place_error(&value, "definition_wrong_type", told->name, field_type_name(field->type));
    }
    const Field *instant = definition_find_field(&at, over, history->at);
    if (instant && instant->type != FIELD_INSTANT) {
        place_error(&at, "definition_wrong_type", instant->name, STR("instant"));
    }
}

/* A roll-up is recomputed by SQL made of these names, so each of them must exist. */
static void check_rollup(const Resolution *resolution, const Place *place, const Field *field) {
    Place rollup = place_member(place, "rollup");
    if (!str_empty(field->rollup->same)) {
        check_same(resolution, &rollup, field);
        return;
    }
    Place object = place_member(&rollup, "object"), reference = place_member(&rollup, "field");
    const Object *over = find_object(resolution, &object, field->rollup->object);
    if (!over) return;
    check_reference(&reference, over, field->rollup->field, resolution->object->name);
    check_rollup_measured(&rollup, over, field);
    check_rollup_where(&rollup, over, field->rollup);
    check_rollup_mean(&rollup, over, field->rollup);
}

static void check_field(const Resolution *resolution, const Place *place, const Field *field) {
    const Field *first = object_field(resolution->object, field->name);
    if (first && first != field) {
        Place name = place_member(place, "name");
        place_error(&name, "definition_repeated", field->name);
    }
    if (field->type == FIELD_REFERENCE) {
        Place reference = place_member(place, "reference");
        find_object(resolution, &reference, field->reference);
        Place initial = place_member(place, "default");
        if (str_is(field->initial_word, "me") && !str_is(field->reference, "user")) {
            place_error(&initial, "definition_wrong_reference", field->name, STR("user"));
        }
    }
    check_sort_by(resolution, place, field);
    if (field->rollup) check_rollup(resolution, place, field);
    if (field->history) check_history(resolution, place, field);
}

static void check_fields(const Resolution *resolution) {
    Place fields = place_member(&resolution->file, "fields");
    for (size_t i = 0; i < resolution->object->field_count; i++) {
        Place item = place_item(&fields, i);
        check_field(resolution, &item, &resolution->object->fields[i]);
    }
}

/* What is copied must fit: the same type and, for references, the same object. */
static void check_copies(const Resolution *resolution, const Place *place, const Object *object,
                         const Child *child) {
    Place copy = place_member(place, "copy");
    for (size_t i = 0; i < child->copy_count; i++) {
        const Field *to = definition_find_field(&copy, object, child->copy_to[i]);
        const Field *from = definition_find_field(&copy, resolution->object, child->copy_from[i]);
        if (!to || !from) continue;
        if (to->type == from->type && str_equal(to->reference, from->reference)) continue;
        place_error(&copy, "definition_wrong_type", from->name, field_type_name(to->type));
    }
}

/* A child's name is a member of the parent's request beside its fields, so they share one set of
 * names. */
static void check_child(const Resolution *resolution, const Place *place, const Child *child) {
    Place name = place_member(place, "name"), object_place = place_member(place, "object");
    if (object_field(resolution->object, child->name)) {
        place_error(&name, "definition_repeated", child->name);
    }
    const Object *object = find_object(resolution, &object_place, child->object);
    if (!object) return;
    Place field = place_member(place, "field"), shorthand = place_member(place, "shorthand");
    check_reference(&field, object, child->field, resolution->object->name);
    if (!str_empty(child->shorthand)) definition_find_field(&shorthand, object, child->shorthand);
    check_copies(resolution, place, object, child);
}

static void check_children(const Resolution *resolution) {
    const Object *object = resolution->object;
    Place children = place_member(&resolution->file, "children");
    for (size_t i = 0; i < object->child_count; i++) {
        Place item = place_item(&children, i);
        for (size_t before = 0; before < i; before++) {
            if (!str_equal(object->children[before].name, object->children[i].name)) continue;
            place_error(&item, "definition_repeated", object->children[i].name);
        }
        check_child(resolution, &item, &object->children[i]);
    }
}

/* What is everybody's already cannot be shared besides. */
static void check_shared(const Resolution *resolution, const Place *place) {
    const Ownership *ownership = &resolution->object->ownership;
    if (str_empty(ownership->shared)) return;
    Place shared = place_member(place, "shared");
    const Field *field = definition_find_field(&shared, resolution->object, ownership->shared);
    if (field && field->type != FIELD_BOOLEAN) {
        place_error(&shared, "definition_wrong_type", field->name, STR("boolean"));
    } else if (field && str_empty(ownership->owner) && !ownership->via_count) {
        place_error(place, "definition_member_missing", STR("owner"));
    }
}

/* The owner is a user, for access compares it with the one who asks. */
static void check_ownership(const Resolution *resolution) {
    const Ownership *ownership = &resolution->object->ownership;
    Place place = place_member(&resolution->file, "ownership");
    Place owner = place_member(&place, "owner"), via = place_member(&place, "via");
    Place reader = place_member(&place, "reader");
    check_reference(&owner, resolution->object, ownership->owner, STR("user"));
    check_reference(&reader, resolution->object, ownership->reader, STR("user"));
    for (size_t i = 0; i < ownership->via_count; i++) {
        const Field *field = definition_find_field(&via, resolution->object, ownership->via[i]);
        if (!field || field->type == FIELD_REFERENCE) continue;
        place_error(&via, "definition_wrong_type", field->name, STR("reference"));
    }
    check_shared(resolution, &place);
}

static void check_timeline(const Resolution *resolution) {
    Str name = resolution->object->timeline_at;
    if (str_empty(name)) return;
    Place place = place_member(&resolution->file, "timeline_at");
    const Field *field = definition_find_field(&place, resolution->object, name);
    if (!field || field->type == FIELD_INSTANT || field->type == FIELD_DATE) return;
    place_error(&place, "definition_wrong_type", name, STR("instant, date"));
}

/* Columns of every record that a set of an index may name beside the fields. */
static bool is_common_column(Str name) {
    return str_is(name, "created_at") || str_is(name, "updated_at") || str_is(name, "id") ||
           str_is(name, "deleted_at");
}

/* Types that cannot be indexed alone cannot be indexed together either. */
static void check_set(const Place *place, const Object *object, const Str *names,
                      FieldAllowance allowance) {
    for (; !str_empty(*names); names++) {
        if (allowance == FIELD_ALLOWS_INDEX && is_common_column(*names)) continue;
        const Field *field = definition_find_field(place, object, *names);
        if (!field) continue;
        if (field_type_allows(field->type, allowance)) continue;
        place_error(place, "definition_not_for_type", place->above->member,
                    field_type_name(field->type));
    }
}

/* Fields that are unique together, and fields that an index holds together. */
static void check_sets(const Resolution *resolution) {
    const Object *object = resolution->object;
    Place unique = place_member(&resolution->file, "unique");
    Place indexes = place_member(&resolution->file, "indexes");
    for (size_t i = 0; i < object->unique_set_count; i++) {
        Place item = place_item(&unique, i);
        check_set(&item, object, object->unique_sets[i], FIELD_ALLOWS_UNIQUE);
    }
    for (size_t i = 0; i < object->index_set_count; i++) {
        Place item = place_item(&indexes, i);
        check_set(&item, object, object->index_sets[i], FIELD_ALLOWS_INDEX);
    }
}

/* ---- Chains of ownership must end ---- */

enum { NOT_SEEN, ON_THE_WAY, ENDS };

/*
 * Follows the chain from an object; true when it comes back to one on the way, or is longer than
 * access follows it. `states` holds one entry for each object.
 */
static bool chain_returns(const Model *model, const Object *object, int *states, int depth) {
    if (depth == OWNERSHIP_STEPS_MOST) return true;
    if (states[object->index] != NOT_SEEN) return states[object->index] == ON_THE_WAY;
    states[object->index] = ON_THE_WAY;
    for (size_t i = 0; i < object->ownership.via_count; i++) {
        const Field *field = object_field(object, object->ownership.via[i]);
        const Object *next = field ? field_target(model, field) : NULL;
        if (next && chain_returns(model, next, states, depth + 1)) return true;
    }
    states[object->index] = ENDS;
    return false;
}

static void check_chain(const Resolution *resolution) {
    ArenaMark mark = arena_mark(resolution->arena);
    int *states = ARENA_ARRAY(resolution->arena, resolution->model->count, int);
    bool returns = chain_returns(resolution->model, resolution->object, states, 0);
    Place place = place_member(&resolution->file, "ownership");
    Place via = place_member(&place, "via");
    arena_rewind(resolution->arena, mark);
    if (returns) place_error(&via, "definition_cycle", resolution->object->name);
}

/* ---- Which roll-ups a change may alter ---- */

/* What is the same as another takes its measure over, once that is known to be right. */
static void share_measures(const Object *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        Rollup *rollup = (Rollup *)object->fields[i].rollup;
        const Field *other = rollup ? object_field(object, rollup->same) : NULL;
        if (!other || !other->rollup || !str_empty(other->rollup->same)) continue;
        Str same = rollup->same, unless = rollup->unless;
        *rollup = *other->rollup;
        rollup->same = same;
        rollup->unless = unless;
    }
}

/* Adds the roll-ups of one object to the lists of those that they are kept from. */
static void note_object(Arena *arena, Model *model, const Object *object) {
    for (size_t i = 0; i < object->field_count; i++) {
        const Field *field = &object->fields[i];
        const Object *over = field->rollup ? model_object(model, field->rollup->object) : NULL;
        if (!over) continue;
        size_t count = model->rollup_counts[over->index];
        RollupUse *uses = ARENA_ARRAY(arena, count + 1, RollupUse);
        if (count) memcpy(uses, model->rollup_uses[over->index], count * sizeof *uses);
        uses[count] = (RollupUse){.object = object, .field = field};
        model->rollup_uses[over->index] = uses;
        model->rollup_counts[over->index] = count + 1;
    }
}

/* Roll-ups are noted last, when all of them are known to lead somewhere. */
void definition_resolve(Arena *arena, Model *model, Problem *problem) {
    for (size_t i = 0; i < model->count; i++) {
        Resolution resolution = {
            .arena = arena,
            .model = model,
            .object = &model->objects[i],
            .file = place_file(arena, problem, model->files[i], model->objects[i].definition)};
        check_fields(&resolution);
        check_children(&resolution);
        check_ownership(&resolution);
        check_timeline(&resolution);
        check_sets(&resolution);
        check_chain(&resolution);
        definition_check_title(&resolution.file, resolution.object);
        definition_check_layouts(&resolution.file, resolution.object);
    }
    for (size_t i = 0; i < model->count; i++) share_measures(&model->objects[i]);
    for (size_t i = 0; i < model->count; i++) note_object(arena, model, &model->objects[i]);
}

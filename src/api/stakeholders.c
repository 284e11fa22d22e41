/*
 * Everybody is read as the system, and then asked which of them the reader may see: a role that
 * only hidden people fill is no gap, and an institution's temperature is made of all its people.
 * A handful of queries, however many institutions.
 */
#include "stakeholders.h"

#include "access.h"
#include "clock.h"
#include "field.h"
#include "list.h"
#include "system_actor.h"
#include "zone.h"

/* Records found, in the call's arena. */
typedef struct Found {
    Arena *arena;
    Record *items;
    size_t count, capacity;
} Found;

static Status keep_record(void *data, const Record *record) {
    Found *found = data;
    if (found->count == found->capacity) {
        found->capacity = found->capacity ? found->capacity * 2 : 64;
        Record *items = ARENA_ARRAY(found->arena, found->capacity, Record);
        if (found->count) memcpy(items, found->items, found->count * sizeof *items);
        found->items = items;
    }
    found->items[found->count++] = *record;
    return STATUS_OK;
}

/* All pages of a list, one after the other. */
static Status read_all(Context *context, ListQuery *query, Found *found) {
    query->limit = LIST_LIMIT_MOST;
    for (;;) {
        Str next;
        Status status = list_each(context, query, keep_record, found, &next);
        if (status != STATUS_OK || str_empty(next)) return status;
        query->cursor = next;
    }
}

/* Those of an object whose reference leads to one of the ids. */
static Status read_referring(Context *context, const char *name, const char *reference,
                             const Value *ids, size_t count, Found *found) {
    const Object *object = model_object(context->model, str_of(name));
    ListFilter filter = {
        .field = object_field(object, str_of(reference)), .values = ids, .count = count};
    ListQuery query = {.object = object, .filters = &filter, .filter_count = 1};
    return read_all(context, &query, found);
}

/* Ids as a statement takes them. */
typedef struct IdList {
    const Value *ids;
    size_t count;
} IdList;

static Status add_ids(void *data, Context *context, Sql *sql, Str alias) {
    const IdList *list = data;
    (void)context;
    sql_add_column(sql, alias, STR("id"));
    sql_add(sql, " IN (");
    for (size_t i = 0; i < list->count; i++) {
        if (i) sql_add(sql, ", ");
        sql_bind(sql, list->ids[i]);
    }
    sql_add(sql, ")");
    return STATUS_OK;
}

/* SQL has room for so many ids at once. */
enum { IDS_AT_ONCE = 500 };

static Status read_by_id(Context *context, const Value *ids, size_t count, Found *found) {
    const Object *object = model_object(context->model, STR("hcp"));
    for (size_t from = 0; from < count; from += IDS_AT_ONCE) {
        size_t rest = count - from;
        IdList list = {.ids = ids + from, .count = rest < IDS_AT_ONCE ? rest : IDS_AT_ONCE};
        ListQuery query = {.object = object, .predicate = add_ids, .predicate_data = &list};
        Status status = read_all(context, &query, found);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static const Record *find_record(const Found *found, Id id) {
    for (size_t i = 0; i < found->count; i++) {
        if (id_equal(found->items[i].id, id)) return &found->items[i];
    }
    return NULL;
}

static Id reference_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

/* Those that affiliations name and that were not found by their main institution. */
static Status read_affiliated(Context *context, const Found *affiliations, Found *people) {
    Value *ids = ARENA_ARRAY(context->arena, affiliations->count, Value);
    size_t count = 0;
    for (size_t i = 0; i < affiliations->count; i++) {
        Id id = reference_of(&affiliations->items[i], "hcp");
        if (!find_record(people, id)) ids[count++] = value_id(id);
    }
    return read_by_id(context, ids, count, people);
}

/* ---- Putting them together ---- */

static Stakeholder *find_here(const Stakeholders *all, Id hco, Id hcp) {
    for (size_t i = 0; i < all->count; i++) {
        Stakeholder *one = &all->items[i];
        if (id_equal(one->hco, hco) && id_equal(one->person->id, hcp)) return one;
    }
    return NULL;
}

static bool has_ended(const Call *call, const Record *affiliation) {
    const Value *to = record_value(affiliation, STR("to"));
    Str today = date_text(call->arena, zone_date(call->actor.zone, call->context.now));
    return to->kind == VALUE_TEXT && str_compare(to->text, today) < 0;
}

/* Of two affiliations at one institution the one with a role in its decisions says more. */
static void join_affiliation(const Call *call, const Record *affiliation, const Found *people,
                             Stakeholders *out) {
    Id hco = reference_of(affiliation, "hco"), hcp = reference_of(affiliation, "hcp");
    const Record *person = find_record(people, hcp);
    if (!person || has_ended(call, affiliation)) return;
    Stakeholder *one = find_here(out, hco, hcp);
    if (!one) {
        one = &out->items[out->count++];
        *one = (Stakeholder){.hco = hco, .person = person};
    }
    if (one->affiliation && value_is_null(record_value(affiliation, STR("decision_role")))) return;
    one->affiliation = affiliation;
}

static void join(const Call *call, const Found *people, const Found *affiliations,
                 const Value *hcos, size_t hco_count, Stakeholders *out) {
    out->items = ARENA_ARRAY(call->arena, people->count + affiliations->count, Stakeholder);
    for (size_t i = 0; i < people->count; i++) {
        Id hco = reference_of(&people->items[i], "primary_hco");
        for (size_t at = 0; at < hco_count; at++) {
            if (!id_equal(hcos[at].id, hco)) continue;
            out->items[out->count++] =
                (Stakeholder){.hco = hco, .person = &people->items[i], .main = true};
            break;
        }
    }
    for (size_t i = 0; i < affiliations->count; i++) {
        join_affiliation(call, &affiliations->items[i], people, out);
    }
}

/* The same question that a list answers: which of them are the reader's to see. */
static Status mark_visible(Call *call, const Found *people, Stakeholders *out) {
    Found seen = {.arena = call->arena};
    Value *ids = ARENA_ARRAY(call->arena, people->count, Value);
    for (size_t i = 0; i < people->count; i++) ids[i] = value_id(people->items[i].id);
    Status status = read_by_id(&call->context, ids, people->count, &seen);
    for (size_t i = 0; i < out->count && status == STATUS_OK; i++) {
        out->items[i].visible = find_record(&seen, out->items[i].person->id) != NULL;
    }
    return status;
}

Status stakeholders_read(Call *call, const Id *hcos, size_t count, Stakeholders *out) {
    SystemActor storage;
    Context *system = system_actor(&call->context, &storage);
    Found people = {.arena = call->arena}, affiliations = {.arena = call->arena};
    Value *ids = ARENA_ARRAY(call->arena, count, Value);
    for (size_t i = 0; i < count; i++) ids[i] = value_id(hcos[i]);
    *out = (Stakeholders){0};
    if (!count) return STATUS_OK;
    Status status = read_referring(system, "hcp", "primary_hco", ids, count, &people);
    if (status == STATUS_OK) {
        status = read_referring(system, "affiliation", "hco", ids, count, &affiliations);
    }
    if (status == STATUS_OK) status = read_affiliated(system, &affiliations, &people);
    if (status != STATUS_OK) return status;
    join(call, &people, &affiliations, ids, count, out);
    return mark_visible(call, &people, out);
}

/* ---- One of them ---- */

Str stakeholder_choice(const Stakeholder *one, const char *field) {
    if (!one->affiliation) return (Str){0};
    const Value *value = record_value(one->affiliation, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

Str stakeholder_influence(const Stakeholder *one) {
    Str here = stakeholder_choice(one, "influence");
    const Value *general = record_value(one->person, STR("influence_on_doctors"));
    if (!str_empty(here) || general->kind != VALUE_TEXT) return here;
    return general->text;
}

int64_t stakeholder_last_visit(const Stakeholder *one) {
    const Value *last = record_value(one->person, STR("last_visit_at"));
    return last->kind == VALUE_INTEGER ? last->integer : 0;
}

static const char *const PERSON_FIELDS[] = {
    "kind",       "family_name",  "given_name",    "family_kana",
    "given_kana", "family_latin", "given_latin",   "department",
    "position",   "owner",        "temperature",   "temperature_changed_at",
    "kol",        "tier",         "last_visit_at", "next_action_due"};

static void write_fields(Call *call, const Record *record, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const Field *field = object_field(record->object, str_of(names[i]));
        if (!field || !access_may_read_field(&call->actor, record->object, field)) continue;
        json_key(&call->json, field->name);
        field_write_json(&call->json, field, &record->values[field->index]);
    }
}

/* What the reader's role may not see of affiliations is as if nobody had said it. */
static Str readable_choice(Call *call, const Stakeholder *one, const char *name) {
    const Object *object = model_object(call->business->model, STR("affiliation"));
    const Field *field = object_field(object, str_of(name));
    bool readable = field && access_scope(&call->actor, object, VERB_READ) != SCOPE_NONE &&
                    access_may_read_field(&call->actor, object, field);
    return readable ? stakeholder_choice(one, name) : (Str){0};
}

void stakeholder_write_members(Call *call, const Stakeholder *one) {
    JsonWriter *json = &call->json;
    const Field *influence = object_field(one->person->object, STR("influence_on_doctors"));
    bool known = influence && access_may_read_field(&call->actor, one->person->object, influence);
    record_write_head(&call->context, json, one->person);
    write_fields(call, one->person, PERSON_FIELDS, sizeof PERSON_FIELDS / sizeof *PERSON_FIELDS);
    json_member_boolean(json, "main", one->main);
    json_member_text_or_null(json, "decision_role", readable_choice(call, one, "decision_role"));
    json_member_text_or_null(json, "stance", readable_choice(call, one, "stance"));
    json_member_text_or_null(json, "influence", known ? stakeholder_influence(one) : (Str){0});
    json_member_id_or_null(json, "affiliation", one->affiliation ? one->affiliation->id : (Id){0});
}

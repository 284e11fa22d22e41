/*
 * A query for every few hundred doctors; whose they are by then decides the plan. What a person is
 * shown before and what is made afterwards come from the same sorting, so they cannot differ but
 * by what others did meanwhile.
 */
#include "handover_start.h"

#include "access.h"
#include "sql.h"

enum { DOCTORS_A_QUERY = 500, NEEDED_KINDS = 3 };

/*
 * All that decides whether and how a doctor is handed over, in one row: whose they are, whether a
 * handover is open, how much of what a successor needs is written down, what is still promised.
 */
static const char DOCTOR_COLUMNS[] =
    "SELECT d.\"id\", d.\"owner\", d.\"tier\", (SELECT COUNT(*) FROM \"handover\" AS h JOIN "
    "\"handover_plan\" AS p ON p.\"id\" = h.\"plan\" WHERE h.\"hcp\" = d.\"id\" AND "
    "h.\"from_user\" "
    "= d.\"owner\" AND p.\"state\" = 'open' AND p.\"deleted_at\" IS NULL AND h.\"deleted_at\" IS "
    "NULL), (SELECT COUNT(DISTINCT m.\"kind\") FROM \"memo\" AS m WHERE m.\"hcp\" = d.\"id\" AND "
    "m.\"kind\" IN ('resonated', 'taboo', 'moment') AND m.\"deleted_at\" IS NULL), (SELECT "
    "COUNT(*) FROM \"promise\" AS q WHERE q.\"hcp\" = d.\"id\" AND q.\"state\" = 'open' AND "
    "q.\"deleted_at\" IS NULL) FROM \"hcp\" AS d WHERE d.\"deleted_at\" IS NULL AND ";

/* How a chosen doctor stands; those that the actor may not change stay without. */
typedef struct Chosen {
    Id id, owner;
    bool found, tier_a;
    int64_t under_way, kinds, promises;
} Chosen;

static int compare_chosen(const void *a, const void *b) {
    return memcmp(((const Chosen *)a)->id.bytes, ((const Chosen *)b)->id.bytes, sizeof(Id));
}

/* Who was chosen twice is handed over once. */
static size_t drop_repeated(Chosen *chosen, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!i || !id_equal(chosen[i].id, chosen[i - 1].id)) chosen[kept++] = chosen[i];
    }
    return kept;
}

/* A row of somebody who was not asked for is no error: the query may be wider than the list. */
static void read_row(const Rows *rows, Chosen *chosen, size_t count) {
    Chosen wanted = {.id = store_column(rows, 0, VALUE_ID).id};
    Chosen *found = bsearch(&wanted, chosen, count, sizeof *chosen, compare_chosen);
    Value owner = store_column(rows, 1, VALUE_ID), tier = store_column(rows, 2, VALUE_TEXT);
    if (!found) return;
    found->found = true;
    found->owner = owner.kind == VALUE_ID ? owner.id : (Id){0};
    found->tier_a = tier.kind == VALUE_TEXT && str_is(tier.text, "A");
    found->under_way = store_column(rows, 3, VALUE_INTEGER).integer;
    found->kinds = store_column(rows, 4, VALUE_INTEGER).integer;
    found->promises = store_column(rows, 5, VALUE_INTEGER).integer;
}

/*
 * Only those whom the actor may change: handing over is a change of the record, whoever may read
 * it.
 */
static Status read_some(Context *context, Chosen *chosen, size_t count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql, DOCTOR_COLUMNS);
    access_add_predicate_of_one(context, &sql, model_object(context->model, STR("hcp")), STR("d"),
                                VERB_UPDATE);
    sql_add(&sql, " AND d.\"id\" IN (");
    for (size_t i = 0; i < count; i++) {
        sql_add(&sql, i ? ", " : "");
        sql_bind(&sql, value_id(chosen[i].id));
    }
    sql_add(&sql, ")");
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        read_row(rows, chosen, count);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Sorted by id, each once, with what the database knows of them. */
static Status read_chosen(Context *context, const Id *doctors, size_t *count, Chosen **out) {
    Chosen *chosen = ARENA_ARRAY(context->arena, *count + 1, Chosen);
    Status status = STATUS_OK;
    for (size_t i = 0; i < *count; i++) chosen[i].id = doctors[i];
    qsort(chosen, *count, sizeof *chosen, compare_chosen);
    *count = drop_repeated(chosen, *count);
    for (size_t i = 0; i < *count && status == STATUS_OK; i += DOCTORS_A_QUERY) {
        size_t some = *count - i < DOCTORS_A_QUERY ? *count - i : DOCTORS_A_QUERY;
        status = read_some(context, chosen + i, some);
    }
    *out = chosen;
    return status;
}

/* Why the doctor is not handed over; NULL when they are. */
static const char *reason_against(const Chosen *chosen, Id to) {
    if (!chosen->found) return "handover_not_allowed";
    if (id_none(chosen->owner)) return "handover_nobodys";
    if (id_equal(chosen->owner, to)) return "handover_theirs_already";
    return chosen->under_way ? "handover_under_way" : NULL;
}

/* Reasons are few and constant texts, so they are compared by their address. */
static void leave(HandoverStart *start, Id doctor, const char *code) {
    HandoverLeft *left = start->left;
    while (left < start->left + start->left_count && left->code != code) left++;
    if (left == start->left + start->left_count) start->left_count++;
    left->code = code;
    left->count++;
    if (left->named_count < HANDOVER_LEFT_NAMED) left->named[left->named_count++] = doctor;
}

/* A plan has one giver and one taker: doctors of several givers make several plans. */
static HandoverGroup *group_of(HandoverStart *start, Id from) {
    for (size_t i = 0; i < start->group_count; i++) {
        if (id_equal(start->groups[i].from, from)) return &start->groups[i];
    }
    HandoverGroup *group = &start->groups[start->group_count++];
    *group = (HandoverGroup){.from = from};
    return group;
}

static void put_in_group(HandoverGroup *group, Arena *arena, const Chosen *chosen) {
    if (group->count == group->capacity) {
        size_t capacity = group->capacity ? group->capacity * 2 : 16;
        Id *doctors = ARENA_ARRAY(arena, capacity, Id);
        if (group->count) memcpy(doctors, group->doctors, group->count * sizeof *doctors);
        group->doctors = doctors;
        group->capacity = capacity;
    }
    group->doctors[group->count++] = chosen->id;
    group->tier_a += chosen->tier_a;
    group->incomplete += chosen->kinds < NEEDED_KINDS;
    group->promises += chosen->promises;
}

Status handover_start_sort(Context *context, const Id *doctors, size_t count, Id to,
                           HandoverStart *out) {
    Chosen *chosen;
    if (count > HANDOVER_START_MOST) {
        problem_add(context->problem, STR(""), "handover_too_many",
                    str_format(context->arena, "%d", HANDOVER_START_MOST));
        return STATUS_INVALID;
    }
    Status status = read_chosen(context, doctors, &count, &chosen);
    if (status != STATUS_OK) return status;
    *out =
        (HandoverStart){.to = to, .groups = ARENA_ARRAY(context->arena, count + 1, HandoverGroup)};
    for (size_t i = 0; i < count; i++) {
        const char *reason = reason_against(&chosen[i], to);
        if (reason) {
            leave(out, chosen[i].id, reason);
        } else {
            put_in_group(group_of(out, chosen[i].owner), context->arena, &chosen[i]);
        }
    }
    return STATUS_OK;
}

/*
 * As a request of a person would say it, so that the plan goes through the same checks as one made
 * by hand.
 */
static json_t *plan_body(const HandoverStart *start, const HandoverGroup *group,
                         const json_t *terms) {
    char text[ID_TEXT_SIZE];
    json_t *body = json_object(), *handovers = json_array();
    id_write(group->from, text);
    json_object_set_new(body, "from_user", json_stringn(text, sizeof text));
    id_write(start->to, text);
    json_object_set_new(body, "to_user", json_stringn(text, sizeof text));
    for (size_t i = 0; i < group->count; i++) {
        id_write(group->doctors[i], text);
        json_array_append_new(handovers, json_stringn(text, sizeof text));
    }
    json_object_set_new(body, "handovers", handovers);
    static const char *const TERMS[] = {"effective_on", "due_on", "promises"};
    for (size_t i = 0; i < sizeof TERMS / sizeof *TERMS; i++) {
        json_t *term = json_object_get(terms, TERMS[i]);
        if (term) json_object_set(body, TERMS[i], term);
    }
    return body;
}

Status handover_start_make(Context *context, HandoverStart *start, const json_t *terms) {
    const Object *object = model_object(context->model, STR("handover_plan"));
    Status status = STATUS_OK;
    if (!start->group_count) {
        problem_add(context->problem, STR(""), "handover_nobody");
        return STATUS_INVALID;
    }
    for (size_t i = 0; i < start->group_count && status == STATUS_OK; i++) {
        json_t *body CLEANUP(json_drop) = plan_body(start, &start->groups[i], terms);
        Record plan;
        status = record_create(context, object, body, &plan);
        if (status == STATUS_OK) start->groups[i].plan = plan.id;
    }
    return status;
}

/*
 * Drug committees by countdown: what is ahead, what has been and has no outcome yet, what was
 * decided lately. Institutions are everybody's to read, so whose board it is is asked for: one's
 * own, the team's, or all. Members are counted whether one may see them or not.
 */
#include "access.h"
#include "clock.h"
#include "field.h"
#include "list.h"
#include "resources.h"
#include "stakeholders.h"
#include "system_actor.h"
#include "titles.h"
#include "zone.h"

enum {
    BOARD_MOST = 500,   /* meetings on one board */
    DAYS_DEFAULT = 120, /* how far ahead */
    DAYS_MOST = 366,
    DAYS_BACK = 90, /* how long what was decided is shown, and what is open is asked for */
    PLAN_DAYS = 31, /* as the rule "plan_for_committee": contacts since then count */
};

/* The task by which somebody has planned for an institution's committee. */
typedef struct Plan {
    Id hco, task;
    int64_t made_at;
    bool done;
} Plan;

/* The board while it is gathered. */
typedef struct Board {
    Call *call;
    Scope scope;
    Str today, from, until;
    int64_t days; /* today, since 1970 */
    Record meetings[BOARD_MOST];
    size_t meeting_count;
    Record hcos[BOARD_MOST];
    size_t hco_count;
    Plan plans[BOARD_MOST];
    size_t plan_count;
    Stakeholders people;
    Titles owners, products;
} Board;

static Id reference_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

static Str text_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

/* ---- Reading ---- */

/* Whose institutions: a team is that of access.c. */
static void add_owner(const Board *board, Sql *sql, Str alias) {
    const Actor *actor = &board->call->actor;
    if (board->scope == SCOPE_ALL) return;
    sql_add(sql, " AND (");
    sql_add_column(sql, alias, STR("owner"));
    sql_add(sql, " = ");
    sql_bind(sql, value_id(actor->user));
    if (board->scope == SCOPE_TEAM && !id_none(actor->team)) {
        sql_add(sql, " OR ");
        sql_add_column(sql, alias, STR("owner"));
        sql_add(sql, " IN (SELECT \"id\" FROM \"user\" WHERE \"team\" = ");
        sql_bind(sql, value_id(actor->team));
        sql_add(sql, ")");
    }
    sql_add(sql, ")");
}

/* Meetings of these days that take place or took place, at those institutions. */
static Status add_meetings(void *data, Context *context, Sql *sql, Str alias) {
    const Board *board = data;
    (void)context;
    sql_add_column(sql, alias, STR("held_on"));
    sql_add(sql, " >= ");
    sql_bind(sql, value_text(board->from));
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, STR("held_on"));
    sql_add(sql, " <= ");
    sql_bind(sql, value_text(board->until));
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, STR("state"));
    sql_add(sql, " <> 'cancelled' AND ");
    sql_add_column(sql, alias, STR("hco"));
    sql_add(sql,
            " IN (SELECT \"h\".\"id\" FROM \"hco\" AS \"h\" WHERE \"h\".\"deleted_at\" IS NULL");
    add_owner(board, sql, STR("h"));
    sql_add(sql, ")");
    return STATUS_OK;
}

static Status keep_meeting(void *data, const Record *record) {
    Board *board = data;
    board->meetings[board->meeting_count++] = *record;
    return STATUS_OK;
}

static Status read_meetings(Board *board) {
    const Object *object = model_object(board->call->business->model, STR("committee"));
    ListQuery query = {.object = object,
                       .predicate = add_meetings,
                       .predicate_data = board,
                       .sorts = {{.field = object_field(object, STR("held_on"))}},
                       .sort_count = 1,
                       .limit = BOARD_MOST};
    Str next;
    return list_each(&board->call->context, &query, keep_meeting, board, &next);
}

static Status add_hcos(void *data, Context *context, Sql *sql, Str alias) {
    const Board *board = data;
    (void)context;
    sql_add_column(sql, alias, STR("id"));
    sql_add(sql, " IN (");
    for (size_t i = 0; i < board->meeting_count; i++) {
        if (i) sql_add(sql, ", ");
        sql_bind(sql, value_id(reference_of(&board->meetings[i], "hco")));
    }
    sql_add(sql, ")");
    return STATUS_OK;
}

static Status keep_hco(void *data, const Record *record) {
    Board *board = data;
    board->hcos[board->hco_count++] = *record;
    return STATUS_OK;
}

static Status read_hcos(Board *board) {
    ListQuery query = {.object = model_object(board->call->business->model, STR("hco")),
                       .predicate = add_hcos,
                       .predicate_data = board,
                       .limit = BOARD_MOST};
    Str next;
    return list_each(&board->call->context, &query, keep_hco, board, &next);
}

static const Record *hco_of(const Board *board, Id id) {
    for (size_t i = 0; i < board->hco_count; i++) {
        if (id_equal(board->hcos[i].id, id)) return &board->hcos[i];
    }
    return NULL;
}

static Plan *plan_of(Board *board, Id hco) {
    for (size_t i = 0; i < board->plan_count; i++) {
        if (id_equal(board->plans[i].hco, hco)) return &board->plans[i];
    }
    return NULL;
}

/* The newest of each institution. */
static Status keep_plan(void *data, const Record *record) {
    Board *board = data;
    Id hco = reference_of(record, "hco");
    if (board->plan_count == BOARD_MOST || plan_of(board, hco)) return STATUS_OK;
    board->plans[board->plan_count++] = (Plan){.hco = hco,
                                               .task = record->id,
                                               .made_at = record->created_at,
                                               .done = str_is(text_of(record, "state"), "done")};
    return STATUS_OK;
}

/* As the system: a plan that somebody else has is no missing plan. */
static Status read_plans(Board *board) {
    SystemActor storage;
    Context *system = system_actor(&board->call->context, &storage);
    const Object *object = model_object(board->call->business->model, STR("task"));
    Value source = value_text(STR("rule:plan_for_committee"));
    Value *ids = ARENA_ARRAY(board->call->arena, board->hco_count, Value);
    for (size_t i = 0; i < board->hco_count; i++) ids[i] = value_id(board->hcos[i].id);
    ListFilter filters[] = {
        {.field = object_field(object, STR("hco")), .values = ids, .count = board->hco_count},
        {.field = object_field(object, STR("source")), .values = &source, .count = 1}};
    ListQuery query = {
        .object = object, .filters = filters, .filter_count = 2, .limit = LIST_LIMIT_MOST};
    Str next;
    return list_each(system, &query, keep_plan, board, &next);
}

static Status read_titles(Board *board) {
    Call *call = board->call;
    const Model *model = call->business->model;
    Id *owners = ARENA_ARRAY(call->arena, board->hco_count, Id);
    Id *products = ARENA_ARRAY(call->arena, board->meeting_count, Id);
    size_t owner_count = 0, product_count = 0;
    for (size_t i = 0; i < board->hco_count; i++) {
        Id owner = reference_of(&board->hcos[i], "owner");
        if (!id_none(owner)) owners[owner_count++] = owner;
    }
    for (size_t i = 0; i < board->meeting_count; i++) {
        Id product = reference_of(&board->meetings[i], "product");
        if (!id_none(product)) products[product_count++] = product;
    }
    Status status = titles_read(&call->context, model_object(model, STR("user")), owners,
                                owner_count, TITLES_OF_ALL, &board->owners);
    if (status != STATUS_OK) return status;
    return titles_read(&call->context, model_object(model, STR("product")), products, product_count,
                       TITLES_OF_ALL, &board->products);
}

static Status read_people(Board *board) {
    Id *ids = ARENA_ARRAY(board->call->arena, board->hco_count, Id);
    for (size_t i = 0; i < board->hco_count; i++) ids[i] = board->hcos[i].id;
    return stakeholders_read(board->call, ids, board->hco_count, &board->people);
}

/* ---- Writing ---- */

static bool decides(const Stakeholder *one) {
    Str role = stakeholder_choice(one, "decision_role");
    return str_is(role, "committee_member") || str_is(role, "decider");
}

static int64_t days_until(const Board *board, Str date) {
    Date day;
    return date_parse(date, &day) ? date_to_days(day) - board->days : 0;
}

/* Contacts count from the plan on, or from the day on which it should have been there. */
static int64_t contacts_since(const Board *board, const Plan *plan, Str date) {
    Date day;
    if (plan) return plan->made_at;
    if (!date_parse(date, &day)) return board->call->context.now;
    return zone_day_start(board->call->actor.zone, date_from_days(date_to_days(day) - PLAN_DAYS));
}

/* The newest plan belongs to the next meeting: what it was made before cannot be its meeting. */
static const Plan *plan_for(Board *board, Id hco, Str date) {
    const Plan *plan = plan_of(board, hco);
    Date day;
    if (!plan || !date_parse(date, &day)) return NULL;
    int64_t made = plan->made_at / CLOCK_DAY, held = date_to_days(day);
    return made <= held + 1 && made >= held - PLAN_DAYS - 1 ? plan : NULL;
}

static void write_plan(Board *board, const Plan *plan, Str date) {
    JsonWriter *json = &board->call->json;
    json_key(json, STR("plan"));
    if (!plan) {
        json_write_null(json);
    } else {
        json_open_object(json);
        json_member_id(json, "task", plan->task);
        json_member_instant(json, "made_at", plan->made_at);
        json_member_boolean(json, "done", plan->done);
        json_close_object(json);
    }
    Date day;
    if (!date_parse(date, &day)) return;
    Date due = date_from_days(date_to_days(day) - PLAN_DAYS);
    json_member_text(json, "plan_from", date_text(board->call->arena, due));
}

static void write_member(Board *board, const Stakeholder *one, bool contacted) {
    JsonWriter *json = &board->call->json;
    json_open_object(json);
    stakeholder_write_members(board->call, one);
    json_member_boolean(json, "contacted", contacted);
    json_close_object(json);
}

static void write_members(Board *board, Id hco, int64_t since) {
    JsonWriter *json = &board->call->json;
    int64_t all = 0, contacted = 0, hidden = 0;
    json_key(json, STR("members"));
    json_open_array(json);
    for (size_t i = 0; i < board->people.count; i++) {
        const Stakeholder *one = &board->people.items[i];
        if (!id_equal(one->hco, hco) || !decides(one)) continue;
        bool met = stakeholder_last_visit(one) >= since;
        all++;
        contacted += met;
        if (one->visible) {
            write_member(board, one, met);
        } else {
            hidden++;
        }
    }
    json_close_array(json);
    json_member_integer(json, "hidden", hidden);
    json_member_integer(json, "all", all);
    json_member_integer(json, "contacted", contacted);
    json_member_instant(json, "contacts_since", since);
}

static void write_institution(Board *board, const Record *hco) {
    JsonWriter *json = &board->call->json;
    Id owner = reference_of(hco, "owner");
    json_key(json, STR("hco"));
    json_open_object(json);
    record_write_head(&board->call->context, json, hco);
    json_member_text_or_null(json, "kind", text_of(hco, "kind"));
    json_member_text_or_null(json, "city", text_of(hco, "city"));
    json_member_text_or_null(json, "temperature", text_of(hco, "temperature"));
    json_member_text_or_null(json, "next_committee_on", text_of(hco, "next_committee_on"));
    json_member_id_or_null(json, "owner", owner);
    json_member_text_or_null(json, "owner_name", titles_find(&board->owners, owner));
    json_close_object(json);
}

/* Where the meeting stands; the page's columns follow from it and from the days. */
static Str stage_of(const Board *board, const Record *meeting) {
    if (!str_empty(text_of(meeting, "outcome"))) return STR("decided");
    return days_until(board, text_of(meeting, "held_on")) < 0 ? STR("waiting") : STR("ahead");
}

static void write_meeting(Board *board, const Record *meeting) {
    JsonWriter *json = &board->call->json;
    const Record *hco = hco_of(board, reference_of(meeting, "hco"));
    Str date = text_of(meeting, "held_on");
    Id product = reference_of(meeting, "product");
    if (!hco) return;
    const Plan *plan = plan_for(board, hco->id, date);
    json_open_object(json);
    record_write_head(&board->call->context, json, meeting);
    json_member_text(json, "held_on", date);
    json_member_integer(json, "days", days_until(board, date));
    json_member_text(json, "stage", stage_of(board, meeting));
    json_member_text_or_null(json, "outcome", text_of(meeting, "outcome"));
    json_member_text_or_null(json, "review", text_of(meeting, "review"));
    json_member_id_or_null(json, "product", product);
    json_member_text_or_null(json, "product_name", titles_find(&board->products, product));
    write_institution(board, hco);
    write_plan(board, plan, date);
    write_members(board, hco->id, contacts_since(board, plan, date));
    json_close_object(json);
}

/* ---- The request ---- */

static Status read_scope(Board *board) {
    static const Scope SCOPES[] = {SCOPE_OWN, SCOPE_TEAM, SCOPE_ALL};
    Str asked = call_parameter(board->call, "scope");
    board->scope = SCOPE_ALL;
    if (!asked.data) return STATUS_OK;
    for (size_t i = 0; i < sizeof SCOPES / sizeof *SCOPES; i++) {
        if (!str_equal(asked, scope_name(SCOPES[i]))) continue;
        board->scope = SCOPES[i];
        return STATUS_OK;
    }
    problem_add(&board->call->problem, STR("/scope"), "definition_unknown_word", asked,
                STR("own, team, all"));
    return STATUS_INVALID;
}

static Status read_days(Board *board) {
    Call *call = board->call;
    Str text = call_parameter(call, "days");
    int64_t days = DAYS_DEFAULT;
    if (text.data && (!str_to_integer(text, &days) || days < 0 || days > DAYS_MOST)) {
        problem_add(&call->problem, STR("/days"), "limit_range", STR("0"),
                    str_format(call->arena, "%d", DAYS_MOST));
        return STATUS_INVALID;
    }
    board->days = date_to_days(zone_date(call->actor.zone, call->context.now));
    board->today = date_text(call->arena, date_from_days(board->days));
    board->from = date_text(call->arena, date_from_days(board->days - DAYS_BACK));
    board->until = date_text(call->arena, date_from_days(board->days + days));
    return STATUS_OK;
}

static Status read_board(Board *board) {
    const Object *object = model_object(board->call->business->model, STR("committee"));
    if (access_scope(&board->call->actor, object, VERB_READ) == SCOPE_NONE) {
        return call_refuse(board->call, STATUS_DENIED, "", "access_verb");
    }
    Status status = read_scope(board);
    if (status == STATUS_OK) status = read_days(board);
    if (status == STATUS_OK) status = read_meetings(board);
    if (status != STATUS_OK || !board->meeting_count) return status;
    status = read_hcos(board);
    if (status == STATUS_OK) status = read_plans(board);
    if (status == STATUS_OK) status = read_people(board);
    return status == STATUS_OK ? read_titles(board) : status;
}

Status committee_board(Call *call) {
    Board *board = ARENA_NEW(call->arena, Board);
    board->call = call;
    Status status = read_board(board);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_text(&call->json, "today", board->today);
    json_member_text(&call->json, "scope", scope_name(board->scope));
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < board->meeting_count; i++) write_meeting(board, &board->meetings[i]);
    json_close_array(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

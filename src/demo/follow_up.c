/*
 * Each representative has a few doctors of each kind at a playbook of that kind, begun some days
 * ago. The context's clock is set back to then for the start and forward to now at the end, and
 * what was due in between is done, but for every fourth step: a company in which nobody is late
 * would show nothing.
 */
#include "follow_up.h"

#include "clock.h"
#include "place.h"
#include "row.h"
#include "signals.h"
#include "zone.h"

enum { DOCTORS_MOST = 24, OWNERS_MOST = 400, LATE_EVERY = 4 };

/* What the demo's follow-up is made with, and how much of it has been settled so far. */
typedef struct Made {
    Context *context;
    const Business *business;
    const json_t *texts;
    int64_t now;
    Id marketing;
    size_t settled;
} Made;

/* A representative with some doctors, oldest first. */
typedef struct Desk {
    Id owner;
    Lang lang;
    Record doctors[DOCTORS_MOST];
    size_t count;
} Desk;

static Str text_in(const json_t *texts, const char *member, Lang lang) {
    Str code = lang_code(lang);
    return json_text(json_object_getn(json_object_get(texts, member), code.data, code.size));
}

static const Object *object_of(const Made *made, const char *name) {
    return model_object(made->business->model, str_of(name));
}

static FieldValue value_of(const Object *object, const char *field, Value value) {
    return (FieldValue){object_field(object, str_of(field)), value};
}

/* ---- Whose ---- */

static Status read_owners(Made *made, Id *owners, Lang *langs, size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(made->context->transaction, &rows,
                              "SELECT \"id\", \"lang\" FROM \"user\" WHERE \"role\" = $1 AND "
                              "\"active\" ORDER BY \"login\"",
                              value_text(STR("mr")));
    while (status == STATUS_OK && *count < OWNERS_MOST &&
           (status = store_next(rows)) == STATUS_OK) {
        owners[*count] = store_column_id(rows, 0);
        if (!lang_from_tag(store_column_text(rows, 1), &langs[*count])) langs[*count] = LANG_EN;
        ++*count;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status read_desk(Made *made, Id owner, Lang lang, Desk *desk) {
    Context *context = made->context;
    const Object *hcp = object_of(made, "hcp");
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    *desk = (Desk){.owner = owner, .lang = lang};
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, hcp);
    sql_add(&sql,
            " FROM \"hcp\" AS \"r\" WHERE \"r\".\"kind\" = 'doctor' AND \"r\".\"visit_count\" > 3 "
            "AND \"r\".\"temperature\" <> 'hard_to_meet' AND \"r\".\"prescribing\" NOT IN ('main', "
            "'secondary') AND \"r\".\"owner\" = ");
    sql_bind(&sql, value_id(owner));
    sql_add(&sql, " ORDER BY \"r\".\"id\" LIMIT ");
    sql_bind(&sql, value_integer(DOCTORS_MOST));
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        row_read(context->arena, rows, 0, hcp, &desk->doctors[desk->count++]);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- Playbooks ---- */

static Status find_topic(Made *made, Id doctor, Id *out) {
    return store_ask_id(made->context->transaction, out,
                        "SELECT t.\"id\" FROM \"visit\" AS v JOIN \"topic\" AS t ON "
                        "t.\"visit\" = v.\"id\" WHERE v.\"hcp\" = $1 AND t.\"state\" = 'open' "
                        "AND t.\"kind\" IN ('question', 'objection', 'request') ORDER BY "
                        "v.\"held_at\" DESC LIMIT 1",
                        value_id(doctor));
}

/* What was asked is about evidence and safety, so that material which answers it is offered. */
static Status mark_topic(Made *made, Id topic) {
    const Object *object = object_of(made, "topic");
    FieldValue subjects =
        value_of(object, "subjects", value_text(STR("[\"evidence\",\"safety\",\"comparison\"]")));
    Record changed;
    if (id_none(topic)) return STATUS_OK;
    return record_change(made->context, object, topic, &subjects, 1, &changed);
}

/* In the middle of a working day, so many days ago. */
static int64_t days_ago(const Made *made, int64_t days, int64_t hour) {
    return made->now / CLOCK_DAY * CLOCK_DAY - days * CLOCK_DAY + hour * CLOCK_HOUR;
}

static Status begin(Made *made, const char *name, const char *style, Record *doctor, int64_t days) {
    Context *context = made->context;
    const Playbook *playbook = playbooks_find(&made->business->playbooks, str_of(name));
    FieldValue kind = value_of(doctor->object, "style", value_text(str_of(style)));
    FieldValue topic = value_of(object_of(made, "playbook_run"), "topic", value_null());
    Id asked;
    if (!playbook) return STATUS_OK;
    Status status = find_topic(made, doctor->id, &asked);
    if (status == STATUS_OK) status = mark_topic(made, asked);
    context->now = days_ago(made, days, 6);
    if (status == STATUS_OK && *style) {
        status = record_change(context, doctor->object, doctor->id, &kind, 1, doctor);
    }
    topic.value = value_id_or_null(asked);
    PlaybookStart start = {.playbook = playbook,
                           .record = doctor,
                           .at = context->now,
                           .origin = STR("rule:start"),
                           .values = &topic,
                           .count = 1};
    if (status == STATUS_OK) status = playbook_start_quietly(context, &start);
    context->now = made->now;
    return status;
}

/* Which doctors, at what, since when; the places leave room between one another. */
static Status begin_at(Made *made, Desk *desk) {
    static const struct {
        const char *playbook, *style;
        size_t doctor;
        int64_t days;
    } PLAN[] = {{"academic", "academic", 1, 3}, {"academic", "academic", 9, 12},
                {"hesitant", "hesitant", 3, 5}, {"administrative", "administrative", 5, 1},
                {"long_standing", "", 7, 20},   {"long_standing", "", 11, 25}};
    Status status = STATUS_OK;
    for (size_t i = 0; i < sizeof PLAN / sizeof *PLAN && status == STATUS_OK; i++) {
        if (PLAN[i].doctor >= desk->count) continue;
        status = begin(made, PLAN[i].playbook, PLAN[i].style, &desk->doctors[PLAN[i].doctor],
                       PLAN[i].days);
    }
    return status;
}

/* What was due by now is done on the day before it was due. */
static Status settle_due(Made *made) {
    Context *context = made->context;
    const Object *task = object_of(made, "task");
    FieldValue done = value_of(task, "state", value_text(STR("done")));
    Id ids[2000];
    size_t count = 0;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"task\" FROM \"playbook_step\" WHERE \"state\" = 'open' AND "
                              "\"due_at\" < $1 ORDER BY \"id\"",
                              value_integer(made->now));
    while (status == STATUS_OK && count < sizeof ids / sizeof *ids &&
           (status = store_next(rows)) == STATUS_OK) {
        ids[count++] = store_column_id(rows, 0);
    }
    if (status == STATUS_END) status = STATUS_OK;
    store_drop(&rows);
    rows = NULL;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        Record changed;
        if (++made->settled % LATE_EVERY == 0) continue;
        context->now = made->now - CLOCK_DAY;
        status = record_change(context, task, ids[i], &done, 1, &changed);
    }
    context->now = made->now;
    return status;
}

/* ---- Material and requests ---- */

static Value list_of(const Made *made, const json_t *list) {
    return json_array_size(list) ? value_text(json_compact(made->context->arena, list))
                                 : value_null();
}

static Value tag_of(const Made *made, Lang lang) {
    Str tag = text_in(made->texts, "tag", lang);
    return value_text(str_format(made->context->arena, "[\"%.*s\"]", STR_ARGS(tag)));
}

static Status write_piece(Made *made, const json_t *piece, Lang lang) {
    static const char *const MARKETS[] = {[LANG_EN] = "de", [LANG_JA] = "jp", [LANG_ZH] = "cn"};
    const Object *content = object_of(made, "content");
    int64_t since = json_integer_value(json_object_get(piece, "since"));
    Date from = zone_date(made->context->actor->zone, made->now - since * CLOCK_DAY);
    Date to = date_from_days(date_to_days(from) + 730);
    bool tagged = json_is_true(json_object_get(piece, "tagged"));
    FieldValue values[] = {
        value_of(content, "name", value_text(text_in(piece, "name", lang))),
        value_of(content, "summary", value_text(text_in(piece, "summary", lang))),
        value_of(content, "layer", value_text(json_get_text(piece, "layer"))),
        value_of(content, "subjects", list_of(made, json_object_get(piece, "subjects"))),
        value_of(content, "needs", list_of(made, json_object_get(piece, "needs"))),
        value_of(content, "tags", tagged ? tag_of(made, lang) : value_null()),
        value_of(content, "market", value_text(str_of(MARKETS[lang]))),
        value_of(content, "language", value_text(lang_code(lang))),
        value_of(content, "state", value_text(STR("approved"))),
        value_of(content, "valid_from", value_text(date_text(made->context->arena, from))),
        value_of(content, "valid_to", value_text(date_text(made->context->arena, to))),
    };
    Record written;
    return record_insert(made->context, content, values, sizeof values / sizeof *values, &written);
}

static Status write_material(Made *made) {
    const json_t *pieces = json_object_get(made->texts, "material");
    Status status = STATUS_OK;
    for (size_t i = 0; i < json_array_size(pieces) && status == STATUS_OK; i++) {
        for (int lang = 0; lang < LANG_COUNT && status == STATUS_OK; lang++) {
            status = write_piece(made, json_array_get(pieces, i), (Lang)lang);
        }
    }
    return status;
}

/* Two doctors of each desk care for children. */
static Status write_tags(Made *made, Desk *desk) {
    Status status = STATUS_OK;
    for (size_t i = 2; i < desk->count && i < 9 && status == STATUS_OK; i += 6) {
        Record *doctor = &desk->doctors[i];
        FieldValue tags = value_of(doctor->object, "tags", tag_of(made, desk->lang));
        status = record_change(made->context, doctor->object, doctor->id, &tags, 1, doctor);
    }
    return status;
}

/* Asked first and settled afterwards, as marketing does it, so that the asker is told. */
static Status write_request(Made *made, const Desk *desk, size_t index) {
    static const char *const STATES[] = {"delivered", "accepted", "open", "declined"};
    const json_t *requests = json_object_get(made->texts, "requests");
    const json_t *request = json_array_get(requests, index % json_array_size(requests));
    const Object *object = object_of(made, "marketing_request");
    const char *state = STATES[index % (sizeof STATES / sizeof *STATES)];
    if (!desk->count) return STATUS_OK;
    const Record *doctor = &desk->doctors[index % desk->count];
    FieldValue asked[] = {
        value_of(object, "need", value_text(text_in(request, "need", desk->lang))),
        value_of(object, "hcp", value_id(doctor->id)),
        value_of(object, "hco", *record_value(doctor, STR("primary_hco"))),
        value_of(object, "asker", value_id(desk->owner)),
        value_of(object, "asked_at", value_integer(days_ago(made, 4 + (int64_t)index % 9, 7))),
    };
    FieldValue settled[] = {
        value_of(object, "state", value_text(str_of(state))),
        value_of(object, "answer", value_text(text_in(request, "answer", desk->lang))),
        value_of(object, "handler", value_id_or_null(made->marketing)),
    };
    Record written, changed;
    Status status =
        record_insert(made->context, object, asked, sizeof asked / sizeof *asked, &written);
    if (status != STATUS_OK || strcmp(state, "open") == 0) return status;
    return record_change(made->context, object, written.id, settled, 3, &changed);
}

/* ---- All of it ---- */

static Status read_texts(Context *context, const DemoOptions *options, json_t **out) {
    for (size_t i = 0; i < options->file_count; i++) {
        const ModelSource *file = &options->files[i];
        if (!str_is(file->name, "demo/material.json")) continue;
        return json_read(file->text, context->problem, out);
    }
    problem_add(context->problem, STR("demo/material.json"), "definition_unknown_object",
                STR("demo/material.json"));
    return STATUS_INVALID;
}

static Status find_marketing(Made *made) {
    return store_ask_id(made->context->transaction, &made->marketing,
                        "SELECT \"id\" FROM \"user\" WHERE \"role\" = $1 ORDER BY \"login\" "
                        "LIMIT 1",
                        value_text(STR("marketing")));
}

static Status write_desks(Made *made) {
    Id *owners = ARENA_ARRAY(made->context->arena, OWNERS_MOST, Id);
    Lang *langs = ARENA_ARRAY(made->context->arena, OWNERS_MOST, Lang);
    Desk *desk = ARENA_NEW(made->context->arena, Desk);
    size_t count = 0;
    Status status = read_owners(made, owners, langs, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = read_desk(made, owners[i], langs[i], desk);
        if (status == STATUS_OK) status = write_tags(made, desk);
        if (status == STATUS_OK) status = begin_at(made, desk);
        if (status == STATUS_OK && i % 2 == 0) status = write_request(made, desk, i / 2);
    }
    return status;
}

/* The company is one act in the journal, which comes after this. */
static Status forget_changes(Context *context) {
    return store_run(context->transaction,
                     "DELETE FROM \"journal\" WHERE \"position\" IS NULL AND \"at\" <= $1",
                     value_integer(context->now));
}

/* ---- Needs that somebody has looked at ---- */

enum { NEEDS_MOST = 90, ACCEPTED_EACH = 3 };

/* The earliest suggestions, so that most still wait to be looked at. */
static Status read_suggested(Made *made, Id *needs, size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(made->context->transaction, &rows,
                              "SELECT \"id\" FROM \"need\" WHERE \"state\" = 'suggested' ORDER BY "
                              "\"id\" LIMIT $1",
                              value_integer(NEEDS_MOST));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        needs[(*count)++] = store_column_id(rows, 0);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status accept_needs(Made *made) {
    const Object *need = object_of(made, "need");
    Id needs[NEEDS_MOST];
    size_t count = 0;
    Status status = read_suggested(made, needs, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i += ACCEPTED_EACH) {
        FieldValue accepted = value_of(need, "state", value_text(STR("accepted")));
        Record changed;
        status = record_change(made->context, need, needs[i], &accepted, 1, &changed);
    }
    return status;
}

Status follow_up_write(Context *context, const Business *business, const DemoOptions *options) {
    json_t *texts CLEANUP(json_drop) = NULL;
    int64_t acted = 0;
    Status status = read_texts(context, options, &texts);
    Made made = {.context = context, .business = business, .texts = texts, .now = context->now};
    if (status == STATUS_OK) status = find_marketing(&made);
    if (status == STATUS_OK) status = write_desks(&made);
    if (status == STATUS_OK) status = write_material(&made);
    if (status == STATUS_OK) status = accept_needs(&made);
    if (status == STATUS_OK) status = playbooks_tick(&business->playbooks, context, &acted);
    if (status == STATUS_OK) status = settle_due(&made);
    if (status == STATUS_OK) status = signals_write(context, business, options);
    return status == STATUS_OK ? forget_changes(context) : status;
}

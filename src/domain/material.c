/*
 * What may be shown is one SQL condition, used for one doctor's offers and for the doctors of one
 * piece of material alike. What is new becomes a record of `content_news` for each responsible
 * person, unique for material and person, and a rule makes the task from it: so everybody is told
 * once, in their own language, of all their doctors together.
 */
#include "material.h"

#include "clock.h"
#include "receiver.h"
#include "row.h"
#include "system_actor.h"
#include "zone.h"

enum { TOPICS_MOST = 200, SUGGEST_DAYS = 180, SUGGEST_TIMES = 2, NAMES_MOST = 30, LATE_DAYS = 7 };

static Str text_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

static Id id_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

static Str today_of(const Context *context) {
    return date_text(context->arena, zone_date(context->actor->zone, context->now));
}

/* ---- Lists of words ---- */

/*
 * Tags or subjects with how often each occurs; lists are short, so they are searched as they are.
 */
typedef struct Words {
    Str items[MATERIAL_SUBJECTS_MOST];
    int64_t times[MATERIAL_SUBJECTS_MOST];
    size_t count;
} Words;

static void add_word(Arena *arena, Words *words, Str word) {
    for (size_t i = 0; i < words->count; i++) {
        if (!str_equal(words->items[i], word)) continue;
        words->times[i]++;
        return;
    }
    if (words->count == MATERIAL_SUBJECTS_MOST) return;
    words->times[words->count] = 1;
    words->items[words->count++] = str_copy(arena, word);
}

/* As tags and several choices are kept: a JSON list of texts. */
static void add_list(Arena *arena, Words *words, Str list) {
    json_t *node CLEANUP(json_drop) = NULL;
    size_t i;
    json_t *each;
    if (str_empty(list) || json_read(list, NULL, &node) != STATUS_OK) return;
    json_array_foreach(node, i, each) add_word(arena, words, json_text(each));
}

static bool has_word(const Words *words, Str word) {
    for (size_t i = 0; i < words->count; i++) {
        if (str_equal(words->items[i], word)) return true;
    }
    return false;
}

/* ---- What a doctor has raised ---- */

/* What a doctor has raised: what material is offered for. */
typedef struct Raised {
    Words open;   /* subjects of topics that nobody has answered yet */
    Words recent; /* subjects of half a year, with how often */
    Id products[MATERIAL_SUBJECTS_MOST];
    size_t product_count;
} Raised;

static void take_topic(const Context *context, const Rows *rows, Raised *out) {
    int64_t since = context->now - SUGGEST_DAYS * CLOCK_DAY;
    Str subjects = store_column_text(rows, 0);
    bool open = str_is(store_column_text(rows, 1), "open");
    Value product = store_column(rows, 2, VALUE_ID);
    if (open) add_list(context->arena, &out->open, subjects);
    if (store_column_integer(rows, 3) >= since) add_list(context->arena, &out->recent, subjects);
    if (!open || product.kind != VALUE_ID) return;
    if (out->product_count < MATERIAL_SUBJECTS_MOST)
        out->products[out->product_count++] = product.id;
}

static Status read_raised(Context *context, Id hcp, Raised *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    int64_t left = TOPICS_MOST;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT t.\"subjects\", t.\"state\", t.\"product\", v.\"held_at\" FROM \"visit\" "
                  "AS v JOIN \"topic\" AS t ON t.\"visit\" = v.\"id\" WHERE v.\"hcp\" = $1 AND "
                  "v.\"deleted_at\" IS NULL AND t.\"deleted_at\" IS NULL ORDER BY v.\"held_at\" "
                  "DESC, t.\"id\" DESC",
                  value_id(hcp));
    while (status == STATUS_OK && left-- && (status = store_next(rows)) == STATUS_OK) {
        take_topic(context, rows, out);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* ---- What may be shown ---- */

/* Approved, and within its dates on that day. */
static void add_usable(Sql *sql, Str today) {
    sql_add(sql,
            "\"r\".\"deleted_at\" IS NULL AND \"r\".\"state\" = 'approved' AND "
            "(\"r\".\"valid_from\" IS NULL OR \"r\".\"valid_from\" <= ");
    sql_bind(sql, value_text(today));
    sql_add(sql, ") AND (\"r\".\"valid_to\" IS NULL OR \"r\".\"valid_to\" >= ");
    sql_bind(sql, value_text(today));
    sql_add(sql, ")");
}

/* A column holding a list has one of the words; no words: it has none. */
static void add_has(Sql *sql, const char *column, const Words *words) {
    sql_add(sql, "(FALSE");
    for (size_t i = 0; i < words->count; i++) {
        sql_add(sql, " OR ");
        sql_add_dialect(sql, DIALECT_JSON_CONTAINS, str_of(column),
                        sql_parameter(sql, value_text(words->items[i])));
    }
    sql_add(sql, ")");
}

static void add_product(Sql *sql, const Raised *raised) {
    sql_add(sql, "(FALSE");
    for (size_t i = 0; i < raised->product_count; i++) {
        sql_add(sql, " OR \"r\".\"product\" = ");
        sql_bind(sql, value_id(raised->products[i]));
    }
    sql_add(sql, ")");
}

static void add_flag(Sql *sql, const char *name, void (*add)(Sql *sql, const void *data),
                     const void *data) {
    sql_add(sql, ", CASE WHEN ");
    add(sql, data);
    sql_add(sql, " THEN 1 ELSE 0 END AS ");
    sql_add(sql, name);
}

static void add_tag_match(Sql *sql, const void *data) {
    add_has(sql, "\"r\".\"tags\"", data);
}

static void add_subject_match(Sql *sql, const void *data) {
    add_has(sql, "\"r\".\"subjects\"", data);
}

static void add_need_match(Sql *sql, const void *data) {
    add_has(sql, "\"r\".\"needs\"", data);
}

static void add_product_match(Sql *sql, const void *data) {
    add_product(sql, data);
}

/* The doctor's own country, or that of where they work; unknown: only what is for every market. */
Status material_market(Context *context, const Record *hcp, Str *out) {
    SystemActor storage;
    Record hco;
    Id place = id_of(hcp, "primary_hco");
    *out = text_of(hcp, "country");
    if (!str_empty(*out) || id_none(place)) return STATUS_OK;
    Status status = record_read(system_actor(context, &storage),
                                model_object(context->model, STR("hco")), place, &hco);
    if (status == STATUS_OK) *out = text_of(&hco, "country");
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What one doctor's offers are chosen by. */
typedef struct Wanted {
    Words tags, needs;
    Raised raised;
    Str market;
} Wanted;

static void build_offers(const Context *context, const Object *content, const Wanted *wanted,
                         Sql *sql) {
    sql_add(sql, "SELECT * FROM (SELECT ");
    row_add_columns(sql, content);
    add_flag(sql, "\"by_tag\"", add_tag_match, &wanted->tags);
    add_flag(sql, "\"by_subject\"", add_subject_match, &wanted->raised.open);
    add_flag(sql, "\"by_product\"", add_product_match, &wanted->raised);
    add_flag(sql, "\"by_need\"", add_need_match, &wanted->needs);
    sql_add(sql, " FROM \"content\" AS \"r\" WHERE ");
    add_usable(sql, today_of(context));
    sql_add(sql, " AND (\"r\".\"market\" IS NULL OR \"r\".\"market\" = ");
    sql_bind(sql, value_text(wanted->market));
    sql_add(
        sql,
        ")) AS \"o\" WHERE \"by_tag\" + \"by_subject\" + \"by_product\" + \"by_need\" > 0 OR "
        "(\"tags\" IS NULL AND \"subjects\" IS NULL AND \"product\" IS NULL AND \"needs\" IS NULL) "
        "ORDER BY \"by_tag\" DESC, \"by_subject\" DESC, \"by_need\" DESC, \"by_product\" DESC, "
        "COALESCE(\"valid_from\", '') DESC, \"id\" "
        "DESC LIMIT ");
    sql_bind(sql, value_integer(MATERIAL_MOST));
}

static Status read_offers(Context *context, const Sql *sql, const Object *content,
                          MaterialOffers *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    int flags = row_column_count(content);
    out->items = ARENA_ARRAY(context->arena, MATERIAL_MOST, MaterialOffer);
    Status status = sql_query(sql, context->transaction, &rows);
    while (status == STATUS_OK && out->count < MATERIAL_MOST &&
           (status = store_next(rows)) == STATUS_OK) {
        MaterialOffer *offer = &out->items[out->count++];
        row_read(context->arena, rows, 0, content, &offer->content);
        offer->reason = (MaterialReason){.tag = store_column_integer(rows, flags) != 0,
                                         .subject = store_column_integer(rows, flags + 1) != 0,
                                         .product = store_column_integer(rows, flags + 2) != 0,
                                         .need = store_column_integer(rows, flags + 3) != 0};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* Raised more than once in half a year, and not among the tags in any language's words. */
static void suggest(const Context *context, const Words *tags, const Raised *raised,
                    MaterialOffers *out) {
    const Object *topic = model_object(context->model, STR("topic"));
    const Field *subjects = topic ? object_field(topic, STR("subjects")) : NULL;
    for (size_t i = 0; subjects && i < raised->recent.count; i++) {
        const Choice *choice = field_choice(subjects, raised->recent.items[i]);
        bool known = !choice || raised->recent.times[i] < SUGGEST_TIMES;
        for (int lang = 0; lang < LANG_COUNT && !known; lang++) {
            known = has_word(tags, choice->label.in[lang]);
        }
        if (known || out->suggested_count == MATERIAL_TAGS_SUGGESTED) continue;
        out->suggested[out->suggested_count++] = label_in(&choice->label, context->actor->lang);
    }
}

/* As if the topics of the visit that is being written were saved already. */
static void take_noted(Arena *arena, const MaterialNoted *noted, Raised *out) {
    Str subjects = noted->subjects, products = noted->products;
    while (!str_empty(subjects)) {
        Str word = str_trim(str_cut(&subjects, ','));
        if (!str_empty(word)) add_word(arena, &out->open, word);
    }
    while (!str_empty(products) && out->product_count < MATERIAL_SUBJECTS_MOST) {
        Id id;
        if (id_parse(str_trim(str_cut(&products, ',')), &id)) {
            out->products[out->product_count++] = id;
        }
    }
}

Status material_offers(Context *context, const Record *hcp, const MaterialNoted *noted,
                       MaterialOffers *out) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    const Object *content = model_object(context->model, STR("content"));
    Wanted *wanted = ARENA_NEW(context->arena, Wanted);
    *out = (MaterialOffers){0};
    add_list(context->arena, &wanted->tags, text_of(hcp, "tags"));
    add_list(context->arena, &wanted->needs, text_of(hcp, "needs"));
    Status status = read_raised(context, hcp->id, &wanted->raised);
    if (status == STATUS_OK) status = material_market(context, hcp, &wanted->market);
    if (status != STATUS_OK) return status;
    if (noted) take_noted(context->arena, noted, &wanted->raised);
    build_offers(context, content, wanted, &sql);
    suggest(context, &wanted->tags, &wanted->raised, out);
    return read_offers(context, &sql, content, out);
}

/* ---- What is new ---- */

/* A responsible person, and which of their doctors the material is for. */
typedef struct Told {
    Id owner;
    Id *doctors;
    size_t count;
} Told;

bool material_usable_on(const Record *content, Str today) {
    Str from = text_of(content, "valid_from"), to = text_of(content, "valid_to");
    if (!str_is(text_of(content, "state"), "approved")) return false;
    if (!str_empty(from) && str_compare(from, today) > 0) return false;
    return str_empty(to) || str_compare(to, today) >= 0;
}

static void build_doctors(const Record *content, const Words *tags, Sql *sql) {
    Str market = text_of(content, "market");
    sql_add(sql,
            "SELECT d.\"owner\", d.\"id\" FROM \"hcp\" AS d LEFT JOIN \"hco\" AS h ON h.\"id\" = "
            "d.\"primary_hco\" WHERE d.\"deleted_at\" IS NULL AND d.\"owner\" IS NOT NULL AND ");
    add_has(sql, "d.\"tags\"", tags);
    if (!str_empty(market)) {
        sql_add(sql, " AND COALESCE(d.\"country\", h.\"country\") = ");
        sql_bind(sql, value_text(market));
    }
    sql_add(sql, " ORDER BY d.\"owner\", d.\"id\"");
}

/* The doctors by whose they are, in one query, so that each person is told of all of theirs. */
static Status read_told(Context *context, const Record *content, Told **out, size_t *count) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    Words *tags = ARENA_NEW(context->arena, Words);
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    add_list(context->arena, tags, text_of(content, "tags"));
    if (!tags->count) return STATUS_OK;
    build_doctors(content, tags, &sql);
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Id owner = store_column_id(rows, 0);
        if (!*count || !id_equal((*out)[*count - 1].owner, owner)) {
            if (*count == capacity) {
                capacity = capacity ? capacity * 2 : 16;
                Told *more = ARENA_ARRAY(context->arena, capacity, Told);
                if (*count) memcpy(more, *out, *count * sizeof **out);
                *out = more;
            }
            (*out)[(*count)++] =
                (Told){.owner = owner, .doctors = ARENA_ARRAY(context->arena, NAMES_MOST, Id)};
        }
        Told *told = &(*out)[*count - 1];
        if (told->count < NAMES_MOST) told->doctors[told->count] = store_column_id(rows, 1);
        told->count++;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status was_told(Context *context, const Record *content, Id owner, bool *out) {
    return store_ask_any(context->transaction, out,
                         "SELECT 1 FROM \"content_news\" WHERE \"content\" = $1 AND "
                         "\"owner\" = $2",
                         value_id(content->id), value_id(owner));
}

/* One line a doctor, as the responsible person writes names; the rest is counted. */
static Status list_names(Context *context, const Told *told, Str *out) {
    Receiver receiver;
    Status status = receiver_read(context, told->owner, &receiver);
    Context spoken = *context;
    spoken.actor = &receiver.actor;
    *out = (Str){0};
    for (size_t i = 0; i < told->count && i < NAMES_MOST && status == STATUS_OK; i++) {
        Record doctor;
        status = record_read(&spoken, model_object(context->model, STR("hcp")), told->doctors[i],
                             &doctor);
        if (status != STATUS_OK) break;
        Str title = record_title(&spoken, &doctor);
        *out = str_format(context->arena, "%.*s%s%.*s", STR_ARGS(*out), i ? "\n" : "",
                          STR_ARGS(title));
    }
    if (told->count > NAMES_MOST) {
        *out = str_format(context->arena, "%.*s\n+%zu", STR_ARGS(*out), told->count - NAMES_MOST);
    }
    return status;
}

static Status tell_owner(Context *context, const Record *content, const Told *told,
                         int64_t *acted) {
    const Object *news = model_object(context->model, STR("content_news"));
    bool already = false;
    Str names;
    Record made;
    Status status = was_told(context, content, told->owner, &already);
    if (status != STATUS_OK || already) return status;
    status = list_names(context, told, &names);
    if (status != STATUS_OK) return status;
    FieldValue values[] = {
        {object_field(news, STR("content")), value_id(content->id)},
        {object_field(news, STR("owner")), value_id(told->owner)},
        {object_field(news, STR("doctors")), value_integer((int64_t)told->count)},
        {object_field(news, STR("names")), value_text(names)},
        {object_field(news, STR("at")), value_integer(context->now)},
    };
    ++*acted;
    return record_insert(context, news, values, sizeof values / sizeof *values, &made);
}

static Status tell(Context *context, const Record *content, int64_t *acted) {
    Told *told;
    size_t count;
    Status status = read_told(context, content, &told, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = tell_owner(context, content, &told[i], acted);
    }
    return status;
}

Status material_after_save(Context *context, const Change *change) {
    SystemActor storage;
    int64_t acted = 0;
    if (change->action == CHANGE_DELETE || !material_usable_on(change->after, today_of(context))) {
        return STATUS_OK;
    }
    return tell(system_actor(context, &storage), change->after, &acted);
}

/* Only of the last days: what has been usable for long was told when it became so. */
Status material_daily(Context *context, Str today, int64_t *acted) {
    const Object *content = model_object(context->model, STR("content"));
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Date day;
    if (!content || !date_parse(today, &day)) return STATUS_OK;
    Record *items = ARENA_ARRAY(context->arena, TOPICS_MOST, Record);
    size_t count = 0;
    sql_add(&sql, "SELECT ");
    row_add_columns(&sql, content);
    sql_add(&sql, " FROM \"content\" AS \"r\" WHERE ");
    add_usable(&sql, today);
    sql_add(&sql, " AND \"r\".\"tags\" IS NOT NULL AND \"r\".\"valid_from\" >= ");
    sql_bind(&sql,
             value_text(date_text(context->arena, date_from_days(date_to_days(day) - LATE_DAYS))));
    sql_add(&sql, " ORDER BY \"r\".\"id\"");
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && count < TOPICS_MOST && (status = store_next(rows)) == STATUS_OK) {
        row_read(context->arena, rows, 0, content, &items[count++]);
    }
    if (status == STATUS_END) status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = tell(context, &items[i], acted);
    }
    return status;
}

/* ---- Before saving ---- */

Status material_before_save(Context *context, Change *change) {
    Str from = text_of(change->after, "valid_from"), to = text_of(change->after, "valid_to");
    if (str_empty(from) || str_empty(to) || str_compare(from, to) <= 0) return STATUS_OK;
    problem_add(context->problem, STR("/valid_to"), "content_dates");
    return STATUS_INVALID;
}

/* Whoever asked must learn why, or what came of it. */
Status marketing_request_before_save(Context *context, Change *change) {
    Record *request = change->after;
    Str state = text_of(request, "state");
    Str before = change->before ? text_of(change->before, "state") : STR("open");
    bool settled = str_is(state, "delivered") || str_is(state, "declined");
    if (change->action == CHANGE_DELETE || str_equal(state, before)) return STATUS_OK;
    if (settled && str_empty(text_of(request, "answer"))) {
        problem_add(context->problem, STR("/answer"), "request_answer");
        return STATUS_INVALID;
    }
    const Field *handler = object_field(request->object, STR("handler"));
    if (id_none(id_of(request, "handler"))) {
        request->values[handler->index] = value_id_or_null(context->actor->user);
    }
    return STATUS_OK;
}

/* Weekly figures, the digest, and the mail that only says that it arrives. */
#include "mail_compose.h"

#include "access.h"
#include "field.h"
#include "figures_export.h"
#include "list.h"
#include "mail_numbers.h"
#include "mail_text.h"
#include "titles.h"
#include "zone.h"

static Str say(const Exchange *exchange, Arena *arena, const char *code, Str first, Str second) {
    return texts_sentence(exchange->business->texts, arena, exchange->actor->lang, str_of(code),
                          (const Str[PROBLEM_ARGUMENTS]){first, second});
}

static Str page_address(Arena *arena, const MailServer *server, const char *path) {
    if (str_empty(server->page)) return (Str){0};
    return str_format(arena, "%.*s%s", STR_ARGS(server->page), path);
}

static void take_text(MailText *text, Arena *arena, MailComposed *out) {
    out->message.text = str_copy(arena, buffer_str(&text->plain));
    out->message.html = str_copy(arena, buffer_str(&text->html));
}

static Str today(const Exchange *exchange, Arena *arena, int64_t now) {
    return date_text(arena, zone_date(exchange->actor->zone, now));
}

/* ---- Weekly figures ---- */

/* What one reads in a mail on a phone; the workbook has the rest. */
enum { FIGURE_ROWS = 30, FIGURE_COLUMNS = 12, LIST_ROWS = 12, LIST_COLUMNS = 8 };

/* What the reading job of a mailed dashboard needs and leaves. */
typedef struct FiguresWork {
    const Exchange *exchange;
    FiguresRequest request;
    Arena *arena;
    Problem problem;
    DashboardTables tables;
    int64_t now;
} FiguresWork;

static Status read_tables(Transaction *transaction, void *data) {
    FiguresWork *work = data;
    Context context = exchange_context(work->exchange, work->arena, transaction, &work->problem);
    DashboardTableOptions options = {.arguments = work->request.arguments,
                                     .count = work->request.argument_count,
                                     .texts = work->exchange->business->texts};
    work->now = context.now;
    return dashboard_tables(work->request.dashboard, &context, &options, &work->tables);
}

static Status note_mail(Transaction *transaction, void *data) {
    FiguresWork *work = data;
    Context context = exchange_context(work->exchange, work->arena, transaction, &work->problem);
    return figures_export_note(&context, &work->request, &work->tables, STR("mail"));
}

static void add_narrowing(const FiguresWork *work, MailText *text) {
    Buffer line CLEANUP(buffer_free) = {0};
    buffer_add(&line, today(work->exchange, work->arena, work->now));
    for (size_t i = 0; i < work->tables.narrowed_count; i++) {
        const DashboardNarrowing *one = &work->tables.narrowed[i];
        buffer_format(&line, " · %.*s: %.*s", STR_ARGS(one->label), STR_ARGS(one->value));
    }
    mail_text_quiet(text, buffer_str(&line));
}

/* Long tables of the past are for the workbook; of a list its beginning is shown. */
static void add_table(const FiguresWork *work, const DashboardTable *table, MailText *text) {
    Arena *arena = work->arena;
    bool too_long = !table->list && table->row_count > FIGURE_ROWS;
    MailTablePart part = {.columns = table->list ? LIST_COLUMNS : FIGURE_COLUMNS,
                          .rows = table->list ? LIST_ROWS : FIGURE_ROWS};
    mail_text_heading(text, table->label);
    mail_text_quiet(text, table->help);
    if (!table->row_count) {
        mail_text_paragraph(text, say(work->exchange, arena, "mail_nothing", (Str){0}, (Str){0}));
    } else if (too_long) {
        mail_text_paragraph(text,
                            say(work->exchange, arena, "mail_in_workbook", (Str){0}, (Str){0}));
    } else {
        mail_text_table(text, table, part);
    }
    if (too_long || table->total <= (int64_t)part.rows) return;
    Str more = str_format(arena, "%lld", (long long)(table->total - (int64_t)part.rows));
    mail_text_quiet(text, say(work->exchange, arena, "mail_more", more, (Str){0}));
}

static void write_figures(const FiguresWork *work, const MailServer *server, MailComposed *out) {
    const Exchange *exchange = work->exchange;
    Arena *arena = work->arena;
    MailText text CLEANUP(mail_text_free) = {0};
    mail_text_begin(&text, exchange->actor->lang, work->tables.label);
    add_narrowing(work, &text);
    for (size_t i = 0; i < work->tables.count;) {
        DashboardTable together;
        size_t joined = mail_numbers_join(arena, &work->tables, i, &together);
        add_table(work, joined > 1 ? &together : &work->tables.items[i], &text);
        i += joined;
    }
    mail_text_link(&text, say(exchange, arena, "mail_open", (Str){0}, (Str){0}),
                   page_address(arena, server, "/team"));
    mail_text_end(&text, say(exchange, arena, "mail_figures_footer", (Str){0}, (Str){0}));
    take_text(&text, arena, out);
    out->message.subject = say(exchange, arena, "mail_figures_subject", work->tables.label,
                               today(exchange, arena, work->now));
}

/* Arguments that a dashboard has lost since are left out, not a reason to send nothing. */
static void read_arguments(Arena *arena, const MailSubscription *subscription,
                           FiguresRequest *request) {
    json_t *document CLEANUP(json_drop) = NULL;
    const char *name;
    json_t *value;
    if (json_read(subscription->arguments, NULL, &document) != STATUS_OK) return;
    DashboardArgument *arguments =
        ARENA_ARRAY(arena, json_object_size(document) + 1, DashboardArgument);
    json_object_foreach(document, name, value) {
        for (size_t i = 0; i < dashboard_parameter_count(request->dashboard); i++) {
            if (!str_is(dashboard_parameter(request->dashboard, i), name)) continue;
            arguments[request->argument_count++] =
                (DashboardArgument){.name = dashboard_parameter(request->dashboard, i),
                                    .value = str_copy(arena, json_text(value))};
        }
    }
    request->arguments = arguments;
}

Status mail_compose_figures(const Exchange *exchange, const MailServer *server,
                            const MailSubscription *subscription, Arena *arena, const char *path,
                            MailComposed *out) {
    const Dashboards *dashboards = exchange->business->dashboards;
    FiguresWork work = {
        .exchange = exchange,
        .arena = arena,
        .problem = problem_new(arena),
        .request = {.dashboard = dashboards_find(dashboards, subscription->dashboard)}};
    *out = (MailComposed){.empty = true};
    if (!work.request.dashboard) return STATUS_OK;
    read_arguments(arena, subscription, &work.request);
    Status status = store_read(exchange->store, read_tables, &work);
    if (status == STATUS_INVALID || status == STATUS_DENIED) return STATUS_OK;
    if (status != STATUS_OK || !work.tables.count) return status;
    status = figures_export_tables(exchange, &work.tables, EXPORT_XLSX, work.now, path);
    if (status == STATUS_OK) status = store_write(exchange->store, note_mail, &work);
    if (status != STATUS_OK) return status;
    write_figures(&work, server, out);
    out->empty = false;
    out->message.file =
        (MailFile){.path = str_copy(arena, str_of(path)),
                   .name = str_format(arena, "%.*s-%.*s.xlsx", STR_ARGS(subscription->dashboard),
                                      STR_ARGS(today(exchange, arena, work.now))),
                   .type = export_media_type(EXPORT_XLSX)};
    return STATUS_OK;
}

/* ---- The digest ---- */

enum { DIGEST_LINES = 30 };

/* A digest while it is gathered, kind by kind. */
typedef struct DigestWork {
    const Exchange *exchange;
    const MailDigest *digest;
    Arena *arena;
    Problem problem;
    MailText *text;
    json_t *kinds;
    int64_t now;
    int64_t lines; /* of all parts */
    /* of the part that is being read */
    const char *heading;
    Record *records;
    size_t record_count;
    Titles people;
    int64_t part_lines;
    Context *context;
} DigestWork;

static bool wants(const DigestWork *work, const char *kind) {
    size_t i;
    json_t *each;
    json_array_foreach(work->kinds, i, each) {
        if (str_is(json_text(each), kind)) return true;
    }
    return false;
}

static Str field_words(const DigestWork *work, const Record *record, const char *name) {
    const Field *field = object_field(record->object, str_of(name));
    const Actor *actor = work->exchange->actor;
    if (!field || !access_may_read_field(actor, record->object, field)) return (Str){0};
    return field_text(work->arena, field, &record->values[field->index], actor->lang, actor->zone);
}

static void begin_part(DigestWork *work) {
    if (!work->part_lines) {
        mail_text_heading(work->text,
                          say(work->exchange, work->arena, work->heading, (Str){0}, (Str){0}));
    }
    work->part_lines++;
    work->lines++;
}

/* What is due, for whom, and whether it is late already. */
static void add_due(DigestWork *work, const Record *record) {
    begin_part(work);
    Str due = field_words(work, record, "due_at");
    const Value *at = record_value(record, STR("due_at"));
    const Value *hcp = record_value(record, STR("hcp"));
    bool late = at->kind == VALUE_INTEGER && at->integer < work->now;
    Str detail =
        say(work->exchange, work->arena, late ? "mail_was_due" : "mail_due", due, (Str){0});
    Str person = hcp->kind == VALUE_ID ? titles_find(&work->people, hcp->id) : (Str){0};
    if (!str_empty(person)) {
        detail = str_format(work->arena, "%.*s · %.*s", STR_ARGS(person), STR_ARGS(detail));
    }
    mail_text_item(work->text, record_title(work->context, record), detail);
}

static void add_notice(DigestWork *work, const Record *record) {
    Str kind = record_value(record, STR("kind"))->text;
    if (!wants(work, str_terminated(work->arena, kind))) return;
    begin_part(work);
    mail_text_item(work->text, field_words(work, record, "subject"),
                   field_words(work, record, "at"));
}

static Status take_record(void *data, const Record *record) {
    DigestWork *work = data;
    work->records[work->record_count++] = *record;
    return STATUS_OK;
}

/* One query for the names of all, before any of them is written. */
static Status read_people(DigestWork *work, const Object *object) {
    const Field *field = object_field(object, STR("hcp"));
    size_t count = 0;
    work->people = (Titles){0};
    if (!field || field->type != FIELD_REFERENCE) return STATUS_OK;
    Id *ids = ARENA_ARRAY(work->arena, work->record_count + 1, Id);
    for (size_t i = 0; i < work->record_count; i++) {
        const Value *value = &work->records[i].values[field->index];
        if (value->kind == VALUE_ID) ids[count++] = value->id;
    }
    return titles_read(work->context, field_target(work->context->model, field), ids, count,
                       TITLES_OF_ALIVE, &work->people);
}

/* What the lists have in common: one's own, by a window of time. */
typedef struct DigestList {
    const char *object, *at, *state; /* state: NULL for none */
    int64_t from, until;
} DigestList;

static Status add_window(void *data, Context *context, Sql *sql, Str alias) {
    const DigestList *list = data;
    sql_add_column(sql, alias, STR("owner"));
    sql_add(sql, " = ");
    sql_bind(sql, value_id(context->actor->user));
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, str_of(list->at));
    sql_add(sql, " > ");
    sql_bind(sql, value_integer(list->from));
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, str_of(list->at));
    sql_add(sql, " <= ");
    sql_bind(sql, value_integer(list->until));
    if (!list->state) return STATUS_OK;
    sql_add(sql, " AND ");
    sql_add_column(sql, alias, STR("state"));
    sql_add(sql, " = ");
    sql_bind(sql, value_text(str_of(list->state)));
    return STATUS_OK;
}

/* A role that may not read such records, or a business without them, has no such part. */
static Status read_part(DigestWork *work, DigestList *list,
                        void (*add)(DigestWork *, const Record *)) {
    Context *context = work->context;
    const Object *object = model_object(context->model, str_of(list->object));
    if (!object || access_scope(context->actor, object, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    const Field *at = object_field(object, str_of(list->at));
    if (!at || !object_field(object, STR("owner"))) return STATUS_OK;
    if (list->state && !object_field(object, STR("state"))) return STATUS_OK;
    ListQuery query = {.object = object,
                       .predicate = add_window,
                       .predicate_data = list,
                       .sorts = {{.field = at}},
                       .sort_count = 1,
                       .limit = DIGEST_LINES};
    Str next = {0};
    work->part_lines = 0;
    work->record_count = 0;
    work->records = ARENA_ARRAY(work->arena, DIGEST_LINES, Record);
    Status status = list_each(context, &query, take_record, work, &next);
    if (status == STATUS_OK) status = read_people(work, object);
    for (size_t i = 0; status == STATUS_OK && i < work->record_count; i++) {
        add(work, &work->records[i]);
    }
    if (status == STATUS_OK && !str_empty(next)) {
        mail_text_quiet(work->text,
                        say(work->exchange, work->arena, "mail_digest_more", (Str){0}, (Str){0}));
    }
    return status;
}

/* Reminders first: what is due matters more than what was told. */
static Status read_digest(Transaction *transaction, void *data) {
    DigestWork *work = data;
    Context context = exchange_context(work->exchange, work->arena, transaction, &work->problem);
    int64_t soon = work->now + 2 * CLOCK_DAY;
    DigestList promises = {.object = "promise", .at = "due_at", .state = "open", .until = soon};
    DigestList tasks = {.object = "task", .at = "due_at", .state = "open", .until = soon};
    DigestList notices = {
        .object = "notification", .at = "at", .from = work->digest->told_until, .until = work->now};
    Status status = STATUS_OK;
    work->context = &context;
    if (wants(work, "promise")) {
        work->heading = "mail_digest_promises";
        status = read_part(work, &promises, add_due);
    }
    if (status == STATUS_OK && wants(work, "task")) {
        work->heading = "mail_digest_tasks";
        status = read_part(work, &tasks, add_due);
    }
    if (status != STATUS_OK) return status;
    work->heading = "mail_digest_notices";
    return read_part(work, &notices, add_notice);
}

Status mail_compose_digest(const Exchange *exchange, const MailServer *server,
                           const MailDigest *digest, Arena *arena, MailComposed *out) {
    json_t *kinds CLEANUP(json_drop) = NULL;
    MailText text CLEANUP(mail_text_free) = {0};
    int64_t now = clock_now(&exchange->clock);
    *out = (MailComposed){.empty = true, .told_until = now};
    if (json_read(digest->kinds, NULL, &kinds) != STATUS_OK) return STATUS_OK;
    DigestWork work = {.exchange = exchange,
                       .digest = digest,
                       .arena = arena,
                       .problem = problem_new(arena),
                       .text = &text,
                       .kinds = kinds,
                       .now = now};
    Str title = say(exchange, arena, "mail_digest_subject", today(exchange, arena, now), (Str){0});
    mail_text_begin(&text, exchange->actor->lang, title);
    Status status = store_read(exchange->store, read_digest, &work);
    if (status != STATUS_OK) return status;
    mail_text_link(&text, say(exchange, arena, "mail_open", (Str){0}, (Str){0}),
                   page_address(arena, server, "/"));
    mail_text_end(&text, say(exchange, arena, "mail_digest_footer", (Str){0}, (Str){0}));
    take_text(&text, arena, out);
    out->message.subject = title;
    out->empty = !work.lines;
    return STATUS_OK;
}

void mail_compose_test(const Exchange *exchange, const MailServer *server, Arena *arena,
                       MailComposed *out) {
    MailText text CLEANUP(mail_text_free) = {0};
    Str subject = say(exchange, arena, "mail_test_subject", (Str){0}, (Str){0});
    *out = (MailComposed){.message = {.subject = subject}};
    mail_text_begin(&text, exchange->actor->lang, subject);
    mail_text_paragraph(&text, say(exchange, arena, "mail_test_text", (Str){0}, (Str){0}));
    mail_text_link(&text, say(exchange, arena, "mail_open", (Str){0}, (Str){0}),
                   page_address(arena, server, "/settings/mail"));
    mail_text_end(&text, say(exchange, arena, "mail_test_footer", (Str){0}, (Str){0}));
    take_text(&text, arena, out);
}

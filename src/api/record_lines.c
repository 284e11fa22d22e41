/*
 * Many records in one request, as lines of JSON or as an array. Each line is answered on its own,
 * with its id or its problem, in the order in which it came.
 */
#include "access.h"
#include "problem_answer.h"
#include "resources.h"

/*
 * Many records at once. Lines are written in groups, each line in a savepoint of its group's
 * transaction, so that a bad line leaves nothing and its neighbours stay.
 */
enum { BULK_GROUP = 500 };

/* One line and what became of it; set anew by each run of its group's job. */
typedef struct BulkLine {
    json_t *body; /* NULL: not readable, see status */
    Status status;
    UpsertOutcome outcome;
    Id id;
    Problem problem;
} BulkLine;

/* Many records in one request, in groups, so that a bad line costs only itself. */
typedef struct Bulk {
    Call *call;
    const Field *key; /* NULL: always create */
    BulkLine *lines;
    size_t count;
    size_t first, end; /* the group being written */
} Bulk;

/* One line, tried inside a savepoint of its own. */
typedef struct LineJob {
    Context context;
    const Bulk *bulk;
    BulkLine *line;
} LineJob;

/* The savepoint is opened by store_attempt; this is what stands inside it. */
static Status write_line_record(Transaction *transaction, void *data) {
    LineJob *job = data;
    Record record;
    (void)transaction;
    const Object *object = job->bulk->call->object;
    Status status;
    if (job->bulk->key) {
        status = record_upsert(&job->context, object, job->bulk->key, job->line->body, &record,
                               &job->line->outcome);
    } else {
        job->line->outcome = UPSERT_CREATED;
        status = record_create(&job->context, object, job->line->body, &record);
    }
    if (status == STATUS_OK) job->line->id = record.id;
    return status;
}

/* A line's refusal is its own answer; only the machine's failures end the whole. */
static Status write_group(Transaction *transaction, void *data) {
    Bulk *bulk = data;
    for (size_t i = bulk->first; i < bulk->end; i++) {
        BulkLine *line = &bulk->lines[i];
        if (!line->body) continue;
        line->problem = problem_new(bulk->call->arena);
        LineJob job = {.context = bulk->call->context, .bulk = bulk, .line = line};
        job.context.transaction = transaction;
        job.context.problem = &line->problem;
        line->status = store_attempt(transaction, write_line_record, &job);
        if (line->status == STATUS_FAILED || line->status == STATUS_BUSY) return line->status;
    }
    return STATUS_OK;
}

/*
 * A group that was committed stays committed when a later one fails: a bulk of a million lines is
 * no transaction.
 */
static Status run_groups(Bulk *bulk) {
    for (bulk->first = 0; bulk->first < bulk->count; bulk->first = bulk->end) {
        bulk->end = bulk->first + BULK_GROUP < bulk->count ? bulk->first + BULK_GROUP : bulk->count;
        Status status = store_write(bulk->call->api->store, write_group, bulk);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* ---- In ---- */

/* Anything else is read as a JSON document a line, whatever it calls itself. */
static bool is_array_request(const Call *call) {
    Str type = http_request_header(call->request, "Content-Type");
    return str_starts(type, STR("application/json"));
}

/* Each line keeps its own reference, so that both forms are given back alike. */
static Status read_array(Bulk *bulk, json_t *array) {
    Call *call = bulk->call;
    if (!json_is_array(array)) return call_refuse(call, STATUS_MALFORMED, "", "array_expected");
    bulk->lines = ARENA_ARRAY(call->arena, json_array_size(array), BulkLine);
    size_t i;
    json_t *node;
    json_array_foreach(array, i, node) bulk->lines[bulk->count++].body = json_incref(node);
    return STATUS_OK;
}

/* Room for as many as there are line feeds; empty lines are left out and not counted. */
static void read_lines(Bulk *bulk) {
    Call *call = bulk->call;
    size_t most = 1;
    for (size_t i = 0; i < call->request->body.size; i++) {
        most += call->request->body.data[i] == '\n';
    }
    bulk->lines = ARENA_ARRAY(call->arena, most, BulkLine);
    for (Str rest = call->request->body; rest.data;) {
        Str text = str_trim(str_cut(&rest, '\n'));
        if (str_empty(text)) continue;
        BulkLine *line = &bulk->lines[bulk->count++];
        line->problem = problem_new(call->arena);
        line->status = json_read(text, &line->problem, &line->body);
    }
}

/* Only a unique field can name the one record that a line is about. */
static Status read_key(Bulk *bulk) {
    Call *call = bulk->call;
    Str name = call_parameter(call, "key");
    if (str_empty(name)) return STATUS_OK;
    bulk->key = object_field(call->object, name);
    if (bulk->key && bulk->key->unique) return STATUS_OK;
    problem_add(&call->problem, STR("/key"), "import_key_not_unique", name);
    return STATUS_INVALID;
}

/* ---- Out ---- */

static const char *const OUTCOMES[] = {
    [UPSERT_CREATED] = "created", [UPSERT_UPDATED] = "updated", [UPSERT_UNCHANGED] = "unchanged"};

/* The problem of a line is the problem document in small, so that clients read both alike. */
static void write_answer(Call *call, const BulkLine *line, size_t number, JsonWriter *json) {
    json_open_object(json);
    json_member_integer(json, "line", (int64_t)number);
    bool done = line->status == STATUS_OK;
    json_member_text(json, "status", str_of(done ? OUTCOMES[line->outcome] : "failed"));
    if (done) {
        json_member_id(json, "id", line->id);
    } else {
        json_key(json, STR("problem"));
        json_open_object(json);
        json_member_integer(json, "status", problem_http_status(line->status));
        json_member_text(json, "detail", problem_detail(call, &line->problem, line->status));
        json_key(json, STR("errors"));
        problem_write_errors(call, &line->problem, json);
        json_close_object(json);
    }
    json_close_object(json);
}

/* In the form of the request: a program that streams lines gets lines. */
static void write_answers(const Bulk *bulk, bool as_array) {
    Call *call = bulk->call;
    if (as_array) {
        json_open_object(&call->json);
        json_key(&call->json, STR("items"));
        json_open_array(&call->json);
        for (size_t i = 0; i < bulk->count; i++) {
            write_answer(call, &bulk->lines[i], i + 1, &call->json);
        }
        json_close_array(&call->json);
        json_close_object(&call->json);
        return;
    }
    http_response_header(call->response, "Content-Type", STR("application/x-ndjson"));
    for (size_t i = 0; i < bulk->count; i++) {
        JsonWriter line = json_writer(&call->response->body);
        write_answer(call, &bulk->lines[i], i + 1, &line);
        buffer_add_byte(&call->response->body, '\n');
    }
}

/* Bodies live until the answers are written, for errors point into them. */
Status records_bulk(Call *call) {
    Bulk bulk = {.call = call};
    json_t *array CLEANUP(json_drop) = NULL;
    Status status = read_key(&bulk);
    bool as_array = is_array_request(call);
    if (status == STATUS_OK && as_array) {
        status = json_read(call->request->body, &call->problem, &array);
        if (status == STATUS_OK) status = read_array(&bulk, array);
    } else if (status == STATUS_OK) {
        read_lines(&bulk);
    }
    if (status == STATUS_OK) status = run_groups(&bulk);
    if (status == STATUS_OK) write_answers(&bulk, as_array);
    for (size_t i = 0; i < bulk.count; i++) json_decref(bulk.lines[i].body);
    return status;
}

/*
 * The definitions that administrators change while Ondo runs. What may be published is decided by
 * domain/publishing.c; here are versions as entity tags, and the new edition put in force before
 * the answer goes out, so that whoever is told "published" meets it in their next request.
 */
#include "access.h"
#include "authenticate.h"
#include "edition.h"
#include "log.h"
#include "problem_answer.h"
#include "publishing.h"
#include "resources.h"
#include "tables.h"

/* ---- One definition: what is shipped, and what was published last ---- */

/* A definition in a list, shipped or published or both. */
typedef struct Item {
    Str kind, name;
    Str shipped;             /* empty: it is an addition */
    PublishedVersion newest; /* version 0: nothing was published yet */
} Item;

static Str body_in_force(const Item *item) {
    return str_empty(item->newest.body) ? item->shipped : item->newest.body;
}

static Str origin_of(const Item *item) {
    if (!str_empty(item->newest.body)) return STR("published");
    return str_empty(item->shipped) ? STR("withdrawn") : STR("shipped");
}

static Status require_right(Call *call) {
    if (access_may(&call->actor, STR("configure"))) return STATUS_OK;
    return call_refuse(call, STATUS_DENIED, "", "denied");
}

/* STATUS_NOT_FOUND when there is not even an old version of it. */
static Status read_item(Call *call, Item *item) {
    *item = (Item){.kind = call->path[0], .name = call->path[1]};
    const ModelSource *shipped = definitions_find(&call->api->shipped, item->kind, item->name);
    if (shipped) item->shipped = shipped->text;
    Status status = published_read(call->context.transaction, call->arena, item->kind, item->name,
                                   0, &item->newest);
    return status == STATUS_NOT_FOUND && shipped ? STATUS_OK : status;
}

/* ---- Writing ---- */

/* Who published it, when and why; null for what is as it was shipped. */
static void write_publication(Call *call, const PublishedVersion *version) {
    JsonWriter *json = &call->json;
    json_member_integer(json, "version", version->version);
    json_member_instant_or_null(json, "published_at", version->version ? version->at : 0);
    json_member_id_or_null(json, "by", version->by);
    json_member_text(json, "by_name", version->by_name);
    json_member_text(json, "note", version->note);
}

/* A template is called by its subject, the others by their labels, files of sentences not at all.
 */
static Str label_of(Call *call, const Item *item) {
    json_t *body CLEANUP(json_drop) = NULL;
    Str text = body_in_force(item);
    if (str_empty(text) || json_read(text, NULL, &body) != STATUS_OK) return item->name;
    const json_t *labels = json_object_get(body, "labels");
    if (str_is(item->kind, "templates")) labels = json_object_get(body, "subject");
    Label label = json_label(call->arena, labels);
    Str shown = label_in(&label, call->actor.lang);
    return str_empty(shown) ? item->name : shown;
}

static void write_head(Call *call, const Item *item) {
    json_member_text(&call->json, "kind", item->kind);
    json_member_text(&call->json, "name", item->name);
    json_member_text(&call->json, "label", label_of(call, item));
    json_member_text(&call->json, "origin", origin_of(item));
    write_publication(call, &item->newest);
}

/* ---- The list ---- */

/* The people of each role, counted once for all. */
static Status count_people(Call *call, json_t *counts) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_query(call->context.transaction,
                                STR("SELECT \"role\", COUNT(*) FROM \"user\" WHERE \"active\" = "
                                    "TRUE AND \"deleted_at\" IS NULL AND \"role\" IS NOT NULL "
                                    "GROUP BY \"role\""),
                                NULL, 0, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Str role = store_column(rows, 0, VALUE_TEXT).text;
        json_object_setn_new(counts, role.data, role.size,
                             json_integer(store_column(rows, 1, VALUE_INTEGER).integer));
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* The list of definitions while it is put together. */
typedef struct Listing {
    Call *call;
    Str kind; /* empty: all */
    bool bodies;
    PublishedVersion *published;
    size_t count, capacity;
    json_t *people; /* by role */
} Listing;

static Status collect(void *data, const PublishedVersion *version) {
    Listing *listing = data;
    Arena *arena = listing->call->arena;
    if (listing->count == listing->capacity) {
        size_t capacity = listing->capacity ? listing->capacity * 2 : 32;
        PublishedVersion *more = ARENA_ARRAY(arena, capacity, PublishedVersion);
        if (listing->count) {
            memcpy(more, listing->published, listing->count * sizeof *more);
        }
        listing->published = more;
        listing->capacity = capacity;
    }
    PublishedVersion *kept = &listing->published[listing->count++];
    *kept = *version;
    kept->kind = str_copy(arena, version->kind);
    kept->name = str_copy(arena, version->name);
    kept->body = str_copy(arena, version->body);
    kept->note = str_copy(arena, version->note);
    kept->by_name = str_copy(arena, version->by_name);
    return STATUS_OK;
}

static const PublishedVersion *published_of(const Listing *listing, Str kind, Str name) {
    for (size_t i = 0; i < listing->count; i++) {
        const PublishedVersion *version = &listing->published[i];
        if (str_equal(version->kind, kind) && str_equal(version->name, name)) return version;
    }
    return NULL;
}

static void write_item(Listing *listing, const Item *item) {
    Call *call = listing->call;
    if (!str_empty(listing->kind) && !str_equal(listing->kind, item->kind)) return;
    json_open_object(&call->json);
    write_head(call, item);
    if (str_is(item->kind, "roles")) {
        const json_t *people = json_object_getn(listing->people, item->name.data, item->name.size);
        json_member_integer(&call->json, "users", json_integer_value(people));
    }
    if (listing->bodies) json_member_raw_or_null(&call->json, "body", body_in_force(item));
    json_close_object(&call->json);
}

/* What is shipped in the order of its files, then the additions. */
static void write_items(Listing *listing) {
    const Definitions *shipped = &listing->call->api->shipped;
    for (size_t i = 0; i < shipped->count; i++) {
        Item item = {.shipped = shipped->sources[i].text};
        if (!definitions_name(shipped->sources[i].name, &item.kind, &item.name)) continue;
        const PublishedVersion *newest = published_of(listing, item.kind, item.name);
        if (newest) item.newest = *newest;
        write_item(listing, &item);
    }
    for (size_t i = 0; i < listing->count; i++) {
        const PublishedVersion *newest = &listing->published[i];
        if (definitions_find(shipped, newest->kind, newest->name)) continue;
        Item item = {.kind = newest->kind, .name = newest->name, .newest = *newest};
        write_item(listing, &item);
    }
}

Status definitions_list(Call *call) {
    json_t *people CLEANUP(json_drop) = json_object();
    Listing listing = {.call = call,
                       .kind = call_parameter(call, "kind"),
                       .bodies = str_is(call_parameter(call, "body"), "true"),
                       .people = people};
    Status status = require_right(call);
    if (status != STATUS_OK) return status;
    if (!str_empty(listing.kind) && !published_kind_known(listing.kind)) {
        problem_add(&call->problem, STR("/kind"), "definition_kind", listing.kind);
        return STATUS_INVALID;
    }
    status = published_each(call->context.transaction, collect, &listing);
    if (status == STATUS_OK) status = count_people(call, people);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    write_items(&listing);
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    json_write_null(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* ---- One ---- */

static Status write_version(void *data, const PublishedVersion *version) {
    Call *call = data;
    json_open_object(&call->json);
    json_member_id(&call->json, "id", version->id);
    write_publication(call, version);
    json_member_boolean(&call->json, "shipped", str_empty(version->body));
    json_close_object(&call->json);
    return STATUS_OK;
}

/* The version is the entity tag, 0 before the first publication. */
static Status answer_item(Call *call, const Item *item) {
    http_response_header(call->response, "ETag",
                         str_format(call->arena, "\"%lld\"", (long long)item->newest.version));
    json_open_object(&call->json);
    write_head(call, item);
    json_member_raw_or_null(&call->json, "body", body_in_force(item));
    json_member_raw_or_null(&call->json, "shipped", item->shipped);
    json_key(&call->json, STR("versions"));
    json_open_array(&call->json);
    Status status = published_each_version(call->context.transaction, item->kind, item->name,
                                           write_version, call);
    json_close_array(&call->json);
    json_close_object(&call->json);
    return status;
}

Status definitions_read(Call *call) {
    Item item;
    Status status = require_right(call);
    if (status == STATUS_OK) status = read_item(call, &item);
    return status == STATUS_OK ? answer_item(call, &item) : status;
}

/* Version 0 is what was shipped. */
static Status read_version(Call *call, const Item *item, int64_t number, PublishedVersion *out) {
    *out = (PublishedVersion){.kind = item->kind, .name = item->name};
    if (number == 0) return STATUS_OK;
    Status status =
        published_read(call->context.transaction, call->arena, item->kind, item->name, number, out);
    return status == STATUS_NOT_FOUND
               ? call_refuse(call, status, "/version", "definition_version_unknown")
               : status;
}

Status definitions_read_version(Call *call) {
    Item item;
    int64_t number;
    Status status = require_right(call);
    if (status == STATUS_OK) status = read_item(call, &item);
    if (status == STATUS_OK && (!str_to_integer(call->path[2], &number) || number < 0)) {
        status = STATUS_NOT_FOUND;
    }
    if (status == STATUS_OK) status = read_version(call, &item, number, &item.newest);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    write_head(call, &item);
    json_member_raw_or_null(&call->json, "body", body_in_force(&item));
    json_close_object(&call->json);
    return STATUS_OK;
}

/* ---- Checking and publishing ---- */

/* If-Match names the version that was seen, 0 before the first publication; -1 without it. */
static Status read_if_match(Call *call, int64_t *version) {
    Str header = str_trim(http_request_header(call->request, "If-Match"));
    *version = -1;
    if (str_is(header, "\"0\"")) *version = 0;
    if (*version == 0 || str_empty(header) || str_is(header, "*")) return STATUS_OK;
    return call_if_match(call, version);
}

static Status begin(Call *call, Publication *out) {
    Status status = require_right(call);
    if (status != STATUS_OK) return status;
    if (!published_kind_known(call->path[0])) {
        problem_add(&call->problem, STR(""), "definition_kind", call->path[0]);
        return STATUS_NOT_FOUND;
    }
    Str note = json_get_text(call->body, "note");
    *out = (Publication){.shipped = &call->api->shipped,
                         .kind = call->path[0],
                         .name = call->path[1],
                         .note = str_empty(note) ? call->context.reason : note};
    return read_if_match(call, &out->if_version);
}

static Status take_body(Call *call, Publication *publication) {
    const json_t *body = json_object_get(call->body, "body");
    if (!json_is_object(body)) {
        return call_refuse(call, STATUS_INVALID, "/body", "object_expected");
    }
    publication->body = json_compact(call->arena, body);
    return STATUS_OK;
}

/* What publishing would refuse, as an answer and not as a refusal: the page asks while one works.
 */
Status definitions_check(Call *call) {
    Publication publication;
    Status status = begin(call, &publication);
    if (status == STATUS_OK) status = take_body(call, &publication);
    if (status != STATUS_OK) return status;
    return problem_answer_check(call, publishing_check(&call->context, &publication));
}

/* A publication on its way: `to` is the older version that is wanted again, -1 for a new body. */
typedef struct Publishing {
    Call *call;
    Publication publication;
    int64_t to;
} Publishing;

/* Of an object that has a table: it is kept for the publication alone. */
static Status lock_table(const Publishing *publishing, Transaction *transaction) {
    const Publication *publication = &publishing->publication;
    const Object *object = model_object(publishing->call->business->model, publication->name);
    bool extends = str_is(publication->kind, "objects") && object;
    return extends ? tables_lock(object, transaction) : STATUS_OK;
}

static Status find_body(Publishing *publishing) {
    Item item;
    PublishedVersion version = {0};
    if (publishing->to < 0) return STATUS_OK;
    Status status = read_item(publishing->call, &item);
    if (status == STATUS_OK) {
        status = read_version(publishing->call, &item, publishing->to, &version);
    }
    publishing->publication.body = version.body;
    return status;
}

/*
 * Who asks was found out before, so that nobody else can have tables locked; it is found out again
 * after, for a right may have been withdrawn meanwhile. The job may run twice.
 */
static Status publish_job(Transaction *transaction, void *data) {
    Publishing *publishing = data;
    Call *call = publishing->call;
    Item item;
    int64_t version;
    Status status = lock_table(publishing, transaction);
    call_restart(call, transaction);
    if (status == STATUS_OK) status = authenticate(call, transaction);
    if (status == STATUS_OK) status = require_right(call);
    if (status == STATUS_OK) status = find_body(publishing);
    if (status == STATUS_OK) {
        status = publishing_publish(&call->context, &publishing->publication, &version);
    }
    if (status == STATUS_OK) status = read_item(call, &item);
    return status == STATUS_OK ? answer_item(call, &item) : status;
}

/* Once it is durable it is put in force; what fails there is tried again by the keeper. */
static Status publish(Publishing *publishing) {
    Call *call = publishing->call;
    Status status = store_write(call->api->store, publish_job, publishing);
    if (status != STATUS_OK) return status;
    if (editions_refresh(call->api) != STATUS_OK) {
        log_write(LOG_LEVEL_ERROR, "published definitions are not in force yet",
                  LOG_TEXT("kind", call->path[0]), LOG_TEXT("name", call->path[1]));
    }
    return STATUS_OK;
}

Status definitions_publish(Call *call) {
    Publishing publishing = {.call = call, .to = -1};
    Status status = begin(call, &publishing.publication);
    if (status == STATUS_OK) status = take_body(call, &publishing.publication);
    return status == STATUS_OK ? publish(&publishing) : status;
}

Status definitions_revert(Call *call) {
    Publishing publishing = {.call = call};
    const json_t *number = json_object_get(call->body, "version");
    Status status = begin(call, &publishing.publication);
    if (status != STATUS_OK) return status;
    if (!json_is_integer(number) || json_integer_value(number) < 0) {
        return call_refuse(call, STATUS_INVALID, "/version", "not_integer");
    }
    publishing.to = json_integer_value(number);
    return publish(&publishing);
}

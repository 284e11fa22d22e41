/*
 * The check loads the whole business anew, as a start would: there is one way to find errors and
 * not two. It runs inside the job that publishes, on what that job sees, so that two publications
 * which fit alone but not together cannot both succeed.
 */
#include "publishing.h"

#include "access.h"
#include "choices.h"
#include "consequences.h"
#include "sql.h"
#include "system_actor.h"
#include "tables.h"

Status publishing_load(const Definitions *definitions, Problem *problem, Business **out) {
    Business *business = NULL;
    Status status = business_load(definitions->sources, definitions->count, problem, &business);
    if (status != STATUS_OK) return status;
    status = consequences_check(business, problem);
    if (status == STATUS_OK) {
        *out = business;
    } else {
        business_free(business);
    }
    return status;
}

void publishing_drop(Business **business) {
    business_free(*business);
}

/* ---- The definition by itself ---- */

enum { NAME_MOST = 48 };

/* A name becomes part of an address, and of a file's name when it is exported. */
static bool is_name(Str name) {
    if (str_empty(name) || name.size > NAME_MOST) return false;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = c >= 'a' && c <= 'z', later = (c >= '0' && c <= '9') || c == '_';
        if (!letter && !(later && i)) return false;
    }
    return true;
}

static Status refuse(Context *context, const Publication *publication, Str pointer,
                     const char *code, Str fact) {
    problem_add(context->problem, str_join(context->arena, publication->place, pointer), code,
                fact);
    return STATUS_INVALID;
}

/* The name stands in the address and in the body; the two must say the same. */
static Status check_name(Context *context, const Publication *publication) {
    const char *member = published_name_member(publication->kind);
    json_t *body CLEANUP(json_drop) = NULL;
    if (!is_name(publication->name)) {
        return refuse(context, publication, STR(""), "definition_file_name", publication->name);
    }
    if (str_count_points(publication->note) > PUBLISHING_NOTE_MOST) {
        problem_add(context->problem, STR("/note"), "too_long",
                    str_format(context->arena, "%d", PUBLISHING_NOTE_MOST),
                    str_format(context->arena, "%zu", str_count_points(publication->note)));
        return STATUS_INVALID;
    }
    if (str_empty(publication->body) || !member) return STATUS_OK;
    if (json_read(publication->body, NULL, &body) != STATUS_OK || !json_is_object(body)) {
        return refuse(context, publication, STR("/body"), "object_expected", (Str){0});
    }
    if (str_equal(json_get_text(body, member), publication->name)) return STATUS_OK;
    Str pointer = problem_pointer(context->arena, STR("/body"), str_of(member));
    return refuse(context, publication, pointer, "definition_name_differs", publication->name);
}

/* A sentence that is gone would be shown to people as its code. */
static Status check_sentences(Context *context, const Publication *publication) {
    const ModelSource *shipped =
        definitions_find(publication->shipped, publication->kind, publication->name);
    json_t *before CLEANUP(json_drop) = NULL, *after CLEANUP(json_drop) = NULL;
    const char *code;
    json_t *sentence;
    if (!str_is(publication->kind, "texts") || !shipped) return STATUS_OK;
    if (str_empty(publication->body) || json_read(publication->body, NULL, &after) != STATUS_OK ||
        json_read(shipped->text, NULL, &before) != STATUS_OK) {
        return STATUS_OK; /* what is no JSON is refused when it is loaded */
    }
    size_t errors = context->problem->count;
    json_object_foreach(before, code, sentence) {
        if (!json_object_get(after, code)) {
            (void)refuse(context, publication, STR("/body"), "definition_text_dropped",
                         str_of(code));
        }
    }
    return context->problem->count == errors ? STATUS_OK : STATUS_INVALID;
}

/* Twice the same would leave open which of the two is meant. */
static Status check_repeated(Context *context, const PublicationSet *set, size_t index) {
    const Publication *publication = &set->items[index];
    for (size_t i = 0; i < index; i++) {
        if (str_equal(set->items[i].kind, publication->kind) &&
            str_equal(set->items[i].name, publication->name)) {
            return refuse(context, publication, STR("/name"), "definition_repeated",
                          publication->name);
        }
    }
    return STATUS_OK;
}

/* Every one is looked at, so that all errors are told at once. */
static Status check_alone(Context *context, const PublicationSet *set) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < set->count; i++) {
        Status one = check_repeated(context, set, i);
        if (one == STATUS_OK) one = check_name(context, &set->items[i]);
        if (one == STATUS_OK) one = check_sentences(context, &set->items[i]);
        if (one == STATUS_FAILED) return one;
        if (one != STATUS_OK) status = one;
    }
    return status;
}

/* ---- What was found wrong, told to whoever sent the body ---- */

static Str file_of(Arena *arena, const Publication *publication) {
    return str_format(arena, "%.*s/%.*s.json", STR_ARGS(publication->kind),
                      STR_ARGS(publication->name));
}

/* "roles/mr.json#/objects/x" of a definition in hand is "/body/objects/x" in the request. */
static Str pointer_in_request(Arena *arena, Str pointer, const PublicationSet *set) {
    for (size_t i = 0; i < set->count; i++) {
        Str file = file_of(arena, &set->items[i]);
        if (!str_starts(pointer, file)) continue;
        Str rest = str_part(pointer, file.size, pointer.size);
        if (str_starts(rest, STR("#"))) rest = str_part(rest, 1, rest.size);
        return str_format(arena, "%.*s/body%.*s", STR_ARGS(set->items[i].place), STR_ARGS(rest));
    }
    return pointer;
}

static void tell(Context *context, const Problem *found, const PublicationSet *set) {
    for (const ProblemError *error = found->first; error; error = error->next) {
        problem_add_arguments(context->problem,
                              pointer_in_request(context->arena, error->pointer, set),
                              str_terminated(context->arena, error->code), error->arguments);
    }
}

/* ---- What is in the way of records that are there ---- */

static Str choices_place(Arena *arena, const Object *object, const Field *field) {
    return str_format(arena, "objects/%.*s.json#/fields/%zu/choices", STR_ARGS(object->name),
                      field->index);
}

/* A choice that records hold may be retired, which keeps its label; not dropped. */
static Status check_field_choices(Context *context, const Object *object, const Field *before,
                                  const Field *after) {
    for (size_t i = 0; i < before->choice_count; i++) {
        Str code = before->choices[i].code;
        int64_t count = 0;
        if (field_choice(after, code)) continue;
        Status status = choices_count(context, &(ChoiceField){object, before}, code, &count);
        if (status != STATUS_OK) return status;
        if (!count) continue;
        problem_add(
            context->problem, choices_place(context->arena, object, after),
            "definition_choice_in_use",
            str_format(context->arena, "%.*s.%.*s", STR_ARGS(object->name), STR_ARGS(before->name)),
            code, str_format(context->arena, "%lld", (long long)count));
    }
    return STATUS_OK;
}

/* Lists can be shared between objects, so all of them are compared. Roles in use are among them. */
static Status check_choices(Context *context, const Business *before, const Business *after) {
    for (size_t i = 0; i < model_object_count(before->model); i++) {
        const Object *old = model_object_at(before->model, i);
        const Object *new = model_object(after->model, old->name);
        for (size_t j = 0; new &&j < old->field_count; j++) {
            const Field *field = &old->fields[j], *now = object_field(new, field->name);
            if (!choices_held(field) || !choices_held(now)) continue;
            if (scores_keep(&after->scores, new, now->name)) continue;
            if (rankings_keep(&after->rankings, new, now->name)) continue; /* is computed anew */
            Status status = check_field_choices(context, old, field, now);
            if (status != STATUS_OK) return status;
        }
    }
    return STATUS_OK;
}

/* Records that have no value there, all of them for a field of NULL; deleted ones do not count. */
static Status count_empty(Context *context, const Object *object, const Field *field,
                          int64_t *count) {
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    sql_add(&sql, "SELECT COUNT(*) FROM ");
    sql_add_name(&sql, object->name);
    sql_add(&sql, " WHERE \"deleted_at\" IS NULL");
    if (field) {
        sql_add(&sql, " AND ");
        sql_add_name(&sql, field->name);
        sql_add(&sql, " IS NULL");
    }
    Status status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *count = store_column(rows, 0, VALUE_INTEGER).integer;
    return status;
}

/*
 * A field that becomes required while records lack it would keep everybody, rules and visits too,
 * from changing those. A new one may bring a value along for the records that are there.
 */
static Status check_field_required(Context *context, const Object *old, const Field *field,
                                   Str place) {
    const Field *before = object_field(old, field->name);
    int64_t count = 0;
    if (!field->required || field->rollup || (before && before->required)) return STATUS_OK;
    if (!before && !value_is_null(&field->initial)) return STATUS_OK;
    Status status = count_empty(context, old, before, &count);
    if (status != STATUS_OK || !count) return status;
    problem_add(context->problem, str_join(context->arena, place, STR("/required")),
                before ? "definition_required_empty" : "definition_required_new",
                label_in(&field->label, context->actor->lang),
                str_format(context->arena, "%lld", (long long)count));
    return STATUS_OK;
}

static Status check_required(Context *context, const Model *before, const Model *after) {
    for (size_t i = 0; i < model_object_count(before); i++) {
        const Object *old = model_object_at(before, i);
        const Object *new = model_object(after, old->name);
        for (size_t j = 0; new &&j < new->field_count; j++) {
            Str place = str_format(context->arena, "objects/%.*s.json#/fields/%zu",
                                   STR_ARGS(old->name), new->fields[j].index);
            Status status = check_field_required(context, old, &new->fields[j], place);
            if (status != STATUS_OK) return status;
        }
    }
    return STATUS_OK;
}

/* ---- That somebody can still get in ---- */

/* Rights without which the company could not help itself any more. */
static const char *const KEYS[] = {"configure", "users"};
enum { KEY_COUNT = sizeof KEYS / sizeof *KEYS };

static Status check_keys(Context *context, const Roles *roles) {
    bool held[KEY_COUNT] = {false};
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT DISTINCT \"role\" FROM \"user\" WHERE \"active\" = TRUE AND "
                              "\"deleted_at\" IS NULL AND \"role\" IS NOT NULL");
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Actor actor = {.role = roles_find(roles, store_column(rows, 0, VALUE_TEXT).text)};
        for (int i = 0; i < KEY_COUNT; i++) held[i] |= access_may(&actor, str_of(KEYS[i]));
    }
    if (status != STATUS_END) return status;
    for (int i = 0; i < KEY_COUNT; i++) {
        if (held[i]) continue;
        problem_add(context->problem, STR(""), "definition_locks_out", str_of(KEYS[i]));
    }
    return STATUS_OK;
}

/* ---- Checking and publishing ---- */

/* The definitions as they are and as they would be. */
typedef struct Comparison {
    Definitions before, after;
} Comparison;

static Status compare(Context *context, const PublicationSet *set, Comparison *out) {
    Arena *arena = context->arena;
    Status status =
        published_lay_over(context->transaction, arena, set->items->shipped, &out->before);
    out->after = out->before;
    for (size_t i = 0; status == STATUS_OK && i < set->count; i++) {
        const Publication *publication = &set->items[i];
        const ModelSource *shipped =
            definitions_find(publication->shipped, publication->kind, publication->name);
        Str text = publication->body;
        if (str_empty(text) && shipped) text = shipped->text;
        out->after = published_replace(arena, &out->after, file_of(arena, publication), text);
    }
    return status;
}

/* The data is asked only about a business that fits together. */
static Status check_data(Context *context, const Comparison *comparison, const PublicationSet *set,
                         const Business *business) {
    Business *present CLEANUP(publishing_drop) = NULL;
    Problem quiet = problem_new(context->arena), found = problem_new(context->arena);
    Context asking = *context;
    asking.problem = &found;
    Status status = tables_check(business->model, context->transaction, &found);
    if (status == STATUS_INVALID) status = STATUS_OK; /* its errors are in `found` */
    if (status == STATUS_OK) status = check_keys(&asking, business->roles);
    if (status == STATUS_OK &&
        publishing_load(&comparison->before, &quiet, &present) == STATUS_OK) {
        status = check_choices(&asking, present, business);
        if (status == STATUS_OK) status = check_required(&asking, present->model, business->model);
    }
    tell(context, &found, set);
    return status == STATUS_OK && found.first ? STATUS_INVALID : status;
}

static Status build(Context *context, const PublicationSet *set, Comparison *comparison,
                    Business **out) {
    Problem found = problem_new(context->arena);
    Status status = check_alone(context, set);
    if (status == STATUS_OK) status = compare(context, set, comparison);
    if (status != STATUS_OK) return status;
    status = publishing_load(&comparison->after, &found, out);
    tell(context, &found, set);
    return status != STATUS_OK && found.first ? STATUS_INVALID : status;
}

/* `*out` is the business as it would be, the caller's. */
static Status check(Context *context, const PublicationSet *set, Comparison *comparison,
                    Business **out) {
    Status status = build(context, set, comparison, out);
    return status == STATUS_OK ? check_data(context, comparison, set, *out) : status;
}

Status publishing_build(Context *context, const PublicationSet *set, Business **out) {
    Comparison comparison;
    return build(context, set, &comparison, out);
}

Status publishing_check_set(Context *context, const PublicationSet *set) {
    Business *business CLEANUP(publishing_drop) = NULL;
    Comparison comparison;
    return check(context, set, &comparison, &business);
}

Status publishing_check(Context *context, const Publication *publication) {
    return publishing_check_set(context, &(PublicationSet){publication, 1});
}

static Status check_version(Context *context, const Publication *publication, int64_t *newest) {
    PublishedVersion version = {0};
    Status status = published_read(context->transaction, context->arena, publication->kind,
                                   publication->name, 0, &version);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    *newest = version.version;
    if (publication->if_version < 0 || publication->if_version == *newest) return STATUS_OK;
    problem_add(context->problem, publication->place, "definition_stale", version.by_name);
    return STATUS_STALE;
}

static Str text_in(const Definitions *definitions, const Publication *publication) {
    const ModelSource *source = definitions_find(definitions, publication->kind, publication->name);
    return source ? source->text : (Str){0};
}

static Status append(Context *context, const Publication *publication, const Comparison *comparison,
                     int64_t version) {
    PublishedVersion next = {.kind = publication->kind,
                             .name = publication->name,
                             .version = version,
                             .body = publication->body,
                             .note = publication->note};
    return published_append(context, &next, text_in(&comparison->before, publication),
                            text_in(&comparison->after, publication));
}

/* What a published score or ranking says of each record is there with it, not from the next morning
 * on. */
static Status compute_derived(Context *context, const Publication *publication,
                              const Business *business) {
    SystemActor storage;
    bool scores = str_is(publication->kind, "scores");
    bool rankings = str_is(publication->kind, "rankings");
    const Score *score = scores ? scores_find(&business->scores, publication->name) : NULL;
    const Ranking *ranking =
        rankings ? rankings_find(&business->rankings, publication->name) : NULL;
    Context *system = system_actor(context, &storage);
    Hooks hooks = consequences_hooks(business);
    system->model = business->model;
    system->hooks = &hooks;
    if (ranking) return ranking_run(ranking, system);
    return score ? score_run(score, system) : STATUS_OK;
}

/* `versions` gets the numbers that the new ones will have. */
static Status check_versions(Context *context, const PublicationSet *set, int64_t *versions) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < set->count; i++) {
        status = check_version(context, &set->items[i], &versions[i]);
        versions[i]++;
    }
    return status;
}

static Status append_all(Context *context, const PublicationSet *set, const Comparison *comparison,
                         const Business *business, const int64_t *versions) {
    Status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < set->count; i++) {
        status = append(context, &set->items[i], comparison, versions[i]);
        if (status == STATUS_OK) status = compute_derived(context, &set->items[i], business);
    }
    return status;
}

/* Tables first: when they cannot be made, nothing else has been done either. */
Status publishing_publish_set(Context *context, const PublicationSet *set, int64_t *versions) {
    Business *business CLEANUP(publishing_drop) = NULL;
    Comparison comparison;
    Status status = check_versions(context, set, versions);
    if (status == STATUS_OK) status = check(context, set, &comparison, &business);
    if (status == STATUS_OK) {
        status = tables_update_within(business->model, context->transaction, context->problem);
    }
    return status == STATUS_OK ? append_all(context, set, &comparison, business, versions) : status;
}

Status publishing_publish(Context *context, const Publication *publication, int64_t *version) {
    int64_t next = 0;
    Status status = publishing_publish_set(context, &(PublicationSet){publication, 1}, &next);
    if (status == STATUS_OK) *version = next;
    return status;
}

/* Refused by what else is wrong: only then, and only if nothing works now anyway, it is forced. */
Status publishing_repair(Context *context, const Publication *publication, int64_t *version) {
    Business *present CLEANUP(publishing_drop) = NULL;
    Problem quiet = problem_new(context->arena);
    PublicationSet set = {publication, 1};
    Comparison comparison;
    int64_t next = 0;
    Status refused = publishing_publish(context, publication, version);
    if (refused != STATUS_INVALID) return refused;
    Status status = compare(context, &set, &comparison);
    if (status != STATUS_OK) return status;
    if (publishing_load(&comparison.before, &quiet, &present) == STATUS_OK) return refused;
    status = check_versions(context, &set, &next);
    if (status == STATUS_OK) status = append(context, publication, &comparison, next);
    if (status == STATUS_OK) *version = next;
    return status;
}

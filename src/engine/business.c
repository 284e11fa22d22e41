/*
 * Loads the definitions in the order in which they refer to each other: texts first, because even
 * the errors of the others need sentences; then the model, on which everything stands; templates
 * and playbooks before the rules that name them. A part that fails ends the loading, since what
 * follows could only complain about what is missing for that reason.
 */
#include "business.h"

#include <sodium.h>

#include "layout_views.h"

/* The sources of one folder, picked from all. */
static size_t pick(Arena *arena, const ModelSource *sources, size_t count, Str folder,
                   ModelSource **out) {
    ModelSource *picked = ARENA_ARRAY(arena, count, ModelSource);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (str_starts(sources[i].name, folder)) picked[found++] = sources[i];
    }
    *out = picked;
    return found;
}

Status business_load_texts(Arena *arena, const ModelSource *sources, size_t count, Problem *problem,
                           Texts **out) {
    ModelSource *files;
    size_t found = pick(arena, sources, count, STR("texts/"), &files);
    return texts_load(arena, files, found, problem, out);
}

/*
 * The roles as choices, for fields that hold one ("choices": "roles"): the model is read before the
 * roles, which stand on it. A file that cannot be read is complained of when the roles are loaded.
 * Likewise the levels and parts of scores, the levels of rankings, and the playbooks.
 */
static json_t *role_choices(const ModelSource *files, size_t count) {
    json_t *choices = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *role CLEANUP(json_drop) = NULL;
        if (json_read(files[i].text, NULL, &role) != STATUS_OK) continue;
        json_t *code = json_object_get(role, "role"), *labels = json_object_get(role, "labels");
        if (!code || !labels) continue;
        json_array_append_new(choices, json_pack("{s:O, s:O}", "code", code, "labels", labels));
    }
    return json_pack("{s:o}", "roles", choices);
}

static Status load_model(Business *business, const ModelSource *sources, size_t count,
                         Problem *problem) {
    ModelSource *files;
    size_t found = pick(business->arena, sources, count, STR("roles/"), &files);
    json_t *lists CLEANUP(json_drop) = role_choices(files, found);
    found = pick(business->arena, sources, count, STR("scores/"), &files);
    scores_add_choices(files, found, lists);
    found = pick(business->arena, sources, count, STR("rankings/"), &files);
    rankings_add_choices(files, found, lists);
    found = pick(business->arena, sources, count, STR("playbooks/"), &files);
    playbooks_add_choices(files, found, lists);
    found = pick(business->arena, sources, count, STR("objects/"), &files);
    return model_load_with(business->arena, files, found, lists, problem, &business->model);
}

/* The folder names are those of pharma/. */
static Status load_parts(Business *business, const ModelSource *sources, size_t count,
                         Problem *problem) {
    Arena *arena = business->arena;
    ModelSource *files;
    Status status = business_load_texts(arena, sources, count, problem, &business->texts);
    if (status != STATUS_OK) return status;
    status = load_model(business, sources, count, problem);
    if (status != STATUS_OK) return status;
    size_t found = pick(arena, sources, count, STR("roles/"), &files);
    status = roles_load(arena, business->model, files, found, problem, &business->roles);
    if (status != STATUS_OK) return status;
    status = layouts_load(arena, business->model, problem, &business->layouts);
    if (status != STATUS_OK) return status;
    status = prohibitions_load(arena, business->model, problem, &business->prohibitions);
    if (status != STATUS_OK) return status;
    status = capacities_load(arena, business->model, problem, &business->capacities);
    if (status != STATUS_OK) return status;
    status = layout_views_check(arena, business->model, business->roles, problem);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("scores/"), &files);
    status = scores_load(arena, business->model, files, found, problem, &business->scores);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("rankings/"), &files);
    status = rankings_load(arena, business->model, files, found, problem, &business->rankings);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("lexicons/"), &files);
    status = lexicons_load(arena, business->model, files, found, problem, &business->lexicons);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("forms/"), &files);
    status = forms_load(arena, business->model, files, found, problem, &business->forms);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("reviews/"), &files);
    status =
        review_plans_load(arena, &business->lexicons, files, found, problem, &business->reviews);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("templates/"), &files);
    status = templates_load(arena, files, found, problem, &business->templates);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("deadlines/"), &files);
    status = deadlines_load(arena, business->model, &business->templates, files, found, problem,
                            &business->deadlines);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("holidays/"), &files);
    status = holidays_load(arena, files, found, problem, &business->holidays);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("playbooks/"), &files);
    status = playbooks_load(arena, business->model, files, found, problem, &business->playbooks);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("rules/"), &files);
    status = rules_load(arena, business->model, &business->templates, &business->playbooks, files,
                        found, problem, &business->rules);
    if (status != STATUS_OK) return status;
    found = pick(arena, sources, count, STR("dashboards/"), &files);
    return dashboards_load(arena, business->model, files, found, problem, &business->dashboards);
}

/* Names count as well as texts, and sizes, so that nothing moved from one to the other is missed.
 */
static Str fingerprint(Arena *arena, const ModelSource *sources, size_t count) {
    enum { HASH_SIZE = crypto_generichash_BYTES };
    crypto_generichash_state state;
    unsigned char hash[HASH_SIZE];
    char text[2 * HASH_SIZE + 1];
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    for (size_t i = 0; i < count; i++) {
        Str parts[] = {sources[i].name, sources[i].text};
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
            uint64_t size = parts[part].size;
            crypto_generichash_update(&state, (const unsigned char *)&size, sizeof size);
            crypto_generichash_update(&state, (const unsigned char *)parts[part].data, size);
        }
    }
    crypto_generichash_final(&state, hash, HASH_SIZE);
    return str_copy(arena, str_of(sodium_bin2hex(text, sizeof text, hash, HASH_SIZE)));
}

/* Everything lives in one arena, but for what libraries hold by reference (jansson, uthash). */
Status business_load(const ModelSource *sources, size_t count, Problem *problem, Business **out) {
    Arena *arena = arena_new();
    Business *business = ARENA_NEW(arena, Business);
    business->arena = arena;
    business->fingerprint = fingerprint(arena, sources, count);
    Status status = load_parts(business, sources, count, problem);
    if (status != STATUS_OK) {
        business_free(business);
        return status;
    }
    *out = business;
    return STATUS_OK;
}

void business_free(Business *business) {
    if (!business) return;
    dashboards_free(business->dashboards);
    texts_free(business->texts);
    model_free(business->model);
    arena_free(business->arena);
}

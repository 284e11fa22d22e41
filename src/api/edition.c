/*
 * One lock guards the pointer, and is held for as long as it takes to raise a counter. Another one
 * sees to it that only one thread loads at a time; requests go on with the present edition
 * meanwhile.
 */
#include "edition.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "consequences.h"
#include "log.h"
#include "openapi.h"
#include "publishing.h"
#include "tables.h"

/* The counter stands behind what users see, so that they cannot touch it by mistake. */
typedef struct CountedEdition {
    Edition edition; /* first: the two have one address */
    Business *business;
    atomic_int users;
} CountedEdition;

/* The edition in force; those that requests still hold live on until they are given back. */
struct Editions {
    pthread_mutex_t lock; /* guards `present` */
    CountedEdition *present;
    pthread_mutex_t loading;
    int64_t refused; /* the generation that could not be loaded, so that it is said once */
};

/* ---- One edition ---- */

static CountedEdition *edition_new(Business *business, int64_t generation) {
    CountedEdition *counted = calloc(1, sizeof *counted);
    if (!counted) abort();
    counted->business = business;
    counted->edition = (Edition){.business = business,
                                 .hooks = consequences_hooks(business),
                                 .openapi = openapi_describe(business),
                                 .generation = generation};
    atomic_init(&counted->users, 1);
    return counted;
}

static CountedEdition *counted_of(const Edition *edition) {
    return (CountedEdition *)edition;
}

const Edition *edition_keep(const Edition *edition) {
    atomic_fetch_add(&counted_of(edition)->users, 1);
    return edition;
}

void edition_release(const Edition *edition) {
    if (!edition) return;
    CountedEdition *counted = counted_of(edition);
    if (atomic_fetch_sub(&counted->users, 1) > 1) return;
    json_decref((json_t *)counted->edition.openapi);
    business_free(counted->business);
    free(counted);
}

/* ---- The holder ---- */

Editions *editions_new(Business *business, int64_t generation) {
    Editions *editions = calloc(1, sizeof *editions);
    if (!editions) abort();
    pthread_mutex_init(&editions->lock, NULL);
    pthread_mutex_init(&editions->loading, NULL);
    editions->present = edition_new(business, generation);
    return editions;
}

void editions_free(Editions *editions) {
    if (!editions) return;
    edition_release(&editions->present->edition);
    pthread_mutex_destroy(&editions->loading);
    pthread_mutex_destroy(&editions->lock);
    free(editions);
}

const Edition *editions_take(Editions *editions) {
    pthread_mutex_lock(&editions->lock);
    const Edition *edition = edition_keep(&editions->present->edition);
    pthread_mutex_unlock(&editions->lock);
    return edition;
}

/* The old one is released outside the lock: freeing it may take a while. */
static void put_in_force(Editions *editions, CountedEdition *next) {
    pthread_mutex_lock(&editions->lock);
    CountedEdition *old = editions->present;
    editions->present = next;
    pthread_mutex_unlock(&editions->lock);
    edition_release(&old->edition);
}

/* ---- Following what is published ---- */

/* What one look at the database finds. */
typedef struct Loading {
    const Api *api;
    Arena *arena;
    Definitions definitions;
    int64_t present, generation;
} Loading;

/* Generation and texts are of one snapshot. */
static Status look(Transaction *transaction, void *data) {
    Loading *loading = data;
    Status status = published_generation(transaction, &loading->generation);
    if (status != STATUS_OK || loading->generation == loading->present) return status;
    return published_lay_over(transaction, loading->arena, &loading->api->shipped,
                              &loading->definitions);
}

static void log_refusal(Editions *editions, const Problem *problem, int64_t generation) {
    const ProblemError *error = problem->first;
    if (editions->refused == generation) return;
    editions->refused = generation;
    log_write(LOG_LEVEL_ERROR, "published definitions cannot be loaded",
              LOG_NUMBER("generation", generation),
              LOG_TEXT("where", error ? error->pointer : STR("")),
              LOG_TEXT("code", error ? error->code : STR("")));
}

/* The tables are asked too: a server that started meanwhile may have seen an older model. */
static Status load(Editions *editions, Loading *loading) {
    Business *business = NULL;
    Problem problem = problem_new(loading->arena);
    bool changed;
    Status status = publishing_load(&loading->definitions, &problem, &business);
    if (status == STATUS_OK) {
        status = tables_update(business->model, loading->api->store, &problem, &changed);
    }
    if (status == STATUS_OK) {
        put_in_force(editions, edition_new(business, loading->generation));
        return STATUS_OK;
    }
    business_free(business);
    if (problem.first) log_refusal(editions, &problem, loading->generation);
    return problem.first ? STATUS_OK : status;
}

/* Under the lock of loading nobody else changes `present`, so it can be read. */
Status editions_refresh(Api *api) {
    Editions *editions = api->editions;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    pthread_mutex_lock(&editions->loading);
    Loading loading = {
        .api = api, .arena = arena, .present = editions->present->edition.generation};
    Status status = store_read(api->store, look, &loading);
    bool news = status == STATUS_OK && loading.generation != loading.present &&
                loading.generation != editions->refused;
    if (news) status = load(editions, &loading);
    pthread_mutex_unlock(&editions->loading);
    return status;
}

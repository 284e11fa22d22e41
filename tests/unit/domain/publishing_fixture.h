/* The built-in business, and definitions published in it by its administrator. */
#ifndef ONDO_TESTS_PUBLISHING_FIXTURE_H
#define ONDO_TESTS_PUBLISHING_FIXTURE_H

#include "domain_fixture.h"

#include "publishing.h"

/** A publication on its way through a job, and the version that it made. */
typedef struct PublishDeed {
    Publication publication;
    int64_t version;
} PublishDeed;

static inline Definitions shipped_definitions(World *world) {
    ModelSource *sources = ARENA_ARRAY(world->arena, SOURCES_MOST, ModelSource);
    size_t count = world_sources(world->arena, ONDO_SOURCE_DIR "/pharma", "", sources);
    return (Definitions){.sources = sources, .count = count};
}

static inline Status publish_work(Context *context, void *data) {
    PublishDeed *deed = data;
    return publishing_publish(context, &deed->publication, &deed->version);
}
static inline Status check_work(Context *context, void *data) {
    PublishDeed *deed = data;
    return publishing_check(context, &deed->publication);
}

/** Publishes as the administrator; `body` is JSON written with ' for ", empty: as shipped. */
static inline Status publish(World *world, const Definitions *shipped, const char *kind,
                             const char *name, const char *body, int64_t *version) {
    char *quoted = str_terminated(world->arena, str_of(body));
    for (char *c = quoted; *c; c++) *c = *c == '\'' ? '"' : *c;
    PublishDeed deed = {.publication = {.shipped = shipped,
                                        .kind = str_of(kind),
                                        .name = str_of(name),
                                        .body = str_of(quoted),
                                        .note = STR("why"),
                                        .if_version = -1}};
    Status status = world_do(world, &world->boss, publish_work, &deed);
    if (version) *version = deed.version;
    return status;
}

#define ROLE_BODY(may)                                                                         \
    "{'role':'helper','labels':{'en':'Helper','ja':'補助','zh':'助理'},'objects':{'hcp':{" \
    "'read':'all'}},'fields':{},'may':[" may "]}"

#endif

/*
 * The demo company: a pharmaceutical firm in Japan, China and Europe with two years of work behind
 * it, so that every list on every screen has something true to show. The same options give the
 * same bytes in every table. What it says comes from pharma/demo/ (names, places, sentences).
 */
#ifndef ONDO_DEMO_DEMO_H
#define ONDO_DEMO_DEMO_H

#include "model.h"
#include "store.h"

/** What is being made, how many rows are done, and how many there will be (about). */
typedef void DemoProgress(void *data, const char *phase, int64_t done, int64_t total);

/** How large a company, and which: the same options make the same one. */
typedef struct DemoOptions {
    int64_t hcps;      /* at least DEMO_HCPS_MINIMUM */
    int64_t visits;    /* 0 and more; all states counted, about 2 in 100 lie ahead of `now` */
    uint64_t seed;     /* another seed, another company */
    int64_t now;       /* the instant at which the company "is" */
    Str password_hash; /* what every user's credential holds, ready to be stored */
    const ModelSource *files; /* pharma/demo, named "demo/names_ja.json" and so on */
    size_t file_count;
    DemoProgress *progress; /* NULL: nobody watches */
    void *progress_data;
    Problem *problem; /* what was wrong, for STATUS_INVALID; NULL: nobody asks */
} DemoOptions;

enum { DEMO_HCPS_MINIMUM = 30, DEMO_HCPS_LIMIT = 5000000, DEMO_OBJECTS_LIMIT = 24 };

/** How many records of an object were made. */
typedef struct DemoCount {
    Str object; /* from the model */
    int64_t count;
} DemoCount;

/** What was made, for the words that end the command. */
typedef struct DemoReport {
    DemoCount counts[DEMO_OBJECTS_LIMIT];
    size_t count;
    int64_t representatives; /* mr1 to mrN */
    int64_t managers;        /* manager1 to managerN */
} DemoReport;

/**
 * Fills an empty database whose tables are there (tables_update). Writes many transactions: after a
 * failure the database is to be thrown away. STATUS_CONFLICT when it holds users or healthcare
 * professionals already; STATUS_INVALID when the numbers are out of range, a file of `files` is
 * missing or unusable, or the model lacks a field that is written (`options->problem` says which).
 * No journal entries are written.
 */
MUST_USE Status demo_generate(Store *store, const Model *model, const DemoOptions *options,
                              DemoReport *out);

#endif

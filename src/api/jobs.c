/*
 * A few places, each with a thread while its job runs. There is no queue: work that has to wait is
 * refused with 503 and its client tries again, which is better than an upload that waits in memory.
 * Times are of the steady clock, so that a clock set back does not prolong a wait.
 */
#include "jobs.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { JOBS_MOST = 4 };

/* A place in the table of jobs, used again when its thread has ended. */
typedef struct Job {
    Jobs *jobs;
    JobWork *work;
    void *data;
    pthread_t thread;
    bool used, ended;
    uint64_t number; /* tells this job from the next one in its place */
} Job;

/* The lock guards the places; `changed` is signalled at the end of each job. */
struct Jobs {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Job places[JOBS_MOST];
    uint64_t started;
    bool stopping;
};

Jobs *jobs_new(void) {
    Jobs *jobs = calloc(1, sizeof *jobs);
    pthread_condattr_t steady;
    if (!jobs) abort();
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->changed, &steady);
    pthread_condattr_destroy(&steady);
    return jobs;
}

/* The work frees its own data; here is only told that it has ended. */
static void *run_job(void *data) {
    Job *job = data;
    job->work(job->data);
    pthread_mutex_lock(&job->jobs->lock);
    job->ended = true;
    pthread_cond_broadcast(&job->jobs->changed);
    pthread_mutex_unlock(&job->jobs->lock);
    return NULL;
}

/* A place whose job has ended is free again. NULL when all are at work; under the lock. */
static Job *free_place(Jobs *jobs) {
    for (int i = 0; i < JOBS_MOST; i++) {
        Job *job = &jobs->places[i];
        if (job->used && !job->ended) continue;
        if (job->used) pthread_join(job->thread, NULL);
        *job = (Job){.jobs = jobs, .number = ++jobs->started};
        return job;
    }
    return NULL;
}

/* Under the lock, so that a job cannot start behind the back of jobs_stop. */
static Job *start_job(Jobs *jobs, JobWork *work, void *data) {
    Job *job = jobs->stopping ? NULL : free_place(jobs);
    if (!job) return NULL;
    job->work = work;
    job->data = data;
    job->used = pthread_create(&job->thread, NULL, run_job, job) == 0;
    return job->used ? job : NULL;
}

/* The place may have been given to another job meanwhile; then this one has ended. */
static bool wait_for(Jobs *jobs, const Job *job, int milliseconds) {
    struct timespec until;
    uint64_t number = job->number;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    while (job->number == number && !job->ended) {
        if (pthread_cond_timedwait(&jobs->changed, &jobs->lock, &until) != 0) break;
    }
    return job->number != number || job->ended;
}

Status jobs_run(Jobs *jobs, JobWork *work, void *data, int milliseconds, bool *ended) {
    if (!jobs) {
        work(data);
        *ended = true;
        return STATUS_OK;
    }
    pthread_mutex_lock(&jobs->lock);
    const Job *job = start_job(jobs, work, data);
    bool done = job && wait_for(jobs, job, milliseconds);
    pthread_mutex_unlock(&jobs->lock);
    if (!job) return STATUS_BUSY;
    *ended = done;
    return STATUS_OK;
}

bool jobs_stopping(Jobs *jobs) {
    if (!jobs) return false;
    pthread_mutex_lock(&jobs->lock);
    bool stopping = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return stopping;
}

/*
 * Nothing starts any more once `stopping` is set, so the places can be looked at without the lock.
 */
void jobs_stop(Jobs *jobs) {
    if (!jobs) return;
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_mutex_unlock(&jobs->lock);
    for (int i = 0; i < JOBS_MOST; i++) {
        Job *job = &jobs->places[i];
        if (!job->used) continue;
        pthread_join(job->thread, NULL);
        job->used = false;
    }
}

void jobs_free(Jobs *jobs) {
    if (!jobs) return;
    pthread_cond_destroy(&jobs->changed);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}

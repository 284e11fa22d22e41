/*
 * One set of ICU objects for each thread. They are costly to open and must not be used by two
 * threads at once; a lock would have them wait for each other at every comparison.
 */
#include "text_thread.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_key_t thread_key;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static _Thread_local TextThread *current; /* the key is only there to free this */

/* Called by pthreads as the thread ends; the main thread's live until the process does. */
static void free_thread(void *data) {
    TextThread *thread = data;
    for (size_t i = 0; i < LANG_COUNT; i++) {
        if (thread->collators[i]) ucol_close(thread->collators[i]);
    }
    if (thread->characters) ubrk_close(thread->characters);
    if (thread->words) ubrk_close(thread->words);
    for (size_t i = 0; i < TEXT_THREAD_ZONES; i++) {
        if (thread->zones[i].calendar) ucal_close(thread->zones[i].calendar);
    }
    free(thread);
    current = NULL;
}

static void make_key(void) {
    if (pthread_key_create(&thread_key, free_thread) != 0) abort();
}

TextThread *text_thread(void) {
    if (current) return current;
    pthread_once(&key_once, make_key);
    TextThread *thread = calloc(1, sizeof *thread);
    if (!thread || pthread_setspecific(thread_key, thread) != 0) abort();
    current = thread;
    return thread;
}

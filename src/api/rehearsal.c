/*
 * A chain of what lies on the stacks of the requests: it owns nothing, and needs no limit of its
 * own, as there are never more rehearsals than threads that answer requests. The newest stands
 * first, and is the one that its person means.
 */
#include "rehearsal.h"

#include <pthread.h>
#include <stdlib.h>

/* Those under way, for the few who ask how far theirs is. */
struct Rehearsals {
    pthread_mutex_t lock;
    Rehearsal *first;
};

Rehearsals *rehearsals_new(void) {
    Rehearsals *list = calloc(1, sizeof *list);
    if (!list) abort();
    pthread_mutex_init(&list->lock, NULL);
    return list;
}

void rehearsals_free(Rehearsals *list) {
    if (!list) return;
    pthread_mutex_destroy(&list->lock);
    free(list);
}

/* Under the lock. */
static Rehearsal *find(const Rehearsals *list, Id import, Id person) {
    for (Rehearsal *one = list->first; one; one = one->next) {
        if (id_equal(one->import, import) && id_equal(one->person, person)) return one;
    }
    return NULL;
}

/* It alone suffices: those before it were stopped when it came. */
void rehearsal_enter(Rehearsal *rehearsal, Rehearsals *list, Id import, Id person) {
    *rehearsal = (Rehearsal){.list = list, .import = import, .person = person};
    pthread_mutex_lock(&list->lock);
    Rehearsal *older = find(list, import, person);
    if (older) older->stopped = true;
    rehearsal->next = list->first;
    list->first = rehearsal;
    pthread_mutex_unlock(&list->lock);
}

void rehearsal_leave(Rehearsal *rehearsal) {
    Rehearsals *list = rehearsal->list;
    if (!list) return;
    pthread_mutex_lock(&list->lock);
    Rehearsal **place = &list->first;
    while (*place != rehearsal) place = &(*place)->next;
    *place = rehearsal->next;
    pthread_mutex_unlock(&list->lock);
    rehearsal->list = NULL;
}

bool rehearsal_advance(Rehearsal *rehearsal, RehearsalProgress progress) {
    pthread_mutex_lock(&rehearsal->list->lock);
    rehearsal->progress = progress;
    bool goes_on = !rehearsal->stopped;
    pthread_mutex_unlock(&rehearsal->list->lock);
    return goes_on;
}

bool rehearsal_stopped(const Rehearsal *rehearsal) {
    pthread_mutex_lock(&rehearsal->list->lock);
    bool stopped = rehearsal->stopped;
    pthread_mutex_unlock(&rehearsal->list->lock);
    return stopped;
}

bool rehearsals_look(Rehearsals *list, Id import, Id person, RehearsalProgress *out) {
    pthread_mutex_lock(&list->lock);
    const Rehearsal *found = find(list, import, person);
    if (found) *out = found->progress;
    pthread_mutex_unlock(&list->lock);
    return found != NULL;
}

bool rehearsals_cancel(Rehearsals *list, Id import, Id person, RehearsalProgress *out) {
    pthread_mutex_lock(&list->lock);
    Rehearsal *found = find(list, import, person);
    if (found) {
        found->stopped = true;
        *out = found->progress;
    }
    pthread_mutex_unlock(&list->lock);
    return found != NULL;
}

/*
 * What ICU keeps per user of an object and we therefore keep per thread: opened when first needed,
 * closed when the thread ends. Nothing here is shared, so nothing is locked.
 */
#ifndef ONDO_TEXT_TEXT_THREAD_H
#define ONDO_TEXT_TEXT_THREAD_H

#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/ucol.h>

#include "lang.h"

enum { TEXT_THREAD_ZONES = 8, TEXT_THREAD_ZONE_NAME = 64 };

/** A zone's calendar, and the span in which its last computed offset holds. */
typedef struct ThreadZone {
    char name[TEXT_THREAD_ZONE_NAME];
    size_t name_size;
    UCalendar *calendar;
    int64_t from, until; /* [from, until); empty when nothing is known yet */
    int64_t offset;      /* milliseconds to add to UTC */
} ThreadZone;

/** What ICU needs long to make and no two threads may share: made once a thread, kept to its end.
 */
typedef struct TextThread {
    UCollator *collators[LANG_COUNT];
    UBreakIterator *characters, *words;
    ThreadZone zones[TEXT_THREAD_ZONES];
    size_t next_zone; /* the one to be replaced next */
} TextThread;

/** This thread's objects; never NULL. */
TextThread *text_thread(void);

#endif

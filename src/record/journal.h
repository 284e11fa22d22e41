/*
 * The journal: one append-only line of every change, who made it, on what record, from what to what
 * and why. It is the audit trail, the history of a record, the change feed and the source of
 * events. Entries are sealed after their commit: each gets its position and the hash of itself and
 * the one before, so that nobody can alter, drop or insert one unnoticed.
 */
#ifndef ONDO_RECORD_JOURNAL_H
#define ONDO_RECORD_JOURNAL_H

#include "hooks.h"

/** Appends the change in the caller's transaction. */
MUST_USE Status journal_append(Context *context, const Change *change);

/** Appends something that is no change of a record: "export", "sign_in", "demo"; `facts` is JSON.
 */
MUST_USE Status journal_append_act(Context *context, const char *action, Str object, Id record,
                                   Str facts);

/** Changes of a record's history on one page, at the most. */
enum { JOURNAL_HISTORY_MOST = 200 };

/**
 * Writes {"items":[…],"next":…}: the history of one record, newest first, at most `limit`. The
 * caller has decided that the actor may read the record; fields hidden from the actor are left out.
 */
MUST_USE Status journal_write_history(Context *context, const Object *object, Id id, int64_t limit,
                                      Str cursor, JsonWriter *json);

/** Gives positions and hashes to at most `limit` entries that have none, in order of their making.
 */
MUST_USE Status journal_seal(Transaction *transaction, int64_t limit, int64_t *sealed);

/** Seals everything that waits, in groups of one writing job each. Not within a job. */
MUST_USE Status journal_seal_all(Store *store);

/** Signs the newest position with the Ed25519 key pair; nothing when it is signed already. */
MUST_USE Status journal_checkpoint(Transaction *transaction, int64_t now,
                                   const unsigned char secret_key[static 64]);

/** What a walk along the whole journal found. */
typedef struct JournalVerdict {
    int64_t entries;     /* sealed entries read */
    int64_t unsealed;    /* entries that still wait for the sealer */
    int64_t checkpoints; /* signatures that hold */
    bool intact;
    int64_t broken_position; /* the first entry or checkpoint that does not hold; 0: none */
    Str broken_record;       /* "hcp 0192…" of that entry, in the arena; empty for a checkpoint */
    const char *reason;      /* "altered", "missing", "signature"; NULL when intact */
} JournalVerdict;

/**
 * Reads the whole chain again. A public key of NULL accepts the key stored beside each checkpoint;
 * give the one kept elsewhere to notice a journal that was replaced as a whole.
 */
MUST_USE Status journal_verify(Arena *arena, Transaction *transaction,
                               const unsigned char *public_key, JournalVerdict *out);

/** One sealed entry, as feeds and events see it. */
typedef struct JournalEntry {
    int64_t position; /* its texts are valid during the visit */
    int64_t at;
    Id by, record, batch; /* none: the system; no record; no batch */
    int64_t version;
    Str object, action, via, changes, reason; /* changes: JSON of what was and is, by field */
} JournalEntry;

/** Anything but STATUS_OK ends the reading and is returned by journal_each. */
typedef Status JournalVisitor(void *data, const JournalEntry *entry);
/** Calls `visit` for sealed entries after `position`, in order, at most `limit`. */
MUST_USE Status journal_each(Transaction *transaction, int64_t position, int64_t limit,
                             JournalVisitor *visit, void *data);
/**
 * Whether the actor may read the entry's record, alive or deleted; false for no record at all. What
 * was published is known to those who may configure, or read everybody's history.
 */
MUST_USE Status journal_may_read(Context *context, const JournalEntry *entry, bool *out);
/** The newest sealed position; 0 for an empty journal. */
MUST_USE Status journal_position(Transaction *transaction, int64_t *out);

/**
 * Writes an entry's changes without the fields that the actor may not read. An object of NULL: it
 * is about no record, and all is written.
 */
void journal_write_changes(Context *context, const Object *object, Str changes, JsonWriter *json);

#endif

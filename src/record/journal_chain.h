/*
 * The chain of the journal: what of an entry is hashed, and how. For the files of the journal
 * alone.
 */
#ifndef ONDO_RECORD_JOURNAL_CHAIN_H
#define ONDO_RECORD_JOURNAL_CHAIN_H

#include "journal.h"

enum { CHAIN_HASH_SIZE = 32 };

/** BLAKE2b of 256 bits. */
typedef struct ChainHash {
    unsigned char bytes[CHAIN_HASH_SIZE];
} ChainHash;

/** What is signed: the position and the hash there. */
typedef struct ChainSigned {
    int64_t position;
    ChainHash hash;
} ChainSigned;

/** The columns of a whole entry, as chain_read_entry expects them. */
#define CHAIN_COLUMNS                                                                             \
    "\"position\", \"at\", \"actor\", \"via\", \"object\", \"record\", \"version\", \"action\", " \
    "\"changes\", \"reason\", \"batch\", \"id\", \"cause\", \"session\""

/**
 * Everything that is hashed. A column added to the journal must be added here, or it could be
 * altered unnoticed.
 */
typedef struct ChainEntry {
    JournalEntry entry;
    Id id, cause, session;
} ChainEntry;

/** An entry from a row of CHAIN_COLUMNS; its texts are valid until the next row. */
ChainEntry chain_read_entry(const Rows *rows);

/** The hash of an entry at its position, behind the hash of the one before. */
ChainHash chain_hash(const ChainHash *previous, int64_t position, const ChainEntry *whole);

/** For binding; the hash must outlive the statement. */
Value chain_hash_value(const ChainHash *hash);
/** False when the column holds no hash. */
MUST_USE bool chain_hash_from(Value value, ChainHash *out);

#endif

#include "migration_steps.h"

/*
 * All names of users are ids of records of the object "user", which the model makes; no foreign key
 * leads there, because these tables are made first. Instants are milliseconds UTC.
 */

/*
 * journal: one entry a change, never altered once sealed.
 *   id          made by the writer; entries of one transaction ascend
 *   position    1, 2, 3, … given by the sealer; NULL until then
 *   at          when
 *   actor       the user who did it; NULL for the system
 *   via         "web", "api", "cli", "import", "rule", "demo", "agent"
 *   session     of the browser that it came from; NULL for programs
 *   object, record, version        what, and the version that the change made
 *   action      "create", "update", "delete", "restore", or another verb ("sign_in", "export")
 *   changes     {"field": {"from": …, "to": …}, …} as JSON
 *   reason      the person's word
 *   cause       the record on whose account it happened (a visit, say); NULL: none
 *   batch       the import or bulk change that it belongs to
 *   hash        of this entry and the hash before it; NULL until sealed
 * journal_checkpoint: the chain's hash at a position, signed (Ed25519).
 */
static const char JOURNAL[] =
    "CREATE TABLE \"journal\" ({row_key} \"id\" {id_key}, \"position\" {integer} UNIQUE,"
    " \"at\" {instant} NOT NULL, \"actor\" {id}, \"via\" {text} NOT NULL,"
    " \"session\" {id}, \"object\" {text} NOT NULL,"
    " \"record\" {id}, \"version\" {integer}, \"action\" {text} NOT NULL, \"changes\" {json},"
    " \"reason\" {text}, \"cause\" {id}, \"batch\" {id}, \"hash\" {bytes});\n"
    "CREATE INDEX \"journal_record\" ON \"journal\" (\"object\", \"record\", \"id\");\n"
    "CREATE INDEX \"journal_batch\" ON \"journal\" (\"batch\") WHERE \"batch\" IS NOT NULL;\n"
    "CREATE INDEX \"journal_unsealed\" ON \"journal\" (\"id\") WHERE \"position\" IS NULL;\n"
    "CREATE TABLE \"journal_checkpoint\" (\"position\" {integer} NOT NULL PRIMARY KEY,"
    " \"hash\" {bytes} NOT NULL, \"at\" {instant} NOT NULL, \"signature\" {bytes} NOT NULL,"
    " \"public_key\" {bytes} NOT NULL);\n";

/*
 * session: a signed-in browser. token_hash is of the cookie's secret, which is kept nowhere.
 * token: a program's key, likewise; last_used_at is kept to the minute.
 * credential: one a user. password_hash is Argon2id in its text form; failed_count since the last
 *   success, failed_at the last of them.
 * sign_in_attempt: by folded login, known or not, for the delay that grows.
 */
static const char SIGN_IN[] =
    "CREATE TABLE \"session\" ({row_key} \"id\" {id_key}, \"user\" {id} NOT NULL,"
    " \"token_hash\" {bytes} NOT NULL UNIQUE, \"csrf\" {text} NOT NULL,"
    " \"created_at\" {instant} NOT NULL, \"last_seen_at\" {instant} NOT NULL,"
    " \"expires_at\" {instant} NOT NULL, \"user_agent\" {text}, \"address\" {text});\n"
    "CREATE INDEX \"session_user\" ON \"session\" (\"user\");\n"
    "CREATE INDEX \"session_expires_at\" ON \"session\" (\"expires_at\");\n"
    "CREATE TABLE \"token\" ({row_key} \"id\" {id_key}, \"user\" {id} NOT NULL,"
    " \"name\" {text} NOT NULL, \"token_hash\" {bytes} NOT NULL UNIQUE,"
    " \"created_at\" {instant} NOT NULL, \"last_used_at\" {instant}, \"expires_at\" {instant},"
    " \"revoked_at\" {instant});\n"
    "CREATE INDEX \"token_user\" ON \"token\" (\"user\");\n"
    "CREATE TABLE \"credential\" (\"user\" {id} NOT NULL PRIMARY KEY,"
    " \"password_hash\" {text} NOT NULL, \"changed_at\" {instant} NOT NULL,"
    " \"must_change\" {boolean} NOT NULL DEFAULT FALSE,"
    " \"failed_count\" {integer} NOT NULL DEFAULT 0, \"failed_at\" {instant});\n"
    "CREATE TABLE \"sign_in_attempt\" (\"login\" {text} NOT NULL PRIMARY KEY,"
    " \"count\" {integer} NOT NULL, \"last_at\" {instant} NOT NULL);\n";

/*
 * idempotency: the first answer to a write with an Idempotency-Key.
 * file: uploads and generated documents, in the database so that one backup holds all; object and
 *   record name what it is attached to.
 * import: one file brought in; its states are in import_record.h. map from columns to fields;
 *   counts {"created": …}; report as JSON; source and rejected are files. Its id is the batch of
 *   its journal entries, from which it is undone.
 */
static const char REQUESTS[] =
    "CREATE TABLE \"idempotency\" (\"user\" {id} NOT NULL, \"key\" {text} NOT NULL,"
    " \"request_hash\" {bytes} NOT NULL, \"status\" {integer}, \"headers\" {json},"
    " \"body\" {bytes}, \"at\" {instant} NOT NULL, PRIMARY KEY (\"user\", \"key\"));\n"
    "CREATE INDEX \"idempotency_at\" ON \"idempotency\" (\"at\");\n"
    "CREATE TABLE \"file\" ({row_key} \"id\" {id_key}, \"name\" {text} NOT NULL,"
    " \"type\" {text} NOT NULL, \"size\" {integer} NOT NULL, \"sha256\" {bytes} NOT NULL,"
    " \"object\" {text}, \"record\" {id}, \"created_by\" {id}, \"created_at\" {instant} NOT NULL,"
    " \"content\" {bytes} NOT NULL);\n"
    "CREATE INDEX \"file_record\" ON \"file\" (\"object\", \"record\");\n"
    "CREATE TABLE \"import\" ({row_key} \"id\" {id_key}, \"object\" {text} NOT NULL,"
    " \"file_name\" {text} NOT NULL, \"status\" {text} NOT NULL, \"map\" {json},"
    " \"counts\" {json}, \"report\" {json}, \"source\" {id}, \"rejected\" {id},"
    " \"created_by\" {id}, \"created_at\" {instant} NOT NULL, \"finished_at\" {instant},"
    " \"undone_at\" {instant});\n"
    "CREATE INDEX \"import_created_at\" ON \"import\" (\"created_at\");\n";

/*
 * rule_firing: that a rule has acted on a record for a cause, so that it never does so twice; run
 *   groups the causes that one daily run found.
 */
static const char WORK[] =
    "CREATE TABLE \"rule_firing\" (\"rule\" {text} NOT NULL, \"record\" {id} NOT NULL,"
    " \"cause\" {text} NOT NULL, \"at\" {instant} NOT NULL, \"run\" {id} NOT NULL,"
    " PRIMARY KEY (\"rule\", \"record\", \"cause\"));\n"
    "CREATE INDEX \"rule_firing_run\" ON \"rule_firing\" (\"run\");\n";

/*
 * batch: work on many records that outlasts its request. kind "change"; status "running", "done",
 *   "failed", "undoing" or "undone"; request, counts, report and undo are JSON objects, as the API
 *   shows them; seen_at is the last sign of life. Its id is the batch of its journal entries.
 */
static const char BATCHES[] =
    "CREATE TABLE \"batch\" ({row_key} \"id\" {id_key}, \"kind\" {text} NOT NULL,"
    " \"object\" {text}, \"status\" {text} NOT NULL, \"preview\" {boolean} NOT NULL,"
    " \"request\" {json}, \"counts\" {json}, \"report\" {json}, \"undo\" {json},"
    " \"created_by\" {id}, \"created_at\" {instant} NOT NULL, \"seen_at\" {instant} NOT NULL,"
    " \"finished_at\" {instant}, \"undone_at\" {instant});\n"
    "CREATE INDEX \"batch_created_by\" ON \"batch\" (\"created_by\", \"id\");\n";

/*
 * definition: every version of a definition that an administrator has published, none ever altered;
 *   the highest of a kind ("roles") and name ("mr") is in force. body is its JSON; NULL: as it is
 *   shipped, which for one that is not shipped means that it is not there.
 * definition_generation: one number that rises with each publication, for servers to notice.
 */
static const char DEFINITIONS[] =
    "CREATE TABLE \"definition\" ({row_key} \"id\" {id_key}, \"kind\" {text} NOT NULL,"
    " \"name\" {text} NOT NULL, \"version\" {integer} NOT NULL, \"body\" {json},"
    " \"note\" {text}, \"published_by\" {id}, \"published_at\" {instant} NOT NULL,"
    " UNIQUE (\"kind\", \"name\", \"version\"));\n"
    "CREATE TABLE \"definition_generation\" (\"generation\" {integer} NOT NULL);\n"
    "INSERT INTO \"definition_generation\" (\"generation\") VALUES (0);\n";

/*
 * Staged imports: a file is brought once, looked at and mended, and run later, maybe by another
 * person: run_by, run_at.
 * import_draft: what people have settled for it so far (form, map, corrections), as JSON; version
 *   guards against overwriting each other.
 */
static const char STAGED_IMPORTS[] =
    "ALTER TABLE \"import\" ADD COLUMN \"run_by\" {id};\n"
    "ALTER TABLE \"import\" ADD COLUMN \"run_at\" {instant};\n"
    "CREATE TABLE \"import_draft\" (\"import\" {id} NOT NULL PRIMARY KEY,"
    " \"version\" {integer} NOT NULL, \"document\" {json} NOT NULL, \"saved_by\" {id},"
    " \"saved_at\" {instant} NOT NULL);\n";

/* preference: what the page keeps for a person, one JSON object that the server does not look into.
 */
static const char PREFERENCES[] =
    "CREATE TABLE \"preference\" (\"user\" {id} NOT NULL PRIMARY KEY, \"data\" {json} NOT NULL,"
    " \"at\" {instant} NOT NULL);\n";

/* story_read: until which instant a person has read the story of a record (a doctor). */
static const char STORY_READS[] =
    "CREATE TABLE \"story_read\" (\"user\" {id} NOT NULL, \"record\" {id} NOT NULL,"
    " \"read_until\" {instant} NOT NULL, PRIMARY KEY (\"user\", \"record\"));\n";

/*
 * mail_outbox: mails to be sent (exchange/outbox.h). kind "figures", "digest" or "test"; about: the
 *   subscription; cause: the occasion, once a user; state "waiting", "sending", "sent", "failed" or
 *   "dropped"; due_at: the next attempt, or while it is sent the end of the lease; said: by the
 *   server at the last attempt.
 * mail_subscription: a dashboard by mail, once a week; arguments is a JSON object; weekday 1 Monday
 *   to 7, hour of the person's zone.
 * mail_digest: one a user; kinds is a JSON array of kinds of notifications; told_until: up to when
 *   they were in a digest.
 * calendar_feed: one a user. secret_hash is of the secret in its address, which is kept nowhere;
 *   brief: without names and words of records.
 */
static const char MAIL[] =
    "CREATE TABLE \"mail_outbox\" ({row_key} \"id\" {id_key}, \"user\" {id} NOT NULL,"
    " \"kind\" {text} NOT NULL, \"about\" {id}, \"cause\" {text} NOT NULL,"
    " \"state\" {text} NOT NULL, \"made_at\" {instant} NOT NULL, \"due_at\" {instant} NOT NULL,"
    " \"tried_at\" {instant}, \"sent_at\" {instant}, \"attempts\" {integer} NOT NULL,"
    " \"said\" {text}, UNIQUE (\"user\", \"cause\"));\n"
    "CREATE INDEX \"mail_outbox_due\" ON \"mail_outbox\" (\"state\", \"due_at\");\n"
    "CREATE TABLE \"mail_subscription\" ({row_key} \"id\" {id_key}, \"user\" {id} NOT NULL,"
    " \"dashboard\" {text} NOT NULL, \"arguments\" {json} NOT NULL,"
    " \"weekday\" {integer} NOT NULL, \"hour\" {integer} NOT NULL,"
    " \"next_at\" {instant} NOT NULL, \"made_at\" {instant} NOT NULL);\n"
    "CREATE INDEX \"mail_subscription_user\" ON \"mail_subscription\" (\"user\");\n"
    "CREATE INDEX \"mail_subscription_next\" ON \"mail_subscription\" (\"next_at\");\n"
    "CREATE TABLE \"mail_digest\" (\"user\" {id} NOT NULL PRIMARY KEY, \"kinds\" {json} NOT NULL,"
    " \"hour\" {integer} NOT NULL, \"next_at\" {instant}, \"told_until\" {instant});\n"
    "CREATE INDEX \"mail_digest_next\" ON \"mail_digest\" (\"next_at\");\n"
    "CREATE TABLE \"calendar_feed\" (\"user\" {id} NOT NULL PRIMARY KEY,"
    " \"secret_hash\" {bytes} NOT NULL UNIQUE, \"brief\" {boolean} NOT NULL,"
    " \"made_at\" {instant} NOT NULL, \"used_at\" {instant});\n";

/* run_mark: how far, or for what, work on all records has been done; see store/run_mark.h. */
static const char RUN_MARKS[] =
    "CREATE TABLE \"run_mark\" (\"name\" {text} NOT NULL PRIMARY KEY, \"mark\" {text} NOT NULL);\n";

const Str MIGRATION_STEPS[] = {
    STR_INIT(JOURNAL),     STR_INIT(SIGN_IN),     STR_INIT(REQUESTS),       STR_INIT(WORK),
    STR_INIT(BATCHES),     STR_INIT(DEFINITIONS), STR_INIT(STAGED_IMPORTS), STR_INIT(PREFERENCES),
    STR_INIT(STORY_READS), STR_INIT(MAIL),        STR_INIT(RUN_MARKS),
};
const int MIGRATION_STEPS_COUNT = sizeof MIGRATION_STEPS / sizeof MIGRATION_STEPS[0];

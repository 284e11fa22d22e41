/*
 * Versions are only ever added: a return to an older one is a new one with its body. So "in force"
 * is simply the highest, and nothing has to be marked that a crash could leave marked wrongly.
 */
#include "published.h"

#include "journal.h"

/* ---- Names ---- */

/* A kind of definition: the folder of its files, and the member that bears their name. */
typedef struct Kind {
    const char *folder;
    const char *member; /* that holds the name; NULL: the file's name alone */
} Kind;

static const Kind KINDS[] = {
    {"objects", "object"},
    {"roles", "role"},
    {"rules", "rule"},
    {"templates", "template"},
    {"dashboards", "dashboard"},
    {"scores", "score"},
    {"rankings", "ranking"},
    {"lexicons", "lexicon"},
    {"forms", "form"},
    {"playbooks", "playbook"},
    {"deadlines", "deadline_table"},
    {"holidays", "holidays"},
    {"reviews", "review"},
    {"texts", NULL},
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

const char *const PUBLISHED_KINDS[] = {"objects",    "roles",     "rules",     "templates",
                                       "dashboards", "scores",    "rankings",  "lexicons",
                                       "forms",      "playbooks", "deadlines", "holidays",
                                       "reviews",    "texts",     NULL};

static const Kind *find_kind(Str folder) {
    for (int i = 0; i < KIND_COUNT; i++) {
        if (str_is(folder, KINDS[i].folder)) return &KINDS[i];
    }
    return NULL;
}

bool published_kind_known(Str kind) {
    return find_kind(kind) != NULL;
}

const char *published_name_member(Str kind) {
    const Kind *found = find_kind(kind);
    return found ? found->member : NULL;
}

/* Files in folders of folders are read like all others, but cannot be replaced from the page. */
bool definitions_name(Str file, Str *kind, Str *name) {
    static const Str ENDING = STR_INIT(".json");
    Str rest = file;
    *kind = str_cut(&rest, '/');
    if (!find_kind(*kind) || !str_ends(rest, ENDING)) return false;
    *name = str_part(rest, 0, rest.size - ENDING.size);
    return !str_empty(*name) && str_find(*name, '/') == name->size;
}

static Str file_of(Arena *arena, Str kind, Str name) {
    return str_format(arena, "%.*s/%.*s.json", STR_ARGS(kind), STR_ARGS(name));
}

const ModelSource *definitions_find(const Definitions *definitions, Str kind, Str name) {
    for (size_t i = 0; i < definitions->count; i++) {
        Str other_kind, other_name;
        if (!definitions_name(definitions->sources[i].name, &other_kind, &other_name)) continue;
        if (str_equal(kind, other_kind) && str_equal(name, other_name)) {
            return &definitions->sources[i];
        }
    }
    return NULL;
}

/* ---- Reading ---- */

/* A database of an older version is asked before it is brought up to date. */
Status published_generation(Transaction *transaction, int64_t *out) {
    bool there = false;
    Status status = store_exists(transaction, STR("definition_generation"), STR(""), &there);
    *out = 0;
    if (status != STATUS_OK || !there) return status;
    return store_ask_integer(transaction, out,
                             "SELECT \"generation\" FROM \"definition_generation\"");
}

#define VERSION_COLUMNS                                                                   \
    "d.\"kind\", d.\"name\", d.\"version\", d.\"body\", d.\"note\", d.\"published_by\", " \
    "u.\"name\", d.\"published_at\", d.\"id\""
#define VERSION_TABLES \
    "\"definition\" AS d LEFT JOIN \"user\" AS u ON u.\"id\" = d.\"published_by\""

/* In the order of VERSION_COLUMNS; texts are valid until the next row. */
static PublishedVersion read_version(const Rows *rows) {
    return (PublishedVersion){.kind = store_column_text(rows, 0),
                              .name = store_column_text(rows, 1),
                              .version = store_column_integer(rows, 2),
                              .body = store_column_text(rows, 3),
                              .note = store_column_text(rows, 4),
                              .by = store_column_id(rows, 5),
                              .by_name = store_column_text(rows, 6),
                              .at = store_column_integer(rows, 7),
                              .id = store_column_id(rows, 8)};
}

static Status visit_rows(Rows *rows, PublishedVisitor *visit, void *data) {
    Status status;
    while ((status = store_next(rows)) == STATUS_OK) {
        PublishedVersion version = read_version(rows);
        status = visit(data, &version);
        if (status != STATUS_OK) return status;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status published_each(Transaction *transaction, PublishedVisitor *visit, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(transaction, &rows,
                  "SELECT " VERSION_COLUMNS " FROM " VERSION_TABLES
                  " WHERE d.\"version\" = (SELECT MAX(n.\"version\") FROM \"definition\" AS n "
                  "WHERE n.\"kind\" = d.\"kind\" AND n.\"name\" = d.\"name\") "
                  "ORDER BY d.\"kind\", d.\"name\"");
    return status == STATUS_OK ? visit_rows(rows, visit, data) : status;
}

Status published_each_version(Transaction *transaction, Str kind, Str name, PublishedVisitor *visit,
                              void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows,
                              "SELECT " VERSION_COLUMNS " FROM " VERSION_TABLES
                              " WHERE d.\"kind\" = $1 AND d.\"name\" = $2 "
                              "ORDER BY d.\"version\" DESC",
                              value_text(kind), value_text(name));
    return status == STATUS_OK ? visit_rows(rows, visit, data) : status;
}

static PublishedVersion version_copy(Arena *arena, const PublishedVersion *from) {
    PublishedVersion copy = *from;
    copy.kind = str_copy(arena, from->kind);
    copy.name = str_copy(arena, from->name);
    copy.body = str_copy(arena, from->body);
    copy.note = str_copy(arena, from->note);
    copy.by_name = str_copy(arena, from->by_name);
    return copy;
}

Status published_read(Transaction *transaction, Arena *arena, Str kind, Str name, int64_t version,
                      PublishedVersion *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(transaction, &rows,
                        "SELECT " VERSION_COLUMNS " FROM " VERSION_TABLES
                        " WHERE d.\"kind\" = $1 AND d.\"name\" = $2 AND "
                        "($3 = 0 OR d.\"version\" = $3) ORDER BY d.\"version\" DESC LIMIT 1",
                        value_text(kind), value_text(name), value_integer(version));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status != STATUS_OK) return status;
    PublishedVersion found = read_version(rows);
    *out = version_copy(arena, &found);
    return STATUS_OK;
}

/* ---- Laying over ---- */

Definitions published_replace(Arena *arena, const Definitions *from, Str file, Str text) {
    ModelSource *sources = ARENA_ARRAY(arena, from->count + 1, ModelSource);
    size_t count = 0;
    bool placed = str_empty(text);
    for (size_t i = 0; i < from->count; i++) {
        ModelSource source = from->sources[i];
        if (str_equal(source.name, file)) {
            if (str_empty(text)) continue;
            source.text = text;
            placed = true;
        }
        sources[count++] = source;
    }
    if (!placed) sources[count++] = (ModelSource){.name = file, .text = text};
    return (Definitions){.sources = sources, .count = count};
}

/* The shipped definitions while what was published is laid over them. */
typedef struct Laying {
    Arena *arena;
    Definitions definitions;
} Laying;

/* A version without a body leaves what is shipped, or nothing. */
static Status lay(void *data, const PublishedVersion *version) {
    Laying *laying = data;
    if (str_empty(version->body)) return STATUS_OK;
    laying->definitions = published_replace(laying->arena, &laying->definitions,
                                            file_of(laying->arena, version->kind, version->name),
                                            str_copy(laying->arena, version->body));
    return STATUS_OK;
}

Status published_lay_over(Transaction *transaction, Arena *arena, const Definitions *shipped,
                          Definitions *out) {
    Laying laying = {.arena = arena, .definitions = *shipped};
    bool there = false;
    Status status = store_exists(transaction, STR("definition"), STR(""), &there);
    /* The tables of the model come after those of the system, and a first start may be cut off. */
    if (status == STATUS_OK && there) {
        status = store_exists(transaction, STR("user"), STR(""), &there);
    }
    if (status == STATUS_OK && there) status = published_each(transaction, lay, &laying);
    if (status == STATUS_OK) *out = laying.definitions;
    return status;
}

/* ---- Publishing ---- */

/* {"roles/mr": {"from": …, "to": …}}: as a change of a field, with whole bodies. */
static Str journal_facts(Arena *arena, const PublishedVersion *version, Str before, Str after) {
    static const Str NOTHING = STR_INIT("null");
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_open_object(&json);
    json_key(&json,
             str_format(arena, "%.*s/%.*s", STR_ARGS(version->kind), STR_ARGS(version->name)));
    json_open_object(&json);
    json_key(&json, STR("from"));
    json_write_raw(&json, str_empty(before) ? NOTHING : before);
    json_key(&json, STR("to"));
    json_write_raw(&json, str_empty(after) ? NOTHING : after);
    json_close_object(&json);
    json_key(&json, STR("version"));
    json_open_object(&json);
    json_key(&json, STR("from"));
    json_write_integer(&json, version->version - 1);
    json_key(&json, STR("to"));
    json_write_integer(&json, version->version);
    json_close_object(&json);
    json_close_object(&json);
    return str_copy(arena, buffer_str(&text));
}

/* The row of the generation is what publications of several servers meet at. */
static Status raise_generation(Transaction *transaction) {
    return store_run(transaction,
                     "UPDATE \"definition_generation\" SET \"generation\" = \"generation\" + 1");
}

Status published_append(Context *context, const PublishedVersion *version, Str before, Str after) {
    Id id = id_new(context->now);
    Status status = raise_generation(context->transaction);
    if (status != STATUS_OK) return status;
    status = store_run(
        context->transaction,
        "INSERT INTO \"definition\" (\"id\", \"kind\", \"name\", \"version\", \"body\", \"note\", "
        "\"published_by\", \"published_at\") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        value_id(id), value_text(version->kind), value_text(version->name),
        value_integer(version->version),
        str_empty(version->body) ? value_null() : value_text(version->body),
        str_empty(version->note) ? value_null() : value_text(version->note),
        value_id_or_null(context->actor->user), value_integer(context->now));
    if (status != STATUS_OK) return status;
    Context writing = *context;
    writing.reason = version->note;
    return journal_append_act(&writing, "publish", STR("definition"), id,
                              journal_facts(context->arena, version, before, after));
}

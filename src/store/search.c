#include "search.h"

/*
 * PostgreSQL takes lexemes of less than 2 KB and documents of less than 1 MB. The same bounds hold
 * on SQLite, so that both find the same.
 */
enum { TOKEN_BYTES_LIMIT = 1024, DOCUMENT_BYTES_LIMIT = 512 * 1024 };

/* Bytes that FTS5's ascii tokenizer keeps together; what else there is would split a token. */
static bool is_token_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* Cuts the next usable token off `*rest`; false at the end. `*prefix`: a "*" stands behind it. */
static bool next_token(Str *rest, Str *token, bool *prefix) {
    while (rest->size) {
        size_t start = 0, end;
        while (start < rest->size && !is_token_byte(rest->data[start])) start++;
        for (end = start; end < rest->size && is_token_byte(rest->data[end]);) end++;
        *token = str_part(*rest, start, end - start);
        *prefix = end < rest->size && rest->data[end] == '*';
        *rest = str_part(*rest, end, rest->size);
        if (token->size && token->size <= TOKEN_BYTES_LIMIT) return true;
    }
    return false;
}

void search_add_query(Buffer *out, StoreKind kind, Str tokens) {
    Str token;
    bool prefix;
    const bool sqlite = kind == STORE_SQLITE;
    size_t start = out->size;
    while (next_token(&tokens, &token, &prefix)) {
        if (out->size > start) buffer_add(out, sqlite ? STR(" AND ") : STR(" & "));
        buffer_add_byte(out, sqlite ? '"' : '\'');
        buffer_add(out, token);
        buffer_add_byte(out, sqlite ? '"' : '\'');
        if (prefix) buffer_add(out, sqlite ? STR("*") : STR(":*"));
    }
}

void search_add_document(Buffer *out, StoreKind kind, Str tokens) {
    Str token;
    bool prefix;
    size_t total = 0;
    while (next_token(&tokens, &token, &prefix)) {
        total += token.size;
        if (total > DOCUMENT_BYTES_LIMIT) return;
        if (kind == STORE_POSTGRESQL) buffer_add_byte(out, '\'');
        buffer_add(out, token);
        buffer_add(out, kind == STORE_POSTGRESQL ? STR("' ") : STR(" "));
    }
}

/* {object} stands for its name. The trigger and the foreign key take a deleted record out of the
 * index. */
static const char *const MAKE[] = {
    [STORE_SQLITE] =
        "CREATE VIRTUAL TABLE IF NOT EXISTS \"{object}_search\" USING fts5("
        "tokens, tokenize='ascii', detail=none, columnsize=0);\n"
        "CREATE TRIGGER IF NOT EXISTS \"{object}_search_gone\" AFTER DELETE ON \"{object}\" BEGIN "
        "DELETE FROM \"{object}_search\" WHERE rowid = old.seq; END;\n",
    [STORE_POSTGRESQL] =
        "CREATE TABLE IF NOT EXISTS \"{object}_search\" ("
        "id uuid PRIMARY KEY REFERENCES \"{object}\"(id) ON DELETE CASCADE, tokens tsvector NOT "
        "NULL);\n"
        "CREATE INDEX IF NOT EXISTS \"{object}_search_tokens\" ON \"{object}_search\" USING gin "
        "(tokens);\n",
};

static const char *const REMOVE[] = {
    [STORE_SQLITE] =
        "DELETE FROM \"{object}_search\" WHERE rowid = "
        "(SELECT seq FROM \"{object}\" WHERE id = $1)",
    [STORE_POSTGRESQL] = "DELETE FROM \"{object}_search\" WHERE id = $1",
};

/*
 * FTS5 knows no ON CONFLICT, but replaces a row of the same rowid when told to. The row is looked
 * up before: an INSERT … SELECT would make SQLite flush the index after every statement.
 */
static const char *const PUT[] = {
    [STORE_SQLITE] =
        "INSERT OR REPLACE INTO \"{object}_search\" (rowid, tokens) "
        "VALUES ($1, $2)",
    [STORE_POSTGRESQL] =
        "INSERT INTO \"{object}_search\" (id, tokens) "
        "SELECT id, CAST($2 AS tsvector) FROM \"{object}\" WHERE id = $1 "
        "ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens",
};

static Str text_for(Buffer *out, const char *pattern, Str object) {
    const Str word = STR("{object}");
    Str rest = str_of(pattern);
    while (rest.size) {
        size_t at = str_find_str(rest, word);
        buffer_add(out, str_part(rest, 0, at));
        if (at < rest.size) buffer_add(out, object);
        rest = str_part(rest, at + word.size, rest.size);
    }
    return buffer_str(out);
}

Status store_search_make(Transaction *transaction, Str object) {
    Buffer sql CLEANUP(buffer_free) = {0};
    return store_ddl(transaction, text_for(&sql, MAKE[transaction_kind(transaction)], object));
}

/* The row of the record, as PUT wants it: SQLite's number or PostgreSQL's id. */
static Status find_row(Transaction *transaction, Str object, Id id, Value *out) {
    Buffer sql CLEANUP(buffer_free) = {0};
    Rows *rows CLEANUP(store_drop) = NULL;
    const Value parameter = value_id(id);
    *out = parameter;
    if (transaction_kind(transaction) != STORE_SQLITE) return STATUS_OK;
    Str text = text_for(&sql, "SELECT seq FROM \"{object}\" WHERE id = $1", object);
    Status status = store_query_first(transaction, text, &parameter, 1, &rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_INTEGER);
    return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

Status store_search_put(Transaction *transaction, Str object, Id id, Str tokens) {
    Buffer sql CLEANUP(buffer_free) = {0}, document CLEANUP(buffer_free) = {0};
    StoreKind kind = transaction_kind(transaction);
    Value parameters[2] = {value_id(id)};
    search_add_document(&document, kind, tokens);
    if (!document.size) {
        return store_execute(transaction, text_for(&sql, REMOVE[kind], object), parameters, 1,
                             NULL);
    }
    Status status = find_row(transaction, object, id, &parameters[0]);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    parameters[1] = value_text(buffer_str(&document));
    return store_execute(transaction, text_for(&sql, PUT[kind], object), parameters, 2, NULL);
}

/*
 * Everything in which the two databases differ and a caller would notice stands here, so that all
 * other SQL is one text for both.
 */
#include "dialect.h"

#include <assert.h>

/* A word of the dialect table, on each database. */
typedef struct Word {
    Str word;
    Str in[2]; /* by StoreKind */
} Word;

static const Word WORDS[] = {
    {STR_INIT("row_key"), {STR_INIT("seq INTEGER PRIMARY KEY,"), STR_INIT("")}},
    {STR_INIT("id_key"), {STR_INIT("BLOB NOT NULL UNIQUE"), STR_INIT("uuid PRIMARY KEY")}},
    {STR_INIT("id"), {STR_INIT("BLOB"), STR_INIT("uuid")}},
    {STR_INIT("text"), {STR_INIT("TEXT"), STR_INIT("text COLLATE \"C\"")}},
    {STR_INIT("integer"), {STR_INIT("INTEGER"), STR_INIT("bigint")}},
    {STR_INIT("decimal"), {STR_INIT("REAL"), STR_INIT("double precision")}},
    {STR_INIT("boolean"), {STR_INIT("INTEGER"), STR_INIT("boolean")}},
    {STR_INIT("instant"), {STR_INIT("INTEGER"), STR_INIT("bigint")}},
    {STR_INIT("bytes"), {STR_INIT("BLOB"), STR_INIT("bytea")}},
    {STR_INIT("json"), {STR_INIT("TEXT"), STR_INIT("text COLLATE \"C\"")}},
};

/*
 * Expressions as text in which 'a' and 'b' stand for the operands behind a '%'. min and max of
 * SQLite give NULL when either is NULL; LEAST and GREATEST do not, so coalesce makes them alike.
 */
static const Word EXPRESSIONS[] = {
    [DIALECT_DAYS_OF_DATE] = {.in = {STR_INIT("CAST(julianday(%a) - 2440587.5 AS INTEGER)"),
                                     STR_INIT("CAST(CAST(%a AS date) - DATE '1970-01-01' AS "
                                              "bigint)")}},
    [DIALECT_JSON_CONTAINS] = {.in = {STR_INIT("EXISTS (SELECT 1 FROM json_each(%a) AS element "
                                               "WHERE element.value = %b)"),
                                      STR_INIT("jsonb_exists(CAST(%a AS jsonb), CAST(%b AS "
                                               "text))")}},
    [DIALECT_LEAST] = {.in = {STR_INIT("coalesce(min(%a, %b), %a, %b)"),
                              STR_INIT("least(%a, %b)")}},
    [DIALECT_GREATEST] = {.in = {STR_INIT("coalesce(max(%a, %b), %a, %b)"),
                                 STR_INIT("greatest(%a, %b)")}},
    [DIALECT_ID_OF_TEXT] = {.in = {STR_INIT("ondo_id(%a)"), STR_INIT("CAST(%a AS uuid)")}},
    [DIALECT_INSTANT_OF_TEXT] = {.in = {STR_INIT("(unixepoch(%a) * 1000 + "
                                                 "CAST(substr(%a, 21, 3) AS INTEGER))"),
                                        STR_INIT("CAST(extract(epoch FROM CAST(%a AS timestamptz)) "
                                                 "* 1000 AS bigint)")}},
    [DIALECT_SKIP_LOCKED] = {.in = {STR_INIT(""), STR_INIT(" FOR UPDATE SKIP LOCKED")}},
};

static const Str *find_word(StoreKind kind, Str name) {
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_equal(WORDS[i].word, name)) return &WORDS[i].in[kind];
    }
    return NULL;
}

void dialect_add_words(Buffer *out, StoreKind kind, Str sql) {
    while (sql.size) {
        size_t start = str_find(sql, '{');
        buffer_add(out, str_part(sql, 0, start));
        sql = str_part(sql, start, sql.size);
        if (!sql.size) return;
        size_t end = str_find(sql, '}');
        const Str *word = find_word(kind, str_part(sql, 1, end - 1));
        buffer_add(out, word ? *word : str_part(sql, 0, 1));
        sql = str_part(sql, word ? end + 1 : 1, sql.size);
    }
}

void dialect_add_expression(Buffer *out, StoreKind kind, DialectExpression expression, Str a,
                            Str b) {
    assert(expression < sizeof EXPRESSIONS / sizeof EXPRESSIONS[0]);
    Str pattern = EXPRESSIONS[expression].in[kind];
    for (size_t i = 0; i < pattern.size; i++) {
        if (pattern.data[i] != '%') {
            buffer_add_byte(out, pattern.data[i]);
        } else {
            buffer_add(out, pattern.data[++i] == 'a' ? a : b);
        }
    }
}

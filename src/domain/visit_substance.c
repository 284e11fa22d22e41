/*
 * Kept as a field, so that the score of a record is a condition like any other, in SQL and in
 * memory. Names of people and products are not looked up: they are short, and the score's bound
 * leaves room for one or two of them.
 */
#include "visit_substance.h"

#include "kana.h"
#include "record.h"

enum { WORD_COUNTS = 2, HAN_COUNTS = 1 };

/* How much a note says, beyond words that always fit. */
typedef struct Measure {
    Str text;
    FoldedText folded;
    const Lexicon *formula; /* NULL: nothing is a formula */
} Measure;

static bool is_figure(uint32_t point) {
    return point >= '0' && point <= '9';
}

static bool is_han(uint32_t point) {
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0x20000 && point <= 0x3FFFF);
}

/* Folding makes one syllabary of the two, so the text itself is asked. */
static bool is_katakana(const Measure *measure, size_t at) {
    size_t byte = measure->folded.at[at].byte;
    uint32_t point = kana_next(measure->text, &byte);
    return kana_is(point) && kana_hiragana(point) != point;
}

static bool is_letter(uint32_t point) {
    return folded_is_letter(point) || is_figure(point);
}

/* Behind the run of letters that begins at a place. */
static size_t letters_end(const Measure *measure, size_t at) {
    while (at < measure->folded.count && is_letter(measure->folded.at[at].point)) at++;
    return at;
}

static size_t katakana_end(const Measure *measure, size_t at) {
    while (at < measure->folded.count && is_katakana(measure, at)) at++;
    return at;
}

/* What stands at a place, and in `*end` where it ends. */
static int64_t count_at(const Measure *measure, size_t at, size_t *end) {
    uint32_t point = measure->folded.at[at].point;
    TrieHit hit;
    if (measure->formula && trie_longest(measure->formula->words, &measure->folded, at, &hit)) {
        *end = at + hit.size;
        return 0;
    }
    *end = at + 1;
    if (is_han(point)) return HAN_COUNTS;
    if (is_letter(point)) {
        *end = letters_end(measure, at);
        return WORD_COUNTS;
    }
    size_t run = katakana_end(measure, at);
    if (run <= at + 1) return 0;
    *end = run;
    return WORD_COUNTS;
}

int64_t visit_substance(Arena *arena, const Lexicons *lexicons, Str text) {
    Measure measure = {.text = text,
                       .folded = folded_text(arena, text),
                       .formula = lexicons_find(lexicons, STR("visit_formula"))};
    int64_t total = 0;
    for (size_t at = 0; at < measure.folded.count;) total += count_at(&measure, at, &at);
    return total;
}

static int64_t substance_of(Arena *arena, const Business *business, const Value *note,
                            const Value *discussion) {
    const Value *texts[] = {note, discussion};
    int64_t total = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i]->kind != VALUE_TEXT) continue;
        total += visit_substance(arena, &business->lexicons, texts[i]->text);
    }
    return total;
}

Status visit_substance_before_save(const Business *business, Context *context, Change *change) {
    Record *visit = change->after;
    const Field *field = object_field(visit->object, STR("substance"));
    visit->values[field->index] =
        value_integer(substance_of(context->arena, business, record_value(visit, STR("quick_note")),
                                   record_value(visit, STR("discussion"))));
    return STATUS_OK;
}

/* ---- Of older records ---- */

/* A record and what was measured; read first and written then, since one connection does both. */
typedef struct Found {
    Id id;
    int64_t substance;
} Found;

static Status read_unmeasured(const Business *business, Context *context, Found *found,
                              size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"id\", \"quick_note\", \"discussion\" FROM \"visit\" "
                              "WHERE \"substance\" IS NULL ORDER BY \"id\" LIMIT $1",
                              value_integer(VISIT_SUBSTANCE_ROUND));
    Arena *arena CLEANUP(arena_drop) = arena_new();
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Value note = store_column(rows, 1, VALUE_TEXT), text = store_column(rows, 2, VALUE_TEXT);
        found[*count].id = store_column(rows, 0, VALUE_ID).id;
        found[(*count)++].substance = substance_of(arena, business, &note, &text);
        arena_reset(arena);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* A derived value is nobody's change: versions and the journal stay as they are (ADR 5). */
Status visit_substance_fill(const Business *business, Context *context, size_t *filled) {
    Found *found = ARENA_ARRAY(context->arena, VISIT_SUBSTANCE_ROUND, Found);
    size_t count = 0;
    Status status = read_unmeasured(business, context, found, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = store_run(context->transaction,
                           "UPDATE \"visit\" SET \"substance\" = $1 WHERE \"id\" = $2",
                           value_integer(found[i].substance), value_id(found[i].id));
    }
    *filled = count;
    return status;
}

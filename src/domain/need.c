/*
 * Suggesting needs. Everything is read again from what was written, so that a
 * corrected record counts as it stands now; nothing is kept beside the need and
 * its sources. Most visits hold no word of the lexicon, so the visit itself is
 * looked at before the others are read.
 */
#include "need.h"

#include "clock.h"
#include "record.h"
#include "system_actor.h"

enum {
    CODE_BIT_LAST = 63,
    TEXTS_MOST = 1000, /* of one person: notes, discussions and topics, newest first */
    SENTENCE_MOST = 900,
};

/* Something that was written of a visit. */
typedef struct Text {
    Id visit;
    int64_t at;
    Str said;
    FoldedText folded;
    uint64_t codes; /* a bit for each code that has a word in it */
} Text;

/* All that was written of one person's visits within the time that counts, newest first. */
typedef struct WrittenTexts {
    Text *items;
    size_t count;
} WrittenTexts;

/* A visit that speaks for a need. */
typedef struct Mention {
    Id visit;
    int64_t at;
    Str sentence;
    bool emphatic; /* raised again and again */
} Mention;

/* A look through a doctor's records for words of need. */
typedef struct Search {
    Context *context; /* the system's: other people's visits count too */
    const Lexicon *signs, *emphasis;
    Id hcp, visit;
} Search;

/* ---- Sentences ---- */

static bool ends_sentence(uint32_t point) {
    return point == '\n' || point == '.' || point == 0x3002 || point == ';' || point == '!' ||
           point == '?';
}

static bool has_word(const Lexicon *lexicon, const FoldedText *folded, size_t start, size_t end) {
    TrieHit hit;
    for (size_t at = start; lexicon && at < end; at++) {
        if (trie_longest(lexicon->words, folded, at, &hit)) return true;
    }
    return false;
}

static void take_sentence(const Search *search, const FoldedText *folded, Str text, size_t at,
                          Mention *out) {
    size_t start = at, end = at;
    while (start && !ends_sentence(folded->at[start - 1].point)) start--;
    while (end < folded->count && !ends_sentence(folded->at[end].point)) end++;
    size_t from = folded->at[start].byte, size = folded->at[end].byte - from;
    out->sentence = str_trim(str_part(text, from, size < SENTENCE_MOST ? size : SENTENCE_MOST));
    out->emphatic = has_word(search->emphasis, folded, start, end);
}

/* Codes behind the last bit share it: they are looked for in every text that
 * has one of them. */
static uint64_t code_bit(size_t code) {
    return UINT64_C(1) << (code < CODE_BIT_LAST ? code : CODE_BIT_LAST);
}

/* Once for all codes: most texts have a word of none, and are not read again.
 */
static void look_through(const Search *search, Text *text) {
    TrieHit hit;
    text->folded = folded_text(search->context->arena, text->said);
    for (size_t at = 0; at < text->folded.count;) {
        bool found = trie_longest(search->signs->words, &text->folded, at, &hit);
        if (found) text->codes |= code_bit(hit.value);
        at += found ? hit.size : 1;
    }
}

/* The first sentence of the text that has a word of the code. */
static bool find_code(const Search *search, const Text *text, size_t code, Mention *out) {
    TrieHit hit;
    if (!(text->codes & code_bit(code))) return false;
    for (size_t at = 0; at < text->folded.count;) {
        bool found = trie_longest(search->signs->words, &text->folded, at, &hit);
        if (found && hit.value == code) {
            *out = (Mention){.visit = text->visit, .at = text->at};
            take_sentence(search, &text->folded, text->said, at, out);
            out->sentence = str_copy(search->context->arena, out->sentence);
            return true;
        }
        at += found ? hit.size : 1;
    }
    return false;
}

/* ---- What was written ---- */

static void add_text(const Search *search, WrittenTexts *texts, Id visit, int64_t at, Value said) {
    if (said.kind != VALUE_TEXT || texts->count == TEXTS_MOST) return;
    Text *text = &texts->items[texts->count++];
    *text = (Text){.visit = visit, .at = at, .said = str_copy(search->context->arena, said.text)};
    look_through(search, text);
}

/* Rows of visit, instant and two texts, of which either may be empty. */
static Status take_rows(const Search *search, Rows *rows, WrittenTexts *texts) {
    Status status = STATUS_OK;
    while ((status = store_next(rows)) == STATUS_OK) {
        Id visit = store_column(rows, 0, VALUE_ID).id;
        int64_t at = store_column(rows, 1, VALUE_INTEGER).integer;
        add_text(search, texts, visit, at, store_column(rows, 2, VALUE_TEXT));
        add_text(search, texts, visit, at, store_column(rows, 3, VALUE_TEXT));
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status read_own(const Search *search, WrittenTexts *texts) {
    Context *context = search->context;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT v.\"id\", v.\"held_at\", v.\"quick_note\", "
                              "v.\"discussion\" FROM \"visit\" AS v "
                              "WHERE v.\"id\" = $1 UNION ALL SELECT t.\"visit\", 0, "
                              "t.\"text\", NULL FROM \"topic\" AS t "
                              "WHERE t.\"visit\" = $1 AND t.\"deleted_at\" IS NULL",
                              value_id(search->visit));
    return status == STATUS_OK ? take_rows(search, rows, texts) : status;
}

#define HELD                                                                  \
    "v.\"hcp\" = $1 AND v.\"held_at\" > $2 AND v.\"state\" IN ('completed', " \
    "'signed') "                                                              \
    "AND v.\"deleted_at\" IS NULL"

static Status read_all(const Search *search, int64_t since, WrittenTexts *texts) {
    Context *context = search->context;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT * FROM (SELECT v.\"id\" AS \"visit\", v.\"held_at\" AS \"at\", "
                  "v.\"quick_note\" AS "
                  "\"one\", v.\"discussion\" AS \"two\" FROM \"visit\" AS v WHERE " HELD
                  " UNION ALL SELECT t.\"visit\", v.\"held_at\", t.\"text\", NULL FROM "
                  "\"topic\" AS t JOIN "
                  "\"visit\" AS v ON v.\"id\" = t.\"visit\" WHERE t.\"deleted_at\" IS NULL "
                  "AND " HELD ") AS w ORDER BY \"at\" DESC LIMIT 500",
                  value_id(search->hcp), value_integer(since));
    return status == STATUS_OK ? take_rows(search, rows, texts) : status;
}

/* ---- What is known already ---- */

/* A need that is there already, with what people have said not to belong to it. */
typedef struct Known {
    Id need; /* suggested or accepted; none: no such need */
    Id *rejected;
    size_t rejected_count; /* visits that a rejected need of the kind rested on */
} Known;

static Status read_need(const Search *search, Str kind, Known *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(search->context->transaction, &rows,
                              "SELECT \"id\" FROM \"need\" WHERE \"hcp\" = $1 "
                              "AND \"kind\" = $2 AND \"state\" "
                              "<> 'rejected' AND \"deleted_at\" IS NULL LIMIT 1",
                              value_id(search->hcp), value_text(kind));
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) out->need = store_column(rows, 0, VALUE_ID).id;
    return status == STATUS_END ? STATUS_OK : status;
}

static Status read_rejected(const Search *search, Str kind, Known *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(search->context->transaction, &rows,
                  "SELECT s.\"visit\" FROM \"need_source\" AS s JOIN \"need\" AS n ON "
                  "n.\"id\" = "
                  "s.\"need\" WHERE n.\"hcp\" = $1 AND n.\"kind\" = $2 AND n.\"state\" = "
                  "'rejected' AND n.\"deleted_at\" IS NULL ORDER BY s.\"id\" DESC LIMIT "
                  "500",
                  value_id(search->hcp), value_text(kind));
    out->rejected = ARENA_ARRAY(search->context->arena, TEXTS_MOST, Id);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        out->rejected[out->rejected_count++] = store_column(rows, 0, VALUE_ID).id;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static bool was_rejected(const Known *known, Id visit) {
    for (size_t i = 0; i < known->rejected_count; i++) {
        if (id_equal(known->rejected[i], visit)) return true;
    }
    return false;
}

/* ---- Suggesting ---- */

static Status add_source(Context *context, Id need, const Mention *mention) {
    const Object *object = model_object(context->model, STR("need_source"));
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask(context->transaction, &rows,
                  "SELECT 1 FROM \"need_source\" WHERE \"need\" = $1 AND \"visit\" = $2",
                  value_id(need), value_id(mention->visit));
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_END) return status;
    store_drop(&rows);
    rows = NULL;
    Record made;
    FieldValue values[] = {
        {object_field(object, STR("need")), value_id(need)},
        {object_field(object, STR("visit")), value_id(mention->visit)},
        {object_field(object, STR("sentence")), value_text(mention->sentence)},
    };
    return record_insert(context, object, values, sizeof values / sizeof *values, &made);
}

static Status add_sources(Context *context, Id need, const Mention *mentions, size_t count) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = add_source(context, need, &mentions[i]);
    }
    return status;
}

/* The newest visit says it best; the others stand beside it as sources. */
static Status suggest(const Search *search, Str kind, const Mention *mentions, size_t count) {
    Context *context = search->context;
    const Object *object = model_object(context->model, STR("need"));
    FieldValue values[] = {
        {object_field(object, STR("hcp")), value_id(search->hcp)},
        {object_field(object, STR("kind")), value_text(kind)},
        {object_field(object, STR("sentence")), value_text(mentions[0].sentence)},
        {object_field(object, STR("visit")), value_id(mentions[0].visit)},
        {object_field(object, STR("state")), value_text(STR("suggested"))},
    };
    Record made;
    Status status = record_insert(context, object, values, sizeof values / sizeof *values, &made);
    return status == STATUS_OK ? add_sources(context, made.id, mentions, count) : status;
}

/* One mention a visit, newest first; the visits behind a rejection are left
 * out. */
static size_t gather(const Search *search, const WrittenTexts *texts, size_t code,
                     const Known *known, int64_t since, Mention *out) {
    size_t count = 0;
    for (size_t i = 0; i < texts->count; i++) {
        const Text *text = &texts->items[i];
        bool seen = text->at <= since || was_rejected(known, text->visit);
        for (size_t j = 0; j < count && !seen; j++) seen = id_equal(out[j].visit, text->visit);
        if (!seen && find_code(search, text, code, &out[count])) count++;
    }
    return count;
}

static bool is_enough(const Mention *mentions, size_t count, int64_t times) {
    for (size_t i = 0; i < count; i++) {
        if (mentions[i].emphatic) return true;
    }
    return count > 0 && (int64_t)count >= times;
}

static Status judge_code(const Search *search, const WrittenTexts *texts, size_t code) {
    Context *context = search->context;
    const LexiconRepeat *repeat = &search->signs->repeat[code];
    Str kind = search->signs->codes[code];
    int64_t since = context->now - repeat->days * CLOCK_DAY;
    Known known = {0};
    Status status = read_need(search, kind, &known);
    if (status == STATUS_OK) status = read_rejected(search, kind, &known);
    if (status != STATUS_OK) return status;
    Mention *mentions = ARENA_ARRAY(context->arena, texts->count + 1, Mention);
    size_t count = gather(search, texts, code, &known, since, mentions);
    if (!id_none(known.need)) return add_sources(context, known.need, mentions, count);
    if (!is_enough(mentions, count, repeat->times)) return STATUS_OK;
    return suggest(search, kind, mentions, count);
}

static Status read_hcp(Context *context, Id visit, Id *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = (Id){0};
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"hcp\" FROM \"visit\" WHERE \"id\" = $1 AND \"state\" IN "
                              "('completed', 'signed') AND \"deleted_at\" IS NULL",
                              value_id(visit));
    if (status == STATUS_OK) status = store_next(rows);
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_ID).id;
    return status == STATUS_END ? STATUS_OK : status;
}

static uint64_t codes_of(const WrittenTexts *texts) {
    uint64_t codes = 0;
    for (size_t i = 0; i < texts->count; i++) codes |= texts->items[i].codes;
    return codes;
}

/* As far back as any code counts. */
static int64_t earliest(const Search *search) {
    int64_t days = 0;
    for (size_t i = 0; i < search->signs->code_count; i++) {
        if (search->signs->repeat[i].days > days) days = search->signs->repeat[i].days;
    }
    return search->context->now - days * CLOCK_DAY;
}

/* All that was written of the person is read once, whatever was found. */
static Status judge_codes(const Search *search, const WrittenTexts *texts, uint64_t codes) {
    Status status = STATUS_OK;
    for (size_t code = 0; code < search->signs->code_count && status == STATUS_OK; code++) {
        if (codes & code_bit(code)) status = judge_code(search, texts, code);
    }
    return status;
}

static Search search_of(const Business *business, Context *system) {
    return (Search){.context = system,
                    .signs = lexicons_find(&business->lexicons, STR("need_signs")),
                    .emphasis = lexicons_find(&business->lexicons, STR("need_emphasis"))};
}

static WrittenTexts no_texts(const Search *search) {
    return (WrittenTexts){.items = ARENA_ARRAY(search->context->arena, TEXTS_MOST, Text)};
}

Status need_suggest(const Business *business, Context *context, Id visit) {
    SystemActor storage;
    Search search = search_of(business, system_actor(context, &storage));
    search.visit = visit;
    if (!search.signs) return STATUS_OK;
    Status status = read_hcp(search.context, visit, &search.hcp);
    if (status != STATUS_OK || id_none(search.hcp)) return status;
    WrittenTexts own = no_texts(&search);
    status = read_own(&search, &own);
    uint64_t codes = codes_of(&own);
    if (status != STATUS_OK || !codes) return status;
    WrittenTexts all = no_texts(&search);
    status = read_all(&search, earliest(&search), &all);
    return status == STATUS_OK ? judge_codes(&search, &all, codes) : status;
}

Status need_suggest_all(const Business *business, Context *context, Id hcp) {
    SystemActor storage;
    Search search = search_of(business, system_actor(context, &storage));
    search.hcp = hcp;
    if (!search.signs) return STATUS_OK;
    WrittenTexts all = no_texts(&search);
    Status status = read_all(&search, earliest(&search), &all);
    return status == STATUS_OK ? judge_codes(&search, &all, codes_of(&all)) : status;
}

/* ---- When ---- */

static bool text_changed(const Change *change, const char *name) {
    const Value *after = record_value(change->after, str_of(name));
    if (!change->before) return !value_is_null(after);
    return !value_equal(record_value(change->before, str_of(name)), after);
}

static bool is_writing(const Change *change) {
    return change->action == CHANGE_CREATE || change->action == CHANGE_UPDATE;
}

Status need_before_visit(const Business *business, Context *context, Change *change) {
    (void)business;
    (void)context;
    Record *visit = change->after;
    visit->values[object_field(visit->object, STR("needs_read"))->index] = value_boolean(true);
    return STATUS_OK;
}

Status need_after_visit(const Business *business, Context *context, const Change *change) {
    bool told = text_changed(change, "quick_note") || text_changed(change, "discussion") ||
                text_changed(change, "state");
    if (!is_writing(change) || !told) return STATUS_OK;
    return need_suggest(business, context, change->after->id);
}

Status need_after_topic(const Business *business, Context *context, const Change *change) {
    const Value *visit = record_value(change->after, STR("visit"));
    if (!is_writing(change) || !text_changed(change, "text") || visit->kind != VALUE_ID) {
        return STATUS_OK;
    }
    return need_suggest(business, context, visit->id);
}

/* ---- Decided ---- */

static bool state_is(const Record *need, const char *state) {
    const Value *value = record_value(need, STR("state"));
    return value->kind == VALUE_TEXT && str_is(value->text, state);
}

static void sign(Record *need, const char *field, Value value) {
    need->values[object_field(need->object, str_of(field))->index] = value;
}

Status need_before_save(Context *context, Change *change) {
    Record *need = change->after;
    bool suggested = state_is(need, "suggested");
    bool was = change->before && state_is(change->before, "suggested");
    if (change->action == CHANGE_DELETE || change->action == CHANGE_RESTORE) return STATUS_OK;
    if (suggested && !was && !change->before && !context->actor->everything) {
        problem_add(context->problem, STR("/state"), "need_suggested");
        return STATUS_INVALID;
    }
    if (change->before && !text_changed(change, "state")) return STATUS_OK;
    sign(need, "decided_at", suggested ? value_null() : value_integer(context->now));
    sign(need, "decided_by", suggested ? value_null() : value_id_or_null(context->actor->user));
    return STATUS_OK;
}

static Status read_accepted(Context *context, Id hcp, Str *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    json_t *kinds CLEANUP(json_drop) = json_array();
    Status status = store_ask(context->transaction, &rows,
                              "SELECT DISTINCT \"kind\" FROM \"need\" WHERE \"hcp\" = $1 AND "
                              "\"state\" = 'accepted' AND \"deleted_at\" IS NULL ORDER BY \"kind\"",
                              value_id(hcp));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Str kind = store_column(rows, 0, VALUE_TEXT).text;
        json_array_append_new(kinds, json_stringn(kind.data, kind.size));
    }
    *out = json_compact(context->arena, kinds);
    return status == STATUS_END ? STATUS_OK : status;
}

Status need_after_save(Context *context, const Change *change) {
    const Object *object = model_object(context->model, STR("hcp"));
    const Value *hcp = record_value(change->after, STR("hcp"));
    SystemActor storage;
    Str kinds;
    Record changed;
    if (hcp->kind != VALUE_ID) return STATUS_OK;
    Context *system = system_actor(context, &storage);
    Status status = read_accepted(system, hcp->id, &kinds);
    if (status != STATUS_OK) return status;
    bool none = str_is(kinds, "[]");
    FieldValue values[] = {
        {object_field(object, STR("needs")), none ? value_null() : value_text(kinds)}};
    status = record_change(system, object, hcp->id, values, 1, &changed);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/*
 * A finding carries the passage that it is about, so that it can be judged although the record
 * moves on. What it quotes must not bring back what the lint keeps out: patients are blacked out in
 * it.
 */
#include "finding.h"

#include "finding_report.h"
#include "lint_market.h"
#include "system_actor.h"
#include "utf16.h"

enum {
    FINDING_FIELDS = 28,
    PASSAGE_BYTES = 240, /* kept on each side of the words */
    QUOTE_CHARACTERS = 160,
    GONE_MOST = 200, /* findings of one text */
};

static const char OPEN[] = "open", SUPERSEDED[] = "superseded";

static const Str BLACKED_OUT = STR_INIT("■■■");

/* ---- The passage ---- */

static bool is_border(Str text, size_t at) {
    return at >= text.size || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static size_t border_before(Str text, size_t at) {
    while (at && !is_border(text, at)) at--;
    return at;
}

static bool is_patient(const LintFinding *finding) {
    return str_is(finding->rule->category, "patient_identity") && finding->severity >= LINT_WARN;
}

static uint32_t units_in(Str text) {
    Utf16 units CLEANUP(utf16_free);
    utf16_from(text, &units);
    return (uint32_t)units.size;
}

/* The part of the text from `from` to `to`, with every patient in it blacked out. */
static Str part_without_patients(Arena *arena, const FindingPlace *place,
                                 const LintReading *reading, size_t from, size_t to) {
    Buffer out CLEANUP(buffer_free) = {0};
    size_t at = from;
    for (size_t i = 0; i < reading->count; i++) {
        const TextSpan *span = &reading->findings[i].span;
        if (!is_patient(&reading->findings[i]) || span->byte_end <= at) continue;
        if (span->byte_start >= to) break;
        if (span->byte_start > at)
            buffer_add(&out, str_part(place->text, at, span->byte_start - at));
        buffer_add(&out, BLACKED_OUT);
        at = span->byte_end;
    }
    if (at < to) buffer_add(&out, str_part(place->text, at, to - at));
    return str_copy(arena, buffer_str(&out));
}

/* The words around a finding, cut where characters end. */
typedef struct Passage {
    Str quote, text;
    uint32_t start;    /* of the quote in the text, in UTF-16 units */
    size_t byte_start; /* the same in its UTF-8 */
} Passage;

/* Whether a sentence ends right before `at`: behind its full stop, but not within "2.5". */
static bool is_sentence_end(Str text, size_t at) {
    static const char *const STOPS[] = {"。", "！", "？", "!", "?", "\n"};
    if (at >= text.size) return true;
    for (size_t i = 0; i < sizeof STOPS / sizeof *STOPS; i++) {
        if (str_ends(str_part(text, 0, at), str_of(STOPS[i]))) return true;
    }
    return at && text.data[at - 1] == '.' && text.data[at] == ' ';
}

/* The words around a finding in a report: the whole passage would tell of other things too. */
static Str sentence_of(const Passage *passage) {
    Str text = passage->text;
    size_t from = passage->byte_start, to = from + passage->quote.size;
    while (from && !is_sentence_end(text, from)) from--;
    while (to < text.size && !is_sentence_end(text, to)) to++;
    return str_trim(str_part(text, from, to - from));
}

static Str cut_to(Str text, size_t most) {
    size_t bytes = most * 3 < text.size ? border_before(text, most * 3) : text.size;
    return str_part(text, 0, bytes);
}

static Passage passage_of(Arena *arena, const FindingPlace *place, const LintReading *reading,
                          const LintFinding *finding) {
    const TextSpan *span = &finding->span;
    size_t from = span->byte_start > PASSAGE_BYTES ? span->byte_start - PASSAGE_BYTES : 0;
    size_t to = border_before(place->text, span->byte_end + PASSAGE_BYTES < place->text.size
                                               ? span->byte_end + PASSAGE_BYTES
                                               : place->text.size);
    from = border_before(place->text, from);
    Str before = part_without_patients(arena, place, reading, from, span->byte_start);
    Str quote =
        cut_to(part_without_patients(arena, place, reading, span->byte_start, span->byte_end),
               QUOTE_CHARACTERS);
    Str behind = part_without_patients(arena, place, reading, span->byte_end, to);
    return (Passage){.quote = quote,
                     .text = str_join(arena, str_join(arena, before, quote), behind),
                     .start = units_in(before),
                     .byte_start = before.size};
}

/* ---- Which finding it is ---- */

static uint64_t mark_of(const FindingPlace *place, const TextSpan *span) {
    uint64_t mark = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
    for (size_t i = span->byte_start; i < span->byte_end; i++) {
        mark = (mark ^ (unsigned char)place->text.data[i]) * UINT64_C(0x100000001B3);
    }
    return mark;
}

static bool same_words(const FindingPlace *place, const LintFinding *a, const LintFinding *b) {
    return a->rule == b->rule && mark_of(place, &a->span) == mark_of(place, &b->span);
}

/* The same words may stand there twice; the second is another finding, wherever the first moves. */
static Str key_of(Arena *arena, const FindingPlace *place, const LintReading *reading,
                  size_t index) {
    const LintFinding *finding = &reading->findings[index];
    Str id = id_text(arena, place->record->id);
    int before = 0;
    for (size_t i = 0; i < index; i++) {
        before += same_words(place, &reading->findings[i], finding);
    }
    return str_format(arena, "%.*s/%.*s/%.*s/%016llx/%d", STR_ARGS(id),
                      STR_ARGS(place->field->name), STR_ARGS(finding->rule->code),
                      (unsigned long long)mark_of(place, &finding->span), before);
}

/* A finding that is there already. */
typedef struct KeptFinding {
    Id id; /* none: there is none */
    bool superseded;
} KeptFinding;

static Status find_kept(Context *context, Str key, KeptFinding *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = (KeptFinding){0};
    Status status = store_ask_first(
        context->transaction, &rows,
        "SELECT \"id\", \"state\" FROM \"finding\" WHERE \"key\" = $1 AND \"deleted_at\" IS NULL",
        value_text(key));
    if (status == STATUS_OK) {
        *out =
            (KeptFinding){store_column_id(rows, 0), str_is(store_column_text(rows, 1), SUPERSEDED)};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status set_state(Context *context, Id finding, const char *state) {
    const Object *object = model_object(context->model, STR("finding"));
    FieldValue value = {object_field(object, STR("state")), value_text(str_of(state))};
    SystemActor storage;
    Record changed;
    return record_change(system_actor(context, &storage), object, finding, &value, 1, &changed);
}

/* ---- Keeping it ---- */

/*
 * Fields of the finding that is written, by name; they are not known when the program is compiled.
 */
typedef struct Values {
    const Object *object;
    FieldValue items[FINDING_FIELDS];
    size_t count;
} Values;

static void put(Values *values, const char *field, Value value) {
    const Field *found = object_field(values->object, str_of(field));
    if (!found || values->count == FINDING_FIELDS) return;
    values->items[values->count++] = (FieldValue){.field = found, .value = value};
}

static void put_text(Values *values, const char *field, Str text) {
    if (!str_empty(text)) put(values, field, value_text(text));
}

/* The record's owner wrote it, or answers for it; records without one are their writer's. */
static Id author_of(const Record *record) {
    static const char *const OWNERS[] = {"owner", "by", "seen_by"};
    for (size_t i = 0; i < sizeof OWNERS / sizeof *OWNERS; i++) {
        const Value *owner = record_value(record, str_of(OWNERS[i]));
        if (owner->kind == VALUE_ID) return owner->id;
    }
    return id_none(record->updated_by) ? record->created_by : record->updated_by;
}

static void put_rule(Values *values, const LintFinding *finding) {
    const LintRule *rule = finding->rule;
    put_text(values, "category", rule->category);
    put_text(values, "severity", lint_severity_code(finding->severity));
    put_text(values, "route", rule->route);
    put_text(values, "rule", rule->code);
    put_text(values, "lexicon", rule->lexicon);
    put_text(values, "lexicon_version", rule->version);
    put_text(values, "speaker", lint_speaker_code(finding->speaker));
}

static void put_place(Values *values, Arena *arena, const FindingPlace *place) {
    const Record *record = place->record;
    LintSubject subject = lint_subject(record);
    put_text(values, "object", record->object->name);
    put_text(values, "record", id_text(arena, record->id));
    put(values, "record_version", value_integer(record->version));
    put_text(values, "field", place->field->name);
    put_text(values, "market", place->market);
    put(values, "owner", value_id_or_null(author_of(record)));
    put(values, "hcp", value_id_or_null(subject.hcp));
    put(values, "hco", value_id_or_null(subject.hco));
    put(values, "visit", value_id_or_null(subject.visit));
}

static Status keep(Context *context, const FindingPlace *place, const LintReading *reading,
                   const LintFinding *finding, Str key) {
    Values values = {.object = model_object(context->model, STR("finding"))};
    Passage passage = passage_of(context->arena, place, reading, finding);
    SystemActor storage;
    Record made;
    ReportStart start = {place, finding, sentence_of(&passage), author_of(place->record)};
    Id report;
    Status status = finding_report(context, &start, &report);
    if (status != STATUS_OK) return status;
    put_rule(&values, finding);
    put_place(&values, context->arena, place);
    put(&values, "report", value_id_or_null(report));
    put(&values, "start", value_integer(finding->span.unit_start));
    put(&values, "end", value_integer(finding->span.unit_end));
    put_text(&values, "quote", passage.quote);
    put_text(&values, "passage", passage.text);
    put(&values, "passage_start", value_integer(passage.start));
    put(&values, "found_at", value_integer(context->now));
    put_text(&values, "key", key);
    return record_insert(system_actor(context, &storage), values.object, values.items, values.count,
                         &made);
}

Status finding_keep(Context *context, const FindingPlace *place, const LintReading *reading,
                    size_t index, FindingCount *count) {
    const LintFinding *finding = &reading->findings[index];
    KeptFinding kept;
    if (finding->severity == LINT_INFO) return STATUS_OK;
    Str key = key_of(context->arena, place, reading, index);
    Status status = find_kept(context, key, &kept);
    if (status != STATUS_OK) return status;
    bool known = !id_none(kept.id);
    if (!known) status = keep(context, place, reading, finding, key);
    if (kept.superseded) status = set_state(context, kept.id, OPEN);
    if (status != STATUS_OK) return status;
    count->found++;
    count->kept += !known;
    return STATUS_OK;
}

/* ---- What the text no longer says ---- */

static bool still_found(Context *context, const FindingPlace *place, const LintReading *reading,
                        Str key) {
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->findings[i].severity == LINT_INFO) continue;
        if (str_equal(key_of(context->arena, place, reading, i), key)) return true;
    }
    return false;
}

/* Read to its end before anything is written. */
static Status find_gone(Context *context, const FindingPlace *place, const LintReading *reading,
                        Id *gone, size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    *count = 0;
    Status status = store_ask(context->transaction, &rows,
                              "SELECT \"id\", \"key\" FROM \"finding\" WHERE \"record\" = $1"
                              " AND \"field\" = $2 AND \"state\" = $3 AND \"deleted_at\" IS NULL",
                              value_text(id_text(context->arena, place->record->id)),
                              value_text(place->field->name), value_text(STR("open")));
    while (status == STATUS_OK && *count < GONE_MOST && (status = store_next(rows)) == STATUS_OK) {
        if (still_found(context, place, reading, store_column_text(rows, 1))) continue;
        gone[(*count)++] = store_column_id(rows, 0);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status findings_supersede(Context *context, const FindingPlace *place, const LintReading *reading) {
    Id *gone = ARENA_ARRAY(context->arena, GONE_MOST, Id);
    size_t count;
    Status status = find_gone(context, place, reading, gone, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = set_state(context, gone[i], SUPERSEDED);
    }
    return status;
}

Status findings_keep(Context *context, const FindingPlace *place, const LintReading *reading,
                     FindingCount *count) {
    Status status = STATUS_OK;
    for (size_t i = 0; i < reading->count && status == STATUS_OK; i++) {
        status = finding_keep(context, place, reading, i, count);
    }
    return status;
}

/* ---- Deciding ---- */

static Value *value_of(Record *finding, const char *name) {
    return &finding->values[object_field(finding->object, str_of(name))->index];
}

static bool differs(const Change *change, const char *name) {
    Str field = str_of(name);
    return !value_equal(record_value(change->before, field), record_value(change->after, field));
}

static bool is_in(const Record *finding, const char *which) {
    const Value *state = record_value(finding, STR("state"));
    return state->kind == VALUE_TEXT && str_is(state->text, which);
}

static Status refuse(Context *context, const char *pointer, const char *code) {
    problem_add(context->problem, str_of(pointer), code);
    return STATUS_INVALID;
}

static Status decide(Context *context, Change *change, bool own) {
    Record *finding = change->after;
    const Value *note = record_value(finding, STR("note"));
    if (!differs(change, "state") && !differs(change, "note")) return STATUS_OK;
    if (own) return refuse(context, "/state", "finding_own");
    if (differs(change, "state") && is_in(finding, SUPERSEDED)) {
        return refuse(context, "/state", "finding_superseded");
    }
    bool decided = !is_in(finding, OPEN) && !is_in(finding, SUPERSEDED);
    if (decided && (note->kind != VALUE_TEXT || str_empty(note->text))) {
        return refuse(context, "/note", "finding_note");
    }
    *value_of(finding, "reviewed_by") =
        decided ? value_id_or_null(context->actor->user) : value_null();
    *value_of(finding, "reviewed_at") = decided ? value_integer(context->now) : value_null();
    return STATUS_OK;
}

static Status acknowledge(Context *context, Change *change, bool own) {
    Record *finding = change->after;
    const Value *said = record_value(finding, STR("acknowledged"));
    if (!differs(change, "acknowledged")) return STATUS_OK;
    if (!own) return refuse(context, "/acknowledged", "finding_not_own");
    bool is_said = said->kind == VALUE_BOOLEAN && said->boolean;
    *value_of(finding, "acknowledged_at") = is_said ? value_integer(context->now) : value_null();
    return STATUS_OK;
}

Status finding_before_save(Context *context, Change *change) {
    if (change->action != CHANGE_UPDATE || context->actor->everything) return STATUS_OK;
    const Value *author = record_value(change->before, STR("owner"));
    bool own = author->kind == VALUE_ID && id_equal(author->id, context->actor->user);
    Status status = decide(context, change, own);
    return status == STATUS_OK ? acknowledge(context, change, own) : status;
}

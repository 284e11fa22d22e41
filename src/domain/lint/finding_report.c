/*
 * A report that is opened here is a draft and nothing more: whoever wrote the words sends it, or
 * says why it is none, and the safety department decides. So what is filled in may be incomplete,
 * but must never be a guess.
 */
#include "finding_report.h"

#include "lint_market.h"
#include "note/note_catalogue.h"
#include "system_actor.h"

enum { REPORT_FIELDS = 16 };

/* Fields of the report that is written, by name. */
typedef struct Values {
    const Object *object;
    FieldValue items[REPORT_FIELDS];
    size_t count;
} Values;

static void put(Values *values, const char *field, Value value) {
    const Field *found = object_field(values->object, str_of(field));
    if (!found || value_is_null(&value) || values->count == REPORT_FIELDS) return;
    values->items[values->count++] = (FieldValue){.field = found, .value = value};
}

static Status read_as_system(Context *context, const char *object, Id id, Record *out) {
    const Object *found = model_object(context->model, str_of(object));
    return found && !id_none(id) ? record_read(context, found, id, out) : STATUS_NOT_FOUND;
}

/* ---- What the words are about ---- */

/* A single product, however often it is named; of several nobody knows which one is meant. */
static Status find_product(Context *context, Str words, Value *out) {
    NoteCatalogue catalogue CLEANUP(note_catalogue_free) = note_catalogue_new();
    Id found = {0};
    TrieHit hit;
    *out = value_null();
    Status status = note_catalogue_load(context, &catalogue);
    if (status != STATUS_OK) return status;
    FoldedText text = folded_text(context->arena, words);
    for (size_t at = 0; at < text.count; at++) {
        if (!trie_longest(catalogue.names, &text, at, &hit)) continue;
        Id product = catalogue.products[hit.value];
        if (!id_none(found) && !id_equal(found, product)) return STATUS_OK;
        found = product;
        at += hit.size - 1;
    }
    *out = value_id_or_null(found);
    return STATUS_OK;
}

static Value reporter_kind(const Record *hcp) {
    static const char *const KINDS[][2] = {{"doctor", "physician"}, {"pharmacist", "pharmacist"}};
    const Value *kind = record_value(hcp, STR("kind"));
    if (kind->kind != VALUE_TEXT) return value_null();
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (str_is(kind->text, KINDS[i][0])) return value_text(str_of(KINDS[i][1]));
    }
    return value_text(STR("other_professional"));
}

/* ---- Whose it is, and since when ---- */

static Status first_of_role(Context *context, Str role, Id *out) {
    return store_ask_id(context->transaction, out,
                        "SELECT \"id\" FROM \"user\" WHERE \"role\" = $1 AND \"active\""
                        " AND \"deleted_at\" IS NULL ORDER BY \"id\" LIMIT 1",
                        value_text(role));
}

/* Words that nobody owns (a file brought them) are the doctor's representative's to follow up, and
 * else the safety department's. */
static Status find_owner(Context *context, const ReportStart *start, const Record *hcp, Id *out) {
    *out = start->author;
    if (!id_none(*out)) return STATUS_OK;
    const Value *owner = hcp ? record_value(hcp, STR("owner")) : &(Value){0};
    if (owner->kind == VALUE_ID) *out = owner->id;
    return id_none(*out) ? first_of_role(context, STR("safety"), out) : STATUS_OK;
}

/*
 * A visit dates its reports itself (safety.c). Elsewhere it is known since the words were written,
 * or since the day that a new record gives itself: to be early is never wrong.
 */
static Value aware_at(const Context *context, const ReportStart *start) {
    const Record *record = start->place->record;
    const Value *dated = record_value(record, record->object->timeline_at);
    int64_t at =
        record->updated_at && record->updated_at < context->now ? record->updated_at : context->now;
    bool earlier = record->version <= 1 && dated->kind == VALUE_INTEGER && dated->integer < at;
    return value_integer(earlier ? dated->integer : at);
}

/* ---- Which report ---- */

/* A safety report that a record has opened before. */
typedef struct Known {
    Id id; /* none: there is none yet */
    bool draft;
    Str kind;
} Known;

/* Harm and a fault of the product go to different people. */
static bool same_cause(Str a, Str b) {
    return str_is(a, "product_complaint") == str_is(b, "product_complaint");
}

/* The newest about the visit or the record; a draft before those that were sent. */
static Status find_known(Context *context, const ReportStart *start, Known *out) {
    LintSubject subject = lint_subject(start->place->record);
    Rows *rows CLEANUP(store_drop) = NULL;
    *out = (Known){0};
    Status status = store_ask(
        context->transaction, &rows,
        "SELECT \"id\", \"kind\", \"state\" FROM \"safety_report\" WHERE \"deleted_at\" IS NULL"
        " AND (\"visit\" = $1 OR \"id\" IN (SELECT \"report\" FROM \"finding\" WHERE"
        " \"record\" = $2 AND \"report\" IS NOT NULL)) ORDER BY \"id\" DESC",
        value_id_or_null(subject.visit),
        value_text(id_text(context->arena, start->place->record->id)));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Str kind = store_column_text(rows, 1);
        bool draft = str_is(store_column_text(rows, 2), "draft");
        if (!same_cause(kind, start->finding->rule->report)) continue;
        if (!id_none(out->id) && !draft) continue;
        *out = (Known){store_column_id(rows, 0), draft, str_copy(context->arena, kind)};
        if (draft) return STATUS_OK;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* The words of an event make more of what was a special situation only: its clock is shorter. */
static Status join(Context *context, const ReportStart *start, const Known *known) {
    const Object *object = model_object(context->model, STR("safety_report"));
    Str kind = start->finding->rule->report;
    Record changed;
    if (!str_is(known->kind, "special_situation") || !str_is(kind, "adverse_event")) {
        return STATUS_OK;
    }
    FieldValue value = {.field = object_field(object, STR("kind")), .value = value_text(kind)};
    return record_change(context, object, known->id, &value, 1, &changed);
}

/* ---- Opening it ---- */

/* Places count within the visit itself; of what belongs to it the words are enough. */
static void put_place(Values *values, const FindingPlace *place, const LintFinding *finding) {
    if (!str_is(place->record->object->name, "visit")) return;
    put(values, "source_field", value_text(place->field->name));
    put(values, "source_start", value_integer(finding->span.unit_start));
    put(values, "source_end", value_integer(finding->span.unit_end));
}

static Status put_people(Context *context, const ReportStart *start, const LintSubject *subject,
                         Values *values, Id *owner) {
    Record hcp;
    Status status = read_as_system(context, "hcp", subject->hcp, &hcp);
    bool known = status == STATUS_OK;
    if (!known && status != STATUS_NOT_FOUND) return status;
    if (known) put(values, "reporter_kind", reporter_kind(&hcp));
    put(values, "hcp", value_id_or_null(known ? hcp.id : (Id){0}));
    put(values, "hco", value_id_or_null(subject->hco));
    status = find_owner(context, start, known ? &hcp : NULL, owner);
    put(values, "owner", value_id_or_null(*owner));
    return status;
}

/* An addition tells of the case that it adds to, and has a day 0 of its own. */
static Status open_report(Context *context, const ReportStart *start, const Known *known,
                          Values *values, Id *out) {
    LintSubject subject = lint_subject(start->place->record);
    bool adds = !id_none(known->id), dated = id_none(subject.visit) && !adds;
    Value product;
    Id owner;
    Record made;
    Status status = put_people(context, start, &subject, values, &owner);
    if (status == STATUS_OK) status = find_product(context, start->words, &product);
    if (status != STATUS_OK || id_none(owner)) return status;
    put(values, "kind", value_text(start->finding->rule->report));
    put(values, "origin", value_text(STR("record")));
    put(values, "quote", value_text(start->words));
    put(values, "product", product);
    put(values, "visit", value_id_or_null(subject.visit));
    put(values, "follows", value_id_or_null(known->id));
    if (dated) put(values, "aware_at", aware_at(context, start));
    if (adds) put(values, "aware_at", value_integer(context->now));
    put_place(values, start->place, start->finding);
    status = record_insert(context, values->object, values->items, values->count, &made);
    if (status == STATUS_OK) *out = made.id;
    return status;
}

Status finding_report(Context *context, const ReportStart *start, Id *out) {
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    Values values = {.object = model_object(context->model, STR("safety_report"))};
    Known known;
    *out = (Id){0};
    if (str_empty(start->finding->rule->report) || !values.object) return STATUS_OK;
    Status status = find_known(system, start, &known);
    if (status != STATUS_OK) return status;
    if (!known.draft) return open_report(system, start, &known, &values, out);
    *out = known.id;
    return join(system, start, &known);
}

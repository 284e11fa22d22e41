/*
 * Compliance of a text while it is typed: the same reading as on saving, so that the page shows
 * what the save will say. Nothing is kept.
 */
#include "lint/lint_record.h"
#include "resources.h"

enum { LINT_CHARACTERS_MOST = 20000 };

/* What a request to look at a text says of it. */
typedef struct Asked {
    Str text, market;
    LintSpeaker speaker;
    LintSubject subject;
    Lang lang;
} Asked;

/* The member as text; false, with an error, for any other JSON than a text or nothing. */
static bool text_member(Call *call, const char *name, Str *out) {
    const json_t *node = json_object_get(call->body, name);
    *out = json_text(node);
    if (!node || json_is_null(node) || json_is_string(node)) return true;
    problem_add(&call->problem, str_format(call->arena, "/%s", name), "not_text", STR(""));
    return false;
}

static bool id_member(Call *call, const char *name, Id *out) {
    Str text;
    if (!text_member(call, name, &text)) return false;
    if (str_empty(text) || id_parse(text, out)) return true;
    problem_add(&call->problem, str_format(call->arena, "/%s", name), "not_id", STR(""));
    return false;
}

/* "visit.quick_note": whose words the field reports is said by its definition. */
static Status take_field(Call *call, Str name, Asked *out) {
    Str rest = name;
    const Object *object = model_object(call->business->model, str_cut(&rest, '.'));
    const Field *field = object ? object_field(object, rest) : NULL;
    if (!field || !access_may_read_field(&call->actor, object, field)) {
        problem_add(&call->problem, STR("/field"), "unknown_field", name);
        return STATUS_INVALID;
    }
    out->speaker = lint_speaker_of(field);
    return STATUS_OK;
}

static Status take_words(Call *call, Asked *out) {
    Str lang, speaker, field;
    if (!text_member(call, "text", &out->text) || !text_member(call, "market", &out->market) ||
        !text_member(call, "lang", &lang) || !text_member(call, "speaker", &speaker) ||
        !text_member(call, "field", &field)) {
        return STATUS_INVALID;
    }
    if (!str_empty(lang) && !lang_from_tag(lang, &out->lang)) {
        return call_refuse(call, STATUS_INVALID, "/lang", "language_unknown");
    }
    if (!str_empty(field) && take_field(call, field, out) != STATUS_OK) return STATUS_INVALID;
    if (!str_empty(speaker) && !lint_speaker_from(speaker, &out->speaker)) {
        return call_refuse(call, STATUS_INVALID, "/speaker", "lint_speaker");
    }
    return STATUS_OK;
}

static Status take_body(Call *call, Asked *out) {
    *out = (Asked){.lang = call->actor.lang};
    Status status = take_words(call, out);
    if (status != STATUS_OK) return status;
    if (!id_member(call, "hcp", &out->subject.hcp) || !id_member(call, "hco", &out->subject.hco) ||
        !id_member(call, "visit", &out->subject.visit)) {
        return STATUS_INVALID;
    }
    out->subject.country = out->market;
    size_t points = str_count_points(out->text);
    if (points <= LINT_CHARACTERS_MOST) return STATUS_OK;
    problem_add(&call->problem, STR("/text"), "too_long",
                str_format(call->arena, "%d", LINT_CHARACTERS_MOST),
                str_format(call->arena, "%zu", points));
    return STATUS_INVALID;
}

static void write_place(JsonWriter *json, const TextSpan *span) {
    json_member_integer(json, "start", span->unit_start);
    json_member_integer(json, "end", span->unit_end);
    json_member_integer(json, "byte_start", span->byte_start);
    json_member_integer(json, "byte_end", span->byte_end);
}

/* A doctor's own question has another thing to be done about it than a promotion. */
static Str instead_of(const LintFinding *finding, Lang lang) {
    const LintRule *rule = finding->rule;
    bool asked = rule->has_asked && finding->speaker == LINT_CUSTOMER &&
                 !str_empty(rule->asked_instead.in[LANG_EN]);
    return label_in(asked ? &rule->asked_instead : &rule->instead, lang);
}

static void write_finding(JsonWriter *json, const LintFinding *finding, const Asked *asked) {
    const LintRule *rule = finding->rule;
    const TextSpan *span = &finding->span;
    json_open_object(json);
    json_member_text(json, "category", rule->category);
    json_member_text(json, "category_label", label_in(&rule->category_label, asked->lang));
    json_member_text(json, "severity", lint_severity_code(finding->severity));
    json_member_text(json, "rule", rule->code);
    json_member_text(json, "rule_label", label_in(&rule->label, asked->lang));
    json_member_text(json, "route", rule->route);
    json_member_text_or_null(json, "report",
                             finding->severity == LINT_INFO ? (Str){0} : rule->report);
    write_place(json, span);
    json_member_text(json, "text",
                     str_part(asked->text, span->byte_start, span->byte_end - span->byte_start));
    json_member_text(json, "speaker", lint_speaker_code(finding->speaker));
    json_member_boolean(json, "negated", finding->negated);
    json_member_text(json, "why", label_in(&rule->why, asked->lang));
    json_member_text(json, "instead", instead_of(finding, asked->lang));
    json_member_text(json, "source", rule->source);
    json_member_text(json, "lexicon", rule->lexicon);
    json_member_text(json, "version", rule->version);
    json_close_object(json);
}

Status lint_answer(Call *call) {
    Asked asked;
    LintReading reading;
    Str market;
    Status status = take_body(call, &asked);
    if (status != STATUS_OK) return status;
    status = lint_read_for(&call->context, &call->business->lexicons, asked.text, asked.speaker,
                           &asked.subject, &reading, &market);
    if (status != STATUS_OK) return status;
    JsonWriter *json = &call->json;
    json_open_object(json);
    json_member_text_or_null(json, "market", market);
    json_key(json, STR("findings"));
    json_open_array(json);
    for (size_t i = 0; i < reading.count; i++) write_finding(json, &reading.findings[i], &asked);
    json_close_array(json);
    json_close_object(json);
    return STATUS_OK;
}

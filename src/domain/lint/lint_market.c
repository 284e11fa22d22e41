/* Asked only where a rule differs by market, so most saves read nothing for it. */
#include "lint_market.h"

#include "system_actor.h"
#include "zone.h"

static Id id_in(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

static Str text_in(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

LintSubject lint_subject(const Record *record) {
    LintSubject subject = {.hcp = id_in(record, "hcp"),
                           .hco = id_in(record, "hco"),
                           .visit = id_in(record, "visit"),
                           .country = text_in(record, "country")};
    if (id_none(subject.hco)) subject.hco = id_in(record, "primary_hco");
    if (str_is(record->object->name, "hcp")) subject.hcp = record->id;
    if (str_is(record->object->name, "hco")) subject.hco = record->id;
    if (str_is(record->object->name, "visit")) subject.visit = record->id;
    return subject;
}

/* What cannot be read says nothing. */
static Status read_subject(Context *system, const char *object, Id id, LintSubject *out) {
    const Object *found = model_object(system->model, str_of(object));
    Record record;
    *out = (LintSubject){0};
    if (!found || id_none(id)) return STATUS_OK;
    Status status = record_read(system, found, id, &record);
    if (status == STATUS_OK) *out = lint_subject(&record);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Choices of countries are written "cn", markets "CN"; what is no country's code is no market. */
static Str as_market(Arena *arena, Str country) {
    if (country.size != 2) return STR("");
    char *code = str_terminated(arena, country);
    for (size_t i = 0; i < country.size; i++) {
        if (code[i] >= 'a' && code[i] <= 'z') code[i] = (char)(code[i] - 'a' + 'A');
    }
    return str_of(code);
}

static Str market_of_zone(const LintRules *rules, Str zone) {
    for (size_t i = 0; rules && i < rules->count; i++) {
        const LintRule *rule = &rules->rules[i];
        for (size_t j = 0; j < rule->market_count; j++) {
            if (zone_in_country(zone, rule->markets[j].market)) return rule->markets[j].market;
        }
    }
    return STR("");
}

Status lint_market(Context *context, const LintRules *rules, const LintSubject *subject, Str *out) {
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    LintSubject visit, person = {0}, institution = {0};
    *out = as_market(context->arena, subject->country);
    if (!str_empty(*out)) return STATUS_OK;
    bool by_visit = id_none(subject->hcp) && id_none(subject->hco);
    Status status = read_subject(system, "visit", by_visit ? subject->visit : (Id){0}, &visit);
    Id hcp = id_none(subject->hcp) ? visit.hcp : subject->hcp;
    if (status == STATUS_OK) status = read_subject(system, "hcp", hcp, &person);
    Id hco = !id_none(subject->hco) ? subject->hco : id_none(visit.hco) ? person.hco : visit.hco;
    if (status == STATUS_OK && str_empty(person.country)) {
        status = read_subject(system, "hco", hco, &institution);
    }
    if (status != STATUS_OK) return status;
    *out =
        as_market(context->arena, str_empty(person.country) ? institution.country : person.country);
    if (str_empty(*out)) *out = market_of_zone(rules, context->actor->zone);
    return STATUS_OK;
}

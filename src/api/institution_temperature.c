/*
 * The formula is the roll-up's definition, and the parts are computed from it as the roll-up is: so
 * what is shown adds up to what is kept. Hidden people count as one share without a temperature.
 */
#include "institution_temperature.h"

#include "field.h"
#include "rollup_measure.h"
#include "titles.h"

/* One institution's formula, with what its people add up to. */
typedef struct Formula {
    Call *call;
    const Rollup *rollup;
    const Field *measured;
    const Stakeholders *people;
    double ranks, weights; /* weighted sum of ranks, and of weights */
    double hidden;         /* of these weights, those of hidden people */
    int64_t known, hidden_known;
} Formula;

static Str text_of(const Record *record, Str field) {
    const Value *value = record_value(record, field);
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

static const Choice *choice_of(const Formula *formula, const Stakeholder *one) {
    return one->main ? field_choice(formula->measured, text_of(one->person, formula->rollup->of))
                     : NULL;
}

/* 0 for people who do not count: elsewhere, unknown, or with a choice that is left out. */
static int64_t weight_of(const Formula *formula, const Stakeholder *one) {
    const Choice *choice = choice_of(formula, one);
    if (!choice || !rollup_counts_choice(formula->rollup, choice)) return 0;
    return rollup_weight(formula->rollup, text_of(one->person, formula->rollup->weight_field));
}

static void add_up(Formula *formula) {
    for (size_t i = 0; i < formula->people->count; i++) {
        const Stakeholder *one = &formula->people->items[i];
        double weight = (double)weight_of(formula, one);
        if (weight <= 0) continue;
        formula->known++;
        formula->weights += weight;
        formula->ranks += weight * (double)choice_of(formula, one)->rank;
        if (one->visible) continue;
        formula->hidden_known++;
        formula->hidden += weight;
    }
}

static void write_number(Call *call, const char *key, double number) {
    json_key(&call->json, str_of(key));
    json_write_number(&call->json, number);
}

static double share_of(const Formula *formula, double weight) {
    return formula->weights > 0 ? weight / formula->weights : 0;
}

static void write_formula(const Formula *formula) {
    JsonWriter *json = &formula->call->json;
    const Rollup *rollup = formula->rollup;
    json_key(json, STR("formula"));
    json_open_object(json);
    json_member_text(json, "of", rollup->of);
    json_member_text_or_null(json, "weight_field", rollup->weight_field);
    json_key(json, STR("weights"));
    json_open_array(json);
    for (size_t i = 0; i < rollup->weight_count; i++) {
        json_open_object(json);
        json_member_text(json, "code", rollup->weights[i].code);
        json_member_integer(json, "weight", rollup->weights[i].weight);
        json_close_object(json);
    }
    json_close_array(json);
    json_member_integer(json, "otherwise", rollup->weight_otherwise);
    json_key(json, STR("left_out"));
    json_open_array(json);
    for (size_t i = 0; i < rollup->left_out_count; i++) json_write_text(json, rollup->left_out[i]);
    json_close_array(json);
    json_member_integer(json, "minimum", rollup->minimum);
    json_close_object(json);
}

/* People who are known and do not count are told too, so that nobody looks for them in vain. */
static void write_part(const Formula *formula, const Stakeholder *one) {
    JsonWriter *json = &formula->call->json;
    const Choice *choice = choice_of(formula, one);
    int64_t weight = weight_of(formula, one);
    if (!one->visible || !choice) return;
    json_open_object(json);
    json_member_id(json, "hcp", one->person->id);
    json_member_text(json, "title", record_title(&formula->call->context, one->person));
    json_member_text(json, "value", choice->code);
    json_member_integer(json, "rank", choice->rank);
    json_member_integer(json, "weight", weight);
    write_number(formula->call, "share", share_of(formula, (double)weight));
    json_close_object(json);
}

static void write_parts(const Formula *formula) {
    JsonWriter *json = &formula->call->json;
    json_key(json, STR("parts"));
    json_open_array(json);
    for (size_t i = 0; i < formula->people->count; i++) {
        write_part(formula, &formula->people->items[i]);
    }
    json_close_array(json);
    json_key(json, STR("hidden"));
    json_open_object(json);
    json_member_integer(json, "count", formula->hidden_known);
    write_number(formula->call, "share", share_of(formula, formula->hidden));
    json_close_object(json);
}

/* Null where nobody said otherwise. */
static Status write_override(Call *call, const Record *hco) {
    JsonWriter *json = &call->json;
    Str value = text_of(hco, STR("temperature_override"));
    const Value *by = record_value(hco, STR("temperature_override_by"));
    const Value *at = record_value(hco, STR("temperature_override_at"));
    Id person = by->kind == VALUE_ID ? by->id : (Id){0};
    Titles titles;
    json_key(json, STR("override"));
    if (str_empty(value)) {
        json_write_null(json);
        return STATUS_OK;
    }
    Status status = titles_read(&call->context, model_object(call->business->model, STR("user")),
                                &person, id_none(person) ? 0 : 1, TITLES_OF_ALL, &titles);
    if (status != STATUS_OK) return status;
    json_open_object(json);
    json_member_text(json, "value", value);
    json_member_text_or_null(json, "reason", text_of(hco, STR("temperature_reason")));
    json_member_text_or_null(json, "by_name", titles_find(&titles, person));
    json_member_instant_or_null(json, "at", at->kind == VALUE_INTEGER ? at->integer : 0);
    json_member_text_or_null(json, "until", text_of(hco, STR("temperature_override_until")));
    json_close_object(json);
    return STATUS_OK;
}

Status institution_temperature_write(Call *call, const Record *hco, const Stakeholders *people) {
    const Field *field = object_field(hco->object, STR("temperature"));
    JsonWriter *json = &call->json;
    json_key(json, STR("temperature"));
    if (!field || !field->rollup || field->rollup->measure != ROLLUP_MEAN) {
        json_write_null(json);
        return STATUS_OK;
    }
    Formula formula = {.call = call,
                       .rollup = field->rollup,
                       .measured = field->rollup->measured,
                       .people = people};
    add_up(&formula);
    json_open_object(json);
    json_member_text_or_null(json, "value", text_of(hco, field->name));
    json_member_text_or_null(json, "derived", text_of(hco, field->rollup->same));
    json_key(json, STR("mean"));
    if (formula.weights > 0) {
        json_write_number(json, formula.ranks / formula.weights);
    } else {
        json_write_null(json);
    }
    json_member_integer(json, "known", formula.known);
    write_formula(&formula);
    write_parts(&formula);
    Status status = write_override(call, hco);
    json_close_object(json);
    return status;
}

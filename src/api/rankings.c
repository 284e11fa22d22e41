/*
 * Rankings told: by what rule records are ranked, and of one record where it stands, with what was
 * measured now beside the bands as of the last run. A reader who may not see the sum is not told
 * that there is such a ranking.
 */
#include "access.h"
#include "ranking.h"
#include "resources.h"

static void write_label(Call *call, const char *member, const Label *label) {
    json_member_text(&call->json, member, label_in(label, call->actor.lang));
}

static bool is_readable(const Call *call, const Ranking *ranking) {
    if (access_scope(&call->actor, ranking->object, VERB_READ) == SCOPE_NONE) return false;
    return access_may_read_field(&call->actor, ranking->object, ranking->sum);
}

static void write_number(Call *call, const char *member, const Value *value) {
    json_key(&call->json, str_of(member));
    if (value->kind == VALUE_INTEGER) {
        json_write_integer(&call->json, value->integer);
    } else {
        json_write_null(&call->json);
    }
}

static const Value NOTHING = {.kind = VALUE_NULL};

static const Value *kept(const Record *record, const Field *field) {
    return field ? &record->values[field->index] : &NOTHING;
}

/* ---- What all records share ---- */

static void write_levels(Call *call, const Ranking *ranking) {
    json_key(&call->json, STR("levels"));
    json_open_array(&call->json);
    for (size_t i = 0; i < ranking->level_count; i++) {
        json_open_object(&call->json);
        json_member_text(&call->json, "level", ranking->levels[i].name);
        write_label(call, "label", &ranking->levels[i].label);
        json_member_integer(&call->json, "from", ranking->levels[i].from);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
}

static void write_head(Call *call, const Ranking *ranking) {
    json_member_text(&call->json, "ranking", ranking->name);
    write_label(call, "label", &ranking->label);
    write_label(call, "help", &ranking->help);
    json_member_text(&call->json, "object", ranking->object->name);
    json_member_integer(&call->json, "bands", ranking->bands);
    json_member_text(&call->json, "best",
                     ranking->best == RANKING_HIGHEST_BEST ? STR("highest") : STR("lowest"));
    json_member_integer(&call->json, "least", ranking->least);
    json_member_boolean(&call->json, "grouped", ranking->group != NULL);
    write_levels(call, ranking);
}

static void open_measure(Call *call, const RankingMeasure *measure) {
    json_open_object(&call->json);
    json_member_text(&call->json, "measure", measure->name);
    write_label(call, "label", &measure->label);
    write_label(call, "unit", &measure->unit);
    json_member_text(&call->json, "better",
                     measure->better == RANKING_MORE ? STR("more") : STR("less"));
    json_member_text(&call->json, "field", measure->keep->name);
}

static void write_definition(Call *call, const Ranking *ranking) {
    json_open_object(&call->json);
    write_head(call, ranking);
    json_key(&call->json, STR("measures"));
    json_open_array(&call->json);
    for (size_t i = 0; i < ranking->measure_count; i++) {
        open_measure(call, &ranking->measures[i]);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
}

static void open_list(Call *call) {
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
}

static void close_list(Call *call) {
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    json_write_null(&call->json);
    json_close_object(&call->json);
}

Status rankings_list(Call *call) {
    const Rankings *rankings = &call->business->rankings;
    open_list(call);
    for (size_t i = 0; i < rankings->count; i++) {
        if (is_readable(call, &rankings->items[i])) write_definition(call, &rankings->items[i]);
    }
    close_list(call);
    return STATUS_OK;
}

/* ---- Of one record ---- */

static void write_measure(Call *call, const RankingMeasure *measure, const Record *record,
                          const RankingValue *value) {
    open_measure(call, measure);
    json_key(&call->json, STR("value"));
    if (value->empty) {
        json_write_null(&call->json);
    } else {
        json_write_number(&call->json, value->value);
    }
    write_number(call, "band", kept(record, measure->keep));
    json_close_object(&call->json);
}

static Str level_label(const Call *call, const Ranking *ranking, const Value *level) {
    for (size_t i = 0; level->kind == VALUE_TEXT && i < ranking->level_count; i++) {
        const RankingLevel *known = &ranking->levels[i];
        if (str_equal(known->name, level->text)) return label_in(&known->label, call->actor.lang);
    }
    return (Str){0};
}

static void write_level(Call *call, const Ranking *ranking, const Record *record) {
    const Value *level = kept(record, ranking->level), *before = kept(record, ranking->previous);
    const Value *since = kept(record, ranking->since);
    Str none = {0};
    char at[INSTANT_TEXT_SIZE];
    json_member_text_or_null(&call->json, "level", level->kind == VALUE_TEXT ? level->text : none);
    json_member_text_or_null(&call->json, "level_label", level_label(call, ranking, level));
    json_member_text_or_null(&call->json, "previous_label", level_label(call, ranking, before));
    if (since->kind == VALUE_INTEGER) instant_write(since->integer, at);
    json_member_text_or_null(
        &call->json, "since",
        since->kind == VALUE_INTEGER ? (Str){.data = at, .size = sizeof at} : none);
}

static Status write_of(Call *call, const Ranking *ranking, const Record *record) {
    RankingValue values[RANKING_MEASURES_MOST];
    bool applies = false;
    Status status = ranking_values(ranking, &call->context, record->id, &applies, values);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    write_head(call, ranking);
    json_member_boolean(&call->json, "applies", applies);
    write_number(call, "sum", kept(record, ranking->sum));
    write_level(call, ranking, record);
    json_key(&call->json, STR("measures"));
    json_open_array(&call->json);
    for (size_t i = 0; i < ranking->measure_count && applies; i++) {
        write_measure(call, &ranking->measures[i], record, &values[i]);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status records_rankings(Call *call) {
    const Rankings *rankings = &call->business->rankings;
    Record record;
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status != STATUS_OK) return status;
    open_list(call);
    for (size_t i = 0; i < rankings->count && status == STATUS_OK; i++) {
        const Ranking *ranking = &rankings->items[i];
        if (ranking->object != call->object || !is_readable(call, ranking)) continue;
        status = write_of(call, ranking, &record);
    }
    close_list(call);
    return status;
}

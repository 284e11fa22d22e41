/*
 * Scores told: the definitions, so that everybody can see by what rule something is marked, and of
 * one record the facts in sentences. A reader who may not see the points of a record is not told
 * that there is such a score.
 */
#include "score.h"

#include "access.h"
#include "expression.h"
#include "resources.h"

static void write_label(Call *call, const char *member, const Label *label) {
    json_member_text(&call->json, member, label_in(label, call->actor.lang));
}

static void write_logic(Call *call, const char *member, Str logic) {
    json_key(&call->json, str_of(member));
    json_write_raw(&call->json, logic);
}

static bool is_readable(const Call *call, const Score *score) {
    if (access_scope(&call->actor, score->object, VERB_READ) == SCOPE_NONE) return false;
    return access_may_read_field(&call->actor, score->object, score->keep.points);
}

/* ---- Definitions ---- */

static void write_parts(Call *call, const Score *score) {
    json_key(&call->json, STR("parts"));
    json_open_array(&call->json);
    for (size_t i = 0; i < score->part_count; i++) {
        const ScorePart *part = &score->parts[i];
        json_open_object(&call->json);
        json_member_text(&call->json, "part", part->name);
        write_label(call, "label", &part->label);
        write_logic(call, "condition", part->logic);
        json_member_integer(&call->json, "points", part->points);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
}

static void write_levels(Call *call, const Score *score) {
    json_key(&call->json, STR("levels"));
    json_open_array(&call->json);
    for (size_t i = 0; i < score->level_count; i++) {
        json_open_object(&call->json);
        json_member_text(&call->json, "level", score->levels[i].name);
        write_label(call, "label", &score->levels[i].label);
        json_member_integer(&call->json, "from", score->levels[i].from);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
}

/* Where it is kept, so that a reader of the API knows what to filter by. */
static void write_fields(Call *call, const Score *score) {
    const struct {
        const char *name;
        const Field *field;
    } KEPT[] = {{"points", score->keep.points},
                {"level", score->keep.level},
                {"parts", score->keep.parts},
                {"since", score->keep.since}};
    json_key(&call->json, STR("fields"));
    json_open_object(&call->json);
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++) {
        if (KEPT[i].field) json_member_text(&call->json, KEPT[i].name, KEPT[i].field->name);
    }
    json_close_object(&call->json);
}

static void write_check(Call *call, const ScoreCheck *check) {
    json_key(&call->json, STR("check"));
    if (!check->object) {
        json_write_null(&call->json);
        return;
    }
    json_open_object(&call->json);
    write_label(call, "label", &check->event_label);
    write_logic(call, "condition", check->event_logic);
    json_member_text(&call->json, "level", check->level->name);
    write_label(call, "plain_label", &check->plain_label);
    write_logic(call, "plain", check->plain_logic);
    json_member_integer(&call->json, "horizon", check->horizon);
    json_close_object(&call->json);
}

static void write_score(Call *call, const Score *score) {
    json_open_object(&call->json);
    json_member_text(&call->json, "score", score->name);
    write_label(call, "label", &score->label);
    write_label(call, "help", &score->help);
    json_member_text(&call->json, "object", score->object->name);
    write_logic(call, "condition", score->logic);
    json_member_integer(&call->json, "start", score->start);
    json_member_integer(&call->json, "minimum", score->minimum);
    json_member_integer(&call->json, "maximum", score->maximum);
    write_parts(call, score);
    write_levels(call, score);
    write_fields(call, score);
    write_check(call, &score->check);
    json_close_object(&call->json);
}

Status scores_list(Call *call) {
    const Scores *scores = &call->business->scores;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < scores->count; i++) {
        if (is_readable(call, &scores->items[i])) write_score(call, &scores->items[i]);
    }
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    json_write_null(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* ---- Of one record ---- */

/* Filled as the reader: a fact that they may not see stays out of its sentence. */
static Status write_text(Call *call, const ScorePart *part, bool holds, const Record *record) {
    Str text = label_in(holds ? &part->reason : &part->otherwise, call->actor.lang), filled;
    json_key(&call->json, STR("text"));
    if (str_empty(text)) {
        json_write_null(&call->json);
        return STATUS_OK;
    }
    Status status = expression_fill(&call->context, text, record, &filled);
    if (status == STATUS_OK) json_write_text(&call->json, filled);
    return status;
}

static Status write_answers(Call *call, const Score *score, const Record *record,
                            const ScoreResult *result) {
    json_key(&call->json, STR("parts"));
    json_open_array(&call->json);
    for (size_t i = 0; i < score->part_count && result->applies; i++) {
        const ScorePart *part = &score->parts[i];
        json_open_object(&call->json);
        json_member_text(&call->json, "part", part->name);
        write_label(call, "label", &part->label);
        json_member_integer(&call->json, "points", part->points);
        json_member_boolean(&call->json, "holds", result->holds[i]);
        Status status = write_text(call, part, result->holds[i], record);
        if (status != STATUS_OK) return status;
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    return STATUS_OK;
}

static void write_since(Call *call, const Score *score, const Record *record) {
    const Field *field = score->keep.since;
    const Value *since = field ? &record->values[field->index] : NULL;
    json_key(&call->json, STR("since"));
    if (!since || since->kind != VALUE_INTEGER) {
        json_write_null(&call->json);
        return;
    }
    char at[INSTANT_TEXT_SIZE];
    instant_write(since->integer, at);
    json_write_text(&call->json, (Str){.data = at, .size = sizeof at});
}

static void write_level(Call *call, const ScoreResult *result) {
    json_key(&call->json, STR("points"));
    if (result->applies) {
        json_write_integer(&call->json, result->points);
    } else {
        json_write_null(&call->json);
    }
    json_key(&call->json, STR("level"));
    if (result->level) {
        json_write_text(&call->json, result->level->name);
        write_label(call, "level_label", &result->level->label);
    } else {
        json_write_null(&call->json);
        json_key(&call->json, STR("level_label"));
        json_write_null(&call->json);
    }
}

Status score_write_of(Call *call, const Score *score, const Record *record) {
    ScoreResult result;
    Status status = score_of(score, &call->context, record, &result);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_member_text(&call->json, "score", score->name);
    write_label(call, "label", &score->label);
    write_label(call, "help", &score->help);
    json_member_boolean(&call->json, "applies", result.applies);
    write_level(call, &result);
    write_since(call, score, record);
    json_member_integer(&call->json, "start", score->start);
    json_member_integer(&call->json, "minimum", score->minimum);
    json_member_integer(&call->json, "maximum", score->maximum);
    json_member_integer(&call->json, "bounded", result.bounded);
    status = write_answers(call, score, record, &result);
    json_close_object(&call->json);
    return status;
}

Status records_scores(Call *call) {
    const Scores *scores = &call->business->scores;
    Record record;
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < scores->count && status == STATUS_OK; i++) {
        const Score *score = &scores->items[i];
        if (score->object != call->object || !is_readable(call, score)) continue;
        status = score_write_of(call, score, &record);
    }
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    json_write_null(&call->json);
    json_close_object(&call->json);
    return status;
}

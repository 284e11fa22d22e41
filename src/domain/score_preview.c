/*
 * The score as it would be is asked of all records in one query, which also says what is kept now;
 * what stays where it is, is only counted.
 */
#include "score_preview.h"

#include <stdlib.h>

#include "field.h"
#include "score_reading.h"
#include "system_actor.h"
#include "titles.h"

enum { LEVELS_MOST = 64 };

/* Those that go from one level to another; NULL stands for no level. */
typedef struct Step {
    Str from, to; /* empty: none */
    const ScoreMove **moves;
    size_t count;
} Step;

/* How many stand at a level now. */
typedef struct Standing {
    Str level;
    int64_t count;
} Standing;

/* Whom a score with other rules would move from level to level. */
typedef struct Preview {
    Context *person;
    const Score *score;
    JsonWriter *json;
    ScoreMoves moves;
    int64_t changed, moved;
    Step *steps;
    size_t step_count;
    Standing standing[LEVELS_MOST];
    size_t standing_count;
} Preview;

static Str level_of(const Value *value) {
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

static int64_t points_of(const Value *value) {
    return value->kind == VALUE_INTEGER ? value->integer : 0;
}

/* ---- Sorting out ---- */

static Step *step_of(Preview *preview, Str from, Str to) {
    for (size_t i = 0; i < preview->step_count; i++) {
        Step *step = &preview->steps[i];
        if (str_equal(step->from, from) && str_equal(step->to, to)) return step;
    }
    Step *step = &preview->steps[preview->step_count++];
    *step = (Step){.from = from, .to = to};
    step->moves = ARENA_ARRAY(preview->person->arena, preview->moves.count, const ScoreMove *);
    return step;
}

static void sort_out(Preview *preview) {
    size_t levels = preview->score->level_count + 1;
    /* Levels that the new definition no longer has may still be kept: they are fields' choices. */
    preview->steps = ARENA_ARRAY(preview->person->arena, levels * (LEVELS_MOST + 1), Step);
    for (size_t i = 0; i < preview->moves.count; i++) {
        const ScoreMove *move = &preview->moves.items[i];
        Str from = level_of(&move->level_before), to = level_of(&move->level);
        preview->changed += !value_equal(&move->points, &move->points_before);
        if (str_equal(from, to)) continue;
        preview->moved++;
        Step *step = step_of(preview, from, to);
        step->moves[step->count++] = move;
    }
}

/* Those whose points change most first. */
static int by_difference(const void *a, const void *b) {
    const ScoreMove *left = *(const ScoreMove *const *)a, *right = *(const ScoreMove *const *)b;
    int64_t one = llabs(points_of(&left->points) - points_of(&left->points_before));
    int64_t other = llabs(points_of(&right->points) - points_of(&right->points_before));
    return one == other ? memcmp(&left->id, &right->id, sizeof(Id)) : one > other ? -1 : 1;
}

/* ---- What is kept now ---- */

static Status read_standing(Preview *preview) {
    Context *context = preview->person;
    const Score *score = preview->score;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Rows *rows CLEANUP(store_drop) = NULL;
    if (!score->keep.level) return STATUS_OK;
    sql_add(&sql, "SELECT ");
    sql_add_name(&sql, score->keep.level->name);
    sql_add(&sql, ", COUNT(*) FROM ");
    sql_add_name(&sql, score->object->name);
    sql_add(&sql, " WHERE \"deleted_at\" IS NULL GROUP BY 1");
    Status status = sql_query(&sql, context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Value level = store_column(rows, 0, VALUE_TEXT);
        if (level.kind != VALUE_TEXT || preview->standing_count == LEVELS_MOST) continue;
        preview->standing[preview->standing_count++] = (Standing){
            str_copy(context->arena, level.text), store_column(rows, 1, VALUE_INTEGER).integer};
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static int64_t standing_at(const Preview *preview, Str level) {
    for (size_t i = 0; i < preview->standing_count; i++) {
        if (str_equal(preview->standing[i].level, level)) return preview->standing[i].count;
    }
    return 0;
}

static int64_t standing_after(const Preview *preview, Str level) {
    int64_t count = standing_at(preview, level);
    for (size_t i = 0; i < preview->step_count; i++) {
        const Step *step = &preview->steps[i];
        if (str_equal(step->from, level)) count -= (int64_t)step->count;
        if (str_equal(step->to, level)) count += (int64_t)step->count;
    }
    return count;
}

/* ---- Told ---- */

/* A level that is only kept, and no longer defined, has its code for a name. */
static Str label_of(const Preview *preview, Str level) {
    for (size_t i = 0; i < preview->score->level_count; i++) {
        const ScoreLevel *known = &preview->score->levels[i];
        if (str_equal(known->name, level)) {
            return label_in(&known->label, preview->person->actor->lang);
        }
    }
    return level;
}

static void write_level(const Preview *preview, const char *member, const char *label, Str level) {
    json_member_text_or_null(preview->json, member, level);
    json_member_text_or_null(preview->json, label, label_of(preview, level));
}

static void write_levels(const Preview *preview) {
    JsonWriter *json = preview->json;
    json_key(json, STR("levels"));
    json_open_array(json);
    for (size_t i = 0; i < preview->score->level_count; i++) {
        Str level = preview->score->levels[i].name;
        json_open_object(json);
        write_level(preview, "level", "label", level);
        json_member_integer(json, "before", standing_at(preview, level));
        json_member_integer(json, "after", standing_after(preview, level));
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_points(JsonWriter *json, const char *member, const Value *points) {
    json_key(json, str_of(member));
    if (points->kind == VALUE_INTEGER) {
        json_write_integer(json, points->integer);
    } else {
        json_write_null(json);
    }
}

static Status write_records(const Preview *preview, const Step *step) {
    JsonWriter *json = preview->json;
    Context *context = preview->person;
    size_t count = step->count < SCORE_PREVIEW_NAMES ? step->count : SCORE_PREVIEW_NAMES;
    Id ids[SCORE_PREVIEW_NAMES];
    Titles titles;
    for (size_t i = 0; i < count; i++) ids[i] = step->moves[i]->id;
    const Object *object = model_object(context->model, preview->score->object->name);
    Status status = titles_read(context, object, ids, count, TITLES_OF_ALIVE, &titles);
    if (status != STATUS_OK) return status;
    json_key(json, STR("records"));
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        const ScoreMove *move = step->moves[i];
        Str title = titles_find(&titles, move->id);
        if (str_empty(title)) continue;
        json_open_object(json);
        json_member_id(json, "id", move->id);
        json_member_text(json, "title", title);
        write_points(json, "points_before", &move->points_before);
        write_points(json, "points", &move->points);
        json_close_object(json);
    }
    json_close_array(json);
    return STATUS_OK;
}

static Status write_moves(const Preview *preview) {
    JsonWriter *json = preview->json;
    Status status = STATUS_OK;
    json_key(json, STR("moves"));
    json_open_array(json);
    for (size_t i = 0; i < preview->step_count && status == STATUS_OK; i++) {
        const Step *step = &preview->steps[i];
        qsort(step->moves, step->count, sizeof *step->moves, by_difference);
        json_open_object(json);
        write_level(preview, "from", "from_label", step->from);
        write_level(preview, "to", "to_label", step->to);
        json_member_integer(json, "count", (int64_t)step->count);
        status = write_records(preview, step);
        json_close_object(json);
    }
    json_close_array(json);
    return status;
}

static Status write_preview(Preview *preview) {
    JsonWriter *json = preview->json;
    json_open_object(json);
    json_member_text(json, "score", preview->score->name);
    json_member_text(json, "object", preview->score->object->name);
    json_member_integer(json, "changed", preview->changed);
    json_member_integer(json, "moved", preview->moved);
    write_levels(preview);
    Status status = write_moves(preview);
    json_close_object(json);
    return status;
}

Status score_preview_write(Context *context, const Business *business, Str name, JsonWriter *json) {
    Preview preview = {.person = context, .score = scores_find(&business->scores, name)};
    ScoreQuery all = {.begin = "WITH "};
    SystemActor storage;
    Context *system = system_actor(context, &storage);
    if (!preview.score) return STATUS_NOT_FOUND;
    preview.json = json;
    system->model = business->model;
    Status status = score_moves_read(preview.score, system, &all, &preview.moves);
    if (status == STATUS_OK) status = read_standing(&preview);
    if (status != STATUS_OK) return status;
    sort_out(&preview);
    return write_preview(&preview);
}

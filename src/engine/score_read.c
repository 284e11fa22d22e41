/*
 * Reading scores. Levels and parts are names that records keep, so they are written as strictly as
 * names of fields; what a definition says twice or in the wrong order is an error and not a guess.
 */
#include "definition_files.h"
#include "definition_parts.h"
#include "field.h"
#include "score.h"

enum { POINTS_MOST = 10000, HORIZON_MOST = 730, HORIZON_USUAL = 90 };

/* One file being read; every error is gathered, with its place. */
typedef struct Reader {
    Arena *arena;
    const Model *model;
} Reader;

static const PlaceBounds POINTS = {.minimum = -POINTS_MOST, .maximum = POINTS_MOST};

/* ---- Parts of a definition ---- */

/* The logic is kept as text beside what was made of it, so that people can be shown it. */
static const Condition *read_condition(Reader *reader, const Object *object, const Place *above,
                                       const char *member, Str *logic) {
    Place place = place_member(above, member);
    *logic = place.node ? json_compact(reader->arena, place.node) : STR("{}");
    return part_condition(reader->model, object, above, member);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* As other names, but in capitals too, as people say them: A, B, C. */
static Str read_level_name(const Place *item, const char *member) {
    Str name = part_text_needed(item, member);
    bool good = !str_empty(name) && name.size <= 48;
    for (size_t i = 0; good && i < name.size; i++) {
        char c = name.data[i];
        good = is_letter(c) || (i && (c == '_' || (c >= '0' && c <= '9')));
    }
    if (!good) place_error(item, "definition_name", str_of(member));
    return name;
}

static const char *const PART_MEMBERS[] = {"part",   "labels",    "condition", "points",
                                           "reason", "otherwise", NULL};

static void read_parts(Reader *reader, Score *score, const Place *file) {
    Place list = place_member(file, "parts");
    size_t count = place_count(&list);
    ScorePart *parts = ARENA_ARRAY(reader->arena, count, ScorePart);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        ScorePart *part = &parts[i];
        if (!place_is_object(&item, PART_MEMBERS)) continue;
        part->name = part_name(&item, "part");
        part->label = part_label_needed(&item, "labels");
        part->points = place_integer(&item, "points", POINTS);
        part->reason = part_label_needed(&item, "reason");
        part->otherwise = part_label(&item, "otherwise");
        part->condition = read_condition(reader, score->object, &item, "condition", &part->logic);
        for (size_t j = 0; j < i; j++) {
            if (str_equal(parts[j].name, part->name)) {
                place_error(&item, "definition_repeated", part->name);
            }
        }
    }
    if (!count) place_error(&list, "definition_actions", STR("parts"));
    score->parts = parts;
    score->part_count = count;
}

static const char *const LEVEL_MEMBERS[] = {"level", "labels", "from", NULL};

static void read_levels(Reader *reader, Score *score, const Place *file) {
    Place list = place_member(file, "levels");
    size_t count = place_count(&list);
    ScoreLevel *levels = ARENA_ARRAY(reader->arena, count, ScoreLevel);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        ScoreLevel *level = &levels[i];
        if (!place_is_object(&item, LEVEL_MEMBERS)) continue;
        level->name = read_level_name(&item, "level");
        level->label = part_label_needed(&item, "labels");
        level->from = place_integer(&item, "from", POINTS);
        if (i && level->from <= levels[i - 1].from) {
            place_error(&item, "definition_score_levels", level->name);
        }
        for (size_t j = 0; j < i; j++) {
            if (str_equal(levels[j].name, level->name)) {
                place_error(&item, "definition_repeated", level->name);
            }
        }
    }
    score->levels = levels;
    score->level_count = count;
}

static const char *const KEEP_MEMBERS[] = {"points", "level", "parts", "since", NULL};

static void read_keep(Score *score, const Place *file) {
    Place keep = place_member(file, "keep");
    if (!place_is_object(&keep, KEEP_MEMBERS)) return;
    score->keep =
        (ScoreFields){.points = part_kept_field(score->object, &keep, "points", FIELD_INTEGER),
                      .level = part_kept_field(score->object, &keep, "level", FIELD_CHOICE),
                      .parts = part_kept_field(score->object, &keep, "parts", FIELD_CHOICES),
                      .since = part_kept_field(score->object, &keep, "since", FIELD_INSTANT)};
    (void)place_text_needed(&keep, "points");
}

/* ---- The history ---- */

static const Field *read_history_field(const Object *object, const Place *place, const char *member,
                                       FieldType type) {
    Str name = place_text(place, member);
    const Field *field = str_empty(name) ? NULL : object_field(object, name);
    if (str_empty(name) || (field && field->type == type)) return field;
    Place at = place_member(place, member);
    place_error(&at, "definition_unknown_field", name);
    return NULL;
}

static const char *const READINGS_MEMBERS[] = {
    "object", "record", "points", "points_before", "level", "level_before", "parts", "at", NULL};

/* Written by the engine alone, so only objects that nobody else writes are taken. */
static void read_readings(Reader *reader, Score *score, const Place *file) {
    Place place = place_member(file, "readings");
    if (place_absent(&place) || !place_is_object(&place, READINGS_MEMBERS)) return;
    Str name = place_text_needed(&place, "object");
    const Object *object = model_object(reader->model, name);
    if (!object || !object->system_only) {
        place_error(&place, "definition_unknown_object", name);
        return;
    }
    score->readings = (ScoreReadings){
        .object = object,
        .record = read_history_field(object, &place, "record", FIELD_REFERENCE),
        .points = read_history_field(object, &place, "points", FIELD_INTEGER),
        .points_before = read_history_field(object, &place, "points_before", FIELD_INTEGER),
        .level = read_history_field(object, &place, "level", FIELD_CHOICE),
        .level_before = read_history_field(object, &place, "level_before", FIELD_CHOICE),
        .parts = read_history_field(object, &place, "parts", FIELD_CHOICES),
        .at = read_history_field(object, &place, "at", FIELD_INSTANT)};
    const Field *record = score->readings.record;
    (void)place_text_needed(&place, "at");
    if (record && str_equal(record->reference, score->object->name)) return;
    place_error(&place, "definition_unknown_field", place_text_needed(&place, "record"));
}

/* ---- The check against what happened ---- */

static const ScoreLevel *find_level(const Score *score, Str name) {
    for (size_t i = 0; i < score->level_count; i++) {
        if (str_equal(score->levels[i].name, name)) return &score->levels[i];
    }
    return NULL;
}

/* The first reference that leads from the events to what has the score. */
static const Field *find_link(const Object *from, const Object *to) {
    for (size_t i = 0; i < from->field_count; i++) {
        const Field *field = &from->fields[i];
        if (field->type == FIELD_REFERENCE && str_equal(field->reference, to->name)) return field;
    }
    return NULL;
}

/* "sign.cleared_at" */
static const Field *find_instant(const Model *model, Str path) {
    Str rest = path, name = str_cut(&rest, '.');
    const Object *object = model_object(model, name);
    const Field *field = object ? object_field(object, rest) : NULL;
    return field && field->type == FIELD_INSTANT ? field : NULL;
}

static void read_later(Reader *reader, ScoreCheck *check, const Place *above) {
    size_t count = 0;
    const Str *paths = place_texts(above, "later", &count);
    Place place = place_member(above, "later");
    check->later = ARENA_ARRAY(reader->arena, count, const Field *);
    for (size_t i = 0; i < count; i++) {
        const Field *field = find_instant(reader->model, paths[i]);
        if (field) {
            check->later[check->later_count++] = field;
        } else {
            place_error(&place, "definition_unknown_field", paths[i]);
        }
    }
}

static const char *const DATED_MEMBERS[] = {"field", "at", "before", NULL};

/* {"field": "promise.state", "at": "delivered_at", "before": "open"} */
static void read_one_dated(Arena *arena, const Model *model, const Place *item, ScoreDated *out) {
    Str path = place_text_needed(item, "field"), rest = path, name = str_cut(&rest, '.');
    Str at = place_text(item, "at");
    out->object = model_object(model, name);
    out->field = out->object ? object_field(out->object, rest) : NULL;
    out->before = str_copy(arena, place_text(item, "before"));
    if (!out->field || out->field->type != FIELD_CHOICE) {
        place_error(item, "definition_unknown_field", path);
        return;
    }
    if (str_empty(at)) return;
    out->at = object_field(out->object, at);
    bool dated = out->at && out->at->type == FIELD_INSTANT;
    if (!dated) place_error(item, "definition_unknown_field", at);
    if (!field_choice(out->field, out->before)) {
        place_error(item, "definition_unknown_field", out->before);
    }
}

static void read_dated(Reader *reader, ScoreCheck *check, const Place *above) {
    Place list = place_member(above, "dated");
    size_t count = place_count(&list);
    ScoreDated *dated = ARENA_ARRAY(reader->arena, count, ScoreDated);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        if (place_is_object(&item, DATED_MEMBERS)) {
            read_one_dated(reader->arena, reader->model, &item, &dated[i]);
        }
    }
    check->dated = dated;
    check->dated_count = count;
}

static const char *const CHECK_MEMBERS[] = {"object",       "condition", "labels", "level", "plain",
                                            "plain_labels", "horizon",   "later",  "dated", NULL};

static void read_check(Reader *reader, Score *score, const Place *file) {
    static const PlaceBounds HORIZON = {1, HORIZON_MOST, HORIZON_USUAL};
    Place place = place_member(file, "check");
    ScoreCheck *check = &score->check;
    if (place_absent(&place) || !place_is_object(&place, CHECK_MEMBERS)) return;
    Str object = place_text_needed(&place, "object"), level = place_text_needed(&place, "level");
    check->object = model_object(reader->model, object);
    check->level = find_level(score, level);
    check->horizon = place_integer(&place, "horizon", HORIZON);
    check->event_label = part_label_needed(&place, "labels");
    check->plain_label = part_label_needed(&place, "plain_labels");
    check->plain = read_condition(reader, score->object, &place, "plain", &check->plain_logic);
    read_later(reader, check, &place);
    read_dated(reader, check, &place);
    if (!check->level) place_error(&place, "definition_unknown_field", level);
    if (!check->object) {
        place_error(&place, "definition_unknown_object", object);
        return;
    }
    check->link = find_link(check->object, score->object);
    check->at = object_field(check->object, check->object->timeline_at);
    bool dated = check->at && check->at->type == FIELD_INSTANT;
    if (!check->link || !dated) place_error(&place, "definition_score_event", object);
    check->event = read_condition(reader, check->object, &place, "condition", &check->event_logic);
}

/* ---- Definitions ---- */

static const char *const SCORE_MEMBERS[] = {
    "score",   "capability", "labels", "help", "object",   "condition", "start", "minimum",
    "maximum", "parts",      "levels", "keep", "readings", "check",     NULL};

static void read_score(Reader *reader, const Place *file, Score *score) {
    static const PlaceBounds LEAST = {-POINTS_MOST, POINTS_MOST, 0},
                             MOST = {-POINTS_MOST, POINTS_MOST, 100};
    if (!place_is_object(file, SCORE_MEMBERS)) return;
    score->name = part_name(file, "score");
    score->label = part_label_needed(file, "labels");
    score->help = part_label(file, "help");
    Str object = place_text_needed(file, "object");
    score->object = model_object(reader->model, object);
    if (!score->object) {
        place_error(file, "definition_unknown_object", object);
        return;
    }
    score->condition = read_condition(reader, score->object, file, "condition", &score->logic);
    score->start = place_integer(file, "start", POINTS);
    score->minimum = place_integer(file, "minimum", LEAST);
    score->maximum = place_integer(file, "maximum", MOST);
    if (score->minimum >= score->maximum) place_error(file, "definition_score_range");
    read_parts(reader, score, file);
    read_levels(reader, score, file);
    read_keep(score, file);
    read_readings(reader, score, file);
    read_check(reader, score, file);
}

/* Two scores in one field would overwrite each other, each in its turn. */
static void check_kept_once(const Scores *others, const Score *score, const Place *file) {
    static const char *const MEMBERS[] = {"points", "level", "parts", "since"};
    const ScoreFields *keep = &score->keep;
    const Field *kept[] = {keep->points, keep->level, keep->parts, keep->since};
    Place place = place_member(file, "keep");
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (!kept[i] || !scores_keep(others, score->object, kept[i]->name)) continue;
        Place member = place_member(&place, MEMBERS[i]);
        place_error(&member, "definition_score_field", kept[i]->name);
    }
}

Status scores_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                   Problem *problem, Scores *out) {
    Reader reader = {arena, model};
    Score *scores = ARENA_ARRAY(arena, count, Score);
    Scores loaded = {.items = scores};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        Score *score = &scores[loaded.count];
        read_score(&reader, &files.place, score);
        if (scores_find(&loaded, score->name)) {
            place_error(&files.place, "definition_repeated", score->name);
        }
        if (score->object) check_kept_once(&loaded, score, &files.place);
        loaded.count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = loaded;
    return STATUS_OK;
}

/* ---- As lists of choices ---- */

/* A file that cannot be read is complained of when the scores are loaded. */
void scores_add_choices(const ModelSource *sources, size_t count, json_t *lists) {
    for (size_t i = 0; i < count; i++) {
        json_t *score CLEANUP(json_drop) = NULL;
        if (json_read(sources[i].text, NULL, &score) != STATUS_OK) continue;
        part_add_choices(score, "score", "levels", "level", lists);
        part_add_choices(score, "score", "parts", "part", lists);
    }
}

const Score *scores_find(const Scores *scores, Str name) {
    for (size_t i = 0; i < scores->count; i++) {
        if (str_equal(scores->items[i].name, name)) return &scores->items[i];
    }
    return NULL;
}

bool scores_keep(const Scores *scores, const Object *object, Str name) {
    for (size_t i = 0; i < scores->count; i++) {
        const Score *score = &scores->items[i];
        const Field *kept[] = {score->keep.points, score->keep.level, score->keep.parts,
                               score->keep.since};
        if (!str_equal(score->object->name, object->name)) continue;
        for (size_t j = 0; j < sizeof kept / sizeof *kept; j++) {
            if (kept[j] && str_equal(kept[j]->name, name)) return true;
        }
    }
    return false;
}

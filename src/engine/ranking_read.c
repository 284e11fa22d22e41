/*
 * Reading rankings: as strictly as scores, and with the same names. Everything wrong with a file
 * is told at once, so that whoever writes one is not sent back for each error.
 */
#include "definition_files.h"
#include "definition_parts.h"
#include "field.h"
#include "ranking.h"

enum { BANDS_USUAL = 5, BANDS_MOST = 100, LEAST_USUAL = 5, LEAST_MOST = 10000, SUM_MOST = 1000 };

/* One file being read; every error is gathered, with its place. */
typedef struct Reader {
    Arena *arena;
    const Model *model;
} Reader;

/*
 * A condition that must give one kind of value: a measure that gives a text would put nobody in
 * order, and nobody would see why.
 */
static const Condition *read_value(Reader *reader, const Object *object, const Place *above,
                                   const char *member, ConditionGives wanted) {
    const Condition *condition = part_condition(reader->model, object, above, member);
    Place place = place_member(above, member);
    if (condition && condition_gives(condition) != wanted) {
        place_error(&place, "condition_type", str_of(member));
    }
    return condition;
}

/*
 * True for the first word, false for the second; anything else is complained of, with both words
 * in the sentence.
 */
static bool is_word(const Place *place, const char *member, const char *first, const char *second) {
    Str word = place_text_needed(place, member);
    Place at = place_member(place, member);
    if (str_is(word, first)) return true;
    if (!str_empty(word) && !str_is(word, second)) {
        const char *const words[] = {first, second, NULL};
        place_error(&at, "definition_unknown_word", word, place_words(place->arena, words));
    }
    return false;
}

static void read_measures(Reader *reader, Ranking *ranking, const Place *file) {
    static const char *const MEMBERS[] = {"measure", "labels", "unit", "value",
                                          "better",  "keep",   NULL};
    Place list = place_member(file, "measures");
    size_t count = place_count(&list);
    RankingMeasure *measures = ARENA_ARRAY(reader->arena, RANKING_MEASURES_MOST, RankingMeasure);
    if (!count || count > RANKING_MEASURES_MOST) {
        place_error(&list, "definition_actions", STR("measures"));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        RankingMeasure *measure = &measures[i];
        if (!place_is_object(&item, MEMBERS)) continue;
        measure->name = part_name(&item, "measure");
        measure->label = part_label_needed(&item, "labels");
        measure->unit = part_label(&item, "unit");
        measure->value =
            read_value(reader, ranking->object, &item, "value", CONDITION_GIVES_NUMBER);
        measure->better = is_word(&item, "better", "more", "less") ? RANKING_MORE : RANKING_LESS;
        measure->keep = part_kept_field(ranking->object, &item, "keep", FIELD_INTEGER);
        if (!measure->keep) (void)place_text_needed(&item, "keep");
    }
    ranking->measures = measures;
    ranking->measure_count = count;
}

/* Levels ascend, so that a sum finds its own by going up as long as it reaches. */
static void read_levels(Reader *reader, Ranking *ranking, const Place *file) {
    static const char *const MEMBERS[] = {"level", "labels", "from", NULL};
    Place list = place_member(file, "levels");
    size_t count = place_count(&list);
    RankingLevel *levels = ARENA_ARRAY(reader->arena, count, RankingLevel);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        if (!place_is_object(&item, MEMBERS)) continue;
        levels[i].name = part_name(&item, "level");
        levels[i].label = part_label_needed(&item, "labels");
        levels[i].from = place_integer(&item, "from", (PlaceBounds){0, SUM_MOST, 0});
        if (i && levels[i].from <= levels[i - 1].from) {
            place_error(&item, "definition_score_levels", levels[i].name);
        }
    }
    ranking->levels = levels;
    ranking->level_count = count;
}

/*
 * Where the result is kept. The sum is asked for always, as without it nothing could be shown; the
 * others go without.
 */
static void read_keep(Ranking *ranking, const Place *file) {
    static const char *const MEMBERS[] = {"sum", "level", "previous", "since", NULL};
    Place keep = place_member(file, "keep");
    if (!place_is_object(&keep, MEMBERS)) return;
    ranking->sum = part_kept_field(ranking->object, &keep, "sum", FIELD_INTEGER);
    ranking->level = part_kept_field(ranking->object, &keep, "level", FIELD_CHOICE);
    ranking->previous = part_kept_field(ranking->object, &keep, "previous", FIELD_CHOICE);
    ranking->since = part_kept_field(ranking->object, &keep, "since", FIELD_INSTANT);
    (void)place_text_needed(&keep, "sum");
}

static void read_ranking(Reader *reader, const Place *file, Ranking *ranking) {
    static const char *const MEMBERS[] = {"ranking",   "capability", "labels", "help",  "object",
                                          "condition", "group",      "least",  "bands", "best",
                                          "measures",  "levels",     "keep",   NULL};
    if (!place_is_object(file, MEMBERS)) return;
    ranking->name = part_name(file, "ranking");
    ranking->label = part_label_needed(file, "labels");
    ranking->help = part_label(file, "help");
    Str object = place_text_needed(file, "object");
    Place group = place_member(file, "group");
    ranking->object = model_object(reader->model, object);
    if (!ranking->object) {
        place_error(file, "definition_unknown_object", object);
        return;
    }
    ranking->condition = part_condition(reader->model, ranking->object, file, "condition");
    if (!place_absent(&group)) {
        ranking->group = read_value(reader, ranking->object, file, "group", CONDITION_GIVES_ID);
    }
    ranking->bands = place_integer(file, "bands", (PlaceBounds){2, BANDS_MOST, BANDS_USUAL});
    ranking->least = place_integer(file, "least", (PlaceBounds){1, LEAST_MOST, LEAST_USUAL});
    ranking->best =
        is_word(file, "best", "highest", "lowest") ? RANKING_HIGHEST_BEST : RANKING_LOWEST_BEST;
    read_measures(reader, ranking, file);
    read_levels(reader, ranking, file);
    read_keep(ranking, file);
}

Status rankings_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                     Problem *problem, Rankings *out) {
    Reader reader = {arena, model};
    Ranking *rankings = ARENA_ARRAY(arena, count, Ranking);
    Rankings loaded = {.items = rankings};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        Ranking *ranking = &rankings[loaded.count];
        read_ranking(&reader, &files.place, ranking);
        if (rankings_find(&loaded, ranking->name)) {
            place_error(&files.place, "definition_repeated", ranking->name);
        }
        loaded.count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = loaded;
    return STATUS_OK;
}

/* A file that cannot be read is complained of when the rankings are loaded. */
void rankings_add_choices(const ModelSource *sources, size_t count, json_t *lists) {
    for (size_t i = 0; i < count; i++) {
        json_t *ranking CLEANUP(json_drop) = NULL;
        if (json_read(sources[i].text, NULL, &ranking) != STATUS_OK) continue;
        part_add_choices(ranking, "ranking", "levels", "level", lists);
    }
}

const Ranking *rankings_find(const Rankings *rankings, Str name) {
    for (size_t i = 0; i < rankings->count; i++) {
        if (str_equal(rankings->items[i].name, name)) return &rankings->items[i];
    }
    return NULL;
}

/*
 * Such fields are computed anew, so that a change of their definition needs to carry nothing over.
 */
static bool keeps(const Ranking *ranking, Str name) {
    const Field *kept[] = {ranking->sum, ranking->level, ranking->previous, ranking->since};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (kept[i] && str_equal(kept[i]->name, name)) return true;
    }
    for (size_t i = 0; i < ranking->measure_count; i++) {
        const Field *field = ranking->measures[i].keep;
        if (field && str_equal(field->name, name)) return true;
    }
    return false;
}

bool rankings_keep(const Rankings *rankings, const Object *object, Str name) {
    for (size_t i = 0; i < rankings->count; i++) {
        const Ranking *ranking = &rankings->items[i];
        if (str_equal(ranking->object->name, object->name) && keeps(ranking, name)) return true;
    }
    return false;
}

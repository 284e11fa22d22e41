/* Reading review plans. */
#include "review_plan.h"

#include "place.h"

static const char *const PLAN_MEMBERS[] = {"review",   "labels", "measure", "kinds", "threshold",
                                           "weeks",    "same",   "stop",    "needs", "subjects",
                                           "template", "tell",   NULL};

static const Lexicon *read_lexicon(const Lexicons *lexicons, const Place *file,
                                   const char *member) {
    Str name = place_text(file, member);
    const Lexicon *lexicon = str_empty(name) ? NULL : lexicons_find(lexicons, name);
    if (!lexicon && !str_empty(name)) {
        Place place = place_member(file, member);
        place_error(&place, "definition_unknown_lexicon", name);
    }
    return lexicon;
}

static const Str *kept_texts(Arena *arena, const Place *file, const char *member, size_t *count) {
    const Str *borrowed = place_texts(file, member, count);
    Str *kept = ARENA_ARRAY(arena, *count, Str);
    for (size_t i = 0; i < *count; i++) kept[i] = str_copy(arena, borrowed[i]);
    return kept;
}

static void read_plan(Arena *arena, const Lexicons *lexicons, const Place *file, ReviewPlan *plan) {
    static const PlaceBounds THRESHOLD = {1, 100, 60}, WEEKS = {1, REVIEW_WEEKS_MOST, 8};
    if (!place_is_object(file, PLAN_MEMBERS)) return;
    plan->name = str_copy(arena, place_text_needed(file, "review"));
    (void)place_label_needed(file, "labels"); /* complains; what is kept outlives the file */
    (void)place_label_needed(file, "measure");
    plan->label = json_label(arena, json_object_get(file->node, "labels"));
    plan->measure = json_label(arena, json_object_get(file->node, "measure"));
    plan->kinds = kept_texts(arena, file, "kinds", &plan->kind_count);
    plan->threshold = place_integer(file, "threshold", THRESHOLD);
    plan->weeks = place_integer(file, "weeks", WEEKS);
    plan->same = read_lexicon(lexicons, file, "same");
    plan->stop = read_lexicon(lexicons, file, "stop");
    plan->needs = read_lexicon(lexicons, file, "needs");
    plan->subjects = read_lexicon(lexicons, file, "subjects");
    plan->text = str_copy(arena, place_text(file, "template"));
    plan->tell = kept_texts(arena, file, "tell", &plan->tell_count);
}

Status review_plans_load(Arena *arena, const Lexicons *lexicons, const ModelSource *sources,
                         size_t count, Problem *problem, ReviewPlans *out) {
    ReviewPlan *plans = ARENA_ARRAY(arena, count, ReviewPlan);
    ReviewPlans loaded = {.items = plans};
    size_t errors = problem->count;
    for (size_t i = 0; i < count; i++) {
        json_t *definition CLEANUP(json_drop) = NULL;
        if (place_read_file(arena, problem, sources[i].name, sources[i].text, &definition) !=
            STATUS_OK) {
            continue;
        }
        Place file = place_file(arena, problem, sources[i].name, definition);
        read_plan(arena, lexicons, &file, &plans[loaded.count]);
        if (review_plans_find(&loaded, plans[loaded.count].name)) {
            place_error(&file, "definition_repeated", plans[loaded.count].name);
        }
        loaded.count++;
    }
    if (problem->count != errors) return STATUS_INVALID;
    *out = loaded;
    return STATUS_OK;
}

const ReviewPlan *review_plans_find(const ReviewPlans *plans, Str name) {
    for (size_t i = 0; i < plans->count; i++) {
        if (str_equal(plans->items[i].name, name)) return &plans->items[i];
    }
    return NULL;
}

/*
 * Reading review plans. They name lexicons, which are read before them: a plan whose words nobody
 * has defined would find nothing week after week without a word.
 */
#include "review_plan.h"

#include "definition_files.h"
#include "definition_parts.h"

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

static void read_plan(const Lexicons *lexicons, const Place *file, ReviewPlan *plan) {
    static const PlaceBounds THRESHOLD = {1, 100, 60}, WEEKS = {1, REVIEW_WEEKS_MOST, 8};
    if (!place_is_object(file, PLAN_MEMBERS)) return;
    plan->name = part_text_needed(file, "review");
    plan->label = part_label_needed(file, "labels");
    plan->measure = part_label_needed(file, "measure");
    plan->kinds = part_texts(file, "kinds", &plan->kind_count);
    plan->threshold = place_integer(file, "threshold", THRESHOLD);
    plan->weeks = place_integer(file, "weeks", WEEKS);
    plan->same = read_lexicon(lexicons, file, "same");
    plan->stop = read_lexicon(lexicons, file, "stop");
    plan->needs = read_lexicon(lexicons, file, "needs");
    plan->subjects = read_lexicon(lexicons, file, "subjects");
    plan->text = part_text(file, "template");
    plan->tell = part_texts(file, "tell", &plan->tell_count);
}

Status review_plans_load(Arena *arena, const Lexicons *lexicons, const ModelSource *sources,
                         size_t count, Problem *problem, ReviewPlans *out) {
    ReviewPlan *plans = ARENA_ARRAY(arena, count, ReviewPlan);
    ReviewPlans loaded = {.items = plans};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    while (definition_files_next(&files)) {
        read_plan(lexicons, &files.place, &plans[loaded.count]);
        if (review_plans_find(&loaded, plans[loaded.count].name)) {
            place_error(&files.place, "definition_repeated", plans[loaded.count].name);
        }
        loaded.count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = loaded;
    return STATUS_OK;
}

const ReviewPlan *review_plans_find(const ReviewPlans *plans, Str name) {
    for (size_t i = 0; i < plans->count; i++) {
        if (str_equal(plans->items[i].name, name)) return &plans->items[i];
    }
    return NULL;
}

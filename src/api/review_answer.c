/*
 * The weekly review told: groups of questions with their sources and their trend, and needs. For
 * those who answer for more than their own customers, and of what they may read.
 */
#include <stdlib.h>

#include "access.h"
#include "resources.h"
#include "review/review.h"
#include "titles.h"
#include "zone.h"

enum { GROUPS_USUAL = 50, GROUPS_MOST = 500, SOURCES_MOST = 50 };

/* One answer while it is written: titles are read at once for all, and not one by one. */
typedef struct Answer {
    Call *call;
    const Review *review;
    int64_t monday;
    int64_t limit;
    Titles products, doctors, people;
} Answer;

/* ---- What was asked for ---- */

static Status read_week(Call *call, int64_t *monday) {
    Str text = call_parameter(call, "week");
    Date day = zone_date(call->actor.zone, call->context.now);
    if (text.data && !date_parse(text, &day)) {
        return call_refuse(call, STATUS_INVALID, "/week", "review_week");
    }
    *monday = review_monday(date_to_days(day));
    return STATUS_OK;
}

static Status read_product(Call *call, Id *product) {
    Str text = call_parameter(call, "product");
    if (!text.data || id_parse(text, product)) return STATUS_OK;
    return call_refuse(call, STATUS_INVALID, "/product", "not_id");
}

static Status read_subject(Call *call, const ReviewPlan *plan, int64_t *subject) {
    Str text = call_parameter(call, "subject");
    *subject = -1;
    if (!text.data) return STATUS_OK;
    for (size_t i = 0; plan->subjects && i < plan->subjects->code_count && i < 64; i++) {
        if (str_equal(plan->subjects->codes[i], text)) *subject = (int64_t)i;
    }
    if (*subject >= 0) return STATUS_OK;
    return call_refuse(call, STATUS_INVALID, "/subject", "choice_unknown");
}

/* ---- Parts of the answer ---- */

static void write_weeks(JsonWriter *json, const int64_t *weeks, int64_t count) {
    json_key(json, STR("trend"));
    json_open_array(json);
    for (int64_t i = 0; i < count; i++) json_write_integer(json, weeks[i]);
    json_close_array(json);
}

static void write_codes(JsonWriter *json, const Lexicon *lexicon, uint64_t codes) {
    json_key(json, STR("subjects"));
    json_open_array(json);
    for (size_t i = 0; lexicon && i < lexicon->code_count && i < 64; i++) {
        if (codes >> i & 1) json_write_text(json, lexicon->codes[i]);
    }
    json_close_array(json);
}

static void write_id(Call *call, const char *member, Id id) {
    json_key(&call->json, str_of(member));
    if (id_none(id)) {
        json_write_null(&call->json);
    } else {
        json_write_text(&call->json, id_text(call->arena, id));
    }
}

static void write_title(Call *call, const char *member, const Titles *titles, Id id) {
    json_member_text(&call->json, member, id_none(id) ? STR("") : titles_find(titles, id));
}

/* Words that the group's first question consists of: what the others share most of. */
static void write_words(const Answer *answer, const ReviewGroup *group) {
    JsonWriter *json = &answer->call->json;
    const TermSet *set = &answer->review->items[group->leader].set;
    json_key(json, STR("words"));
    json_open_array(json);
    for (size_t i = 0; i < set->count; i++) {
        json_write_text(json, review_term_text(answer->review->terms, set->terms[i]));
    }
    json_close_array(json);
}

static void write_source(const Answer *answer, const ReviewGroup *group, size_t at) {
    Call *call = answer->call;
    const ReviewQuestion *question = &answer->review->questions[at];
    const GroupItem *item = &answer->review->items[at];
    const GroupItem *leader = &answer->review->items[group->leader];
    json_open_object(&call->json);
    write_id(call, "topic", question->topic);
    write_id(call, "visit", question->visit);
    write_id(call, "hcp", question->hcp);
    write_title(call, "hcp_title", &answer->doctors, question->hcp);
    write_title(call, "owner_title", &answer->people, question->owner);
    json_member_text(&call->json, "held_at", instant_text(call->arena, question->held_at));
    json_member_text(&call->json, "text", question->text);
    json_member_integer(&call->json, "likeness",
                        (int64_t)(review_likeness(&item->set, &leader->set) + 0.5));
    json_close_object(&call->json);
}

static void write_group(const Answer *answer, const ReviewGroup *group) {
    Call *call = answer->call;
    const ReviewQuestion *leader = &answer->review->questions[group->leader];
    json_open_object(&call->json);
    json_member_text(&call->json, "question", leader->text);
    json_member_integer(&call->json, "count", (int64_t)group->count);
    json_member_integer(&call->json, "askers", (int64_t)group->askers);
    write_id(call, "product", leader->product);
    write_title(call, "product_title", &answer->products, leader->product);
    write_codes(&call->json, answer->review->plan->subjects, group->subjects);
    write_words(answer, group);
    write_weeks(&call->json, group->weeks, answer->review->plan->weeks);
    json_key(&call->json, STR("sources"));
    json_open_array(&call->json);
    for (size_t i = 0; i < group->count && i < SOURCES_MOST; i++) {
        write_source(answer, group, group->members[i]);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
}

static void write_need(const Answer *answer, const ReviewNeed *need) {
    Call *call = answer->call;
    json_open_object(&call->json);
    json_member_text(&call->json, "need", answer->review->plan->needs->codes[need->code]);
    json_member_integer(&call->json, "count", need->weeks[answer->review->plan->weeks - 1]);
    write_weeks(&call->json, need->weeks, answer->review->plan->weeks);
    json_key(&call->json, STR("visits"));
    json_open_array(&call->json);
    for (size_t i = 0; i < need->visit_count; i++) {
        json_write_text(&call->json, id_text(call->arena, need->visits[i]));
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
}

/* By product: how many of the week's questions are about it. */
typedef struct ProductCount {
    Id product;
    int64_t count;
} ProductCount;

static size_t count_products(const Answer *answer, ProductCount *counts, size_t room) {
    size_t found = 0;
    for (size_t i = 0; i < answer->review->group_count; i++) {
        const ReviewGroup *group = &answer->review->groups[i];
        Id product = answer->review->questions[group->leader].product;
        size_t at = 0;
        while (at < found && !id_equal(counts[at].product, product)) at++;
        if (at == found && found == room) continue;
        if (at == found) counts[found++] = (ProductCount){.product = product};
        counts[at].count += (int64_t)group->count;
    }
    return found;
}

enum { PRODUCTS_MOST = 200 };

static int compare_counts(const void *a, const void *b) {
    const ProductCount *one = a, *other = b;
    if (one->count != other->count) return one->count > other->count ? -1 : 1;
    return memcmp(&one->product, &other->product, sizeof(Id));
}

static void write_products(const Answer *answer) {
    Call *call = answer->call;
    ProductCount *counts = ARENA_ARRAY(call->arena, PRODUCTS_MOST, ProductCount);
    size_t found = count_products(answer, counts, PRODUCTS_MOST);
    if (found) qsort(counts, found, sizeof *counts, compare_counts);
    json_key(&call->json, STR("products"));
    json_open_array(&call->json);
    for (size_t i = 0; i < found; i++) {
        json_open_object(&call->json);
        write_id(call, "product", counts[i].product);
        write_title(call, "title", &answer->products, counts[i].product);
        json_member_integer(&call->json, "count", counts[i].count);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
}

static void write_subjects(const Answer *answer) {
    Call *call = answer->call;
    const Review *review = answer->review;
    const Lexicon *lexicon = review->plan->subjects;
    json_key(&call->json, STR("by_subject"));
    json_open_array(&call->json);
    for (size_t code = 0; lexicon && code < lexicon->code_count && code < 64; code++) {
        int64_t count = 0;
        for (size_t i = 0; i < review->question_count; i++) {
            count += review->items[i].leads && (review->questions[i].subjects >> code & 1);
        }
        if (!count) continue;
        json_open_object(&call->json);
        json_member_text(&call->json, "subject", lexicon->codes[code]);
        json_member_integer(&call->json, "count", count);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
}

/* The sentence names the threshold, so that it cannot say another one than counts. */
static Str measure_in_words(const Call *call, const ReviewPlan *plan) {
    static const Str SLOT = STR_INIT("{threshold}");
    Str text = label_in(&plan->measure, call->actor.lang);
    size_t at = str_find_str(text, SLOT);
    if (at == text.size) return text;
    Str before = str_part(text, 0, at), after = str_part(text, at + SLOT.size, text.size);
    return str_format(call->arena, "%.*s%lld%.*s", STR_ARGS(before), (long long)plan->threshold,
                      STR_ARGS(after));
}

static void write_measure(const Answer *answer) {
    Call *call = answer->call;
    const ReviewPlan *plan = answer->review->plan;
    json_member_text(&call->json, "measure", measure_in_words(call, plan));
    json_member_integer(&call->json, "threshold", plan->threshold);
    json_member_integer(&call->json, "weeks", plan->weeks);
}

static void write_review(const Answer *answer) {
    Call *call = answer->call;
    const Review *review = answer->review;
    json_open_object(&call->json);
    json_member_text(&call->json, "week", date_text(call->arena, date_from_days(answer->monday)));
    write_measure(answer);
    json_member_integer(&call->json, "asked", (int64_t)review->asked);
    json_member_integer(&call->json, "notes", (int64_t)review->notes);
    json_member_integer(&call->json, "total", (int64_t)review->group_count);
    json_key(&call->json, STR("groups"));
    json_open_array(&call->json);
    for (size_t i = 0; i < review->group_count && (int64_t)i < answer->limit; i++) {
        write_group(answer, &review->groups[i]);
    }
    json_close_array(&call->json);
    json_key(&call->json, STR("needs"));
    json_open_array(&call->json);
    for (size_t i = 0; i < review->need_count; i++) write_need(answer, &review->needs[i]);
    json_close_array(&call->json);
    write_products(answer);
    write_subjects(answer);
    json_close_object(&call->json);
}

/* ---- Titles ---- */

static Status read_titles(Answer *answer) {
    Call *call = answer->call;
    const Review *review = answer->review;
    const Model *model = call->business->model;
    size_t room = review->group_count + 1, doctors = 0;
    Id *products = ARENA_ARRAY(call->arena, room, Id);
    Id *people = ARENA_ARRAY(call->arena, room * SOURCES_MOST, Id);
    Id *owners = ARENA_ARRAY(call->arena, room * SOURCES_MOST, Id);
    for (size_t i = 0; i < review->group_count; i++) {
        const ReviewGroup *group = &review->groups[i];
        products[i] = review->questions[group->leader].product;
        for (size_t j = 0; (int64_t)i < answer->limit && j < group->count && j < SOURCES_MOST;
             j++) {
            people[doctors] = review->questions[group->members[j]].hcp;
            owners[doctors++] = review->questions[group->members[j]].owner;
        }
    }
    Status status = titles_read(&call->context, model_object(model, STR("product")), products,
                                review->group_count, TITLES_OF_ALL, &answer->products);
    if (status == STATUS_OK) {
        status = titles_read(&call->context, model_object(model, STR("hcp")), people, doctors,
                             TITLES_OF_ALIVE, &answer->doctors);
    }
    if (status != STATUS_OK) return status;
    return titles_read(&call->context, model_object(model, STR("user")), owners, doctors,
                       TITLES_OF_ALL, &answer->people);
}

Status review_read(Call *call) {
    const ReviewPlan *plan = review_plans_find(&call->business->reviews, STR("weekly"));
    const Object *topic = model_object(call->business->model, STR("topic"));
    Review review;
    ReviewOptions options = {.plan = plan};
    Answer answer = {.call = call, .review = &review, .limit = GROUPS_USUAL};
    if (!plan) return STATUS_NOT_FOUND;
    if (access_scope(&call->actor, topic, VERB_READ) < SCOPE_TEAM) {
        return call_refuse(call, STATUS_DENIED, "", "review_denied");
    }
    Status status = read_week(call, &options.monday);
    if (status == STATUS_OK) status = read_product(call, &options.product);
    if (status == STATUS_OK) status = read_subject(call, plan, &options.subject);
    if (status == STATUS_OK && !call_limit(call, GROUPS_MOST, &answer.limit)) {
        status = STATUS_INVALID;
    }
    if (status == STATUS_OK) status = review_run(&call->context, &options, &review);
    if (status != STATUS_OK) return status;
    answer.monday = options.monday;
    status = read_titles(&answer);
    if (status == STATUS_OK) write_review(&answer);
    return status;
}

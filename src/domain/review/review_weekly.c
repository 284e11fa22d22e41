/*
 * The record holds the figures as they were when the week was over; the questions themselves stay
 * where they are, and the screen reads them anew.
 */
#include "review/review_weekly.h"

#include "expression.h"
#include "notice.h"
#include "zone.h"

static Status is_noted(Context *context, Str week, bool *out) {
    return store_ask_any(context->transaction, out,
                         "SELECT 1 FROM \"weekly_review\" WHERE \"week\" = $1 LIMIT 1",
                         value_text(week));
}

static Status note(Context *context, const Object *object, Str week, const Review *review,
                   Record *made) {
    Str most = review->group_count ? review->questions[review->groups[0].leader].text : (Str){0};
    const FieldValue values[] = {
        {object_field(object, STR("week")), value_text(week)},
        {object_field(object, STR("questions")), value_integer((int64_t)review->asked)},
        {object_field(object, STR("groups")), value_integer((int64_t)review->group_count)},
        {object_field(object, STR("most_asked")), value_text_or_null(most)},
    };
    return record_insert(context, object, values, sizeof values / sizeof *values, made);
}

static Status tell(Context *context, const Template *text, const Record *made, Id person) {
    Receiver receiver;
    Status status = receiver_read(context, person, &receiver);
    if (status != STATUS_OK || !receiver_wants(&receiver, STR("review"))) return status;
    Context writing = *context;
    writing.actor = &receiver.actor;
    Notice notice = {.to = person,
                     .kind = STR("review"),
                     .about_object = made->object->name,
                     .about = made->id,
                     .source = STR("review:weekly")};
    status = expression_fill(&writing, label_in(&text->subject, receiver.actor.lang), made,
                             &notice.subject);
    if (status == STATUS_OK) {
        status = expression_fill(&writing, label_in(&text->body, receiver.actor.lang), made,
                                 &notice.body);
    }
    return status == STATUS_OK ? notice_send(context, &receiver, &notice) : status;
}

enum { PEOPLE_MOST = 500 };

static Status tell_all(Context *context, const ReviewPlan *plan, const Template *text,
                       const Record *made) {
    Id *people = ARENA_ARRAY(context->arena, PEOPLE_MOST, Id);
    size_t count = 0;
    for (size_t i = 0; i < plan->tell_count; i++) {
        Status status =
            receivers_of_role(context->transaction, plan->tell[i], people, PEOPLE_MOST, &count);
        if (status != STATUS_OK) return status;
    }
    for (size_t i = 0; text && i < count; i++) {
        Status status = tell(context, text, made, people[i]);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

Status review_weekly_run(Context *context, const ReviewPlan *plan, const Templates *templates,
                         int64_t *made) {
    enum { WEEK = 7 };
    const Object *object = model_object(context->model, STR("weekly_review"));
    int64_t today = date_to_days(zone_date(context->actor->zone, context->now));
    ReviewOptions options = {.plan = plan, .monday = review_monday(today) - WEEK, .subject = -1};
    Str week = date_text(context->arena, date_from_days(options.monday));
    bool noted = true;
    Review review;
    Record record;
    Status status = plan && object ? is_noted(context, week, &noted) : STATUS_OK;
    if (status == STATUS_OK && !noted) status = review_run(context, &options, &review);
    if (status != STATUS_OK || noted || !review.asked) return status;
    status = note(context, object, week, &review, &record);
    if (status != STATUS_OK) return status;
    *made += 1;
    return tell_all(context, plan, templates_find(templates, plan->text), &record);
}

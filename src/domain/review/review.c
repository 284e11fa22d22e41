/*
 * One query for the questions and one for the notes, each in the order of time; what follows is
 * memory. Fifty thousand of them are some tens of megabytes.
 */
#include "review.h"

#include <stdlib.h>

#include "access.h"
#include "note/note_catalogue.h"
#include "sql.h"
#include "zone.h"

/* The reading of the weeks, question by question. */
typedef struct Reader {
    Context *context;
    const ReviewOptions *options;
    Review *review;
    ReviewTerms *terms;
    NoteCatalogue catalogue;
    Arena *scratch;
    int64_t edges[REVIEW_WEEKS_MOST + 1]; /* instants at which the weeks begin, and the last ends */
    size_t room;
    struct VisitNeeds *visits; /* sorted by visit once all are known */
    size_t visit_count, visit_room;
} Reader;

/* What one visit's topics and notes say of needs. */
typedef struct VisitNeeds {
    Id visit;
    int week;
    uint64_t needs;
} VisitNeeds;

int64_t review_monday(int64_t day) {
    return day - date_weekday(date_from_days(day));
}

static void set_edges(Reader *reader) {
    int64_t weeks = reader->options->plan->weeks;
    for (int64_t i = 0; i <= weeks; i++) {
        int64_t day = reader->options->monday + 7 * (i - weeks + 1);
        reader->edges[i] = zone_day_start(reader->context->actor->zone, date_from_days(day));
    }
}

static int week_of(const Reader *reader, int64_t at) {
    int week = 0;
    while (week + 1 < reader->options->plan->weeks && at >= reader->edges[week + 1]) week++;
    return week;
}

static bool is_this_week(const Reader *reader, int week) {
    return week == reader->options->plan->weeks - 1;
}

/* ---- Needs ---- */

static void note_needs(Reader *reader, Id visit, int week, Str text) {
    uint64_t needs = review_codes_in(reader->options->plan->needs, reader->scratch, text);
    if (!needs) return;
    if (reader->visit_count == reader->visit_room) {
        size_t room = reader->visit_room ? 2 * reader->visit_room : 1024;
        VisitNeeds *visits = ARENA_ARRAY(reader->context->arena, room, VisitNeeds);
        if (reader->visit_count) {
            memcpy(visits, reader->visits, reader->visit_count * sizeof *visits);
        }
        reader->visits = visits;
        reader->visit_room = room;
    }
    reader->visits[reader->visit_count++] =
        (VisitNeeds){.visit = visit, .week = week, .needs = needs};
}

static int compare_visits(const void *a, const void *b) {
    return memcmp(&((const VisitNeeds *)b)->visit, &((const VisitNeeds *)a)->visit, sizeof(Id));
}

/* A visit counts once for a need, however often it speaks of it. */
static size_t merge_visits(Reader *reader) {
    size_t count = 0;
    if (reader->visit_count) {
        qsort(reader->visits, reader->visit_count, sizeof *reader->visits, compare_visits);
    }
    for (size_t i = 0; i < reader->visit_count; i++) {
        VisitNeeds *last = count ? &reader->visits[count - 1] : NULL;
        if (last && id_equal(last->visit, reader->visits[i].visit)) {
            last->needs |= reader->visits[i].needs;
        } else {
            reader->visits[count++] = reader->visits[i];
        }
    }
    return count;
}

static void count_need(Reader *reader, size_t visits, ReviewNeed *need) {
    Id *found = ARENA_ARRAY(reader->context->arena, REVIEW_VISITS_MOST, Id);
    for (size_t i = 0; i < visits; i++) {
        const VisitNeeds *visit = &reader->visits[i];
        if (!(visit->needs >> need->code & 1)) continue;
        need->weeks[visit->week]++;
        if (is_this_week(reader, visit->week) && need->visit_count < REVIEW_VISITS_MOST) {
            found[need->visit_count++] = visit->visit;
        }
    }
    need->visits = found;
}

static int compare_needs(const void *a, const void *b) {
    const ReviewNeed *one = a, *other = b;
    if (one->visit_count != other->visit_count) {
        return one->visit_count > other->visit_count ? -1 : 1;
    }
    return one->code < other->code ? -1 : one->code > other->code;
}

static void count_needs(Reader *reader) {
    const Lexicon *lexicon = reader->options->plan->needs;
    Review *review = reader->review;
    size_t visits = merge_visits(reader);
    size_t codes = lexicon ? lexicon->code_count : 0;
    review->needs = ARENA_ARRAY(reader->context->arena, codes + 1, ReviewNeed);
    for (size_t code = 0; code < codes && code < 64; code++) {
        ReviewNeed *need = &review->needs[review->need_count];
        *need = (ReviewNeed){.code = code};
        count_need(reader, visits, need);
        for (int64_t week = 0; week < review->plan->weeks; week++) {
            if (!need->weeks[week]) continue;
            review->need_count++;
            break;
        }
    }
    if (review->need_count) {
        qsort(review->needs, review->need_count, sizeof *review->needs, compare_needs);
    }
}

/* ---- Reading ---- */

static void make_room(Reader *reader) {
    Review *review = reader->review;
    if (review->question_count < reader->room) return;
    size_t room = reader->room ? 2 * reader->room : 1024;
    ReviewQuestion *questions = ARENA_ARRAY(reader->context->arena, room, ReviewQuestion);
    GroupItem *items = ARENA_ARRAY(reader->context->arena, room, GroupItem);
    if (review->question_count) {
        memcpy(questions, review->questions, review->question_count * sizeof *questions);
        memcpy(items, review->items, review->question_count * sizeof *items);
    }
    review->questions = questions;
    review->items = items;
    reader->room = room;
}

static bool is_grouped(const ReviewPlan *plan, Str kind) {
    for (size_t i = 0; i < plan->kind_count; i++) {
        if (str_equal(plan->kinds[i], kind)) return true;
    }
    return plan->kind_count == 0;
}

/* What a person has said counts; what the words say where nobody has. */
static uint64_t subjects_of(const Reader *reader, Str chosen, uint64_t read) {
    const Lexicon *lexicon = reader->options->plan->subjects;
    json_t *codes CLEANUP(json_drop) = NULL, *each;
    uint64_t subjects = 0;
    size_t at;
    if (!lexicon || str_empty(chosen) || json_read(chosen, NULL, &codes) != STATUS_OK) return read;
    json_array_foreach(codes, at, each) {
        for (size_t i = 0; i < lexicon->code_count && i < 64; i++) {
            if (str_equal(lexicon->codes[i], json_text(each))) subjects |= UINT64_C(1) << i;
        }
    }
    return subjects ? subjects : read;
}

static bool is_wanted(const Reader *reader, const ReviewQuestion *question) {
    const ReviewOptions *options = reader->options;
    if (!id_none(options->product) && !id_equal(options->product, question->product)) return false;
    return options->subject < 0 || (question->subjects >> options->subject & 1);
}

/* In the order of the columns of ask_topics. */
static void take_topic(Reader *reader, const Rows *rows) {
    Review *review = reader->review;
    Str text = store_column_text(rows, 7), kind = store_column_text(rows, 6);
    ReviewQuestion question = {.topic = store_column_id(rows, 0),
                               .visit = store_column_id(rows, 1),
                               .hcp = store_column_id(rows, 2),
                               .owner = store_column_id(rows, 3),
                               .product = store_column_id(rows, 4),
                               .held_at = store_column_integer(rows, 5)};
    question.week = week_of(reader, question.held_at);
    note_needs(reader, question.visit, question.week, text);
    if (!is_grouped(reader->options->plan, kind)) return;
    ReviewReading reading = review_terms_read(reader->terms, reader->scratch, text);
    if (id_none(question.product) && reading.named) {
        question.product = reader->catalogue.products[reading.name];
    }
    question.subjects = subjects_of(reader, store_column_text(rows, 8), reading.subjects);
    if (!is_wanted(reader, &question)) return;
    question.text = str_copy(reader->context->arena, text);
    make_room(reader);
    size_t at = review->question_count++;
    review->questions[at] = question;
    review->items[at] = (GroupItem){.set = reading.set,
                                    .product = question.product,
                                    .leads = is_this_week(reader, question.week),
                                    .text = question.text};
    review->asked += review->items[at].leads;
}

/* In the order of the columns of ask_notes. */
static void take_note(Reader *reader, const Rows *rows) {
    int week = week_of(reader, store_column_integer(rows, 1));
    reader->review->notes += is_this_week(reader, week);
    for (int column = 2; column <= 3; column++) {
        Str text = store_column_text(rows, column);
        if (!str_empty(text)) note_needs(reader, store_column_id(rows, 0), week, text);
    }
}

static void add_weeks(const Reader *reader, Sql *sql) {
    sql_add(sql,
            " AND \"v\".\"deleted_at\" IS NULL AND \"v\".\"state\" IN ('completed', 'signed')"
            " AND \"v\".\"held_at\" >= ");
    sql_bind(sql, value_integer(reader->edges[0]));
    sql_add(sql, " AND \"v\".\"held_at\" < ");
    sql_bind(sql, value_integer(reader->edges[reader->options->plan->weeks]));
}

static Status take_rows(Reader *reader, Sql *sql, void (*take)(Reader *, const Rows *)) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = sql_query(sql, reader->context->transaction, &rows);
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        ArenaMark mark = arena_mark(reader->scratch);
        take(reader, rows);
        arena_rewind(reader->scratch, mark);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static Status ask_topics(Reader *reader) {
    Context *context = reader->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    sql_add(&sql,
            "SELECT \"r\".\"id\", \"r\".\"visit\", \"v\".\"hcp\", \"v\".\"owner\", "
            "\"r\".\"product\", \"v\".\"held_at\", \"r\".\"kind\", \"r\".\"text\", "
            "\"r\".\"subjects\" FROM \"visit\" AS \"v\" JOIN \"topic\" AS \"r\" ON \"r\".\"visit\" "
            "= \"v\".\"id\" WHERE \"r\".\"deleted_at\" IS NULL");
    add_weeks(reader, &sql);
    sql_add(&sql, " AND ");
    access_add_predicate(context, &sql, model_object(context->model, STR("topic")), STR("r"),
                         VERB_READ);
    sql_add(&sql, " ORDER BY \"v\".\"held_at\", \"r\".\"id\"");
    return take_rows(reader, &sql, take_topic);
}

static bool may_read_notes(const Context *context, const Object *visit) {
    return access_scope(context->actor, visit, VERB_READ) != SCOPE_NONE &&
           access_may_read_field(context->actor, visit, object_field(visit, STR("quick_note"))) &&
           access_may_read_field(context->actor, visit, object_field(visit, STR("discussion")));
}

static Status ask_notes(Reader *reader) {
    Context *context = reader->context;
    const Object *visit = model_object(context->model, STR("visit"));
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    if (!may_read_notes(context, visit)) return STATUS_OK;
    sql_add(&sql,
            "SELECT \"v\".\"id\", \"v\".\"held_at\", \"v\".\"quick_note\", "
            "\"v\".\"discussion\" FROM \"visit\" AS \"v\" WHERE (\"v\".\"quick_note\" IS NOT "
            "NULL OR \"v\".\"discussion\" IS NOT NULL)");
    add_weeks(reader, &sql);
    sql_add(&sql, " AND ");
    access_add_predicate(context, &sql, visit, STR("v"), VERB_READ);
    return take_rows(reader, &sql, take_note);
}

/* ---- Groups ---- */

static size_t count_askers(const Review *review, const ReviewGroup *group) {
    size_t askers = 0;
    for (size_t i = 0; i < group->count; i++) {
        size_t j = 0;
        const ReviewQuestion *question = &review->questions[group->members[i]];
        while (j < i && !id_equal(review->questions[group->members[j]].owner, question->owner)) {
            j++;
        }
        askers += j == i;
        if (askers && i > 2000) break; /* thousands alike: how many heard it is known well enough */
    }
    return askers;
}

/* The groups have their places in one array, each after the one before. */
static void collect_members(Reader *reader, size_t *places) {
    Review *review = reader->review;
    size_t at = 0;
    for (size_t i = 0; i < review->group_count; i++) {
        review->groups[i].members = &places[at];
        at += review->groups[i].count;
        review->groups[i].count = 0;
    }
    for (size_t i = review->question_count; i-- > 0;) {
        if (!review->items[i].leads || review->items[i].group == GROUP_NONE) continue;
        ReviewGroup *group = &review->groups[review->items[i].group];
        places[(size_t)(group->members - places) + group->count++] = i;
    }
}

/* A group with the text that decides between groups of the same size. */
typedef struct Order {
    ReviewGroup group;
    Str text;
} Order;

static int compare_groups(const void *a, const void *b) {
    const Order *one = a, *other = b;
    if (one->group.count != other->group.count) {
        return one->group.count > other->group.count ? -1 : 1;
    }
    return str_compare(one->text, other->text);
}

static void sort_groups(Reader *reader) {
    Review *review = reader->review;
    Order *orders = ARENA_ARRAY(reader->context->arena, review->group_count + 1, Order);
    for (size_t i = 0; i < review->group_count; i++) {
        orders[i] = (Order){review->groups[i], review->questions[review->groups[i].leader].text};
    }
    if (review->group_count) qsort(orders, review->group_count, sizeof *orders, compare_groups);
    for (size_t i = 0; i < review->group_count; i++) review->groups[i] = orders[i].group;
}

static void make_groups(Reader *reader) {
    Review *review = reader->review;
    Arena *arena = reader->context->arena;
    size_t *leaders;
    review->group_count =
        review_group(arena, review->items, review->question_count,
                     review_terms_count(reader->terms), (double)review->plan->threshold, &leaders);
    review->groups = ARENA_ARRAY(arena, review->group_count + 1, ReviewGroup);
    for (size_t i = 0; i < review->group_count; i++) review->groups[i].leader = leaders[i];
    for (size_t i = 0; i < review->question_count; i++) {
        if (review->items[i].group == GROUP_NONE) continue;
        ReviewGroup *group = &review->groups[review->items[i].group];
        group->weeks[review->questions[i].week]++;
        group->count += review->items[i].leads;
        if (review->items[i].leads) group->subjects |= review->questions[i].subjects;
    }
    collect_members(reader, ARENA_ARRAY(arena, review->question_count + 1, size_t));
    for (size_t i = 0; i < review->group_count; i++) {
        review->groups[i].askers = count_askers(review, &review->groups[i]);
    }
    sort_groups(reader);
}

Status review_run(Context *context, const ReviewOptions *options, Review *out) {
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    *out = (Review){.plan = options->plan};
    Reader reader = {.context = context,
                     .options = options,
                     .review = out,
                     .catalogue = note_catalogue_new(),
                     .scratch = scratch};
    set_edges(&reader);
    Status status = note_catalogue_load(context, &reader.catalogue);
    reader.terms = review_terms_new(context->arena, options->plan, reader.catalogue.names);
    out->terms = reader.terms;
    if (status == STATUS_OK) status = ask_topics(&reader);
    if (status == STATUS_OK) status = ask_notes(&reader);
    if (status == STATUS_OK) {
        make_groups(&reader);
        count_needs(&reader);
    }
    note_catalogue_free(&reader.catalogue);
    return status;
}

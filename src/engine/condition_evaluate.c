/* Conditions in memory: what a save asks for every rule, so nothing is allocated that need not be.
 */
#include <math.h>

#include "condition_tree.h"
#include "field.h"
#include "zone.h"

/* ---- Days ---- */

/* Once an evaluation: asking for the zone's day costs more than most conditions. */
int64_t condition_today(Evaluation *evaluation) {
    if (!evaluation->dated) {
        const Context *context = evaluation->context;
        Str zone = context->actor->zone;
        evaluation->today = date_to_days(zone_date(zone, context->now));
        evaluation->today_end = zone_day_start(zone, date_from_days(evaluation->today + 1));
        evaluation->dated = true;
    }
    return evaluation->today;
}

static Value date_value(Evaluation *evaluation, int64_t days) {
    return value_text(date_text(evaluation->context->arena, date_from_days(days)));
}

/* The first day of the month that holds a day. */
static int64_t month_start(int64_t day) {
    return day - date_from_days(day).day + 1;
}

static int64_t month_end(int64_t day) {
    return date_to_days(date_month_end(date_from_days(day)));
}

/* A week ends on Sunday, as date_weekday counts; all words are of the reader's zone. */
static Value word_value(Evaluation *evaluation, Word word) {
    const Context *context = evaluation->context;
    int64_t today = condition_today(evaluation);
    Date date = date_from_days(today);
    switch (word) {
        case WORD_NOW: return value_integer(context->now);
        case WORD_ME: return value_id_or_null(context->actor->user);
        case WORD_WEEK_END: return date_value(evaluation, today + 6 - date_weekday(date));
        case WORD_MONTH_END: return date_value(evaluation, month_end(today));
        case WORD_MONTH_START: return date_value(evaluation, month_start(today));
        case WORD_NEXT_MONTH_END: return date_value(evaluation, month_end(month_end(today) + 1));
        case WORD_LAST_MONTH_START:
            return date_value(evaluation, month_start(month_start(today) - 1));
        default: return date_value(evaluation, today);
    }
}

static bool days_of_text(const Value *value, int64_t *out) {
    Date date;
    if (value->kind != VALUE_TEXT || !date_parse(value->text, &date)) return false;
    *out = date_to_days(date);
    return true;
}

/* An empty date begins on no instant. */
static Value day_start_value(Evaluation *evaluation, const Node *node) {
    Value date = condition_value(evaluation, node->arguments[0]);
    int64_t days;
    if (!days_of_text(&date, &days)) return value_null();
    return value_integer(zone_day_start(evaluation->context->actor->zone, date_from_days(days)));
}

/*
 * Days of 24 hours counted back from the end of the reader's today: that is the calendar days but
 * for an hour around a change of clocks, and SQL can say it without knowing about zones.
 */
static int64_t days_since_instant(Evaluation *evaluation, int64_t instant) {
    condition_today(evaluation);
    int64_t elapsed = evaluation->today_end - 1 - instant;
    return elapsed / CLOCK_DAY - (elapsed % CLOCK_DAY < 0);
}

/* Whole days for dates; for instants see days_since_instant. */
static Value days_value(Evaluation *evaluation, const Node *node) {
    Value value = condition_value(evaluation, node->arguments[0]);
    int64_t days;
    if (value.kind == VALUE_INTEGER) {
        return value_integer(node->sign * days_since_instant(evaluation, value.integer));
    }
    if (!days_of_text(&value, &days)) return value_null();
    return value_integer(node->sign * (condition_today(evaluation) - days));
}

/* ---- Columns ---- */

bool condition_visible(const Evaluation *evaluation, const Node *node) {
    const Actor *actor = evaluation->context->actor;
    if (node->through && !access_may_read_field(actor, node->holder, node->through)) return false;
    return !node->field || access_may_read_field(actor, node->object, node->field);
}

/* Fields and the columns that every record has. */
static Value column_value(const Record *record, const Node *node) {
    switch (node->system) {
        case COLUMN_ID: return value_id(record->id);
        case COLUMN_VERSION: return value_integer(record->version);
        case COLUMN_CREATED_AT: return value_integer(record->created_at);
        case COLUMN_UPDATED_AT: return value_integer(record->updated_at);
        case COLUMN_CREATED_BY: return value_id_or_null(record->created_by);
        case COLUMN_UPDATED_BY: return value_id_or_null(record->updated_by);
        default: return record->values[node->field->index];
    }
}

/* The record referred to, read once in an evaluation; NULL when there is none to be seen. */
static const Record *referred_record(Evaluation *evaluation, const Node *node) {
    for (Referred *known = evaluation->referred; known; known = known->next) {
        if (known->through == node->through) return known->found ? &known->record : NULL;
    }
    const Value *id = &evaluation->record->values[node->through->index];
    if (id->kind != VALUE_ID) return NULL;
    Context *context = evaluation->context;
    if (access_scope(context->actor, node->object, VERB_READ) == SCOPE_NONE) return NULL;
    Referred *referred = ARENA_NEW(context->arena, Referred);
    Status status = record_read(context, node->object, id->id, &referred->record);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
        evaluation->status = status;
        return NULL;
    }
    referred->through = node->through;
    referred->found = status == STATUS_OK && referred->record.deleted_at == 0;
    referred->next = evaluation->referred;
    evaluation->referred = referred;
    return referred->found ? &referred->record : NULL;
}

/* What the actor may not read is empty, here as in SQL. */
static Value read_column(Evaluation *evaluation, const Node *node) {
    if (!condition_visible(evaluation, node)) return value_null();
    const Record *record = evaluation->record;
    if (node->through) record = referred_record(evaluation, node);
    return record ? column_value(record, node) : value_null();
}

/* A new record has no past: what was is empty. */
static Value past_value(const Evaluation *evaluation, const Node *node) {
    bool known = evaluation->before && condition_visible(evaluation, node);
    return known ? column_value(evaluation->before, node) : value_null();
}

/* Compares stored values, hidden fields too: that something changed is not what it says. */
static bool has_changed(const Evaluation *evaluation, const Node *node) {
    for (size_t i = 0; i < node->count; i++) {
        size_t index = node->arguments[i]->field->index;
        Value nothing = value_null();
        const Value *before = evaluation->before ? &evaluation->before->values[index] : &nothing;
        if (!value_equal(before, &evaluation->record->values[index])) return true;
    }
    return false;
}

/* ---- Comparing ---- */

double condition_double(const Value *value) {
    switch (value->kind) {
        case VALUE_INTEGER: return (double)value->integer;
        case VALUE_DECIMAL: return value->decimal;
        default: return 0;
    }
}

static int64_t whole_or_zero(const Value *value) {
    return value->kind == VALUE_INTEGER ? value->integer : (int64_t)condition_double(value);
}

/* As whole numbers only where both are sure to be such; 2^53 + 1 is lost in a double. */
static int order_of_numbers(const Value *a, const Value *b, bool exactly) {
    if (exactly) {
        int64_t x = whole_or_zero(a), y = whole_or_zero(b);
        return (x > y) - (x < y);
    }
    double x = condition_double(a), y = condition_double(b);
    return (x > y) - (x < y);
}

/* Emptiness equals emptiness only (ADR 6). */
static bool same_value(const Value *a, const Value *b, bool exactly) {
    if (value_is_null(a) || value_is_null(b)) return value_is_null(a) && value_is_null(b);
    bool number = a->kind == VALUE_DECIMAL || b->kind == VALUE_DECIMAL;
    return number ? order_of_numbers(a, b, exactly) == 0 : value_equal(a, b);
}

/* Null beside a number does not make a comparison one of doubles. */
static bool both_exact(const Node *a, const Node *b) {
    return (a->exact || a->type == TYPE_NOTHING) && (b->exact || b->type == TYPE_NOTHING);
}

/* Two numbers compare as such; everything else by kind and contents. */
static bool is_equal(Evaluation *evaluation, const Node *a, const Node *b) {
    Value left = condition_value(evaluation, a), right = condition_value(evaluation, b);
    bool numbers = a->type == TYPE_NUMBER && b->type == TYPE_NUMBER;
    bool known = !value_is_null(&left) && !value_is_null(&right);
    if (numbers && known) return order_of_numbers(&left, &right, both_exact(a, b)) == 0;
    return same_value(&left, &right, true);
}

bool condition_order_holds(Comparator comparator, int order) {
    switch (comparator) {
        case LESS: return order < 0;
        case AT_MOST: return order <= 0;
        case GREATER: return order > 0;
        default: return order >= 0;
    }
}

/* Dates and texts compare bytewise, which for dates is by time. */
static bool order_holds(Evaluation *evaluation, const Node *node) {
    const Node *a = node->arguments[0], *b = node->arguments[1];
    Value left = condition_value(evaluation, a), right = condition_value(evaluation, b);
    int order;
    if (a->type == TYPE_NUMBER || b->type == TYPE_NUMBER) {
        order = order_of_numbers(&left, &right, both_exact(a, b));
    } else if (value_is_null(&left) || value_is_null(&right)) {
        return false;
    } else if (left.kind == VALUE_TEXT) {
        order = str_compare(left.text, right.text);
    } else {
        order = order_of_numbers(&left, &right, true);
    }
    return condition_order_holds(node->comparator, order);
}

/*
 * Each item is compared as SQL would compare it in a list: whole numbers exactly where both are
 * known to be whole, as doubles otherwise.
 */
static bool is_among(Evaluation *evaluation, const Node *node) {
    const Node *needle = node->arguments[0];
    Value value = condition_value(evaluation, needle);
    for (size_t i = 1; i < node->count; i++) {
        const Node *item = node->arguments[i];
        Value candidate = condition_value(evaluation, item);
        bool exactly = needle->exact && item->exact;
        if (value.kind == VALUE_INTEGER && candidate.kind == VALUE_INTEGER && !exactly &&
            needle->type == TYPE_NUMBER) {
            if (order_of_numbers(&value, &candidate, false) == 0) return true;
        } else if (same_value(&value, &candidate, exactly)) {
            return true;
        }
    }
    return false;
}

/* ---- Lists: the text of a JSON array of texts, read without building it ---- */

/* Well-formed lists hold nothing but digits there. */
static int hex_digit(char c) {
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static unsigned read_unit(Str text, size_t at) {
    unsigned unit = 0;
    for (size_t i = 0; i < 4; i++) unit = unit * 16 + (unsigned)hex_digit(text.data[at + i]);
    return unit;
}

/* UTF-8 of one code point; its number of bytes. */
static size_t write_point(unsigned point, char out[static 4]) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

/* One character of a JSON text at `*at` as UTF-8; the list is well-formed, we wrote it. */
static size_t read_character(Str json, size_t *at, char out[static 4]) {
    static const char PLAIN[] = "\"\\/bfnrt", MEANT[] = "\"\\/\b\f\n\r\t";
    char c = json.data[(*at)++];
    out[0] = c;
    if (c != '\\' || *at >= json.size) return 1;
    c = json.data[(*at)++];
    const char *known = strchr(PLAIN, c);
    out[0] = known ? MEANT[known - PLAIN] : c;
    if (c != 'u' || *at + 4 > json.size) return 1;
    unsigned point = read_unit(json, *at);
    *at += 4;
    bool paired = point >= 0xD800 && point < 0xDC00 && *at + 6 <= json.size;
    if (paired) {
        point = 0x10000 + ((point - 0xD800) << 10) + (read_unit(json, *at + 2) - 0xDC00);
        *at += 6;
    }
    return write_point(point, out);
}

/* Compares the JSON text that begins at `*at` (behind its quote) and moves behind its end. */
static bool element_is(Str json, size_t *at, Str text) {
    size_t matched = 0;
    bool same = true;
    while (*at < json.size && json.data[*at] != '"') {
        char character[4];
        size_t size = read_character(json, at, character);
        same = same && matched + size <= text.size &&
               memcmp(text.data + matched, character, size) == 0;
        matched += size;
    }
    ++*at;
    return same && matched == text.size;
}

/* Lists are short texts and asked about often, so no JSON tree is built for them. */
static bool list_has(Str json, Str text) {
    for (size_t at = 0; at < json.size; at++) {
        if (json.data[at] != '"') continue;
        at++;
        if (element_is(json, &at, text)) return true;
        at--;
    }
    return false;
}

/* An empty text is part of every text that is not empty, as in SQL's form of it. */
static bool is_within(Evaluation *evaluation, const Node *node) {
    Value needle = condition_value(evaluation, node->arguments[0]);
    Value hay = condition_value(evaluation, node->arguments[1]);
    if (needle.kind != VALUE_TEXT || hay.kind != VALUE_TEXT || !hay.text.size) return false;
    if (node->kind == NODE_HAS) return list_has(hay.text, needle.text);
    return !needle.text.size || str_find_str(hay.text, needle.text) < hay.text.size;
}

/* ---- Choosing ---- */

/* JSON Logic's truth with types: an instant is true even if it is 1970. */
static bool value_truth(NodeType type, const Value *value) {
    if (type == TYPE_OPAQUE) return !value_is_null(value);
    switch (value->kind) {
        case VALUE_NULL: return false;
        case VALUE_BOOLEAN: return value->boolean;
        case VALUE_INTEGER: return type == TYPE_INSTANT || value->integer != 0;
        case VALUE_DECIMAL: return value->decimal != 0;
        case VALUE_TEXT:
            return value->text.size && !(type == TYPE_LIST && str_is(value->text, "[]"));
        default: return true;
    }
}

/* NULL when no test holds and nothing stands behind them. */
static const Node *chosen_branch(Evaluation *evaluation, const Node *node) {
    size_t i = 0;
    for (; i + 1 < node->count; i += 2) {
        if (condition_truth(evaluation, node->arguments[i])) return node->arguments[i + 1];
    }
    return i < node->count ? node->arguments[i] : NULL;
}

static bool every_or_any(Evaluation *evaluation, const Node *node, bool stop) {
    for (size_t i = 0; i < node->count; i++) {
        if (condition_truth(evaluation, node->arguments[i]) == stop) return stop;
    }
    return !stop;
}

/* The last one if none is true, as JSON Logic has it. */
static Value first_true(Evaluation *evaluation, const Node *node) {
    Value value = value_null();
    for (size_t i = 0; i < node->count; i++) {
        value = condition_value(evaluation, node->arguments[i]);
        if (value_truth(node->arguments[i]->type, &value)) break;
    }
    return value;
}

static bool is_blank(Evaluation *evaluation, const Node *column) {
    Value value = condition_value(evaluation, column);
    bool written = column->type == TYPE_TEXT || column->type == TYPE_CHOICE;
    return value_is_null(&value) || (written && !value.text.size);
}

/* ---- Arithmetic ---- */

/* Decimals of columns are cut to a range, so that no calculation overflows (see condition_check.c).
 */
static double operand(Evaluation *evaluation, const Node *node) {
    Value value = condition_value(evaluation, node);
    double number = condition_double(&value);
    bool within = fabs(number) >= 1 / ARITHMETIC_MOST && fabs(number) <= ARITHMETIC_MOST;
    return condition_is_cut(node) && !within ? 0 : number;
}

/* Doubles one operation at a time, in the order in which SQL takes them. */
static double step(Arithmetic arithmetic, double a, double b) {
    switch (arithmetic) {
        case ADD: return a + b;
        case SUBTRACT: return a - b;
        case MULTIPLY: return a * b;
        case LEAST: return b < a ? b : a;
        default: return b > a ? b : a;
    }
}

static int64_t operand_whole(Evaluation *evaluation, const Node *node) {
    if (!node->exact) return (int64_t)operand(evaluation, node);
    Value value = condition_value(evaluation, node);
    return whole_or_zero(&value);
}

/* The remainder has the sign of the dividend, in C as in both databases. */
static Value remainder_value(Evaluation *evaluation, const Node *node) {
    int64_t a = operand_whole(evaluation, node->arguments[0]);
    int64_t b = operand_whole(evaluation, node->arguments[1]);
    if (b == 0) return value_null();
    return value_integer(b == -1 ? 0 : a % b); /* the least integer over -1 would trap */
}

/* Minus one number is 0 minus it, never -x: SQL writes it so, and -0 would differ from 0. */
static Value arithmetic_value(Evaluation *evaluation, const Node *node) {
    if (node->arithmetic == REMAINDER) return remainder_value(evaluation, node);
    double result = operand(evaluation, node->arguments[0]);
    if (node->count == 1) return value_decimal(node->arithmetic == SUBTRACT ? 0 - result : result);
    for (size_t i = 1; i < node->count; i++) {
        double next = operand(evaluation, node->arguments[i]);
        if (node->arithmetic != DIVIDE) {
            result = step(node->arithmetic, result, next);
            continue;
        }
        if (next == 0) return value_null();
        result /= next;
    }
    return value_decimal(result);
}

/* Empty parts add nothing; what gets here is text or a whole number. */
static Value cat_value(Evaluation *evaluation, const Node *node) {
    Buffer text CLEANUP(buffer_free) = {0};
    for (size_t i = 0; i < node->count; i++) {
        Value part = condition_value(evaluation, node->arguments[i]);
        if (part.kind == VALUE_TEXT) buffer_add(&text, part.text);
        if (part.kind == VALUE_INTEGER) buffer_add_integer(&text, part.integer);
    }
    return value_text(str_copy(evaluation->context->arena, buffer_str(&text)));
}

/* ---- Related records ---- */

/*
 * What is in the database and nowhere else: the database is asked for this one record. `add` writes
 * the expression, `kind` is what it gives.
 */
static Value asked(Evaluation *evaluation, const Node *node, ValueKind kind,
                   void (*add)(Compiler *compiler, const Node *node)) {
    Context *context = evaluation->context;
    Sql sql CLEANUP(sql_free) = sql_new(context->arena, transaction_kind(context->transaction));
    Value id = value_id(evaluation->record->id);
    int tables = 0;
    Compiler compiler = {.evaluation = evaluation, .sql = &sql, .id = &id, .tables = &tables};
    sql_add(&sql, "SELECT ");
    add(&compiler, node);
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = evaluation->status;
    if (status == STATUS_OK) status = sql_query(&sql, context->transaction, &rows);
    if (status == STATUS_OK) status = store_next(rows);
    if (status != STATUS_OK) {
        evaluation->status = status == STATUS_END ? STATUS_FAILED : status;
        return value_null();
    }
    Value value = store_column(rows, 0, kind);
    return value_copy(context->arena, &value);
}

static void add_truth_as_number(Compiler *compiler, const Node *node) {
    sql_add(compiler->sql, "CAST(CASE WHEN ");
    condition_add_truth(compiler, node);
    sql_add(compiler->sql, " THEN 1 ELSE 0 END AS BIGINT)");
}

static bool related_truth(Evaluation *evaluation, const Node *node) {
    return asked(evaluation, node, VALUE_INTEGER, add_truth_as_number).integer == 1;
}

static Value count_value(Evaluation *evaluation, const Node *node) {
    return asked(evaluation, node, VALUE_INTEGER, condition_add_value);
}

static Value as_of_value(Evaluation *evaluation, const Node *node) {
    if (!condition_visible(evaluation, node)) return value_null();
    return asked(evaluation, node, field_kind(node->field), condition_add_value);
}

/* ---- All together ---- */

/* Truth is asked far more often than values; it stops as soon as it is known. */
bool condition_truth(Evaluation *evaluation, const Node *node) {
    switch (node->kind) {
        case NODE_EQUAL: return is_equal(evaluation, node->arguments[0], node->arguments[1]);
        case NODE_ORDER: return order_holds(evaluation, node);
        case NODE_NOT: return !condition_truth(evaluation, node->arguments[0]);
        case NODE_TRUTH: return condition_truth(evaluation, node->arguments[0]);
        case NODE_AND: return every_or_any(evaluation, node, false);
        case NODE_OR: return every_or_any(evaluation, node, true);
        case NODE_AMONG: return is_among(evaluation, node);
        case NODE_HAS:
        case NODE_PART: return is_within(evaluation, node);
        case NODE_BLANK: return is_blank(evaluation, node->arguments[0]);
        case NODE_CHANGED: return has_changed(evaluation, node);
        case NODE_RELATED: return related_truth(evaluation, node);
        case NODE_IF: {
            const Node *branch = chosen_branch(evaluation, node);
            return branch && condition_truth(evaluation, branch);
        }
        default: {
            Value value = condition_value(evaluation, node);
            return value_truth(node->type, &value);
        }
    }
}

/* What has no value of its own has its truth as one. */
Value condition_value(Evaluation *evaluation, const Node *node) {
    switch (node->kind) {
        case NODE_CONSTANT: return node->value;
        case NODE_WORD: return word_value(evaluation, node->word);
        case NODE_COLUMN: return read_column(evaluation, node);
        case NODE_AS_OF: return as_of_value(evaluation, node);
        case NODE_WAS: return past_value(evaluation, node);
        case NODE_DAYS: return days_value(evaluation, node);
        case NODE_DAY_START: return day_start_value(evaluation, node);
        case NODE_ARITHMETIC: return arithmetic_value(evaluation, node);
        case NODE_CAT: return cat_value(evaluation, node);
        case NODE_COUNT: return count_value(evaluation, node);
        case NODE_IF: {
            const Node *branch = chosen_branch(evaluation, node);
            return branch ? condition_value(evaluation, branch) : value_null();
        }
        case NODE_OTHERWISE: {
            Value value = condition_value(evaluation, node->arguments[0]);
            return value_is_null(&value) ? condition_value(evaluation, node->arguments[1]) : value;
        }
        case NODE_OR:
            if (node->type != TYPE_BOOLEAN) return first_true(evaluation, node);
            break;
        default: break;
    }
    return value_boolean(condition_truth(evaluation, node));
}

/* The first failure of the database decides; what was evaluated after it does not count. */
Status condition_holds(Context *context, const Condition *condition, const Record *record,
                       const Record *before, bool *out) {
    Evaluation evaluation = {.context = context, .record = record, .before = before};
    bool holds = condition_truth(&evaluation, condition->root);
    if (evaluation.status == STATUS_OK) *out = holds;
    return evaluation.status;
}

/* Random, well-typed conditions over items of condition_fixture.h, as JSON text. Seeded. */
#ifndef ONDO_TESTS_CONDITION_RANDOM_H
#define ONDO_TESTS_CONDITION_RANDOM_H

#include "buffer.h"

static uint64_t random_state;

static inline uint64_t random_next(void) {
    random_state += UINT64_C(0x9E3779B97F4A7C15); /* splitmix64 */
    uint64_t mixed = random_state;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static inline int random_below(int limit) {
    return (int)(random_next() % (uint64_t)limit);
}

#define PICK(list) ((list)[random_below((int)(sizeof(list) / sizeof((list)[0])))])

static const char *const RANDOM_TEXTS[] = {
    "",  "a",        "A",    "ab", "東京",           "東京大学病院",
    "é", "e\\u0301", "😀",    "～", "\\\"quoted\\\"", "a\\\\b",
    "%", "_",        "null", "0"};
static const char *const RANDOM_NUMBERS[] = {"0",
                                             "1",
                                             "-1",
                                             "2",
                                             "3",
                                             "0.5",
                                             "-2.5",
                                             "7",
                                             "100",
                                             "1e3",
                                             "0.125",
                                             "9007199254740993",
                                             "-9223372036854775807"};
static const char *const RANDOM_DAYS[] = {"0",  "1",   "-1",  "2",    "30",      "-30",
                                          "90", "365", "1.5", "-0.5", "1000000", "5000000"};
static const char *const RANDOM_DATES[] = {"2026-11-20", "2026-11-21", "2026-11-22", "2026-10-31",
                                           "2024-02-29", "0001-01-01", "9999-12-31", "1969-12-31"};
static const char *const RANDOM_INSTANTS[] = {
    "2026-11-21T08:30:00Z", "2026-11-21T23:59:59.999+09:00", "2026-11-22T00:00:00+09:00",
    "2026-11-01T06:30:00Z", "1969-12-31T23:59:59.999Z",      "2026-11-21",
    "2026-11-22",           "2024-02-29T12:00:00-05:00"};
static const char *const RANDOM_CODES[] = {"warm", "cold", "new"};
static const char *const RANDOM_IDS[] = {
    "01890a5d-ac96-774b-bcce-000000000001", "01890a5d-ac96-774b-bcce-000000000002",
    "01890a5d-ac96-774b-bcce-000000000003", "01890a5d-ac96-774b-bcce-0000000000ff"};

/* Where the condition stands decides which columns there are. */
typedef enum RandomPlace { ON_ITEM, ON_NOTE } RandomPlace;

static void random_truth(Buffer *out, RandomPlace place, int depth);
static void random_number(Buffer *out, RandomPlace place, int depth);

static void add_quoted_pick(Buffer *out, const char *text) {
    buffer_format(out, "\"%s\"", text);
}

static void add_var(Buffer *out, const char *name) {
    buffer_format(out, "{\"var\":\"%s\"}", name);
}

static void random_text(Buffer *out, RandomPlace place, int depth) {
    static const char *const ITEM[] = {"name", "memo",         "secret",    "place.name",
                                       "name", "place.secret", "owner.name"};
    static const char *const NOTE[] = {"name", "item.name", "place.name"};
    switch (depth > 0 ? random_below(7) : random_below(3)) {
        case 0: add_quoted_pick(out, PICK(RANDOM_TEXTS)); break;
        case 3:
            buffer_add(out, STR("{\"cat\":["));
            random_text(out, place, depth - 1);
            buffer_add_byte(out, ',');
            add_var(out, place == ON_ITEM ? "count" : "weight");
            buffer_add_byte(out, ',');
            random_text(out, place, depth - 1);
            buffer_add(out, STR("]}"));
            break;
        case 4:
            buffer_add(out, STR("{\"if\":["));
            random_truth(out, place, depth - 1);
            buffer_add_byte(out, ',');
            random_text(out, place, depth - 1);
            buffer_add_byte(out, ',');
            random_text(out, place, depth - 1);
            buffer_add(out, STR("]}"));
            break;
        case 5:
            buffer_add(out, STR("{\"or\":["));
            random_text(out, place, depth - 1);
            buffer_add_byte(out, ',');
            random_text(out, place, depth - 1);
            buffer_add(out, STR("]}"));
            break;
        case 6: buffer_format(out, "{\"var\":[\"name\",\"%s\"]}", PICK(RANDOM_TEXTS)); break;
        default: add_var(out, place == ON_ITEM ? PICK(ITEM) : PICK(NOTE)); break;
    }
}

static void random_date(Buffer *out, RandomPlace place) {
    static const char *const WORDS[] = {"today",       "week_end",       "month_end",
                                        "month_start", "next_month_end", "last_month_start"};
    static const char *const ITEM[] = {"born", "ends", "place.opened"};
    static const char *const NOTE[] = {"item.born", "place.opened"};
    switch (random_below(5)) {
        case 0: buffer_format(out, "{\"%s\":[]}", PICK(WORDS)); break;
        case 1: add_quoted_pick(out, PICK(RANDOM_DATES)); break;
        default: add_var(out, place == ON_ITEM ? PICK(ITEM) : PICK(NOTE)); break;
    }
}

static void random_instant_column(Buffer *out, RandomPlace place) {
    static const char *const ITEM[] = {"seen", "due", "created_at", "seen", "place.created_at"};
    static const char *const NOTE[] = {"updated_at", "item.seen"};
    add_var(out, place == ON_ITEM ? PICK(ITEM) : PICK(NOTE));
}

static void random_instant(Buffer *out, RandomPlace place) {
    switch (random_below(5)) {
        case 0: buffer_add(out, STR("{\"now\":[]}")); break;
        case 1: add_quoted_pick(out, PICK(RANDOM_INSTANTS)); break;
        case 2: buffer_add(out, STR("{\"today\":[]}")); break;
        default: random_instant_column(out, place); break;
    }
}

static void random_days(Buffer *out, RandomPlace place) {
    buffer_format(out, "{\"%s\":[", random_below(2) ? "days_since" : "days_until");
    if (random_below(2)) {
        random_date(out, place);
    } else {
        random_instant_column(out, place);
    }
    buffer_add(out, STR("]}"));
}

static void random_arithmetic(Buffer *out, RandomPlace place, int depth) {
    static const char *const OPERATORS[] = {"+", "-", "*", "/", "max", "min", "+", "-"};
    if (random_below(6) == 0) {
        static const char *const DIVISORS[] = {"2", "-1", "7", "0", "{\"var\":\"version\"}"};
        buffer_format(out, "{\"%%\":[");
        add_var(out, place == ON_ITEM ? (random_below(2) ? "count" : "stock") : "weight");
        buffer_format(out, ",%s]}", PICK(DIVISORS));
        return;
    }
    buffer_format(out, "{\"%s\":[", PICK(OPERATORS));
    random_number(out, place, depth - 1);
    buffer_add_byte(out, ',');
    random_number(out, place, depth - 1);
    buffer_add(out, STR("]}"));
}

static void random_number(Buffer *out, RandomPlace place, int depth) {
    static const char *const ITEM[] = {"count", "stock", "score", "rate", "version", "place.size"};
    static const char *const NOTE[] = {"weight", "version", "item.score", "item.count"};
    switch (depth > 0 ? random_below(place == ON_ITEM ? 9 : 8) : random_below(4)) {
        case 0: buffer_format(out, "%s", PICK(RANDOM_NUMBERS)); break;
        case 3: random_days(out, place); break;
        case 4:
        case 5: random_arithmetic(out, place, depth); break;
        case 6:
            buffer_add(out, STR("{\"if\":["));
            random_truth(out, place, depth - 1);
            buffer_add_byte(out, ',');
            random_number(out, place, depth - 1);
            if (random_below(2)) {
                buffer_add_byte(out, ',');
                random_number(out, place, depth - 1);
            }
            buffer_add(out, STR("]}"));
            break;
        case 7:
            buffer_add(out, STR("{\"or\":["));
            random_number(out, place, depth - 1);
            buffer_add_byte(out, ',');
            random_number(out, place, depth - 1);
            buffer_add(out, STR("]}"));
            break;
        case 8:
            buffer_add(out, STR("{\"count\":[{\"var\":\"note\"},"));
            random_truth(out, ON_NOTE, depth - 1);
            buffer_add(out, STR("]}"));
            break;
        default: add_var(out, place == ON_ITEM ? PICK(ITEM) : PICK(NOTE)); break;
    }
}

/* What a field of an item held at an instant. */
static void random_past(Buffer *out, const char *field) {
    buffer_format(out, "{\"as_of\":[{\"var\":\"%s\"},\"%s\"]}", field,
                  RANDOM_INSTANTS[random_below(5)]);
}

static void random_id(Buffer *out, RandomPlace place) {
    static const char *const ITEM[] = {"owner", "place.owner", "place", "created_by", "id"};
    static const char *const NOTE[] = {"item", "item.owner", "place.owner"};
    if (place == ON_ITEM && random_below(5) == 0) {
        random_past(out, "owner");
        return;
    }
    switch (random_below(4)) {
        case 0: buffer_add(out, STR("{\"me\":[]}")); break;
        case 1: add_quoted_pick(out, PICK(RANDOM_IDS)); break;
        default: add_var(out, place == ON_ITEM ? PICK(ITEM) : PICK(NOTE)); break;
    }
}

static void random_choice_column(Buffer *out, RandomPlace place) {
    if (place == ON_ITEM && random_below(3) == 0) {
        random_past(out, "mood");
    } else {
        add_var(out, place == ON_ITEM ? "mood" : "item.mood");
    }
}

/* Two values of one type with an operator between them. */
static void random_comparison(Buffer *out, RandomPlace place, int depth) {
    static const char *const EQUAL[] = {"==", "!=", "===", "!=="};
    static const char *const ORDER[] = {"<", "<=", ">", ">="};
    int type = random_below(8);
    bool ordered = type < 5 && random_below(3);
    bool between = ordered && random_below(6) == 0;
    const char *name = between   ? (random_below(2) ? "<" : "<=")
                       : ordered ? PICK(ORDER)
                                 : PICK(EQUAL);
    buffer_format(out, "{\"%s\":[", name);
    for (int i = 0; i < (between ? 3 : 2); i++) {
        if (i) buffer_add_byte(out, ',');
        if (!ordered && i == 1 && random_below(5) == 0) {
            buffer_add(out, STR("null"));
            continue;
        }
        switch (type) {
            case 0: random_text(out, place, depth - 1); break;
            case 1: random_number(out, place, depth - 1); break;
            case 2: random_date(out, place); break;
            case 3: random_instant(out, place); break;
            case 4:
                if (i == 0) random_days(out, place);
                if (i) buffer_format(out, "%s", PICK(RANDOM_DAYS));
                break;
            case 5: random_id(out, place); break;
            case 6:
                if (i == 0) random_choice_column(out, place);
                if (i) add_quoted_pick(out, PICK(RANDOM_CODES));
                break;
            default:
                if (i == 0) add_var(out, place == ON_ITEM ? "active" : "item.active");
                if (i) buffer_format(out, "%s", random_below(2) ? "true" : "false");
                break;
        }
    }
    buffer_add(out, STR("]}"));
}

static void random_list_of(Buffer *out, const char *const *items, int count, bool quoted) {
    buffer_add_byte(out, '[');
    int length = random_below(4);
    for (int i = 0; i < length; i++) {
        if (i) buffer_add_byte(out, ',');
        bool nothing = random_below(6) == 0;
        buffer_format(out, quoted && !nothing ? "\"%s\"" : "%s",
                      nothing ? "null" : items[random_below(count)]);
    }
    buffer_add_byte(out, ']');
}

#define LIST_OF(out, items, quoted) \
    random_list_of((out), (items), (int)(sizeof(items) / sizeof((items)[0])), (quoted))

static void random_membership(Buffer *out, RandomPlace place, int depth) {
    bool item = place == ON_ITEM;
    switch (random_below(7)) {
        case 0:
            buffer_format(out, "{\"contains\":[{\"var\":\"%s\"},\"%s\"]}",
                          item ? "labels_of" : "item.labels_of", PICK(RANDOM_TEXTS));
            return;
        case 1:
            buffer_format(out, "{\"in\":[\"%s\",{\"var\":\"%s\"}]}", PICK(RANDOM_CODES),
                          item ? "traits" : "item.traits");
            return;
        case 2:
            buffer_add(out, STR("{\"in\":["));
            random_text(out, place, depth - 1);
            buffer_add_byte(out, ',');
            random_text(out, place, depth - 1);
            break;
        case 3:
            buffer_add(out, STR("{\"in\":["));
            random_choice_column(out, place);
            buffer_add_byte(out, ',');
            LIST_OF(out, RANDOM_CODES, true);
            break;
        case 4:
            buffer_add(out, STR("{\"in\":["));
            random_number(out, place, depth - 1);
            buffer_add_byte(out, ',');
            LIST_OF(out, RANDOM_NUMBERS, false);
            break;
        case 5:
            buffer_add(out, STR("{\"in\":["));
            add_var(out, item ? "owner" : "item.owner");
            buffer_add_byte(out, ',');
            LIST_OF(out, RANDOM_IDS, true);
            break;
        default:
            buffer_add(out, STR("{\"in\":["));
            random_instant_column(out, place);
            buffer_add_byte(out, ',');
            LIST_OF(out, RANDOM_INSTANTS, true);
            break;
    }
    buffer_add(out, STR("]}"));
}

static void random_bare(Buffer *out, RandomPlace place) {
    static const char *const ITEM[] = {"name",  "count", "score",  "active",    "born",
                                       "seen",  "mood",  "traits", "labels_of", "owner",
                                       "place", "extra", "secret", "place.size"};
    static const char *const NOTE[] = {"name", "weight", "item", "item.traits", "place.secret"};
    const char *name = place == ON_ITEM ? PICK(ITEM) : PICK(NOTE);
    if (random_below(4) == 0) {
        buffer_format(out, "{\"missing\":[\"%s\",\"name\"]}", name);
    } else {
        add_var(out, name);
    }
}

static void random_joined(Buffer *out, RandomPlace place, int depth) {
    static const char *const JOINS[] = {"and", "or", "if"};
    buffer_format(out, "{\"%s\":[", PICK(JOINS));
    int count = 1 + random_below(3);
    for (int i = 0; i < count + 1; i++) {
        if (i) buffer_add_byte(out, ',');
        random_truth(out, place, depth - 1);
    }
    buffer_add(out, STR("]}"));
}

static void random_truth(Buffer *out, RandomPlace place, int depth) {
    static const char *const QUANTIFIERS[] = {"some", "all", "none"};
    int kind = random_below(depth > 0 ? 12 : 7);
    if (kind < 5) {
        random_comparison(out, place, depth);
    } else if (kind < 6) {
        random_membership(out, place, depth);
    } else if (kind < 7) {
        random_bare(out, place);
    } else if (kind < 9) {
        random_joined(out, place, depth);
    } else if (kind < 11 || place == ON_NOTE || random_below(2)) {
        buffer_format(out, "{\"%s\":[", random_below(3) ? "!" : "!!");
        random_truth(out, place, depth - 1);
        buffer_add(out, STR("]}"));
    } else {
        buffer_format(out, "{\"%s\":[{\"var\":\"note\"},", PICK(QUANTIFIERS));
        random_truth(out, ON_NOTE, depth - 1);
        buffer_add(out, STR("]}"));
    }
}

#endif

#include "corpus.h"

/*
 * Reading what pharma/demo/ holds. The files are made for people to edit: names with their
 * readings and weights in one text, places with their postal codes in one text, sentences with
 * slots in braces. Here they become arrays that a draw reaches by an index. An administrator may
 * put other files in their place, so nothing about them is taken for granted: whatever is missing
 * fails the file by name, and every list that is drawn from is known to hold something.
 */

static const char *const TEXT_KEYS[TEXT_KIND_COUNT] = {
    [TEXT_MEMO_RESONATED] = "memo.resonated",
    [TEXT_MEMO_TABOO] = "memo.taboo",
    [TEXT_MEMO_MOMENT] = "memo.moment",
    [TEXT_MEMO_STORY] = "memo.story",
    [TEXT_MEMO_STAFF] = "memo.staff",
    [TEXT_DISCUSSION_OPEN] = "discussion.open",
    [TEXT_DISCUSSION_BODY] = "discussion.body",
    [TEXT_DISCUSSION_CLOSE] = "discussion.close",
    [TEXT_DISCUSSION_STAFF] = "discussion.staff",
    [TEXT_QUICK_NOTE] = "quick_note",
    [TEXT_TOPIC_QUESTION] = "topic.question",
    [TEXT_TOPIC_INTEREST] = "topic.interest",
    [TEXT_TOPIC_COMPETITOR] = "topic.competitor",
    [TEXT_TOPIC_REQUEST] = "topic.request",
    [TEXT_TOPIC_OBJECTION] = "topic.objection",
    [TEXT_TOPIC_NEED] = "topic.need",
    [TEXT_PROMISE] = "promise",
    [TEXT_REASON_UP] = "reason.up",
    [TEXT_REASON_DOWN] = "reason.down",
    [TEXT_REASON_STEADY] = "reason.steady",
    [TEXT_REASON_GOOD_DATA] = "reason.good_data",
    [TEXT_REASON_COMPETITOR] = "reason.competitor_launch",
    [TEXT_REASON_PROMISE_KEPT] = "reason.promise_kept",
    [TEXT_REASON_PROMISE_BROKEN] = "reason.promise_broken",
    [TEXT_NEXT_ACTION] = "next_action",
    [TEXT_TASK] = "task",
    [TEXT_INTEREST] = "interest",
    [TEXT_NEED] = "need",
    [TEXT_POSITION_DOCTOR] = "position.doctor",
    [TEXT_POSITION_CLINIC] = "position.clinic",
    [TEXT_POSITION_PHARMACIST] = "position.pharmacist",
    [TEXT_POSITION_NURSE] = "position.nurse",
    [TEXT_POSITION_HEAD_NURSE] = "position.head_nurse",
    [TEXT_POSITION_MSW] = "position.msw",
    [TEXT_ACCOUNT] = "account",
    [TEXT_HANDOVER] = "handover",
    [TEXT_COMMITTEE_REVIEW] = "committee.review",
};

static const char *const PATTERN_KEYS[INSTITUTION_KIND_COUNT] = {
    [INSTITUTION_UNIVERSITY] = "university_hospital",
    [INSTITUTION_GENERAL] = "general_hospital",
    [INSTITUTION_CLINIC] = "clinic",
    [INSTITUTION_PHARMACY] = "pharmacy",
};

static const char *const STAFF_KEYS[STAFF_DEPARTMENTS] = {"pharmacist", "nurse", "head_nurse",
                                                          "msw"};

/* How the columns of a name stand in its text. */
typedef enum NameForm {
    NAME_PLAIN,     /* "De Luca": the whole, which is Latin already */
    NAME_KANA,      /* "佐藤 サトウ Sato 190" */
    NAME_LATIN,     /* "王 Wang 72", "丽 li" */
    NAME_WITH_KANA, /* "青嶺会|セイレイカイ" */
} NameForm;

/* What reading goes on with; the first failure of a file stays. */
typedef struct Reader {
    Arena *arena;
    const ModelSource *files;
    size_t count;
    Problem *problem;
    Str file;
    Status status;
} Reader;

/* Keeps the first failure only: what follows from it would say nothing new. */
static void fail(Reader *reader) {
    if (reader->status != STATUS_OK) return;
    reader->status = STATUS_INVALID;
    if (reader->problem) problem_add(reader->problem, STR(""), "demo_file", reader->file);
}

/* The caller drops it. NULL after a failure, which every reader below bears. */
static json_t *open_file(Reader *reader, const char *name) {
    json_t *root = NULL;
    reader->file = str_of(name);
    for (size_t i = 0; i < reader->count; i++) {
        if (!str_is(reader->files[i].name, name)) continue;
        if (json_read(reader->files[i].text, NULL, &root) == STATUS_OK) return root;
    }
    fail(reader);
    return NULL;
}

/* Copied, for the JSON goes before the corpus does. */
static Str text_of(Reader *reader, const json_t *object, const char *key) {
    Str text = json_get_text(object, key);
    if (!text.data) fail(reader);
    return str_copy(reader->arena, text);
}

/* An array that must hold something; its size is 0 after a failure. */
static const json_t *array_of(Reader *reader, const json_t *object, const char *key, size_t *size) {
    const json_t *array = json_object_get(object, key);
    *size = json_array_size(array);
    if (*size == 0) fail(reader);
    return array;
}

/* An empty text would become an empty memo, so it fails the file too. */
static TextList texts_of(Reader *reader, const json_t *object, const char *key) {
    size_t count;
    const json_t *array = array_of(reader, object, key, &count);
    Str *items = ARENA_ARRAY(reader->arena, count, Str);
    for (size_t i = 0; i < count; i++) {
        items[i] = str_copy(reader->arena, json_text(json_array_get(array, i)));
        if (str_empty(items[i])) fail(reader);
    }
    return (TextList){.items = items, .count = count};
}

/* All three languages or a failure: there is no reader to fall back for. */
static Label label_of(Reader *reader, const json_t *object) {
    Label label;
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        label.in[lang] = text_of(reader, object, lang_code(lang).data);
    }
    return label;
}

/* One list a language, under the language's code. */
static void lists_of(Reader *reader, const json_t *object, const char *key,
                     TextList out[static LANG_COUNT]) {
    const json_t *lists = json_object_get(object, key);
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        out[lang] = texts_of(reader, lists, lang_code(lang).data);
    }
}

/* What has no weight counts once. */
static uint32_t weight_of(Str text) {
    int64_t weight;
    return str_to_integer(text, &weight) && weight > 0 ? (uint32_t)weight : 1;
}

/* One name from its text; returns its weight. */
static uint32_t parse_name(Str text, NameForm form, Name *out) {
    if (form == NAME_PLAIN) {
        *out = (Name){.text = text, .latin = text};
        return 1;
    }
    if (form == NAME_WITH_KANA) {
        Str before = str_cut(&text, '|');
        *out = (Name){.text = before, .kana = text};
        return 1;
    }
    *out = (Name){.text = str_cut(&text, ' ')};
    if (form == NAME_KANA) out->kana = str_cut(&text, ' ');
    out->latin = str_cut(&text, ' ');
    return weight_of(text);
}

/* Running sums let a draw find its name by bisection instead of walking the list. */
static NameList names_of(Reader *reader, const json_t *object, const char *key, NameForm form) {
    TextList texts = texts_of(reader, object, key);
    Name *items = ARENA_ARRAY(reader->arena, texts.count, Name);
    uint32_t *ends = ARENA_ARRAY(reader->arena, texts.count, uint32_t);
    uint32_t sum = 0;
    for (size_t i = 0; i < texts.count; i++) {
        sum += parse_name(texts.items[i], form, &items[i]);
        ends[i] = sum;
    }
    return (NameList){.items = items, .ends = ends, .count = texts.count};
}

/* ---- Institutions and names ---- */

/* Five columns; the last, a note of size, is not used for drawing. */
static void read_places(Reader *reader, const json_t *object, Country *country) {
    TextList texts = texts_of(reader, object, "places");
    Locality *localities = ARENA_ARRAY(reader->arena, texts.count, Locality);
    for (size_t i = 0; i < texts.count; i++) {
        Str rest = texts.items[i];
        localities[i].region = str_cut(&rest, '|');
        localities[i].city = str_cut(&rest, '|');
        localities[i].city_kana = str_cut(&rest, '|');
        localities[i].postal = str_cut(&rest, '|');
        if (!rest.data) fail(reader);
    }
    country->localities = localities;
    country->locality_count = texts.count;
}

/* A country names its own words for hospitals and streets, so that none looks translated. */
static void read_country(Reader *reader, const json_t *object, Country *country) {
    country->tag = text_of(reader, object, "country");
    country->code = text_of(reader, object, "code");
    country->zone = text_of(reader, object, "zone");
    country->region = text_of(reader, object, "region");
    country->address = text_of(reader, object, "address");
    country->share = (int)json_integer_value(json_object_get(object, "share"));
    if (!lang_from_tag(json_get_text(object, "language"), &country->lang)) fail(reader);
    read_places(reader, object, country);
    country->bodies = names_of(reader, object, "bodies", NAME_WITH_KANA);
    country->universities = names_of(reader, object, "universities", NAME_WITH_KANA);
    country->streets = texts_of(reader, object, "street");
    const json_t *patterns = json_object_get(object, "patterns");
    for (int kind = 0; kind < INSTITUTION_KIND_COUNT; kind++) {
        country->patterns[kind] = names_of(reader, patterns, PATTERN_KEYS[kind], NAME_WITH_KANA);
    }
}

static void read_countries(Reader *reader, Corpus *corpus) {
    json_t *root CLEANUP(json_drop) = open_file(reader, "demo/institutions.json");
    const json_t *array = array_of(reader, root, "countries", &corpus->country_count);
    corpus->countries = ARENA_ARRAY(reader->arena, corpus->country_count, Country);
    for (size_t i = 0; i < corpus->country_count; i++) {
        read_country(reader, json_array_get(array, i), &corpus->countries[i]);
    }
}

/* Names join the country that institutions.json has made; names of no country are passed over. */
static void read_names_of(Reader *reader, const json_t *object, Corpus *corpus, NameForm family,
                          NameForm given) {
    Str tag = json_get_text(object, "country");
    for (size_t i = 0; i < corpus->country_count; i++) {
        Country *country = &corpus->countries[i];
        if (!str_equal(country->tag, tag)) continue;
        country->family = names_of(reader, object, "family", family);
        country->female = names_of(reader, object, "female", given);
        country->male = names_of(reader, object, "male", given);
    }
}

/* Three files, for the three scripts write a name in different ways. */
static void read_names(Reader *reader, Corpus *corpus) {
    json_t *japanese CLEANUP(json_drop) = open_file(reader, "demo/names_ja.json");
    read_names_of(reader, japanese, corpus, NAME_KANA, NAME_KANA);
    json_t *chinese CLEANUP(json_drop) = open_file(reader, "demo/names_zh.json");
    read_names_of(reader, chinese, corpus, NAME_LATIN, NAME_LATIN);
    json_t *european CLEANUP(json_drop) = open_file(reader, "demo/names_eu.json");
    size_t index;
    json_t *object;
    json_array_foreach(json_object_get(european, "countries"), index, object) {
        read_names_of(reader, object, corpus, NAME_PLAIN, NAME_PLAIN);
    }
    for (size_t i = 0; i < corpus->country_count; i++) {
        if (corpus->countries[i].family.count == 0) fail(reader);
    }
}

/* ---- Departments, products, sentences ---- */

/* The position of the brand of that English name; fails when there is none. */
static uint32_t brand_named(Reader *reader, const Corpus *corpus, Str name) {
    for (uint32_t i = 0; i < corpus->brand_count; i++) {
        if (str_equal(corpus->brands[i].name.in[LANG_EN], name)) return i;
    }
    fail(reader);
    return 0;
}

/* A department is visited about certain brands only: nobody talks of lungs to a dermatologist. */
static void read_department(Reader *reader, const json_t *object, const Corpus *corpus,
                            Department *department) {
    size_t count;
    const json_t *brands = array_of(reader, object, "brands", &count);
    if (count > DEPARTMENT_BRANDS) fail(reader);
    for (size_t i = 0; i < count && i < DEPARTMENT_BRANDS; i++) {
        Str name = json_text(json_array_get(brands, i));
        department->brands[department->brand_count++] = brand_named(reader, corpus, name);
    }
    department->practice = json_is_true(json_object_get(object, "practice"));
    department->name = label_of(reader, json_object_get(object, "name"));
    lists_of(reader, object, "sub", department->sub);
}

/* Needs the brands, and is therefore read behind them. */
static void read_departments(Reader *reader, Corpus *corpus) {
    json_t *root CLEANUP(json_drop) = open_file(reader, "demo/departments.json");
    const json_t *array = array_of(reader, root, "departments", &corpus->department_count);
    Department *departments = ARENA_ARRAY(reader->arena, corpus->department_count, Department);
    uint32_t *ends = ARENA_ARRAY(reader->arena, corpus->department_count, uint32_t);
    uint32_t sum = 0;
    bool practice = false;
    for (size_t i = 0; i < corpus->department_count; i++) {
        const json_t *object = json_array_get(array, i);
        read_department(reader, object, corpus, &departments[i]);
        sum += (uint32_t)json_integer_value(json_object_get(object, "weight"));
        ends[i] = sum;
        practice = practice || departments[i].practice;
    }
    if (!practice) fail(reader);
    corpus->departments = departments;
    corpus->department_ends = ends;
    const json_t *staff = json_object_get(root, "staff");
    for (int i = 0; i < STAFF_DEPARTMENTS; i++) {
        corpus->staff[i] = label_of(reader, json_object_get(staff, STAFF_KEYS[i]));
    }
}

/* Words about a brand come as lists, so that sentences about it differ. */
static void read_brand(Reader *reader, const json_t *object, uint32_t area, Brand *brand) {
    brand->area = area;
    brand->name = label_of(reader, json_object_get(object, "name"));
    brand->indication = label_of(reader, json_object_get(object, "indication"));
    brand->study = texts_of(reader, object, "study");
    lists_of(reader, object, "competitor", brand->competitor);
    lists_of(reader, object, "disease", brand->disease);
    lists_of(reader, object, "patients", brand->patients);
    lists_of(reader, object, "endpoint", brand->endpoint);
    lists_of(reader, object, "side", brand->side);
    lists_of(reader, object, "messages", brand->messages);
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        if (brand->messages[lang].count != BRAND_MESSAGES) fail(reader);
    }
}

/* Days before `now` rather than dates, so that the demo never grows old. */
static void read_events(Reader *reader, const json_t *root, Corpus *corpus) {
    const json_t *array = array_of(reader, root, "events", &corpus->event_count);
    MarketEvent *events = ARENA_ARRAY(reader->arena, corpus->event_count, MarketEvent);
    for (size_t i = 0; i < corpus->event_count; i++) {
        const json_t *object = json_array_get(array, i);
        events[i] = (MarketEvent){
            .brand = brand_named(reader, corpus, json_get_text(object, "brand")),
            .good_data = str_is(json_get_text(object, "kind"), "good_data"),
            .days_ago = json_integer_value(json_object_get(object, "days_ago")),
        };
    }
    corpus->events = events;
}

/* Counted before they are read, because the array is taken in one piece. */
static size_t count_brands(const json_t *areas) {
    size_t total = 0;
    for (size_t i = 0; i < json_array_size(areas); i++) {
        total += json_array_size(json_object_get(json_array_get(areas, i), "brands"));
    }
    return total;
}

/* Areas hold brands in the file; here brands stand in one row and know their area. */
static void read_products(Reader *reader, Corpus *corpus) {
    json_t *root CLEANUP(json_drop) = open_file(reader, "demo/products.json");
    const json_t *array = array_of(reader, root, "areas", &corpus->area_count);
    Label *areas = ARENA_ARRAY(reader->arena, corpus->area_count, Label);
    Brand *brands = ARENA_ARRAY(reader->arena, count_brands(array), Brand);
    for (size_t i = 0; i < corpus->area_count; i++) {
        const json_t *area = json_array_get(array, i);
        size_t count;
        areas[i] = label_of(reader, json_object_get(area, "name"));
        const json_t *in_area = array_of(reader, area, "brands", &count);
        for (size_t j = 0; j < count; j++) {
            read_brand(reader, json_array_get(in_area, j), (uint32_t)i,
                       &brands[corpus->brand_count++]);
        }
    }
    corpus->areas = areas;
    corpus->brands = brands;
    read_events(reader, root, corpus);
    lists_of(reader, root, "meeting", corpus->meeting);
}

/* Every language has every kind of sentence, or the file is refused: no list may stay empty. */
static void read_texts(Reader *reader, Corpus *corpus) {
    static const char *const FILES[LANG_COUNT] = {[LANG_EN] = "demo/texts_en.json",
                                                  [LANG_JA] = "demo/texts_ja.json",
                                                  [LANG_ZH] = "demo/texts_zh.json"};
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        json_t *root CLEANUP(json_drop) = open_file(reader, FILES[lang]);
        for (int kind = 0; kind < TEXT_KIND_COUNT; kind++) {
            corpus->texts[lang][kind] = texts_of(reader, root, TEXT_KEYS[kind]);
        }
    }
}

Status corpus_load(Arena *arena, const ModelSource *files, size_t count, Problem *problem,
                   Corpus *out) {
    Reader reader = {.arena = arena, .files = files, .count = count, .problem = problem};
    Corpus corpus = {0};
    read_countries(&reader, &corpus);
    read_names(&reader, &corpus);
    read_products(&reader, &corpus);
    read_departments(&reader, &corpus);
    read_texts(&reader, &corpus);
    if (reader.status == STATUS_OK) *out = corpus;
    return reader.status;
}

/* ---- Drawing ---- */

/* Bisection for the first running sum above the draw. */
size_t corpus_draw_index(const uint32_t *ends, size_t count, Random *random) {
    uint32_t at = random_below(random, ends[count - 1]);
    size_t low = 0, high = count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at < ends[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

const Name *corpus_draw(const NameList *list, Random *random) {
    return &list->items[corpus_draw_index(list->ends, list->count, random)];
}

Str corpus_pick(const TextList *list, Random *random) {
    if (list->count == 0) return STR("");
    return list->items[random_below(random, (uint32_t)list->count)];
}

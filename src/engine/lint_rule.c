/*
 * A group of words takes from its lexicon's "check" whatever it does not say itself, so that a
 * lexicon states its reason once.
 */
#include "lint_rule.h"

enum { RULES_FIRST = 32, NEARS_FIRST = 64, VERSION_DIGITS = 8 };

static const char *const SEVERITIES[LINT_SEVERITY_COUNT] = {"info", "warn", "route", "block"};

Str lint_severity_code(LintSeverity severity) {
    return str_of(SEVERITIES[severity]);
}

LintRules *lint_rules_new(Arena *arena) {
    LintRules *rules = ARENA_NEW(arena, LintRules);
    *rules = (LintRules){.arena = arena,
                         .patterns = pattern_set_new(arena),
                         .rules = ARENA_ARRAY(arena, RULES_FIRST, LintRule),
                         .room = RULES_FIRST,
                         .nears = ARENA_ARRAY(arena, NEARS_FIRST, LintNear),
                         .near_room = NEARS_FIRST};
    return rules;
}

static LintRule *add_rule(LintRules *rules, const LintRule *like) {
    if (rules->count == rules->room) {
        LintRule *more = ARENA_ARRAY(rules->arena, 2 * rules->room, LintRule);
        memcpy(more, rules->rules, rules->count * sizeof(LintRule));
        rules->rules = more;
        rules->room *= 2;
    }
    rules->rules[rules->count] = *like;
    return &rules->rules[rules->count++];
}

static void add_near(LintRules *rules, const LintNear *near) {
    if (rules->near_count == rules->near_room) {
        LintNear *more = ARENA_ARRAY(rules->arena, 2 * rules->near_room, LintNear);
        memcpy(more, rules->nears, rules->near_count * sizeof(LintNear));
        rules->nears = more;
        rules->near_room *= 2;
    }
    rules->nears[rules->near_count++] = *near;
}

/* ---- What a lexicon or one of its groups says ---- */

static void read_word_of(const Place *above, const char *name, const char *const *words, Str *out) {
    Place place = place_member(above, name);
    Str text = place_text(above, name);
    if (str_empty(text)) return;
    for (size_t i = 0; words[i]; i++) {
        if (!str_is(text, words[i])) continue;
        *out = str_of(words[i]);
        return;
    }
    place_error(&place, "definition_not_one_of", text, place_words(place.problem->arena, words));
}

static bool severity_from(Str text, LintSeverity *out) {
    for (int i = 0; i < LINT_SEVERITY_COUNT; i++) {
        if (!str_is(text, SEVERITIES[i])) continue;
        *out = (LintSeverity)i;
        return true;
    }
    return false;
}

static void read_severity(const Place *above, const char *name, LintSeverity *out) {
    static const char *const WORDS[] = {"info", "warn", "route", "block", NULL};
    Str text = {0};
    read_word_of(above, name, WORDS, &text);
    (void)severity_from(text, out);
}

static void read_label(const Place *above, const char *name, Arena *arena, Label *out) {
    Place place = place_member(above, name);
    if (place_absent(&place)) return;
    (void)place_label(above, name); /* complains; what is kept outlives the file */
    *out = json_label(arena, place.node);
}

static bool is_market(Str text) {
    return text.size == 2 && text.data[0] >= 'A' && text.data[0] <= 'Z' && text.data[1] >= 'A' &&
           text.data[1] <= 'Z';
}

static void read_markets(const Place *above, Arena *arena, LintRule *out) {
    Place place = place_member(above, "markets");
    if (place_absent(&place)) return;
    if (!json_is_object(place.node)) {
        place_error(&place, "definition_not_object");
        return;
    }
    LintMarket *markets = ARENA_ARRAY(arena, json_object_size(place.node), LintMarket);
    const char *market;
    json_t *severity;
    out->market_count = 0;
    json_object_foreach((json_t *)place.node, market, severity) {
        Place at = place_member(&place, market);
        LintMarket *entry = &markets[out->market_count];
        if (!is_market(str_of(market))) place_error(&at, "definition_market", str_of(market));
        read_severity(&place, market, &entry->severity);
        entry->market = str_copy(arena, str_of(market));
        out->market_count++;
    }
    out->markets = markets;
}

static void read_asked(const Place *above, Arena *arena, LintRule *out) {
    static const char *const MEMBERS[] = {"severity", "instead", NULL};
    Place place = place_member(above, "asked");
    if (place_absent(&place) || !place_is_object(&place, MEMBERS)) return;
    out->has_asked = true;
    out->asked = LINT_INFO;
    read_severity(&place, "severity", &out->asked);
    read_label(&place, "instead", arena, &out->asked_instead);
}

/* The members that a lexicon and its groups share. */
static void read_meaning(const Place *place, Arena *arena, LintRule *out) {
    static const char *const NEGATED[] = {"info", "same", NULL};
    Str negated = {0}, source = place_text(place, "source");
    Str report = place_text(place, "report");
    read_severity(place, "severity", &out->severity);
    read_markets(place, arena, out);
    read_asked(place, arena, out);
    read_label(place, "why", arena, &out->why);
    read_label(place, "instead", arena, &out->instead);
    read_word_of(place, "negated", NEGATED, &negated);
    if (!str_empty(negated)) out->negation_lowers = str_is(negated, "info");
    if (!str_empty(source)) out->source = str_copy(arena, source);
    if (!str_empty(report)) out->report = str_copy(arena, report);
}

/* The version that people gave it, and a mark of what it held: an edit cannot go unnoticed. */
static Str version_of(Arena *arena, Str given, Str text) {
    uint64_t mark = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
    for (size_t i = 0; i < text.size; i++) {
        mark = (mark ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001B3);
    }
    return str_format(arena, "%.*s-%0*x", STR_ARGS(given), VERSION_DIGITS,
                      (unsigned)(mark ^ mark >> 32));
}

static void read_category(const Place *check, Arena *arena, const LintSource *source,
                          LintRule *out) {
    static const char *const ROUTES[] = {"compliance", "safety", "quality", NULL};
    out->category = str_copy(arena, place_text_needed(check, "category"));
    out->category_label = out->label = source->label;
    out->lexicon = str_copy(arena, source->name);
    out->version = version_of(arena, place_text_needed(check, "version"), source->text);
    out->route = str_of(ROUTES[0]);
    read_word_of(check, "route", ROUTES, &out->route);
    (void)place_label_needed(check, "why");
    (void)place_label_needed(check, "instead");
    out->severity = LINT_ROUTE;
    read_meaning(check, arena, out);
}

/* ---- Words ---- */

/* The words of one rule on their way into the set of all patterns. */
typedef struct Words {
    LintRules *rules;
    Arena *scratch;
    uint32_t value;
} Words;

static void read_pattern(const Words *words, const Place *place) {
    static const char *const CODES[] = {[PATTERN_MALFORMED] = "definition_pattern",
                                        [PATTERN_WORDLESS] = "definition_pattern_wordless",
                                        [PATTERN_TOO_LARGE] = "definition_pattern_large"};
    Str pattern = json_text(place->node);
    PatternAdded added =
        pattern_set_add(words->rules->patterns, words->scratch, pattern, words->value);
    if (added != PATTERN_ADDED) place_error(place, CODES[added], pattern);
}

static void read_languages(const Words *words, const Place *place) {
    static const char *const LANGUAGES[] = {"en", "ja", "zh", "all", NULL};
    if (place_absent(place) || !place_is_object(place, LANGUAGES)) return;
    for (int i = 0; LANGUAGES[i]; i++) {
        Place list = place_member(place, LANGUAGES[i]);
        size_t count = place_count(&list);
        for (size_t j = 0; j < count; j++) {
            Place word = place_item(&list, j);
            read_pattern(words, &word);
        }
    }
}

/* ---- Groups of words, and where rules name them ---- */

static void read_words(LintRules *rules, Arena *scratch, const Place *check, uint32_t group) {
    Place all = place_member(check, "words");
    if (place_absent(&all)) return;
    if (!json_is_object(all.node)) {
        place_error(&all, "definition_not_object");
        return;
    }
    const char *name;
    json_t *languages;
    json_object_foreach((json_t *)all.node, name, languages) {
        Place place = place_member(&all, name);
        if (rules->word_count == LINT_WORDS_MOST) {
            place_error(&place, "definition_words_many");
            return;
        }
        Words words = {rules, scratch, lint_value(rules->word_count, LINT_KIND_WORDS)};
        rules->words[rules->word_count++] =
            (LintWords){.name = str_copy(rules->arena, str_of(name)), .group = group};
        read_languages(&words, &place);
    }
}

static bool find_words(const LintRules *rules, uint32_t group, Str name, uint8_t *out) {
    for (size_t i = 0; i < rules->word_count; i++) {
        if (rules->words[i].group != group || !str_equal(rules->words[i].name, name)) continue;
        *out = (uint8_t)i;
        return true;
    }
    return false;
}

/* A list of groups of words, `least` to `most` of them. */
static uint8_t read_names(const LintRules *rules, uint32_t group, const Place *list, uint8_t least,
                          uint8_t most, uint8_t *out) {
    size_t given = place_count(list), count = 0;
    if (given < least || given > most) place_error(list, "definition_near");
    for (size_t i = 0; i < given && count < most; i++) {
        Place item = place_item(list, i);
        Str name = json_text(item.node);
        if (find_words(rules, group, name, &out[count])) {
            count++;
        } else {
            place_error(&item, "definition_unknown_choice", name, STR("words"));
        }
    }
    return (uint8_t)count;
}

static void read_unless(const LintRules *rules, const Place *above, LintRule *out) {
    Place list = place_member(above, "unless");
    if (place_absent(&list)) return;
    out->unless_count = read_names(rules, out->group, &list, 0, LINT_UNLESS_MOST, out->unless);
}

static void read_near(LintRules *rules, const Place *place, uint32_t group) {
    static const char *const MEMBERS[] = {"words", "within", NULL};
    if (!place_is_object(place, MEMBERS)) return;
    Place words = place_member(place, "words");
    PlaceBounds within = {
        .minimum = 1, .maximum = LINT_WITHIN_MOST, .otherwise = LINT_WITHIN_USUAL};
    LintNear near = {.rule = (uint32_t)rules->count,
                     .within = (uint16_t)place_integer(place, "within", within)};
    near.count = read_names(rules, group, &words, LINT_NEAR_LEAST, LINT_NEAR_MOST, near.words);
    if (near.count >= LINT_NEAR_LEAST) add_near(rules, &near);
}

static void read_nears(LintRules *rules, const Place *rule, uint32_t group) {
    Place list = place_member(rule, "near");
    size_t count = place_count(&list);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&list, i);
        read_near(rules, &item, group);
    }
}

/* ---- Groups of terms ---- */

static void read_group(LintRules *rules, Arena *scratch, const Place *check, const Place *group,
                       const LintRule *like) {
    static const char *const MEMBERS[] = {"labels", "severity", "markets", "negated",
                                          "asked",  "why",      "instead", "source",
                                          "report", "near",     "unless",  NULL};
    LintRule rule = *like;
    Place all = place_member(check, "rules"),
          own = place_member(&all, group->member.data ? group->member.data : "");
    rule.code =
        str_format(rules->arena, "%.*s.%.*s", STR_ARGS(like->category), STR_ARGS(group->member));
    if (!place_absent(&own) && place_is_object(&own, MEMBERS)) {
        read_label(&own, "labels", rules->arena, &rule.label);
        read_meaning(&own, rules->arena, &rule);
        read_unless(rules, &own, &rule);
        read_nears(rules, &own, like->group);
    }
    Words words = {rules, scratch, lint_value(rules->count, LINT_KIND_RULE)};
    add_rule(rules, &rule);
    read_languages(&words, group);
}

/* A rule for words that are not there would never be found. */
static void check_groups(const Place *check, const Place *terms) {
    Place all = place_member(check, "rules");
    const char *code;
    json_t *rule;
    json_object_foreach((json_t *)all.node, code, rule) {
        Place at = place_member(&all, code);
        if (!json_object_get(terms->node, code)) {
            place_error(&at, "definition_rule_wordless", str_of(code));
        }
    }
}

void lint_rules_read(LintRules *rules, Arena *scratch, const Place *file,
                     const LintSource *source) {
    static const char *const MEMBERS[] = {
        "category", "version", "route",  "severity", "markets",  "negated", "asked",  "why",
        "instead",  "source",  "report", "rules",    "harmless", "words",   "unless", NULL};
    Place check = place_member(file, "check"), terms = place_member(file, "terms");
    if (!place_is_object(&check, MEMBERS)) return;
    LintRule like = {.group = (uint32_t)rules->count};
    read_category(&check, rules->arena, source, &like);
    read_words(rules, scratch, &check, like.group);
    read_unless(rules, &check, &like);
    const char *code;
    json_t *languages;
    json_object_foreach((json_t *)terms.node, code, languages) {
        Place group = place_member(&terms, code);
        read_group(rules, scratch, &check, &group, &like);
    }
    check_groups(&check, &terms);
    Place harmless = place_member(&check, "harmless");
    Words words = {rules, scratch, lint_value(like.group, LINT_KIND_HARMLESS)};
    if (rules->count > like.group) read_languages(&words, &harmless);
}

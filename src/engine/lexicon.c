/*
 * Words are looked up folded, so two spellings that fold alike are one word: that they stand for
 * two codes is noticed here and not left to the order of files.
 */
#include "lexicon.h"

#include "definition_files.h"

static const char *const LEXICON_MEMBERS[] = {"lexicon", "labels", "field", "terms",
                                              "check",   "repeat", NULL};

/* Where words of no language stand: signs. */
static const char ALL_LANGUAGES[] = "all";

/* ---- Words ---- */

/* Lexicons being read, and the words met so far, so that none stands twice. */
typedef struct Reading {
    Arena *scratch; /* for folding */
    const Model *model;
    Trie *words;
    LintRules *checks;
} Reading;

static void read_word(const Reading *reading, const Place *place, uint32_t code) {
    Str word = json_text(place->node);
    TrieAdded added = trie_add(reading->words, reading->scratch, word, code);
    if (added == TRIE_TAKEN) place_error(place, "definition_repeated", word);
    if (added == TRIE_NO_WORD) place_error(place, "definition_word", word);
}

static void read_words(const Reading *reading, const Place *place, uint32_t code) {
    size_t count = place_count(place);
    for (size_t i = 0; i < count; i++) {
        Place word = place_item(place, i);
        read_word(reading, &word, code);
    }
}

static void read_code(const Reading *reading, const Place *place, uint32_t code) {
    static const char *const LANGUAGES[] = {"en", "ja", "zh", ALL_LANGUAGES, NULL};
    if (!place_is_object(place, LANGUAGES)) return;
    for (int i = 0; LANGUAGES[i]; i++) {
        Place words = place_member(place, LANGUAGES[i]);
        read_words(reading, &words, code);
    }
}

/* ---- How often ---- */

enum { REPEAT_TIMES_MOST = 100, REPEAT_DAYS_MOST = 3650, REPEAT_DAYS_USUAL = 365 };

static const char *const REPEAT_MEMBERS[] = {"times", "days", NULL};
static const char REPEAT_DEFAULT[] = "default";

static LexiconRepeat read_repeat_of(const Place *place, LexiconRepeat usual) {
    if (place_absent(place) || !place_is_object(place, REPEAT_MEMBERS)) return usual;
    PlaceBounds times = {.minimum = 1, .maximum = REPEAT_TIMES_MOST};
    PlaceBounds days = {.minimum = 1, .maximum = REPEAT_DAYS_MOST};
    return (LexiconRepeat){.times = place_integer(place, "times", times),
                           .days = place_integer(place, "days", days)};
}

/* A code that has no words would be a slip of the pen. */
static void check_repeat(const Place *repeat, const Lexicon *lexicon) {
    const char *name;
    json_t *node;
    json_object_foreach((json_t *)repeat->node, name, node) {
        bool known = str_is(str_of(name), REPEAT_DEFAULT);
        for (size_t i = 0; i < lexicon->code_count && !known; i++) {
            known = str_is(lexicon->codes[i], name);
        }
        if (!known) place_error(repeat, "definition_unknown_choice", str_of(name), STR("terms"));
    }
}

static void read_repeat(Arena *arena, const Place *file, Lexicon *out) {
    Place repeat = place_member(file, "repeat");
    LexiconRepeat usual = {.times = 1, .days = REPEAT_DAYS_USUAL};
    LexiconRepeat *items = ARENA_ARRAY(arena, out->code_count, LexiconRepeat);
    Place general = place_member(&repeat, REPEAT_DEFAULT);
    usual = read_repeat_of(&general, usual);
    for (size_t i = 0; i < out->code_count; i++) {
        Place own = place_member(&repeat, str_copy(arena, out->codes[i]).data);
        items[i] = read_repeat_of(&own, usual);
    }
    if (!place_absent(&repeat)) check_repeat(&repeat, out);
    out->repeat = items;
}

/* ---- Lexicons ---- */

/* "topic.subjects" as a field of the model; NULL when there is none with choices. */
static const Field *field_of(const Model *model, Str name) {
    Str rest = name;
    const Object *object = model_object(model, str_cut(&rest, '.'));
    const Field *field = object ? object_field(object, rest) : NULL;
    return field && field->choice_count ? field : NULL;
}

/* The records get these codes, so they must be able to hold them. */
static void check_field(const Model *model, const Place *file, const Lexicon *lexicon) {
    Place place = place_member(file, "field"), terms = place_member(file, "terms");
    if (place_absent(&place) || !model) return;
    Str name = place_text(file, "field");
    const Field *field = field_of(model, name);
    if (!field) {
        place_error(&place, "definition_unknown_field", name);
        return;
    }
    for (size_t i = 0; i < lexicon->code_count; i++) {
        if (field_choice(field, lexicon->codes[i])) continue;
        place_error(&terms, "definition_unknown_choice", lexicon->codes[i], name);
    }
}

static void read_terms(Arena *arena, const Place *terms, Reading *reading, Lexicon *out) {
    Str *codes = ARENA_ARRAY(arena, json_object_size(terms->node), Str);
    const char *code;
    json_t *languages;
    json_object_foreach((json_t *)terms->node, code, languages) {
        Place place = place_member(terms, code);
        codes[out->code_count] = str_copy(arena, str_of(code));
        if (reading->words) read_code(reading, &place, (uint32_t)out->code_count);
        out->code_count++;
    }
    out->codes = codes;
}

/* Where the records keep what was found, the category is one of the choices. */
static void check_category(const Model *model, const Place *check) {
    Place category = place_member(check, "category");
    const Field *field = model ? field_of(model, STR("finding.category")) : NULL;
    Str code = json_text(category.node);
    if (!field || str_empty(code) || field_choice(field, code)) return;
    place_error(&category, "definition_unknown_choice", code, STR("finding.category"));
}

static void read_check(const Place *file, Reading *reading, const Lexicon *lexicon, Str text) {
    LintSource source = {.name = lexicon->name, .label = lexicon->label, .text = text};
    Place check = place_member(file, "check");
    lint_rules_read(reading->checks, reading->scratch, file, &source);
    check_category(reading->model, &check);
}

static void read_lexicon(Arena *arena, const Place *file, Reading *reading, Lexicon *out,
                         Str text) {
    if (!place_is_object(file, LEXICON_MEMBERS)) return;
    out->name = str_copy(arena, place_text_needed(file, "lexicon"));
    (void)place_label_needed(file, "labels"); /* complains; what is kept outlives the file */
    out->label = json_label(arena, json_object_get(file->node, "labels"));
    Place terms = place_member(file, "terms"), check = place_member(file, "check");
    Trie *words = trie_new(arena);
    out->words = words;
    reading->words = place_absent(&check) ? words : NULL;
    if (!json_is_object(terms.node)) {
        place_error(&terms, "definition_not_object", STR(""));
        return;
    }
    read_terms(arena, &terms, reading, out);
    read_repeat(arena, file, out);
    check_field(reading->model, file, out);
    if (!place_absent(&check)) read_check(file, reading, out, text);
}

const Lexicon *lexicons_find(const Lexicons *lexicons, Str name) {
    for (size_t i = 0; i < lexicons->count; i++) {
        if (str_equal(lexicons->items[i].name, name)) return &lexicons->items[i];
    }
    return NULL;
}

Status lexicons_load(Arena *arena, const Model *model, const ModelSource *sources, size_t count,
                     Problem *problem, Lexicons *out) {
    Lexicon *items = ARENA_ARRAY(arena, count, Lexicon);
    LintRules *checks = lint_rules_new(arena);
    Lexicons lexicons = {.items = items, .checks = checks};
    DefinitionFiles files CLEANUP(definition_files_close) =
        definition_files(arena, sources, count, problem);
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    while (definition_files_next(&files)) {
        Reading reading = {.scratch = scratch, .model = model, .checks = checks};
        Lexicon *lexicon = &items[lexicons.count];
        read_lexicon(arena, &files.place, &reading, lexicon, files.text);
        if (lexicons_find(&lexicons, lexicon->name)) {
            place_error(&files.place, "definition_repeated", lexicon->name);
        }
        lexicons.count++;
    }
    if (definition_files_status(&files) != STATUS_OK) return STATUS_INVALID;
    *out = lexicons;
    return STATUS_OK;
}

/*
 * One field of an object definition.
 *
 * A field that is wrong keeps its place in the list and what could be read of it, so that the
 * checks that follow speak about the right places and one slip is reported once.
 */
#include <math.h>

#include "check.h"
#include "definition.h"
#include "field.h"
#include "field_type.h"

static const char *const FIELD_MEMBERS[] = {
    "name",          "type",       "labels",           "help",
    "required",      "unique",     "indexed",          "searchable",
    "system",        "immutable",  "choices",          "reference",
    "check",         "max_length", "minimum",          "maximum",
    "scale",         "default",    "sort_by",          "rollup",
    "history",       "purpose",    "retention_months", "lint",
    "indexed_empty", NULL};

/* Members that only some types may have. */
static const struct {
    const char *name;
    FieldAllowance allowance;
} MEMBER_ALLOWANCES[] = {
    {"unique", FIELD_ALLOWS_UNIQUE},       {"indexed", FIELD_ALLOWS_INDEX},
    {"indexed_empty", FIELD_ALLOWS_INDEX}, {"searchable", FIELD_ALLOWS_SEARCH},
    {"choices", FIELD_ALLOWS_CHOICES},     {"reference", FIELD_ALLOWS_REFERENCE},
    {"check", FIELD_ALLOWS_CHECK},         {"max_length", FIELD_ALLOWS_LENGTH},
    {"minimum", FIELD_ALLOWS_BOUNDS},      {"maximum", FIELD_ALLOWS_BOUNDS},
    {"scale", FIELD_ALLOWS_SCALE},         {"default", FIELD_ALLOWS_DEFAULT},
    {"sort_by", FIELD_ALLOWS_SORT},
};

/* Columns and members that every record has, and columns that PostgreSQL keeps for itself. */
static const char *const RESERVED[] = {
    "id",    "version",  "created_at", "created_by", "updated_at", "updated_by",
    "title", "expanded", "seq",        "deleted_at", "tableoid",   "ctid",
    "xmin",  "xmax",     "cmin",       "cmax",       "rowid",      "oid"};

/* Names become columns, members of JSON and parts of addresses, which all have to agree on them. */
static bool name_well_formed(Str name) {
    if (str_empty(name) || name.size > DEFINITION_NAME_LIMIT) return false;
    if (name.data[0] < 'a' || name.data[0] > 'z') return false;
    for (size_t i = 1; i < name.size; i++) {
        char c = name.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return false;
    }
    return true;
}

/* Sort keys stand beside the field that they are made of, under names derived from its own. */
static bool name_reserved(Str name) {
    for (size_t i = 0; i < sizeof RESERVED / sizeof *RESERVED; i++) {
        if (str_is(name, RESERVED[i])) return true;
    }
    return str_ends(name, STR("_sort_en")) || str_ends(name, STR("_sort_ja")) ||
           str_ends(name, STR("_sort_zh"));
}

Str definition_read_name(const Place *above, const char *name) {
    Str text = place_text_needed(above, name);
    if (str_empty(text)) return text;
    Place place = place_member(above, name);
    if (!name_well_formed(text)) {
        place_error(&place, "definition_name_form", text);
    } else if (name_reserved(text)) {
        place_error(&place, "definition_name_reserved", text);
    }
    return text;
}

static bool read_type(const Place *place, Field *out) {
    Str name = place_text_needed(place, "type");
    if (field_type_from_name(name, &out->type)) return true;
    Place type = place_member(place, "type");
    if (!str_empty(name)) {
        place_error(&type, "definition_unknown_type", name,
                    place_words(place->problem->arena, field_type_names()));
    }
    return false;
}

/* A flag that is false says nothing, so it fits every type. */
static void check_allowances(const Place *place, FieldType type) {
    for (size_t i = 0; i < sizeof MEMBER_ALLOWANCES / sizeof *MEMBER_ALLOWANCES; i++) {
        Place member = place_member(place, MEMBER_ALLOWANCES[i].name);
        if (place_absent(&member) || json_is_false(member.node)) continue;
        if (field_type_allows(type, MEMBER_ALLOWANCES[i].allowance)) continue;
        place_error(&member, "definition_not_for_type", member.member, field_type_name(type));
    }
}

/* Codes stand in addresses, exports and conditions, and are longer-lived than any label. */
static bool code_well_formed(Str code) {
    if (str_empty(code) || code.size > DEFINITION_NAME_LIMIT) return false;
    for (size_t i = 0; i < code.size; i++) {
        char c = code.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (i == 0 || (c != '_' && c != '-'))) return false;
    }
    return true;
}

/*
 * A choice that is no longer used is marked as retired and never taken away: old records have it.
 */
static void read_choice(const Place *place, size_t index, Choice *out) {
    static const char *const MEMBERS[] = {"code",   "labels",  "help", "rank",
                                          "colour", "retired", NULL};
    if (!place_is_object(place, MEMBERS)) return;
    out->help = place_label(place, "help");
    out->code = place_text_needed(place, "code");
    Place code = place_member(place, "code");
    if (!str_empty(out->code) && !code_well_formed(out->code)) {
        place_error(&code, "definition_choice_code", out->code);
    }
    out->label = place_label_needed(place, "labels");
    out->rank =
        place_integer(place, "rank", (PlaceBounds){-1000000, 1000000, .otherwise = (int64_t)index});
    out->colour = place_text(place, "colour");
    out->retired = place_flag(place, "retired");
}

static void read_choices(const Place *field, Field *out) {
    Place place = place_member(field, "choices");
    size_t count = place_count(&place);
    if (!count) {
        place_error(&place, "definition_member_missing", STR("choices"));
        return;
    }
    Choice *choices = ARENA_ARRAY(place.arena, count, Choice);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&place, i);
        read_choice(&item, i, &choices[i]);
        for (size_t before = 0; before < i; before++) {
            if (str_empty(choices[i].code) || !str_equal(choices[before].code, choices[i].code)) {
                continue;
            }
            place_error(&item, "definition_repeated", choices[i].code);
        }
    }
    out->choices = choices;
    out->choice_count = count;
}

static void read_check(const Place *field, Field *out) {
    out->check = place_text(field, "check");
    if (str_empty(out->check) || check_named(out->check)) return;
    Place place = place_member(field, "check");
    place_error(&place, "definition_unknown_check", out->check,
                place_words(field->problem->arena, check_names()));
}

/* Without bounds of its own a number is bounded by what JSON and the databases carry exactly, which
 * the rules of fields see to. */
static void read_bounds(const Place *field, Field *out) {
    const FieldTraits *traits = field_traits(out->type);
    PlaceBounds length = {1, traits->longest ? traits->longest : 1, .otherwise = traits->length};
    out->max_length = traits->length ? place_integer(field, "max_length", length) : 0;
    out->minimum = place_number(field, "minimum", -INFINITY);
    out->maximum = place_number(field, "maximum", INFINITY);
    out->scale = (int)place_integer(
        field, "scale", (PlaceBounds){0, 9, .otherwise = out->type == FIELD_DECIMAL ? 2 : 0});
    if (out->minimum <= out->maximum) return;
    Place place = place_member(field, "minimum");
    place_error(&place, "definition_bounds_crossed");
}

static void read_sort_by(const Place *field, Field *out) {
    static const char *const LANGUAGES[] = {"en", "ja", "zh", NULL};
    Place place = place_member(field, "sort_by");
    if (place_absent(&place) || !place_is_object(&place, LANGUAGES)) return;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        out->sort_by[lang] = place_text(&place, LANGUAGES[lang]);
    }
    if (!out->indexed) place_error(&place, "definition_needs", STR("sort_by"), STR("indexed"));
}

/* One field with its codes, and not a whole condition: a roll-up is kept with plain SQL in the same
 * transaction as the change, where there is no room for anything slow. */
static void read_rollup_where(const Place *rollup, Rollup *out) {
    Place where = place_member(rollup, "where");
    if (place_absent(&where)) return;
    if (!json_is_object(where.node) || json_object_size(where.node) != 1) {
        place_error(&where, "definition_rollup_where");
        return;
    }
    const char *name = json_object_iter_key(json_object_iter((json_t *)where.node));
    out->where_field = str_of(name);
    out->where_codes = place_texts(&where, name, &out->where_count);
    if (!out->where_count) place_error(&where, "definition_rollup_where");
}

static void read_measure(const Place *rollup, Rollup *out) {
    static const char *const MEASURES[] = {"count", "max", "min", "mean", "sum", NULL};
    Str measure = place_text_needed(rollup, "measure");
    if (str_empty(measure)) return;
    Place place = place_member(rollup, "measure");
    for (int i = 0; MEASURES[i]; i++) {
        if (!str_is(measure, MEASURES[i])) continue;
        out->measure = (RollupMeasure)i;
        return;
    }
    place_error(&place, "definition_unknown_word", measure,
                place_words(rollup->problem->arena, MEASURES));
}

/* {"field": "influence", "by": {"high": 3, "low": 1}, "otherwise": 1} */
static void read_weight(const Place *rollup, Rollup *out) {
    static const char *const MEMBERS[] = {"field", "by", "otherwise", NULL};
    const PlaceBounds bounds = {0, 1000, .otherwise = 1};
    Place place = place_member(rollup, "weight");
    out->weight_otherwise = 1;
    if (place_absent(&place) || !place_is_object(&place, MEMBERS)) return;
    out->weight_field = place_text_needed(&place, "field");
    out->weight_otherwise = place_integer(&place, "otherwise", bounds);
    Place by = place_member(&place, "by");
    RollupWeight *weights = ARENA_ARRAY(place.arena, json_object_size(by.node), RollupWeight);
    const char *code;
    json_t *value;
    json_object_foreach((json_t *)by.node, code, value) {
        weights[out->weight_count++] =
            (RollupWeight){.code = str_of(code), .weight = place_integer(&by, code, bounds)};
    }
    out->weights = weights;
}

/* What only a mean has. */
static void read_mean(const Place *rollup, Rollup *out) {
    static const char *const MEMBERS[] = {"weight", "leave_out", "minimum"};
    bool mean = out->measure == ROLLUP_MEAN;
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS && !mean; i++) {
        Place place = place_member(rollup, MEMBERS[i]);
        if (!place_absent(&place)) {
            place_error(&place, "definition_needs", str_of(MEMBERS[i]), STR("measure: mean"));
        }
    }
    if (!mean) return;
    read_weight(rollup, out);
    out->left_out = place_texts(rollup, "leave_out", &out->left_out_count);
    out->minimum = place_integer(rollup, "minimum", (PlaceBounds){1, 1000, .otherwise = 1});
}

/* The rest is taken over from the field that it names, when all fields are read. */
static void read_same(const Place *rollup, Rollup *out) {
    static const char *const MEMBERS[] = {"same", "unless", NULL};
    if (!place_is_object(rollup, MEMBERS)) return;
    out->same = place_text_needed(rollup, "same");
    out->unless = place_text_needed(rollup, "unless");
}

static void read_measured(const Place *place, Rollup *rollup) {
    static const char *const MEMBERS[] = {"measure", "object",    "field",   "of", "where",
                                          "weight",  "leave_out", "minimum", NULL};
    if (!place_is_object(place, MEMBERS)) return;
    read_measure(place, rollup);
    rollup->object = place_text_needed(place, "object");
    rollup->field = place_text_needed(place, "field");
    rollup->of =
        rollup->measure == ROLLUP_COUNT ? place_text(place, "of") : place_text_needed(place, "of");
    read_rollup_where(place, rollup);
    read_mean(place, rollup);
}

/* Derived, so a request can never set it: the flag follows from the member. */
static void read_rollup(const Place *field, Field *out) {
    Place place = place_member(field, "rollup");
    if (place_absent(&place)) return;
    Rollup *rollup = ARENA_NEW(place.arena, Rollup);
    if (json_object_get(place.node, "same")) {
        read_same(&place, rollup);
    } else {
        read_measured(&place, rollup);
    }
    out->rollup = rollup;
    out->system = true;
}

/* Either the value that began or the one that ended: both would be two truths. */
static void read_history(const Place *field, Field *out) {
    static const char *const MEMBERS[] = {"object", "field", "value", "before", "at", NULL};
    Place place = place_member(field, "history");
    if (place_absent(&place) || !place_is_object(&place, MEMBERS)) return;
    FieldHistory *history = ARENA_NEW(place.arena, FieldHistory);
    history->object = place_text_needed(&place, "object");
    history->field = place_text_needed(&place, "field");
    history->at = place_text_needed(&place, "at");
    history->before = place_text(&place, "before");
    history->value = str_empty(history->before) ? place_text_needed(&place, "value")
                                                : place_text(&place, "value");
    Place value = place_member(&place, "value");
    if (!str_empty(history->before) && !str_empty(history->value)) {
        place_error(&value, "definition_not_both", STR("value"), STR("before"));
    }
    out->history = history;
}

/* The words stand for what is known only when a record is made: the acting person and the time. */
static bool default_is_word(const Field *field, Str text) {
    return (field->type == FIELD_REFERENCE && str_is(text, "me")) ||
           (field->type == FIELD_INSTANT && str_is(text, "now"));
}

/* The default goes through the same rules as a value in a request, so that a record made from
 * defaults alone is always one that could have been typed. */
static void read_default(const Place *field, Field *out) {
    Place place = place_member(field, "default");
    if (place_absent(&place) || json_is_null(place.node)) return;
    if (default_is_word(out, json_text(place.node))) {
        out->initial_word = json_text(place.node);
        return;
    }
    Problem wrong = problem_new(place.problem->arena);
    if (field_from_json(place.arena, out, place.node, STR(""), &wrong, &out->initial) ==
        STATUS_OK) {
        return;
    }
    place_error(&place, "definition_default", json_compact(place.problem->arena, place.node),
                field_type_name(out->type));
}

/* Only what people write in their own words can say what it must not. */
static void read_lint(const Place *field, Field *out) {
    static const char *const SPEAKERS[] = {"anyone", "customer", "self", NULL};
    Place place = place_member(field, "lint");
    Str word = place_text(field, "lint");
    if (place_absent(&place)) return;
    if (out->type != FIELD_TEXT && out->type != FIELD_LONG_TEXT) {
        place_error(&place, "definition_not_for_type", place.member, field_type_name(out->type));
    }
    for (int i = 0; SPEAKERS[i]; i++) {
        if (str_is(word, SPEAKERS[i])) out->lint = str_of(SPEAKERS[i]);
    }
    if (!str_empty(out->lint)) return;
    place_error(&place, "definition_not_one_of", word,
                place_words(field->problem->arena, SPEAKERS));
}

static void read_flags(const Place *place, Field *out) {
    out->required = place_flag(place, "required");
    out->unique = place_flag(place, "unique");
    out->indexed = place_flag(place, "indexed");
    out->indexed_empty = place_flag(place, "indexed_empty");
    out->searchable = place_flag(place, "searchable");
    out->system = place_flag(place, "system");
    out->immutable = place_flag(place, "immutable");
}

/* In each language; or one text for all of them, as definitions of earlier versions have it. */
static Label read_purpose(const Place *place) {
    Place purpose = place_member(place, "purpose");
    Str one = json_text(purpose.node);
    if (str_empty(one)) return place_label(place, "purpose");
    return (Label){.in = {one, one, one}};
}

/* Without a type nothing further is read: every member would be reported as not fitting it. */
void definition_read_field(const Place *place, Field *out) {
    if (!place_is_object(place, FIELD_MEMBERS)) return;
    out->name = definition_read_name(place, "name");
    out->label = place_label_needed(place, "labels");
    out->help = place_label(place, "help");
    out->purpose = read_purpose(place);
    out->retention_months = place_integer(place, "retention_months", (PlaceBounds){0, 1200, 0});
    read_flags(place, out);
    if (!read_type(place, out)) return;
    check_allowances(place, out->type);
    read_bounds(place, out);
    read_check(place, out);
    read_sort_by(place, out);
    if (field_type_allows(out->type, FIELD_ALLOWS_CHOICES)) read_choices(place, out);
    if (out->type == FIELD_REFERENCE) out->reference = place_text_needed(place, "reference");
    read_rollup(place, out);
    read_history(place, out);
    read_lint(place, out);
    read_default(place, out);
}

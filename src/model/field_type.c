/*
 * The table of field types. Adding a type means one entry here, one reader in field_json.c and
 * field_text.c each, and, when it is not written like the others, a case in field.c.
 *
 * Default lengths are generous for people and small enough for a page: they bound what one careless
 * paste can do, and a definition may raise them up to `longest`.
 */
#include "field_type.h"

#include "field.h"

enum {
    PLAIN = FIELD_ALLOWS_UNIQUE | FIELD_ALLOWS_INDEX | FIELD_ALLOWS_DEFAULT,
    WORDS = FIELD_ALLOWS_LENGTH | FIELD_ALLOWS_SEARCH | FIELD_ALLOWS_DEFAULT,
    NUMBER = PLAIN | FIELD_ALLOWS_BOUNDS | FIELD_ALLOWS_EXTREMES,
};

static const FieldTraits TRAITS[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = {.name = STR_INIT("text"),
                    .kind = VALUE_TEXT,
                    .column = STR_INIT("{text}"),
                    .length = 200,
                    .longest = 2000,
                    .allowances = WORDS | PLAIN | FIELD_ALLOWS_CHECK | FIELD_ALLOWS_SORT},
    [FIELD_LONG_TEXT] = {.name = STR_INIT("long_text"),
                         .kind = VALUE_TEXT,
                         .column = STR_INIT("{text}"),
                         .length = 20000,
                         .longest = 1000000,
                         .allowances = WORDS},
    [FIELD_INTEGER] = {.name = STR_INIT("integer"),
                       .kind = VALUE_INTEGER,
                       .column = STR_INIT("{integer}"),
                       .allowances = NUMBER},
    [FIELD_DECIMAL] = {.name = STR_INIT("decimal"),
                       .kind = VALUE_DECIMAL,
                       .column = STR_INIT("{decimal}"),
                       .allowances = NUMBER | FIELD_ALLOWS_SCALE},
    [FIELD_BOOLEAN] = {.name = STR_INIT("boolean"),
                       .kind = VALUE_BOOLEAN,
                       .column = STR_INIT("{boolean}"),
                       .allowances = FIELD_ALLOWS_INDEX | FIELD_ALLOWS_DEFAULT},
    [FIELD_DATE] = {.name = STR_INIT("date"),
                    .kind = VALUE_TEXT,
                    .column = STR_INIT("{text}"),
                    .allowances = PLAIN | FIELD_ALLOWS_EXTREMES},
    [FIELD_INSTANT] = {.name = STR_INIT("instant"),
                       .kind = VALUE_INTEGER,
                       .column = STR_INIT("{instant}"),
                       .allowances = PLAIN | FIELD_ALLOWS_EXTREMES},
    [FIELD_CHOICE] = {.name = STR_INIT("choice"),
                      .kind = VALUE_TEXT,
                      .column = STR_INIT("{text}"),
                      .allowances = PLAIN | FIELD_ALLOWS_CHOICES},
    [FIELD_CHOICES] = {.name = STR_INIT("choices"),
                       .kind = VALUE_TEXT,
                       .column = STR_INIT("{json}"),
                       .length = 100,
                       .longest = 500,
                       .allowances =
                           FIELD_ALLOWS_CHOICES | FIELD_ALLOWS_LENGTH | FIELD_ALLOWS_DEFAULT},
    [FIELD_REFERENCE] = {.name = STR_INIT("reference"),
                         .kind = VALUE_ID,
                         .column = STR_INIT("{id}"),
                         .allowances = PLAIN | FIELD_ALLOWS_REFERENCE},
    [FIELD_EMAIL] = {.name = STR_INIT("email"),
                     .kind = VALUE_TEXT,
                     .column = STR_INIT("{text}"),
                     .length = 254,
                     .longest = 254,
                     .allowances = WORDS | PLAIN},
    [FIELD_PHONE] = {.name = STR_INIT("phone"),
                     .kind = VALUE_TEXT,
                     .column = STR_INIT("{text}"),
                     .length = 40,
                     .longest = 100,
                     .allowances = WORDS | PLAIN},
    [FIELD_URL] = {.name = STR_INIT("url"),
                   .kind = VALUE_TEXT,
                   .column = STR_INIT("{text}"),
                   .length = 2000,
                   .longest = 2000,
                   .allowances = WORDS | PLAIN},
    [FIELD_TAGS] = {.name = STR_INIT("tags"),
                    .kind = VALUE_TEXT,
                    .column = STR_INIT("{json}"),
                    .length = 50,
                    .longest = 500,
                    .allowances = FIELD_ALLOWS_LENGTH | FIELD_ALLOWS_SEARCH | FIELD_ALLOWS_DEFAULT},
    [FIELD_JSON] = {.name = STR_INIT("json"),
                    .kind = VALUE_TEXT,
                    .column = STR_INIT("{json}"),
                    .length = 65536,
                    .longest = 1048576,
                    .allowances = FIELD_ALLOWS_LENGTH | FIELD_ALLOWS_DEFAULT},
    [FIELD_FILE] = {.name = STR_INIT("file"),
                    .kind = VALUE_ID,
                    .column = STR_INIT("{id}"),
                    .allowances = FIELD_ALLOWS_INDEX},
};

const FieldTraits *field_traits(FieldType type) {
    return &TRAITS[type];
}

ValueKind field_kind(const Field *field) {
    return TRAITS[field->type].kind;
}

Str field_type_name(FieldType type) {
    return TRAITS[type].name;
}

bool field_type_from_name(Str name, FieldType *out) {
    for (int type = 0; type < FIELD_TYPE_COUNT; type++) {
        if (!str_equal(name, TRAITS[type].name)) continue;
        *out = (FieldType)type;
        return true;
    }
    return false;
}

const char *const *field_type_names(void) {
    static const char *const NAMES[] = {"text",  "long_text", "integer", "decimal", "boolean",
                                        "date",  "instant",   "choice",  "choices", "reference",
                                        "email", "phone",     "url",     "tags",    "json",
                                        "file",  NULL};
    return NAMES;
}

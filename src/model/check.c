/*
 * The table of validators. Definitions, error sentences and documentation all go by the names here,
 * so a name that has been released stays; a stricter rule gets a name of its own.
 */
#include "check.h"

#include "identifier.h"
#include "zone.h"

/* No identifier, but as much a list that others keep. */
static bool check_zone(Arena *arena, Str text, Str *normalised) {
    *normalised = str_copy(arena, text);
    return zone_known(text);
}

static const struct {
    const char *name;
    const char *code;
    CheckFunction *function;
} CHECKS[] = {
    {.name = "npi", .code = "check_npi", .function = identifier_npi},
    {.name = "dea", .code = "check_dea", .function = identifier_dea},
    {.name = "ndc", .code = "check_ndc", .function = identifier_ndc},
    {.name = "me_number", .code = "check_me_number", .function = identifier_me_number},
    {.name = "jp_facility", .code = "check_jp_facility", .function = identifier_jp_facility},
    {.name = "jp_corporate", .code = "check_jp_corporate", .function = identifier_jp_corporate},
    {.name = "jp_yj", .code = "check_jp_yj", .function = identifier_jp_yj},
    {.name = "cn_practice", .code = "check_cn_practice", .function = identifier_cn_practice},
    {.name = "cn_credit", .code = "check_cn_credit", .function = identifier_cn_credit},
    {.name = "cn_drug", .code = "check_cn_drug", .function = identifier_cn_drug},
    {.name = "fr_rpps", .code = "check_fr_rpps", .function = identifier_fr_rpps},
    {.name = "de_lanr", .code = "check_de_lanr", .function = identifier_de_lanr},
    {.name = "uk_gmc", .code = "check_uk_gmc", .function = identifier_uk_gmc},
    {.name = "gtin", .code = "check_gtin", .function = identifier_gtin},
    {.name = "gs1", .code = "check_gs1", .function = identifier_gs1},
    {.name = "zone", .code = "check_zone", .function = check_zone},
};

/*
 * A dozen entries, asked for once a value: looking through them costs less than a table of hashes.
 */
CheckFunction *check_named(Str name) {
    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
        if (str_is(name, CHECKS[i].name)) return CHECKS[i].function;
    }
    return NULL;
}

const char *check_error_code(Str name) {
    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
        if (str_is(name, CHECKS[i].name)) return CHECKS[i].code;
    }
    return NULL;
}

const char *const *check_names(void) {
    static const char *const NAMES[] = {
        "npi",    "dea",         "ndc",       "me_number", "jp_facility", "jp_corporate",
        "jp_yj",  "cn_practice", "cn_credit", "cn_drug",   "fr_rpps",     "de_lanr",
        "uk_gmc", "gtin",        "gs1",       "zone",      NULL};
    return NAMES;
}

/*
 * English is the language of those who ask for none of ours, and of texts that are missing in the
 * reader's: a sentence in a foreign language is more use than none.
 */
#include "lang.h"

static const Str LANG_CODES[LANG_COUNT] = {
    [LANG_EN] = STR_INIT("en"),
    [LANG_JA] = STR_INIT("ja"),
    [LANG_ZH] = STR_INIT("zh"),
};

Str lang_code(Lang lang) {
    return LANG_CODES[lang];
}

/* By the primary subtag alone: zh-Hant is read as Chinese rather than as English. */
bool lang_from_tag(Str tag, Lang *out) {
    Str primary = str_part(tag, 0, 2);
    if (tag.size > 2 && tag.data[2] != '-' && tag.data[2] != '_') return false;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (str_equal_ascii_case(primary, LANG_CODES[lang])) {
            *out = (Lang)lang;
            return true;
        }
    }
    return false;
}

/* The weight of one entry such as "ja;q=0.8"; 1 when it names none. */
static double entry_quality(Str parameters) {
    while (parameters.data) {
        Str parameter = str_trim(str_cut(&parameters, ';'));
        double quality;
        if (str_starts(parameter, STR("q=")) &&
            str_to_number(str_part(parameter, 2, parameter.size), &quality)) {
            return quality;
        }
    }
    return 1;
}

/* The first of equal weights counts, as it stands in the order of preference. */
Lang lang_from_accept(Str header) {
    Lang best = LANG_EN;
    double best_quality = 0;
    for (Str rest = header; rest.data;) {
        Str entry = str_cut(&rest, ',');
        Str tag = str_trim(str_cut(&entry, ';'));
        double quality = entry_quality(entry);
        Lang lang;
        if (quality > best_quality && lang_from_tag(tag, &lang)) {
            best = lang;
            best_quality = quality;
        }
    }
    return best;
}

Str label_in(const Label *label, Lang lang) {
    return str_empty(label->in[lang]) ? label->in[LANG_EN] : label->in[lang];
}

/*
 * Kana by arithmetic: hiragana and katakana stand in the same order, half-width forms in an order
 * of their own. Romaji follow Hepburn as it is typed, without marks over long vowels, for they
 * serve to find names and not to print them.
 */
#include "kana.h"

#include <unicode/utf8.h>

enum {
    KATAKANA_TO_HIRAGANA = 0x60,
    HALF_FIRST = 0xFF61, /* half-width 。 to ﾟ */
    HALF_LAST = 0xFF9F,
    HALF_VOICED = 0xFF9E,
    HALF_HALF_VOICED = 0xFF9F,
    FIRST_KANA = 0x3041, /* small a */
    LAST_KANA = 0x3096,
    SMALL_TSU = 0x3063,
    LONG_MARK = 0x30FC,
    REPEAT = 0x309D,
    REPEAT_VOICED = 0x309E,
};

/*
 * Small ke and ka are counting words in names (霞ヶ関, 霞ケ関) and not small vowels; the other
 * small kana tell words apart and stay.
 */
uint32_t kana_hiragana(uint32_t point) {
    if (point == 0x30F5) return 0x304B;
    if (point == 0x30F6) return 0x3051;
    if (point >= 0x30A1 && point <= 0x30F4) return point - KATAKANA_TO_HIRAGANA;
    if (point == 0x30FD || point == 0x30FE) return point - KATAKANA_TO_HIRAGANA;
    return point;
}

bool kana_is(uint32_t point) {
    if (point >= FIRST_KANA && point <= LAST_KANA) return true;
    if (point >= 0x3099 && point <= 0x309F) return true;
    return point >= 0x30A1 && point <= 0x30FF && point != 0x30FB;
}

/* Usual forms of the half-width characters from 。 on, in the order of their code points. */
static const uint16_t usual_kana[HALF_LAST - HALF_FIRST + 1] = {
    0x3002, 0x300C, 0x300D, 0x3001, 0x30FB, 0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9,
    0x30E3, 0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB,
    0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1,
    0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5,
    0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6, 0x30E8, 0x30E9,
    0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3, 0x309B, 0x309C};

/* Katakana with a voicing mark that follows it, or 0 when the two make no character. */
static uint32_t voiced(uint32_t kana, UChar32 mark) {
    bool ha_row = kana >= 0x30CF && kana <= 0x30DB && kana % 3 == 0;
    if (mark == HALF_HALF_VOICED) return ha_row ? kana + 2 : 0;
    if (mark != HALF_VOICED) return 0;
    if (kana == 0x30A6) return 0x30F4;
    if (kana == 0x30EF) return 0x30F7;
    if (kana == 0x30F2) return 0x30FA;
    bool ka_to_chi = kana >= 0x30AB && kana <= 0x30C1 && kana % 2 == 1;
    bool tsu_to_to = kana == 0x30C4 || kana == 0x30C6 || kana == 0x30C8;
    return ha_row || ka_to_chi || tsu_to_to ? kana + 1 : 0;
}

uint32_t kana_next(Str text, size_t *at) {
    UChar32 point, mark;
    U8_NEXT_OR_FFFD(text.data, *at, text.size, point);
    if (point < HALF_FIRST || point > HALF_LAST) return (uint32_t)point;
    uint32_t kana = usual_kana[point - HALF_FIRST];
    if (*at == text.size) return kana;
    size_t behind = *at;
    U8_NEXT_OR_FFFD(text.data, behind, text.size, mark);
    uint32_t joined = voiced(kana, mark);
    if (!joined) return kana;
    *at = behind;
    return joined;
}

/* Romaji from small a on, in the order of the code points; small kana as they sound alone. */
static const char romaji_of[LAST_KANA - FIRST_KANA + 1][4] = {
    "a",  "a",  "i",   "i",  "u",  "u",   "e",  "e",   "o",  "o",  "ka", "ga", "ki", "gi", "ku",
    "gu", "ke", "ge",  "ko", "go", "sa",  "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
    "ta", "da", "chi", "ji", "",   "tsu", "zu", "te",  "de", "to", "do", "na", "ni", "nu", "ne",
    "no", "ha", "ba",  "pa", "hi", "bi",  "pi", "fu",  "bu", "pu", "he", "be", "pe", "ho", "bo",
    "po", "ma", "mi",  "mu", "me", "mo",  "ya", "ya",  "yu", "yu", "yo", "yo", "ra", "ri", "ru",
    "re", "ro", "wa",  "wa", "i",  "e",   "o",  "n",   "vu", "ka", "ke"};

/* What is no single hiragana (marks, rare katakana) has no sound of its own. */
static Str romaji(uint32_t hiragana) {
    if (hiragana < FIRST_KANA || hiragana > LAST_KANA) return STR("");
    return str_of(romaji_of[hiragana - FIRST_KANA]);
}

/* Small ya, yu and yo, which join the sound before them. */
static bool is_small_y(uint32_t kana) {
    return kana == 0x3083 || kana == 0x3085 || kana == 0x3087;
}

/* Small and large vowels alternate, the small ones first. */
static bool is_small_vowel(uint32_t kana) {
    return kana >= FIRST_KANA && kana <= 0x3049 && kana % 2 == 1;
}

/* Sounds of foreign words whose romaji no rule gives: kana, small vowel, letters. */
static const struct {
    uint32_t kana, small;
    const char *letters;
} foreign[] = {
    {0x3066, 0x3043, "ti"},  {0x3067, 0x3043, "di"},  {0x3068, 0x3045, "tu"},
    {0x3069, 0x3045, "du"},  {0x3044, 0x3047, "ye"},  {0x3046, 0x3043, "wi"},
    {0x3046, 0x3047, "we"},  {0x3046, 0x3049, "wo"},  {0x304F, 0x3041, "kwa"},
    {0x304F, 0x3043, "kwi"}, {0x304F, 0x3047, "kwe"}, {0x304F, 0x3049, "kwo"},
    {0x3050, 0x3041, "gwa"},
};

/* The stem that a small vowel goes behind (ふ f, つ ts, し sh), or "" when the two do not join. */
static Str vowel_stem(uint32_t kana) {
    switch (kana) {
        case 0x3075: return STR("f");
        case 0x3064: return STR("ts");
        case 0x3094: return STR("v");
        case 0x3057: return STR("sh");
        case 0x3058: return STR("j");
        case 0x3061: return STR("ch");
        default: return STR("");
    }
}

static size_t put(char *out, Str a, Str b) {
    if (a.size) memcpy(out, a.data, a.size);
    if (b.size) memcpy(out + a.size, b.data, b.size);
    return a.size + b.size;
}

/* き and small ゃ become "kya", し and small ゃ "sha"; 0 when they do not join. */
static size_t write_contracted(uint32_t kana, uint32_t small, char *out) {
    Str base = romaji(kana), y = romaji(small);
    if (base.size < 2 || base.data[base.size - 1] != 'i') {
        /* フュ, ヴュ and テュ, デュ of foreign words. */
        bool foreign_yu = kana == 0x3075 || kana == 0x3094 || kana == 0x3066 || kana == 0x3067;
        return foreign_yu ? put(out, str_part(base, 0, base.size - 1), y) : 0;
    }
    Str stem = str_part(base, 0, base.size - 1);
    bool y_is_heard = !str_is(stem, "sh") && !str_is(stem, "ch") && !str_is(stem, "j");
    return put(out, stem, y_is_heard ? y : str_part(y, 1, 1));
}

/* Sounds of the table first: their stems would give another spelling. */
static size_t write_with_vowel(uint32_t kana, uint32_t small, char *out) {
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        if (foreign[i].kana != kana || foreign[i].small != small) continue;
        return put(out, str_of(foreign[i].letters), STR(""));
    }
    Str stem = vowel_stem(kana);
    return stem.size ? put(out, stem, romaji(small)) : 0;
}

/* Romaji of a kana and, where the two join, of the small one behind it; `*used` says how many. */
static size_t write_sound(uint32_t kana, uint32_t next, char *out, size_t *used) {
    size_t size = 0;
    if (is_small_y(next)) size = write_contracted(kana, next, out);
    if (is_small_vowel(next)) size = write_with_vowel(kana, next, out);
    *used = size ? 2 : 1;
    return size ? size : put(out, romaji(kana), STR(""));
}

/* The consonant that small tsu doubles; Hepburn writes "tch". */
static char doubled(char first) {
    if (first == 'c') return 't';
    return strchr("aiueon", first) ? '\0' : first;
}

/* What a repetition mark stands for. */
static uint32_t repeated(uint32_t kana, uint32_t previous) {
    if (kana == REPEAT) return previous;
    if (kana == REPEAT_VOICED) return previous ? previous + 1 : 0;
    return kana;
}

/* A doubling waits for the next sound; one with nothing behind it is dropped. */
size_t kana_romaji(const uint32_t *points, size_t count, char *out) {
    char sound[KANA_ROMAJI_SIZE + 2];
    size_t size = 0, used = 1;
    uint32_t previous = 0;
    bool doubling = false;
    for (size_t i = 0; i < count; i += used) {
        uint32_t kana = repeated(kana_hiragana(points[i]), previous);
        used = 1;
        if (kana == SMALL_TSU) {
            doubling = true;
            continue;
        }
        uint32_t next = i + 1 < count ? kana_hiragana(points[i + 1]) : 0;
        size_t sound_size = write_sound(kana, next, sound, &used);
        if (sound_size && doubling && doubled(sound[0])) out[size++] = doubled(sound[0]);
        if (sound_size) memcpy(out + size, sound, sound_size);
        size += sound_size;
        doubling = false;
        if (kana != LONG_MARK) previous = kana;
    }
    return size;
}

/*
 * Cutting text into tokens. What is stored is cut richly (words, pairs of characters, readings);
 * what is asked is cut sparingly, and each of its tokens must be there. Both go through the same
 * cutter with another table of functions, so that they cannot drift apart, and both databases get
 * the same tokens.
 */
#include "search_tokens.h"

#include <unicode/uchar.h>

#include "fold_points.h"
#include "han.h"
#include "kana.h"
#include "token_set.h"

enum {
    /* Names of persons, firms and places are shorter than this; sentences are not read out. */
    HAN_READ_LIMIT = 16,
    KANA_READ_LIMIT = 24,
    INNER_SYLLABLES_SIZE = 24, /* bytes of the pinyin from an inner syllable on */
    SYLLABLE_SIZE = 6,
};

/* What a character is to the search index. */
typedef enum CharacterClass {
    CLASS_NONE,
    CLASS_WORD,
    CLASS_KANA,
    CLASS_HAN,
    CLASS_HANGUL
} CharacterClass;

static bool is_han(uint32_t point) {
    if (point >= 0x3400 && point <= 0x9FFF) return true;
    if (point >= 0x3005 && point <= 0x3007) return true; /* 々〆〇 */
    return (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFD);
}

/*
 * Korean is written with spaces between words, and cut like its neighbours all the same, since
 * endings stick to words.
 */
static bool is_hangul(uint32_t point) {
    return (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0x1100 && point <= 0x11FF);
}

/* Vowel signs and marks of Thai, Devanagari and others belong to the word they stand in. */
static bool continues_word(uint32_t point) {
    int8_t type = u_charType((UChar32)point);
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

static CharacterClass class_of(uint32_t point) {
    if (point < 0x80) {
        bool letter = (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
        return letter ? CLASS_WORD : CLASS_NONE;
    }
    if (kana_is(point)) return point == 0x309B || point == 0x309C ? CLASS_NONE : CLASS_KANA;
    if (is_han(point)) return CLASS_HAN;
    if (is_hangul(point)) return CLASS_HANGUL;
    return u_isalnum((UChar32)point) || continues_word(point) ? CLASS_WORD : CLASS_NONE;
}

static bool is_east_asian(CharacterClass class) {
    return class >= CLASS_KANA;
}

/* A token under construction, cut at TOKEN_SIZE_LIMIT between characters. */
typedef struct Token {
    size_t size;
    bool full;
    char bytes[TOKEN_SIZE_LIMIT + POINT_BYTES];
} Token;

/* Variants of Han are joined only here: readings need them as written. */
static void token_add_point(Token *token, uint32_t point) {
    if (token->full) return;
    size_t size = token->size + point_write(han_unify(point), token->bytes + token->size);
    token->full = size > TOKEN_SIZE_LIMIT;
    if (!token->full) token->size = size;
}

static void token_add_text(Token *token, const char *text, size_t limit) {
    size_t size = strlen(text);
    if (token->full || token->size + size > limit) {
        token->full = true;
        return;
    }
    memcpy(token->bytes + token->size, text, size);
    token->size += size;
}

static Str token_str(const Token *token) {
    return (Str){.data = token->bytes, .size = token->size};
}

static void add_token(TokenSet *set, const Token *token) {
    if (token->size) token_set_add(set, token_str(token));
}

/* Characters of one kind that stand together. */
typedef struct Run {
    const uint32_t *points;
    size_t count;
} Run;

/* Not zeroed as a whole: a token is made for every pair of characters. */
static Token token_of(Run run) {
    Token token;
    token.size = 0;
    token.full = false;
    for (size_t i = 0; i < run.count; i++) token_add_point(&token, run.points[i]);
    return token;
}

/* ---- Readings of what is stored ---- */

/*
 * The spelling of passports and of those who hear rather than write: long o and u short (satou to
 * sato), m before b, m, p (honma to homma).
 */
static void shorten(const char *romaji, size_t size, Token *out) {
    for (size_t i = 0; i < size; i++) {
        char letter = romaji[i], next = i + 1 < size ? romaji[i + 1] : '\0';
        char previous = out->size ? out->bytes[out->size - 1] : '\0';
        if (letter == 'u' && (previous == 'o' || previous == 'u')) continue;
        if (letter == 'o' && previous == 'o') continue;
        bool lips = next == 'b' || next == 'm' || next == 'p';
        out->bytes[out->size++] = letter == 'n' && lips ? 'm' : letter;
    }
}

static void add_romaji(TokenSet *set, Run kana) {
    char romaji[KANA_READ_LIMIT * KANA_ROMAJI_SIZE];
    if (kana.count > KANA_READ_LIMIT) return;
    size_t size = kana_romaji(kana.points, kana.count, romaji);
    if (!size) return;
    if (size > TOKEN_SIZE_LIMIT) size = TOKEN_SIZE_LIMIT;
    token_set_add(set, (Str){.data = romaji, .size = size});
    Token passport;
    passport.size = 0;
    shorten(romaji, size, &passport);
    add_token(set, &passport);
}

/* Letters that stand for ü: "v" where people type it, "u" where they leave the dots out. */
static const char *without_dots(const char *syllable, char out[SYLLABLE_SIZE + 1]) {
    size_t i = 0;
    for (; syllable[i]; i++) out[i] = syllable[i] == 'v' ? 'u' : syllable[i];
    out[i] = '\0';
    return out;
}

/* The syllables from `first` on in one word, so that a search by any of their beginnings finds it.
 */
static void add_syllables(TokenSet *set, const char *const *readings, size_t first, size_t count) {
    size_t limit = first == 0 ? TOKEN_SIZE_LIMIT : INNER_SYLLABLES_SIZE;
    Token typed = {.size = 0}, plain = {.size = 0};
    char room[SYLLABLE_SIZE + 1];
    for (size_t i = first; i < count; i++) {
        token_add_text(&typed, readings[i], limit);
        token_add_text(&plain, without_dots(readings[i], room), limit);
    }
    add_token(set, &plain);
    if (!str_equal(token_str(&plain), token_str(&typed))) add_token(set, &typed);
}

/* 王伟 as "ww", the way colleagues look each other up. A single initial finds too much. */
static void add_initials(TokenSet *set, const char *const *readings, size_t count) {
    Token initials = {.size = 0};
    for (size_t i = 0; i < count; i++) initials.bytes[initials.size++] = readings[i][0];
    if (count > 1) add_token(set, &initials);
}

static void add_pinyin(TokenSet *set, Run han) {
    const char *readings[HAN_READ_LIMIT];
    if (han.count > HAN_READ_LIMIT) return;
    han_readings(han.points, han.count, readings);
    for (size_t i = 0; i < han.count; i++) {
        if (!readings[i]) return; /* made in Japan: no reading in Chinese */
    }
    for (size_t i = 0; i < han.count; i++) add_syllables(set, readings, i, han.count);
    add_initials(set, readings, han.count);
    if (!han_read_surname(han.points, han.count, readings)) return;
    add_syllables(set, readings, 0, han.count);
    add_initials(set, readings, han.count);
}

/* The part of the run from `start` on whose characters are of one class. */
static Run same_class(Run run, size_t start, CharacterClass class) {
    size_t end = start;
    while (end < run.count && class_of(run.points[end]) == class) end++;
    return (Run){.points = run.points + start, .count = end - start};
}

/* Single kana between Han are endings and particles, which nobody looks for by romaji. */
static void add_readings(TokenSet *set, Run run) {
    for (size_t i = 0; i < run.count;) {
        CharacterClass class = class_of(run.points[i]);
        Run part = same_class(run, i, class);
        bool whole = part.count == run.count;
        if (class == CLASS_KANA && (whole || part.count > 1)) add_romaji(set, part);
        /* Han amid kana is Japanese prose; alone it may be a name in either language. */
        if (class == CLASS_HAN && whole) add_pinyin(set, part);
        i += part.count;
    }
}

/* ---- Cutting ---- */

/*
 * Pairs find any two adjacent characters anywhere; single characters would find nearly everything.
 */
static void add_bigrams(TokenSet *set, Run run) {
    for (size_t i = 0; i + 1 < run.count; i++) {
        Token token = token_of((Run){.points = run.points + i, .count = 2});
        add_token(set, &token);
    }
}

/* The last character begins no bigram, and yet must be found alone. */
static void store_east_asian(TokenSet *set, Run run) {
    Token last = token_of((Run){.points = run.points + run.count - 1, .count = 1});
    add_bigrams(set, run);
    add_token(set, &last);
    add_readings(set, run);
}

static void store_word(TokenSet *set, Run run) {
    Token token = token_of(run);
    add_token(set, &token);
}

/* Words joined by one of these are also found written together (03-1234, O'Brien, e.mail). */
static bool joins_words(uint32_t point) {
    return point == '-' || point == '\'' || point == '.' || point == 0x2019 || point == '/';
}

/* So that a number is found with and without its hyphens. */
static void store_joined(TokenSet *set, Run chain) {
    Token token = {.size = 0};
    for (size_t i = 0; i < chain.count; i++) {
        if (!joins_words(chain.points[i])) token_add_point(&token, chain.points[i]);
    }
    add_token(set, &token);
}

/* The star tells both databases to match by prefix; no stored token can hold one. */
static void add_prefix(TokenSet *set, Token token) {
    if (!token.size) return;
    token.bytes[token.size++] = '*';
    token_set_add(set, token_str(&token));
}

static void ask_east_asian(TokenSet *set, Run run) {
    if (run.count == 1) {
        add_prefix(set, token_of(run));
    } else {
        add_bigrams(set, run);
    }
}

static void ask_word(TokenSet *set, Run run) {
    add_prefix(set, token_of(run));
}

static void ask_joined(TokenSet *set, Run chain) {
    (void)set, (void)chain; /* its words are asked for one by one */
}

/* What becomes of each part of a text: of what is stored, or of what is asked. */
typedef struct Cutting {
    void (*east_asian)(TokenSet *set, Run run);
    void (*word)(TokenSet *set, Run run);
    void (*joined)(TokenSet *set, Run chain); /* words and single joining characters between them */
} Cutting;

static const Cutting cutting_for_storing = {
    .east_asian = store_east_asian, .word = store_word, .joined = store_joined};
static const Cutting cutting_for_asking = {
    .east_asian = ask_east_asian, .word = ask_word, .joined = ask_joined};

/* Kana and Han together: names and words mix them, and bigrams must span the change. */
static Run east_asian_run(Run all, size_t start) {
    size_t end = start;
    while (end < all.count && is_east_asian(class_of(all.points[end]))) end++;
    return (Run){.points = all.points + start, .count = end - start};
}

/* Cuts a chain of words from `start` on; returns how many characters it took. */
static size_t cut_words(const Cutting *cutting, TokenSet *set, Run all, size_t start) {
    size_t at = start, words = 0;
    for (;;) {
        Run word = same_class(all, at, CLASS_WORD);
        cutting->word(set, word);
        words++;
        at += word.count;
        bool goes_on = at + 1 < all.count && joins_words(all.points[at]) &&
                       class_of(all.points[at + 1]) == CLASS_WORD;
        if (!goes_on) break;
        at++;
    }
    Run chain = {.points = all.points + start, .count = at - start};
    if (words > 1) cutting->joined(set, chain);
    return chain.count;
}

static Str cut(Arena *arena, Str text, const Cutting *cutting) {
    CLEANUP(points_free) Points points;
    CLEANUP(token_set_free) TokenSet set;
    token_set_init(&set);
    fold_points(text, &points);
    Run all = {.points = points.at, .count = points.count};
    for (size_t i = 0; i < all.count;) {
        CharacterClass class = class_of(all.points[i]);
        if (class == CLASS_WORD) {
            i += cut_words(cutting, &set, all, i);
        } else if (is_east_asian(class)) {
            Run run = east_asian_run(all, i);
            cutting->east_asian(&set, run);
            i += run.count;
        } else {
            i++;
        }
    }
    return str_copy(arena, buffer_str(&set.text));
}

Str search_tokens(Arena *arena, Str text) {
    return cut(arena, text, &cutting_for_storing);
}

Str search_query(Arena *arena, Str query) {
    return cut(arena, query, &cutting_for_asking);
}

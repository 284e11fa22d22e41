/*
 * A program of the build: writes the tables of Han characters as C from ICU's transliterators and
 * our lists. Any inconsistency of the lists stops the build.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "han_tables.h"
#include "han_variants.h"
#include "pinyin_phrases.h"

enum { TEXT_ROOM = 64, SYLLABLES_LIMIT = 1000, OUTSIDE_LIMIT = 100, SYLLABLE_SIZE = 7 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* All tables, filled from ICU and written out as C. */
typedef struct Tables {
    uint16_t parent[HAN_COUNT]; /* union-find over the span, as offsets from HAN_FIRST */
    uint16_t weight[HAN_COUNT]; /* how much a character is liked as the form of its class */
    uint16_t reading[HAN_COUNT];
    char syllables[SYLLABLES_LIMIT][SYLLABLE_SIZE];
    size_t syllables_count;
    HanOutside outside[OUTSIDE_LIMIT];
    size_t outside_count;
} Tables;

/* A table with a hole would only be noticed by someone who cannot find a colleague. */
static void stop(const char *reason, const char *about) {
    fprintf(stderr, "han tables: %s: %s\n", reason, about);
    exit(1);
}

static UTransliterator *open_transliterator(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UChar id[TEXT_ROOM];
    u_uastrcpy(id, name);
    UTransliterator *made = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (U_FAILURE(error)) stop(u_errorName(error), name);
    return made;
}

/* The transliterated form of one character; its length in UTF-16 units. */
static int32_t transliterate(const UTransliterator *with, UChar character, UChar out[TEXT_ROOM]) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t size = 1, limit = 1;
    out[0] = character;
    utrans_transUChars(with, out, &size, TEXT_ROOM, 0, &limit, &error);
    if (U_FAILURE(error)) stop(u_errorName(error), "transliteration");
    return size;
}

/* Without path compression: the classes are a handful of characters. */
static uint16_t find(Tables *tables, uint16_t at) {
    while (tables->parent[at] != at) at = tables->parent[at];
    return at;
}

/* The form that more characters are simplified to gives its name to the class. */
static void join(Tables *tables, uint32_t a, uint32_t b) {
    uint16_t first = find(tables, (uint16_t)(a - HAN_FIRST));
    uint16_t second = find(tables, (uint16_t)(b - HAN_FIRST));
    if (first == second) return;
    if (tables->weight[first] < tables->weight[second]) {
        uint16_t kept = first;
        first = second;
        second = kept;
    }
    tables->parent[second] = first;
}

static int inside(uint32_t point) {
    return point >= HAN_FIRST && point <= HAN_LAST;
}

/* True for characters of han_kept_apart. */
static int kept_apart(uint32_t point) {
    UChar units[TEXT_ROOM];
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8(units, TEXT_ROOM, NULL, han_kept_apart, -1, &error);
    if (U_FAILURE(error)) stop("unreadable", han_kept_apart);
    return u_strchr(units, (UChar)point) != NULL;
}

static void join_simplified(Tables *tables) {
    UTransliterator *simplify = open_transliterator("Traditional-Simplified");
    UChar out[TEXT_ROOM];
    for (int pass = 0; pass < 2; pass++) { /* the weights first, since joining looks at them */
        for (uint32_t point = HAN_FIRST; point <= HAN_LAST; point++) {
            if (transliterate(simplify, (UChar)point, out) != 1 || !inside(out[0])) continue;
            if (out[0] == point || kept_apart(point)) continue;
            if (pass == 0) {
                tables->weight[out[0] - HAN_FIRST]++;
            } else {
                join(tables, out[0], point);
            }
        }
    }
    utrans_close(simplify);
}

static size_t to_points(const char *text, uint32_t *out, size_t room) {
    UChar units[TEXT_ROOM];
    UErrorCode error = U_ZERO_ERROR;
    int32_t size = 0, count = 0;
    u_strFromUTF8(units, TEXT_ROOM, &size, text, -1, &error);
    u_strToUTF32((UChar32 *)out, (int32_t)room, &count, units, size, &error);
    if (U_FAILURE(error)) stop("unreadable", text);
    return (size_t)count;
}

/* Beyond the span only our own lists have variants. */
static void add_outside(Tables *tables, uint32_t point, uint32_t unified) {
    if (tables->outside_count == OUTSIDE_LIMIT) stop("too many", "characters outside the span");
    tables->outside[tables->outside_count++] = (HanOutside){.point = point, .unified = unified};
}

static void join_group(Tables *tables, const char *group) {
    uint32_t points[TEXT_ROOM];
    size_t count = to_points(group, points, TEXT_ROOM);
    if (count < 2 || !inside(points[0])) stop("not a group", group);
    for (size_t i = 1; i < count; i++) {
        if (inside(points[i])) {
            join(tables, points[0], points[i]);
        } else {
            add_outside(tables, points[i], points[0]);
        }
    }
}

/* The name of the class; itself for characters beyond the span. */
static uint32_t unify(Tables *tables, uint32_t point) {
    if (!inside(point)) return point;
    return HAN_FIRST + (uint32_t)find(tables, (uint16_t)(point - HAN_FIRST));
}

/* There are some four hundred syllables in all. */
static uint16_t syllable_index(Tables *tables, const char *syllable) {
    if (strlen(syllable) >= SYLLABLE_SIZE) stop("too long", syllable);
    for (size_t i = 0; i < tables->syllables_count; i++) {
        if (strcmp(tables->syllables[i], syllable) == 0) return (uint16_t)i;
    }
    if (tables->syllables_count == SYLLABLES_LIMIT) stop("too many syllables", syllable);
    snprintf(tables->syllables[tables->syllables_count], SYLLABLE_SIZE, "%s", syllable);
    return (uint16_t)tables->syllables_count++;
}

/* ASCII of one syllable with tone marks: decomposed, marks dropped, u with diaeresis as v. */
static int plain_syllable(const UChar *marked, int32_t size, char out[SYLLABLE_SIZE]) {
    UErrorCode error = U_ZERO_ERROR;
    UChar parts[TEXT_ROOM];
    int32_t count =
        unorm2_normalize(unorm2_getNFDInstance(&error), marked, size, parts, TEXT_ROOM, &error);
    if (U_FAILURE(error)) stop(u_errorName(error), "normalisation");
    int written = 0;
    for (int32_t i = 0; i < count; i++) {
        if (parts[i] == 0x308 && written > 0) out[written - 1] = 'v';
        if (parts[i] >= 0x300 && parts[i] < 0x370) continue;
        if (parts[i] < 'a' || parts[i] > 'z' || written == SYLLABLE_SIZE - 1) return 0;
        out[written++] = (char)parts[i];
    }
    out[written] = '\0';
    return written;
}

static void read_characters(Tables *tables) {
    UTransliterator *latin = open_transliterator("Han-Latin");
    UChar out[TEXT_ROOM];
    char syllable[SYLLABLE_SIZE];
    syllable_index(tables, ""); /* index 0 stands for no reading */
    for (uint32_t point = HAN_FIRST; point <= HAN_LAST; point++) {
        int32_t size = transliterate(latin, (UChar)point, out);
        if (!plain_syllable(out, size, syllable)) continue;
        tables->reading[point - HAN_FIRST] = syllable_index(tables, syllable);
    }
    utrans_close(latin);
}

/* Words are written unified, since that is how they are looked for; marks where a word begins. */
static void write_word(FILE *file, Tables *tables, const PinyinPhrase *phrase, uint16_t flag) {
    uint32_t points[TEXT_ROOM];
    char readings[TEXT_ROOM], *rest = NULL;
    size_t count = to_points(phrase->characters, points, TEXT_ROOM);
    if (count == 0 || count > HAN_WORD_SIZE || !inside(points[0])) {
        stop("not a word", phrase->characters);
    }
    snprintf(readings, sizeof readings, "%s", phrase->readings);
    fprintf(file, "{{");
    for (size_t i = 0; i < count; i++) fprintf(file, "0x%X,", unify(tables, points[i]));
    fprintf(file, "}, {");
    const char *syllable = strtok_r(readings, " ", &rest);
    for (size_t i = 0; i < count; i++) {
        if (!syllable) stop("too few readings", phrase->characters);
        fprintf(file, "%u,", (unsigned)syllable_index(tables, syllable));
        syllable = strtok_r(NULL, " ", &rest);
    }
    if (syllable) stop("too many readings", phrase->characters);
    fprintf(file, "}},\n");
    tables->reading[unify(tables, points[0]) - HAN_FIRST] |= flag;
}

static void write_words(FILE *file, Tables *tables, const char *name, const PinyinPhrase *words,
                        size_t count, uint16_t flag) {
    fprintf(file, "const HanWord %s[] = {\n", name);
    for (size_t i = 0; i < count; i++) write_word(file, tables, &words[i], flag);
    fprintf(file, "};\nconst size_t %s_count = %zu;\n", name, count);
}

static void write_span(FILE *file, const char *name, const uint16_t *values) {
    fprintf(file, "const uint16_t %s[HAN_COUNT] = {\n", name);
    for (size_t i = 0; i < HAN_COUNT; i++) {
        fprintf(file, "%u,%s", (unsigned)values[i], i % 16 == 15 ? "\n" : "");
    }
    fprintf(file, "};\n");
}

static void write_outside(FILE *file, Tables *tables) {
    fprintf(file, "const HanOutside han_outside[] = {\n");
    for (size_t i = 0; i < tables->outside_count; i++) {
        fprintf(file, "{0x%X, 0x%X},\n", tables->outside[i].point,
                unify(tables, tables->outside[i].unified));
    }
    fprintf(file, "};\nconst size_t han_outside_count = %zu;\n", tables->outside_count);
}

static void write_tables(FILE *file, Tables *tables) {
    static uint16_t unified[HAN_COUNT];
    for (uint32_t i = 0; i < HAN_COUNT; i++) {
        unified[i] = (uint16_t)unify(tables, HAN_FIRST + i);
    }
    fprintf(file,
            "/* Made by han_generator.c while building. */\n#include \"text/han_tables.h\"\n");
    write_span(file, "han_unified_of", unified);
    write_outside(file, tables);
    write_words(file, tables, "han_words", pinyin_words, COUNT(pinyin_words), HAN_BEGINS_WORD);
    write_words(file, tables, "han_surnames", pinyin_surnames, COUNT(pinyin_surnames),
                HAN_BEGINS_SURNAME);
    write_span(file, "han_reading_of", tables->reading);
    fprintf(file, "const char han_syllables[][%d] = {\n", SYLLABLE_SIZE);
    for (size_t i = 0; i < tables->syllables_count; i++) {
        fprintf(file, "\"%s\",\n", tables->syllables[i]);
    }
    fprintf(file, "};\n");
}

int main(int count, char **arguments) {
    if (count != 2) stop("usage", "generate_han_tables FILE");
    Tables *tables = calloc(1, sizeof *tables);
    if (!tables) stop("no memory", arguments[1]);
    for (uint32_t i = 0; i < HAN_COUNT; i++) tables->parent[i] = (uint16_t)i;
    join_simplified(tables);
    for (size_t i = 0; i < COUNT(han_variants); i++) join_group(tables, han_variants[i]);
    read_characters(tables);
    FILE *file = fopen(arguments[1], "w");
    if (!file) stop("cannot write", arguments[1]);
    write_tables(file, tables);
    if (fclose(file) != 0) stop("cannot write", arguments[1]);
    free(tables);
    return 0;
}

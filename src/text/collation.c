/*
 * Sort keys by ICU, stored beside the text, so that both databases sort bytewise and alike and
 * neither needs a collation of its own. They are cut, so that an index entry stays small; texts
 * that begin alike for longer than that are ordered by their ids. Keys of different versions of ICU
 * must not be mixed: whoever stores keys notes collation_version beside them.
 */
#include "collation.h"

#include <assert.h>
#include <unicode/ucol.h>

#include "buffer.h"
#include "text_thread.h"
#include "utf16.h"

enum {
    /* Bytes of text that can matter to a key of the limited size, with room for what is ignored. */
    LOOKED_AT = 4 * COLLATION_KEY_LIMIT,
    KEY_ROOM = 16 * LOOKED_AT,
};

/* Opening one parses rules for milliseconds, so each thread keeps its own. */
static UCollator *collator_of(Lang lang) {
    static const char *const locales[LANG_COUNT] = {
        [LANG_EN] = "en", [LANG_JA] = "ja", [LANG_ZH] = "zh"};
    TextThread *thread = text_thread();
    UErrorCode error = U_ZERO_ERROR;
    if (!thread->collators[lang]) thread->collators[lang] = ucol_open(locales[lang], &error);
    assert(U_SUCCESS(error));
    return thread->collators[lang];
}

/* At most LOOKED_AT bytes, cut between characters. */
static Str beginning(Str text) {
    if (text.size <= LOOKED_AT) return text;
    size_t size = LOOKED_AT;
    while (size > 0 && ((unsigned char)text.data[size] & 0xC0) == 0x80) size--;
    return str_part(text, 0, size);
}

Str collation_key(Arena *arena, Lang lang, Str text) {
    CLEANUP(utf16_free) Utf16 units;
    uint8_t key[KEY_ROOM];
    utf16_from(beginning(text), &units);
    if (units.size == 0) return STR("");
    int32_t size = ucol_getSortKey(collator_of(lang), units.units, units.size, key, sizeof key);
    size_t kept = size > 0 ? (size_t)size - 1 : 0; /* without the NUL at its end */
    if (kept > sizeof key - 1) kept = sizeof key - 1;
    if (kept > COLLATION_KEY_LIMIT) kept = COLLATION_KEY_LIMIT;
    return str_copy(arena, (Str){.data = (const char *)key, .size = kept});
}

Str collation_version(Arena *arena) {
    Buffer version CLEANUP(buffer_free) = {0};
    buffer_format(&version, "%d", COLLATION_KEY_LIMIT);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        UVersionInfo info;
        ucol_getVersion(collator_of((Lang)lang), info);
        for (int i = 0; i < U_MAX_VERSION_LENGTH; i++) {
            buffer_format(&version, "%c%d", i ? '.' : '-', info[i]);
        }
    }
    return str_copy(arena, buffer_str(&version));
}

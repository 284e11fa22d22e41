/*
 * One iterator a thread, given a new text each time: opening one loads a dictionary. Its locale is
 * the root's, whose dictionary has Chinese and Japanese together, because notes mix them.
 */
#include "words.h"

#include "fold.h"
#include "text_thread.h"
#include "utf16.h"

enum { WORD_LIMIT = 64 /* bytes of a word; what is longer says nothing by being shared */ };

static UBreakIterator *words_of(const Utf16 *text) {
    UErrorCode error = U_ZERO_ERROR;
    TextThread *thread = text_thread();
    if (!thread->words) thread->words = ubrk_open(UBRK_WORD, "", NULL, 0, &error);
    if (U_FAILURE(error)) return NULL;
    ubrk_setText(thread->words, text->units, text->size, &error);
    return U_FAILURE(error) ? NULL : thread->words;
}

/* も, が, を: what stands between words. Katakana was folded to hiragana. */
static bool is_single_kana(Str word) {
    return word.size == 3 && (unsigned char)word.data[0] == 0xE3 &&
           (unsigned char)word.data[1] >= 0x81 && (unsigned char)word.data[1] <= 0x83;
}

size_t text_words(Arena *arena, Str text, TextWord **out) {
    Utf16 units CLEANUP(utf16_free);
    utf16_from(text, &units);
    UBreakIterator *breaks = words_of(&units);
    size_t count = 0;
    TextWord *words = ARENA_ARRAY(arena, (size_t)units.size + 1, TextWord);
    int32_t from = breaks ? ubrk_first(breaks) : UBRK_DONE;
    for (int32_t to; breaks && (to = ubrk_next(breaks)) != UBRK_DONE; from = to) {
        if (ubrk_getRuleStatus(breaks) < UBRK_WORD_NONE_LIMIT) continue;
        Str word = text_fold(arena, utf16_to_str(arena, units.units + from, to - from));
        if (str_empty(word) || word.size > WORD_LIMIT || is_single_kana(word)) continue;
        words[count++] = (TextWord){.text = word, .from = from, .to = to};
    }
    *out = words;
    return count;
}

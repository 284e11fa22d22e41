/* Words found in text: the longest, whole words where words are written apart, wherever they stand.
 */
#include "trie.h"

#include "../base/base_fixture.h"

static size_t found(Arena *arena, const Trie *trie, const char *text, size_t from,
                    uint32_t *value) {
    FoldedText folded = folded_text(arena, str_of(text));
    TrieHit hit = {0};
    bool is_found = from < folded.count && trie_longest(trie, &folded, from, &hit);
    *value = is_found ? hit.value : 0;
    return is_found ? hit.size : 0;
}

static void the_longest_word_counts(void **state) {
    Trie *trie = trie_new(*state);
    uint32_t value;
    assert_int_equal(trie_add(trie, *state, STR("肝"), 1), TRIE_NEW);
    assert_int_equal(trie_add(trie, *state, STR("肝毒性"), 2), TRIE_NEW);
    assert_int_equal(found(*state, trie, "肝毒性", 0, &value), 3);
    assert_int_equal(value, 2);
    assert_int_equal(found(*state, trie, "肝毒", 0, &value), 1);
    assert_int_equal(value, 1);
    assert_int_equal(found(*state, trie, "毒性", 0, &value), 0);
}

static void a_word_is_added_once(void **state) {
    Trie *trie = trie_new(*state);
    assert_int_equal(trie_add(trie, *state, STR("データ"), 1), TRIE_NEW);
    assert_int_equal(trie_add(trie, *state, STR("ﾃﾞｰﾀ"), 1), TRIE_SAME);
    assert_int_equal(trie_add(trie, *state, STR("でーた"), 2), TRIE_TAKEN);
    assert_int_equal(trie_add(trie, *state, STR(""), 2), TRIE_NO_WORD);
    char word[TRIE_WORD_MOST + 2];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_int_equal(trie_add(trie, *state, str_of(word), 2), TRIE_NO_WORD);
}

static void latin_words_are_found_whole(void **state) {
    Trie *trie = trie_new(*state);
    uint32_t value;
    assert_int_equal(trie_add(trie, *state, STR("dose"), 1), TRIE_NEW);
    assert_int_equal(trie_add(trie, *state, STR("h"), 2), TRIE_NEW);
    assert_int_equal(found(*state, trie, "Dose", 0, &value), 4);
    assert_int_equal(found(*state, trie, "doses!", 0, &value), 5);
    assert_int_equal(found(*state, trie, "dosed", 0, &value), 0);
    assert_int_equal(found(*state, trie, "overdose", 4, &value), 0);
    assert_int_equal(found(*state, trie, "用dose量", 1, &value), 4);
    assert_int_equal(found(*state, trie, "72h", 2, &value), 1);
    assert_int_equal(found(*state, trie, "he", 0, &value), 0);
    assert_int_equal(found(*state, trie, "hs", 0, &value), 0);
}

static void many_words_are_all_found(void **state) {
    enum { MANY = 5000 };
    Trie *trie = trie_new(*state);
    uint32_t value;
    for (uint32_t i = 0; i < MANY; i++) {
        Str word = str_format(*state, "w%u薬", i);
        assert_int_equal(trie_add(trie, *state, word, i + 1), TRIE_NEW);
    }
    for (uint32_t i = 0; i < MANY; i++) {
        Str word = str_format(*state, "w%u薬", i);
        assert_int_equal(found(*state, trie, word.data, 0, &value), str_count_points(word));
        assert_int_equal(value, i + 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_longest_word_counts),
        ARENA_TEST(a_word_is_added_once),
        ARENA_TEST(latin_words_are_found_whole),
        ARENA_TEST(many_words_are_all_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

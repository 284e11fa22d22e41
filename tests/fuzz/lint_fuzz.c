/*
 * Fuzzes the lint: whatever the bytes, places lie within the text, on borders of characters, in
 * order, and saying them again gives the same. The first byte chooses market and speaker. Built
 * with -fsanitize=fuzzer for fuzzing; the unit test domain/lint_fuzz replays the corpus.
 */
#include <assert.h>

#include "../unit/domain/lint_shelf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_border(Str text, size_t at) {
    return at == text.size || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static void check_finding(Str text, const LintFinding *finding, bool valid) {
    const TextSpan *span = &finding->span;
    assert(finding->severity < LINT_SEVERITY_COUNT && finding->speaker < LINT_SPEAKER_COUNT);
    assert(finding->rule->why.in[LANG_JA].size && finding->rule->instead.in[LANG_ZH].size);
    assert(span->byte_start < span->byte_end && span->byte_end <= text.size);
    assert(span->unit_start < span->unit_end && span->unit_end <= span->byte_end);
    if (valid) assert(is_border(text, span->byte_start) && is_border(text, span->byte_end));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static LintShelf shelf;
    if (!shelf.arena) shelf = lint_shelf_new();
    if (!size) return 0;
    Str text = {.data = (const char *)data + 1, .size = size - 1};
    LintReader reader = lint_reader(&shelf.lexicons, data[0] & 1 ? STR("CN") : STR("JP"),
                                    (LintSpeaker)((data[0] >> 1) % LINT_SPEAKER_COUNT));
    LintReading reading, again;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    lint_read(arena, text, &reader, &reading);
    bool valid = str_valid_utf8(text);
    for (size_t i = 0; i < reading.count; i++) {
        check_finding(text, &reading.findings[i], valid);
        if (!i) continue;
        assert(reading.findings[i - 1].span.byte_start <= reading.findings[i].span.byte_start);
    }
    lint_read(arena, text, &reader, &again);
    assert(again.count == reading.count);
    return 0;
}

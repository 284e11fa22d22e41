/*
 * Fuzzes the reading of notes: whatever the bytes, places lie within the note, in order, on borders
 * of characters. The first two bytes choose when and by whom it was written. Built with
 * -fsanitize=fuzzer for fuzzing; the unit test domain/note_fuzz replays the corpus.
 */
#include <assert.h>

#include "../unit/domain/note_shelf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SETTINGS = 2 };

static bool is_border(Str text, size_t at) {
    return at == text.size || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static void check_span(Str text, const NoteSpan *span, bool valid) {
    assert(span->byte_start <= span->byte_end && span->byte_end <= text.size);
    assert(span->unit_start <= span->unit_end && span->unit_end <= span->byte_end);
    if (!valid) return;
    assert(is_border(text, span->byte_start) && is_border(text, span->byte_end));
}

static void check_piece(Str text, const NotePiece *piece, const NoteReading *reading, bool valid) {
    assert(piece->kind < NOTE_KIND_COUNT);
    check_span(text, &piece->span, valid);
    check_span(text, &piece->mark, valid);
    check_span(text, &piece->due, valid);
    assert(piece->by_mark == (piece->strength > 0));
    assert(piece->first_mention + piece->mention_count <= reading->mention_count);
    assert(piece->kind == NOTE_COMMITMENT || piece->text.size > 0);
    if (piece->text.size) {
        assert(piece->text.data >= text.data);
        assert(piece->text.data + piece->text.size <= text.data + text.size);
    }
}

static void check(Str text, const NoteReading *reading) {
    bool valid = str_valid_utf8(text);
    for (size_t i = 0; i < reading->piece_count; i++) {
        check_piece(text, &reading->pieces[i], reading, valid);
        if (!i) continue;
        assert(reading->pieces[i - 1].span.byte_start <= reading->pieces[i].span.byte_start);
    }
    for (size_t i = 0; i < reading->mention_count; i++) {
        check_span(text, &reading->mentions[i].span, valid);
        if (!i) continue;
        assert(reading->mentions[i - 1].span.byte_end <= reading->mentions[i].span.byte_start);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const ZONES[] = {"Asia/Tokyo", "Asia/Shanghai", "America/New_York",
                                        "Europe/London"};
    static const int64_t FIRST = INT64_C(1700000000000);
    static NoteShelf shelf;
    if (!shelf.arena) shelf = shelf_new();
    if (size < SETTINGS) return 0;
    Str text = {.data = (const char *)data + SETTINGS, .size = size - SETTINGS};
    NoteWriter writer = note_writer((Lang)(data[0] % LANG_COUNT), str_of(ZONES[data[0] / 64]), NULL);
    NoteReader reader = {
        .vocabulary = &shelf.vocabulary, .catalogue = &shelf.catalogue, .writer = &writer};
    NoteReading reading;
    Arena *arena CLEANUP(arena_drop) = arena_new();
    note_read(arena, text, FIRST + data[1] * (CLOCK_DAY * 3 / 2), &reader, &reading);
    check(text, &reading);
    return 0;
}

/*
 * How many notes a second one core reads, beside ICU's word segmentation of the same texts, which
 * is the least that any reading of Japanese and Chinese by a library costs. The notes are those of
 * tests/data/notes, over and over. It states figures and judges none.
 *
 *     bench/notes
 */
#include <time.h>
#include <unicode/ubrk.h>

#include "note_shelf.h"
#include "utf16.h"

enum { NOTES_MOST = 1000, ROUNDS = 5, PASSES = 100 };

typedef struct Notes {
    Str at[NOTES_MOST];
    size_t count, bytes;
} Notes;

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Lines that begin with a language are notes, the others say what is expected of them. */
static void take_line(Notes *notes, Str line) {
    Str text = line, tag = str_cut(&text, ':');
    Lang lang;
    if (str_starts(tag, STR("mix-"))) tag = str_part(tag, 4, tag.size);
    if (!text.data || tag.size != 2 || !lang_from_tag(tag, &lang) || notes->count == NOTES_MOST) {
        return;
    }
    notes->at[notes->count++] = str_trim(text);
    notes->bytes += str_trim(text).size;
}

static void load(Arena *arena, const char *name, Notes *notes) {
    Str text, path = str_format(arena, "%s/tests/data/notes/%s", ONDO_SOURCE_DIR, name);
    if (files_read(arena, path.data, &text) != STATUS_OK) abort();
    while (text.data) take_line(notes, str_cut(&text, '\n'));
}

/* Notes a second. `found` keeps the compiler from leaving the work out. */
static double read_notes(const Notes *notes, const NoteReader *reader, size_t *found) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    int64_t at = INT64_C(1795000000000);
    double start = seconds();
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = 0; i < notes->count; i++) {
            NoteReading reading;
            note_read(arena, notes->at[i], at, reader, &reading);
            *found += reading.piece_count;
            arena_reset(arena);
        }
    }
    return (double)(PASSES * notes->count) / (seconds() - start);
}

static double segment_notes(const Notes *notes, size_t *found) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "ja", NULL, 0, &error);
    if (U_FAILURE(error)) abort();
    double start = seconds();
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = 0; i < notes->count; i++) {
            Utf16 text CLEANUP(utf16_free);
            utf16_from(notes->at[i], &text);
            ubrk_setText(words, text.units, text.size, &error);
            while (ubrk_next(words) != UBRK_DONE) (*found)++;
        }
    }
    double rate = (double)(PASSES * notes->count) / (seconds() - start);
    ubrk_close(words);
    return rate;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void) {
    NoteShelf shelf = shelf_new();
    Notes notes = {0};
    double read[ROUNDS], segmented[ROUNDS];
    size_t found = 0;
    load(shelf.arena, "notes.txt", &notes);
    load(shelf.arena, "habits.txt", &notes);
    NoteWriter writer = note_writer(LANG_JA, STR("Asia/Tokyo"), NULL);
    NoteReader reader = {
        .vocabulary = &shelf.vocabulary, .catalogue = &shelf.catalogue, .writer = &writer};
    for (int i = 0; i < ROUNDS; i++) {
        read[i] = read_notes(&notes, &reader, &found);
        segmented[i] = segment_notes(&notes, &found);
    }
    qsort(read, ROUNDS, sizeof *read, by_size);
    qsort(segmented, ROUNDS, sizeof *segmented, by_size);
    printf("%zu notes of %zu bytes on average, one core, %d rounds (%zu found)\n", notes.count,
           notes.bytes / notes.count, ROUNDS, found);
    printf("  %-36s %10.0f %10.0f %10.0f\n", "notes read a second", read[0], read[ROUNDS / 2],
           read[ROUNDS - 1]);
    printf("  %-36s %10.0f %10.0f %10.0f\n", "ICU word segmentation, the same", segmented[0],
           segmented[ROUNDS / 2], segmented[ROUNDS - 1]);
    printf("  %-36s %21.2f\n", "ratio of medians", read[ROUNDS / 2] / segmented[ROUNDS / 2]);
    shelf_free(&shelf);
    return 0;
}

/*
 * Fuzzes what a delimited file goes through before anything is saved: detection of encoding,
 * delimiter and heading, then every row. Built with -fsanitize=fuzzer for fuzzing; the unit test
 * exchange/sheet replays the corpus.
 */
#include <assert.h>

#include "sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str bytes = {.data = (const char *)data, .size = size};
    Arena *arena = arena_new();
    Problem problem = problem_new(arena);
    SheetForm form;
    Status status =
        sheet_detect(arena, bytes, &(SheetHints){.header = SHEET_HEADER_DETECT}, &problem, &form);
    assert(status == STATUS_OK || (status == STATUS_INVALID && problem.count));
    if (status == STATUS_OK) {
        Sheet *sheet = sheet_open(bytes, &form);
        int64_t line = 0;
        for (SheetRow row; sheet_next(sheet, &row) == STATUS_OK; line = row.line) {
            assert(row.line > line && (row.count || row.fault));
            for (size_t i = 0; i < row.count; i++) assert(str_valid_utf8(row.cells[i]));
        }
        sheet_close(sheet);
    }
    arena_free(arena);
    return 0;
}

/*
 * Writes a C file that holds the files of some folders as bytes of the binary.
 *
 *     embed OUTPUT NAME=FOLDER [NAME=FOLDER …]
 *
 * Each file of FOLDER becomes an entry "NAME/path/in/folder" of embedded_files[], sorted by path.
 * The assembler reads the bytes themselves (.incbin); sizes and times stand in comments, so that a
 * changed file changes the output. A folder that does not exist counts as empty.
 */
#define _GNU_SOURCE
#include <fts.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct Found {
    char *path;   /* as the program will know it */
    char *source; /* where it lies now */
    long long size, changed;
} Found;

typedef struct Finds {
    Found *items;
    size_t count, capacity;
} Finds;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void add_found(Finds *finds, const char *name, const char *folder, const FTSENT *entry) {
    if (finds->count == finds->capacity) {
        finds->capacity = finds->capacity ? finds->capacity * 2 : 64;
        finds->items = realloc(finds->items, finds->capacity * sizeof(Found));
        if (!finds->items) fail("memory");
    }
    Found *found = &finds->items[finds->count++];
    char source[PATH_MAX];
    if (!realpath(entry->fts_path, source)) fail(entry->fts_path);
    found->source = strdup(source);
    if (asprintf(&found->path, "%s%s", name, entry->fts_path + strlen(folder)) < 0) fail("memory");
    found->size = (long long)entry->fts_statp->st_size;
    found->changed = (long long)entry->fts_statp->st_mtim.tv_sec * 1000000000 +
                     entry->fts_statp->st_mtim.tv_nsec;
}

static void walk(Finds *finds, const char *name, char *folder) {
    struct stat status;
    if (stat(folder, &status) != 0) return;
    char *const paths[] = {folder, NULL};
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    if (!tree) fail(folder);
    for (FTSENT *entry; (entry = fts_read(tree));) {
        if (entry->fts_info == FTS_F) add_found(finds, name, folder, entry);
    }
    fts_close(tree);
}

static void free_finds(Finds *finds) {
    for (size_t i = 0; i < finds->count; i++) {
        free(finds->items[i].path);
        free(finds->items[i].source);
    }
    free(finds->items);
}

static int compare_found(const void *a, const void *b) {
    return strcmp(((const Found *)a)->path, ((const Found *)b)->path);
}

static void write_output(FILE *out, const Finds *finds) {
    fputs("#include \"embedded.h\"\n", out);
    for (size_t i = 0; i < finds->count; i++) {
        const Found *found = &finds->items[i];
        fprintf(out, "/* %lld bytes, changed %lld */\n", found->size, found->changed);
        fprintf(
            out,
            "__asm__(\".section .rodata\\n.balign 16\\nembedded_%zu:\\n"
            ".incbin \\\"%s\\\"\\n.byte 0\\n.previous\\n\");\nextern const char embedded_%zu[];\n",
            i, found->source, i);
    }
    fputs("const EmbeddedFile embedded_files[] = {\n", out);
    for (size_t i = 0; i < finds->count; i++) {
        fprintf(out, "    {{\"%s\", %zu}, {embedded_%zu, %lld}},\n", finds->items[i].path,
                strlen(finds->items[i].path), i, finds->items[i].size);
    }
    fprintf(out, "    {{0, 0}, {0, 0}}};\nconst size_t embedded_count = %zu;\n", finds->count);
}

/* Leaves the file alone when nothing changed, so that nothing is compiled again. */
static void replace_if_changed(const char *path, const char *text, size_t size) {
    char *old = malloc(size + 1);
    FILE *file = fopen(path, "rb");
    size_t read = file && old ? fread(old, 1, size + 1, file) : 0;
    if (file) fclose(file);
    bool same = read == size && memcmp(old, text, size) == 0;
    free(old);
    if (same) return;
    file = fopen(path, "wb");
    if (!file || fwrite(text, 1, size, file) != size || fclose(file) != 0) fail(path);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: embed OUTPUT NAME=FOLDER …\n", stderr);
        return 2;
    }
    Finds finds = {0};
    for (int i = 2; i < argc; i++) {
        char *folder = strchr(argv[i], '=');
        if (!folder) return 2;
        *folder++ = '\0';
        walk(&finds, argv[i], folder);
    }
    if (finds.count) qsort(finds.items, finds.count, sizeof(Found), compare_found);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) fail("memory");
    write_output(out, &finds);
    fclose(out);
    replace_if_changed(argv[1], text, size);
    free(text);
    free_finds(&finds);
    return 0;
}

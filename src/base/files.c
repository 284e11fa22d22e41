/*
 * Whole files, with the system's calls rather than stdio: an interrupted call is continued, and
 * what is written is on the disk when the function returns.
 */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_descriptor(int *descriptor) {
    if (*descriptor >= 0) close(*descriptor);
}

/* By the size the file has now; one that grows meanwhile is read as it was. */
Status files_read(Arena *arena, const char *path, Str *out) {
    int descriptor CLEANUP(close_descriptor) = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0) return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_FAILED;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return STATUS_FAILED;
    size_t size = (size_t)status.st_size, done = 0;
    char *content = arena_take(arena, size + 1);
    while (done < size) {
        ssize_t read_now = read(descriptor, content + done, size - done);
        if (read_now < 0 && errno == EINTR) continue;
        if (read_now <= 0) return STATUS_FAILED;
        done += (size_t)read_now;
    }
    content[size] = '\0';
    *out = (Str){.data = content, .size = size};
    return STATUS_OK;
}

/* O_EXCL, so that a key that exists is never overwritten; 0600 from the start, not afterwards. */
Status files_write_private(const char *path, Str content) {
    int descriptor CLEANUP(close_descriptor) =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return errno == EEXIST ? STATUS_CONFLICT : STATUS_FAILED;
    for (size_t done = 0; done < content.size;) {
        ssize_t written = write(descriptor, content.data + done, content.size - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            unlink(path); /* half a file would be taken for a whole one */
            return STATUS_FAILED;
        }
        done += (size_t)written;
    }
    return fsync(descriptor) == 0 ? STATUS_OK : STATUS_FAILED;
}

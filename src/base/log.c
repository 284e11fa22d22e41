/*
 * The log goes to standard error and nowhere else: where it is kept, and for how long, is the
 * service manager's matter. Nothing here can fail in a way that a caller would have to handle.
 */
#include "log.h"

#include <unistd.h>

#include "clock.h"
#include "json.h"

static const char *const LEVEL_NAMES[] = {
    [LOG_LEVEL_DEBUG] = "debug",
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_WARNING] = "warning",
    [LOG_LEVEL_ERROR] = "error",
};

void log_write_fields(LogLevel level, const char *message, const LogField *fields, size_t count) {
    Buffer line CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&line);
    char at[INSTANT_TEXT_SIZE];
    Clock machine = {0}; /* the log tells the machine's time, whatever ONDO_NOW says */
    instant_write(clock_now(&machine), at);
    json_open_object(&json);
    json_member_text(&json, "at", (Str){.data = at, .size = sizeof at});
    json_member_text(&json, "level", str_of(LEVEL_NAMES[level]));
    json_member_text(&json, "message", str_of(message));
    for (size_t i = 0; i < count; i++) {
        if (fields[i].text.data) {
            json_member_text(&json, fields[i].name, fields[i].text);
        } else {
            json_member_integer(&json, fields[i].name, fields[i].number);
        }
    }
    json_close_object(&json);
    buffer_add_byte(&line, '\n');
    /* One write a line, so that lines of several threads do not mix; a full pipe loses the line. */
    ssize_t written = write(STDERR_FILENO, line.data, line.size);
    (void)written;
}

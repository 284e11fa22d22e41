/*
 * Users by login, and passwords from people. A password given as an option can be seen by others on
 * the machine, so the terminal is asked first of all, without echo; a pipe serves scripts.
 */
#include "account.h"

#include <stdio.h>
#include <termios.h>
#include <unistd.h>

enum { PASSWORD_LINE = 2048 };

/*
 * Read directly: this is for people who cannot sign in, and there is nobody whose rights could
 * count.
 */
Status account_find(Transaction *transaction, Str login, Id *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask_first(
        transaction, &rows,
        "SELECT \"id\" FROM \"user\" WHERE \"login\" = $1 AND \"deleted_at\" IS NULL",
        value_text(login));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) *out = store_column(rows, 0, VALUE_ID).id;
    return status;
}

/* Line ends of either system are cut off; blanks may belong to the password. */
static bool read_line(Arena *arena, Str *out) {
    char line[PASSWORD_LINE];
    if (!fgets(line, sizeof line, stdin)) return false;
    Str text = str_of(line);
    while (text.size && (text.data[text.size - 1] == '\n' || text.data[text.size - 1] == '\r')) {
        text.size--;
    }
    *out = str_copy(arena, text);
    return text.size > 0;
}

/* Echo comes back also when nothing was given; TCSAFLUSH drops what was typed too early. */
static bool read_unseen(Arena *arena, const char *prompt, Str *out) {
    struct termios usual, unseen;
    tcgetattr(STDIN_FILENO, &usual);
    unseen = usual;
    unseen.c_lflag &= ~(tcflag_t)ECHO;
    fputs(prompt, stderr);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
    bool given = read_line(arena, out);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual);
    fputc('\n', stderr);
    return given;
}

bool account_read_password(const CommandLine *line, Arena *arena, Str *out) {
    const char *given = command_value(line, "password");
    Str again;
    if (given) {
        *out = str_of(given);
        return true;
    }
    if (!isatty(STDIN_FILENO)) {
        if (read_line(arena, out)) return true;
        fprintf(stderr, "ondo user: give a password on standard input, or with --password.\n");
        return false;
    }
    if (!read_unseen(arena, "New password: ", out)) return false;
    if (read_unseen(arena, "Once more: ", &again) && str_equal(*out, again)) return true;
    fprintf(stderr, "ondo user: the two are not the same.\n");
    return false;
}

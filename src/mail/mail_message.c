/*
 * Headers of mails. Names and subjects hold what people typed, so nothing of them is ever taken for
 * the structure of a mail: control characters are gone, and all but plain words travel encoded.
 */
#include "mail_message.h"

#include <sodium.h>

#include "buffer.h"
#include "clock.h"

/* RFC 2047 allows an encoded word 75 characters; "=?UTF-8?B?" and "?=" take 12 of them, and base64
 * makes four characters of three bytes. */
enum { WORD_BYTES = 45, PLAIN_LINE = 70, ADDRESS_MOST = 254 };

/* ---- Addresses ---- */

static bool is_address_byte(char byte) {
    return byte > ' ' && byte < 0x7F && !strchr("<>()[]\\,;:\"%!|`{}", byte);
}

bool mail_address_is_safe(Str address) {
    size_t at = str_find(address, '@');
    if (address.size > ADDRESS_MOST || !at || at + 1 >= address.size) return false;
    for (size_t i = 0; i < address.size; i++) {
        if (!is_address_byte(address.data[i])) return false;
        if (address.data[i] == '@' && i != at) return false;
    }
    /* What begins with a hyphen could be taken for an option by a program behind the server. */
    return address.data[0] != '-' && address.data[0] != '.';
}

bool mail_mailbox_parse(Str text, Str *name, Str *address) {
    Str trimmed = str_trim(text);
    size_t open = str_find(trimmed, '<');
    if (open == trimmed.size) {
        *name = (Str){0};
        *address = trimmed;
        return mail_address_is_safe(*address);
    }
    if (trimmed.data[trimmed.size - 1] != '>') return false;
    Str shown = str_trim(str_part(trimmed, 0, open));
    if (shown.size > 1 && shown.data[0] == '"' && shown.data[shown.size - 1] == '"') {
        shown = str_part(shown, 1, shown.size - 2);
    }
    *name = shown;
    *address = str_part(trimmed, open + 1, trimmed.size - open - 2);
    return mail_address_is_safe(*address);
}

/* ---- Words ---- */

/* Also "=?" of a text that only looks encoded has to be encoded itself. */
static bool is_plain(Str text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < ' ' || byte >= 0x7F) return false;
    }
    return str_find_str(text, STR("=?")) == text.size && text.size <= PLAIN_LINE;
}

static Str without_controls(Arena *arena, Str text) {
    Str copy = str_copy(arena, text);
    char *bytes = (char *)copy.data;
    for (size_t i = 0; i < copy.size; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < ' ' || byte == 0x7F) bytes[i] = ' ';
    }
    return str_trim(copy);
}

/* As many bytes as an encoded word takes, but never half of a character. */
static size_t word_size(Str rest) {
    size_t size = rest.size < WORD_BYTES ? rest.size : WORD_BYTES;
    while (size < rest.size && size && ((unsigned char)rest.data[size] & 0xC0) == 0x80) size--;
    return size ? size : rest.size;
}

Str mail_header_text(Arena *arena, Str text) {
    enum { VARIANT = sodium_base64_VARIANT_ORIGINAL };
    Str rest = without_controls(arena, text);
    Buffer out CLEANUP(buffer_free) = {0};
    if (is_plain(rest)) return rest;
    while (rest.size) {
        char word[4 * (WORD_BYTES + 8) / 3 + 8];
        size_t size = word_size(rest);
        if (size > WORD_BYTES + 4) size = WORD_BYTES; /* not UTF-8: cut anywhere */
        sodium_bin2base64(word, sizeof word, (const unsigned char *)rest.data, size, VARIANT);
        buffer_format(&out, "%s=?UTF-8?B?%s?=", out.size ? "\r\n " : "", word);
        rest = str_part(rest, size, rest.size);
    }
    return str_copy(arena, buffer_str(&out));
}

/* A name of plain letters stands in quotes, which it cannot leave. */
Str mail_header_mailbox(Arena *arena, Str name, Str address) {
    Str plain = without_controls(arena, name);
    if (str_empty(plain)) return str_copy(arena, address);
    if (!is_plain(plain)) {
        return str_format(arena, "%.*s\r\n <%.*s>", STR_ARGS(mail_header_text(arena, plain)),
                          STR_ARGS(address));
    }
    char *bytes = (char *)plain.data;
    for (size_t i = 0; i < plain.size; i++) {
        if (bytes[i] == '"' || bytes[i] == '\\') bytes[i] = '\'';
    }
    return str_format(arena, "\"%.*s\" <%.*s>", STR_ARGS(plain), STR_ARGS(address));
}

Str mail_header_date(Arena *arena, int64_t instant) {
    static const char DAYS[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char MONTHS[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t days = instant / CLOCK_DAY, seconds = instant % CLOCK_DAY / CLOCK_SECOND;
    Date date = date_from_days(days);
    return str_format(arena, "%s, %02d %s %04d %02d:%02d:%02d +0000", DAYS[date_weekday(date)],
                      date.day, MONTHS[date.month - 1], date.year, (int)(seconds / 3600),
                      (int)(seconds / 60 % 60), (int)(seconds % 60));
}

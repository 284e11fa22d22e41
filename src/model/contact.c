/*
 * Addresses as people write them.
 *
 * The rules are narrower than the standards on purpose: what the standards allow and nobody uses
 * (quoted local parts, comments, address literals, user names in links) is nearly always a slip of
 * the finger or an attempt at mischief. Whether an address works is known only by using it.
 */
#include "contact.h"

#include "buffer.h"
#include "fold.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Taken as letters: which of them are, Unicode says anew each year. */
static bool beyond_ascii(char c) {
    return ((unsigned char)c & 0x80) != 0;
}

static Str lower_ascii(Arena *arena, Str text) {
    char *lower = str_terminated(arena, text);
    for (size_t i = 0; i < text.size; i++) {
        if (lower[i] >= 'A' && lower[i] <= 'Z') lower[i] = (char)(lower[i] + ('a' - 'A'));
    }
    return (Str){.data = lower, .size = text.size};
}

/* A label of a host name: letters, digits and inner hyphens, at most 63 bytes (RFC 1123). */
static bool label_valid(Str label) {
    if (str_empty(label) || label.size > 63) return false;
    if (label.data[0] == '-' || label.data[label.size - 1] == '-') return false;
    for (size_t i = 0; i < label.size; i++) {
        char c = label.data[i];
        if (!is_letter(c) && !is_digit(c) && c != '-' && !beyond_ascii(c)) return false;
    }
    return true;
}

static bool all_digits(Str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i])) return false;
    }
    return text.size > 0;
}

/* A name of at least `labels` labels whose last one is not a number, as in an IP address. */
static bool domain_valid(Str domain, size_t labels) {
    if (domain.size > 253) return false;
    size_t count = 0;
    Str last = {0};
    for (Str rest = domain; rest.data; count++) {
        last = str_cut(&rest, '.');
        if (!label_valid(last)) return false;
    }
    return count >= labels && !all_digits(last);
}

/* RFC 5322, atext; letters beyond ASCII by RFC 6531. */
static bool atom_valid(Str atom) {
    if (str_empty(atom)) return false;
    for (size_t i = 0; i < atom.size; i++) {
        char c = atom.data[i];
        if (is_letter(c) || is_digit(c) || beyond_ascii(c)) continue;
        if (!c || !strchr("!#$%&'*+-/=?^_`{|}~", c)) return false;
    }
    return true;
}

bool contact_email(Arena *arena, Str text, Str *out) {
    text = text_usual_width(arena, text);
    Str domain = text;
    Str local = str_cut(&domain, '@');
    if (!domain.data || text.size > 254 || local.size > 64) return false;
    for (Str rest = local; rest.data;) {
        if (!atom_valid(str_cut(&rest, '.'))) return false;
    }
    /* Typographic quotes and spaces of other scripts come with pasted text, never with addresses.
     */
    if (str_find_str(local, STR("“")) < local.size || str_find_str(local, STR("”")) < local.size ||
        str_find_str(text, STR("\u3000")) < text.size) {
        return false;
    }
    if (!domain_valid(domain, 2)) return false;
    *out = str_format(arena, "%.*s@%.*s", STR_ARGS(local), STR_ARGS(lower_ascii(arena, domain)));
    return true;
}

/* ---- Telephone ---- */

/* Dashes of every kind, and the long-vowel mark that stands for one in Japanese typing. */
static Str plain_dashes(Arena *arena, Str text) {
    static const Str DASHES[] = {STR_INIT("‐"), STR_INIT("‑"), STR_INIT("‒"), STR_INIT("–"),
                                 STR_INIT("—"), STR_INIT("―"), STR_INIT("−"), STR_INIT("ー")};
    Buffer out CLEANUP(buffer_free) = {0};
    while (text.size) {
        size_t taken = 0;
        for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES && !taken; i++) {
            if (str_starts(text, DASHES[i])) taken = DASHES[i].size;
        }
        buffer_add_byte(&out, taken ? '-' : text.data[0]);
        text = str_part(text, taken ? taken : 1, text.size);
    }
    return str_copy(arena, buffer_str(&out));
}

/* Cuts the extension off the number; empty when there is none. */
static Str cut_extension(Arena *arena, Str *number) {
    static const Str WORDS[] = {STR_INIT("extension"), STR_INIT("ext."), STR_INIT("ext"),
                                STR_INIT("内線"),      STR_INIT("分机"), STR_INIT("x"),
                                STR_INIT("#")};
    Str lower = lower_ascii(arena, *number);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t at = str_find_str(lower, WORDS[i]);
        if (at == lower.size) continue;
        Str extension = str_trim(str_part(*number, at + WORDS[i].size, number->size));
        *number = str_trim(str_part(*number, 0, at));
        return str_empty(extension) ? STR("?") : extension;
    }
    return (Str){0};
}

/* Counts the digits of the number proper; -1 when something else is in it. */
static int count_digits(Str number) {
    int digits = 0, open = 0;
    for (size_t i = 0; i < number.size; i++) {
        char c = number.data[i];
        open += (c == '(') - (c == ')');
        if (open < 0 || open > 1) return -1;
        if (is_digit(c)) {
            digits++;
        } else if (!c || !strchr("+-. ()/", c) || (c == '+' && i > 0)) {
            return -1;
        }
    }
    return open == 0 ? digits : -1;
}

/*
 * The grouping stays as people wrote it, since it tells them the area code; only what a machine
 * could misread is changed.
 */
bool contact_phone(Arena *arena, Str text, Str *out) {
    Str number = str_trim(plain_dashes(arena, text_usual_width(arena, text)));
    Str whole = number;
    Str extension = cut_extension(arena, &number);
    int digits = count_digits(number);
    if (digits < 3 || digits > 15 || number.data[number.size - 1] == '-') return false;
    if (extension.size && (!all_digits(extension) || extension.size > 8)) return false;
    *out = whole;
    return true;
}

/* ---- Web addresses ---- */

/* "host", "host:443" or "[2001:db8::1]:443". */
static bool authority_valid(Str authority) {
    Str port = {0}, host = authority;
    if (str_starts(authority, STR("["))) {
        size_t close = str_find(authority, ']');
        if (close == authority.size || close < 3) return false;
        for (size_t i = 1; i < close; i++) {
            if (!is_digit(authority.data[i]) && !strchr("abcdefABCDEF:.", authority.data[i])) {
                return false;
            }
        }
        port = str_part(authority, close + 1, authority.size);
        if (str_empty(port)) return true;
        if (port.data[0] != ':') return false;
        port = str_part(port, 1, port.size);
        return all_digits(port) && port.size <= 5;
    }
    host = str_cut(&authority, ':');
    if (authority.data && (!all_digits(authority) || authority.size > 5)) return false;
    int dots = 0;
    for (size_t i = 0; i < host.size; i++) dots += host.data[i] == '.';
    bool looks_numeric = host.size && is_digit(host.data[host.size - 1]) && dots == 3;
    if (!looks_numeric) return domain_valid(host, 1);
    for (Str rest = host; rest.data;) {
        Str part = str_cut(&rest, '.');
        int64_t value;
        if (!all_digits(part) || !str_to_integer(part, &value) || value > 255) return false;
    }
    return true;
}

/* These end an attribute or an address where a page or a mail shows the link. */
static bool url_characters_valid(Str text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= 0x20 || c == 0x7F || strchr("\"<>\\^`{|}", c)) return false;
    }
    return str_find_str(text, STR("\u3000")) == text.size;
}

/* Only http and https: a link of any other scheme could run a script where the page shows it. */
bool contact_url(Arena *arena, Str text, Str *out) {
    size_t colon = str_find_str(text, STR("://"));
    if (colon == text.size || !url_characters_valid(text)) return false;
    Str scheme = lower_ascii(arena, str_part(text, 0, colon));
    if (!str_is(scheme, "http") && !str_is(scheme, "https")) return false;
    Str rest = str_part(text, colon + 3, text.size);
    size_t end = 0;
    while (end < rest.size && !strchr("/?#", rest.data[end])) end++;
    if (!authority_valid(str_part(rest, 0, end))) return false;
    *out = str_format(arena, "%.*s://%.*s", STR_ARGS(scheme), STR_ARGS(rest));
    return true;
}

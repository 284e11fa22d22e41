/*
 * Settings of mail. A server that is half described would fail with every mail, so the program does
 * not start with one.
 */
#include "mail_settings.h"

#include <stdio.h>
#include <stdlib.h>

#include "files.h"

static Str setting(const char *name) {
    return str_trim(str_of(getenv(name)));
}

static ExitCode refuse(const char *what) {
    fprintf(stderr, "ondo: %s\n", what);
    return EXIT_USAGE;
}

/* Behind "//", up to the port: "127.0.0.1", "[::1]", "mail.example.com". */
static Str host_of(Str url) {
    size_t start = str_find_str(url, STR("//"));
    Str host = str_part(url, start + 2, url.size);
    size_t end = host.size && host.data[0] == '[' ? str_find(host, ']') + 1 : str_find(host, ':');
    return str_part(host, 0, end < host.size ? end : str_find(host, '/'));
}

/* On the way to the machine itself nobody listens. */
static bool is_here(Str host) {
    return str_is(host, "localhost") || str_starts(host, STR("127.")) || str_is(host, "[::1]");
}

static ExitCode read_url(MailServer *out) {
    bool plain = str_starts(out->url, STR("smtp://"));
    if (!plain && !str_starts(out->url, STR("smtps://"))) {
        return refuse(
            "ONDO_SMTP is no address of a mail server; write it like "
            "smtp://mail.example.com:587 or smtps://mail.example.com:465.");
    }
    if (str_find(out->url, '@') < out->url.size) {
        return refuse(
            "ONDO_SMTP must not hold a password; use ONDO_SMTP_USER and "
            "ONDO_SMTP_PASSWORD_FILE.");
    }
    Str tls = setting("ONDO_SMTP_TLS");
    if (!str_empty(tls) && !str_is(tls, "required") && !str_is(tls, "offered")) {
        return refuse("ONDO_SMTP_TLS is \"required\" or \"offered\".");
    }
    bool offered = str_empty(tls) ? is_here(host_of(out->url)) : str_is(tls, "offered");
    out->tls = offered ? MAIL_TLS_OFFERED : MAIL_TLS_REQUIRED;
    return EXIT_DONE;
}

/* A file is kept out of listings of processes and their environments. */
static ExitCode read_password(Arena *arena, MailServer *out) {
    Str path = setting("ONDO_SMTP_PASSWORD_FILE");
    out->user = setting("ONDO_SMTP_USER");
    out->password = setting("ONDO_SMTP_PASSWORD");
    if (str_empty(path)) return EXIT_DONE;
    if (files_read(arena, path.data, &out->password) != STATUS_OK) {
        fprintf(stderr, "ondo: the file of ONDO_SMTP_PASSWORD_FILE cannot be read.\n");
        return EXIT_MISSING;
    }
    out->password = str_trim(out->password);
    return EXIT_DONE;
}

/* A file that cannot be read would fail with every mail. */
static ExitCode read_authorities(Arena *arena, MailServer *out) {
    Str unused;
    out->authorities = setting("ONDO_SMTP_CA_FILE");
    if (str_empty(out->authorities)) return EXIT_DONE;
    if (files_read(arena, out->authorities.data, &unused) == STATUS_OK &&
        str_find_str(unused, STR("-----BEGIN CERTIFICATE-----")) < unused.size) {
        return EXIT_DONE;
    }
    fprintf(stderr, "ondo: the file of ONDO_SMTP_CA_FILE holds no certificate (PEM).\n");
    return EXIT_MISSING;
}

static ExitCode read_page(MailServer *out) {
    out->page = setting("ONDO_URL");
    while (str_ends(out->page, STR("/"))) out->page.size--;
    if (str_empty(out->page) || str_starts(out->page, STR("https://")) ||
        str_starts(out->page, STR("http://"))) {
        return EXIT_DONE;
    }
    return refuse("ONDO_URL is no address of the page; write it like https://ondo.example.com.");
}

ExitCode mail_settings_read(Arena *arena, MailServer *out, bool *given) {
    *out = (MailServer){.url = setting("ONDO_SMTP")};
    *given = !str_empty(out->url);
    ExitCode code = read_page(out);
    if (!*given || code != EXIT_DONE) return code;
    code = read_url(out);
    if (code == EXIT_DONE) code = read_authorities(arena, out);
    if (code == EXIT_DONE) code = read_password(arena, out);
    if (code != EXIT_DONE) return code;
    if (mail_mailbox_parse(setting("ONDO_SMTP_FROM"), &out->from_name, &out->from)) {
        return EXIT_DONE;
    }
    return refuse("ONDO_SMTP_FROM is no sender; write it like \"Ondo <ondo@example.com>\".");
}

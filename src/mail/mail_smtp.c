/*
 * One mail, one connection. What libcurl needs is collected in an Attempt and freed together. The
 * words of the server are kept from the trace, because "550 no such user" says more than any code
 * of libcurl's.
 */
#include "mail_smtp.h"

#include <curl/curl.h>
#include <pthread.h>

#include "buffer.h"

enum {
    CONNECT_SECONDS = 20,
    MAIL_SECONDS = 120,
    PERMANENT = 500, /* replies from here on refuse for good (RFC 5321, 4.2.1) */
    SAID_MOST = 300
};

/* One try to hand over a mail, with all that the library must be given back. */
typedef struct Attempt {
    Arena *arena;
    const MailServer *server;
    CURL *curl;
    curl_mime *mime;
    struct curl_slist *headers, *receivers;
    char error[CURL_ERROR_SIZE];
    char answer[SAID_MOST + 1]; /* the last line with which the server refused something */
} Attempt;

static void attempt_drop(Attempt *attempt) {
    curl_slist_free_all(attempt->headers);
    curl_slist_free_all(attempt->receivers);
    curl_mime_free(attempt->mime);
    curl_easy_cleanup(attempt->curl);
}

/* ---- What libcurl tells while it works ---- */

static int note_answer(CURL *curl, curl_infotype kind, char *data, size_t size, void *user) {
    Attempt *attempt = user;
    (void)curl;
    if (kind != CURLINFO_HEADER_IN) return 0;
    Str line = str_trim((Str){.data = data, .size = size});
    /* What it says to our "QUIT" is no news. */
    if (str_empty(line) || (line.data[0] != '4' && line.data[0] != '5')) return 0;
    size_t kept = line.size < SAID_MOST ? line.size : SAID_MOST;
    memcpy(attempt->answer, line.data, kept);
    attempt->answer[kept] = '\0';
    return 0;
}

/* Anything but 0 ends the exchange: the program is on its way out. */
static int ask_stopping(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    const Attempt *attempt = user;
    (void)a, (void)b, (void)c, (void)d;
    return attempt->server->stopping && atomic_load(attempt->server->stopping);
}

/* ---- The mail ---- */

static void add_header(Attempt *attempt, const char *name, Str value) {
    Str line = str_format(attempt->arena, "%s: %.*s", name, STR_ARGS(value));
    attempt->headers = curl_slist_append(attempt->headers, line.data);
}

static void add_headers(Attempt *attempt, const MailMessage *message) {
    Arena *arena = attempt->arena;
    const MailServer *server = attempt->server;
    add_header(attempt, "Date", mail_header_date(arena, message->date));
    add_header(attempt, "From", mail_header_mailbox(arena, server->from_name, server->from));
    add_header(attempt, "To", mail_header_mailbox(arena, message->to_name, message->to));
    add_header(attempt, "Subject", mail_header_text(arena, message->subject));
    add_header(attempt, "Message-ID", str_format(arena, "<%.*s>", STR_ARGS(message->id)));
    /* RFC 3834: no program answers it. */
    add_header(attempt, "Auto-Submitted", STR("auto-generated"));
    if (str_empty(message->unsubscribe)) return;
    add_header(attempt, "List-Unsubscribe",
               str_format(arena, "<%.*s>", STR_ARGS(message->unsubscribe)));
    /* RFC 8058 wants the way of one click encrypted; without, the address is for people. */
    if (str_starts(message->unsubscribe, STR("https://"))) {
        add_header(attempt, "List-Unsubscribe-Post", STR("List-Unsubscribe=One-Click"));
    }
}

static void add_text(Attempt *attempt, curl_mime *parts, const char *type, Str text) {
    curl_mimepart *part = curl_mime_addpart(parts);
    curl_mime_data(part, str_terminated(attempt->arena, text), text.size);
    curl_mime_type(part, type);
    curl_mime_encoder(part, "base64");
}

/* multipart/mixed of the two forms of the text and the file */
static void add_parts(Attempt *attempt, const MailMessage *message) {
    curl_mime *forms = curl_mime_init(attempt->curl);
    attempt->mime = curl_mime_init(attempt->curl);
    add_text(attempt, forms, "text/plain; charset=utf-8", message->text);
    add_text(attempt, forms, "text/html; charset=utf-8", message->html);
    curl_mimepart *texts = curl_mime_addpart(attempt->mime);
    curl_mime_subparts(texts, forms);
    curl_mime_type(texts, "multipart/alternative");
    curl_mime_headers(texts, curl_slist_append(NULL, "Content-Disposition: inline"), 1);
    if (str_empty(message->file.path)) return;
    curl_mimepart *file = curl_mime_addpart(attempt->mime);
    curl_mime_filedata(file, str_terminated(attempt->arena, message->file.path));
    curl_mime_filename(file, str_terminated(attempt->arena, message->file.name));
    curl_mime_type(file, str_terminated(attempt->arena, message->file.type));
    curl_mime_encoder(file, "base64");
}

static void set_server(Attempt *attempt) {
    const MailServer *server = attempt->server;
    CURL *curl = attempt->curl;
    curl_easy_setopt(curl, CURLOPT_URL, str_terminated(attempt->arena, server->url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(
        curl, CURLOPT_USE_SSL,
        server->tls == MAIL_TLS_REQUIRED ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    if (!str_empty(server->authorities)) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, str_terminated(attempt->arena, server->authorities));
    }
    if (!str_empty(server->user)) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, str_terminated(attempt->arena, server->user));
        curl_easy_setopt(curl, CURLOPT_PASSWORD, str_terminated(attempt->arena, server->password));
    }
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)MAIL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, attempt->error);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, note_answer);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, attempt);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, ask_stopping);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, attempt);
}

static void set_mail(Attempt *attempt, const MailMessage *message) {
    Arena *arena = attempt->arena;
    CURL *curl = attempt->curl;
    Str from = str_format(arena, "<%.*s>", STR_ARGS(attempt->server->from));
    Str to = str_format(arena, "<%.*s>", STR_ARGS(message->to));
    add_headers(attempt, message);
    add_parts(attempt, message);
    attempt->receivers = curl_slist_append(NULL, to.data);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.data);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, attempt->receivers);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, attempt->headers);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, attempt->mime);
}

/* ---- What became of it ---- */

/*
 * A reply of 5xx refuses this mail for good, but only where it was about the mail: a server that
 * does not let us in (wrong password, no TLS) may do so once its administrator has mended that.
 */
static MailOutcome outcome_of(CURL *curl, CURLcode code) {
    long reply = 0;
    if (code == CURLE_OK) return MAIL_ACCEPTED;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    bool about_mail =
        code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_WEIRD_SERVER_REPLY;
    return about_mail && reply >= PERMANENT ? MAIL_REFUSED : MAIL_LATER;
}

/* What whoever runs Ondo can do about a connection that is not safe. */
static const char *advice(CURLcode code) {
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
            return "; the certificate is not trusted, or is for another name: name the server as "
                   "its "
                   "certificate does, and its authority's file in ONDO_SMTP_CA_FILE";
        case CURLE_USE_SSL_FAILED:
            return "; the server offers no encryption: ONDO_SMTP_TLS=offered would send without";
        case CURLE_SSL_CACERT_BADFILE: return "; ONDO_SMTP_CA_FILE holds no certificates (PEM)";
        default: return "";
    }
}

static Str said_by(const Attempt *attempt, CURLcode code) {
    const char *words = attempt->error[0] ? attempt->error : curl_easy_strerror(code);
    if (*advice(code)) return str_format(attempt->arena, "%s%s", words, advice(code));
    if (attempt->answer[0]) words = attempt->answer;
    return str_copy(attempt->arena, str_of(words));
}

static void begin_libcurl(void) {
    (void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

MailOutcome mail_smtp_send(Arena *arena, const MailServer *server, const MailMessage *message,
                           Str *said) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin_libcurl);
    if (!mail_address_is_safe(message->to)) {
        *said = STR("the address is not one");
        return MAIL_REFUSED;
    }
    Attempt attempt CLEANUP(attempt_drop) = {
        .arena = arena, .server = server, .curl = curl_easy_init()};
    if (!attempt.curl) return MAIL_LATER;
    set_server(&attempt);
    set_mail(&attempt, message);
    CURLcode code = curl_easy_perform(attempt.curl);
    MailOutcome outcome = outcome_of(attempt.curl, code);
    if (outcome != MAIL_ACCEPTED) *said = said_by(&attempt, code);
    return outcome;
}

/*
 * The server process: wires what lives as long as it does, and takes it down again in the opposite
 * order. One thread waits for signals; all others have them blocked.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "assets.h"
#include "backtest_runs.h"
#include "commands.h"
#include "edition.h"
#include "embedded.h"
#include "events.h"
#include "handler.h"
#include "jobs.h"
#include "keeper.h"
#include "log.h"
#include "mail_settings.h"
#include "mailer.h"
#include "rehearsal.h"
#include "signing_key.h"

enum { PORT_DEFAULT = 8470, STOP_SECONDS = 20, HEAD_LIMIT = 64 * 1024 };

static const Str PAGE_PREFIX = STR_INIT("web/");

/* The page's files stand together in the table of embedded files, still sorted without their
 * prefix. */
static void find_assets(Arena *arena, Assets *out) {
    AssetFile *files = ARENA_ARRAY(arena, embedded_count + 1, AssetFile);
    size_t count = 0;
    for (size_t i = 0; i < embedded_count; i++) {
        Str path = embedded_files[i].path;
        if (!str_starts(path, PAGE_PREFIX)) continue;
        files[count++] = (AssetFile){.path = str_part(path, PAGE_PREFIX.size, path.size),
                                     .content = embedded_files[i].content};
    }
    *out = (Assets){.files = files, .count = count};
}

/*
 * What lives as long as the server. Zeroed at first, so that stop_service knows what was started.
 */
typedef struct Service {
    System system;
    Assets assets;
    Api api;
    Keeper *keeper;
    Mailer *mailer;
    MailServer mail;
    unsigned char key[SIGNING_KEY_SIZE];
} Service;

/*
 * The address is printed and flushed once it is served: scripts wait for that line to learn the
 * port.
 */
static ExitCode start_server(Service *service, const CommandLine *line) {
    int64_t port;
    const char *address = command_value(line, "address");
    const char *proxy = command_value(line, "trusted-proxy");
    if (!command_integer(line, "port", PORT_DEFAULT, &port) || port < 0 || port > 65535) {
        return command_misused(line, "--port takes a number up to 65535; 0 chooses a free one.");
    }
    HttpOptions options = {
        .address = address ? address : "127.0.0.1",
        .port = (int)port,
        .head_limit = HEAD_LIMIT, /* filters and import maps stand in the query */
        .trusted_proxy = proxy,
        .unlogged = STR("/api/v1/calendar/"),
        .log_requests = command_value(line, "log-requests") != NULL,
        .handler = handler_answer,
        .body_limit = handler_body_limit,
        .context = &service->api};
    /* What happens from now on is told to those who listen; what was before is not. */
    Status status = events_tell(&service->api);
    if (status == STATUS_OK) status = http_server_start(&options, &service->api.server);
    if (status != STATUS_OK) return system_exit_code(status);
    printf("Ondo serves http://%s:%d\n", options.address, http_server_port(service->api.server));
    fflush(stdout);
    return EXIT_DONE;
}

/* From here on the business belongs to the holder, since it may be replaced while the server runs.
 */
static void prepare_api(Service *service, const CommandLine *line) {
    find_assets(service->system.arena, &service->assets);
    service->api =
        (Api){.store = service->system.store,
              .editions = editions_new(service->system.business, service->system.generation),
              .shipped = service->system.shipped,
              .clock = service->system.clock,
              .events = events_new(),
              .jobs = jobs_new(),
              .backtests = backtest_runs_new(),
              .rehearsals = rehearsals_new(),
              .assets = &service->assets,
              /* An Ed25519 secret key ends with its public one. */
              .public_key = service->key + SIGNING_KEY_SIZE - SIGNING_PUBLIC_SIZE,
              .secure_cookies = command_value(line, "secure-cookies") != NULL,
              .company_zone = service->system.zone};
    service->system.business = NULL;
}

/* Without a mail server the program serves without mails. */
static ExitCode prepare_mail(Service *service) {
    bool given;
    ExitCode code = mail_settings_read(service->system.arena, &service->mail, &given);
    if (code == EXIT_DONE) {
        service->api.mail = given ? &service->mail : NULL;
        service->api.page = service->mail.page;
    }
    return code;
}

/*
 * In this order nothing is lost: no new requests and those under way answered, then the imports,
 * then what they left to seal, then the database.
 */
static void stop_service(Service *service) {
    if (service->api.events) events_close(service->api.events);
    if (service->api.server) http_server_stop(service->api.server, STOP_SECONDS);
    if (service->api.jobs) jobs_stop(service->api.jobs);
    mailer_stop(service->mailer);
    keeper_stop(service->keeper);
    events_free(service->api.events);
    jobs_free(service->api.jobs);
    backtest_runs_free(service->api.backtests);
    rehearsals_free(service->api.rehearsals);
    editions_free(service->api.editions);
    system_stop(&service->system);
}

/* By sigwait and not by a handler: what follows a handler may do is next to nothing. */
static void wait_for_signal(const sigset_t *signals) {
    int signal_number = 0;
    sigwait(signals, &signal_number);
    log_write(LOG_LEVEL_INFO, "stopping", LOG_NUMBER("signal", signal_number));
}

/* Each step leaves what stop_service can take down, so every failure may simply return. */
static ExitCode run(const CommandLine *line) {
    Service service CLEANUP(stop_service) = {0};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    /* Blocked before any thread starts, so that this thread alone gets them. */
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    ExitCode code = system_start(line, SYSTEM_CREATE, &service.system);
    if (code != EXIT_DONE) return code;
    if (signing_key_load(&service.system, service.key) != STATUS_OK) {
        fprintf(stderr, "ondo serve: the key file (ondo.key) can be neither read nor made.\n");
        return EXIT_FAILED;
    }
    prepare_api(&service, line);
    code = prepare_mail(&service);
    if (code != EXIT_DONE) return code;
    code = start_server(&service, line);
    if (code != EXIT_DONE) return code;
    if (keeper_start(&service.api, service.key, &service.keeper) != STATUS_OK) return EXIT_FAILED;
    mail_token_key(service.key, service.api.unsubscribe_key);
    if (mailer_start(&service.api, &service.mailer) != STATUS_OK) return EXIT_FAILED;
    wait_for_signal(&signals);
    return EXIT_DONE;
}

static const CommandOption OPTIONS[] = {
    {"address", "ADDRESS", "where to listen (127.0.0.1)"},
    {"port", "PORT", "8470; 0 chooses a free one"},
    {"trusted-proxy", "ADDRESS", "proxy whose X-Forwarded-For and -Proto count"},
    {"secure-cookies", NULL, "cookies only over TLS; set it behind a TLS proxy"},
    {"log-requests", NULL, "a log line for each request, on standard error"},
    {NULL, NULL, NULL},
};

const Command COMMAND_SERVE = {
    .name = "serve",
    .arguments = "",
    .summary = "Serve the page and the API",
    .details =
        "Makes or updates the database first. SIGTERM and SIGINT stop it gracefully: requests\n"
        "under way are answered. Put a proxy with TLS in front for anything but localhost.\n"
        "Mails leave by the server that ONDO_SMTP names; ondo(1) tells of all such settings.",
    .options = OPTIONS,
    .run = run,
};

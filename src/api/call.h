/*
 * One request on its way through the API: what was asked, by whom, and the answer being written.
 */
#ifndef ONDO_API_CALL_H
#define ONDO_API_CALL_H

#include "business.h"
#include "clock.h"
#include "exchange.h"
#include "hooks.h"
#include "mail_smtp.h"
#include "mail_token.h"
#include "published.h"
#include "server.h"

typedef struct Events Events;             /* events.h */
typedef struct Assets Assets;             /* assets.h */
typedef struct Jobs Jobs;                 /* jobs.h */
typedef struct BacktestRuns BacktestRuns; /* backtest_runs.h */
typedef struct Rehearsals Rehearsals;     /* rehearsal.h */
typedef struct Edition Edition;           /* edition.h */
typedef struct Editions Editions;         /* edition.h */

/** What lives as long as the server and every request may use. */
typedef struct Api {
    Store *store;
    Editions *editions;      /* the business in force, which may change while the server runs */
    Definitions shipped;     /* what it is without what administrators have published */
    Clock clock;             /* begins at ONDO_NOW where that is set */
    HttpServer *server;      /* set once it runs */
    Events *events;          /* the open streams of changes */
    Jobs *jobs;              /* for work that outlasts its request; NULL: it is done within */
    BacktestRuns *backtests; /* replays under way */
    Rehearsals *rehearsals;  /* of imports, under way */
    const Assets *assets;    /* the page */
    const unsigned char *public_key; /* that checkpoints of this server bear; NULL: unknown */
    bool secure_cookies;             /* served by TLS: cookies are marked Secure */
    Str company_zone;                /* IANA; the day of the company begins by it */
    const MailServer *mail;          /* that takes our mails; NULL: none are sent */
    unsigned char unsubscribe_key[MAIL_TOKEN_KEY_SIZE]; /* of the words that end mails */
    Str page; /* public address of the page, for links; may be empty */
} Api;

/** No route has more {…} than this beside {object} and {id}. */
enum { CALL_PATH_MOST = 3 };

typedef struct Route Route;

/**
 * Lives as long as its request, in the worker that answers it. What a handler may rely on: actor
 * and context are set for every kind of route but ROUTE_OPEN, and `body` is JSON where the route
 * says so.
 */
typedef struct Call {
    Api *api;
    const HttpRequest *request;
    HttpResponse *response;
    const Route *route;
    const Edition *edition;   /* one for the whole request, whatever is published meanwhile */
    const Business *business; /* the edition's */
    Arena *arena;             /* ends with the request */
    Context context;          /* of the transaction that the handler runs in */
    Actor actor;              /* whoever signed in; nobody on open routes */
    Problem problem;          /* what the answer refuses, if it does */
    JsonWriter json;          /* writes to response->body */
    const HttpParameter *parameters; /* of the query, decoded */
    size_t parameter_count;
    Str path[CALL_PATH_MOST];  /* what stood for the {…} of the route */
    const Object *object;      /* of {object} */
    Id id;                     /* of {id} */
    json_t *body;              /* of routes that take JSON; NULL otherwise */
    bool by_cookie;            /* signed in by a browser's cookie, not by a bearer token */
    Str csrf;                  /* of the session */
    Id token;                  /* the bearer token used; none with a cookie */
    bool replayed;             /* the answer is an earlier one's, by Idempotency-Key */
    bool touch_due;            /* the session or token should be noted as used */
    bool must_change_password; /* nothing but that is open to this person */
} Call;

/**
 * Begins the answer and its errors anew within this transaction, for a job may run twice
 * (PostgreSQL). The status stays as it is.
 */
void call_restart(Call *call, Transaction *transaction);

/** The value of a query parameter; data is NULL when it was not given. */
Str call_parameter(const Call *call, const char *name);

/** Adds an error and returns `status`: return call_refuse(call, STATUS_INVALID, "/cursor",
 * "cursor"). */
MUST_USE Status call_refuse(Call *call, Status status, const char *pointer, const char *code);

/**
 * Refuses a body that is no object, and each member that is not among the NULL-ended `known`: a
 * misspelt one would be an instruction that is not followed. STATUS_INVALID with every error.
 */
MUST_USE Status call_refuse_unknown(Call *call, const char *const *known);

/** Adds that the number at `pointer` is to lie from `least` to `most`; returns STATUS_INVALID. */
MUST_USE Status call_refuse_range(Call *call, const char *pointer, int64_t least, int64_t most);

/**
 * ?limit= into `*limit`, which stays as it is without one. False, with the error added, for
 * anything but 1 to `most`: refused rather than clipped, so that no client takes a page for the
 * whole.
 */
bool call_limit(Call *call, int64_t most, int64_t *limit);

/** The record's answer: status, ETag, and its JSON with the references that ?expand= asks for. */
MUST_USE Status call_answer_record(Call *call, const Record *record, int status);

/** What work on many records needs; valid as long as the call. */
Exchange call_exchange(Call *call);

/** If-Match as a version: 0 when absent or "*". STATUS_INVALID when it is neither. */
MUST_USE Status call_if_match(Call *call, int64_t *version);

#endif

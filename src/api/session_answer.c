/* Sign-in, sign-out, who one is, and passwords. */
#include "access.h"
#include "authenticate.h"
#include "journal.h"
#include "list.h"
#include "mail_plan.h"
#include "preference.h"
#include "request_check.h"
#include "resources.h"
#include "sample.h"
#include "sign_in.h"
#include "system_actor.h"

/* ---- The cookie ---- */

/*
 * HttpOnly keeps it from scripts, SameSite=Strict from other sites (ADR 4). Secure where TLS is
 * known.
 */
static void set_cookie(Call *call, Str value, int64_t seconds) {
    http_response_header(
        call->response, "Set-Cookie",
        str_format(call->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s",
                   AUTHENTICATE_COOKIE, STR_ARGS(value), (long long)seconds,
                   call->api->secure_cookies || call->request->secure ? "; Secure" : ""));
}

/* ---- Who is signed in ---- */

/* The rights that belong to no object; those over records come with the model. */
static void write_rights(Call *call) {
    static const char *const RIGHTS[] = {"users", "journal", "import", "configure"};
    json_open_object(&call->json);
    for (size_t i = 0; i < sizeof RIGHTS / sizeof *RIGHTS; i++) {
        json_member_boolean(&call->json, RIGHTS[i], access_may(&call->actor, str_of(RIGHTS[i])));
    }
    json_close_object(&call->json);
}

/* What counts where the person has set nothing; null: then there is no reminder at all. */
static void write_company_settings(Call *call) {
    static const Str DRAFT = STR_INIT("draft_minutes");
    int64_t minutes;
    json_open_object(&call->json);
    json_key(&call->json, DRAFT);
    if (rules_default_minutes(call->business->rules, DRAFT, &minutes)) {
        json_write_integer(&call->json, minutes);
    } else {
        json_write_null(&call->json);
    }
    json_close_object(&call->json);
}

/* One may always read one's own record, whatever the role says of other people's. */
static Status write_me(Call *call) {
    SystemActor system;
    Context *own = system_actor(&call->context, &system);
    Record user;
    Str preferences;
    bool sample;
    Status status =
        record_read(own, model_object(own->model, STR("user")), call->actor.user, &user);
    if (status == STATUS_OK) {
        status =
            preference_read(call->context.transaction, call->arena, call->actor.user, &preferences);
    }
    if (status == STATUS_OK) status = sample_stands(&call->context, &sample);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("user"));
    record_write(own, &call->json, &user);
    json_member_text(&call->json, "csrf", call->csrf);
    json_member_text(&call->json, "lang", lang_code(call->actor.lang));
    json_member_boolean(&call->json, "must_change_password", call->must_change_password);
    json_member_boolean(&call->json, "sample", sample);
    json_key(&call->json, STR("may"));
    write_rights(call);
    json_key(&call->json, STR("company"));
    write_company_settings(call);
    json_key(&call->json, STR("preferences"));
    json_write_raw(&call->json, preferences);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status me_read(Call *call) {
    return write_me(call);
}

/* What people may change of themselves, whatever their role says of users. */
static bool is_own_setting(const char *name) {
    static const char *const SETTINGS[] = {"lang", "zone", "name_order", "muted", "draft_minutes"};
    for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++) {
        if (strcmp(name, SETTINGS[i]) == 0) return true;
    }
    return false;
}

static Status merge_preferences(Call *call) {
    const json_t *given = json_object_get(call->body, "preferences");
    if (!given) return STATUS_OK;
    return preference_merge(call->context.transaction, call->arena, call->actor.user, given,
                            STR("/preferences"), call->context.now, &call->problem);
}

/* The answer is in the language, and with the names in the order, that were just chosen. */
static void take_manners(Call *call, const Record *user) {
    Lang lang;
    const Value *chosen = record_value(user, STR("lang"));
    const Value *order = record_value(user, STR("name_order"));
    if (json_object_get(call->body, "lang") && lang_from_tag(chosen->text, &lang)) {
        call->actor.lang = lang;
    }
    if (order->kind == VALUE_TEXT) call->actor.name_order = name_order_from_code(order->text);
}

/* Written as the system, after what may be changed has been narrowed to the settings. */
static Status change_settings(Call *call, const json_t *settings) {
    const char *name;
    json_t *node;
    json_object_foreach((json_t *)settings, name, node) {
        if (is_own_setting(name)) continue;
        problem_add(&call->problem, problem_pointer(call->arena, STR(""), str_of(name)),
                    "read_only", str_of(name));
    }
    if (call->problem.count) return STATUS_INVALID;
    SystemActor system;
    Context *own = system_actor(&call->context, &system);
    Record user;
    Status status = record_update(own, model_object(own->model, STR("user")), call->actor.user,
                                  settings, 0, &user);
    if (status == STATUS_OK) take_manners(call, &user);
    if (status != STATUS_OK || !json_object_get(settings, "zone")) return status;
    return mail_plan_rezone(call->context.transaction, call->arena, call->actor.user,
                            record_value(&user, STR("zone"))->text, call->context.now);
}

/* A copy, because this may run twice and the request must be whole then. */
Status me_update(Call *call) {
    json_t *settings CLEANUP(json_drop) = json_copy(call->body);
    json_object_del(settings, "preferences");
    Status status = change_settings(call, settings);
    if (status == STATUS_OK) status = merge_preferences(call);
    return status == STATUS_OK ? write_me(call) : status;
}

/* ---- Signing in ---- */

/* The session that sign_in has just made, and the call that it is for. */
typedef struct SigningIn {
    Call *call;
    NewSession session;
} SigningIn;

/*
 * In a transaction of its own: the journal entry and the answer need the session that sign_in made,
 * with its actor.
 */
static Status finish_sign_in(Transaction *transaction, void *data) {
    SigningIn *signing = data;
    Call *call = signing->call;
    Identity identity;
    buffer_clear(&call->response->body);
    call->json = json_writer(&call->response->body);
    call->context.transaction = transaction;
    Status status = session_find(transaction, call->arena, signing->session.token,
                                 call->context.now, &identity);
    if (status != STATUS_OK) return status;
    call->by_cookie = true;
    authenticate_as(call, &identity);
    status =
        journal_append_act(&call->context, "sign_in", STR("user"), call->actor.user, STR("{}"));
    return status == STATUS_OK ? write_me(call) : status;
}

/* Also for signing in: otherwise a foreign page could sign somebody in as somebody else (ADR 4). */
static bool same_origin(const Call *call) {
    RequestSource source = {.method = call->request->method,
                            .fetch_site = http_request_header(call->request, "Sec-Fetch-Site"),
                            .origin = http_request_header(call->request, "Origin"),
                            .host = http_request_header(call->request, "Host")};
    return request_is_same_origin(&source);
}

/* Both are asked for at once; which of them was wrong is never said later. */
static Status read_credentials(Call *call, Str *login, Str *password) {
    *login = json_get_text(call->body, "login");
    *password = json_get_text(call->body, "password");
    if (!login->data) problem_add(&call->problem, STR("/login"), "required", STR("login"));
    if (!password->data) problem_add(&call->problem, STR("/password"), "required", STR("password"));
    return call->problem.count ? STATUS_INVALID : STATUS_OK;
}

/*
 * The cookie's Max-Age is the session's longest life; the server ends it sooner when it is not
 * used.
 */
Status session_create_answer(Call *call) {
    Str login, password;
    SigningIn signing = {.call = call};
    if (!same_origin(call)) return call_refuse(call, STATUS_DENIED, "", "csrf");
    Status status = read_credentials(call, &login, &password);
    if (status != STATUS_OK) return status;
    SignIn attempt = {.login = login,
                      .password = password,
                      .origin = {.address = call->request->peer,
                                 .user_agent = http_request_header(call->request, "User-Agent")},
                      .now = call->context.now};
    status = sign_in(call->api->store, &attempt, &call->problem, &signing.session);
    if (status == STATUS_OK) status = store_write(call->api->store, finish_sign_in, &signing);
    if (status != STATUS_OK) return status;
    call->response->status = 201;
    set_cookie(call, signing.session.token, SESSION_LIMIT / CLOCK_SECOND);
    return STATUS_OK;
}

/* ---- Signing out ---- */

/* The session of this cookie alone; others of the same person go on. */
static Status end_session(Transaction *transaction, void *data) {
    Call *call = data;
    if (!call->by_cookie) return STATUS_OK; /* a token is revoked, not signed out */
    return session_end(transaction, call->actor.user, call->actor.session);
}

/* A session that is gone already is signed out all the same. */
Status session_delete_answer(Call *call) {
    Status status = store_write(call->api->store, end_session, call);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    call->response->status = 204;
    set_cookie(call, STR(""), 0);
    return STATUS_OK;
}

/* ?others=true: but the one that asks. Programs have no session, so that all of them are others. */
typedef struct Ending {
    Call *call;
    Id kept;
} Ending;

static Status end_all_sessions(Transaction *transaction, void *data) {
    const Ending *ending = data;
    return session_end_all(transaction, ending->call->actor.user, ending->kept);
}

Status session_delete_all(Call *call) {
    Ending ending = {.call = call};
    bool others = str_is(call_parameter(call, "others"), "true");
    if (others) ending.kept = call->actor.session;
    Status status = store_write(call->api->store, end_all_sessions, &ending);
    if (status != STATUS_OK) return status;
    call->response->status = 204;
    if (!others) set_cookie(call, STR(""), 0);
    return STATUS_OK;
}

/* Address and browser, so that a person recognises a session that is not theirs. */
Status me_sessions(Call *call) {
    SessionList sessions;
    Status status = session_list(call->context.transaction, call->arena, call->actor.user,
                                 call->context.now, &sessions);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < sessions.count; i++) {
        const SessionEntry *entry = &sessions.entries[i];
        json_open_object(&call->json);
        json_member_id(&call->json, "id", entry->id);
        json_member_instant(&call->json, "created_at", entry->created_at);
        json_member_instant(&call->json, "last_seen_at", entry->last_seen_at);
        json_member_text(&call->json, "address", entry->address);
        json_member_text(&call->json, "user_agent", entry->user_agent);
        json_member_boolean(&call->json, "present", id_equal(entry->id, call->actor.session));
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    json_write_null(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status me_session_delete(Call *call) {
    call->response->status = 204;
    return session_end(call->context.transaction, call->actor.user, call->id);
}

/* ---- Passwords ---- */

/* The new password of one user, hashed before any transaction begins. */
typedef struct PasswordChange {
    Call *call;
    Id user;
    CredentialKind kind;
    Id kept_session;
    Str login, name, hash;
} PasswordChange;

/* Login and name are forbidden parts of the password, so they are needed before it is judged. */
static Status read_user(Transaction *transaction, void *data) {
    PasswordChange *change = data;
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(transaction, &rows,
                        "SELECT \"login\", \"name\" FROM \"user\" WHERE \"id\" = $1 AND "
                        "\"deleted_at\" IS NULL",
                        value_id(change->user));
    if (status == STATUS_END) return STATUS_NOT_FOUND;
    if (status != STATUS_OK) return status;
    change->login = str_copy(change->call->arena, store_column(rows, 0, VALUE_TEXT).text);
    change->name = str_copy(change->call->arena, store_column(rows, 1, VALUE_TEXT).text);
    return STATUS_OK;
}

/* Password, sessions and journal in one transaction: none of them without the others. */
static Status write_password(Transaction *transaction, void *data) {
    PasswordChange *change = data;
    Call *call = change->call;
    call->context.transaction = transaction;
    Status status =
        credential_set(transaction, change->user, change->hash, change->kind, call->context.now);
    if (status == STATUS_OK) {
        status = session_end_all(transaction, change->user, change->kept_session);
    }
    if (status != STATUS_OK) return status;
    return journal_append_act(&call->context, "password", STR("user"), change->user, STR("{}"));
}

/*
 * Argon2id takes tens of milliseconds of a processor and much memory; in a writing job it would
 * hold up everybody's writes.
 */
static Status change_password(PasswordChange *change, Str password) {
    Call *call = change->call;
    if (!password.data) {
        problem_add(&call->problem, STR("/password"), "required", STR("password"));
        return STATUS_INVALID;
    }
    Status status = store_read(call->api->store, read_user, change);
    if (status != STATUS_OK) return status;
    if (!password_acceptable(&call->problem, STR("/password"), password, change->login,
                             change->name)) {
        return STATUS_INVALID;
    }
    status = password_hash(call->arena, password, &change->hash);
    if (status == STATUS_OK) status = store_write(call->api->store, write_password, change);
    call->response->status = 204;
    return status;
}

/*
 * The present password is asked for, so that an unlocked screen is not enough to take an account
 * over. All other sessions end.
 */
Status me_password(Call *call) {
    PasswordChange change = {.call = call,
                             .user = call->actor.user,
                             .kind = CREDENTIAL_OWN,
                             .kept_session = call->actor.session};
    Status status = credential_verify(call->api->store, call->actor.user,
                                      json_get_text(call->body, "present_password"));
    if (status == STATUS_UNAUTHENTICATED) {
        return call_refuse(call, STATUS_INVALID, "/present_password", "password_wrong");
    }
    if (status != STATUS_OK) return status;
    return change_password(&change, json_get_text(call->body, "password"));
}

/* A password that was handed out must be changed at the next sign-in. */
Status user_password(Call *call) {
    PasswordChange change = {.call = call, .user = call->id, .kind = CREDENTIAL_HANDED_OUT};
    if (!access_may(&call->actor, STR("users"))) {
        return call_refuse(call, STATUS_DENIED, "", "denied");
    }
    return change_password(&change, json_get_text(call->body, "password"));
}

/* Of somebody whose device is lost, say. Their programs' tokens stay: those are revoked one by one.
 */
Status user_sessions_delete(Call *call) {
    Record user;
    const Object *object = model_object(call->context.model, STR("user"));
    if (!access_may(&call->actor, STR("users"))) {
        return call_refuse(call, STATUS_DENIED, "", "denied");
    }
    Status status = record_read(&call->context, object, call->id, &user);
    if (status == STATUS_OK) {
        status = session_end_all(call->context.transaction, call->id, (Id){0});
    }
    if (status == STATUS_OK) {
        status = journal_append_act(&call->context, "sign_out", STR("user"), call->id, STR("{}"));
    }
    call->response->status = 204;
    return status;
}

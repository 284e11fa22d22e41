/*
 * The tokens of one's own programs. A token has the rights of the person, no more and no less, so
 * whoever may sign in may make one; but only where they are signed in with their password: a token
 * that could make tokens would outlive its own revocation.
 */
#include "fold.h"
#include "journal.h"
#include "resources.h"
#include "token.h"

enum { TOKENS_MOST = 20, TOKEN_NAME_MOST = 100 };

static void write_token(Call *call, const TokenEntry *entry) {
    json_member_id(&call->json, "id", entry->id);
    json_member_text(&call->json, "name", entry->name);
    json_member_instant(&call->json, "created_at", entry->created_at);
    json_member_instant_or_null(&call->json, "last_used_at", entry->last_used_at);
    json_member_instant_or_null(&call->json, "expires_at", entry->expires_at);
}

Status me_tokens(Call *call) {
    TokenList tokens;
    Status status = token_list(call->context.transaction, call->arena, call->actor.user, &tokens);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < tokens.count; i++) {
        json_open_object(&call->json);
        write_token(call, &tokens.entries[i]);
        json_close_object(&call->json);
    }
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    json_write_null(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* A name tells its owner later which of them to revoke. */
static Status read_name(Call *call, Str *out) {
    Str name = str_trim(text_normalize(call->arena, json_get_text(call->body, "name")));
    size_t points = str_count_points(name);
    if (!points) {
        problem_add(&call->problem, STR("/name"), "required", STR("name"));
        return STATUS_INVALID;
    }
    if (points > TOKEN_NAME_MOST) {
        problem_add(&call->problem, STR("/name"), "too_long",
                    str_format(call->arena, "%d", TOKEN_NAME_MOST),
                    str_format(call->arena, "%zu", points));
        return STATUS_INVALID;
    }
    *out = name;
    return STATUS_OK;
}

/* Absent or null: never. */
static Status read_expiry(Call *call, int64_t *out) {
    const json_t *node = json_object_get(call->body, "expires_at");
    *out = 0;
    if (!node || json_is_null(node)) return STATUS_OK;
    if (!instant_parse(json_text(node), out)) {
        return call_refuse(call, STATUS_INVALID, "/expires_at", "not_instant");
    }
    if (*out > call->context.now) return STATUS_OK;
    return call_refuse(call, STATUS_INVALID, "/expires_at", "token_expired");
}

static Status check_count(Call *call) {
    TokenList tokens;
    Status status = token_list(call->context.transaction, call->arena, call->actor.user, &tokens);
    if (status != STATUS_OK || tokens.count < TOKENS_MOST) return status;
    problem_add(&call->problem, STR(""), "token_limit", str_format(call->arena, "%d", TOKENS_MOST));
    return STATUS_CONFLICT;
}

/* The secret stands in this one answer; the route's entry keeps it from being kept. */
Status me_token_create(Call *call) {
    TokenEntry entry = {.created_at = call->context.now};
    NewToken made;
    if (!call->by_cookie) return call_refuse(call, STATUS_DENIED, "", "token_by_token");
    Status status = read_name(call, &entry.name);
    if (status == STATUS_OK) status = read_expiry(call, &entry.expires_at);
    if (status == STATUS_OK) status = check_count(call);
    if (status == STATUS_OK) {
        status = token_create(call->context.transaction, call->arena, call->actor.user, entry.name,
                              call->context.now, entry.expires_at, &made);
    }
    if (status == STATUS_OK) {
        status = journal_append_act(&call->context, "token_create", STR("user"), call->actor.user,
                                    STR("{}"));
    }
    if (status != STATUS_OK) return status;
    entry.id = made.id;
    call->response->status = 201;
    json_open_object(&call->json);
    write_token(call, &entry);
    json_member_text(&call->json, "token", made.token);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status me_token_delete(Call *call) {
    call->response->status = 204;
    Status status =
        token_revoke(call->context.transaction, call->actor.user, call->id, call->context.now);
    if (status != STATUS_OK) return status;
    return journal_append_act(&call->context, "token_revoke", STR("user"), call->actor.user,
                              STR("{}"));
}

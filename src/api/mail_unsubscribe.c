/*
 * Ending mails from the mails themselves. Programs of mail ask by POST, at a person's one click;
 * whatever only looks at addresses (virus scanners, previews) asks by GET and changes nothing.
 */
#include "mail_plan.h"
#include "mail_token.h"
#include "resources.h"

/* The mail that a word from a mail's foot ends. */
typedef struct Ending {
    Arena *arena;
    MailToken token;
} Ending;

/* What has been ended already stays so: a second click is no error. */
static Status end_mails(Transaction *transaction, void *data) {
    const Ending *ending = data;
    const MailToken *token = &ending->token;
    if (token->ends == MAIL_ENDS_SUBSCRIPTION) {
        Status status = mail_subscription_remove(transaction, token->user, token->about);
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    }
    MailDigest digest;
    Status status = mail_digest_read(transaction, ending->arena, token->user, &digest);
    if (status != STATUS_OK) return status;
    digest.kinds = STR("[]");
    digest.next_at = 0;
    return mail_digest_save(transaction, token->user, &digest);
}

static Status read_token(Call *call, MailToken *out) {
    if (mail_token_read(call->api->unsubscribe_key, call->path[0], out)) return STATUS_OK;
    return call_refuse(call, STATUS_NOT_FOUND, "", "mail_unsubscribe_unknown");
}

Status mail_unsubscribe_by_token(Call *call) {
    Ending ending = {.arena = call->arena};
    Status status = read_token(call, &ending.token);
    call->response->status = 204;
    return status == STATUS_OK ? store_write(call->api->store, end_mails, &ending) : status;
}

/* Nothing of the request but what we made ourselves goes into the header. A word that is worth
 * nothing leads to the page too, which says so. */
Status mail_unsubscribe_page(Call *call) {
    MailToken token;
    bool ours = mail_token_read(call->api->unsubscribe_key, call->path[0], &token);
    http_response_header(
        call->response, "Location",
        str_join(call->arena, STR("/unsubscribe/"), ours ? call->path[0] : STR("unknown")));
    call->response->status = 303;
    return STATUS_OK;
}

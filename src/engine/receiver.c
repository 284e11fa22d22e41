/*
 * Who is told something reads it in their own language and day, whoever caused it; who is disabled
 * is told nothing.
 */
#include "receiver.h"

#include "system_actor.h"

static Str text_of(const Record *user, const char *field) {
    const Value *value = record_value(user, str_of(field));
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

/* What the person has not chosen stays as it is for whoever acts. */
static void take_manners(const Record *user, Actor *actor) {
    Lang lang;
    Str zone = text_of(user, "zone");
    if (lang_from_tag(text_of(user, "lang"), &lang)) actor->lang = lang;
    if (!str_empty(zone)) actor->zone = zone;
    actor->name_order = name_order_from_code(text_of(user, "name_order"));
}

Status receiver_read(Context *context, Id user, Receiver *out) {
    SystemActor system;
    Record person;
    *out = (Receiver){.actor = *context->actor};
    Status status = record_read(system_actor(context, &system),
                                model_object(context->model, STR("user")), user, &person);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    const Value *active = record_value(&person, STR("active"));
    take_manners(&person, &out->actor);
    out->reachable = active->kind != VALUE_BOOLEAN || active->boolean;
    out->muted = text_of(&person, "muted");
    return STATUS_OK;
}

bool receiver_wants(const Receiver *receiver, Str kind) {
    json_t *muted CLEANUP(json_drop) = NULL;
    size_t i;
    json_t *each;
    if (!receiver->reachable) return false;
    if (str_empty(receiver->muted) || json_read(receiver->muted, NULL, &muted) != STATUS_OK) {
        return true;
    }
    json_array_foreach(muted, i, each) {
        if (str_equal(json_text(each), kind)) return false;
    }
    return true;
}

static bool is_among(const Id *people, size_t count, Id person) {
    for (size_t i = 0; i < count; i++) {
        if (id_equal(people[i], person)) return true;
    }
    return false;
}

Status receivers_of_role(Transaction *transaction, Str role, Id *people, size_t room,
                         size_t *count) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(transaction, &rows,
                              "SELECT \"id\" FROM \"user\" WHERE \"role\" = $1 AND \"active\" AND "
                              "\"deleted_at\" IS NULL ORDER BY \"id\"",
                              value_text(role));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        Id person = store_column_id(rows, 0);
        if (*count < room && !is_among(people, *count, person)) people[(*count)++] = person;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

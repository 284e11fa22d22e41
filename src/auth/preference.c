/*
 * Members are merged one by one: two devices that keep different things do not overwrite each
 * other.
 */
#include "preference.h"

enum { NAME_MOST = 48 };

Status preference_read(Transaction *transaction, Arena *arena, Id user, Str *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(transaction, &rows,
                        "SELECT \"data\" FROM \"preference\" WHERE \"user\" = $1", value_id(user));
    if (status != STATUS_OK && status != STATUS_END) return status;
    *out =
        status == STATUS_OK ? str_copy(arena, store_column(rows, 0, VALUE_TEXT).text) : STR("{}");
    return STATUS_OK;
}

static bool is_name(const char *name) {
    size_t size = strlen(name);
    if (size > NAME_MOST || name[0] < 'a' || name[0] > 'z') return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

/* Into a copy of what is there, so that a refused patch leaves nothing behind. */
static Status merge(json_t *present, const json_t *patch, Str pointer, Problem *problem) {
    const char *name;
    json_t *node;
    if (!json_is_object(patch)) {
        problem_add(problem, pointer, "object_expected");
        return STATUS_INVALID;
    }
    json_object_foreach((json_t *)patch, name, node) {
        if (!is_name(name)) {
            problem_add(problem, pointer, "preference_name", str_of(name));
            return STATUS_INVALID;
        }
        if (json_is_null(node)) {
            json_object_del(present, name);
        } else {
            json_object_set(present, name, node);
        }
    }
    return STATUS_OK;
}

static Status write_whole(Transaction *transaction, Id user, Str data, int64_t now) {
    return store_run(transaction,
                     "INSERT INTO \"preference\" (\"user\", \"data\", \"at\") VALUES ($1, $2, $3)"
                     " ON CONFLICT (\"user\") DO UPDATE SET \"data\" = excluded.\"data\","
                     " \"at\" = excluded.\"at\"",
                     value_id(user), value_text(data), value_integer(now));
}

Status preference_merge(Transaction *transaction, Arena *arena, Id user, const json_t *patch,
                        Str pointer, int64_t now, Problem *problem) {
    Str text;
    json_t *present CLEANUP(json_drop) = NULL;
    Status status = preference_read(transaction, arena, user, &text);
    if (status == STATUS_OK) status = json_read(text, NULL, &present);
    if (status == STATUS_OK) status = merge(present, patch, pointer, problem);
    if (status != STATUS_OK) return status;
    Str data = json_compact(arena, present);
    if (json_object_size(present) > PREFERENCE_MEMBERS_MOST || data.size > PREFERENCE_SIZE_MOST) {
        problem_add(problem, pointer, "preference_size",
                    str_format(arena, "%d", PREFERENCE_SIZE_MOST),
                    str_format(arena, "%d", PREFERENCE_MEMBERS_MOST));
        return STATUS_INVALID;
    }
    return write_whole(transaction, user, data, now);
}

/* Marking one's own notifications. Reading them is a list like any other. */
#include "notification.h"
#include "resources.h"

enum { MARKS_MOST = 500 };

static Status read_ids(Call *call, const json_t *list, NotificationMarks *out) {
    size_t count = json_array_size(list), i;
    json_t *each;
    if (!json_is_array(list)) return call_refuse(call, STATUS_INVALID, "/ids", "not_list");
    if (!count || count > MARKS_MOST) return call_refuse(call, STATUS_INVALID, "/ids", "mark_ids");
    Id *ids = ARENA_ARRAY(call->arena, count, Id);
    json_array_foreach(list, i, each) {
        if (!id_parse(json_text(each), &ids[i])) {
            return call_refuse(call, STATUS_INVALID, "/ids", "not_id");
        }
    }
    out->ids = ids;
    out->count = count;
    return STATUS_OK;
}

/* {"ids": […]} or the instant: one of them, so that an empty request does not mark everything. */
static Status read_marks(Call *call, const char *member, NotificationMarks *out, int64_t *instant) {
    const json_t *ids = json_object_get(call->body, "ids");
    const json_t *when = json_object_get(call->body, member);
    Str pointer = problem_pointer(call->arena, STR(""), str_of(member));
    if (ids) return read_ids(call, ids, out);
    if (instant_parse(json_text(when), instant)) return STATUS_OK;
    problem_add(&call->problem, pointer, when ? "not_instant" : "required", str_of(member));
    return STATUS_INVALID;
}

static void write_count(Call *call, int64_t marked) {
    json_open_object(&call->json);
    json_member_integer(&call->json, "count", marked);
}

/* The instant of the mark undoes it: all that was marked at once becomes unread at once. */
Status notifications_read(Call *call) {
    NotificationMarks marks = {0};
    int64_t marked;
    Status status = read_marks(call, "until", &marks, &marks.until);
    if (status == STATUS_OK) status = notification_mark_read(&call->context, &marks, &marked);
    if (status != STATUS_OK) return status;
    write_count(call, marked);
    json_member_instant(&call->json, "read_at", call->context.now);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status notifications_unread(Call *call) {
    NotificationMarks marks = {0};
    int64_t marked;
    Status status = read_marks(call, "read_at", &marks, &marks.read_at);
    if (status == STATUS_OK) status = notification_mark_unread(&call->context, &marks, &marked);
    if (status != STATUS_OK) return status;
    write_count(call, marked);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* How far the reader has read a doctor's story, over HTTP. */
#include "story.h"

#include "resources.h"

static Status answer(Call *call) {
    StoryReading reading;
    Status status = story_reading(&call->context, call->id, &reading);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("read_until"));
    if (reading.until) {
        json_write_text(&call->json, instant_text(call->arena, reading.until));
    } else {
        json_write_null(&call->json);
    }
    json_member_integer(&call->json, "new", reading.fresh);
    json_member_integer(&call->json, "memos", reading.memos);
    json_close_object(&call->json);
    return STATUS_OK;
}

Status story_show(Call *call) {
    return answer(call);
}

/* Up to what was on the screen: a memo that came meanwhile stays new. */
Status story_read_answer(Call *call) {
    int64_t until;
    Str text = json_get_text(call->body, "until");
    if (!instant_parse(text, &until)) {
        return call_refuse(call, STATUS_INVALID, "/until", text.data ? "not_instant" : "required");
    }
    Status status = story_mark_read(&call->context, call->id, until);
    return status == STATUS_OK ? answer(call) : status;
}

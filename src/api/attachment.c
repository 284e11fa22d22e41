/*
 * Files of records: brought in beside the record that they belong to, given out as attachments
 * only, so that no browser takes an uploaded page for one of ours.
 */
#include "access.h"
#include "file.h"
#include "resources.h"

enum { NAME_LIMIT = 200 /* code points */ };

/* A name for people: not empty, on one line, without what other systems take for folders. */
static bool name_usable(Str name) {
    if (str_empty(name) || str_count_points(name) > NAME_LIMIT) return false;
    for (size_t i = 0; i < name.size; i++) {
        unsigned char c = (unsigned char)name.data[i];
        if (c < 0x20 || c == 0x7F || c == '/' || c == '\\') return false;
    }
    return true;
}

static Status may_attach(Call *call) {
    Record record;
    AccessDecision decision;
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status == STATUS_OK) {
        status = access_decide(&call->context, &record, VERB_UPDATE, &decision);
    }
    if (status != STATUS_OK || decision.allowed) return status;
    problem_add(&call->problem, STR(""), decision.code,
                label_in(&call->object->plural, call->actor.lang));
    return STATUS_DENIED;
}

Status attachment_create(Call *call) {
    Str name = str_trim(call_parameter(call, "name"));
    Str type = str_trim(http_request_header(call->request, "Content-Type"));
    if (!name_usable(name)) {
        problem_add(&call->problem, STR("/name"), "required", STR("name"));
        return STATUS_INVALID;
    }
    NewFile file = {.name = name,
                    .type = str_empty(type) ? STR("application/octet-stream") : type,
                    .content = call->request->body,
                    .object = call->object->name,
                    .record = call->id};
    Id id;
    Status status = may_attach(call);
    if (status == STATUS_OK) status = file_insert(&call->context, &file, &id);
    if (status != STATUS_OK) return status;
    call->response->status = 201;
    json_open_object(&call->json);
    json_member_id(&call->json, "id", id);
    json_member_text(&call->json, "name", file.name);
    json_member_text(&call->json, "type", file.type);
    json_member_integer(&call->json, "size", (int64_t)file.content.size);
    json_close_object(&call->json);
    return STATUS_OK;
}

static Status write_attachment(void *data, const FileEntry *file) {
    Call *call = data;
    json_open_object(&call->json);
    json_member_id(&call->json, "id", file->id);
    json_member_text(&call->json, "name", file->name);
    json_member_text(&call->json, "type", file->type);
    json_member_integer(&call->json, "size", file->size);
    json_member_id_or_null(&call->json, "created_by", file->created_by);
    json_member_instant(&call->json, "created_at", file->created_at);
    json_close_object(&call->json);
    return STATUS_OK;
}

/* The record is read first: who may not see it learns of no file either. */
Status attachment_list(Call *call) {
    Record record;
    Status status = record_read(&call->context, call->object, call->id, &record);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    status = file_each(&call->context, call->object->name, call->id, write_attachment, call);
    json_close_array(&call->json);
    json_key(&call->json, STR("next"));
    json_write_null(&call->json);
    json_close_object(&call->json);
    return status;
}

/* RFC 8187: every byte but letters and digits is escaped, which is always right. */
static Str disposition(Arena *arena, Str name) {
    Buffer text CLEANUP(buffer_free) = {0};
    buffer_add(&text, STR("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < name.size; i++) {
        unsigned char c = (unsigned char)name.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (plain) {
            buffer_add_byte(&text, (char)c);
        } else {
            buffer_format(&text, "%%%02X", c);
        }
    }
    return str_copy(arena, buffer_str(&text));
}

Status attachment_read(Call *call) {
    StoredFile file;
    bool readable = false;
    Status status = file_read(&call->context, call->id, &file);
    if (status == STATUS_OK) status = file_may_read(&call->context, &file, &readable);
    if (status != STATUS_OK) return status;
    if (!readable) return STATUS_NOT_FOUND;
    http_response_header(call->response, "Content-Type", file.type);
    http_response_header(call->response, "Content-Disposition",
                         disposition(call->arena, file.name));
    buffer_add(&call->response->body, file.content);
    return STATUS_OK;
}

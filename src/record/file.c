/*
 * A file has no rights of its own: it follows the record that it is attached to, so that no second
 * set of rules can disagree with access.h.
 */
#include "file.h"

#include <sodium.h>

#include "record.h"

Status file_insert(Context *context, const NewFile *file, Id *out) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)file->content.data, file->content.size);
    Id id = id_new(context->now);
    Status status = store_run(
        context->transaction,
        "INSERT INTO \"file\" (\"id\", \"name\", \"type\", \"size\", \"sha256\", \"object\", "
        "\"record\", \"created_by\", \"created_at\", \"content\") "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        value_id(id), value_text(file->name), value_text(file->type),
        value_integer((int64_t)file->content.size),
        value_bytes((Str){.data = (const char *)hash, .size = sizeof hash}),
        value_text(file->object), value_id_or_null(file->record),
        value_id_or_null(context->actor->user), value_integer(context->now),
        value_bytes(file->content));
    if (status == STATUS_OK) *out = id;
    return status;
}

Status file_read(Context *context, Id id, StoredFile *out) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status =
        store_ask_first(context->transaction, &rows,
                        "SELECT \"name\", \"type\", \"content\", \"object\", \"record\", "
                        "\"created_by\" FROM \"file\" WHERE \"id\" = $1",
                        value_id(id));
    if (status != STATUS_OK) return status == STATUS_END ? STATUS_NOT_FOUND : status;
    *out =
        (StoredFile){.name = store_copy_text(rows, 0, context->arena),
                     .type = store_copy_text(rows, 1, context->arena),
                     .content = str_copy(context->arena, store_column(rows, 2, VALUE_BYTES).text),
                     .object = store_copy_text(rows, 3, context->arena),
                     .record = store_column_id(rows, 4),
                     .created_by = store_column_id(rows, 5)};
    return STATUS_OK;
}

/* By id, which ascends with time: no content is read, so that a list costs little. */
Status file_each(Context *context, Str object, Id record, FileVisit visit, void *data) {
    Rows *rows CLEANUP(store_drop) = NULL;
    Status status = store_ask(
        context->transaction, &rows,
        "SELECT \"id\", \"name\", \"type\", \"size\", \"created_by\", \"created_at\" FROM \"file\" "
        "WHERE \"object\" = $1 AND \"record\" = $2 ORDER BY \"id\" DESC LIMIT $3",
        value_text(object), value_id(record), value_integer(FILE_LIST_LIMIT));
    while (status == STATUS_OK && (status = store_next(rows)) == STATUS_OK) {
        FileEntry file = {.id = store_column_id(rows, 0),
                          .name = store_copy_text(rows, 1, context->arena),
                          .type = store_copy_text(rows, 2, context->arena),
                          .size = store_column(rows, 3, VALUE_INTEGER).integer,
                          .created_by = store_column_id(rows, 4),
                          .created_at = store_column(rows, 5, VALUE_INTEGER).integer};
        status = visit(data, &file);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

Status file_may_read(Context *context, const StoredFile *file, bool *out) {
    const Object *object = model_object(context->model, file->object);
    Problem quiet = problem_new(context->arena);
    Context asking = *context;
    Record record;
    asking.problem = &quiet;
    *out = !id_none(file->created_by) && id_equal(file->created_by, context->actor->user);
    if (*out || !object) return STATUS_OK;
    Status status = record_read(&asking, object, file->record, &record);
    *out = status == STATUS_OK;
    return status == STATUS_NOT_FOUND || status == STATUS_DENIED ? STATUS_OK : status;
}

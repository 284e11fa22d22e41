/*
 * Both ends are closed: the request, and the resource that changes its territory under requests
 * that stand. Asked of the rows, because who saves need not be allowed to read all of them.
 */
#include "territory.h"

#include "record.h"
#include "system_actor.h"

static Id id_of(const Record *record, const char *field) {
    const Value *value = record_value(record, str_of(field));
    return value->kind == VALUE_ID ? value->id : (Id){0};
}

static Status read_title(Context *context, Id team, Str *out) {
    SystemActor storage;
    Record record;
    Context *system = system_actor(context, &storage);
    *out = (Str){0};
    Status status = record_read(system, model_object(context->model, STR("team")), team, &record);
    if (status == STATUS_OK) *out = record_title(system, &record);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static Status refuse(Context *context, const char *pointer, const char *code, Id team) {
    Str title;
    Status status = read_title(context, team, &title);
    if (status != STATUS_OK) return status;
    problem_add(context->problem, str_of(pointer), code, title);
    return STATUS_INVALID;
}

/* Nobody's doctor is of no territory. */
static Status read_territory(Context *context, Id hcp, Id *out) {
    return store_ask_id(context->transaction, out,
                        "SELECT u.\"team\" FROM \"hcp\" AS h JOIN \"user\" AS u ON u.\"id\" "
                        "= h.\"owner\" WHERE h.\"id\" = $1 AND u.\"team\" IS NOT NULL",
                        value_id(hcp));
}

Status territory_before_allotment(Context *context, Change *change) {
    Id supply = id_of(change->after, "resource"), team, territory;
    SystemActor storage;
    Record resource;
    if (change->action != CHANGE_CREATE || id_none(supply)) return STATUS_OK;
    Status status = record_read(system_actor(context, &storage),
                                model_object(context->model, STR("resource")), supply, &resource);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    team = id_of(&resource, "team");
    if (id_none(team)) return STATUS_OK;
    status = read_territory(context, id_of(change->after, "hcp"), &territory);
    if (status != STATUS_OK || id_equal(team, territory)) return status;
    return refuse(context, "/resource", "allotment_territory", team);
}

Status territory_before_resource(Context *context, Change *change) {
    Id team = id_of(change->after, "team");
    bool same = change->before && id_equal(team, id_of(change->before, "team"));
    Rows *rows CLEANUP(store_drop) = NULL;
    if (!change->before || change->action == CHANGE_DELETE || same || id_none(team)) {
        return STATUS_OK;
    }
    Status status = store_ask_first(
        context->transaction, &rows,
        "SELECT 1 FROM \"allotment\" AS a JOIN \"hcp\" AS h ON h.\"id\" = a.\"hcp\" LEFT JOIN "
        "\"user\" AS u ON u.\"id\" = h.\"owner\" WHERE a.\"resource\" = $1 AND a.\"deleted_at\" IS "
        "NULL AND a.\"state\" <> 'returned' AND (u.\"team\" IS NULL OR u.\"team\" <> $2) LIMIT 1",
        value_id(change->after->id), value_id(team));
    if (status != STATUS_OK) return status == STATUS_END ? STATUS_OK : status;
    return refuse(context, "/team", "resource_territory", team);
}

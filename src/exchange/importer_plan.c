/* What a file is and which column goes where, before anything is written. */
#include "access.h"
#include "importer.h"

enum { SAMPLE_ROWS = 3, EARLIER_MOST = 50 };

/* Two rights: the general one to import, which is rare, and the verb on the object. */
Status importer_allow(const Exchange *exchange, const Object *object, Problem *problem) {
    const Actor *actor = exchange->actor;
    Str label = label_in(&object->plural, actor->lang);
    if (!access_may(actor, STR("import")) ||
        access_scope(actor, object, VERB_IMPORT) == SCOPE_NONE) {
        problem_add(problem, STR(""), "access_verb", label);
        return STATUS_DENIED;
    }
    if (object->system_only && !actor->everything) {
        problem_add(problem, STR(""), "system_only", label);
        return STATUS_DENIED;
    }
    return STATUS_OK;
}

bool importer_reaches(const Exchange *exchange, const ImportRecord *record) {
    const Actor *actor = exchange->actor;
    const Object *object = model_object(exchange->business->model, record->object);
    if (id_equal(record->created_by, actor->user) || id_equal(record->run_by, actor->user)) {
        return true;
    }
    return object && access_scope(actor, object, VERB_IMPORT) == SCOPE_ALL;
}

/* The first row that is not blank tells how many columns there are, whether it names them or not.
 */
static Status read_first(Arena *arena, const ImportRequest *request, const SheetForm *form,
                         Problem *problem, SheetRow *out) {
    Sheet *sheet CLEANUP(sheet_drop) = sheet_open(request->bytes, form);
    SheetRow row;
    do {
        if (sheet_next(sheet, &row) != STATUS_OK) {
            problem_add(problem, STR(""), "import_no_rows");
            return STATUS_INVALID;
        }
    } while (sheet_row_blank(&row));
    Str *cells = ARENA_ARRAY(arena, row.count, Str);
    for (size_t i = 0; i < row.count; i++) cells[i] = str_copy(arena, row.cells[i]);
    *out = row;
    out->cells = cells;
    return STATUS_OK;
}

/* ---- The map of an earlier import ---- */

/* A look for an earlier import of the same columns, whose map is offered again. */
typedef struct EarlierSearch {
    const Exchange *exchange;
    const ImportRequest *request;
    ImportPlan *plan;
    Arena *arena;
    bool found;
} EarlierSearch;

/* A map whose fields or rights have gone since then is passed over. */
static Status try_earlier(void *data, const ImportRecord *record) {
    EarlierSearch *search = data;
    json_t *report CLEANUP(json_drop) = NULL;
    json_t *map CLEANUP(json_drop) = NULL;
    ImportPlan *plan = search->plan;
    bool settled = !str_is(record->status, IMPORT_RUNNING) && !str_empty(record->map);
    if (search->found || !settled) return STATUS_OK;
    if (json_read(record->report, NULL, &report) != STATUS_OK) return STATUS_OK;
    if (!str_equal(json_get_text(report, "signature"), plan->signature)) return STATUS_OK;
    if (json_read(record->map, NULL, &map) != STATUS_OK) return STATUS_OK;
    Problem unused = problem_new(search->arena);
    ImportMap read;
    search->found =
        import_map_read(search->arena, search->exchange->business->model, search->exchange->actor,
                        search->request->object, map, &unused, &read) == STATUS_OK &&
        import_map_bind(&read, &plan->first, plan->form.header, search->arena, &unused) ==
            STATUS_OK;
    if (search->found) plan->map = read;
    return STATUS_OK;
}

static Status find_earlier(Transaction *transaction, void *data) {
    EarlierSearch *search = data;
    Problem unused = problem_new(search->arena);
    Context context = exchange_context(search->exchange, search->arena, transaction, &unused);
    search->found = false;
    return import_record_each(&context, search->request->object->name, (Id){0}, EARLIER_MOST,
                              try_earlier, search);
}

/* Without a map of the person's own: what was settled for a file alike, or else by the headings. */
static Status settle_map(const Exchange *exchange, const ImportRequest *request, Arena *arena,
                         ImportPlan *plan) {
    EarlierSearch search = {exchange, request, plan, arena, false};
    Status status = store_read(exchange->store, find_earlier, &search);
    if (status != STATUS_OK) return status;
    plan->map_from = search.found ? "earlier" : "headings";
    if (!search.found) {
        plan->map = import_map_propose(arena, exchange->business->model, exchange->actor,
                                       request->object, &plan->first, plan->form.header);
    }
    return STATUS_OK;
}

/* The map may say whether there is a heading, so it is read before the file is looked at. */
Status importer_plan(const Exchange *exchange, const ImportRequest *request, Arena *arena,
                     Problem *problem, ImportPlan *out) {
    ImportPlan plan = {.map_from = "given"};
    SheetHints hints = request->hints;
    Status status = importer_allow(exchange, request->object, problem);
    if (status == STATUS_OK && request->map) {
        status = import_map_read(arena, exchange->business->model, exchange->actor, request->object,
                                 request->map, problem, &plan.map);
        if (hints.header == SHEET_HEADER_DETECT) hints.header = plan.map.header;
    }
    if (status == STATUS_OK) {
        status = sheet_detect(arena, request->bytes, &hints, problem, &plan.form);
    }
    if (status == STATUS_OK) {
        status = read_first(arena, request, &plan.form, problem, &plan.first);
    }
    if (status != STATUS_OK) return status;
    plan.signature = import_map_signature(arena, &plan.first, plan.form.header);
    status = request->map
                 ? import_map_bind(&plan.map, &plan.first, plan.form.header, arena, problem)
                 : settle_map(exchange, request, arena, &plan);
    if (status == STATUS_OK) *out = plan;
    return status;
}

/* ---- Showing it ---- */

/* A few rows under the headings, by which people see whether the encoding is right. */
typedef struct Samples {
    SheetRow rows[SAMPLE_ROWS];
    size_t count;
} Samples;

/* Long cells are cut: samples are for the eye. */
static void read_samples(Arena *arena, const ImportRequest *request, const ImportPlan *plan,
                         Samples *out) {
    Sheet *sheet CLEANUP(sheet_drop) = sheet_open(request->bytes, &plan->form);
    SheetRow row;
    bool heading = plan->form.header;
    out->count = 0;
    while (out->count < SAMPLE_ROWS && sheet_next(sheet, &row) == STATUS_OK) {
        if (sheet_row_blank(&row)) continue;
        if (heading) {
            heading = false;
            continue;
        }
        SheetRow *copy = &out->rows[out->count++];
        *copy = row;
        copy->cells = ARENA_ARRAY(arena, row.count, Str);
        for (size_t i = 0; i < row.count; i++) {
            copy->cells[i] = str_copy(arena, str_part(row.cells[i], 0, 200));
        }
    }
}

static void write_column(JsonWriter *json, const ImportPlan *plan, const Samples *samples,
                         size_t index) {
    json_open_object(json);
    json_member_integer(json, "number", (int64_t)index + 1);
    json_key(json, STR("heading"));
    if (plan->form.header) {
        json_write_text(json, plan->first.cells[index]);
    } else {
        json_write_null(json);
    }
    json_key(json, STR("samples"));
    json_open_array(json);
    for (size_t i = 0; i < samples->count; i++) {
        const SheetRow *row = &samples->rows[i];
        json_write_text(json, index < row->count ? row->cells[index] : (Str){0});
    }
    json_close_array(json);
    json_close_object(json);
}

/*
 * As the page shows it before anything is imported: what we believe, with samples to judge it by.
 */
void importer_write_plan(const Exchange *exchange, const ImportRequest *request,
                         const ImportPlan *plan, Arena *arena, JsonWriter *json) {
    Samples samples;
    (void)exchange;
    read_samples(arena, request, plan, &samples);
    json_member_text(json, "object", request->object->name);
    json_member_text(json, "file_name", request->file_name);
    json_member_integer(json, "size", (int64_t)request->bytes.size);
    json_member_text(json, "encoding", encoding_name(plan->form.encoding));
    json_member_integer(json, "confidence", plan->form.confidence);
    json_member_text(json, "delimiter", sheet_delimiter_name(plan->form.delimiter));
    json_member_boolean(json, "header", plan->form.header);
    json_key(json, STR("columns"));
    json_open_array(json);
    for (size_t i = 0; i < plan->first.count; i++) write_column(json, plan, &samples, i);
    json_close_array(json);
    json_member_text(json, "map_from", str_of(plan->map_from));
    json_key(json, STR("map"));
    import_map_write(json, &plan->map);
}

void importer_write_result(const ImportResult *result, JsonWriter *json) {
    json_key(json, STR("counts"));
    import_counts_write(json, &result->counts);
    json_key(json, STR("examples"));
    json_open_array(json);
    for (size_t i = 0; i < result->example_count; i++) {
        json_open_object(json);
        json_member_integer(json, "line", result->examples[i].line);
        json_member_text(json, "reasons", result->examples[i].reasons);
        json_close_object(json);
    }
    json_close_array(json);
}

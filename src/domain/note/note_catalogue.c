/*
 * Read anew for each note that is parsed: a catalogue is small beside the list that any screen
 * reads, and so nobody meets a product that was renamed a minute ago under its old name.
 */
#include "note_catalogue.h"

#include "access.h"
#include "json.h"
#include "list.h"

NoteCatalogue note_catalogue_new(void) {
    Arena *arena = arena_new();
    return (NoteCatalogue){.arena = arena, .names = trie_new(arena)};
}

void note_catalogue_free(NoteCatalogue *catalogue) {
    arena_free(catalogue->arena);
    *catalogue = (NoteCatalogue){0};
}

static void add_name(NoteCatalogue *catalogue, Str name) {
    name = str_trim(name);
    if (str_count_points(name) < NOTE_NAME_LEAST) return;
    (void)trie_add(catalogue->names, catalogue->arena, name, (uint32_t)catalogue->count);
}

/* Bytes of the sign that parts two names at `at`; 0 for none. */
static size_t parting_at(Str names, size_t at) {
    static const char *const PARTINGS[] = {"(", ")", "/", "（", "）", "／", "、", ";", "；", NULL};
    for (int i = 0; PARTINGS[i]; i++) {
        Str parting = str_of(PARTINGS[i]);
        if (str_equal(str_part(names, at, parting.size), parting)) return parting.size;
    }
    return 0;
}

static void add_names(NoteCatalogue *catalogue, Str names) {
    size_t start = 0;
    for (size_t at = 0; at < names.size;) {
        size_t parting = parting_at(names, at);
        if (!parting) {
            at++;
            continue;
        }
        add_name(catalogue, str_part(names, start, at - start));
        at += parting;
        start = at;
    }
    add_name(catalogue, str_part(names, start, names.size));
}

static void make_room(NoteCatalogue *catalogue) {
    enum { ROOM_FIRST = 64 };
    if (catalogue->count < catalogue->room) return;
    size_t room = catalogue->room ? 2 * catalogue->room : ROOM_FIRST;
    Id *products = ARENA_ARRAY(catalogue->arena, room, Id);
    if (catalogue->count) memcpy(products, catalogue->products, catalogue->count * sizeof(Id));
    catalogue->products = products;
    catalogue->room = room;
}

void note_catalogue_add(NoteCatalogue *catalogue, Id product, Str names) {
    if (catalogue->count && id_equal(catalogue->products[catalogue->count - 1], product)) {
        catalogue->count--; /* more names of the product that was added last */
    }
    make_room(catalogue);
    catalogue->products[catalogue->count] = product;
    add_names(catalogue, names);
    catalogue->count++;
}

/* ---- From the database ---- */

static void add_aliases(NoteCatalogue *catalogue, Id product, Str document) {
    json_t *aliases CLEANUP(json_drop) = NULL, *alias;
    size_t index;
    if (str_empty(document) || json_read(document, NULL, &aliases) != STATUS_OK) return;
    json_array_foreach(aliases, index, alias) {
        note_catalogue_add(catalogue, product, json_text(alias));
    }
}

static Str text_of(const Record *record, Str name) {
    const Value *value = record_value(record, name);
    return value->kind == VALUE_TEXT ? value->text : (Str){0};
}

static Status take_product(void *data, const Record *record) {
    NoteCatalogue *catalogue = data;
    Str kind = text_of(record, STR("kind"));
    if (str_is(kind, "area") || str_is(kind, "indication")) return STATUS_OK;
    note_catalogue_add(catalogue, record->id, text_of(record, STR("name")));
    add_aliases(catalogue, record->id, text_of(record, STR("aliases")));
    return STATUS_OK;
}

Status note_catalogue_load(Context *context, NoteCatalogue *catalogue) {
    const Object *object = model_object(context->model, STR("product"));
    if (!object || access_scope(context->actor, object, VERB_READ) == SCOPE_NONE) return STATUS_OK;
    ListQuery query = {.object = object, .limit = LIST_LIMIT_MOST};
    do {
        Str next = {0};
        Status status = list_each(context, &query, take_product, catalogue, &next);
        if (status != STATUS_OK) return status;
        query.cursor = next;
    } while (!str_empty(query.cursor) && catalogue->count < NOTE_PRODUCTS_MOST);
    return STATUS_OK;
}

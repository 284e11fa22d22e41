/*
 * One file of object definitions, on its own.
 *
 * Names of other objects and fields are taken as they are; whether they exist is a matter of the
 * second pass (definition_resolve.c), when every file has been read.
 */
#include "definition.h"

#include "migration.h"

static const char *const OBJECT_MEMBERS[] = {"object",
                                             "labels",
                                             "plural",
                                             "title",
                                             "title_family_first",
                                             "title_given_first",
                                             "ownership",
                                             "timeline_at",
                                             "append_only",
                                             "system_only",
                                             "unique",
                                             "indexes",
                                             "fields",
                                             "children",
                                             "layouts",
                                             "prohibitions",
                                             "capacity",
                                             NULL};

/* The limit leaves room under PostgreSQL's 1,600 columns, of which an indexed text takes four. */
static void read_fields(const Place *file, Object *out) {
    Place place = place_member(file, "fields");
    size_t count = place_count(&place);
    if (!count || count > DEFINITION_FIELDS_LIMIT) {
        place_error(&place, "definition_field_count",
                    str_format(file->problem->arena, "%d", DEFINITION_FIELDS_LIMIT));
        return;
    }
    Field *fields = ARENA_ARRAY(file->arena, count, Field);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&place, i);
        fields[i].index = i;
        definition_read_field(&item, &fields[i]);
    }
    out->fields = fields;
    out->field_count = count;
}

/* Only the names here; whether the fields fit each other needs both objects. */
static void read_copies(const Place *child, Child *out) {
    Place place = place_member(child, "copy");
    if (place_absent(&place)) return;
    if (!json_is_object(place.node)) {
        place_error(&place, "definition_not_object");
        return;
    }
    size_t count = json_object_size(place.node);
    Str *to = ARENA_ARRAY(place.arena, count, Str);
    Str *from = ARENA_ARRAY(place.arena, count, Str);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)place.node, name, value) {
        Str source = place_text_needed(&place, name);
        if (str_empty(source)) continue;
        to[out->copy_count] = str_of(name);
        from[out->copy_count++] = source;
    }
    out->copy_to = to;
    out->copy_from = from;
}

static void read_child(const Place *place, Child *out) {
    static const char *const MEMBERS[] = {"name", "object", "field", "shorthand", "copy", NULL};
    if (!place_is_object(place, MEMBERS)) return;
    out->name = definition_read_name(place, "name");
    out->object = place_text_needed(place, "object");
    out->field = place_text_needed(place, "field");
    out->shorthand = place_text(place, "shorthand");
    read_copies(place, out);
}

/* In the order in which a request's children are created. */
static void read_children(const Place *file, Object *out) {
    Place place = place_member(file, "children");
    size_t count = place_count(&place);
    if (!count) return;
    Child *children = ARENA_ARRAY(file->arena, count, Child);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&place, i);
        read_child(&item, &children[i]);
    }
    out->children = children;
    out->child_count = count;
}

/* Without the member the records are everybody's, and the role's verbs alone decide. */
static void read_ownership(const Place *file, Ownership *out) {
    static const char *const MEMBERS[] = {"owner", "via", "reader", "shared", NULL};
    Place place = place_member(file, "ownership");
    if (place_absent(&place) || !place_is_object(&place, MEMBERS)) return;
    out->owner = place_text(&place, "owner");
    out->via = place_texts(&place, "via", &out->via_count);
    out->reader = place_text(&place, "reader");
    out->shared = place_text(&place, "shared");
}

/* The list of one set, closed by an empty Str so that it needs no count. */
static const Str *read_set(const Place *sets, size_t index) {
    Place item = place_item(sets, index);
    if (!json_is_array(item.node)) {
        place_error(&item, "definition_not_list");
        return ARENA_ARRAY(sets->arena, 1, Str);
    }
    size_t count = json_array_size(item.node), kept = 0;
    Str *names = ARENA_ARRAY(sets->arena, count + 1, Str);
    for (size_t i = 0; i < count; i++) {
        Place name = place_item(&item, i);
        Str text = json_text(name.node);
        if (str_empty(text)) {
            place_error(&name, "definition_not_text");
        } else {
            names[kept++] = text;
        }
    }
    if (count < 2) place_error(&item, "definition_set_small");
    return names;
}

static const Str *const *read_sets(const Place *file, const char *member, size_t *count) {
    Place place = place_member(file, member);
    *count = place_count(&place);
    if (!*count) return NULL;
    const Str **sets = ARENA_ARRAY(file->arena, *count, const Str *);
    for (size_t i = 0; i < *count; i++) sets[i] = read_set(&place, i);
    return sets;
}

/* A title may leave a language to the others, unlike what stands on the page as such. */
static void read_title(const Place *file, Label *out) {
    static const char *const LANGUAGES[] = {"en", "ja", "zh", NULL};
    Place place = place_member(file, "title");
    bool any = false;
    if (place_absent(&place)) {
        place_error(&place, "definition_member_missing", STR("title"));
        return;
    }
    if (!place_is_object(&place, LANGUAGES)) return;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        out->in[lang] = place_text(&place, LANGUAGES[lang]);
        any = any || !str_empty(out->in[lang]);
    }
    if (!any) place_error(&place, "definition_member_missing", STR("title"));
}

/* "objects/hcp.json" holds the object "hcp", so that a file can be found and replaced by name. */
static void check_file_name(const Place *file, Str object) {
    Str expected = str_format(file->problem->arena, "%.*s.json", STR_ARGS(object));
    Str name = file->member;
    bool fits = str_equal(name, expected) ||
                (str_ends(name, expected) && name.data[name.size - expected.size - 1] == '/');
    Place place = place_member(file, "object");
    if (!fits) place_error(&place, "definition_file_name", object, expected);
}

/* Tables that are there beside the model's: see tables.h; "setting" and "job" are kept for later.
 */
static bool is_system_table(Str name) {
    static const char *const TABLES[] = {"migration", "model_column", "setting", "job"};
    if (migration_makes_table(name)) return true;
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
        if (str_is(name, TABLES[i])) return true;
    }
    return str_ends(name, STR("_search")) || str_starts(name, STR("sqlite_")) ||
           str_starts(name, STR("pg_")) || str_starts(name, STR("bi_"));
}

/* An object becomes a table of its name. */
static void read_object_name(const Place *file, Object *out) {
    out->name = definition_read_name(file, "object");
    if (str_empty(out->name)) return;
    Place place = place_member(file, "object");
    check_file_name(file, out->name);
    if (is_system_table(out->name)) place_error(&place, "definition_name_reserved", out->name);
}

void definition_read_object(const Place *file, Object *out) {
    out->definition = file->node;
    if (!place_is_object(file, OBJECT_MEMBERS)) return;
    read_object_name(file, out);
    out->label = place_label_needed(file, "labels");
    out->plural = place_label_needed(file, "plural");
    read_title(file, &out->title);
    out->title_family_first = place_label(file, "title_family_first");
    out->title_given_first = place_label(file, "title_given_first");
    out->timeline_at = place_text(file, "timeline_at");
    out->append_only = place_flag(file, "append_only");
    out->system_only = place_flag(file, "system_only");
    read_ownership(file, &out->ownership);
    read_fields(file, out);
    read_children(file, out);
    out->unique_sets = read_sets(file, "unique", &out->unique_set_count);
    out->index_sets = read_sets(file, "indexes", &out->index_set_count);
}

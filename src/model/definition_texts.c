/*
 * What a definition shows: the templates of titles, and layouts. A misspelt field here would only
 * be an empty place on a page, which nobody reports.
 */
#include "definition.h"
#include "title.h"

/* With the same function that fills titles later, so that both agree on what a brace is. */
static void check_template(const Place *place, const Object *object, Str rest) {
    TitlePart part;
    while (rest.size) {
        if (!title_next_part(&rest, &part)) {
            place_error(place, "definition_title_braces");
            return;
        }
        while (part.alternatives.data) {
            definition_find_field(place, object, str_cut(&part.alternatives, '|'));
        }
    }
}

static void check_title(const Place *file, const char *member, const Object *object,
                        const Label *label) {
    Place title = place_member(file, member);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        Place place = place_member(&title, lang_code((Lang)lang).data);
        check_template(&place, object, label->in[lang]);
    }
}

void definition_check_title(const Place *file, const Object *object) {
    check_title(file, "title", object, &object->title);
    check_title(file, "title_family_first", object, &object->title_family_first);
    check_title(file, "title_given_first", object, &object->title_given_first);
}

/* Layouts may also show what every record has. */
static bool is_common_member(Str name) {
    static const char *const NAMES[] = {"title",      "created_at", "created_by",
                                        "updated_at", "updated_by", "version"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (str_is(name, NAMES[i])) return true;
    }
    return false;
}

/* A form may show the children of a record among its fields. */
static bool is_child(const Object *object, Str name) {
    for (size_t i = 0; i < object->child_count; i++) {
        if (str_equal(object->children[i].name, name)) return true;
    }
    return false;
}

/* Reports unless a layout may show `name`. */
static void check_shown(const Place *place, const Object *object, Str name) {
    if (is_common_member(name) || is_child(object, name)) return;
    definition_find_field(place, object, name);
}

static void check_names(const Place *above, const char *member, const Object *object) {
    size_t count;
    const Str *names = place_texts(above, member, &count);
    Place place = place_member(above, member);
    for (size_t i = 0; i < count; i++) check_shown(&place, object, names[i]);
}

/* {"kind": ["doctor"]}: the section stands only where the choice is one of these. */
static void check_when(const Place *section, const Object *object) {
    Place when = place_member(section, "when");
    const char *name;
    json_t *value;
    if (place_absent(&when)) return;
    if (!json_is_object(when.node)) {
        place_error(&when, "definition_not_object");
        return;
    }
    json_object_foreach((json_t *)when.node, name, value) {
        Place place = place_member(&when, name);
        const Field *field = definition_find_field(&place, object, str_of(name));
        size_t count;
        const Str *codes = place_texts(&when, name, &count);
        for (size_t i = 0; field && i < count; i++) {
            if (field_choice(field, codes[i])) continue;
            place_error(&place, "definition_unknown_choice", codes[i], field->name);
        }
    }
}

/* A name, or an object with the name and what is particular here: another label, a condition. */
static void check_item(const Place *item, const Object *object) {
    static const char *const MEMBERS[] = {"field", "labels", "condition", NULL};
    if (json_is_string(item->node)) {
        check_shown(item, object, json_text(item->node));
        return;
    }
    if (!place_is_object(item, MEMBERS)) return;
    Place field = place_member(item, "field");
    place_label(item, "labels");
    check_shown(&field, object, place_text_needed(item, "field"));
}

/* Conditions are the engine's to check (engine/layout.c). */
static void check_section(const Place *section, const Object *object) {
    static const char *const MEMBERS[] = {"labels", "fields", "when", "condition", NULL};
    if (!place_is_object(section, MEMBERS)) return;
    place_label_needed(section, "labels");
    Place fields = place_member(section, "fields");
    size_t count = place_count(&fields);
    for (size_t i = 0; i < count; i++) {
        Place item = place_item(&fields, i);
        check_item(&item, object);
    }
    check_when(section, object);
}

void definition_check_layouts(const Place *file, const Object *object) {
    /* Views hold conditions and roles: the engine checks them (engine/layout_views.c). */
    static const char *const MEMBERS[] = {"form", "list", "views", "marks", "nav", NULL};
    Place layouts = place_member(file, "layouts");
    if (place_absent(&layouts) || !place_is_object(&layouts, MEMBERS)) return;
    Place form = place_member(&layouts, "form");
    size_t count = place_count(&form);
    for (size_t i = 0; i < count; i++) {
        Place section = place_item(&form, i);
        check_section(&section, object);
    }
    check_names(&layouts, "list", object);
}

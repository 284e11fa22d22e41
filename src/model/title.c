/*
 * Titles stand in lists, search results, tasks and mails, so they are one short line whatever the
 * fields hold, and something a reader of any language can recognise the record by.
 */
#include "title.h"

#include "zone.h"

NameOrder name_order_from_code(Str code) {
    if (str_is(code, "family_first")) return NAME_FAMILY_FIRST;
    return str_is(code, "given_first") ? NAME_GIVEN_FIRST : NAME_AS_WRITTEN;
}

bool title_next_part(Str *rest, TitlePart *out) {
    size_t open = str_find(*rest, '{');
    *out = (TitlePart){.literal = str_part(*rest, 0, open)};
    if (str_find(out->literal, '}') < out->literal.size) return false;
    *rest = str_part(*rest, open, rest->size);
    if (str_empty(*rest)) return true;
    size_t close = str_find(*rest, '}');
    if (close == rest->size || close == 1) return false;
    out->alternatives = str_part(*rest, 1, close - 1);
    *rest = str_part(*rest, close + 1, rest->size);
    return str_find(out->alternatives, '{') == out->alternatives.size;
}

/* What one field contributes. A title names a day, not the minute. */
static Str field_part(Arena *arena, const Field *field, const Value *value,
                      const TitleOptions *options) {
    if (value_is_null(value)) return (Str){0};
    if (field->type == FIELD_INSTANT) {
        return date_text(arena, zone_date(options->zone, value->integer));
    }
    if (field->type == FIELD_REFERENCE) {
        return options->reference ? options->reference(options->data, arena, field, value->id)
                                  : (Str){0};
    }
    if (field->type == FIELD_FILE) return (Str){0};
    return field_text(arena, field, value, options->lang, options->zone);
}

/* A field that the object lost since the template was checked counts as empty. */
static Str first_filled(Arena *arena, const Object *object, const Value *values, Str alternatives,
                        const TitleOptions *options) {
    while (alternatives.data) {
        const Field *field = object_field(object, str_cut(&alternatives, '|'));
        if (!field) continue;
        Str text = field_part(arena, field, &values[field->index], options);
        if (!str_empty(text)) return text;
    }
    return (Str){0};
}

/* Length of a blank at the start: ASCII white space, or the ideographic space. */
static size_t blank_length(Str text) {
    if (str_empty(text)) return 0;
    if (strchr(" \t\r\n", text.data[0]) && text.data[0]) return 1;
    return str_starts(text, STR("\u3000")) ? 3 : 0;
}

/* Leaves one blank of each run, none at the ends, and cuts what is too long for a title. */
static Str tidy(Arena *arena, Str text) {
    Buffer out CLEANUP(buffer_free) = {0};
    Str blank = {0};
    size_t points = 0;
    while (text.size && points < TITLE_LIMIT) {
        size_t length = blank_length(text);
        if (length) {
            if (out.size && str_empty(blank)) blank = str_part(text, 0, length);
            text = str_part(text, length, text.size);
            continue;
        }
        bool line_end = blank.size == 1;
        buffer_add(&out, line_end ? STR(" ") : blank);
        points += blank.size ? 2 : 1;
        blank = (Str){0};
        for (length = 1; length < text.size && (text.data[length] & 0xC0) == 0x80; length++) {
        }
        buffer_add(&out, str_part(text, 0, length));
        text = str_part(text, length, text.size);
    }
    if (text.size) buffer_add(&out, STR("…"));
    return str_copy(arena, buffer_str(&out));
}

/* Latin letters: ASCII, and those of U+00C0 to U+024F, whose first bytes are C3 to C9. */
static bool is_latin(const char *at) {
    unsigned char c = (unsigned char)at[0];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC3 && c <= 0xC9);
}

/* Letters of up to two bytes; longer ones are none of ours. */
static bool ends_latin(Str text) {
    size_t at = text.size;
    while (at > 0 && ((unsigned char)text.data[at - 1] & 0xC0) == 0x80) at--;
    return text.size && is_latin(text.data + at - (at > 0));
}

/* Adds a value. A template of Chinese names puts nothing between them; Latin names need a space. */
static void add_value(Buffer *out, Str literal, Str text) {
    bool touches =
        str_empty(literal) && ends_latin(buffer_str(out)) && text.size && is_latin(text.data);
    buffer_add(out, touches ? STR(" ") : literal);
    buffer_add(out, text);
}

/* Words of the template alone are no title: "Visit: " would say nothing about which visit. */
static Str fill_template(Arena *arena, const Object *object, const Value *values, Str rest,
                         const TitleOptions *options) {
    Buffer out CLEANUP(buffer_free) = {0};
    TitlePart part;
    bool filled = false;
    while (rest.size && title_next_part(&rest, &part)) {
        Str text = first_filled(arena, object, values, part.alternatives, options);
        filled = filled || !str_empty(text);
        add_value(&out, part.literal, text);
    }
    return filled ? tidy(arena, buffer_str(&out)) : (Str){0};
}

/* Kana, Han and hangul, whose first bytes are E3 to ED, and the rarer Han beyond (F0). */
static bool begins_east_asian(Str text) {
    unsigned char first = text.size ? (unsigned char)text.data[0] : 0;
    return (first >= 0xE3 && first <= 0xED) || first == 0xF0;
}

/* NULL where the title stays as the language has it. */
static const Label *ordered_template(const Object *object, Str title, NameOrder order) {
    if (begins_east_asian(title)) return &object->title_family_first;
    switch (order) {
        case NAME_AS_WRITTEN: return NULL;
        case NAME_FAMILY_FIRST: return &object->title_family_first;
        case NAME_GIVEN_FIRST: return &object->title_given_first;
    }
    return NULL;
}

/* Which script a name is in shows only once it is written, so it may have to be written again. */
static Str put_in_order(Arena *arena, const Object *object, const Value *values, Str title,
                        const TitleOptions *options) {
    const Label *ordered = ordered_template(object, title, options->order);
    if (!ordered || str_empty(ordered->in[options->lang])) return title;
    if (str_equal(ordered->in[options->lang], object->title.in[options->lang])) return title;
    Str again = fill_template(arena, object, values, ordered->in[options->lang], options);
    return str_empty(again) ? title : again;
}

/*
 * The reader's language first, then the others in order: a name in another script is still its
 * name.
 */
Str title_write(Arena *arena, const Object *object, const Value *values,
                const TitleOptions *options) {
    Str title = fill_template(arena, object, values, object->title.in[options->lang], options);
    for (int lang = 0; lang < LANG_COUNT && str_empty(title); lang++) {
        title = fill_template(arena, object, values, object->title.in[lang], options);
    }
    return put_in_order(arena, object, values, title, options);
}

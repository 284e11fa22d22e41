/*
 * Values on their way out: as JSON for programs, as text for people.
 *
 * Text for people is also what exports contain, so it must read back (field_text.c) as the same
 * value. That is why lists are joined by "; " in every language and dates stay in ISO 8601, which
 * readers of all three languages understand and spreadsheets do not turn around.
 */
#include "field.h"

#include "clock.h"
#include "field_type.h"
#include "zone.h"

/* ---- As the API shows them ---- */

static bool holds_document(FieldType type) {
    return type == FIELD_CHOICES || type == FIELD_TAGS || type == FIELD_JSON;
}

void field_write_json(JsonWriter *json, const Field *field, const Value *value) {
    switch (value->kind) {
        case VALUE_BOOLEAN: json_write_boolean(json, value->boolean); break;
        case VALUE_DECIMAL: json_write_number(json, value->decimal); break;
        case VALUE_ID: json_write_id(json, value->id); break;
        case VALUE_INTEGER:
            if (field->type == FIELD_INSTANT) {
                json_write_instant(json, value->integer);
            } else {
                json_write_integer(json, value->integer);
            }
            break;
        case VALUE_TEXT:
            if (holds_document(field->type)) {
                json_write_raw(json, value->text);
            } else {
                json_write_text(json, value->text);
            }
            break;
        case VALUE_NULL:
        case VALUE_BYTES: json_write_null(json); break;
    }
}

/* ---- As people read them ---- */

/* A code that the definition has lost is shown as it is: better than nothing at all. */
static Str choice_text(const Field *field, Str code, Lang lang) {
    const Choice *choice = field_choice(field, code);
    return choice ? label_in(&choice->label, lang) : code;
}

/* The items of a JSON list, choices by their labels, as field_from_text reads them again. */
static Str list_text(Arena *arena, const Field *field, Str document, Lang lang) {
    Buffer text CLEANUP(buffer_free) = {0};
    json_t *list CLEANUP(json_drop) = NULL;
    size_t index;
    json_t *item;
    if (json_read(document, NULL, &list) != STATUS_OK) return document;
    json_array_foreach(list, index, item) {
        if (index) buffer_add(&text, STR("; "));
        Str word = json_text(item);
        buffer_add(&text, field->type == FIELD_CHOICES ? choice_text(field, word, lang) : word);
    }
    return str_copy(arena, buffer_str(&text));
}

static Str boolean_text(bool boolean, Lang lang) {
    static const Label YES = {{STR_INIT("Yes"), STR_INIT("はい"), STR_INIT("是")}};
    static const Label NO = {{STR_INIT("No"), STR_INIT("いいえ"), STR_INIT("否")}};
    return boolean ? YES.in[lang] : NO.in[lang];
}

static Str decimal_text(Arena *arena, double number) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter json = json_writer(&text);
    json_write_number(&json, number);
    return str_copy(arena, buffer_str(&text));
}

/* "2026-11-21 17:30"; seconds and thousandths only where they say something. */
static Str local_text(Arena *arena, int64_t instant, Str zone) {
    char text[INSTANT_TEXT_SIZE];
    instant_write(instant + zone_offset(zone, instant), text);
    text[10] = ' ';
    size_t size = INSTANT_TEXT_SIZE - 1; /* without the Z */
    if (instant % CLOCK_SECOND == 0) size -= 4;
    if (instant % CLOCK_MINUTE == 0) size -= 3;
    return str_copy(arena, (Str){.data = text, .size = size});
}

static Str text_text(Arena *arena, const Field *field, Str text, Lang lang) {
    switch (field->type) {
        case FIELD_CHOICE: return choice_text(field, text, lang);
        case FIELD_CHOICES:
        case FIELD_TAGS: return list_text(arena, field, text, lang);
        default: return text;
    }
}

/* A reference has no text of its own: its record's title is the caller's to find. */
Str field_text(Arena *arena, const Field *field, const Value *value, Lang lang, Str zone) {
    switch (value->kind) {
        case VALUE_BOOLEAN: return boolean_text(value->boolean, lang);
        case VALUE_DECIMAL: return decimal_text(arena, value->decimal);
        case VALUE_ID: return id_text(arena, value->id);
        case VALUE_TEXT: return text_text(arena, field, value->text, lang);
        case VALUE_INTEGER:
            if (field->type == FIELD_INSTANT) return local_text(arena, value->integer, zone);
            return str_format(arena, "%lld", (long long)value->integer);
        case VALUE_NULL:
        case VALUE_BYTES: break;
    }
    return (Str){0};
}

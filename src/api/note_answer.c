/*
 * Reading a quick note while it is typed. Nothing is kept: the page shows what was read, the person
 * corrects and confirms it, and the visit is saved with what was confirmed.
 */
#include "note/note_competitor.h"
#include "note/note_promise.h"
#include "resources.h"

/* What a request to read a note says of it. */
typedef struct Asked {
    Str text;
    int64_t at;
    Lang lang;
} Asked;

/* The name's member as text; false, with an error, for any other JSON than a text or nothing. */
static bool text_member(Call *call, const char *name, const char *pointer, Str *out) {
    const json_t *node = json_object_get(call->body, name);
    *out = json_text(node);
    if (!node || json_is_null(node) || json_is_string(node)) return true;
    problem_add(&call->problem, str_of(pointer), "not_text", STR(""));
    return false;
}

static Status take_body(Call *call, Asked *out) {
    Str at, lang;
    *out = (Asked){.at = call->context.now, .lang = call->actor.lang};
    if (!text_member(call, "text", "/text", &out->text) || !text_member(call, "at", "/at", &at) ||
        !text_member(call, "lang", "/lang", &lang)) {
        return STATUS_INVALID;
    }
    if (str_count_points(out->text) > NOTE_CHARACTERS_MOST) {
        problem_add(&call->problem, STR("/text"), "too_long",
                    str_format(call->arena, "%d", NOTE_CHARACTERS_MOST),
                    str_format(call->arena, "%zu", str_count_points(out->text)));
        return STATUS_INVALID;
    }
    if (!str_empty(at) && !instant_parse(at, &out->at)) {
        return call_refuse(call, STATUS_INVALID, "/at", "not_instant");
    }
    if (!str_empty(lang) && !lang_from_tag(lang, &out->lang)) {
        return call_refuse(call, STATUS_INVALID, "/lang", "language_unknown");
    }
    return STATUS_OK;
}

/* ---- The answer ---- */

static void write_span(JsonWriter *json, const NoteSpan *span) {
    json_member_integer(json, "start", span->unit_start);
    json_member_integer(json, "end", span->unit_end);
    json_member_integer(json, "byte_start", span->byte_start);
    json_member_integer(json, "byte_end", span->byte_end);
}

static void write_part(JsonWriter *json, const char *key, const NoteSpan *span) {
    json_key(json, str_of(key));
    json_open_object(json);
    write_span(json, span);
    json_close_object(json);
}

static void write_due(Call *call, const NotePiece *piece) {
    JsonWriter *json = &call->json;
    json_key(json, STR("due"));
    if (!piece->has_due) {
        json_write_null(json);
        return;
    }
    json_open_object(json);
    json_member_text(json, "at", instant_text(call->arena, piece->due_at));
    json_member_boolean(json, "whole_day", piece->due_whole_day);
    write_span(json, &piece->due);
    json_close_object(json);
}

/* Each subject once, however often the clause names it. */
static void write_subjects(JsonWriter *json, const NoteReading *reading, const NotePiece *piece) {
    const NoteMention *mentions = reading->mentions + piece->first_mention;
    json_key(json, STR("subjects"));
    json_open_array(json);
    for (size_t i = 0; i < piece->mention_count; i++) {
        bool first = !str_empty(mentions[i].subject);
        for (size_t j = 0; j < i && first; j++) {
            first = !str_equal(mentions[i].subject, mentions[j].subject);
        }
        if (first) json_write_text(json, mentions[i].subject);
    }
    json_close_array(json);
}

/* Whether the words of a commitment say what is promised. */
static bool names_thing(Call *call, const NotePiece *piece) {
    NoteWriter writer = note_writer(call->actor.lang, call->actor.zone, &call->business->holidays);
    return note_promise_read(call->arena, &call->business->lexicons, &writer, piece->text,
                             call->context.now)
        .names_thing;
}

/* What a commitment needs before it can be a promise. */
static void write_missing(Call *call, const NotePiece *piece) {
    JsonWriter *json = &call->json;
    json_key(json, STR("missing"));
    json_open_array(json);
    if (piece->kind == NOTE_COMMITMENT && !names_thing(call, piece)) {
        json_write_text(json, STR("deliverable"));
    }
    if (piece->kind == NOTE_COMMITMENT && !piece->has_due) json_write_text(json, STR("due"));
    json_close_array(json);
}

static void write_competitor(Call *call, Str note, const NoteReading *reading, size_t index) {
    JsonWriter *json = &call->json;
    NoteCompetitor found;
    json_key(json, STR("competitor"));
    if (!note_competitor_find(call->arena, &call->business->lexicons, note, reading, index,
                              &found)) {
        json_write_null(json);
        return;
    }
    json_open_object(json);
    json_member_text(json, "direction", found.direction);
    json_member_text(json, "text", found.text);
    write_span(json, &found.span);
    json_close_object(json);
}

static void write_piece(Call *call, Str note, const NoteReading *reading, size_t index) {
    JsonWriter *json = &call->json;
    const NotePiece *piece = &reading->pieces[index];
    json_open_object(json);
    json_member_text(json, "kind", note_kind_code(piece->kind));
    json_member_text(json, "text", piece->text);
    write_span(json, &piece->span);
    if (piece->by_mark) {
        write_part(json, "mark", &piece->mark);
    } else {
        json_key(json, STR("mark"));
        json_write_null(json);
    }
    json_member_integer(json, "strength", piece->strength);
    write_due(call, piece);
    json_key(json, STR("product"));
    if (id_none(piece->product))
        json_write_null(json);
    else
        json_write_id(json, piece->product);
    write_subjects(json, reading, piece);
    write_missing(call, piece);
    write_competitor(call, note, reading, index);
    json_close_object(json);
}

static void write_mention(JsonWriter *json, const NoteMention *mention) {
    json_open_object(json);
    if (id_none(mention->product))
        json_member_text(json, "subject", mention->subject);
    else
        json_member_id(json, "product", mention->product);
    write_span(json, &mention->span);
    json_close_object(json);
}

static void write_reading(Call *call, Str note, const NoteReading *reading) {
    JsonWriter *json = &call->json;
    json_open_object(json);
    json_key(json, STR("pieces"));
    json_open_array(json);
    for (size_t i = 0; i < reading->piece_count; i++) {
        write_piece(call, note, reading, i);
    }
    json_close_array(json);
    json_key(json, STR("mentions"));
    json_open_array(json);
    for (size_t i = 0; i < reading->mention_count; i++) {
        write_mention(json, &reading->mentions[i]);
    }
    json_close_array(json);
    json_close_object(json);
}

Status note_parse_answer(Call *call) {
    Asked asked;
    NoteVocabulary vocabulary;
    NoteReading reading;
    Status status = take_body(call, &asked);
    if (status != STATUS_OK) return status;
    NoteCatalogue catalogue CLEANUP(note_catalogue_free) = note_catalogue_new();
    status = note_catalogue_load(&call->context, &catalogue);
    if (status != STATUS_OK) return status;
    note_vocabulary_init(&vocabulary, &call->business->lexicons);
    NoteWriter writer = note_writer(asked.lang, call->actor.zone, &call->business->holidays);
    NoteReader reader = {.vocabulary = &vocabulary, .catalogue = &catalogue, .writer = &writer};
    note_read(call->arena, asked.text, asked.at, &reader, &reading);
    write_reading(call, asked.text, &reading);
    return STATUS_OK;
}

/*
 * The pack of one doctor on one sheet of paper. It is made from the pack's own answer, so that it
 * can show nothing that the reader could not read there.
 */
#include "log.h"
#include "paper.h"
#include "resources.h"
#include "titles.h"
#include "zone.h"

/* What is being written, and for whom. */
typedef struct Sheet {
    Call *call;
    Paper *paper;
    const json_t *pack, *hcp;
} Sheet;

enum { MEMO_LINES = 4, STORY_LINES = 5, VISIT_LINES = 2, SCALE_MOST = 16, READINGS_MOST = 48 };

static Str say(const Sheet *sheet, const char *code) {
    return texts_sentence(sheet->call->business->texts, sheet->call->arena, sheet->call->actor.lang,
                          str_of(code), (Str[PROBLEM_ARGUMENTS]){{0}});
}

static const Field *field_of(const Sheet *sheet, const char *object, const char *name) {
    return object_field(model_object(sheet->call->business->model, str_of(object)), str_of(name));
}

static Str label_of(const Sheet *sheet, const char *object, const char *name) {
    return label_in(&field_of(sheet, object, name)->label, sheet->call->actor.lang);
}

/* The word for a code; the code itself when the choice is gone. */
static Str word_of(const Sheet *sheet, const char *object, const char *name, Str code) {
    const Choice *choice = field_choice(field_of(sheet, object, name), code);
    return choice ? label_in(&choice->label, sheet->call->actor.lang) : code;
}

static Str day_in_words(const Sheet *sheet, Date date) {
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    Arena *arena = sheet->call->arena;
    if (sheet->call->actor.lang != LANG_EN) {
        return str_format(arena, "%d年%d月%d日", date.year, date.month, date.day);
    }
    return str_format(arena, "%d %s %d", date.day, MONTHS[date.month - 1], date.year);
}

/* Of a date or an instant, as the reader's calendar has it; empty for anything else. */
static Str day_of(const Sheet *sheet, const json_t *record, const char *member) {
    Str text = json_get_text(record, member);
    Date date;
    int64_t instant;
    if (date_parse(text, &date)) return day_in_words(sheet, date);
    if (!instant_parse(text, &instant)) return (Str){0};
    return day_in_words(sheet, zone_date(sheet->call->actor.zone, instant));
}

/* The title of a record that the answer has expanded. */
static Str expanded_title(const json_t *record, const char *field) {
    return json_get_text(json_object_get(json_object_get(record, "expanded"), field), "title");
}

static const json_t *items_of(const Sheet *sheet, const char *part) {
    return json_object_get(json_object_get(sheet->pack, part), "items");
}

static Str joined(Arena *arena, Str a, const char *separator, Str b) {
    if (str_empty(a)) return b;
    if (str_empty(b)) return a;
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(a), separator, STR_ARGS(b));
}

/* ---- Who ---- */

static Str reading_of_name(const Sheet *sheet) {
    Lang lang = sheet->call->actor.lang;
    const char *family = lang == LANG_JA ? "family_kana" : "family_name";
    const char *given = lang == LANG_JA ? "given_kana" : "given_name";
    return joined(sheet->call->arena, json_get_text(sheet->hcp, family), " ",
                  json_get_text(sheet->hcp, given));
}

static Status write_who(const Sheet *sheet) {
    Arena *arena = sheet->call->arena;
    Str place = json_get_text(sheet->hcp, "institution"), people;
    place = joined(arena, place, " · ", json_get_text(sheet->hcp, "department"));
    place = joined(arena, place, " · ", json_get_text(sheet->hcp, "position"));
    const json_t *handover = json_object_get(sheet->pack, "handover");
    Id ids[2] = {{{0}}};
    Titles titles;
    (void)!id_parse(json_get_text(handover, "from_user"), &ids[0]);
    (void)!id_parse(json_get_text(handover, "to_user"), &ids[1]);
    Status status =
        titles_read(&sheet->call->context, model_object(sheet->call->business->model, STR("user")),
                    ids, 2, TITLES_OF_ALL, &titles);
    if (status != STATUS_OK) return status;
    people = joined(arena, titles_find(&titles, ids[0]), " → ", titles_find(&titles, ids[1]));
    paper_text(sheet->paper, PAPER_TITLE, json_get_text(sheet->hcp, "title"));
    paper_text(sheet->paper, PAPER_SUBTITLE, joined(arena, reading_of_name(sheet), " · ", place));
    paper_text(sheet->paper, PAPER_SMALL,
               joined(arena, people, " · ", day_of(sheet, handover, "at")));
    return STATUS_OK;
}

/* ---- How warm ---- */

static int compare_choices(const void *a, const void *b) {
    int64_t one = (*(const Choice *const *)a)->rank, other = (*(const Choice *const *)b)->rank;
    return one < other ? 1 : one > other ? -1 : 0;
}

/* The scale from the warmest down. */
static int read_scale(const Field *field, const Choice *scale[SCALE_MOST]) {
    int count = 0;
    for (size_t i = 0; i < field->choice_count && count < SCALE_MOST; i++) {
        scale[count++] = &field->choices[i];
    }
    qsort(scale, (size_t)count, sizeof *scale, compare_choices);
    return count;
}

/* The page's colours of the temperatures, on white. */
static uint32_t colour_of(const Choice *choice) {
    static const uint32_t COLOURS[] = {0xb0261c, 0x8f5200, 0x5f594f, 0x1f6478, 0x3c4fa8, 0x6f3d8f};
    int64_t number = 0;
    Str name = choice->colour;
    if (!str_starts(name, STR("temperature-")) ||
        !str_to_integer(str_part(name, sizeof "temperature-" - 1, name.size), &number) ||
        number < 1 || number > (int64_t)(sizeof COLOURS / sizeof *COLOURS)) {
        return COLOURS[2];
    }
    return COLOURS[number - 1];
}

static int row_of(const Choice *const *scale, int count, Str code) {
    int row = 0;
    while (row < count && !str_equal(scale[row]->code, code)) row++;
    return row;
}

/* The answer has the newest first. */
static int read_points(const json_t *readings, const Choice *const *scale, int rows,
                       PaperPoint *points) {
    int count = 0;
    for (size_t i = json_array_size(readings); i > 0 && count < READINGS_MOST; i--) {
        const json_t *reading = json_array_get(readings, i - 1);
        PaperPoint point = {.row = row_of(scale, rows, json_get_text(reading, "value"))};
        if (point.row == rows || !instant_parse(json_get_text(reading, "at"), &point.at)) continue;
        point.colour = colour_of(scale[point.row]);
        points[count++] = point;
    }
    return count;
}

static void write_curve(const Sheet *sheet) {
    const Choice *scale[SCALE_MOST];
    Str names[SCALE_MOST];
    PaperPoint points[READINGS_MOST];
    const json_t *readings = items_of(sheet, "readings");
    int rows = read_scale(field_of(sheet, "hcp", "temperature"), scale);
    int count = read_points(readings, scale, rows, points);
    if (!count) return;
    for (int i = 0; i < rows; i++) {
        names[i] = label_in(&scale[i]->label, sheet->call->actor.lang);
    }
    Date from = zone_date(sheet->call->actor.zone, points[0].at);
    paper_curve(sheet->paper, &(PaperCurve){.rows = names,
                                            .row_count = rows,
                                            .points = points,
                                            .point_count = count,
                                            .until = sheet->call->context.now,
                                            .from_text = day_in_words(sheet, from),
                                            .until_text = say(sheet, "handover_pack_now")});
}

static void write_signs(const Sheet *sheet) {
    const json_t *sign;
    size_t i;
    json_array_foreach((json_t *)items_of(sheet, "signs"), i, sign) {
        if (!str_empty(json_get_text(sign, "cleared_at"))) continue;
        paper_item(sheet->paper, word_of(sheet, "sign", "kind", json_get_text(sign, "kind")),
                   day_of(sheet, sign, "seen_at"));
    }
}

static void write_temperature(const Sheet *sheet) {
    Str code = json_get_text(sheet->hcp, "temperature");
    if (str_empty(code)) return;
    Str title = str_format(sheet->call->arena, "%.*s: %.*s",
                           STR_ARGS(label_of(sheet, "hcp", "temperature")),
                           STR_ARGS(word_of(sheet, "hcp", "temperature", code)));
    paper_section(sheet->paper, (PaperSection){.title = title});
    write_curve(sheet);
    write_signs(sheet);
}

/* ---- What was written ---- */

static bool is_corrected(const json_t *memo) {
    return json_integer_value(json_object_get(memo, "corrections")) > 0;
}

static size_t write_memos(const Sheet *sheet, const char *kind) {
    size_t i, count = 0;
    const json_t *memo;
    json_array_foreach((json_t *)items_of(sheet, "memos"), i, memo) {
        if (!str_is(json_get_text(memo, "kind"), kind) || is_corrected(memo)) continue;
        paper_item(sheet->paper, json_get_text(memo, "text"),
                   joined(sheet->call->arena, day_of(sheet, memo, "at"), " · ",
                          expanded_title(memo, "by")));
        count++;
    }
    return count;
}

/* Nothing to avoid is said as well: an empty place would be taken for an oversight. */
static void write_taboos(const Sheet *sheet) {
    paper_section(sheet->paper, (PaperSection){.title = say(sheet, "handover_pack_never"),
                                               .tone = PAPER_WARNING,
                                               .lines = MEMO_LINES});
    if (!write_memos(sheet, "taboo")) {
        paper_text(sheet->paper, PAPER_SMALL, say(sheet, "handover_pack_no_taboo"));
    }
}

static void write_choice(const Sheet *sheet, const char *name) {
    Str code = json_get_text(sheet->hcp, name);
    if (str_empty(code)) return;
    paper_fact(sheet->paper, label_of(sheet, "hcp", name), word_of(sheet, "hcp", name, code));
}

static void write_text(const Sheet *sheet, const char *name) {
    Str text = json_get_text(sheet->hcp, name);
    if (!str_empty(text)) paper_fact(sheet->paper, label_of(sheet, "hcp", name), text);
}

static void write_what_works(const Sheet *sheet) {
    static const char *const CHOICES[] = {"information_form", "visit_preference", "prescribing"};
    static const char *const TEXTS[] = {"specialty", "academic_interests", "interest_areas"};
    PaperSection section = {.title = say(sheet, "handover_pack_works"), .lines = MEMO_LINES};
    Str phrases = json_get_text(sheet->hcp, "resonating_phrases");
    paper_section(sheet->paper, section);
    if (!str_empty(phrases)) paper_item(sheet->paper, phrases, STR(""));
    section.title = STR("");
    section.spare = 1;
    paper_section(sheet->paper, section);
    write_memos(sheet, "resonated");
    section.spare = 2;
    section.lines = 2;
    paper_section(sheet->paper, section);
    for (size_t i = 0; i < sizeof CHOICES / sizeof *CHOICES; i++) write_choice(sheet, CHOICES[i]);
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) write_text(sheet, TEXTS[i]);
}

static void write_memo_section(const Sheet *sheet, const char *kind, int spare, int lines) {
    paper_section(
        sheet->paper,
        (PaperSection){
            .title = word_of(sheet, "memo", "kind", str_of(kind)), .spare = spare, .lines = lines});
    write_memos(sheet, kind);
}

/* ---- What is open ---- */

/* Whose they become and when, in the words of the plan; nothing of a handover without one. */
static void write_passing(const Sheet *sheet) {
    Str choice = json_get_text(sheet->pack, "promises_pass");
    if (str_empty(choice)) return;
    paper_text(sheet->paper, PAPER_SMALL, word_of(sheet, "handover_plan", "promises", choice));
}

static void write_promises(const Sheet *sheet) {
    const json_t *promise;
    size_t i;
    paper_section(
        sheet->paper,
        (PaperSection){.title = say(sheet, "handover_pack_promises"), .spare = 1, .lines = 2});
    json_array_foreach((json_t *)items_of(sheet, "promises"), i, promise) {
        paper_item(sheet->paper, json_get_text(promise, "deliverable"),
                   day_of(sheet, promise, "due_at"));
    }
    if (!i) paper_text(sheet->paper, PAPER_SMALL, say(sheet, "handover_pack_no_promises"));
    if (i) write_passing(sheet);
}

static void write_next(const Sheet *sheet) {
    Str next = json_get_text(sheet->hcp, "next_action");
    paper_section(sheet->paper,
                  (PaperSection){.title = label_of(sheet, "hcp", "next_action"), .lines = 3});
    if (str_empty(next)) {
        paper_text(sheet->paper, PAPER_SMALL, say(sheet, "handover_pack_no_next"));
    } else {
        paper_item(sheet->paper, next, day_of(sheet, sheet->hcp, "next_action_due"));
    }
}

static void write_visits(const Sheet *sheet) {
    const json_t *visit;
    size_t i;
    paper_section(sheet->paper, (PaperSection){.title = say(sheet, "handover_pack_visits"),
                                               .spare = 4,
                                               .lines = VISIT_LINES});
    json_array_foreach((json_t *)items_of(sheet, "visits"), i, visit) {
        Str said = json_get_text(visit, "discussion");
        if (str_empty(said)) said = json_get_text(visit, "quick_note");
        if (str_empty(said)) continue;
        paper_item(sheet->paper, said, day_of(sheet, visit, "held_at"));
    }
}

/* In the order of what a successor must not miss. */
static Status write_sheet(const Sheet *sheet) {
    Status status = write_who(sheet);
    if (status != STATUS_OK) return status;
    write_taboos(sheet);
    write_temperature(sheet);
    write_what_works(sheet);
    write_memo_section(sheet, "moment", 1, MEMO_LINES);
    write_promises(sheet);
    write_next(sheet);
    write_memo_section(sheet, "story", 3, STORY_LINES);
    write_visits(sheet);
    return STATUS_OK;
}

/* ---- The answer ---- */

/* The type of the reader's language; for readers of none with Han characters, the doctor's. */
static Lang type_for(const Call *call, const json_t *hcp) {
    static const char *const CHINESE[] = {"cn", "tw", "hk", "sg"};
    if (call->actor.lang != LANG_EN) return call->actor.lang;
    for (size_t i = 0; i < sizeof CHINESE / sizeof *CHINESE; i++) {
        if (str_is(json_get_text(hcp, "country"), CHINESE[i])) return LANG_ZH;
    }
    return LANG_EN;
}

/* The weight of a media type in Accept, in thousandths; -1 where it is not named. */
static int64_t weight_of(Str accept, const char *type) {
    while (accept.data) {
        Str parameters = str_cut(&accept, ',');
        Str name = str_trim(str_cut(&parameters, ';'));
        if (!str_equal_ascii_case(name, str_of(type))) continue;
        Str weight = str_trim(parameters);
        if (!str_starts(weight, STR("q="))) return 1000;
        char digits[16] = {0};
        str_cut(&weight, '=');
        memcpy(digits, weight.data, weight.size < 15 ? weight.size : 15);
        return (int64_t)(strtod(digits, NULL) * 1000);
    }
    return -1;
}

/* Paper for whoever asks for it by name and likes nothing better (RFC 9110, 12.5.1). */
static bool wants_paper(const Call *call) {
    Str accept = http_request_header(call->request, "Accept");
    int64_t paper = weight_of(accept, "application/pdf");
    return paper > 0 && paper > weight_of(accept, "application/json") &&
           paper >= weight_of(accept, "*/*");
}

Status handover_pack_answer(Call *call) {
    http_response_header(call->response, "Vary", STR("Accept"));
    return wants_paper(call) ? handover_pack_pdf(call) : handover_pack(call);
}

static Status read_pack(Call *call, json_t **out) {
    Buffer text CLEANUP(buffer_free) = {0};
    JsonWriter answer = call->json;
    call->json = json_writer(&text);
    Status status = handover_pack(call);
    call->json = answer;
    return status == STATUS_OK ? json_read(buffer_str(&text), NULL, out) : status;
}

static Status write_pdf(Call *call, Sheet *sheet) {
    PaperResult result;
    Status status = write_sheet(sheet);
    if (status == STATUS_OK) {
        status = paper_write(sheet->paper, &call->response->body, &result);
    }
    if (status == STATUS_OK && result.unknown_glyphs) {
        log_write(LOG_LEVEL_WARNING,
                  "characters without type on paper: install fonts such as fonts-noto-cjk",
                  LOG_NUMBER("characters", result.unknown_glyphs));
    }
    return status;
}

Status handover_pack_pdf(Call *call) {
    json_t *pack CLEANUP(json_drop) = NULL;
    Status status = read_pack(call, &pack);
    if (status != STATUS_OK) return status;
    Sheet sheet = {.call = call, .pack = pack, .hcp = json_object_get(pack, "hcp")};
    Paper *paper CLEANUP(paper_drop) =
        paper_new((PaperOptions){.type = type_for(call, sheet.hcp),
                                 .title = json_get_text(sheet.hcp, "title"),
                                 .footer = say(&sheet, "handover_pack_footer"),
                                 .more = say(&sheet, "handover_pack_more"),
                                 .pages = 1});
    sheet.paper = paper;
    http_response_header(call->response, "Content-Type", STR("application/pdf"));
    http_response_header(call->response, "Content-Disposition",
                         STR("inline; filename=\"handover.pdf\""));
    return write_pdf(call, &sheet);
}

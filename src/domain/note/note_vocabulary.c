/*
 * Codes are compared once, so that reading a note compares numbers only: a note is read again at
 * every pause in the typing.
 */
#include "note_vocabulary.h"

static const char *const WORDS[NOTE_WORD_COUNT] = {
    [NOTE_WORD_PLAIN] = "plain",
    [NOTE_WORD_SPEAKER] = "speaker",
    [NOTE_WORD_ASK] = "ask",
    [NOTE_WORD_QUERY] = "query",
    [NOTE_WORD_INTEREST] = "interest",
    [NOTE_WORD_WISH] = "wish",
    [NOTE_WORD_WANT] = "want",
    [NOTE_WORD_MODAL] = "modal",
    [NOTE_WORD_VOW] = "vow",
    [NOTE_WORD_NEED] = "need",
    [NOTE_WORD_PROMISE] = "promise",
    [NOTE_WORD_NEXT] = "next",
    [NOTE_WORD_DELIVER] = "deliver",
    [NOTE_WORD_ACT] = "act",
    [NOTE_WORD_VISIT] = "visit",
    [NOTE_WORD_WANTED] = "wanted",
    [NOTE_WORD_CONNECTIVE] = "connective",
    [NOTE_WORD_LEAD] = "lead",
    [NOTE_WORD_PARTICLE] = "particle",
    [NOTE_WORD_IT] = "it",
    [NOTE_WORD_NONE] = "none",
    [NOTE_WORD_CHAT] = "chat",
    [NOTE_WORD_OVER] = "over",
    [NOTE_WORD_THEIRS] = "theirs",
    [NOTE_WORD_URGENT] = "urgent",
    [NOTE_WORD_COURTESY] = "courtesy",
    [NOTE_WORD_MEASURE] = "measure",
};

static const char *const TIMES[NOTE_TIME_COUNT] = {
    [NOTE_TIME_DAY] = "day",
    [NOTE_TIME_NIGHT] = "night",
    [NOTE_TIME_WEEK] = "week",
    [NOTE_TIME_MONTHS] = "months",
    [NOTE_TIME_WEEKDAY] = "weekday",
    [NOTE_TIME_MONTH] = "month",
    [NOTE_TIME_NUMBER] = "number",
    [NOTE_TIME_HOURS] = "length_hours",
    [NOTE_TIME_DAYS] = "length_days",
    [NOTE_TIME_WORKDAYS] = "length_workdays",
    [NOTE_TIME_WEEKS] = "length_weeks",
    [NOTE_TIME_MONTHS_LONG] = "length_months",
    [NOTE_TIME_HALF_MONTH] = "half_month",
    [NOTE_TIME_DATE_YEAR] = "date_year",
    [NOTE_TIME_DATE_MONTH] = "date_month",
    [NOTE_TIME_DATE_DAY] = "date_day",
    [NOTE_TIME_THIS] = "this",
    [NOTE_TIME_NEXT] = "next",
    [NOTE_TIME_END] = "end",
    [NOTE_TIME_PART] = "part",
    [NOTE_TIME_WEEK_END] = "week_end",
    [NOTE_TIME_MONTH_END] = "month_end",
    [NOTE_TIME_YEAR_END] = "year_end",
    [NOTE_TIME_WITHIN] = "within",
    [NOTE_TIME_AFTER] = "after",
    [NOTE_TIME_UNTIL] = "until",
    [NOTE_TIME_BEFORE] = "before",
    [NOTE_TIME_FILLER] = "filler",
    [NOTE_TIME_ORDINAL] = "ordinal",
    [NOTE_TIME_CLOCK] = "clock",
    [NOTE_TIME_HALF] = "half",
    [NOTE_TIME_AM] = "am",
    [NOTE_TIME_PM] = "pm",
    [NOTE_TIME_MORNING] = "morning",
    [NOTE_TIME_NOON] = "noon",
    [NOTE_TIME_EVENING] = "evening",
    [NOTE_TIME_EACH] = "each",
    [NOTE_TIME_WORK_END] = "work_end",
};

static NoteCode mark_code(Str code) {
    static const char *const MARKS[] = {"question", "interest", "commitment"};
    for (uint8_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (str_is(code, MARKS[i])) return (NoteCode){.known = true, .what = (uint8_t)(1 << i)};
    }
    return (NoteCode){0};
}

static NoteCode word_code(Str code) {
    static const Str VOWED = STR_INIT("_vowed");
    bool vowed = str_ends(code, VOWED);
    if (vowed) code.size -= VOWED.size;
    for (uint8_t i = 0; i < NOTE_WORD_COUNT; i++) {
        if (str_is(code, WORDS[i])) {
            return (NoteCode){.known = true, .what = i, .value = vowed};
        }
    }
    return (NoteCode){.known = true, .what = NOTE_WORD_PLAIN};
}

/* "weekday_5" is the name and its number. */
static bool split_number(Str code, Str *name, int64_t *number) {
    size_t digits = code.size;
    while (digits && code.data[digits - 1] >= '0' && code.data[digits - 1] <= '9') digits--;
    if (!digits || digits == code.size || code.data[digits - 1] != '_') return false;
    *name = str_part(code, 0, digits - 1);
    return str_to_integer(str_part(code, digits, code.size), number);
}

static NoteCode time_code(Str code) {
    Str name = code;
    int64_t number = 0;
    if (!split_number(code, &name, &number)) name = code;
    for (uint8_t i = 0; i < NOTE_TIME_COUNT; i++) {
        if (str_is(name, TIMES[i])) return (NoteCode){.known = true, .what = i, .value = number};
    }
    return (NoteCode){0};
}

static void translate(const Lexicon *lexicon, NoteCode (*code_of)(Str), NoteCode *out) {
    size_t count = lexicon ? lexicon->code_count : 0;
    for (size_t i = 0; i < count && i < NOTE_CODES_MOST; i++) out[i] = code_of(lexicon->codes[i]);
}

void note_vocabulary_init(NoteVocabulary *vocabulary, const Lexicons *lexicons) {
    *vocabulary = (NoteVocabulary){.marks = lexicons_find(lexicons, STR("note_marks")),
                                   .words = lexicons_find(lexicons, STR("note_words")),
                                   .times = lexicons_find(lexicons, STR("note_times")),
                                   .subjects = lexicons_find(lexicons, STR("note_subjects"))};
    translate(vocabulary->marks, mark_code, vocabulary->mark_codes);
    translate(vocabulary->words, word_code, vocabulary->word_codes);
    translate(vocabulary->times, time_code, vocabulary->time_codes);
}

/*
 * What a scanner reads from a medicine pack (GS1 DataMatrix). Scanners differ in how they show
 * FNC1: as GS, as the words "<GS>", or with brackets around the identifiers; all of these come in.
 */
#include "buffer.h"
#include "clock.h"
#include "fold.h"
#include "identifier.h"
#include "identifier_digits.h"

/* An application identifier that medicine packs carry. */
typedef struct Element {
    Str identifier;
    size_t fixed; /* length of its data; 0: up to `longest`, ended by GS */
    size_t longest;
} Element;

static const Element ELEMENTS[] = {
    {.identifier = STR_INIT("01"), .fixed = 14, .longest = 14},
    {.identifier = STR_INIT("17"), .fixed = 6, .longest = 6},
    {.identifier = STR_INIT("10"), .longest = 20},
    {.identifier = STR_INIT("21"), .longest = 20},
};

static bool take(Str *rest, Str literal) {
    if (!str_starts(*rest, literal)) return false;
    *rest = str_part(*rest, literal.size, rest->size);
    return true;
}

static bool take_separator(Str *rest) {
    return take(rest, STR("\x1D")) || take(rest, STR("<GS>"));
}

/* "(01)" or "01". */
static const Element *take_identifier(Str *rest) {
    bool bracket = take(rest, STR("("));
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++) {
        if (!take(rest, ELEMENTS[i].identifier)) continue;
        if (bracket && !take(rest, STR(")"))) return NULL;
        return &ELEMENTS[i];
    }
    return NULL;
}

/* Data of varying length ends at GS, at the end, or before the next bracket. */
static size_t varying_length(Str rest) {
    size_t length = 0;
    while (length < rest.size && rest.data[length] != '\x1D' && rest.data[length] != '(' &&
           !str_starts(str_part(rest, length, 4), STR("<GS>"))) {
        length++;
    }
    return length;
}

/* YYMMDD; day 00 means the last day of the month. The century does not matter for the form, except
 * for 29 February, which 20YY decides. */
static bool expiry_valid(Str data) {
    if (!identifier_all_digits(data)) return false;
    int numbers[3];
    for (int i = 0; i < 3; i++) {
        numbers[i] = (data.data[2 * i] - '0') * 10 + (data.data[2 * i + 1] - '0');
    }
    Date date = {.year = 2000 + numbers[0], .month = numbers[1], .day = 1};
    return date.month >= 1 && date.month <= 12 && numbers[2] <= date_month_end(date).day;
}

/* GS1's character set 82: printable ASCII without a few signs. */
static bool lot_valid(Str data) {
    for (size_t i = 0; i < data.size; i++) {
        char c = data.data[i];
        if (c <= 0x20 || c >= 0x7F || strchr("#$@[\\]^`{|}~", c)) return false;
    }
    return data.size > 0;
}

static bool data_valid(const Element *element, Str data) {
    if (data.size > element->longest || (element->fixed && data.size != element->fixed)) {
        return false;
    }
    if (str_is(element->identifier, "01")) return identifier_gtin_valid(data);
    if (str_is(element->identifier, "17")) return expiry_valid(data);
    return lot_valid(data);
}

/* Each identifier at most once, in any order; the order of the pack is kept. */
bool identifier_gs1(Arena *arena, Str text, Str *normalised) {
    Buffer out CLEANUP(buffer_free) = {0};
    Str rest = str_trim(text);
    unsigned seen = 0;
    if (!take(&rest, STR("]d2"))) (void)take(&rest, STR("]C1"));
    while (rest.size) {
        const Element *element = take_identifier(&rest);
        if (!element) return false;
        unsigned bit = 1U << (element - ELEMENTS);
        size_t length = element->fixed ? element->fixed : varying_length(rest);
        Str data = str_part(rest, 0, length);
        if ((seen & bit) || !data_valid(element, data)) return false;
        seen |= bit;
        rest = str_part(rest, length, rest.size);
        (void)take_separator(&rest);
        buffer_format(&out, "(%.*s)%.*s", STR_ARGS(element->identifier), STR_ARGS(data));
    }
    if (!(seen & 1)) return false; /* without the article's number the rest names nothing */
    *normalised = str_copy(arena, buffer_str(&out));
    return true;
}

/*
 * A pattern is unfolded into its forms when it is added; each form is a row of parts, one of which,
 * its longest word, leads to it from the trie. So finding costs a step per character of the text,
 * and only where such a word stands the parts before and behind it are looked at.
 */
#include "pattern_set.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum {
    CHOICES_MOST = 8, /* groups in brackets */
    ALTERNATIVES_MOST = 64,
    PARTS_MOST = 12,
    GAPS_MOST = 2, /* each multiplies what is tried */
    PATTERN_BYTES_MOST = 2048,
    ROOM_FIRST = 64,
    HITS_AT_PLACE = 16,
    HAN_MOST = 4,
    NAME_LETTERS_LEAST = 2,
    NUMBER_DIGITS_LEAST = 6, /* a pattern may lead from a number this long */
    DIGITS_MOST = 64,
};

/* What a piece of a pattern stands for. */
typedef enum PartKind {
    PART_WORD,
    PART_GAP,
    PART_DIGITS,
    PART_NUMBER,
    PART_LETTER,
    PART_LETTERS,
    PART_NAME,
    PART_HAN
} PartKind;

/* One part of a form: letters, a gap, or a choice of points. */
typedef struct Part {
    PartKind kind;
    uint8_t least, most;    /* digits */
    const uint32_t *points; /* of a word */
    size_t count;
} Part;

/* One way of saying it. It is looked for by its longest word, and compared from there. */
typedef struct Form {
    const Part *parts;
    uint8_t count, anchor;
    bool has_gap;
    uint32_t value;
    uint32_t next; /* form with the same anchor, +1; 0: none */
} Form;

/* All forms, found by one walk over the text whatever their number. */
struct PatternSet {
    Arena *arena;
    Trie *anchors; /* a word's value is the first form that it leads to */
    Form *forms;
    size_t form_count, form_room;
    uint32_t numbers; /* first form that a number leads to, +1; 0: none */
};

PatternSet *pattern_set_new(Arena *arena) {
    PatternSet *set = ARENA_NEW(arena, PatternSet);
    set->arena = arena;
    set->anchors = trie_new(arena);
    set->form_room = ROOM_FIRST;
    set->forms = ARENA_ARRAY(arena, ROOM_FIRST, Form);
    return set;
}

/* ---- Reading one form: words and {parts}, without brackets ---- */

/* A form being read from its pattern. */
typedef struct Reading {
    Arena *keep; /* where the points of words go */
    Arena *scratch;
    Part parts[PARTS_MOST];
    size_t count, gaps;
    uint32_t value;
} Reading;

static const Str GAP_SIGN = STR_INIT("…");

/* "digits", "digits:6" and "digits:6+". */
static bool read_digits(Str name, Part *out) {
    int64_t number = 0;
    *out = (Part){.kind = PART_DIGITS, .least = 1, .most = DIGITS_MOST};
    if (str_is(name, "digits")) return true;
    if (!str_starts(name, STR("digits:"))) return false;
    Str size = str_part(name, sizeof "digits:" - 1, name.size);
    bool open = str_ends(size, STR("+"));
    if (open) size.size--;
    if (!str_to_integer(size, &number) || number < 1 || number > DIGITS_MOST) return false;
    out->least = (uint8_t)number;
    if (!open) out->most = (uint8_t)number;
    return true;
}

static bool read_class(Str name, Part *out) {
    static const struct {
        const char *name;
        PartKind kind;
    } CLASSES[] = {{"number", PART_NUMBER},
                   {"letter", PART_LETTER},
                   {"word", PART_LETTERS},
                   {"name", PART_NAME},
                   {"han", PART_HAN}};
    for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++) {
        if (!str_is(name, CLASSES[i].name)) continue;
        *out = (Part){.kind = CLASSES[i].kind};
        return true;
    }
    return read_digits(name, out);
}

static PatternAdded push_part(Reading *reading, Part part) {
    reading->gaps += part.kind == PART_GAP;
    if (reading->count == PARTS_MOST || reading->gaps > GAPS_MOST) return PATTERN_TOO_LARGE;
    reading->parts[reading->count++] = part;
    return PATTERN_ADDED;
}

/* Words are folded here, so that only points are compared later. */
static PatternAdded push_word(Reading *reading, Str word) {
    if (str_empty(word)) return PATTERN_ADDED;
    FoldedText folded = folded_text(reading->scratch, word);
    if (folded.count > TRIE_WORD_MOST) return PATTERN_TOO_LARGE;
    if (!folded.count) return PATTERN_MALFORMED;
    uint32_t *points = ARENA_ARRAY(reading->keep, folded.count, uint32_t);
    for (size_t i = 0; i < folded.count; i++) points[i] = folded.at[i].point;
    return push_part(reading, (Part){.kind = PART_WORD, .points = points, .count = folded.count});
}

static size_t find_special(Str text) {
    size_t gap = str_find_str(text, GAP_SIGN), brace = str_find(text, '{');
    return gap < brace ? gap : brace;
}

static PatternAdded push_special(Reading *reading, Str *rest) {
    if (str_starts(*rest, GAP_SIGN)) {
        *rest = str_part(*rest, GAP_SIGN.size, rest->size);
        return push_part(reading, (Part){.kind = PART_GAP});
    }
    Part part;
    size_t end = str_find(*rest, '}');
    if (end == rest->size || !read_class(str_part(*rest, 1, end - 1), &part)) {
        return PATTERN_MALFORMED;
    }
    *rest = str_part(*rest, end + 1, rest->size);
    return push_part(reading, part);
}

static PatternAdded read_parts(Reading *reading, Str form) {
    while (!str_empty(form)) {
        size_t special = find_special(form);
        PatternAdded added = push_word(reading, str_part(form, 0, special));
        form = str_part(form, special, form.size);
        if (added == PATTERN_ADDED && !str_empty(form)) added = push_special(reading, &form);
        if (added != PATTERN_ADDED) return added;
    }
    return PATTERN_ADDED;
}

/* ---- Keeping a form ---- */

/* The longest word leads to the form; without words a long number does. */
static bool find_anchor(const Reading *reading, size_t *out) {
    size_t longest = 0;
    bool found = false;
    for (size_t i = 0; i < reading->count; i++) {
        const Part *part = &reading->parts[i];
        if (part->kind != PART_WORD || part->count <= longest) continue;
        longest = part->count;
        *out = i;
        found = true;
    }
    for (size_t i = 0; i < reading->count && longest < 2; i++) {
        const Part *part = &reading->parts[i];
        if (part->kind != PART_DIGITS || part->least < NUMBER_DIGITS_LEAST) continue;
        *out = i;
        return true;
    }
    return found;
}

static void widen(PatternSet *set) {
    Form *forms = ARENA_ARRAY(set->arena, 2 * set->form_room, Form);
    memcpy(forms, set->forms, set->form_count * sizeof(Form));
    set->forms = forms;
    set->form_room *= 2;
}

/* Forms with the same anchor are a list; the newest comes second, so the trie need not change. */
static void link_word(PatternSet *set, const Part *word, uint32_t form) {
    FoldedPoint at[TRIE_WORD_MOST];
    for (size_t i = 0; i < word->count; i++) at[i] = (FoldedPoint){.point = word->points[i]};
    FoldedText folded = {.at = at, .count = word->count};
    uint32_t first;
    if (trie_value(set->anchors, &folded, &first)) {
        set->forms[form].next = set->forms[first].next;
        set->forms[first].next = form + 1;
    } else {
        (void)trie_add_folded(set->anchors, &folded, form);
    }
}

static void keep_form(PatternSet *set, const Reading *reading, size_t anchor) {
    if (set->form_count == set->form_room) widen(set);
    Part *parts = ARENA_ARRAY(set->arena, reading->count, Part);
    memcpy(parts, reading->parts, reading->count * sizeof(Part));
    uint32_t index = (uint32_t)set->form_count++;
    set->forms[index] = (Form){.parts = parts,
                               .count = (uint8_t)reading->count,
                               .anchor = (uint8_t)anchor,
                               .has_gap = reading->gaps > 0,
                               .value = reading->value};
    if (parts[anchor].kind == PART_WORD) {
        link_word(set, &parts[anchor], index);
    } else {
        set->forms[index].next = set->numbers;
        set->numbers = index + 1;
    }
}

/* ---- Unfolding brackets ---- */

/* Alternatives of a pattern; each of them makes forms of its own. */
typedef struct Choice {
    Str before; /* what stands between the choice before and this one */
    Str alternatives[ALTERNATIVES_MOST];
    size_t count, chosen;
} Choice;

/* A pattern while its choices are made into plain sequences. */
typedef struct Unfolding {
    Choice choices[CHOICES_MOST];
    size_t count;
    Str behind;
} Unfolding;

static PatternAdded split_choice(Str inside, Choice *choice) {
    while (inside.data) {
        if (choice->count == ALTERNATIVES_MOST) return PATTERN_TOO_LARGE;
        choice->alternatives[choice->count++] = str_cut(&inside, '|');
    }
    return PATTERN_ADDED;
}

static PatternAdded split_choices(Str pattern, Unfolding *out) {
    size_t forms = 1;
    while (true) {
        size_t open = str_find(pattern, '(');
        Str before = str_part(pattern, 0, open);
        if (str_find(before, ')') < before.size || str_find(before, '|') < before.size)
            return PATTERN_MALFORMED;
        if (open == pattern.size) break;
        if (out->count == CHOICES_MOST) return PATTERN_TOO_LARGE;
        Choice *choice = &out->choices[out->count++];
        choice->before = before;
        Str inside = str_part(pattern, open + 1, pattern.size);
        size_t close = str_find(inside, ')');
        if (close == inside.size || str_find(inside, '(') < close) return PATTERN_MALFORMED;
        pattern = str_part(inside, close + 1, inside.size);
        PatternAdded added = split_choice(str_part(inside, 0, close), choice);
        if (added != PATTERN_ADDED) return added;
        forms *= choice->count;
        if (forms > PATTERN_VARIANTS_MOST) return PATTERN_TOO_LARGE;
    }
    out->behind = pattern;
    return PATTERN_ADDED;
}

static Str chosen_form(Arena *scratch, const Unfolding *unfolding) {
    char *text = arena_take(scratch, PATTERN_BYTES_MOST);
    size_t size = 0;
    for (size_t i = 0; i <= unfolding->count; i++) {
        const Choice *choice = i < unfolding->count ? &unfolding->choices[i] : NULL;
        Str parts[] = {choice ? choice->before : unfolding->behind,
                       choice ? choice->alternatives[choice->chosen] : STR("")};
        for (size_t j = 0; j < 2; j++) {
            if (parts[j].size) memcpy(text + size, parts[j].data, parts[j].size);
            size += parts[j].size;
        }
    }
    return (Str){.data = text, .size = size};
}

/* As the wheels of a counter. False behind the last form. */
static bool choose_next(Unfolding *unfolding) {
    for (size_t i = 0; i < unfolding->count; i++) {
        Choice *choice = &unfolding->choices[i];
        if (++choice->chosen < choice->count) return true;
        choice->chosen = 0;
    }
    return false;
}

static PatternAdded read_form(const Unfolding *unfolding, Reading *reading, size_t *anchor) {
    reading->count = reading->gaps = 0;
    PatternAdded added = read_parts(reading, chosen_form(reading->scratch, unfolding));
    if (added != PATTERN_ADDED) return added;
    return find_anchor(reading, anchor) ? PATTERN_ADDED : PATTERN_WORDLESS;
}

/* All forms are read before the first is kept, so that a pattern is added whole or not at all. */
static PatternAdded check_forms(Arena *scratch, Unfolding *unfolding) {
    Reading reading = {.keep = scratch, .scratch = scratch};
    size_t anchor;
    PatternAdded added;
    do {
        added = read_form(unfolding, &reading, &anchor);
    } while (added == PATTERN_ADDED && choose_next(unfolding));
    return added;
}

static void keep_forms(PatternSet *set, Arena *scratch, Unfolding *unfolding, uint32_t value) {
    Reading reading = {.keep = set->arena, .scratch = scratch, .value = value};
    size_t anchor;
    do {
        if (read_form(unfolding, &reading, &anchor) != PATTERN_ADDED) return;
        keep_form(set, &reading, anchor);
    } while (choose_next(unfolding));
}

PatternAdded pattern_set_add(PatternSet *set, Arena *scratch, Str pattern, uint32_t value) {
    if (pattern.size > PATTERN_BYTES_MOST) return PATTERN_TOO_LARGE;
    ArenaMark mark = arena_mark(scratch);
    Unfolding *unfolding = ARENA_NEW(scratch, Unfolding);
    PatternAdded added = split_choices(pattern, unfolding);
    if (added == PATTERN_ADDED) added = check_forms(scratch, unfolding);
    if (added == PATTERN_ADDED) keep_forms(set, scratch, unfolding, value);
    arena_rewind(scratch, mark);
    return added;
}

/* ---- Finding ---- */

/* One pass over a text, with the hits so far. */
typedef struct Finding {
    const PatternSet *set;
    Arena *arena;
    const FoldedText *text;
    Str source;
    PatternHit *hits;
    size_t count, room;
} Finding;

static uint32_t point_at(const Finding *finding, size_t at) {
    return finding->text->at[at].point;
}

/* Whether a word or number may begin or end between the points before and at `at`. */
static bool is_edge(const Finding *finding, size_t at) {
    if (!at || at >= finding->text->count) return true;
    return !folded_joined(point_at(finding, at - 1), point_at(finding, at));
}

static bool ends_sentence(const Finding *finding, size_t at) {
    uint32_t point = point_at(finding, at);
    if (point == '\n' || point == 0x3002 || point == '!' || point == '?' || point == ';')
        return true;
    if (point != '.') return false;
    return at + 1 == finding->text->count || point_at(finding, at + 1) == ' ';
}

static bool is_han(uint32_t point) {
    return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF) ||
           point == 0x3005;
}

/* The text as it was written, at the point: folding has taken the case away. */
static bool is_capital(const Finding *finding, size_t at) {
    UChar32 point;
    size_t byte = finding->text->at[at].byte;
    U8_NEXT_OR_FFFD(finding->source.data, byte, finding->source.size, point);
    return u_isupper(point);
}

/* A place within the parts of a form, on the way from the anchor to one of its ends. */
typedef struct Step {
    const Form *form;
    size_t part; /* that is looked at */
    size_t at;   /* forwards its first point, backwards the one behind its last */
} Step;

static bool walk_on(const Finding *finding, Step step, size_t *end);
static bool walk_back(const Finding *finding, Step step, size_t *start);

static bool word_at(const Finding *finding, const Part *part, size_t at) {
    if (at + part->count > finding->text->count || !is_edge(finding, at)) return false;
    for (size_t i = 0; i < part->count; i++) {
        if (point_at(finding, at + i) != part->points[i]) return false;
    }
    return is_edge(finding, at + part->count);
}

/* Whether the points from `start` to before `end` are what a part of one certain size asks for. */
static bool run_fits(const Finding *finding, const Part *part, size_t start, size_t end) {
    size_t size = end - start;
    if (!is_edge(finding, start) || !is_edge(finding, end)) return false;
    if (part->kind == PART_DIGITS) return size >= part->least && size <= part->most;
    if (part->kind == PART_LETTER) return size == 1;
    if (part->kind == PART_NAME) return size >= NAME_LETTERS_LEAST && is_capital(finding, start);
    return size > 0;
}

/* As they are folded: 两 and 几 count as numbers, for people write them for one. */
static bool is_han_numeral(uint32_t point) {
    static const uint32_t NUMERALS[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
                                        0x516B, 0x4E5D, 0x5341, 0x767E, 0x5343, 0x4E24, 0x51E0};
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++) {
        if (point == NUMERALS[i]) return true;
    }
    return false;
}

static bool belongs(const Part *part, uint32_t point) {
    if (part->kind == PART_NUMBER) return folded_is_digit(point) || is_han_numeral(point);
    return part->kind == PART_DIGITS ? folded_is_digit(point) : folded_is_letter(point);
}

static size_t run_end(const Finding *finding, const Part *part, size_t at) {
    size_t end = at;
    while (end < finding->text->count && belongs(part, point_at(finding, end))) end++;
    return end;
}

static size_t run_start(const Finding *finding, const Part *part, size_t at) {
    size_t start = at;
    while (start && belongs(part, point_at(finding, start - 1))) start--;
    return start;
}

static bool gap_on(const Finding *finding, Step step, size_t *end) {
    step.part++;
    for (size_t i = 0; i <= PATTERN_GAP_MOST && step.at <= finding->text->count; i++, step.at++) {
        if (walk_on(finding, step, end)) return true;
        if (step.at == finding->text->count || ends_sentence(finding, step.at)) return false;
    }
    return false;
}

/* The most characters first: a name is not to be cut. */
static bool han_on(const Finding *finding, Step step, size_t *end) {
    size_t most = 0, start = step.at;
    while (most < HAN_MOST && start + most < finding->text->count &&
           is_han(point_at(finding, start + most))) {
        most++;
    }
    step.part++;
    for (; most; most--) {
        step.at = start + most;
        if (walk_on(finding, step, end)) return true;
    }
    return false;
}

/* Fits the parts from `step.part` on. A gap at the very end takes nothing. */
static bool walk_on(const Finding *finding, Step step, size_t *end) {
    if (step.part == step.form->count) {
        *end = step.at;
        return true;
    }
    const Part *part = &step.form->parts[step.part];
    if (part->kind == PART_GAP) return gap_on(finding, step, end);
    if (part->kind == PART_HAN) return han_on(finding, step, end);
    size_t behind =
        part->kind == PART_WORD ? step.at + part->count : run_end(finding, part, step.at);
    if (part->kind == PART_WORD ? !word_at(finding, part, step.at)
                                : !run_fits(finding, part, step.at, behind)) {
        return false;
    }
    return walk_on(finding, (Step){step.form, step.part + 1, behind}, end);
}

static bool gap_back(const Finding *finding, Step step, size_t *start) {
    step.part--;
    for (size_t i = 0; i <= PATTERN_GAP_MOST; i++, step.at--) {
        if (walk_back(finding, step, start)) return true;
        if (!step.at || ends_sentence(finding, step.at - 1)) return false;
    }
    return false;
}

static bool han_back(const Finding *finding, Step step, size_t *start) {
    size_t most = 0, end = step.at;
    while (most < HAN_MOST && most < end && is_han(point_at(finding, end - most - 1))) most++;
    step.part--;
    for (; most; most--) {
        step.at = end - most;
        if (walk_back(finding, step, start)) return true;
    }
    return false;
}

/* Fits the parts before `step.part`, counted from 1. */
static bool walk_back(const Finding *finding, Step step, size_t *start) {
    if (!step.part) {
        *start = step.at;
        return true;
    }
    const Part *part = &step.form->parts[step.part - 1];
    if (part->kind == PART_GAP) return gap_back(finding, step, start);
    if (part->kind == PART_HAN) return han_back(finding, step, start);
    if (part->kind == PART_WORD && part->count > step.at) return false;
    size_t before =
        part->kind == PART_WORD ? step.at - part->count : run_start(finding, part, step.at);
    if (part->kind == PART_WORD ? !word_at(finding, part, before)
                                : !run_fits(finding, part, before, step.at)) {
        return false;
    }
    return walk_back(finding, (Step){step.form, step.part - 1, before}, start);
}

static void push_hit(Finding *finding, PatternHit hit) {
    if (finding->count == PATTERN_HITS_MOST) return;
    if (finding->count == finding->room) {
        finding->room = finding->room ? 2 * finding->room : HITS_AT_PLACE;
        PatternHit *hits = ARENA_ARRAY(finding->arena, finding->room, PatternHit);
        if (finding->count) memcpy(hits, finding->hits, finding->count * sizeof(PatternHit));
        finding->hits = hits;
    }
    finding->hits[finding->count++] = hit;
}

/* The forms of a list (+1) whose anchor stands from `start` to before `end`. */
static void try_forms(Finding *finding, uint32_t list, size_t start, size_t end) {
    while (list) {
        const Form *form = &finding->set->forms[list - 1];
        const Part *anchor = &form->parts[form->anchor];
        PatternHit hit = {.value = form->value, .has_gap = form->has_gap};
        list = form->next;
        if (anchor->kind == PART_DIGITS && !run_fits(finding, anchor, start, end)) continue;
        if (!walk_back(finding, (Step){form, form->anchor, start}, &hit.start)) continue;
        if (!walk_on(finding, (Step){form, (size_t)form->anchor + 1, end}, &hit.end)) continue;
        push_hit(finding, hit);
    }
}

static void try_number(Finding *finding, size_t at) {
    static const Part NUMBER = {.kind = PART_DIGITS};
    if (!folded_is_digit(point_at(finding, at)) || !is_edge(finding, at)) return;
    size_t end = run_end(finding, &NUMBER, at);
    if (end - at >= NUMBER_DIGITS_LEAST) try_forms(finding, finding->set->numbers, at, end);
}

size_t pattern_set_find(const PatternSet *set, Arena *arena, const FoldedText *text, Str source,
                        const PatternHit **out) {
    Finding finding = {.set = set, .arena = arena, .text = text, .source = source};
    for (size_t at = 0; at < text->count; at++) {
        TrieHit hits[HITS_AT_PLACE];
        size_t count = trie_hits(set->anchors, text, at, hits, HITS_AT_PLACE);
        for (size_t i = 0; i < count; i++) {
            try_forms(&finding, hits[i].value + 1, at, at + hits[i].size);
        }
        try_number(&finding, at);
    }
    *out = finding.hits;
    return finding.count;
}

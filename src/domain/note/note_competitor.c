/*
 * Looked for beside the reading of the note and not in it: which clauses are pieces does not depend
 * on whom they are about.
 */
#include "note_competitor.h"

/* The end of a sentence or of a line, in the scripts that notes are written in. */
static bool ends_sentence(uint32_t point) {
    return point == '\n' || point == '.' || point == 0x3002 || point == ';' || point == '!' ||
           point == '?' || point == 0x2191;
}

/* Where the sentence begins that the piece at `end` belongs to, behind `bound`. */
static size_t sentence_start(const FoldedText *folded, size_t bound, size_t end) {
    size_t start = end;
    while (start > bound && !ends_sentence(folded->at[start - 1].point)) start--;
    while (start < end && folded->at[start].point == ' ') start++;
    return start;
}

static size_t point_at(const FoldedText *folded, uint32_t byte) {
    size_t at = 0;
    while (at < folded->count && folded->at[at].byte < byte) at++;
    return at;
}

/* Whether a clause speaks of a competitor, and which way it leans. */
typedef struct Said {
    bool competitor;
    Str direction;
} Said;

/* Of several directions the last is what the speaker came to. */
static Said read_words(const Lexicon *words, const FoldedText *folded, size_t start, size_t end) {
    Said said = {0};
    TrieHit hit;
    for (size_t at = start; at < end;) {
        bool found = trie_longest(words->words, folded, at, &hit);
        Str code = found ? words->codes[hit.value] : (Str){0};
        if (found && str_is(code, "competitor"))
            said.competitor = true;
        else if (found)
            said.direction = code;
        at += found ? hit.size : 1;
    }
    return said;
}

bool note_competitor_find(Arena *arena, const Lexicons *lexicons, Str note,
                          const NoteReading *reading, size_t index, NoteCompetitor *out) {
    const Lexicon *words = lexicons_find(lexicons, STR("note_competitors"));
    const NotePiece *piece = &reading->pieces[index];
    if (!words || piece->kind == NOTE_COMMITMENT) return false;
    FoldedText folded = folded_text(arena, note);
    uint32_t before = index ? reading->pieces[index - 1].span.byte_end : 0;
    size_t bound = before <= piece->span.byte_start ? point_at(&folded, before) : 0;
    size_t begin = point_at(&folded, piece->span.byte_start);
    size_t end = point_at(&folded, piece->span.byte_end);
    size_t start = sentence_start(&folded, bound, begin);
    Said said = read_words(words, &folded, start, end);
    if (!said.competitor) return false;
    out->span = piece->span;
    out->span.byte_start = folded.at[start].byte;
    out->span.unit_start = folded.at[start].unit;
    out->text = str_part(note, out->span.byte_start, out->span.byte_end - out->span.byte_start);
    out->direction = str_empty(said.direction) ? STR("asks") : said.direction;
    return true;
}

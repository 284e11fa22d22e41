/*
 * From clauses to pieces. A mark decides what a clause is; without one its words may. A commitment
 * that names no thing of its own ("需本周内提供") is about what the clause before it names.
 */
#include "note.h"

#include "note_cues.h"
#include "note_due.h"
#include "note_trim.h"

/* A note while its pieces are made; what the passes before have found. */
typedef struct Piecing {
    Arena *arena;
    Str text;
    const FoldedText *folded;
    const NoteTokens *tokens;
    const NoteClauses *clauses;
    const NoteVocabulary *vocabulary;
    const NoteCatalogue *catalogue;
    NoteCalendar calendar;
    NotePiece *pieces;
    size_t piece_count;
    const NoteMention *mentions;
    size_t mention_count;
} Piecing;

Str note_kind_code(NoteKind kind) {
    static const Str CODES[NOTE_KIND_COUNT] = {[NOTE_QUESTION] = STR_INIT("question"),
                                               [NOTE_INTEREST] = STR_INIT("interest"),
                                               [NOTE_COMMITMENT] = STR_INIT("commitment")};
    return CODES[kind];
}

/* ---- Places ---- */

/* Behind the whole character that the point before `end` came from, which may be several points. */
static size_t whole_end(const FoldedText *folded, size_t end) {
    while (end && end < folded->count && folded->at[end].byte == folded->at[end - 1].byte) end++;
    return end;
}

static NoteSpan span_of_tokens(const Piecing *piecing, NoteRange range) {
    if (range.first >= range.end) return (NoteSpan){0};
    const NoteToken *tokens = piecing->tokens->at;
    return folded_span(piecing->folded, tokens[range.first].start, tokens[range.end - 1].end);
}

static Str text_of(const Piecing *piecing, NoteSpan span) {
    return str_part(piecing->text, span.byte_start, span.byte_end - span.byte_start);
}

/* ---- Mentions ---- */

static bool mention_at(const Piecing *piecing, size_t from, size_t *size, NoteMention *out) {
    TrieHit product = {0}, subject = {0};
    const NoteCatalogue *catalogue = piecing->catalogue;
    const Lexicon *subjects = piecing->vocabulary->subjects;
    bool is_product = catalogue && trie_longest(catalogue->names, piecing->folded, from, &product);
    bool is_subject = subjects && trie_longest(subjects->words, piecing->folded, from, &subject);
    if (!is_product && !is_subject) return false;
    is_product = is_product && product.size >= subject.size;
    *size = is_product ? product.size : subject.size;
    *out = (NoteMention){.span = folded_span(piecing->folded, from, from + *size)};
    if (is_product)
        out->product = catalogue->products[product.value];
    else
        out->subject = subjects->codes[subject.value];
    return true;
}

static void find_mentions(Piecing *piecing) {
    size_t room = piecing->folded->count / 2 + 1;
    NoteMention *mentions = ARENA_ARRAY(piecing->arena, room, NoteMention);
    for (size_t at = 0; at < piecing->folded->count && piecing->mention_count < room;) {
        size_t size = 1;
        if (mention_at(piecing, at, &size, &mentions[piecing->mention_count])) {
            piecing->mention_count++;
        }
        at = whole_end(piecing->folded, at + size);
    }
    piecing->mentions = mentions;
}

/* Pieces come in the order of the note, so each search goes on where the last one ended. */
static void find_own_mentions(const Piecing *piecing, NoteSpan clause, NotePiece *piece,
                              size_t *next) {
    while (*next < piecing->mention_count &&
           piecing->mentions[*next].span.byte_end <= clause.byte_start) {
        (*next)++;
    }
    piece->first_mention = *next;
    size_t at = *next;
    while (at < piecing->mention_count && piecing->mentions[at].span.byte_start < clause.byte_end) {
        at++;
    }
    piece->mention_count = at - piece->first_mention;
}

enum { MENTIONS_BACK = 64 /* further back nobody means it any more */ };

/* The product spoken of: one of its own, or the last one before in the same line. */
static Id find_product(const Piecing *piecing, const NotePiece *piece, NoteSpan line) {
    for (size_t i = 0; i < piece->mention_count; i++) {
        const NoteMention *mention = &piecing->mentions[piece->first_mention + i];
        if (!id_none(mention->product)) return mention->product;
    }
    size_t last = piece->first_mention;
    size_t first = last > MENTIONS_BACK ? last - MENTIONS_BACK : 0;
    for (size_t i = last; i > first; i--) {
        const NoteMention *mention = &piecing->mentions[i - 1];
        if (mention->span.byte_start < line.byte_start) break;
        if (!id_none(mention->product)) return mention->product;
    }
    return (Id){0};
}

/* ---- Pieces ---- */

static void set_due(const Piecing *piecing, NotePiece *piece, const NoteDue *due) {
    piece->has_due = true;
    piece->due_at = due->at;
    piece->due_whole_day = due->whole_day;
    piece->due = span_of_tokens(piecing, (NoteRange){due->first, due->end});
}

static NoteRange range_of(const NoteClause *clause) {
    return (NoteRange){clause->first, clause->end};
}

/* Whether the clause before this one, in the line above, is an interest. */
static bool is_below_interest(const Piecing *piecing, size_t index) {
    if (index == 0 || !piecing->piece_count) return false;
    const NoteClause *before = &piecing->clauses->at[index - 1];
    if (before->line + 1 != piecing->clauses->at[index].line) return false;
    const NoteToken *tokens = piecing->tokens->at;
    NoteSpan span =
        folded_span(piecing->folded, tokens[before->first].start, tokens[before->end - 1].end);
    /* Behind it is the piece that is being made. */
    if (piecing->piece_count < 2) return false;
    const NotePiece *last = &piecing->pieces[piecing->piece_count - 2];
    return last->kind == NOTE_INTEREST && last->span.byte_start >= span.byte_start &&
           last->span.byte_start < span.byte_end;
}

/*
 * What the clause names; where it names nothing, what the one before it in the line is about, or
 * in the line above where that is an interest.
 */
static Str deliverable_of(const Piecing *piecing, size_t index, const NoteCues *cues) {
    const NoteClause *clause = &piecing->clauses->at[index];
    NoteNames names;
    NoteRange own = note_trim_deliverable(piecing->tokens, range_of(clause),
                                          cues->has_due ? &cues->due : NULL, &names);
    bool alone = index == 0 || clause[-1].line != clause->line;
    if (names == NOTE_NAMES_THING || (alone && names == NOTE_NAMES_ACT)) {
        return text_of(piecing, span_of_tokens(piecing, own));
    }
    if (alone && !is_below_interest(piecing, index)) return (Str){0};
    NoteRange before = note_trim_subject(piecing->tokens, range_of(&clause[-1]));
    bool heard =
        clause->marks || clause[-1].marks || note_clause_heard(piecing->tokens, &clause[-1]);
    if (before.first >= before.end || (names == NOTE_NAMES_ACT && !heard)) before = own;
    return text_of(piecing, span_of_tokens(piecing, before));
}

/* A clause of nothing but framing words is a piece as it stands. */
static NoteRange trimmed(const Piecing *piecing, const NoteClause *clause) {
    NoteRange range = note_trim(piecing->tokens, range_of(clause));
    return range.first < range.end ? range : range_of(clause);
}

static NotePiece *add_piece(Piecing *piecing, size_t index, NoteKind kind, const NoteCues *cues) {
    const NoteClause *clause = &piecing->clauses->at[index];
    NotePiece *piece = &piecing->pieces[piecing->piece_count++];
    piece->kind = kind;
    piece->span = span_of_tokens(piecing, trimmed(piecing, clause));
    piece->text = text_of(piecing, piece->span);
    piece->by_mark = clause->marks != 0;
    if (piece->by_mark) {
        piece->mark = span_of_tokens(piecing, (NoteRange){clause->mark, clause->mark + 1});
        piece->strength = clause->strength;
    }
    if (kind != NOTE_COMMITMENT) return piece;
    piece->text = deliverable_of(piecing, index, cues);
    if (cues->has_due) set_due(piecing, piece, &cues->due);
    return piece;
}

/* A clause that says only when: "本周内". */
static bool is_only_due(const Piecing *piecing, const NoteClause *clause, const NoteCues *cues) {
    NoteNames names;
    if (!cues->has_due || note_cues_done(cues)) return false;
    note_trim_deliverable(piecing->tokens, range_of(clause), &cues->due, &names);
    return names == NOTE_NAMES_NOTHING;
}

typedef struct Line {
    size_t number;
    size_t promised_by; /* the clause of `promised` */
    NoteSpan start;     /* of its first clause */
    bool has_due;       /* said by a clause of its own, for the commitment that follows */
    NoteDue due;
    NotePiece *promised; /* the last commitment; NULL: none */
} Line;

static void begin_line(const Piecing *piecing, const NoteClause *clause, Line *line) {
    *line = (Line){.number = clause->line, .start = span_of_tokens(piecing, range_of(clause))};
}

/* When alone belongs to what was promised before it, or else to what will be after it. */
static void take_due(const Piecing *piecing, const NoteCues *cues, Line *line) {
    if (line->promised && !line->promised->has_due) {
        set_due(piecing, line->promised, &cues->due);
        return;
    }
    line->has_due = true;
    line->due = cues->due;
}

/* 回去查文献，周末前发: the clause only says until when what the one before it promises is done. */
static bool is_due_of_promise(const Piecing *piecing, size_t index, const Line *line,
                              const NoteCues *cues) {
    if (!cues->has_due || !line->promised || line->promised->has_due) return false;
    if (line->promised->by_mark || line->promised_by + 1 != index) return false;
    NoteNames names;
    note_trim_deliverable(piecing->tokens, range_of(&piecing->clauses->at[index]), &cues->due,
                          &names);
    return names != NOTE_NAMES_THING;
}

static void take_clause(Piecing *piecing, size_t index, Line *line, size_t *next_mention) {
    const NoteClause *clause = &piecing->clauses->at[index];
    NoteCues cues =
        note_cues(piecing->tokens, clause, index ? clause - 1 : NULL, &piecing->calendar);
    uint8_t kinds = note_kinds(clause, &cues);
    if (!clause->marks && is_only_due(piecing, clause, &cues)) {
        take_due(piecing, &cues, line);
        return;
    }
    if (!clause->marks && is_due_of_promise(piecing, index, line, &cues)) {
        set_due(piecing, line->promised, &cues.due);
        return;
    }
    NoteSpan span = span_of_tokens(piecing, range_of(clause));
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        if (!(kinds & (1 << kind))) continue;
        NotePiece *piece = add_piece(piecing, index, (NoteKind)kind, &cues);
        find_own_mentions(piecing, span, piece, next_mention);
        piece->product = find_product(piecing, piece, line->start);
        if (kind != NOTE_COMMITMENT) continue;
        if (!piece->has_due && line->has_due) set_due(piecing, piece, &line->due);
        line->promised = piece;
        line->promised_by = index;
    }
}

static void find_pieces(Piecing *piecing) {
    const NoteClauses *clauses = piecing->clauses;
    Line line = {.number = SIZE_MAX};
    size_t next_mention = 0;
    piecing->pieces = ARENA_ARRAY(piecing->arena, NOTE_KIND_COUNT * clauses->count + 1, NotePiece);
    for (size_t i = 0; i < clauses->count; i++) {
        if (clauses->at[i].line != line.number) begin_line(piecing, &clauses->at[i], &line);
        take_clause(piecing, i, &line, &next_mention);
    }
}

void note_read(Arena *arena, Str text, int64_t at, const NoteReader *reader, NoteReading *out) {
    FoldedText folded = folded_text(arena, text);
    NoteTokens tokens = note_lex(arena, &folded, reader->vocabulary);
    NoteClauses clauses = note_clauses(arena, &tokens);
    Piecing piecing = {.arena = arena,
                       .text = text,
                       .folded = &folded,
                       .tokens = &tokens,
                       .clauses = &clauses,
                       .vocabulary = reader->vocabulary,
                       .catalogue = reader->catalogue,
                       .calendar = note_calendar(reader->writer, at)};
    find_mentions(&piecing);
    find_pieces(&piecing);
    *out = (NoteReading){.pieces = piecing.pieces,
                         .piece_count = piecing.piece_count,
                         .mentions = piecing.mentions,
                         .mention_count = piecing.mention_count};
}

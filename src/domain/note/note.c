/*
 * From clauses to pieces. A mark decides what a clause is; without one its words may. A commitment
 * that names no thing of its own ("需本周内提供") is about what the clause before it names.
 */
#include "note.h"

#include "kana.h"
#include "note_clause.h"
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

/* ---- What a clause is ---- */

typedef struct Cues {
    unsigned words;  /* a set of NoteWord */
    bool vowed;      /* what is done is promised, or has to be, by the word beside it */
    bool theirs;     /* others do it */
    bool imperative; /* it begins with what is to be done */
    bool names;      /* it says of what */
    bool has_due;
    NoteDue due;
} Cues;

static bool is_deed(const NoteToken *token) {
    return note_token_is_word(token, NOTE_WORD_DELIVER) || note_token_is_word(token, NOTE_WORD_ACT);
}

static bool is_vow(const NoteToken *token) {
    return note_token_is_word(token, NOTE_WORD_VOW) || note_token_is_word(token, NOTE_WORD_NEED);
}

/* The next token from `at` on that says anything but when; `end` where there is none. */
static size_t next_said(const NoteTokens *tokens, size_t at, size_t end) {
    while (at < end &&
           (!note_token_says(&tokens->at[at]) || tokens->at[at].kind == NOTE_TOKEN_TIME)) {
        at++;
    }
    return at;
}

/* "will send", "需提供", 送付します: side by side, in either order. */
static bool is_vowed(const NoteTokens *tokens, const NoteClause *clause) {
    for (size_t i = clause->first; i < clause->end; i++) {
        const NoteToken *token = &tokens->at[i];
        if (is_deed(token) && token->value) return true;
        size_t next = next_said(tokens, i + 1, clause->end);
        if (next == clause->end) return false;
        bool beside = (is_vow(token) && is_deed(&tokens->at[next])) ||
                      (is_deed(token) && is_vow(&tokens->at[next]));
        if (beside) return true;
    }
    return false;
}

/* "Dr Kim will send", 主任安排: the clause begins with somebody who does it. */
static bool is_theirs(const NoteTokens *tokens, const NoteClause *clause) {
    enum { NAME_AND_TITLE = 2 };
    size_t at = next_said(tokens, clause->first, clause->end);
    bool person = false;
    for (int i = 0; i < NAME_AND_TITLE && at < clause->end; i++) {
        bool speaker = note_token_is_word(&tokens->at[at], NOTE_WORD_SPEAKER);
        if (!speaker && tokens->at[at].kind != NOTE_TOKEN_TEXT) break;
        person = person || speaker;
        at = next_said(tokens, at + 1, clause->end);
    }
    return person && at < clause->end &&
           (note_token_is_word(&tokens->at[at], NOTE_WORD_VOW) || is_deed(&tokens->at[at]));
}

enum { LATIN = 0x80, HAN_FIRST = 0x3400 };

/* の(か)ウンター is no question: behind か follows what ties it to a verb of asking, or no kana. */
static bool is_cut_from_word(const NoteTokens *tokens, size_t at, size_t end) {
    static const uint32_t TIES[] = {0x3068, 0x306F, 0x304C, 0x3082, 0x306A, 0x3069, 0x3063};
    if (at + 1 >= end || tokens->at[at + 1].kind != NOTE_TOKEN_TEXT) return false;
    uint32_t next = tokens->at[at + 1].point;
    for (size_t i = 0; i < sizeof TIES / sizeof *TIES; i++) {
        if (next == TIES[i]) return false;
    }
    return kana_is(next);
}

/* In English the words of a question ask only where a sentence begins: "told him how often" tells.
 */
static bool is_asking(const NoteTokens *tokens, const NoteClause *clause, size_t at) {
    if (tokens->at[at].point >= LATIN) return !is_cut_from_word(tokens, at, clause->end);
    while (at > clause->first && tokens->at[at - 1].kind == NOTE_TOKEN_SPACE) at--;
    if (at == clause->first) return true;
    const NoteToken *before = &tokens->at[at - 1];
    return !note_token_says(before) || note_token_is_word(before, NOTE_WORD_CONNECTIVE);
}

/* A Han alone is a word in Chinese (送) and part of one in Japanese (搬送). */
static bool is_part_of_word(const NoteToken *token, bool japanese) {
    return japanese && token->end - token->start == 1 && token->point >= HAN_FIRST;
}

static bool has_kana(const NoteTokens *tokens, const NoteClause *clause) {
    for (size_t i = clause->first; i < clause->end; i++) {
        if (kana_is(tokens->at[i].point)) return true;
    }
    return false;
}

static unsigned words_of(const NoteTokens *tokens, const NoteClause *clause) {
    unsigned words = 0;
    bool japanese = has_kana(tokens, clause);
    for (size_t i = clause->first; i < clause->end; i++) {
        const NoteToken *token = &tokens->at[i];
        if (token->kind != NOTE_TOKEN_WORD || is_part_of_word(token, japanese)) continue;
        if (token->what == NOTE_WORD_QUERY && !is_asking(tokens, clause, i)) continue;
        words |= 1U << token->what;
    }
    return words;
}

static Cues cues_of(const Piecing *piecing, const NoteClause *clause) {
    const NoteTokens *tokens = piecing->tokens;
    Cues cues = {.words = words_of(tokens, clause)};
    cues.vowed = is_vowed(tokens, clause);
    cues.theirs = is_theirs(tokens, clause);
    size_t first = clause->first;
    while (first < clause->end && !note_token_says(&tokens->at[first])) first++;
    cues.imperative = first < clause->end && is_deed(&tokens->at[first]);
    NoteRange subject = note_trim_subject(tokens, (NoteRange){clause->first, clause->end});
    cues.names = subject.first < subject.end;
    cues.has_due = note_due_find(tokens, clause->first, clause->end, &piecing->calendar, &cues.due);
    return cues;
}

static bool has(const Cues *cues, NoteWord word) {
    return (cues->words & (1U << word)) != 0;
}

static bool is_done(const Cues *cues) {
    return has(cues, NOTE_WORD_DELIVER) || has(cues, NOTE_WORD_ACT);
}

/* Thanks end with an exclamation mark in all three languages. */
static uint8_t kinds_by_mark(const NoteClause *clause, const Cues *cues) {
    uint8_t kinds = clause->marks;
    bool bounded = cues->has_due && cues->due.bounded;
    bool polite = has(cues, NOTE_WORD_COURTESY) && !bounded && !is_done(cues);
    if (polite) kinds &= (uint8_t)~NOTE_MARK_COMMITMENT;
    return kinds;
}

/* What we are to do, by the words alone. */
static bool is_commitment(const Cues *cues) {
    if (cues->theirs || has(cues, NOTE_WORD_THEIRS)) return false;
    bool bounded = cues->has_due && cues->due.bounded;
    if (has(cues, NOTE_WORD_OVER) && !bounded) return false;
    bool promised = has(cues, NOTE_WORD_PROMISE) || cues->vowed;
    if (promised && (cues->has_due || is_done(cues))) return true;
    if (is_done(cues) && cues->has_due) return bounded || !cues->due.running || cues->imperative;
    bool wished =
        has(cues, NOTE_WORD_WANT) || has(cues, NOTE_WORD_WISH) || has(cues, NOTE_WORD_WANTED);
    if (wished && bounded) return true;
    return (is_done(cues) || wished) && has(cues, NOTE_WORD_URGENT);
}

/* Without a mark only what names something is more than a remark. */
static uint8_t kinds_by_words(const Cues *cues) {
    if (has(cues, NOTE_WORD_NONE)) return 0;
    if (has(cues, NOTE_WORD_ASK)) return cues->names ? NOTE_MARK_QUESTION : 0;
    if (is_commitment(cues)) return NOTE_MARK_COMMITMENT;
    if (!cues->names) return 0;
    if (has(cues, NOTE_WORD_QUERY) && !has(cues, NOTE_WORD_OVER)) return NOTE_MARK_QUESTION;
    bool liked = has(cues, NOTE_WORD_INTEREST) || has(cues, NOTE_WORD_WISH);
    return liked ? NOTE_MARK_INTEREST : 0;
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

/* Whether something was asked or wished for, which what is done now may be about. */
static bool is_heard(const Piecing *piecing, const NoteClause *clause) {
    static const unsigned HEARD = 1U << NOTE_WORD_ASK | 1U << NOTE_WORD_QUERY |
                                  1U << NOTE_WORD_INTEREST | 1U << NOTE_WORD_WISH |
                                  1U << NOTE_WORD_WANT | 1U << NOTE_WORD_WANTED;
    return (words_of(piecing->tokens, clause) & HEARD) != 0;
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
static Str deliverable_of(const Piecing *piecing, size_t index, const Cues *cues) {
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
    bool heard = clause->marks || clause[-1].marks || is_heard(piecing, &clause[-1]);
    if (before.first >= before.end || (names == NOTE_NAMES_ACT && !heard)) before = own;
    return text_of(piecing, span_of_tokens(piecing, before));
}

/* A clause of nothing but framing words is a piece as it stands. */
static NoteRange trimmed(const Piecing *piecing, const NoteClause *clause) {
    NoteRange range = note_trim(piecing->tokens, range_of(clause));
    return range.first < range.end ? range : range_of(clause);
}

static NotePiece *add_piece(Piecing *piecing, size_t index, NoteKind kind, const Cues *cues) {
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
static bool is_only_due(const Piecing *piecing, const NoteClause *clause, const Cues *cues) {
    NoteNames names;
    if (!cues->has_due || is_done(cues)) return false;
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
static void take_due(const Piecing *piecing, const Cues *cues, Line *line) {
    if (line->promised && !line->promised->has_due) {
        set_due(piecing, line->promised, &cues->due);
        return;
    }
    line->has_due = true;
    line->due = cues->due;
}

/* 回去查文献，周末前发: the clause only says until when what the one before it promises is done. */
static bool is_due_of_promise(const Piecing *piecing, size_t index, const Line *line,
                              const Cues *cues) {
    if (!cues->has_due || !line->promised || line->promised->has_due) return false;
    if (line->promised->by_mark || line->promised_by + 1 != index) return false;
    NoteNames names;
    note_trim_deliverable(piecing->tokens, range_of(&piecing->clauses->at[index]), &cues->due,
                          &names);
    return names != NOTE_NAMES_THING;
}

static void take_clause(Piecing *piecing, size_t index, Line *line, size_t *next_mention) {
    const NoteClause *clause = &piecing->clauses->at[index];
    Cues cues = cues_of(piecing, clause);
    uint8_t kinds = clause->marks ? kinds_by_mark(clause, &cues) : kinds_by_words(&cues);
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

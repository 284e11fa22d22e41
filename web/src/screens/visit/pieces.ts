/** The pieces of a quick note: as the server reads them, as the person corrects them, as they are recorded. */
import type { NotePiece } from "../../api/note";
import type { Instant } from "../../lib/dates";
import { recordId } from "../../lib/ids";

/** One thing that the note says. It has the id that its record will have. */
export interface DraftPiece {
  id: string;
  /** A kind of topic, or `promise`. */
  kind: string;
  text: string;
  due: Instant | null;
  product: string | null;
  subjects: string[];
  /** Of what is about a competitor. */
  direction?: string | null;
  /** When receipt of a promise is confirmed; null leaves it to the server. */
  confirm?: Instant | null;
  /** A promise that does not say what exactly. */
  isVague?: boolean;
  /** Where it stands in the note that was read; null once it no longer does. */
  place: { start: number; end: number } | null;
  /** What it was read from: by this it is known again when the note is read again. */
  source: string;
  /** The person has changed it: reading again changes only its place. */
  isEdited: boolean;
  isDropped: boolean;
}

export const promiseKind = "promise";
export const competitorKind = "competitor";

/** What is recorded unless the person says otherwise. */
export const kept = (pieces: DraftPiece[]): DraftPiece[] => pieces.filter((piece) => !piece.isDropped);
export const isPromise = (piece: DraftPiece): boolean => piece.kind === promiseKind;

/** A promise needs what and by when; a topic what. */
export const isIncomplete = (piece: DraftPiece): boolean =>
  piece.text.trim() === "" || (isPromise(piece) && (piece.due === null || piece.isVague === true));

/** Of clauses that say the same, the first is the first. */
function sourceOf(piece: NotePiece, note: string, seen: Map<string, number>): string {
  const source = `${piece.kind}|${note.slice(piece.start, piece.end)}`;
  const count = seen.get(source) ?? 0;
  seen.set(source, count + 1);
  return `${source}|${count}`;
}

function kindOf(piece: NotePiece): string {
  if (piece.kind === "commitment") return promiseKind;
  return piece.competitor === null ? piece.kind : competitorKind;
}

const pieceOf = (piece: NotePiece, source: string, id: string): DraftPiece => ({
  id,
  kind: kindOf(piece),
  text: piece.competitor?.text ?? piece.text,
  due: piece.due?.at ?? null,
  product: piece.product ?? null,
  subjects: piece.subjects,
  direction: piece.competitor?.direction ?? null,
  isVague: piece.text !== "" && piece.missing.includes("deliverable"),
  place: { start: piece.competitor?.start ?? piece.start, end: piece.end },
  source,
  isEdited: false,
  isDropped: false,
});

/**
 * The pieces after the note was read again. Who was corrected or left out stays so as long as the words
 * stand there; what was corrected stays even without them, for the person wrote it.
 */
export function mergePieces(before: DraftPiece[], read: NotePiece[], note: string): DraftPiece[] {
  const seen = new Map<string, number>();
  const known = new Map(before.map((piece) => [piece.source, piece]));
  const fresh = read.map((piece) => {
    const source = sourceOf(piece, note, seen);
    const old = known.get(source);
    known.delete(source);
    const now = pieceOf(piece, source, old?.id ?? recordId());
    if (old === undefined) return now;
    return old.isEdited ? { ...old, place: now.place } : { ...now, isDropped: old.isDropped };
  });
  const own = [...known.values()].filter((piece) => piece.isEdited && !piece.isDropped);
  return [...fresh, ...own.map((piece) => ({ ...piece, place: null }))];
}

/** A part of the note, and which kinds of pieces it belongs to. */
export interface NoteSegment {
  text: string;
  kinds: string[];
}

/** The note cut where pieces begin and end. */
export function segmentsOf(note: string, pieces: DraftPiece[]): NoteSegment[] {
  const placed = kept(pieces).flatMap(({ place, kind }) => (place === null ? [] : [{ ...place, kind }]));
  const edges = new Set([0, note.length, ...placed.flatMap(({ start, end }) => [start, end])]);
  const cuts = [...edges].filter((at) => at <= note.length).sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const kinds = placed.filter((piece) => piece.start <= start && piece.end >= end).map(({ kind }) => kind);
    return { text: note.slice(start, end), kinds: [...new Set(kinds)] };
  });
}

/** The pieces as topics of the visit's request; places count from the first sign of the note as it is stored. */
export function topicsOf(pieces: DraftPiece[], note: string, read: string) {
  const lead = note.length - note.trimStart().length;
  return kept(pieces)
    .filter((piece) => !isPromise(piece))
    .map(({ id, kind, text, product, subjects, direction, place }) => ({
      id,
      kind,
      text: text.trim(),
      ...(product === null ? {} : { product }),
      ...(subjects.length === 0 ? {} : { subjects }),
      ...(kind === competitorKind && direction ? { direction } : {}),
      ...(place === null || read !== note ? {} : { source_start: place.start - lead, source_end: place.end - lead }),
    }));
}

/** The pieces as promises of the visit's request. */
export const promisesOf = (pieces: DraftPiece[]) =>
  kept(pieces)
    .filter(isPromise)
    .map(({ id, text, due, confirm }) => ({ id, deliverable: text.trim(), due_at: due, ...(confirm ? { confirm_at: confirm } : {}) }));

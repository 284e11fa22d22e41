import { describe, expect, it } from "vitest";
import type { NotePiece } from "../../api/note";
import { isIncomplete, kept, mergePieces, promisesOf, segmentsOf, topicsOf } from "./pieces";

const note = "用量? 比較↑ 明日送付!";
const read = (kind: NotePiece["kind"], text: string, start: number, due: string | null = null): NotePiece => ({
  kind,
  text,
  start,
  end: start + text.length,
  byte_start: 0,
  byte_end: 0,
  mark: null,
  strength: 1,
  due: due === null ? null : { at: due, whole_day: true, start: 0, end: 0, byte_start: 0, byte_end: 0 },
  product: null,
  subjects: [],
  missing: [], competitor: null,
});
const all = [read("question", "用量", 0), read("interest", "比較", 4), read("commitment", "送付", 10, "2026-11-19T09:00:00.000Z")];

describe("the pieces of a note", () => {
  it("are the same records when the note is read again", () => {
    const first = mergePieces([], all, note);
    const again = mergePieces(first, all, note);
    expect(again).toEqual(first);
    expect(first.map(({ kind }) => kind)).toEqual(["question", "interest", "promise"]);
  });

  it("keep what the person corrected or left out", () => {
    const [question, interest, promise] = mergePieces([], all, note);
    if (!question || !interest || !promise) throw new Error("three pieces");
    const corrected = [{ ...question, kind: "objection", isEdited: true }, { ...interest, isDropped: true }, promise];
    const shifted = all.map((piece) => ({ ...piece, start: piece.start + 2, end: piece.end + 2 }));
    const later = mergePieces(corrected, shifted, `、、${note}`);
    expect(later[0]).toMatchObject({ kind: "objection", place: { start: 2, end: 4 } });
    expect(later[1]?.isDropped).toBe(true);
    expect(kept(later)).toHaveLength(2);
  });

  it("go with their words, unless the person wrote them", () => {
    const [question, interest] = mergePieces([], all.slice(0, 2), note);
    if (!question || !interest) throw new Error("two pieces");
    const left = mergePieces([question, { ...interest, text: "直接比較", isEdited: true }], [], "");
    expect(left).toEqual([{ ...interest, text: "直接比較", isEdited: true, place: null }]);
  });

  it("are shown in the note where they stand", () => {
    const segments = segmentsOf(note, mergePieces([], all, note));
    expect(segments.map(({ text }) => text).join("")).toBe(note);
    expect(segments.filter(({ kinds }) => kinds.length > 0)).toEqual([
      { text: "用量", kinds: ["question"] },
      { text: "比較", kinds: ["interest"] },
      { text: "送付", kinds: ["promise"] },
    ]);
  });

  it("become topics and promises, with places in the note as it is stored", () => {
    const spaced = `  ${note}`;
    const pieces = mergePieces([], [read("question", "用量", 2)], spaced);
    expect(topicsOf(pieces, spaced, spaced)).toEqual([
      { id: pieces[0]?.id, kind: "question", text: "用量", source_start: 0, source_end: 2 },
    ]);
    expect(topicsOf(pieces, `${spaced}…`, spaced)[0]).not.toHaveProperty("source_start");
    const promise = mergePieces([], all, note)[2];
    if (!promise) throw new Error("a promise");
    expect(promisesOf([promise])).toEqual([{ id: promise.id, deliverable: "送付", due_at: "2026-11-19T09:00:00.000Z" }]);
    expect(isIncomplete({ ...promise, due: null })).toBe(true);
    expect(isIncomplete(promise)).toBe(false);
  });
});

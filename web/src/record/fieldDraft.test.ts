import { describe, expect, it } from "vitest";
import type { Field } from "../api/model";
import { brokenFields, changesOf, draftOf, isEditable, valueOf } from "./fieldDraft";

const fields: Field[] = [
  { name: "position", type: "text" },
  { name: "kol", type: "boolean" },
  { name: "tags", type: "tags" },
  { name: "beds", type: "integer" },
];
const base = { id: "1", version: 3, position: "部長", kol: false, tags: ["循環器", "KOL"], beds: 20 };

describe("a section in the making", () => {
  it("sends nothing when nothing was changed", () => {
    expect(changesOf(fields, draftOf(fields, base), base)).toEqual({});
  });

  it("sends only what was changed, in the type that the API takes", () => {
    const draft = { ...draftOf(fields, base), kol: "true", tags: ["循環器", "新薬"], beds: "25" };
    expect(changesOf(fields, draft, base)).toEqual({ kol: true, tags: ["循環器", "新薬"], beds: 25 });
  });

  it("empties a field of which nothing is left", () => {
    const draft = { ...draftOf(fields, base), position: "  ", tags: [] };
    expect(changesOf(fields, draft, base)).toEqual({ position: null, tags: null });
  });

  it("leaves it to the server to say what is wrong with a number", () => {
    expect(valueOf({ name: "beds", type: "integer" }, "twenty")).toBe("twenty");
  });

  it.each([["25", 25], ["２５", 25], ["-3", -3], ["0", 0], ["1.5", 1.5], ["1,200", "1,200"], ["1e3", "1e3"]])(
    "takes %s for the number that it is, or leaves it to the server",
    (typed, value) => {
      expect(valueOf({ name: "x", type: "integer" }, typed)).toBe(value);
      expect(valueOf({ name: "x", type: "decimal" }, typed)).toBe(value);
    },
  );

  it("keeps structured data as it is, and sends none that cannot be read", () => {
    const filter: Field = { name: "filter", type: "json" };
    const held = { id: "1", filter: { "==": [1, 1] } };
    const draft = draftOf([filter], held);
    expect(changesOf([filter], draft, held)).toEqual({});
    expect(changesOf([filter], { filter: '{"!": [2]}' }, held)).toEqual({ filter: { "!": [2] } });
    expect(brokenFields([filter], { filter: '{"!": [2' })).toEqual([filter]);
    expect(brokenFields([filter], { filter: " " })).toEqual([]);
  });

  it("sends an instant as it was chosen", () => {
    const at: Field = { name: "at", type: "instant" };
    const held = { id: "1", at: "2026-11-21T06:30:00.000Z" };
    expect(changesOf([at], draftOf([at], held), held)).toEqual({});
    expect(changesOf([at], { at: "2026-11-21T15:45:00+09:00" }, held)).toEqual({ at: "2026-11-21T15:45:00+09:00" });
  });

  it("offers no input where the server lets nobody write", () => {
    expect(isEditable({ name: "tier", type: "choice", writable: false })).toBe(false);
    expect(isEditable({ name: "x", type: "json" })).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import type { ImportPlan } from "../../api/imports";
import { corrected, emptyDraft, orderOf, placed, settled, skipped } from "./draft";
import { cellErrors, cellText, mergedRows, tellingColumns, type ShownRow } from "./rows";

const plan: ImportPlan = {
  object: "hco",
  file_name: "a.csv",
  size: 10,
  encoding: "Shift_JIS",
  confidence: 99,
  delimiter: ",",
  header: true,
  columns: [
    { number: 1, heading: "医療機関コード", samples: [] },
    { number: 2, heading: "医療機関 名", samples: [] },
    { number: 3, heading: "備考", samples: [] },
  ],
  map_from: "headings",
  map: {
    key: ["facility_code"],
    columns: [
      { from: "医療機関コード", to: "facility_code" },
      { from: "医療機関名", to: "name", transform: ["width"], empty: "clear" },
    ],
  },
};

const row = (line: number, column: number | null): ShownRow => ({
  line,
  state: "failed",
  cells: ["a", "b"],
  cut: [],
  errors: [{ column, pointer: "/name", code: "required", message: "Enter a name." }],
});

describe("X13 what is settled for a file", () => {
  it("begins with what the server proposes, by the columns' numbers", () => {
    const draft = settled(emptyDraft, plan);
    expect(draft.places).toEqual({
      1: { to: "facility_code", transform: [], clears: false },
      2: { to: "name", transform: ["width"], clears: true },
    });
    expect(orderOf(draft, plan)).toEqual({
      encoding: "Shift_JIS",
      delimiter: ",",
      header: true,
      map: {
        header: true,
        key: ["facility_code"],
        columns: [
          { from: 1, to: "facility_code" },
          { from: 2, to: "name", transform: ["width"], empty: "clear" },
        ],
      },
      corrections: {},
      skip_lines: [],
    });
  });

  it("asks for nothing of columns that the file, read another way, no longer has", () => {
    const narrow = { ...plan, columns: plan.columns.slice(0, 1) };
    expect(orderOf(settled(emptyDraft, plan), narrow).map.columns).toHaveLength(1);
  });

  it("has no key once its column leads elsewhere", () => {
    const draft = placed(settled(emptyDraft, plan), 1, { to: "phone", transform: [], clears: false });
    expect(draft.key).toEqual([]);
    expect(placed(settled(emptyDraft, plan), 2, null).key).toEqual(["facility_code"]);
  });

  it("takes a correction back whole", () => {
    const once = corrected(emptyDraft, 3, 2, "x");
    expect(once.corrections).toEqual({ 3: { 2: "x" } });
    expect(corrected(once, 3, 2, null).corrections).toEqual({});
    expect(skipped(skipped(emptyDraft, 9, true), 4, true).skip_lines).toEqual([4, 9]);
    expect(skipped(skipped(emptyDraft, 9, true), 9, false).skip_lines).toEqual([]);
  });
});

describe("X13 the rows of a check", () => {
  it("keeps a mended row in its place, and forgets one that nobody touched", () => {
    const draft = corrected(emptyDraft, 3, 2, "new");
    const shown = mergedRows([row(3, 2), row(5, 1)], [row(7, 1)], draft);
    expect(shown.map(({ line, state }) => [line, state])).toEqual([
      [3, "fixed"],
      [7, "failed"],
    ]);
    expect(cellText(row(3, 2), 2, draft)).toBe("new");
    expect(cellErrors(row(3, 2), 2)).toEqual(["Enter a name."]);
  });

  it("shows the columns that lead somewhere and those that are wrong", () => {
    expect(tellingColumns([row(3, 3), row(4, null)], settled(emptyDraft, plan), 3)).toEqual([1, 2, 3]);
    expect(tellingColumns([{ ...row(3, 1), cells: ["a", "b", "c", "surplus"] }], emptyDraft, 3)).toEqual([1, 4]);
  });
});

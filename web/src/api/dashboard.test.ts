import { describe, expect, it } from "vitest";
import { asWidgets, rowsOf } from "./dashboard";

const scale = ["enthusiastic", "favorable", "neutral", "skeptical"];
const group = (owner: string | null, temperature: string | null, value: number) => ({
  by: { owner, temperature },
  titles: { owner: owner === null ? "" : `MR ${owner}`, temperature: temperature ?? "" },
  value,
});

describe("E14 temperature by representative", () => {
  it("makes a row of each, the largest first, parts from warm to cold", () => {
    const rows = rowsOf([group("b", "skeptical", 2), group("a", "neutral", 1), group("b", "favorable", 3)], scale);
    expect(rows.map((row) => [row.title, row.total])).toEqual([
      ["MR b", 5],
      ["MR a", 1],
    ]);
    expect(rows[0]?.parts.map((part) => part.temperature)).toEqual(["favorable", "skeptical"]);
  });

  it("keeps doctors without an owner or a temperature", () => {
    const rows = rowsOf([group(null, null, 4), group(null, "neutral", 1)], scale);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.parts.map((part) => part.temperature)).toEqual(["neutral", null]);
  });
});

describe("a widget that an administrator added", () => {
  it("is read with what it has", () => {
    expect(asWidgets([{ name: "new_one", items: [{ id: "1" }] }])[0]).toMatchObject({
      name: "new_one",
      label: "new_one",
      form: "list",
      total: 1,
      groups: [],
    });
    expect(asWidgets(undefined)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { Field } from "../api/model";
import { mergedChanges, mergeOf } from "./merge";
import { reversed } from "./useSaveRecord";

const fields: Field[] = ["position", "department", "email", "tags"].map((name) => ({ name, type: "text" }));
const base = { id: "1", version: 1, position: "部長", department: "内科", email: null, tags: ["a"] };

describe("two people change a record", () => {
  const present = { ...base, version: 2, position: "院長", tags: ["a", "b"] };

  it("asks about what both changed, and about nothing else", () => {
    const merge = mergeOf(fields, base, { position: "副院長", department: "外科" }, present);
    expect(merge.clashes.map(({ field, was, mine, theirs }) => [field.name, was, mine, theirs])).toEqual([
      ["position", "部長", "副院長", "院長"],
    ]);
    expect(merge.theirs.map(({ name }) => name)).toEqual(["tags"]);
    expect(merge.mine).toEqual({ department: "外科" });
  });

  it("saves mine where I chose mine, and leaves theirs where I chose theirs", () => {
    const merge = mergeOf(fields, base, { position: "副院長", department: "外科" }, present);
    expect(mergedChanges(merge, { position: "mine" })).toEqual({ department: "外科", position: "副院長" });
    expect(mergedChanges(merge, { position: "theirs" })).toEqual({ department: "外科" });
  });

  it("sees no clash where both entered the same", () => {
    expect(mergeOf(fields, base, { position: "院長" }, present)).toEqual({ clashes: [], theirs: [fields[3]], mine: {} });
  });

  it("takes an emptied field for a change like any other", () => {
    const emptied = { ...base, version: 2, position: null };
    expect(mergeOf(fields, base, { position: "副院長" }, emptied).clashes).toHaveLength(1);
    expect(mergeOf(fields, base, { position: null }, emptied).clashes).toHaveLength(0);
  });
});

it("undo puts back what was there, also where there was nothing", () => {
  expect(reversed(base, { position: "x", email: "y" })).toEqual({ position: "部長", email: null });
});

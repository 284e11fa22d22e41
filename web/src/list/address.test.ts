import { describe, expect, it } from "vitest";
import {
  clickedSort, conjunction, conjuncts, readColumns, readListSearch, readSort, writeColumns, writeSort,
} from "./address";
import { differs } from "./views";

describe("the address of a list", () => {
  it("is read member by member, and nonsense is left out", () => {
    expect(readListSearch({ q: 42, filter: { "==": [1, 1] }, layout: "split", sort: "", columns: 3, open: "x" })).toEqual({
      q: "42", filter: { "==": [1, 1] }, sort: undefined, columns: undefined, view: undefined, layout: "split", open: "x",
    });
    expect(readListSearch({ filter: "x", layout: "heap" })).toMatchObject({ filter: undefined, layout: undefined });
  });

  it("holds columns with their order and width", () => {
    const columns = readColumns("name:220,temperature,primary_hco.city:9999,name");
    expect(columns).toEqual([
      { path: "name", width: 220 }, { path: "temperature", width: undefined }, { path: "primary_hco.city", width: 640 },
    ]);
    expect(writeColumns(columns)).toBe("name:220,temperature,primary_hco.city:640");
  });

  it("sorts up, then down, then as before", () => {
    expect(writeSort(readSort("-last_visit_at,name"))).toBe("-last_visit_at,name");
    expect(clickedSort(readSort("name"), "tier", "name")).toBe("tier");
    expect(clickedSort(readSort("tier"), "tier", "name")).toBe("-tier");
    expect(clickedSort(readSort("-tier"), "tier", "name")).toBe("name");
    expect(clickedSort(readSort("-name"), "name", "name")).toBe("name");
  });

  it("has a chip for each condition that must hold", () => {
    const a = { "==": [{ var: "kol" }, true] };
    const b = { "!": [{ var: "tier" }] };
    expect(conjuncts({ and: [a, b] })).toEqual([a, b]);
    expect(conjuncts({ or: [a, b] })).toEqual([{ or: [a, b] }]);
    expect(conjuncts({})).toEqual([]);
    expect(conjunction([a])).toEqual(a);
    expect(conjunction([a, b])).toEqual({ and: [a, b] });
  });

  it("differs from its view only where it asks for something else", () => {
    const filter = { "!": [{ var: "tier" }] };
    const view = { id: "v", label: "V", filter, sort: "name", columns: undefined, saved: null, shared: false, mine: false };
    expect(differs({}, view)).toBe(false);
    expect(differs({ filter, sort: "name" }, view)).toBe(false);
    expect(differs({ filter: {} }, view)).toBe(true);
    expect(differs({ filter: {} }, null)).toBe(false);
    expect(differs({ columns: "name" }, view)).toBe(true);
  });
});

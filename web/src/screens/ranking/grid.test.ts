import { describe, expect, it } from "vitest";
import { filterOf, squaresOf } from "./grid";

const cells = [
  { across: 5, down: 5, count: 8, mean: 3.6 },
  { across: 1, down: 5, count: 1, mean: 1 },
  { across: 2, down: 1, count: 3, mean: 1.4 },
];

describe("the squares of a ranking", () => {
  it("stand with the best at the top and on the right", () => {
    const rows = squaresOf({ bands: 5, highest_best: true, cells });
    expect(rows.map((row) => row[0]?.down)).toEqual([5, 4, 3, 2, 1]);
    expect(rows[0]?.map(({ across }) => across)).toEqual([1, 2, 3, 4, 5]);
    expect(rows[0]?.[4]).toEqual({ across: 5, down: 5, count: 8, mean: 3.6, size: 4, shade: 4 });
    expect(rows[0]?.[0]?.size).toBe(1);
    expect(rows[1]?.[1]).toEqual({ across: 2, down: 4, count: 0, mean: 0, size: 0, shade: 0 });
  });
  it("turn round where the lowest band is the best", () => {
    const rows = squaresOf({ bands: 5, highest_best: false, cells });
    expect(rows[0]?.map(({ down }) => down)).toEqual([1, 1, 1, 1, 1]);
    expect(rows[0]?.map(({ across }) => across)).toEqual([5, 4, 3, 2, 1]);
  });
  it("lead to their records, within what the picture shows", () => {
    const axes = { across: { field: "r", label: "R" }, down: { field: "f", label: "F" } };
    const square = { across: 5, down: 4, count: 1, mean: 1, size: 1, shade: 1 };
    const place = [{ "==": [{ var: "r" }, 5] }, { "==": [{ var: "f" }, 4] }];
    expect(filterOf(axes, square)).toEqual({ and: place });
    expect(filterOf(axes, square, { "==": [{ var: "owner" }, "u"] })).toEqual({ and: [{ "==": [{ var: "owner" }, "u"] }, ...place] });
  });
});

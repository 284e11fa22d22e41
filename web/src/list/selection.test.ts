import { expect, test } from "vitest";
import { bodyOf, countOf, everything, isSelected, nothing, toggled, withRange } from "./selection";

test("rows are chosen one by one, and in a range", () => {
  let chosen = toggled(nothing, "a");
  chosen = withRange(chosen, ["b", "c", "d"], true);
  chosen = toggled(chosen, "c");
  expect([..."abcd"].filter((id) => isSelected(chosen, id))).toEqual(["a", "b", "d"]);
  expect(countOf(chosen, 100)).toBe(3);
  expect(bodyOf(chosen)).toEqual({ ids: ["a", "b", "d"] });
});

test("all that match are chosen without being read, but for those taken out", () => {
  let chosen = toggled(everything, "b");
  chosen = withRange(chosen, ["c", "d"], false);
  chosen = withRange(chosen, ["d"], true);
  expect([..."abcd"].filter((id) => isSelected(chosen, id))).toEqual(["a", "d"]);
  expect(countOf(chosen, 100_000)).toBe(99_998);
  expect(bodyOf(chosen)).toEqual({ all: true, except: ["b", "c"] });
});

import { expect, it } from "vitest";
import { inARow } from "./inARow";

it.each([
  ["en", "A, B, C"],
  ["ja", "A、B、C"],
  ["zh", "A、B、C"],
])("words stand apart in %s", (language, row) => {
  expect(inARow(language, ["A", "B", "C"])).toBe(row);
});

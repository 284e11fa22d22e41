import { expect, test } from "vitest";
import { steps } from "./curve";

const frame = { width: 216, height: 66, left: 100, now: 1000 };

test("a temperature holds until another one was seen, and the last one until now", () => {
  const readings = [
    { at: 0, code: "warm", row: 0 },
    { at: 500, code: "cold", row: 5 },
  ];
  const { path, points } = steps(readings, 6, frame);
  expect(points).toEqual([
    { x: 108, y: 8, code: "warm" },
    { x: 158, y: 58, code: "cold" },
  ]);
  expect(path).toBe("M108 8H158V58H208");
});

test("one reading of this very moment is a line all the same", () => {
  expect(steps([{ at: 1000, code: "warm", row: 2 }], 5, frame).path).toBe("M108 33H208");
});

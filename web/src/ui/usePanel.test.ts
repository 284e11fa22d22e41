import { expect, test } from "vitest";
import { placeOf } from "./usePanel";

const window = { width: 800, height: 600 };
const panel = { width: 200, height: 150 };

test("a panel stands below what opened it, at either end", () => {
  const anchor = { top: 100, bottom: 140, left: 300, right: 400 };
  expect(placeOf(anchor, panel, window, "start")).toEqual({ top: 146, left: 300 });
  expect(placeOf(anchor, panel, window, "end")).toEqual({ top: 146, left: 200 });
});

test("a panel that finds no room below stands above, and always inside the window", () => {
  expect(placeOf({ top: 560, bottom: 590, left: 760, right: 790 }, panel, window, "start")).toEqual({ top: 404, left: 592 });
  expect(placeOf({ top: 100, bottom: 560, left: 0, right: 40 }, panel, window, "end")).toEqual({ top: 442, left: 8 });
});

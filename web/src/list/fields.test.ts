import { expect, it } from "vitest";
import { isNaming } from "./fields";

it("a column that names its record is its name", () => {
  expect(isNaming("family_name", "鈴木", "Hanako Suzuki")).toBe(true);
  expect(isNaming("deliverable", "長期データを送る", "長期データを送る")).toBe(true);
});

it("a column that says something else stands for itself", () => {
  expect(isNaming("hcp", "鈴木 花子", "急に積極的になった")).toBe(false);
  expect(isNaming("state", null, "")).toBe(false);
});

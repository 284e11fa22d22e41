import { expect, test } from "vitest";
import { matches } from "./actions";

test("an action is found by parts of its words, whatever their width, case or accents", () => {
  expect(matches({ label: "New institution", keywords: "hospital clinic" }, "HOSP new")).toBe(true);
  expect(matches({ label: "ｱｶｳﾝﾄ" }, "アカ")).toBe(true);
  expect(matches({ label: "Prüfung" }, "prufung")).toBe(true);
  expect(matches({ label: "訪問を記録" }, "訪問")).toBe(true);
  expect(matches({ label: "New institution" }, "new doctor")).toBe(false);
});


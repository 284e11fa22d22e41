import { expect, it } from "vitest";
import { wordsOf } from "./WordsPart";

it("V20: a box of words is a list with one for each line that says something", () => {
  expect(wordsOf(" 回扣 \n\n(返点|返利)\n")).toEqual(["回扣", "(返点|返利)"]);
  expect(wordsOf("\n \n")).toEqual([]);
});

import { expect, test } from "vitest";
import { csvOf } from "./csv";

test("cells with commas, quotes and lines are quoted; formulas are text", () => {
  expect(csvOf([["a", "b,c"], ['say "hi"', "two\nlines"], ["=1+1", "-5"]])).toBe(
    '\u{feff}a,"b,c"\r\n"say ""hi""","two\nlines"\r\n\'=1+1,\'-5\r\n',
  );
});

import { describe, expect, it } from "vitest";
import { moved, nameFrom, tidyTexts } from "./body";

describe("parts of definitions", () => {
  it("get a name out of what people call them", () => {
    expect(nameFrom("Preferred conference")).toBe("preferred_conference");
    expect(nameFrom(" 2nd Épreuve (new) ")).toBe("nd_epreuve_new");
    expect(nameFrom("学会")).toBe("");
    expect(nameFrom("x".repeat(60))).toHaveLength(48);
  });

  it("are moved within their list and never out of it", () => {
    expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
    expect(moved([1, 2, 3], 0, -1)).toEqual([1, 2, 3]);
    expect(moved([1, 2, 3], 2, 1)).toEqual([1, 2, 3]);
  });

  it("lose texts that are empty", () => {
    expect(tidyTexts({ en: " ", ja: "学会" })).toEqual({ ja: "学会" });
    expect(tidyTexts({ en: "" })).toBeUndefined();
  });
});

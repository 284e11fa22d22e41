import { describe, expect, it } from "vitest";
import type { LintFinding } from "../api/lint";
import { bySeverity, segmentsOf, worst } from "./places";

const finding = (start: number, end: number, severity: LintFinding["severity"]) => ({ start, end, severity }) as LintFinding;

describe("V20: places of findings in a text", () => {
  it("cuts the text where findings begin and end; where they overlap the most serious shows", () => {
    const segments = segmentsOf("abcdef", [finding(1, 4, "warn"), finding(3, 5, "block")]);
    expect(segments).toEqual([
      { text: "a", severity: null },
      { text: "bc", severity: "warn" },
      { text: "d", severity: "block" },
      { text: "e", severity: "block" },
      { text: "f", severity: null },
    ]);
  });

  it("leaves a text without findings whole", () => {
    expect(segmentsOf("abc", [])).toEqual([{ text: "abc", severity: null }]);
    expect(worst([])).toBeNull();
  });

  it("puts the most serious first", () => {
    const sorted = bySeverity([finding(0, 1, "info"), finding(5, 6, "route"), finding(2, 3, "route"), finding(8, 9, "block")]);
    expect(sorted.map(({ start }) => start)).toEqual([8, 2, 5, 0]);
  });
});

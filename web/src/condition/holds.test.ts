import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isPlain } from "./questions";
import { holds } from "./holds";

const nurse = { kind: "nurse", kol: false, count: null, tags: ["a"], tier: null };

describe("conditions of forms", () => {
  it("are about the record's own values", () => {
    expect(holds({ "==": [{ var: "kind" }, "nurse"] }, nurse)).toBe(true);
    expect(holds({ in: [{ var: "kind" }, ["doctor", "pharmacist"]] }, nurse)).toBe(false);
    expect(holds({ in: ["a", { var: "tags" }] }, nurse)).toBe(true);
    expect(holds({ "!!": [{ var: "tags" }] }, nurse)).toBe(true);
    expect(holds({ "!": [{ var: "kol" }] }, nurse)).toBe(true);
  });

  it("join by and and or", () => {
    const condition = { and: [{ "!=": [{ var: "kind" }, "doctor"] }, { or: [{ var: "kol" }, { "==": [{ var: "tier" }, null] }] }] };
    expect(holds(condition, nurse)).toBe(true);
    expect(holds(condition, { ...nurse, tier: "A" })).toBe(false);
    expect(holds(condition, { ...nurse, tier: "A", kol: true })).toBe(true);
  });

  it("take nothing for 0 beside a number, and for nothing beside anything else", () => {
    expect(holds({ "<": [{ var: "count" }, 1] }, nurse)).toBe(true);
    expect(holds({ ">=": [{ var: "count" }, 1] }, nurse)).toBe(false);
    expect(holds({ "<": [{ var: "tier" }, "Z"] }, nurse)).toBe(false);
    expect(holds({ "<=": [1, { var: "count" }, 3] }, { count: 2 })).toBe(true);
  });

  it("hold where there is none", () => {
    expect(holds(undefined, nurse)).toBe(true);
    expect(holds({}, nurse)).toBe(true);
  });
});

interface Cases {
  cases: { condition: unknown; holds: Record<string, unknown>[]; fails: Record<string, unknown>[] }[];
  refused: unknown[];
}

/** The same file is read by the server's tests (tests/unit/engine/layout_test.c). */
const shared = JSON.parse(readFileSync("../tests/data/forms/conditions.json", "utf8")) as Cases;

describe("what the server and the page decide alike", () => {
  it.each(shared.cases.map((one) => [JSON.stringify(one.condition), one] as const))("%s", (_, { condition, holds: held, fails }) => {
    expect(isPlain(condition)).toBe(true);
    for (const record of held) expect(holds(condition, record), JSON.stringify(record)).toBe(true);
    for (const record of fails) expect(holds(condition, record), JSON.stringify(record)).toBe(false);
  });

  it.each(shared.refused.map((one) => [JSON.stringify(one), one] as const))("is not offered what the server refuses: %s", (_, condition) => {
    expect(isPlain(condition)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
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

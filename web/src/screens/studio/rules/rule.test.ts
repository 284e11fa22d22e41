import { describe, expect, it } from "vitest";
import { joined, pathOf, split } from "./rule";

const known = { "!!": [{ var: "owner" }] };
const cold = { "==": [{ var: "temperature" }, "skeptical"] };

describe("what sets a rule off", () => {
  it("is taken apart into fields that change and the rest, and put together again", () => {
    for (const condition of [
      { and: [{ changed: ["temperature"] }, cold, known] },
      { and: [{ or: [{ changed: ["tier"] }, { changed: ["owner"] }] }, known] },
      { changed: ["owner"] },
      cold,
      {},
    ]) {
      expect(joined(split(condition))).toEqual(condition);
    }
  });

  it("keeps a change that stands deeper where it is", () => {
    const condition = { or: [{ changed: ["temperature"] }, cold] };
    expect(split(condition)).toEqual({ changed: [], rest: condition });
  });

  it("adds and takes away a field without touching the rest", () => {
    expect(joined({ changed: ["tier"], rest: { and: [cold, known] } })).toEqual({ and: [{ changed: ["tier"] }, cold, known] });
    expect(joined({ changed: [], rest: { and: [cold, known] } })).toEqual({ and: [cold, known] });
  });

  it("knows where a value comes from", () => {
    expect(pathOf({ var: "hcp.owner" })).toBe("hcp.owner");
    expect(pathOf({ var: ["owner"] })).toBe("owner");
    expect(pathOf({ me: [] })).toBeNull();
    expect(pathOf("open")).toBeNull();
  });
});

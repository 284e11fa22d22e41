import { describe, expect, it } from "vitest";
import { inColumn, stageOf } from "./stages";

const ahead = (days: number) => ({ stage: "ahead" as const, days });

describe("the committee board", () => {
  it("sorts meetings by how near they are", () => {
    expect([0, 7, 8, 31, 32].map((days) => stageOf(ahead(days)))).toEqual(["week", "week", "month", "month", "later"]);
    expect(stageOf({ stage: "waiting", days: -3 })).toBe("waiting");
    expect(stageOf({ stage: "decided", days: -30 })).toBe("decided");
  });

  it("shows the nearest first, and of those decided the latest", () => {
    expect(inColumn([ahead(20), ahead(9), ahead(40)], "month").map(({ days }) => days)).toEqual([9, 20]);
    const decided = [-80, -10].map((days) => ({ stage: "decided" as const, days }));
    expect(inColumn(decided, "decided").map(({ days }) => days)).toEqual([-10, -80]);
  });
});

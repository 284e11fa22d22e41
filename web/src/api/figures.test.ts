import { describe, expect, it } from "vitest";
import { periodTitle } from "../screens/team/periods";
import { asWidgets, dashboardFile, membersOf, periodRows } from "./dashboard";

const filter = { "==": [1, 1] };
const [widget] = asWidgets([
  {
    name: "x",
    object: "hcp",
    periods: [
      { start: "2026-08-31T15:00:00Z", end: "2026-09-30T15:00:00Z" },
      { start: "2026-09-30T15:00:00Z", end: "2026-10-31T15:00:00Z" },
    ],
    groups: [
      { period: 0, by: { owner: "b", temperature: "neutral" }, titles: { owner: "B" }, value: 2, filter },
      { period: 0, by: { owner: "a", temperature: "neutral" }, titles: { owner: "A" }, value: 3, filter },
      { period: 1, by: { owner: "a", temperature: "skeptical" }, titles: { owner: "A" }, value: 1, filter },
    ],
  },
]);

describe("temperatures over time", () => {
  it("sums all members, the newest period first, and opens what any of them opens", () => {
    const rows = periodRows(widget!, ["neutral", "skeptical"], null, ({ start }) => start);
    expect(rows.map(({ total }) => total)).toEqual([1, 5]);
    expect(rows[1]?.parts).toEqual([{ temperature: "neutral", value: 5, filter: { or: [filter, filter] } }]);
  });
  it("shows one member", () => {
    const rows = periodRows(widget!, ["neutral", "skeptical"], "b", ({ start }) => start);
    expect(rows.map(({ total }) => total)).toEqual([0, 2]);
    expect(membersOf(widget!).map(({ title }) => title)).toEqual(["A", "B"]);
  });
});

describe("the title of a period", () => {
  const t = ((_: string, { year, quarter }: { year: number; quarter: number }) => `Q${quarter} ${year}`) as never;
  it("is its days, its month or its quarter, in the reader's zone", () => {
    expect(periodTitle({ start: "2026-09-30T15:00:00Z", end: "2026-12-31T15:00:00Z" }, "en", "Asia/Tokyo", t)).toBe("Q4 2026");
    expect(periodTitle({ start: "2026-09-30T15:00:00Z", end: "2026-10-31T15:00:00Z" }, "en", "Asia/Tokyo", t)).toBe("Oct 2026");
    expect(periodTitle({ start: "2026-11-15T15:00:00Z", end: "2026-11-22T15:00:00Z" }, "ja", "Asia/Tokyo", t)).toMatch(/11.*16.*22/);
  });
});

describe("a dashboard as a file", () => {
  it("is narrowed by what it knows, and by nothing else", () => {
    const address = dashboardFile({ name: "manager_weekly", parameters: ["team", "period"] }, { team: "1", product: "2", period: "months_6" }, "xlsx");
    expect(address).toBe("/api/v1/dashboard/manager_weekly/export?format=xlsx&team=1&period=months_6");
    expect(dashboardFile({ name: "mr_daily" }, { team: "1" }, "csv")).toBe("/api/v1/dashboard/mr_daily/export?format=csv");
  });
});

import { describe, expect, it } from "vitest";
import {
  addDays,
  dayOf,
  daysBetween,
  daysSince,
  formatDay,
  instantAt,
  monthEnd,
  nextWeekday,
  quickPicks,
  relativeDay,
  timeOf,
  today,
} from "./dates";

const tokyo = "Asia/Tokyo";
const berlin = "Europe/Berlin";

describe("days in a person's zone", () => {
  it("takes the day on the person's own calendar, not the server's", () => {
    expect(dayOf("2026-11-21T22:30:00Z", tokyo)).toBe("2026-11-22");
    expect(dayOf("2026-11-21T22:30:00Z", berlin)).toBe("2026-11-21");
    expect(dayOf("2026-11-21", tokyo)).toBe("2026-11-21");
  });

  it("knows today and the time of day", () => {
    const now = Date.parse("2026-12-31T15:05:00Z");
    expect(today(tokyo, now)).toBe("2027-01-01");
    expect(timeOf(now, tokyo)).toBe("00:05");
  });

  it("counts days across months, years and leap days", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(daysBetween("2026-11-21", "2026-12-01")).toBe(10);
    expect(daysBetween("2026-12-01", "2026-11-21")).toBe(-10);
  });

  it("finds the end of a month and the next weekday", () => {
    expect(monthEnd("2026-02-03")).toBe("2026-02-28");
    expect(monthEnd("2026-12-31")).toBe("2026-12-31");
    expect(nextWeekday("2026-11-21", 5)).toBe("2026-11-27");
    expect(nextWeekday("2026-11-27", 5)).toBe("2026-12-04");
  });

  it("says nothing about the days since nothing", () => {
    expect(daysSince(null, tokyo)).toBeNull();
    expect(daysSince("2026-11-20", tokyo, Date.parse("2026-11-21T00:00:00Z"))).toBe(1);
  });
});

describe("instants that a clock on the wall shows", () => {
  it("carries the zone's offset", () => {
    expect(instantAt("2026-11-24", "18:00", tokyo)).toBe("2026-11-24T18:00:00+09:00");
    expect(instantAt("2026-11-24", "18:00", "America/New_York")).toBe("2026-11-24T18:00:00-05:00");
    expect(instantAt("2026-11-24", "18:00", "Asia/Kolkata")).toBe("2026-11-24T18:00:00+05:30");
  });

  it("knows summer time on both sides of its change", () => {
    expect(instantAt("2026-03-28", "18:00", berlin)).toBe("2026-03-28T18:00:00+01:00");
    expect(instantAt("2026-03-29", "18:00", berlin)).toBe("2026-03-29T18:00:00+02:00");
    expect(instantAt("2026-10-25", "18:00", berlin)).toBe("2026-10-25T18:00:00+01:00");
  });

  it("comes back as the same day and time", () => {
    const instant = instantAt("2026-07-01", "00:30", tokyo);
    expect(dayOf(instant, tokyo)).toBe("2026-07-01");
    expect(timeOf(instant, tokyo)).toBe("00:30");
  });
});

describe("quick picks", () => {
  it("offers each day once, soonest first", () => {
    const days = quickPicks("2026-11-21").map((pick) => pick.day);
    expect(days).toEqual(["2026-11-21", "2026-11-22", "2026-11-24", "2026-11-27", "2026-11-28", "2026-11-30"]);
  });

  it("drops what falls on the same day", () => {
    // On the last day of a month, and on a Thursday, today and tomorrow already say it.
    expect(quickPicks("2026-11-30").filter((pick) => pick.key === "month_end")).toEqual([]);
    expect(quickPicks("2026-11-26").filter((pick) => pick.key === "friday")).toEqual([]);
  });
});

describe("dates in words", () => {
  const now = Date.parse("2026-11-21T03:00:00Z");

  it("leaves the year out of this year's dates only", () => {
    expect(formatDay("2026-11-24", "ja", tokyo, now)).toBe("11月24日(火)");
    expect(formatDay("2025-11-24", "ja", tokyo, now)).toContain("2025");
    expect(formatDay("2026-11-24", "en", tokyo, now)).not.toContain("2026");
  });

  it("speaks of near days as people do", () => {
    expect(relativeDay("2026-11-21", "en", tokyo, now)).toBe("today");
    expect(relativeDay("2026-11-20", "zh", tokyo, now)).toBe("昨天");
    expect(relativeDay("2026-11-24", "ja", tokyo, now)).toBe("3日後");
    expect(relativeDay("2026-08-21", "en", tokyo, now)).toBe("3 months ago");
  });
});

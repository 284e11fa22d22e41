// @vitest-environment jsdom
import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { hours, useHours, weekdays } from "./hours";

describe("days and hours of a plan", () => {
  it("begin on Monday and at midnight, whatever zone the device is in", () => {
    const { weekday, hour } = renderHook(() => useHours()).result.current;
    expect(weekdays.map(weekday)[0]).toBe(new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2026, 10, 23)));
    expect(new Set(weekdays.map(weekday)).size).toBe(7);
    expect(new Set(hours.map(hour)).size).toBe(24);
    expect(hour(8)).toContain("8");
  });
});

import { describe, expect, it } from "vitest";
import { allZones, matches, minutesOf, offsetText, placeOf, zoneOf } from "./zones";

const winter = Date.parse("2026-01-15T00:00:00Z");

describe("time zones", () => {
  it("know how far they are from UTC", () => {
    expect(["GMT+09:00", "GMT-03:30", "GMT", "GMT+5:45"].map(minutesOf)).toEqual([540, -210, 0, 345]);
    expect([540, -210, 0].map(offsetText)).toEqual(["UTC+09:00", "UTC−03:30", "UTC+00:00"]);
    expect(zoneOf("Asia/Kathmandu", "en", winter).offset).toBe("UTC+05:45");
    expect(zoneOf("America/New_York", "en", winter).offset).toBe("UTC−05:00");
  });

  it("stand from west to east, with the present one even under an old name", () => {
    const zones = allZones("en", "Asia/Calcutta", winter);
    const at = (name: string) => zones.findIndex((zone) => zone.name === name);
    expect(at("America/New_York")).toBeLessThan(at("Europe/Berlin"));
    expect(at("Europe/Berlin")).toBeLessThan(at("Asia/Tokyo"));
    expect(at("Asia/Calcutta")).toBeGreaterThan(-1);
    expect(at("Asia/Kathmandu")).toBeGreaterThan(-1);
    expect(at("Asia/Katmandu")).toBe(-1);
    expect(zones.some((zone) => zone.name === "UTC")).toBe(true);
  });

  it("are found by place, by name in the reader's language, and by offset", () => {
    const york = zoneOf("America/New_York", "en", winter);
    const tokyo = zoneOf("Asia/Tokyo", "ja", winter);
    expect([matches(york, "new york"), matches(york, "New_York"), matches(york, "-05:00"), matches(york, "tokyo")]).toEqual([true, true, true, false]);
    expect([matches(tokyo, "日本"), matches(tokyo, "asia tok"), matches(tokyo, "+09")]).toEqual([true, true, true]);
  });

  it("are called by their place", () => {
    expect([placeOf("Asia/Tokyo"), placeOf("America/Argentina/Buenos_Aires"), placeOf("UTC")]).toEqual([
      "Tokyo · Asia", "Buenos Aires, Argentina · America", "UTC",
    ]);
  });
});

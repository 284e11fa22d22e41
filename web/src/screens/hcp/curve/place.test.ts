import { describe, expect, it } from "vitest";
import { bandsOf, share, spanOf, ticks, within } from "./place";

const at = (text: string) => Date.parse(`${text}T00:00:00Z`);
const now = at("2026-11-22");

describe("the span of a curve", () => {
  it("begins with the first thing that happened, and is never shorter than a month", () => {
    expect(spanOf([at("2025-03-01"), at("2026-01-01")], null, now)).toEqual({ from: at("2025-03-01"), to: now });
    expect(spanOf([at("2026-11-20")], null, now).from).toBe(at("2026-10-23"));
    expect(spanOf([], null, now).from).toBeLessThan(at("2026-09-01"));
  });
  it("is cut to some months when the reader asks", () => {
    const span = spanOf([at("2020-01-01")], 12, now);
    expect(span.from).toBe(at("2025-11-22"));
    expect(within(at("2025-11-21"), span)).toBe(false);
    expect(share(now, span)).toBe(1);
  });
});

describe("ticks", () => {
  it("stand at the first of months, fewer on a narrow screen", () => {
    const span = { from: at("2025-11-22"), to: now };
    expect(ticks(span, 12).map((one) => new Date(one).toISOString().slice(0, 7))).toHaveLength(12);
    expect(ticks(span, 4).map((one) => new Date(one).toISOString().slice(0, 7))).toEqual(["2026-01", "2026-04", "2026-07", "2026-10"]);
  });
});

describe("who was responsible", () => {
  const [sato, li, now_] = [{ id: "1", name: "Sato" }, { id: "2", name: "Li" }, now];
  const span = { from: at("2025-01-01"), to: now_ };
  it("is the present person all along when nobody changed", () => {
    expect(bandsOf([], sato, span)).toEqual([{ user: "1", name: "Sato", from: span.from, to: span.to }]);
  });
  it("changes at each handover, within what is shown", () => {
    const bands = bandsOf([{ at: at("2024-05-01"), from: li, to: sato }, { at: at("2026-02-01"), from: sato, to: li }], li, span);
    expect(bands.map(({ name, from, to }) => [name, from, to])).toEqual([
      ["Sato", span.from, at("2026-02-01")], ["Li", at("2026-02-01"), now],
    ]);
  });
});

import { describe, expect, it } from "vitest";
import type { Group, Widget } from "../../api/dashboard";
import { picture, topOf } from "./course";

const period = { start: "2026-01-01T00:00:00Z", end: "2026-04-01T00:00:00Z" };
const group = (of: number, value: number | null): Group => ({ by: {}, titles: {}, period: of, value });
const widget = (values: (number | null)[], measure = "distinct"): Widget => ({
  name: "channels",
  label: "Channels",
  form: "line",
  object: "visit",
  items: [],
  total: 0,
  next: null,
  measure,
  periods: values.map(() => period),
  groups: values.flatMap((value, index) => (value === null ? [] : [group(index, value)])),
});

describe("S13: the course of a figure", () => {
  it("goes from the oldest period at the left to the newest at the right, from 0 at the bottom", () => {
    const { runs } = picture(widget([0, 2, 4]), 4, 80, 20);
    expect(runs).toEqual([
      [
        { x: 0, y: 20, value: 0, period: 0 },
        { x: 40, y: 10, value: 2, period: 1 },
        { x: 80, y: 0, value: 4, period: 2 },
      ],
    ]);
  });

  it("parts where a period has no figure", () => {
    const { runs, points } = picture(widget([1, null, 2, 2]), 2, 90, 10);
    expect(runs.map((run) => run.map((point) => point.period))).toEqual([[0], [2, 3]]);
    expect(points).toHaveLength(3);
  });

  it("has the scale of what it measures", () => {
    expect(topOf(widget([0.5, 0.7], "share"), null)).toBe(1);
    expect(topOf(widget([3.2], "mean"), 5)).toBe(5);
    expect(topOf(widget([2, 7]), null)).toBe(7);
    expect(picture(widget([0, 0]), topOf(widget([0, 0]), null), 10, 10).points.map(({ y }) => y)).toEqual([10, 10]);
  });
});

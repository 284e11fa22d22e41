import { expect, it } from "vitest";
import { isNear, timeLeft } from "./timeLeft";

const now = Date.parse("2026-11-18T08:00:00Z");
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();

it("counts in days, hours or minutes, and never says more than there is", () => {
  expect(timeLeft(at(19.9), now)).toEqual({ late: false, unit: "hours", count: 19 });
  expect(timeLeft(at(47.9), now)).toEqual({ late: false, unit: "hours", count: 47 });
  expect(timeLeft(at(71), now)).toEqual({ late: false, unit: "days", count: 2 });
  expect(timeLeft(at(0.99), now)).toEqual({ late: false, unit: "minutes", count: 59 });
  expect(timeLeft(at(-5), now)).toEqual({ late: true, unit: "hours", count: 5 });
});

it("is near in the last four hours, and when it is over", () => {
  expect(isNear(at(5), now)).toBe(false);
  expect(isNear(at(3), now)).toBe(true);
  expect(isNear(at(-1), now)).toBe(true);
});

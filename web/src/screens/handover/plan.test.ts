import { expect, test } from "vitest";
import { figuresOf, lateParts } from "./plan";

const plan = {
  id: "1",
  state: "open",
  due_on: "2026-11-20",
  started_at: "2026-11-05T09:00:00Z",
  doctors: 50,
  memos_complete: 49,
  doctors_read: 0,
};

test("E9: memos are late the day after they were due, reading two weeks after the start", () => {
  expect(lateParts(plan, "2026-11-19")).toEqual([]);
  expect(lateParts(plan, "2026-11-20")).toEqual(["reading"]);
  expect(lateParts(plan, "2026-11-21")).toEqual(["memos", "reading"]);
  expect(lateParts({ ...plan, memos_complete: 50 }, "2026-11-21")).toEqual(["reading"]);
  expect(lateParts({ ...plan, memos_complete: 50, doctors_read: 50 }, "2027-01-01")).toEqual([]);
});

test("E9: nothing of a plan that has ended is late", () => {
  expect(lateParts({ ...plan, state: "completed" }, "2027-01-01")).toEqual([]);
  expect(lateParts({ ...plan, state: "cancelled" }, "2027-01-01")).toEqual([]);
});

test("figures that are not there yet count as none", () => {
  expect(figuresOf({ id: "1", doctors: null })).toEqual({ doctors: 0, written: 0, read: 0 });
});

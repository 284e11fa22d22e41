import { expect, test } from "vitest";
import { dueOf, grouped, mergedByDue, type Todo } from "./groups";

const zone = "Asia/Tokyo";
const task = (id: string, due: string | null): Todo => ({ kind: "task", record: { id, due_at: due } });
const ids = (todos: Todo[]) => todos.map(({ record }) => record.id);

test("todos stand by their day on the person's clock, overdue first, the earliest first", () => {
  // Wednesday in Tokyo; the last instant of Tuesday there is still Tuesday afternoon in UTC.
  const groups = grouped(
    [
      task("later", "2026-11-30T09:00:00Z"),
      task("none", null),
      task("sunday", "2026-11-29T09:00:00Z"),
      task("now", "2026-11-25T00:30:00Z"),
      task("late", "2026-11-24T14:59:00Z"),
      task("early today", "2026-11-24T15:01:00Z"),
      task("later still", "2026-12-24T09:00:00Z"),
      task("very late", "2026-10-24T09:00:00Z"),
    ],
    "2026-11-25",
    zone,
  );
  expect(groups.map(([name, items]) => [name, ids(items)])).toEqual([
    ["overdue", ["very late", "late"]],
    ["today", ["early today", "now"]],
    ["week", ["sunday"]],
    ["later", ["later", "later still"]],
    ["no_date", ["none"]],
  ]);
});

test("on a Sunday the week is over tomorrow", () => {
  const groups = grouped([task("monday", "2026-11-30T03:00:00Z")], "2026-11-29", zone);
  expect(groups.map(([name]) => name)).toEqual(["later"]);
});

test("a delivered promise is due when its receipt is to be confirmed", () => {
  const record = { id: "p", due_at: "2026-11-20T09:00:00Z", confirm_at: "2026-11-23T09:00:00Z" };
  expect(dueOf({ kind: "promise", record: { ...record, state: "delivered" } })).toBe(record.confirm_at);
  expect(dueOf({ kind: "promise", record: { ...record, state: "open" } })).toBe(record.due_at);
});

test("two lists are one as far as both are loaded", () => {
  const promises = ["2026-11-20T09:00:00Z", "2026-11-22T09:00:00Z"].map((due) => task(`p ${due.slice(8, 10)}`, due));
  const tasks = ["2026-11-21T09:00:00Z", "2026-11-23T09:00:00Z", null].map((due) => task(`t ${due?.slice(8, 10) ?? "-"}`, due));
  const merge = (hasMore: boolean) => ids(mergedByDue([{ todos: promises, hasMore }, { todos: tasks, hasMore: false }], false));
  // More promises may be due before the 23rd: until they are here, the task of that day waits.
  expect(merge(true)).toEqual(["p 20", "t 21", "p 22"]);
  expect(merge(false)).toEqual(["p 20", "t 21", "p 22", "t 23", "t -"]);
});

test("what is done stands latest first", () => {
  const todos = [task("new", "2026-11-22T09:00:00Z"), task("old", "2026-11-20T09:00:00Z")];
  expect(ids(mergedByDue([{ todos, hasMore: false }, { todos: [task("between", "2026-11-21T09:00:00Z")], hasMore: false }], true))).toEqual(["new", "between", "old"]);
});

/** Promises and tasks by when they are due. */
import type { AnyRecord } from "../../api/shapes";
import { dayOf, daysBetween, nextWeekday, type Day } from "../../lib/dates";
import type { TodoKind } from "../../ui/useTodo";

export interface Todo {
  kind: TodoKind;
  record: AnyRecord;
}

export const groupNames = ["overdue", "today", "week", "later", "no_date"] as const;
export type GroupName = (typeof groupNames)[number];

/** The day that counts: of a delivered promise that on which its receipt is to be confirmed. */
export function dueOf({ kind, record }: Todo): string | null {
  const isDelivered = kind === "promise" && record["state"] === "delivered";
  const due = isDelivered ? (record["confirm_at"] ?? record["due_at"]) : record["due_at"];
  return typeof due === "string" ? due : null;
}

const sunday = 0;

function groupOf(due: string | null, today: Day, zone: string): GroupName {
  if (due === null) return "no_date";
  const day = dayOf(due, zone);
  const ahead = daysBetween(today, day);
  if (ahead < 0) return "overdue";
  if (ahead === 0) return "today";
  // A week ends on its Sunday; on a Sunday, that day is its own group already.
  const weekEnd = new Date(`${today}T00:00:00Z`).getUTCDay() === sunday ? today : nextWeekday(today, sunday);
  return daysBetween(day, weekEnd) >= 0 ? "week" : "later";
}

/** The groups that are not empty, overdue first, each by its day. */
export function grouped(todos: Todo[], today: Day, zone: string): [GroupName, Todo[]][] {
  const sorted = [...todos].sort((a, b) => (dueOf(a) ?? "9").localeCompare(dueOf(b) ?? "9"));
  return groupNames
    .map((name): [GroupName, Todo[]] => [name, sorted.filter((todo) => groupOf(dueOf(todo), today, zone) === name)])
    .filter(([, items]) => items.length > 0);
}

interface Loaded {
  /** As the server sorts them, by the day on which they are due. */
  todos: Todo[];
  hasMore: boolean;
}

/** What a list is sorted by at the server: of a delivered promise not the day of its receipt. */
const sortedBy = ({ record }: Todo): string | null => (typeof record["due_at"] === "string" ? record["due_at"] : null);

/**
 * Lists as one, as far as it is known: behind the last of a list that goes on, others would stand in
 * places that are not theirs.
 */
export function mergedByDue(lists: Loaded[], latestFirst: boolean): Todo[] {
  const order = (a: string | null, b: string | null): number => {
    // What has no day comes last, either way.
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (latestFirst ? -1 : 1) * a.localeCompare(b);
  };
  const ends = lists.filter(({ hasMore, todos }) => hasMore && todos.length > 0).map(({ todos }) => sortedBy(todos[todos.length - 1]!));
  return lists
    .flatMap(({ todos }) => todos)
    .filter((todo) => ends.every((end) => order(sortedBy(todo), end) <= 0))
    .sort((a, b) => order(sortedBy(a), sortedBy(b)));
}

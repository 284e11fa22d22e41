/**
 * Which of the loaded data an event makes old. The server tells what changed (an object, a record and the
 * records that the change names); a query is read again exactly when it shows one of these, or when it is a
 * list in which a new record may have to appear.
 */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { isEditing } from "../lib/editing";

/** What has changed since the last look. */
export interface Touched {
  /** Objects of which records came, went or changed. */
  objects: Set<string>;
  /** The records, and those that the changes name: the doctor of a new memo, say. */
  ids: Set<string>;
  /** Too much to tell one from another. */
  everything?: boolean;
}

export interface FeedItem {
  object: string;
  id: string;
  changes?: Record<string, { from?: unknown; to?: unknown }>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isId = (value: unknown): value is string => typeof value === "string" && uuid.test(value);

/** Lists whose keys do not name their objects. Any other query may say so by `meta: { shows: ["task"] }`. */
const showsByKey: Record<string, readonly string[]> = {
  customers: ["hcp", "hco"],
  notifications: ["notification"],
};

export const nothingTouched = (): Touched => ({ objects: new Set(), ids: new Set() });

export function note(touched: Touched, item: FeedItem): void {
  touched.objects.add(item.object);
  touched.ids.add(item.id);
  for (const { from, to } of Object.values(item.changes ?? {})) {
    if (isId(from)) touched.ids.add(from);
    if (isId(to)) touched.ids.add(to);
  }
}

export interface Packed {
  objects: string[];
  ids: string[];
  everything: boolean;
}

/** For another tab: sets do not survive every way between tabs. */
export const packed = (touched: Touched): Packed => ({
  objects: [...touched.objects],
  ids: [...touched.ids],
  everything: touched.everything === true,
});

export function unpacked(value: Packed): Touched {
  return { objects: new Set(value.objects), ids: new Set(value.ids), everything: value.everything };
}

interface Seen {
  queryKey: QueryKey;
  data: unknown;
  shows?: readonly string[] | undefined;
}

/** What no event speaks of: who one is, and how the business is made. */
const ownWays = new Set<unknown>(["me", "model"]);

/** Whether a query shows something of what was touched. */
export function concerns({ queryKey, data, shows }: Seen, touched: Touched): boolean {
  if (ownWays.has(queryKey[0])) return false;
  if (touched.everything) return true;
  const key = words(queryKey);
  if (key.some((word) => touched.ids.has(word))) return true;
  // The key of one record names its object as well; only a list is made old by another record.
  const named = shows ?? showsByKey[String(queryKey[0])] ?? (key.some(isId) ? [] : key);
  if (named.some((object) => touched.objects.has(object))) return true;
  return mentions(data, touched);
}

/** The texts of a key, those in its parameters included. */
function words(key: unknown): string[] {
  if (typeof key === "string") return [key];
  if (typeof key !== "object" || key === null) return [];
  return Object.values(key).flatMap(words);
}

/** Whether loaded data holds one of the records, or says that it is a list of one of the objects (a dashboard's part). */
function mentions(data: unknown, touched: Touched): boolean {
  if (typeof data === "string") return touched.ids.has(data);
  if (typeof data !== "object" || data === null) return false;
  const { object } = data as { object?: unknown };
  if (typeof object === "string" && touched.objects.has(object) && !("id" in data)) return true;
  for (const value of Object.values(data)) if (mentions(value, touched)) return true;
  return false;
}

/** What follows from how the business is made: roles, objects, rules. */
const madeOfDefinitions = new Set<unknown>(["me", "model", "definition", "access"]);

/** An administrator has published: rights and fields may be others now. */
export function refreshDefinitions(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => madeOfDefinitions.has(queryKey[0]) });
}

let waiting: Touched | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const lookAgain = 1500;

/**
 * Reads again what shows something of `touched`. While somebody is in the middle of a form everything but
 * the notifications waits: nothing changes under their hands, and they meet the change when they save.
 */
export function refreshTouched(client: QueryClient, touched: Touched): void {
  const isCalm = (key: QueryKey) => key[0] === "notifications" || !isEditing();
  if (isEditing()) keepWaiting(client, touched);
  void client.invalidateQueries({
    predicate: ({ queryKey, state, meta }) =>
      isCalm(queryKey) &&
      concerns({ queryKey, data: state.data, shows: meta?.["shows"] as string[] | undefined }, touched),
  });
}

function keepWaiting(client: QueryClient, touched: Touched): void {
  waiting = {
    objects: new Set([...(waiting?.objects ?? []), ...touched.objects]),
    ids: new Set([...(waiting?.ids ?? []), ...touched.ids]),
    everything: waiting?.everything === true || touched.everything === true,
  };
  clearTimeout(timer);
  timer = setTimeout(() => {
    const kept = waiting;
    waiting = null;
    if (kept !== null) refreshTouched(client, kept);
  }, lookAgain);
}

/** What still waits is of no interest any more: somebody else may sit here now. */
export function forgetWaiting(): void {
  clearTimeout(timer);
  waiting = null;
}

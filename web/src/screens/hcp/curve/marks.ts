/** What stands on the curve: readings on the line, visits and memos in rows of their own. */
import type { AnyRecord } from "../../../api/shapes";
import { expanded } from "../../../api/shapes";

export interface Mark {
  key: string;
  kind: "reading" | "visit" | "memo";
  at: number;
  /** Of a reading: the temperature; of a visit its channel; of a memo its kind. */
  code: string;
  previous: string | null;
  by: string | null;
  visit: string | null;
  product: string | null;
  text: string | null;
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

export const readingMark = (record: AnyRecord): Mark => ({
  key: record.id,
  kind: "reading",
  at: Date.parse(String(record["at"])),
  code: String(record["value"]),
  previous: textOf(record["previous"]),
  by: expanded(record, "by")?.title ?? null,
  visit: textOf(record["visit"]),
  product: expanded(record, "product")?.title ?? null,
  text: textOf(record["reason"]),
});

export const visitMark = (record: AnyRecord): Mark => ({
  key: record.id,
  kind: "visit",
  at: Date.parse(String(record["held_at"])),
  code: String(record["channel"]),
  previous: null,
  by: expanded(record, "owner")?.title ?? null,
  visit: record.id,
  product: null,
  text: null,
});

export const memoMark = (record: AnyRecord): Mark => ({
  key: record.id,
  kind: "memo",
  at: Date.parse(String(record["at"])),
  code: String(record["kind"]),
  previous: null,
  by: expanded(record, "by")?.title ?? null,
  visit: textOf(record["visit"]),
  product: null,
  text: textOf(record["text"]),
});

/** In the order of time; of one moment the visit first, then what was seen and written at it. */
export function inTime(marks: readonly Mark[]): Mark[] {
  const order = { visit: 0, reading: 1, memo: 2 };
  return marks.filter((mark) => Number.isFinite(mark.at)).sort((a, b) => a.at - b.at || order[a.kind] - order[b.kind]);
}

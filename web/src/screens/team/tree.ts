import type { AnyRecord } from "../../api/shapes";

interface Option {
  value: string;
  label: string;
}

/** An ideographic space: ordinary ones at the beginning of an option are not shown. */
const indent = "\u3000";

/**
 * Records to choose from, by title. Where they refer to one another by `below` each stands under the one it belongs to; one
 * whose upper record is not offered stands at the top, and so do those that go round in a ring.
 */
export function asTree(records: AnyRecord[], below?: string): Option[] {
  const sorted = records.toSorted((a, b) => (a.title ?? "").localeCompare(b.title ?? ""));
  const known = new Set(records.map(({ id }) => id));
  const upperOf = (record: AnyRecord): string | null => {
    const upper = below === undefined ? null : record[below];
    return typeof upper === "string" && known.has(upper) ? upper : null;
  };
  const options: Option[] = [];
  const seen = new Set<string>();
  const add = (record: AnyRecord, depth: number) => {
    if (seen.has(record.id)) return;
    seen.add(record.id);
    options.push({ value: record.id, label: indent.repeat(depth) + (record.title ?? "") });
    sorted.filter((one) => upperOf(one) === record.id).forEach((one) => add(one, depth + 1));
  };
  sorted.filter((record) => upperOf(record) === null).forEach((record) => add(record, 0));
  sorted.forEach((record) => add(record, 0));
  return options;
}

/** A dashboard as the page reads it. Administrators add widgets: none is known by its name only. */
import type { AnyRecord } from "./shapes";

/** A count, by the values of one or two fields, with their titles in the reader's language. */
export interface Group {
  by: Record<string, string | null>;
  titles: Record<string, string>;
  value: number;
}

export interface Widget {
  name: string;
  label: string;
  form: string;
  object: string;
  items: AnyRecord[];
  total: number;
  groups: Group[];
}

export function asWidgets(widgets: unknown): Widget[] {
  if (!Array.isArray(widgets)) return [];
  return (widgets as Partial<Widget>[]).map((widget) => {
    const items = widget.items ?? [];
    return {
      name: widget.name ?? "",
      label: widget.label ?? widget.name ?? "",
      form: widget.form ?? "list",
      object: widget.object ?? "hcp",
      items,
      total: widget.total ?? items.length,
      groups: widget.groups ?? [],
    };
  });
}

export interface Row {
  id: string;
  title: string;
  total: number;
  parts: Part[];
}

export interface Part {
  /** The temperature that is counted; null where the widget does not count by temperature. */
  temperature: string | null;
  value: number;
}

const temperatureField = "temperature";

/**
 * Counts as rows of a chart: one row for each value of the first field that is not the temperature, with
 * a part for each temperature in the order of `scale`. The largest total first, then by title.
 */
export function rowsOf(groups: Group[], scale: string[]): Row[] {
  const rows = new Map<string, Row>();
  for (const group of groups) {
    const field = Object.keys(group.by).find((name) => name !== temperatureField) ?? temperatureField;
    const id = group.by[field] ?? "";
    const row = rows.get(id) ?? { id, title: group.titles[field] ?? "", total: 0, parts: [] };
    row.total += group.value;
    row.parts.push({ temperature: group.by[temperatureField] ?? null, value: group.value });
    rows.set(id, row);
  }
  const place = ({ temperature }: Part): number => {
    const index = scale.indexOf(temperature ?? "");
    return index < 0 ? scale.length : index;
  };
  for (const row of rows.values()) row.parts.sort((a, b) => place(a) - place(b));
  return [...rows.values()].sort((a, b) => b.total - a.total || a.title.localeCompare(b.title));
}

/** A dashboard as the page reads it. Administrators add widgets: none is known by its name only. */
import type { Condition } from "./records";
import type { AnyRecord } from "./shapes";

/** A count, by the values of one or two fields, with their titles in the reader's language. */
export interface Group {
  by: Record<string, string | null>;
  titles: Record<string, string>;
  /** null where nothing could be measured. */
  value: number | null;
  /** Opens the records behind the number. */
  filter?: Condition;
  /** Over how many records a mean, a share or a rate is; `of` how many the filter opens. */
  n?: number;
  of?: number;
  deviation?: number;
  /** Which of the widget's periods. */
  period?: number;
}

/** From an instant to the one before the next. */
export interface Period {
  start: string;
  end: string;
}

/** What a dashboard may be narrowed by: records of `reference`, or one of `choices`. */
export interface Parameter {
  name: string;
  label: string;
  value?: string;
  title?: string;
  reference?: string;
  /** Which records of `reference` are offered; all where nothing is said. */
  filter?: Condition;
  /** A field of `reference` that refers to its own kind: a choice also means what lies below it. */
  below?: string;
  choices?: { code: string; label: string }[];
}

/** How many records of an object are left of all, and what opens them. */
export interface Kept {
  object: string;
  label: string;
  count: number;
  of: number;
  filter?: Condition;
}

/** "{count}" stands for the number; `one` where the language has a form of its own for it. */
export interface BriefText {
  one?: string;
  other: string;
  /** Followed by how many of its records are past their day. */
  late?: boolean;
}

export interface Widget {
  name: string;
  label: string;
  form: string;
  object: string;
  /** Not shown while it is empty: an empty box would only be in the way. */
  quiet?: boolean;
  help?: string;
  /** Said while it holds nothing. */
  empty?: string;
  /** The name of one of the page's pictures. */
  icon?: string;
  /** Its number as a sentence of the day. */
  brief?: BriefText;
  /** A list about a change: the fields that hold what was and what is, and when it changed. */
  was?: { field: string; of: string; at?: string };
  /** The field of choices that say why a record stands in the list. */
  reasons?: string;
  /** A screen that belongs to it; below its records, or beside its title. */
  link?: { screen: string; label: string; at_end?: boolean };
  items: AnyRecord[];
  total: number;
  /** Where a list of `object` by `filter` and `sort` goes on after `items`; null at its end. */
  next: string | null;
  filter?: Condition;
  sort?: string;
  groups: Group[];
  measure?: string;
  of?: string;
  periods?: Period[];
  /** Parameters that were given and say nothing about it; `ignoredLabels` as people call them. */
  ignored?: string[];
  ignoredLabels?: string[];
  /** Of a comparison: below how many a mean says little, and after how many days it looks. */
  least?: number;
  days?: number;
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
      next: widget.next ?? null,
      groups: widget.groups ?? [],
      ...(widget.quiet === undefined ? {} : { quiet: widget.quiet }),
      ...(widget.help === undefined ? {} : { help: widget.help }),
      ...(widget.empty === undefined ? {} : { empty: widget.empty }),
      ...(widget.icon === undefined ? {} : { icon: widget.icon }),
      ...(widget.brief === undefined ? {} : { brief: widget.brief }),
      ...(widget.was === undefined ? {} : { was: widget.was }),
      ...(widget.reasons === undefined ? {} : { reasons: widget.reasons }),
      ...(widget.link === undefined ? {} : { link: widget.link }),
      ...(widget.filter === undefined ? {} : { filter: widget.filter }),
      ...(widget.sort === undefined ? {} : { sort: widget.sort }),
      ...(widget.measure === undefined ? {} : { measure: widget.measure }),
      ...(widget.of === undefined ? {} : { of: widget.of }),
      ...(widget.periods === undefined ? {} : { periods: widget.periods }),
      ...(widget.ignored === undefined ? {} : { ignored: widget.ignored }),
      ...(widget.least === undefined ? {} : { least: widget.least }),
      ...(widget.days === undefined ? {} : { days: widget.days }),
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
  filter?: Condition;
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
    const value = group.value ?? 0;
    row.total += value;
    row.parts.push({
      temperature: group.by[temperatureField] ?? null,
      value,
      ...(group.filter === undefined ? {} : { filter: group.filter }),
    });
    rows.set(id, row);
  }
  const place = ({ temperature }: Part): number => {
    const index = scale.indexOf(temperature ?? "");
    return index < 0 ? scale.length : index;
  };
  for (const row of rows.values()) row.parts.sort((a, b) => place(a) - place(b));
  return [...rows.values()].sort((a, b) => b.total - a.total || a.title.localeCompare(b.title));
}

/** Several filters as one that opens what any of them opens; none where one of them opens nothing. */
function anyOf(filters: (Condition | undefined)[]): Condition | undefined {
  const known = filters.filter((filter) => filter !== undefined);
  if (known.length !== filters.length || known.length > filtersMost) return undefined;
  return known.length === 1 ? known[0] : { or: known };
}
const filtersMost = 12;

/** The widget's representatives, or whatever it counts by besides the temperature, by their titles. */
export function membersOf(widget: Widget): { id: string; title: string }[] {
  const members = new Map<string, string>();
  for (const { by, titles } of widget.groups) members.set(by["owner"] ?? "", titles["owner"] ?? "");
  return [...members].map(([id, title]) => ({ id, title })).sort((a, b) => a.title.localeCompare(b.title));
}

/** A row for each period, the newest first: the temperatures of one member, or of all together. */
export function periodRows(widget: Widget, scale: string[], member: string | null, titleOf: (period: Period) => string): Row[] {
  const rows = (widget.periods ?? []).map((period, index): Row => {
    const within = widget.groups.filter((group) => group.period === index && (member === null || (group.by["owner"] ?? "") === member));
    const parts = scale.flatMap((code): Part[] => {
      const groups = within.filter(({ by }) => by[temperatureField] === code);
      const value = groups.reduce((sum, group) => sum + (group.value ?? 0), 0);
      const filter = anyOf(groups.map((group) => group.filter));
      return value === 0 ? [] : [{ temperature: code, value, ...(filter === undefined ? {} : { filter }) }];
    });
    return { id: period.start, title: titleOf(period), total: parts.reduce((sum, part) => sum + part.value, 0), parts };
  });
  return rows.reverse();
}

/** The widgets with what each ignores in words, so that whoever shows one can say so. */
export const sayIgnored = (widgets: Widget[], parameters: ReadonlyMap<string, Parameter>): Widget[] =>
  widgets.map((widget) =>
    widget.ignored === undefined
      ? widget
      : { ...widget, ignoredLabels: widget.ignored.map((name) => parameters.get(name)?.label ?? name) },
  );

/** A number of a table: how many, and the records behind it. */
export interface Cell {
  value: number;
  filter?: Condition;
}

export interface NumberRow {
  id: string;
  title: string;
  /** By the widget's name; absent where nothing was counted. */
  cells: Record<string, Cell>;
}

/** Widgets that count by one and the same field: a table of them, a column each. */
export const isNumbers = (widget: Widget): boolean => widget.form === "number";

/** A row for each value that any of the widgets counts by, in the order of their titles. */
export function numberRows(widgets: Widget[]): NumberRow[] {
  const rows = new Map<string, NumberRow>();
  for (const widget of widgets) {
    for (const group of widget.groups) {
      const [field = ""] = Object.keys(group.by);
      const id = group.by[field] ?? "";
      const row = rows.get(id) ?? { id, title: group.titles[field] ?? "", cells: {} };
      row.cells[widget.name] = { value: group.value ?? 0, ...(group.filter === undefined ? {} : { filter: group.filter }) };
      rows.set(id, row);
    }
  }
  return [...rows.values()].sort((a, b) => Number(a.title === "") - Number(b.title === "") || a.title.localeCompare(b.title));
}

interface Narrowable {
  name: string;
  parameters?: string[];
}

/** Those of the values that a dashboard can be narrowed by. */
export const knownValues = ({ parameters = [] }: Narrowable, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => parameters.includes(key)));

/** Where the browser takes a dashboard from as a file, narrowed by those of the values that it knows. */
export function dashboardFile(dashboard: Narrowable, values: Record<string, string>, format: "csv" | "xlsx"): string {
  return `/api/v1/dashboard/${dashboard.name}/export?${new URLSearchParams({ format, ...knownValues(dashboard, values) }).toString()}`;
}

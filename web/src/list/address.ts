/**
 * The state of a list as its address holds it. What the address leaves out comes from the view that is
 * open, and what the view leaves out from the model, so that a plain address is short.
 */
import type { Condition } from "../api/records";

export const layouts = ["table", "split"] as const;
export type Layout = (typeof layouts)[number];

/** The members of the address. `filter: {}` takes away the filter of the view. */
export interface ListSearch {
  q?: string | undefined;
  filter?: Condition | undefined;
  sort?: string | undefined;
  /** `name:220,temperature`: the columns in their order, some with a width in pixels. */
  columns?: string | undefined;
  view?: string | undefined;
  layout?: Layout | undefined;
  /** The record that stands open beside the list. */
  open?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** A search of digits comes out of the address as a number. */
const searched = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : text(value));

const isCondition = (value: unknown): value is Condition =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What an address says about a list; members that are something else are left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  return {
    q: searched(search["q"]),
    filter: isCondition(search["filter"]) ? search["filter"] : undefined,
    sort: text(search["sort"]),
    columns: text(search["columns"]),
    view: text(search["view"]),
    layout: layouts.find((layout) => layout === search["layout"]),
    open: text(search["open"]),
  };
}

/* ---- Columns ---- */

export interface Column {
  /** A field, or one behind a reference: `primary_hco.city`. */
  path: string;
  /** In pixels; undefined where nobody has changed it. */
  width?: number | undefined;
}

export const narrowest = 72;
export const widest = 640;

export function readColumns(columns: string): Column[] {
  const seen = new Set<string>();
  return columns.split(",").flatMap((part) => {
    const [path = "", width] = part.split(":");
    if (path === "" || seen.has(path)) return [];
    seen.add(path);
    const pixels = Number(width);
    return [{ path, width: width !== undefined && pixels > 0 ? bounded(pixels) : undefined }];
  });
}

export const bounded = (width: number): number => Math.min(Math.max(Math.round(width), narrowest), widest);

export const writeColumns = (columns: Column[]): string =>
  columns.map(({ path, width }) => (width === undefined ? path : `${path}:${width}`)).join(",");

/* ---- Sorting ---- */

export interface Sort {
  path: string;
  descending: boolean;
}

export const readSort = (sort: string): Sort[] =>
  sort
    .split(",")
    .filter((part) => part !== "" && part !== "-")
    .map((part) => ({ path: part.replace(/^-/, ""), descending: part.startsWith("-") }));

export const writeSort = (sorts: Sort[]): string =>
  sorts.map(({ path, descending }) => (descending ? `-${path}` : path)).join(",");

/** After a click on a column's head: up, then down, then as it was before anyone clicked. */
export function clickedSort(present: Sort[], path: string, otherwise: string): string {
  const first = present[0];
  if (first?.path !== path) return path;
  if (!first.descending) return `-${path}`;
  return otherwise === `-${path}` ? path : otherwise;
}

/* ---- Filters ---- */

/** The conditions that all must hold, one a chip. */
export function conjuncts(filter: Condition | undefined): Condition[] {
  if (filter === undefined || Object.keys(filter).length === 0) return [];
  const all = filter["and"];
  return Array.isArray(all) && Object.keys(filter).length === 1 ? (all as Condition[]) : [filter];
}

/** Several conditions as one; undefined where there is none. */
export function conjunction(parts: Condition[]): Condition | undefined {
  if (parts.length === 0) return undefined;
  return parts.length === 1 ? parts[0] : { and: parts };
}

export const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What a person has settled for a file that waits to be imported, as the server keeps it. */
import type { Corrections, ImportMap, ImportOrder, ImportPlan, SheetForm } from "../../api/imports";

export const steps = ["columns", "check", "confirm"] as const;
export type Step = (typeof steps)[number];

export const asStep = (value: unknown): Step | undefined => steps.find((step) => step === value);

/** Where a column goes. */
export interface Place {
  /** A field, or a reference and the field by which its record is found: `primary_hco.facility_code`. */
  to: string;
  transform: string[];
  /** An empty cell empties the field. */
  clears: boolean;
}

/** The field that a place fills: the first part of `primary_hco.facility_code`. */
export const fieldOf = (to: string): string => to.split(".")[0] ?? to;

/** By the column's number. */
export type Places = Record<string, Place>;

export interface ImportDraft {
  form: SheetForm;
  /** null: as the server proposes. */
  places: Places | null;
  key: string[];
  corrections: Corrections;
  skip_lines: number[];
}

export const emptyDraft: ImportDraft = {
  form: { encoding: null, delimiter: null, header: null },
  places: null,
  key: [],
  corrections: {},
  skip_lines: [],
};

/** A heading as the server compares it, or nearly so: what it proposes, it finds by heading. */
const plain = (heading: string): string => heading.normalize("NFKC").replace(/[\s_\-:*]/g, "").toLowerCase();

/** A map's columns by number: a heading names the first column that has it. */
export function placesOf(map: ImportMap, plan: Pick<ImportPlan, "columns">): Places {
  const places: Places = {};
  for (const { from, to, transform = [], empty } of map.columns) {
    const number =
      typeof from === "number" ? from : plan.columns.find((column) => plain(column.heading ?? "") === plain(String(from)))?.number;
    if (number !== undefined) places[number] = { to, transform, clears: empty === "clear" };
  }
  return places;
}

/** The draft with the places that the server proposes, where the person has settled none. */
export function settled(draft: ImportDraft, plan: ImportPlan): ImportDraft {
  if (draft.places !== null) return draft;
  return { ...draft, places: placesOf(plan.map, plan), key: plan.map.key ?? [] };
}

/** Columns of the file that have a place, in the file's order; those that the file no longer has are left out. */
function mapOf(draft: ImportDraft, plan: ImportPlan): ImportMap {
  const columns = plan.columns.flatMap(({ number }) => {
    const place = draft.places?.[number];
    if (place === undefined) return [];
    return {
      from: number,
      to: place.to,
      ...(place.transform.length > 0 ? { transform: place.transform } : {}),
      ...(place.clears ? { empty: "clear" } : {}),
    };
  });
  const fields = new Set(columns.map(({ to }) => fieldOf(to)));
  return { header: plan.header, columns, key: draft.key.filter((field) => fields.has(field)) };
}

/** What the server is asked to rehearse or to run. */
export function orderOf(draft: ImportDraft, plan: ImportPlan): ImportOrder {
  return {
    encoding: plan.encoding,
    delimiter: plan.delimiter,
    header: plan.header,
    map: mapOf(draft, plan),
    corrections: draft.corrections,
    skip_lines: draft.skip_lines,
  };
}

/** The draft with a cell's new text; null takes a correction back. */
export function corrected(draft: ImportDraft, line: number, column: number, text: string | null): ImportDraft {
  const { [column]: _, ...others } = draft.corrections[line] ?? {};
  const cells = text === null ? others : { ...others, [column]: text };
  const { [line]: __, ...lines } = draft.corrections;
  const corrections = Object.keys(cells).length === 0 ? lines : { ...lines, [line]: cells };
  return { ...draft, corrections };
}

/** The draft with a row left out, or taken in again. */
export function skipped(draft: ImportDraft, line: number, skip: boolean): ImportDraft {
  const others = draft.skip_lines.filter((one) => one !== line);
  return { ...draft, skip_lines: skip ? [...others, line].sort((a, b) => a - b) : others };
}

/** The draft with a column's place; a key that no column leads to any more is none. */
export function placed(draft: ImportDraft, column: number, place: Place | null): ImportDraft {
  const { [column]: _, ...others } = draft.places ?? {};
  const places = place === null ? others : { ...others, [column]: place };
  const fields = new Set(Object.values(places).map(({ to }) => fieldOf(to)));
  return { ...draft, places, key: draft.key.every((field) => fields.has(field)) ? draft.key : [] };
}

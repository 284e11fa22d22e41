/** The rows of a check as they stand on the screen. */
import type { FailingRow } from "../../api/imports";
import type { ImportDraft } from "./draft";

export interface ShownRow extends Omit<FailingRow, "state"> {
  /** `fixed`: it failed when it was last looked at, and would be taken now. */
  state: "failed" | "skipped" | "left_out" | "fixed";
}

const isTouched = (draft: ImportDraft, line: number): boolean =>
  draft.corrections[line] !== undefined || draft.skip_lines.includes(line);

/**
 * What the server has just found, and the rows that the person has mended since they came here: those stay
 * in their place, so that nothing jumps away under the eye. In the order of the file.
 */
export function mergedRows(before: readonly ShownRow[], found: readonly FailingRow[], draft: ImportDraft): ShownRow[] {
  const lines = new Set(found.map(({ line }) => line));
  const mended = before
    .filter(({ line }) => !lines.has(line) && isTouched(draft, line))
    .map((row): ShownRow => ({ ...row, state: "fixed", errors: [] }));
  const now = found.map((row) => ({ ...row, state: row.state as ShownRow["state"] }));
  return [...now, ...mended].sort((a, b) => a.line - b.line);
}

/** A cell's text: as the person wants it, else as the file has it. */
export function cellText(row: ShownRow, column: number, draft: ImportDraft): string {
  return draft.corrections[row.line]?.[column] ?? row.cells[column - 1] ?? "";
}

/** What is wrong with a cell; a row that is left out has nothing wrong with it. */
export function cellErrors(row: ShownRow, column: number): string[] {
  if (row.state === "left_out") return [];
  return row.errors.filter((error) => error.column === column).map(({ message }) => message);
}

export const rowErrors = (row: ShownRow): string[] =>
  row.errors.filter(({ column }) => column === null).map(({ message }) => message);

/** A row with more cells than the file has columns: at most so many of them are shown. */
const surplusMost = 20;

/** The columns worth seeing: those that lead to a field, and those that are wrong somewhere. */
export function tellingColumns(rows: readonly ShownRow[], draft: ImportDraft, width: number): number[] {
  const all = new Set(Object.keys(draft.places ?? {}).map(Number));
  const longest = Math.max(width, ...rows.map((row) => row.cells.length));
  for (let column = width + 1; column <= Math.min(longest, width + surplusMost); column += 1) all.add(column);
  for (const row of rows) for (const { column } of row.errors) if (column !== null && column !== undefined) all.add(column);
  return [...all].sort((a, b) => a - b);
}

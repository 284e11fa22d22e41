import { useRef, type ReactNode } from "react";
import { reachable, useHidden } from "../lib/useHidden";
import styles from "./Table.module.css";

export interface Column<Row> {
  key: string;
  /** Of a column of buttons: what it holds, for those who do not see it. */
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, under each other. */
  align?: "end";
  /** On a phone's card without its head: buttons, for instance. */
  bare?: boolean;
  /** On a phone in the card's corner: one small button. */
  corner?: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/**
 * A small set of rows: a table with a head that stays. On a phone each row is a card: its title is the first column, the rest
 * stands beneath it, as much in a line as there is room for; two columns alone are a line each, title and value.
 */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const hidden = useHidden(frame);
  // The roles are said again because a table that is laid out as cards would lose them.
  return (
    <div ref={frame} className={styles.frame} {...reachable(hidden, label)}>
      <table role="table" className={styles.table} aria-label={label} data-pairs={columns.length === 2 || undefined}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" data-align={column.align}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((column, index) => (
                <td
                  key={column.key}
                  role="cell"
                  data-align={column.align}
                  data-first={index === 0 || undefined}
                  data-bare={column.bare || undefined}
                  data-corner={column.corner || undefined}
                >
                  {!column.bare && (
                    <span className={styles.label} aria-hidden="true">
                      {column.head}
                    </span>
                  )}
                  <div>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

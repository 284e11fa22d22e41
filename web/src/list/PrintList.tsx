import { useEffect, useRef, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { useMe } from "../api/queries";
import { parse } from "../condition/tree";
import { useReading } from "../condition/useReading";
import { inWords } from "../condition/words";
import { formatLongDay, today } from "../lib/dates";
import { Progress } from "../ui/marks";
import { FirstCell, type CellFormat } from "./cells";
import styles from "./List.module.css";
import type { Rows } from "./rows";
import type { ListState } from "./useListState";

interface PrintListProps {
  list: ListState;
  rows: Rows;
  cells: CellFormat;
  title: string;
  done: () => void;
}

/** More than this nobody wants on paper: a file serves better. */
const mostPrinted = 2000;

/** The list for paper: what it shows, then all its rows; the printer is called once they are there. */
export function PrintList({ list, rows, cells, title, done }: PrintListProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const reading = useReading(list.filter, list.object);
  const state = useSyncExternalStore(rows.subscribe, rows.snapshot);
  const count = Math.min(state.total ?? 0, mostPrinted);
  const ready = state.total !== null && rows.has(0, count);
  const called = useRef(false);
  useEffect(() => rows.want(0, count), [rows, count]);
  useEffect(() => {
    if (!ready || called.current) return;
    called.current = true;
    window.print();
    done();
  }, [ready, done]);
  if (!ready) return createPortal(<div className={styles.printWait}><Progress label={t("list.print")} value={state.loaded} max={count} /></div>, document.body);
  const words = inWords(parse(list.filter, list.object, reading.schema), list.object, reading);
  const records = Array.from({ length: count }, (_, index) => rows.at(index)).filter((record) => record !== undefined);
  return createPortal(
    <div className={styles.paper}>
      <h1>{title}</h1>
      <p>{[list.view?.label, words, list.search.q].filter(Boolean).join(" · ")}</p>
      <p>{[formatLongDay(today(me.zone), i18n.language), me.name, t("list.count", { count: state.total ?? 0 })].join(" · ")}</p>
      <table>
        <thead>
          <tr>
            {list.columns.map(({ path }, at) => (
              <th key={path} scope="col">
                {cells.head(path, at)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              {list.columns.map(({ path }, at) => (
                <td key={path}>{at === 0 ? <FirstCell record={record} path={path} cells={cells} language={i18n.language} /> : cells.cell(record, path)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>,
    document.body,
  );
}

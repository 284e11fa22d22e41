import { memo, useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icons";
import { useToast } from "../ui/Toasts";
import { bounded, clickedSort, narrowest, readSort, widest, writeColumns, type Column } from "./address";
import { isSortable } from "./fields";
import styles from "./List.module.css";
import type { ListViewProps } from "./ListTable";

interface ListHeadProps extends Pick<ListViewProps, "list" | "cells" | "selection" | "chooseAll" | "clear"> {
  total: number;
  widths: number[];
  /** Shows a column in another width for as long as it is pulled. */
  pull: (column: { path: string; width: number } | null) => void;
}

/** The heads of the columns: each sorts, and is as wide as one pulls it. They stay as they are while the rows scroll. */
export const ListHead = memo(function ListHead(props: ListHeadProps) {
  const { list, selection, total, chooseAll, clear, widths } = props;
  const { t } = useTranslation();
  const isAll = selection.all && selection.ids.size === 0;
  const isSome = selection.all || selection.ids.size > 0;
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" className={styles.headRow} aria-rowindex={1}>
        <div role="columnheader" className={styles.check}>
          <button
            type="button"
            role="checkbox"
            aria-checked={isAll ? true : isSome ? "mixed" : false}
            aria-label={t("list.choose_all", { count: total })}
            className={styles.box}
            onClick={isSome ? clear : chooseAll}
          >
            {isSome && <Icon name={isAll ? "check" : "minus"} size={14} />}
          </button>
        </div>
        {list.columns.map((column, at) => (
          <Head key={column.path} {...props} column={column} at={at} width={widths[at] ?? narrowest} />
        ))}
      </div>
    </div>
  );
});

type HeadProps = ListHeadProps & { column: Column; at: number; width: number };

function Head({ list, cells, column, at, width, pull }: HeadProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const sorts = readSort(list.sort);
  const field = cells.field(column.path);
  const sortable = field?.through === null && isSortable(field.field ?? undefined);
  const place = sorts.findIndex(({ path }) => path === column.path);
  const sorted = place < 0 ? null : sorts[place];
  const label = cells.head(column.path, at);
  const sort = () => {
    if (!sortable) return toast({ text: t(field?.through == null ? "list.not_sortable" : "list.not_sortable_through", { field: label }) });
    list.set({ sort: clickedSort(sorts, column.path, list.view?.sort ?? list.ownSort) });
  };
  return (
    <div
      role="columnheader"
      className={at === 0 ? styles.firstHead : styles.headCell}
      aria-sort={place !== 0 ? undefined : sorted?.descending ? "descending" : "ascending"}
    >
      <button type="button" className={styles.sort} onClick={sort} title={label} data-sortable={sortable || undefined}>
        <span className={styles.headLabel}>{label}</span>
        {sorted != null && <Icon name={sorted.descending ? "down" : "up"} size={14} />}
      </button>
      <Grip {...{ list, column, width, label, pull }} />
    </div>
  );
}

const step = 16;

/** The edge of a column: pulled by the pointer, or moved by the arrow keys. */
function Grip({ list, column, width, label, pull }: Pick<HeadProps, "list" | "column" | "width" | "pull"> & { label: string }) {
  const { t } = useTranslation();
  const from = useRef<{ x: number; width: number } | null>(null);
  const resize = (next: number) => {
    const columns = list.columns.map((one) => (one.path === column.path ? { ...one, width: bounded(next) } : one));
    list.set({ columns: writeColumns(columns) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    resize(width + by);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (from.current === null) return;
    pull({ path: column.path, width: bounded(from.current.width + event.clientX - from.current.x) });
  };
  const letGo = () => {
    if (from.current !== null && width !== from.current.width) resize(width);
    from.current = null;
    pull(null);
  };
  return (
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("list.width_of", { field: label })}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      className={styles.grip}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    />
  );
}

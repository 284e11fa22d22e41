import { useVirtualizer } from "@tanstack/react-virtual";
import {
  memo, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type RefObject,
} from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { AnyRecord } from "../api/shapes";
import type { Kind, PathField } from "../condition/schema";
import { useShortcuts } from "../lib/shortcuts";
import { Icon } from "../ui/icons";
import { recordAddress } from "../lib/recordAddress";
import { FirstCell, type CellFormat } from "./cells";
import { ListHead } from "./ListHead";
import styles from "./List.module.css";
import { isSelected, type Selection } from "./selection";
import type { ListState } from "./useListState";
import type { Rows, RowsState } from "./rows";

export interface ListViewProps {
  list: ListState;
  rows: Rows;
  state: RowsState;
  cells: CellFormat;
  selection: Selection;
  /** The row that the keyboard stands on. */
  active: number;
  setActive: (index: number) => void;
  /** A row is opened: by Enter, or a press. */
  open: (index: number) => void;
  /** A row is chosen or left out; `range` takes all from the last one on. */
  choose: (index: number, range: boolean) => void;
  chooseAll: () => void;
  clear: () => void;
  /** The query string that leads back to this list, for addresses of records. */
  context: string;
}

export const rowHeight = 44;
const headHeight = 40;
/** Where nobody chose a width: what most values of the kind need. */
const firstWidth = 260;
const kindWidths: Partial<Record<Kind, number>> = { boolean: 96, number: 104, date: 136, instant: 136, choice: 144, reference: 190 };
const otherWidth = 168;
const temperatureWidth = 236;

/** What a heading needs, by its letters; a long one is cut off after all. */
const letterWidth = { latin: 7.8, wide: 13.5 };
const besideHeading = 40;
const widestHeading = 260;

function headingWidth(label: string): number {
  const width = [...label].reduce((sum, letter) => sum + (letter > "\u2e80" ? letterWidth.wide : letterWidth.latin), besideHeading);
  return Math.min(Math.ceil(width), widestHeading);
}

function ownWidth(field: PathField | null, label: string, isFirst: boolean): number {
  if (isFirst) return firstWidth;
  const isTemperature = field?.kind === "choice" && field.field?.name.startsWith("temperature");
  const usual = isTemperature ? temperatureWidth : (kindWidths[field?.kind ?? "opaque"] ?? otherWidth);
  return Math.max(usual, headingWidth(label));
}

const checkWidth = 44;

/** All rows of a list as a grid of which only what is in sight is there. */
export function ListTable(props: ListViewProps) {
  const { list, rows, state, cells, active } = props;
  const { t, i18n } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const total = state.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialOffset: rows.scrollTop,
    paddingStart: 0,
    scrollPaddingStart: headHeight,
  });
  const items = virtual.getVirtualItems();
  useWanted(rows, items[0]?.index ?? 0, (items.at(-1)?.index ?? 30) + 1);
  useScrollKept(rows, scroller, virtual.scrollOffset);
  const focusRow = useCallback(
    (index: number) => {
      props.setActive(index);
      virtual.scrollToIndex(index);
    },
    [props.setActive, virtual],
  );
  const onKeyDown = useListKeys({ ...props, focusRow, page: () => pageOf(scroller.current) });
  useRowKeys({ scroller, active, last: total - 1, focusRow });
  // While a column is pulled, only the picture follows; the address is written when it is let go.
  const [pulled, setPulled] = useState<{ path: string; width: number } | null>(null);
  const widths = useMemo(
    () =>
      list.columns.map(({ path, width }, at) =>
        pulled?.path === path ? pulled.width : (width ?? ownWidth(cells.field(path), cells.label(path), at === 0)),
      ),
    [list.columns, pulled, cells],
  );
  const template = [checkWidth, ...widths].map((width) => `${width}px`).join(" ");
  const isShown = items.some(({ index }) => index === active);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      tabIndex={0}
      aria-label={t("list.grid", { objects: list.view?.label ?? t("list.all") })}
      aria-rowcount={total + 1}
      aria-colcount={list.columns.length + 1}
      aria-multiselectable="true"
      aria-busy={state.isLoading}
      aria-activedescendant={isShown ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      style={{ "--columns": template, "--row-width": `${checkWidth + widths.reduce((sum, width) => sum + width, 0)}px` } as CSSProperties}
    >
      <ListHead {...{ list, cells, widths, total }} selection={props.selection} chooseAll={props.chooseAll} clear={props.clear} pull={setPulled} />
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const record = rows.at(index);
          return (
            <Row
              key={index}
              id={`${id}-${index}`}
              index={index}
              start={start}
              record={record}
              columns={list.columns}
              cells={cells}
              object={list.object}
              language={i18n.language}
              isActive={index === active}
              isChosen={record !== undefined && isSelected(props.selection, record.id)}
              isOpen={record !== undefined && record.id === list.search.open}
              open={props.open}
              choose={props.choose}
              setActive={props.setActive}
              context={props.context}
              t={t}
            />
          );
        })}
      </div>
    </div>
  );
}

const pageOf = (scroller: HTMLElement | null): number =>
  Math.max(Math.floor(((scroller?.clientHeight ?? 400) - headHeight) / rowHeight) - 1, 1);

/** Tells the rows what is in sight, whenever that changes. */
export function useWanted(rows: Rows, from: number, to: number): void {
  useEffect(() => rows.want(from, to), [rows, from, to]);
}

/**
 * A list that is come back to stands where it was left. The place is taken from the virtualizer: to ask
 * the element for it after rows have changed would make the browser lay them out once more.
 */
function useScrollKept(rows: Rows, scroller: RefObject<HTMLDivElement | null>, offset: number | null): void {
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = rows.scrollTop;
  }, [rows, scroller]);
  useEffect(() => {
    if (offset !== null) rows.scrollTop = offset;
  }, [rows, offset]);
}

interface RowKeys {
  scroller: RefObject<HTMLDivElement | null>;
  active: number;
  last: number;
  focusRow: (index: number) => void;
}

/** `j` and `k` work from anywhere on the screen where nothing else is being written or chosen. */
function useRowKeys({ scroller, active, last, focusRow }: RowKeys): void {
  const { t } = useTranslation();
  const go = (index: number) => {
    const inside = scroller.current?.contains(document.activeElement) === true;
    scroller.current?.focus({ preventScroll: true });
    // The first press comes to the list; the next ones move in it.
    if (inside) focusRow(Math.min(Math.max(index, 0), last));
  };
  useShortcuts([
    { keys: "j", label: t("list.key_down"), group: "screen", run: () => go(active + 1) },
    { keys: "k", label: t("list.key_up"), group: "screen", run: () => go(active - 1) },
    // These work in the list itself; the sheet of keys tells them.
    { keys: "x", label: t("list.key_choose"), group: "screen", run: () => go(active) },
  ]);
}

interface KeysOptions extends ListViewProps {
  focusRow: (index: number) => void;
  page: () => number;
}

/** The keys of a list; those of an input inside, or of an input method, are not ours. */
export function useListKeys(options: KeysOptions): (event: KeyboardEvent) => void {
  const { rows, state, active, focusRow, open, choose, chooseAll, clear, page } = options;
  return (event) => {
    if (event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
    const last = (state.total ?? 0) - 1;
    const go = (index: number) => {
      const to = Math.min(Math.max(index, 0), last);
      if (event.shiftKey && rows.at(to) !== undefined) choose(to, true);
      focusRow(to);
    };
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== "a") return;
      event.preventDefault();
      return chooseAll();
    }
    const acts: Record<string, () => void> = {
      j: () => go(active + 1),
      ArrowDown: () => go(active + 1),
      k: () => go(active - 1),
      ArrowUp: () => go(active - 1),
      Home: () => go(0),
      End: () => go(last),
      PageDown: () => go(active + page()),
      PageUp: () => go(active - page()),
      x: () => choose(active, false),
      " ": () => choose(active, false),
      X: () => choose(active, true),
      Enter: () => open(active),
      Escape: clear,
    };
    const act = acts[event.key];
    if (act === undefined || event.altKey) return;
    event.preventDefault();
    act();
  };
}

interface RowProps {
  id: string;
  index: number;
  start: number;
  record: AnyRecord | undefined;
  columns: ListState["columns"];
  cells: CellFormat;
  object: string;
  language: string;
  isActive: boolean;
  isChosen: boolean;
  isOpen: boolean;
  open: (index: number) => void;
  choose: (index: number, range: boolean) => void;
  setActive: (index: number) => void;
  context: string;
  /** Handed down: a row comes and goes with every step of a scroll, and should cost little. */
  t: TFunction;
}

const Row = memo(function Row(props: RowProps) {
  const { id, index, start, record, columns, cells, isActive, isChosen, isOpen, open, choose, setActive, t } = props;
  const onClick = (event: MouseEvent) => {
    // A new tab or window is the browser's own.
    if (event.ctrlKey || event.metaKey || event.button !== 0) return;
    event.preventDefault();
    setActive(index);
    if (event.shiftKey) choose(index, true);
    else open(index);
  };
  return (
    <div
      id={id}
      role="row"
      className={styles.row}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      style={{ transform: `translateY(${start}px)` }}
      onClick={record === undefined ? undefined : onClick}
    >
      {record === undefined ? (
        <div role="gridcell" className={styles.waiting} aria-colspan={columns.length + 1}>
          <span className={styles.hidden}>{t("app.loading")}</span>
          <span className={styles.bar} aria-hidden="true" />
        </div>
      ) : (
        <>
          <Check {...{ record, index, isChosen, choose, t }} />
          {columns.map(({ path }, at) => {
            const value = at === 0 ? <NameLink {...props} record={record} path={path} /> : cells.cell(record, path);
            // What a narrow column cuts off is read when it is pointed at.
            const whole = typeof value === "string" ? value : undefined;
            return (
              <div key={path} role="gridcell" className={at === 0 ? styles.first : styles.cell} title={whole}>
                {value}
              </div>
            );
          })}
        </>
      )}
    </div>
  );
});

function NameLink({ record, path, object, cells, language, context }: RowProps & { record: AnyRecord; path: string }) {
  return (
    <a href={`${recordAddress(object, record.id)}${context}`} tabIndex={-1} className={styles.name} draggable={false}>
      <FirstCell record={record} path={path} cells={cells} language={language} />
    </a>
  );
}

interface CheckProps {
  record: AnyRecord;
  index: number;
  isChosen: boolean;
  choose: (index: number, range: boolean) => void;
  t: TFunction;
}

/** The mark of a chosen row; the whole cell takes the press. */
function Check({ record, index, isChosen, choose, t }: CheckProps) {
  return (
    <div
      role="gridcell"
      className={styles.check}
      onClick={(event) => {
        event.stopPropagation();
        choose(index, event.shiftKey);
      }}
    >
      <span
        role="checkbox"
        aria-checked={isChosen}
        aria-label={t("list.choose", { title: record.title ?? "" })}
        className={styles.box}
        tabIndex={-1}
      >
        {isChosen && <Icon name="check" size={14} />}
      </span>
    </div>
  );
}

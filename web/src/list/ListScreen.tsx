import { useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMediaQuery } from "../lib/useMediaQuery";
import { Button } from "../ui/Button";
import { EmptyState, ErrorNotice } from "../ui/parts";
import { recordAddress } from "../lib/recordAddress";
import type { ListSearch } from "./address";
import { BulkBar, type BulkChoice } from "./BulkBar";
import { useCells } from "./cells";
import { ColumnsButton } from "./ColumnsButton";
import { keepContext } from "./context";
import { FilterBar } from "./FilterBar";
import styles from "./List.module.css";
import { ListCards } from "./ListCards";
import { ListTable, type ListViewProps } from "./ListTable";
import { MoreMenu } from "./MoreMenu";
import { SearchBox } from "./SearchBox";
import { countOf, everything, nothing, toggled, withRange, type Selection } from "./selection";
import { useListState, type ListState, type SetSearch } from "./useListState";
import { useRows } from "./useRows";
import { ViewsMenu } from "./ViewsMenu";

interface ListScreenProps {
  object: string;
  title: string;
  search: ListSearch;
  /** Changes the address; the members given replace those there. */
  set: SetSearch;
  /** Beside the title: other lists, what can be made here. */
  actions?: ReactNode;
  /** The record that stands open beside the list. */
  pane?: (id: string) => ReactNode;
  /** What can be done with the chosen rows besides changing them. */
  bulk?: ((chosen: BulkChoice) => ReactNode) | undefined;
  /** What to say where there is no record at all. */
  empty: { title: string; text: string };
}

const wide = "(min-width: 768px)";
const veryWide = "(min-width: 1100px)";

/** A list of any object: searched, filtered, sorted, arranged, chosen from; every state of it in the address. */
export function ListScreen({ object, title, search, set, actions, pane, bulk, empty }: ListScreenProps) {
  const list = useListState(object, search, set);
  const isWide = useMediaQuery(wide);
  const isVeryWide = useMediaQuery(veryWide);
  const isSplit = isVeryWide && pane !== undefined && search.layout === "split";
  return (
    <section className={styles.screen} aria-label={title}>
      <Loaded
        // Another object is another list: nothing of the one before stays chosen.
        key={object}
        {...{ list, title, actions, bulk, empty, isWide, isSplit }}
        pane={isSplit ? pane : undefined}
        canSplit={isVeryWide && pane !== undefined}
      />
    </section>
  );
}

interface LoadedProps extends Pick<ListScreenProps, "title" | "actions" | "bulk" | "empty"> {
  list: ListState;
  isWide: boolean;
  isSplit: boolean;
  canSplit: boolean;
  pane: ListScreenProps["pane"] | undefined;
}

/** How many columns stand beside an open record. */
const columnsBeside = 3;

function Loaded({ list: whole, title, actions, bulk, empty, isWide, isSplit, canSplit, pane }: LoadedProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const { rows, state } = useRows(whole.object, whole.query);
  const cells = useCells(whole.object);
  const list = useMemo(
    () => (isSplit ? { ...whole, columns: whole.columns.slice(0, columnsBeside).map(({ path }) => ({ path, width: undefined })) } : whole),
    [whole, isSplit],
  );
  const chosen = useSelection(whole, rows);
  const opened = useOpen(list, rows, isSplit);
  const view: ListViewProps = { list, rows, state, cells, ...chosen, ...opened };
  const toRows = () => body.current?.querySelector<HTMLElement>("[role=grid], a")?.focus();
  const count = countOf(chosen.selection, state.total ?? 0);
  return (
    <>
      <header className={styles.top}>
        <div className={styles.titles}>
          <h1>{title}</h1>
          {state.total !== null && (
            <span className={styles.total} role="status">
              {t("list.count", { count: state.total })}
            </span>
          )}
          {actions}
        </div>
        <div className={styles.tools} data-screen-only>
          <ViewsMenu list={whole} />
          <SearchBox list={whole} toRows={toRows} />
          {isWide && <ColumnsButton list={whole} cells={cells} />}
          <MoreMenu list={whole} rows={rows} cells={cells} title={title} canSplit={canSplit} />
        </div>
        <FilterBar list={whole} />
      </header>
      <div ref={body} className={styles.body} data-split={isSplit || undefined}>
        <div className={styles.listSide}>
          {state.error !== null && <ErrorNotice error={state.error} retry={() => rows.retry()} />}
          {state.total === 0 && state.error === null ? (
            <Nothing list={whole} empty={empty} />
          ) : isWide ? (
            <ListTable {...view} />
          ) : (
            <ListCards {...view} />
          )}
        </div>
        {isSplit && (
          <aside className={styles.pane} aria-label={t("list.pane")}>
            {list.search.open === undefined ? <EmptyState icon="list">{t("list.pane_empty")}</EmptyState> : pane?.(list.search.open)}
          </aside>
        )}
      </div>
      {count > 0 && <BulkBar list={whole} selection={chosen.selection} count={count} total={state.total ?? 0} all={chosen.chooseAll} clear={chosen.clear} more={bulk} />}
    </>
  );
}

/** Nothing matches, or there is nothing yet: what to do about either. */
function Nothing({ list, empty }: { list: ListState; empty: ListScreenProps["empty"] }) {
  const { t } = useTranslation();
  const isFiltered = list.filter !== undefined || list.search.q !== undefined;
  if (!isFiltered) {
    return (
      <EmptyState icon="customers" title={empty.title}>
        {empty.text}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="search" title={t("list.nothing")}>
      {t(list.search.q === undefined ? "list.nothing_filtered" : "list.nothing_found", { q: list.search.q })}
      <span className={styles.emptyAct}>
        <Button variant="default" size="md" onClick={() => list.set({ q: undefined, filter: {} }, { push: true })}>
          {t("list.show_all")}
        </Button>
      </span>
    </EmptyState>
  );
}

type Chosen = Pick<ListViewProps, "selection" | "choose" | "chooseAll" | "clear">;

/** What is chosen belongs to a list of the same records: another question begins with nothing. */
function useSelection(list: ListState, rows: ListViewProps["rows"]): Chosen {
  const [selection, setSelection] = useState<Selection>(nothing);
  const anchor = useRef<number | null>(null);
  const asked = JSON.stringify([list.object, list.filter, list.search.q]);
  const before = useRef(asked);
  useEffect(() => {
    if (before.current === asked) return;
    before.current = asked;
    setSelection(nothing);
  }, [asked]);
  const choose = useCallback(
    (index: number, range: boolean) => {
      const record = rows.at(index);
      if (record === undefined) return;
      const from = range ? (anchor.current ?? index) : index;
      anchor.current = index;
      setSelection((selected) => {
        if (from === index) return range ? withRange(selected, [record.id], true) : toggled(selected, record.id);
        const [first, last] = [Math.min(from, index), Math.max(from, index)];
        const ids = Array.from({ length: last - first + 1 }, (_, at) => rows.idAt(first + at));
        return withRange(selected, ids.filter((id) => id !== undefined), true);
      });
    },
    [rows],
  );
  const chooseAll = useCallback(() => setSelection(everything), []);
  const clear = useCallback(() => setSelection(nothing), []);
  return { selection, choose, chooseAll, clear };
}

type Opened = Pick<ListViewProps, "active" | "setActive" | "open" | "context">;

/** Which row is open: on its own page, or beside the list, where it follows the keyboard. */
function useOpen(list: ListState, rows: ListViewProps["rows"], isSplit: boolean): Opened {
  const router = useRouter();
  const { object, query, set } = list;
  const openId = list.search.open;
  const at = openId === undefined ? -1 : rows.indexOf(openId);
  const [active, setIndex] = useState(at < 0 ? rows.active : at);
  // Another list begins where it was left, or at its first row.
  useEffect(() => setIndex(rows.active), [rows]);
  useEffect(() => {
    rows.active = active;
  }, [rows, active]);
  const back = router.state.location.href;
  const context = useMemo(() => `?list=${keepContext({ object, query, back })}`, [object, query, back]);
  const show = useCallback(
    (index: number) => {
      const record = rows.at(index);
      if (record !== undefined) set({ open: record.id });
    },
    [rows, set],
  );
  const setActive = useCallback(
    (index: number) => {
      setIndex(index);
      if (isSplit) show(index);
    },
    [isSplit, show],
  );
  const open = useCallback(
    (index: number) => {
      const record = rows.at(index);
      if (record === undefined) return;
      setIndex(index);
      if (isSplit && list.search.open !== record.id) show(index);
      else void router.navigate({ href: `${recordAddress(object, record.id)}${context}` });
    },
    [rows, isSplit, show, router, object, context, list.search.open],
  );
  return { active, setActive, open, context };
}

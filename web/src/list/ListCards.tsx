import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useLayoutEffect, useRef, useState, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AnyRecord } from "../api/shapes";
import { Icon } from "../ui/icons";
import { TemperatureMark } from "../ui/Temperature";
import { recordAddress } from "../lib/recordAddress";
import { RecordName, type CellFormat } from "./cells";
import styles from "./List.module.css";
import { useWanted, type ListViewProps } from "./ListTable";
import { countOf, isSelected } from "./selection";

const cardHeight = 96;
const gap = 8;
/** What a card has room for, besides the name and the temperature. */
const factsShown = 3;

/** All rows of a list as cards for a thumb, of which only those in sight are there. */
export function ListCards(props: ListViewProps) {
  const { list, rows, state, cells, selection } = props;
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(box.current?.offsetTop ?? 0), [state.total === null, list.filter, list.search.q]);
  const virtual = useWindowVirtualizer({
    count: state.total ?? 0,
    estimateSize: () => cardHeight + gap,
    overscan: 8,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  useWanted(rows, items[0]?.index ?? 0, (items.at(-1)?.index ?? 20) + 1);
  const choosing = countOf(selection, state.total ?? 0) > 0;
  return (
    <ul ref={box} className={styles.cards} style={{ height: virtual.getTotalSize() }} aria-label={t("list.grid", { objects: list.view?.label ?? t("list.all") })}>
      {items.map(({ index, start }) => {
        const record = rows.at(index);
        return (
          <Card
            key={index}
            index={index}
            total={state.total ?? 0}
            start={start - top}
            record={record}
            facts={list.columns.slice(1).map(({ path }) => path)}
            cells={cells}
            object={list.object}
            language={i18n.language}
            isChosen={record !== undefined && isSelected(selection, record.id)}
            choosing={choosing}
            open={props.open}
            choose={props.choose}
            context={props.context}
          />
        );
      })}
    </ul>
  );
}

interface CardProps {
  index: number;
  total: number;
  start: number;
  record: AnyRecord | undefined;
  facts: string[];
  cells: CellFormat;
  object: string;
  language: string;
  isChosen: boolean;
  /** Some are chosen already: a tap chooses further ones. */
  choosing: boolean;
  open: (index: number) => void;
  choose: (index: number, range: boolean) => void;
  context: string;
}

const Card = memo(function Card(props: CardProps) {
  const { index, total, start, record, isChosen, choosing, open, choose } = props;
  const { t } = useTranslation();
  const style = { transform: `translateY(${start}px)` };
  const place = { "aria-posinset": index + 1, "aria-setsize": total };
  if (record === undefined) {
    return (
      <li className={styles.card} style={style} {...place}>
        <span className={styles.hidden}>{t("app.loading")}</span>
        <span className={styles.bar} aria-hidden="true" />
      </li>
    );
  }
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.button !== 0) return;
    event.preventDefault();
    if (choosing) choose(index, false);
    else open(index);
  };
  return (
    <li className={styles.card} style={style} data-chosen={isChosen || undefined} {...place}>
      <button
        type="button"
        role="checkbox"
        aria-checked={isChosen}
        aria-label={t("list.choose", { title: record.title ?? "" })}
        className={styles.cardCheck}
        onClick={() => choose(index, false)}
      >
        {isChosen ? (
          <span className={styles.box} aria-hidden="true">
            <Icon name="check" size={14} />
          </span>
        ) : "temperature" in record ? (
          <TemperatureMark code={record["temperature"] as string | null} />
        ) : (
          <span className={styles.box} aria-hidden="true" />
        )}
      </button>
      <div className={styles.cardBody}>
        <a href={`${recordAddress(props.object, record.id)}${props.context}`} className={styles.cardName} onClick={onClick}>
          <RecordName record={record} language={props.language} />
        </a>
        <Facts {...props} record={record} />
      </div>
    </li>
  );
});

/** The first columns that hold something; the temperature stands as a mark beside. */
function Facts({ record, facts, cells }: CardProps & { record: AnyRecord }) {
  const shown = facts
    .filter((path) => path !== "temperature")
    .map((path) => ({ path, value: cells.cell(record, path) }))
    .filter(({ value }) => value !== null)
    .slice(0, factsShown);
  return (
    <p className={styles.cardFacts}>
      {shown.map(({ path, value }) => (
        <span key={path} title={cells.label(path)}>
          {value}
        </span>
      ))}
    </p>
  );
}

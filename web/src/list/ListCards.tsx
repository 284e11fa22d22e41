import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { AnyRecord } from "../api/shapes";
import type { Kind } from "../condition/schema";
import { Icon } from "../ui/icons";
import { TemperatureMark } from "../ui/Temperature";
import { recordAddress } from "../lib/recordAddress";
import { RecordName, type CellFormat } from "./cells";
import { isNaming } from "./fields";
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
  // The same list as long as the columns are, so that cards which stay are not written again.
  const facts = useMemo(() => list.columns.map(({ path }) => path), [list.columns]);
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
            facts={facts}
            cells={cells}
            object={list.object}
            language={i18n.language}
            isChosen={record !== undefined && isSelected(selection, record.id)}
            choosing={choosing}
            open={props.open}
            choose={props.choose}
            context={props.context}
            t={t}
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
  /** Handed down: a card comes and goes with every step of a scroll, and should cost little. */
  t: TFunction;
}

const Card = memo(function Card(props: CardProps) {
  const { index, total, start, record, isChosen, choosing, open, choose, t } = props;
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
  const about = aboutOf(record, props.facts, props.cells);
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
        <a href={`${recordAddress(props.object, record.id)}${props.context}`} title={record.title} className={styles.cardName} onClick={onClick}>
          {about === null ? <RecordName record={record} language={props.language} /> : <span className={styles.title}>{about}</span>}
        </a>
        <Facts {...props} record={record} about={about} />
      </div>
    </li>
  );
});

/** A day or a number alone does not say what it is. */
const needsLabel = new Set<Kind>(["date", "instant", "number", "boolean"]);

/** What a person looks for first, where the list has it. */
const foremost = ["last_visit_at", "next_committee_on"];

/** Whom or what a record is about, where its list begins with that; null: its own name says it. */
function aboutOf(record: AnyRecord, [first = ""]: string[], cells: CellFormat): ReactNode {
  return cells.field(first)?.kind === "reference" ? cells.cell(record, first) : null;
}

/** The temperature in its word (the mark beside shows shape and colour), then the first columns that hold something. */
function Facts({ record, facts, cells, about }: CardProps & { record: AnyRecord; about: ReactNode }) {
  const code = record["temperature"];
  const others = facts.filter((path, at) => path !== "temperature" && (at > 0 || about === null));
  const shown = [...others.filter((path) => foremost.includes(path)), ...others.filter((path) => !foremost.includes(path))]
    .map((path) => ({ path, value: cells.cell(record, path) }))
    .filter(({ path, value }) => value !== null && (about !== null || !isNaming(path, value, record.title)))
    .slice(0, factsShown);
  return (
    <p className={styles.cardFacts}>
      {typeof code === "string" && (
        <span className={styles.cardWord} data-temperature={code}>
          {cells.field("temperature")?.labelOf(code)}
        </span>
      )}
      {shown.map(({ path, value }) => (
        <span key={path} title={cells.label(path)}>
          {needsLabel.has(cells.field(path)?.kind ?? "opaque") && `${cells.label(path)}: `}
          {value}
        </span>
      ))}
    </p>
  );
}

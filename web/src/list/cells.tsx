/** A field's value as a cell shows it. Made once for a list, so that a row costs little while one scrolls. */
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Model } from "../api/model";
import { useMe, useModel } from "../api/queries";
import { expanded, type AnyRecord } from "../api/shapes";
import { useSchema } from "../condition/useReading";
import type { PathField } from "../condition/schema";
import { dayOf, formatDay, relativeDay } from "../lib/dates";
import { readingOf, type NameParts } from "../lib/names";
import { DirectionWord } from "../ui/Direction";
import { Icon } from "../ui/icons";
import { TemperatureShape } from "../ui/Temperature";
import { isNaming } from "./fields";
import styles from "./List.module.css";

export interface CellFormat {
  /** What stands in the cell; null for an empty one. */
  cell: (record: AnyRecord, path: string) => ReactNode;
  /** The label of the column. */
  label: (path: string) => string;
  /** The head of the column at this place: the first holds the whole name, whatever it is sorted by. */
  head: (path: string, at: number) => string;
  field: (path: string) => PathField | null;
}

export function useCells(object: string): CellFormat {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const schema = useSchema();
  return useMemo(() => {
    const fields = new Map<string, PathField | null>();
    const field = (path: string): PathField | null => {
      if (!fields.has(path)) fields.set(path, schema.find(object, path));
      return fields.get(path) ?? null;
    };
    const days = remembered((day: string) => formatDay(day, i18n.language, me.zone));
    const near = remembered((day: string) => relativeDay(day, i18n.language, me.zone));
    const number = new Intl.NumberFormat(i18n.language);
    const words = {
      yes: t("app.yes"),
      no: t("app.no"),
      warmer: t("hcp.warmer"),
      colder: t("hcp.colder"),
      same: t("hcp.same"),
    };
    const cell = (record: AnyRecord, path: string): ReactNode => {
      const found = field(path);
      if (found === null) return null;
      const dot = path.indexOf(".");
      const holder = dot < 0 ? record : expanded(record, path.slice(0, dot));
      const name = dot < 0 ? path : path.slice(dot + 1);
      const value = holder?.[name];
      if (holder === null || value === null || value === undefined || value === "") return null;
      switch (found.kind) {
        case "boolean":
          return value === true ? words.yes : words.no;
        case "choice":
          if (name === "temperature_direction") return <DirectionWord direction={String(value)} />;
          return name.startsWith("temperature") ? (
            <TemperatureCell model={model} object={found.object} field={name} record={holder} words={words} />
          ) : (
            found.labelOf(String(value))
          );
        case "many":
          return (value as string[]).map((one) => (
            <span key={one} className={styles.tag}>
              {found.labelOf(one)}
            </span>
          ));
        case "reference":
          return dot < 0 ? (expanded(record, name)?.title ?? null) : null;
        case "number":
          return typeof value === "number" ? number.format(value) : String(value);
        case "date":
        case "instant": {
          const day = dayOf(String(value), me.zone);
          return <span title={days(day)}>{found.kind === "instant" ? near(day) : days(day)}</span>;
        }
        default:
          return String(value);
      }
    };
    const label = (path: string): string => {
      const found = field(path);
      if (found === null) return path;
      return found.through === null ? found.label : `${found.through} › ${found.label}`;
    };
    const head = (path: string, at: number) => (at === 0 && path === "family_name" ? t("list.name") : label(path));
    return { cell, label, head, field };
  }, [t, i18n.language, me.zone, model, schema, object]);
}

/** Dates repeat from row to row, and are slow to write. */
function remembered(write: (day: string) => string): (day: string) => string {
  const known = new Map<string, string>();
  return (day) => {
    const found = known.get(day) ?? write(day);
    known.set(day, found);
    return found;
  };
}

interface TemperatureCellProps {
  model: Model;
  object: string;
  field: string;
  record: AnyRecord;
  words: { warmer: string; colder: string; same: string };
}

/** Shape, word and, where it moved, the direction. */
function TemperatureCell({ model, object, field, record, words }: TemperatureCellProps) {
  const code = String(record[field]);
  const direction = field === "temperature" ? record["temperature_direction"] : null;
  const moved = direction === "up" ? "warmer" : direction === "down" ? "colder" : null;
  return (
    <span className={styles.temperature} data-temperature={code}>
      <TemperatureShape code={code} size={16} />
      <span className={styles.temperatureWord}>{model.choiceLabel(object, field, code)}</span>
      {moved !== null && (
        <span className={styles.direction} role="img" aria-label={words[moved]} title={words[moved]}>
          <Icon name={moved === "warmer" ? "up" : "down"} size={14} />
        </span>
      )}
    </span>
  );
}

interface FirstCellProps {
  record: AnyRecord;
  path: string;
  cells: CellFormat;
  language: string;
}

/** What a row begins with: what its record is called, or what the column says where that is something else. */
export function FirstCell({ record, path, cells, language }: FirstCellProps) {
  const value = cells.cell(record, path);
  if (value === null || isNaming(path, value, record.title)) return <RecordName record={record} language={language} />;
  return <span className={styles.title}>{value}</span>;
}

/** What a record is called, with the reading that this reader needs. */
export function RecordName({ record, language }: { record: AnyRecord; language: string }) {
  const parts = record as NameParts & { name_kana?: unknown };
  const person = parts.family_name !== undefined;
  const reading = person
    ? readingOf(parts, language)
    : language === "ja" && typeof parts.name_kana === "string"
      ? { text: parts.name_kana, language: "ja" }
      : null;
  return (
    <>
      <span className={styles.title}>{record.title}</span>
      {reading !== null && (
        <span className={styles.reading} lang={reading.language}>
          {reading.text}
        </span>
      )}
    </>
  );
}

import { useTranslation } from "react-i18next";
import type { Field } from "../api/model";
import { useMe, useModel } from "../api/queries";
import { expanded, type AnyRecord } from "../api/shapes";
import { formatDay, formatTime } from "../lib/dates";
import { Chip, Chips } from "../ui/marks";
import { TemperatureBadge } from "../ui/Temperature";
import styles from "./RecordFields.module.css";
import { FileLink } from "./FileLink";
import { RecordLink, RecordTitle } from "./RecordLink";

/** A field's value in the manner of its type; what is not recorded says so. */
export function FieldValue({ object, field, record }: { object: string; field: Field; record: AnyRecord }) {
  const { t } = useTranslation();
  const value = record[field.name];
  const isEmpty = value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return <span className={styles.none}>{t("app.none")}</span>;
  return <Value object={object} field={field} record={record} />;
}

function Value({ object, field, record }: { object: string; field: Field; record: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const value = record[field.name];
  switch (field.type) {
    case "boolean":
      return t(value === true ? "app.yes" : "app.no");
    case "choice":
      if (field.name === "temperature") return <TemperatureBadge code={String(value)} />;
      return model.choiceLabel(object, field.name, String(value));
    case "choices":
      return <ValueChips values={(value as string[]).map((code) => model.choiceLabel(object, field.name, code))} />;
    case "tags":
      return <ValueChips values={value as string[]} />;
    case "file":
      return <FileLink object={object} record={record.id} id={String(value)} />;
    case "json":
      return (
        <pre className={styles.json} tabIndex={0} role="region" aria-label={field.label}>
          {JSON.stringify(value, null, 2)}
        </pre>
      );
    case "integer":
    case "decimal":
      return typeof value === "number" ? new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 20 }).format(value) : String(value);
    case "reference":
      return <Reference field={field} record={record} />;
    case "date":
      return formatDay(String(value), i18n.language, me.zone);
    case "instant":
      return `${formatDay(String(value), i18n.language, me.zone)} ${formatTime(String(value), i18n.language, me.zone)}`;
    case "email":
      return <a href={`mailto:${String(value)}`}>{String(value)}</a>;
    case "phone":
      return <a href={`tel:${String(value).replace(/[^+\d]/g, "")}`}>{String(value)}</a>;
    case "url":
      return <WebLink address={String(value)} />;
    default:
      return String(value);
  }
}

/** The record behind a reference; one that only its id is known of is looked up. */
function Reference({ field, record }: { field: Field; record: AnyRecord }) {
  const object = field.reference ?? "";
  const id = String(record[field.name]);
  const known = expanded(record, field.name);
  // A change that shows before the server has answered brings an id without its record.
  if (known?.title === undefined || known.id !== id) return <RecordTitle object={object} id={id} />;
  return <RecordLink object={object} id={id} title={known.title} />;
}

/** A value that stands in no record: one that was before, or that somebody else has entered. */
export function PlainValue({ object, field, value }: { object: string; field: Field; value: unknown }) {
  return <FieldValue object={object} field={field} record={{ id: "", [field.name]: value }} />;
}

function ValueChips({ values }: { values: string[] }) {
  return (
    <Chips>
      {values.map((value) => (
        <Chip key={value}>{value}</Chip>
      ))}
    </Chips>
  );
}

/** Only an address of the web is a link: the field may hold anything that a person or a program wrote. */
function WebLink({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return address;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {address}
    </a>
  );
}

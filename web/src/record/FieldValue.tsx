import { useTranslation } from "react-i18next";
import type { Field } from "../api/model";
import { useMe, useModel } from "../api/queries";
import { expanded, type AnyRecord } from "../api/shapes";
import { formatDay, formatTime } from "../lib/dates";
import { Chip, Chips } from "../ui/marks";
import { TemperatureBadge } from "../ui/Temperature";
import styles from "./RecordFields.module.css";

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
    case "json":
      return <pre className={styles.json}>{JSON.stringify(value, null, 2)}</pre>;
    case "integer":
    case "decimal":
      return typeof value === "number" ? new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 20 }).format(value) : String(value);
    case "reference":
      return expanded(record, field.name)?.title ?? "–";
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

import { useTranslation } from "react-i18next";
import type { Field } from "../../api/model";
import { useMe, useModel } from "../../api/queries";
import { expanded, type AnyRecord, type Hcp } from "../../api/shapes";
import { formatDay, formatTime } from "../../lib/dates";
import { TemperatureBadge } from "../../ui/Temperature";
import styles from "./Profile.module.css";

/** The doctor's fields as the model's layout groups them: a field added there appears here. */
export function Profile({ hcp }: { hcp: Hcp }) {
  const model = useModel();
  const record = hcp as unknown as AnyRecord;
  return (
    <div className={styles.profile}>
      {model.formSections("hcp", record).map((section, index) => (
        <section key={index} className={styles.section}>
          <h2>{model.label(section)}</h2>
          <dl>
            {section.fields.map((name) => (
              <FieldLine key={name} name={name} record={record} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function FieldLine({ name, record }: { name: string; record: AnyRecord }) {
  const { t } = useTranslation();
  const model = useModel();
  const field = model.field("hcp", name);
  // A field that this person may not see is absent from the record.
  if (field === undefined || !(name in record)) return null;
  const value = record[name];
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return (
    <div className={styles.line}>
      <dt>{model.fieldLabel("hcp", name)}</dt>
      <dd>{isEmpty ? <span className={styles.none}>{t("app.none")}</span> : <Value field={field} record={record} />}</dd>
    </div>
  );
}

/** A value in the manner of its type. */
function Value({ field, record }: { field: Field; record: AnyRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  const value = record[field.name];
  switch (field.type) {
    case "boolean":
      return t(value === true ? "app.yes" : "app.no");
    case "choice":
      if (field.name === "temperature") return <TemperatureBadge code={String(value)} />;
      return model.choiceLabel("hcp", field.name, String(value));
    case "choices":
      return (value as string[]).map((code) => model.choiceLabel("hcp", field.name, code)).join(", ");
    case "tags":
      return (value as string[]).join(", ");
    case "reference":
      return expanded(record, field.name)?.title ?? "–";
    case "date":
      return formatDay(String(value), i18n.language, me.zone);
    case "instant":
      return `${formatDay(String(value), i18n.language, me.zone)} ${formatTime(String(value), i18n.language, me.zone)}`;
    case "email":
      return <a href={`mailto:${String(value)}`}>{String(value)}</a>;
    case "phone":
      return <a href={`tel:${String(value)}`}>{String(value)}</a>;
    default:
      return String(value);
  }
}

import { Link } from "@tanstack/react-router";
import type { Widget } from "../../api/dashboard";
import { useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { recordAddress } from "../../lib/recordAddress";
import { FieldValue } from "../../record/FieldValue";
import person from "../../ui/PersonCard.module.css";
import styles from "./RecordCard.module.css";

const isSaid = (value: unknown) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

/** A record of any object, as a company's own lists may hold: its title, and what the list asks for of it. */
export function RecordCard({ widget: { object }, record }: { widget: Widget; record: AnyRecord }) {
  const model = useModel();
  const fields = (model.object(object)?.fields ?? []).filter(({ name }) => isSaid(record[name]));
  return (
    <li className={styles.card}>
      <div>
        <p>
          <Link to={recordAddress(object, record.id) as "/"} className={person.name} data-item>
            {record.title}
          </Link>
        </p>
        <dl className={styles.said}>
          {fields.map((field) => (
            <div key={field.name}>
              <dt>{model.fieldLabel(object, field.name)}</dt>
              <dd>
                <FieldValue object={object} field={field} record={record} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </li>
  );
}

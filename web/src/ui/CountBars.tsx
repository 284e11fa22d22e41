import { useState } from "react";
import { useTranslation } from "react-i18next";
import { rowsOf, type Group, type Part, type Row } from "../api/dashboard";
import { useModel } from "../api/queries";
import styles from "./CountBars.module.css";
import { RecordsLink } from "./RecordsLink";
import { TemperatureShape } from "./Temperature";

interface CountBarsProps {
  object: string;
  groups?: Group[];
  /** In place of groups: rows in an order of their own, under `heading`. */
  ownRows?: Row[];
  heading?: string;
  /** The same numbers as a table: for those who read rather than look. */
  label: string;
}

/** How each representative's doctors feel: parts of a bar, each with its shape, number and word, each opening its records. */
export function CountBars({ object, groups = [], ownRows, heading, label }: CountBarsProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [isTable, setTable] = useState(false);
  const scale = model.choices("hcp", "temperature").map((choice) => choice.code);
  const rows = ownRows ?? rowsOf(groups, scale);
  const hasTemperature = rows.some((row) => row.parts.some((part) => part.temperature !== null));
  return (
    <div className={styles.chart}>
      <div className={styles.head}>
        {hasTemperature && !isTable && <Legend scale={scale} />}
        {hasTemperature && (
          <button type="button" className={styles.toggle} onClick={() => setTable(!isTable)} aria-pressed={isTable}>
            {t("team.as_table")}
          </button>
        )}
      </div>
      {isTable ? (
        <CountTable object={object} rows={rows} scale={scale} label={label} heading={heading} />
      ) : (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <BarRow key={row.id} object={object} row={row} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Legend({ scale }: { scale: string[] }) {
  const model = useModel();
  return (
    <ul className={styles.legend}>
      {scale.map((code) => (
        <li key={code}>
          <TemperatureShape code={code} size={15} />
          {model.choiceLabel("hcp", "temperature", code)}
        </li>
      ))}
    </ul>
  );
}

function BarRow({ object, row }: { object: string; row: Row }) {
  const { t } = useTranslation();
  return (
    <li>
      <p className={styles.name}>
        <span>{row.title || t("team.unassigned")}</span>
        <span className={styles.total}>{t("team.doctors", { count: row.total })}</span>
      </p>
      <ul className={styles.bar}>
        {row.parts.map((part) => (
          <BarPart key={part.temperature ?? ""} object={object} part={part} row={row} />
        ))}
      </ul>
    </li>
  );
}

function BarPart({ object, part, row }: { object: string; part: Part; row: Row }) {
  const model = useModel();
  const code = part.temperature;
  const words = code === null ? String(part.value) : `${model.choiceLabel("hcp", "temperature", code)}: ${part.value}`;
  return (
    <li className={styles.part} data-temperature={code ?? ""} style={{ flexGrow: part.value }} title={words}>
      <RecordsLink object={object} filter={part.filter} className={styles.open} label={`${row.title} ${words}`}>
        {code !== null && <TemperatureShape code={code} size={13} />}
        <span aria-hidden="true">{part.value}</span>
        <span className={styles.word}>{words}</span>
      </RecordsLink>
    </li>
  );
}

interface CountTableProps {
  object: string;
  rows: Row[];
  scale: string[];
  label: string;
  heading: string | undefined;
}

function CountTable({ object, rows, scale, label, heading }: CountTableProps) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
        <caption className={styles.word}>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{heading ?? model.fieldLabel("hcp", "owner")}</th>
            {scale.map((code) => (
              <th key={code} scope="col">
                {model.choiceLabel("hcp", "temperature", code)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.title || t("team.unassigned")}</th>
              {scale.map((code) => {
                const part = row.parts.find((one) => one.temperature === code);
                return (
                  <td key={code}>
                    {part === undefined ? (
                      0
                    ) : (
                      <RecordsLink
                        object={object}
                        filter={part.filter}
                        className={styles.number}
                        label={`${row.title} ${model.choiceLabel("hcp", "temperature", code)}: ${part.value}`}
                      >
                        {part.value}
                      </RecordsLink>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

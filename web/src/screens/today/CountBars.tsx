import { useTranslation } from "react-i18next";
import { rowsOf, type Group, type Part, type Row } from "../../api/dashboard";
import { useModel } from "../../api/queries";
import { TemperatureShape } from "../../ui/Temperature";
import styles from "./CountBars.module.css";

/** How each representative's doctors feel: parts of a bar, each with its shape, number and word. */
export function CountBars({ groups }: { groups: Group[] }) {
  const model = useModel();
  const scale = model.choices("hcp", "temperature").map((choice) => choice.code);
  const rows = rowsOf(groups, scale);
  const hasTemperature = groups.some((group) => "temperature" in group.by);
  return (
    <div className={styles.chart}>
      {hasTemperature && (
        <ul className={styles.legend}>
          {scale.map((code) => (
            <li key={code}>
              <TemperatureShape code={code} size={15} />
              {model.choiceLabel("hcp", "temperature", code)}
            </li>
          ))}
        </ul>
      )}
      <ul className={styles.rows}>
        {rows.map((row) => (
          <BarRow key={row.id} row={row} />
        ))}
      </ul>
    </div>
  );
}

function BarRow({ row }: { row: Row }) {
  const { t } = useTranslation();
  return (
    <li>
      <p className={styles.name}>
        <span>{row.title || t("team.unassigned")}</span>
        <span className={styles.total}>{t("team.doctors", { count: row.total })}</span>
      </p>
      <ul className={styles.bar}>
        {row.parts.map((part) => (
          <BarPart key={part.temperature ?? ""} part={part} />
        ))}
      </ul>
    </li>
  );
}

function BarPart({ part }: { part: Part }) {
  const model = useModel();
  const code = part.temperature;
  const words = code === null ? String(part.value) : `${model.choiceLabel("hcp", "temperature", code)}: ${part.value}`;
  return (
    <li className={styles.part} data-temperature={code ?? ""} style={{ flexGrow: part.value }} title={words}>
      {code !== null && <TemperatureShape code={code} size={13} />}
      <span aria-hidden="true">{part.value}</span>
      <span className={styles.word}>{words}</span>
    </li>
  );
}

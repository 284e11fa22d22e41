import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import type { AnyRecord } from "../../api/shapes";
import { TemperatureShape } from "../../ui/Temperature";
import styles from "./HcoPage.module.css";

/** How many people feel how: what the institution's temperature is made of, as far as the reader sees it. */
export function Spread({ people, beyond }: { people: AnyRecord[]; beyond: number }) {
  const { t } = useTranslation();
  const model = useModel();
  const counts = model
    .choices("hcp", "temperature")
    .map((choice) => ({ choice, count: people.filter((person) => person["temperature"] === choice.code).length }))
    .filter(({ count }) => count > 0);
  return (
    <>
      <ul className={styles.counts}>
        {counts.map(({ choice, count }) => (
          <li key={choice.code}>
            <TemperatureShape code={choice.code} size={15} />
            {model.label(choice)} <b>{count}</b>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        {t("hco.seen_people", { count: people.length })}
        {beyond > 0 && ` ${t("hco.beyond", { count: beyond })}`}
      </p>
    </>
  );
}

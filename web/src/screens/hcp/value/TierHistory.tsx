import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../../api/queries";
import type { AnyRecord } from "../../../api/shapes";
import { formatDay } from "../../../lib/dates";
import { Section } from "../../../ui/parts";
import styles from "./Value.module.css";

/** How the potential has changed, newest first; nothing where it never has. */
export function TierHistory({ readings }: { readings: AnyRecord[] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const model = useModel();
  if (readings.length === 0) return null;
  const tier = (code: unknown) => (typeof code === "string" ? model.choiceLabel("tier_reading", "value", code) : t("value.no_tier"));
  return (
    <Section title={t("value.history")} icon="history" count={readings.length}>
      <ol className={styles.history}>
        {readings.map((reading) => (
          <li key={reading.id}>
            <span className={styles.soft}>{formatDay(String(reading["at"]), i18n.language, me.zone)}</span>
            <b>
              {reading["previous"] === reading["value"]
                ? tier(reading["value"])
                : t("value.from_to", { from: tier(reading["previous"]), to: tier(reading["value"]) })}
            </b>
            <span>{t("value.points_from_to", { from: reading["points_before"] ?? 0, to: reading["points"] ?? 0 })}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

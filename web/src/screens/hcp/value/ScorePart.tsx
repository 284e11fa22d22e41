import { useTranslation } from "react-i18next";
import type { RecordScore } from "../../../api/curve";
import { useMe } from "../../../api/queries";
import { relativeDay } from "../../../lib/dates";
import { Badge } from "../../../ui/marks";
import { Meter } from "../../../ui/Meter";
import { Section } from "../../../ui/parts";
import styles from "./Value.module.css";

/** A score with what each fact adds to it; a score that only says yes or no shows its facts alone. */
export function ScorePart({ score }: { score: RecordScore }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const facts = score.parts.filter(({ holds }) => holds);
  const others = score.parts.filter(({ holds }) => !holds);
  const counts = score.maximum - score.minimum > 1;
  return (
    <Section title={score.label} icon={counts ? "star" : "clock"}>
      <div className={styles.box}>
        <p className={styles.head}>
          <Badge tone={!counts && facts.length > 0 ? "warn" : "accent"}>{score.level_label}</Badge>
          {counts && <strong className={styles.points}>{t("value.points_of", { points: score.points ?? 0, maximum: score.maximum })}</strong>}
          {score.since && <span className={styles.soft}>{t("value.since", { when: relativeDay(score.since, i18n.language, me.zone) })}</span>}
        </p>
        {facts.length > 0 && (
          <ul className={styles.parts} aria-label={t("value.parts")}>
            {facts.map((fact) => (
              <li key={fact.part}>
                <span>{fact.text ?? fact.label}</span>
                {counts && <b className={styles.plus}>{t("value.plus", { points: fact.points })}</b>}
                {counts && <Meter value={fact.points} max={score.maximum} aria-hidden="true" />}
              </li>
            ))}
          </ul>
        )}
        {counts && facts.length === 0 && <p className={styles.soft}>{t("value.nothing_known")}</p>}
        {score.bounded !== 0 && <p className={styles.soft}>{t("value.bounded", { points: score.bounded })}</p>}
        <details className={styles.soft}>
          <summary className={styles.summary}>{t("value.rule")}</summary>
          <p>{score.help}</p>
          {counts && others.length > 0 && (
            <ul className={styles.others} aria-label={t("value.others")}>
              {others.map((other) => (
                <li key={other.part}>
                  {other.label} <span>{t("value.plus", { points: other.points })}</span>
                </li>
              ))}
            </ul>
          )}
        </details>
      </div>
    </Section>
  );
}

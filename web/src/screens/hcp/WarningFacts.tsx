import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { recordScoresQuery } from "../../api/curve";
import { useMe } from "../../api/queries";
import { relativeDay } from "../../lib/dates";
import { Icon } from "../../ui/icons";
import styles from "./WarningFacts.module.css";

/** The early warning about a relationship: never more than the facts that it rests on. */
export function WarningFacts({ hcp }: { hcp: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const scores = useQuery(recordScoresQuery(hcp));
  const warning = scores.data?.find(({ score, level }) => score === "warning" && level !== null);
  if (warning === undefined) return null;
  const facts = warning.parts.filter(({ holds }) => holds);
  return (
    <aside className={styles.warning} data-level={warning.level} aria-label={warning.label}>
      <p className={styles.head}>
        <Icon name="info" size={17} />
        <strong>{warning.label}</strong>
        <span>{warning.level_label}</span>
        {warning.since && <span className={styles.meta}>{t("warning.since", { when: relativeDay(warning.since, i18n.language, me.zone) })}</span>}
      </p>
      <ul className={styles.facts} aria-label={t("warning.facts")}>
        {facts.map((fact) => (
          <li key={fact.part}>
            {fact.text} <span className={styles.meta}>{t("warning.points", { points: fact.points })}</span>
          </li>
        ))}
      </ul>
      <details className={styles.meta}>
        <summary className={styles.summary}>{t("warning.points_of", { points: warning.points ?? 0, maximum: warning.maximum })}</summary>
        <p>{warning.help}</p>
        <Link to="/warning" className={styles.link}>
          {t("warning.rule")}
        </Link>
      </details>
    </aside>
  );
}

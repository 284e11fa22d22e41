import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../api/queries";
import type { Hcp } from "../../../api/shapes";
import type { RecordRanking } from "../../../api/value";
import { relativeDay } from "../../../lib/dates";
import { Badge, type Tone } from "../../../ui/marks";
import { Meter } from "../../../ui/Meter";
import { Section } from "../../../ui/parts";
import { PlanTask } from "./PlanTask";
import styles from "./Value.module.css";

const tones: Record<string, Tone> = { high: "good", low: "warn" };

/** Where the doctor stands among those of the territory: each measure with its band and what was measured. */
export function RankingPart({ ranking, hcp }: { ranking: RecordRanking; hcp: Hcp }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const best = ranking.best === "highest" ? ranking.bands : 1;
  const plan = ranking.ranking === "rfm" && (ranking.level === "high" || ranking.level === "low") ? ranking.level : null;
  return (
    <Section title={ranking.label} icon="sort" hint={t("value.best_is", { best })}>
      <div className={styles.box}>
        {ranking.level_label === null ? (
          <p className={styles.soft}>{t("value.not_ranked")}</p>
        ) : (
          <p className={styles.head}>
            <Badge tone={tones[ranking.level ?? ""] ?? "plain"}>{ranking.level_label}</Badge>
            <strong className={styles.points}>
              {t("value.points_of", { points: ranking.sum ?? 0, maximum: ranking.bands * ranking.measures.length })}
            </strong>
            {ranking.since && <span className={styles.soft}>{t("value.since", { when: relativeDay(ranking.since, i18n.language, me.zone) })}</span>}
          </p>
        )}
        <ul className={styles.parts}>
          {ranking.measures.map(({ measure, label, unit, value, band }) => (
            <li key={measure}>
              <span>
                <b>{label}</b>{" "}
                <span className={styles.soft}>{value === null ? t("value.nothing") : t("value.measured", { value: Math.round(value), unit })}</span>
              </span>
              <b className={styles.plus}>{band === null ? "–" : t("value.band", { band, bands: ranking.bands })}</b>
              <Meter value={band ?? 0} max={ranking.bands} aria-hidden="true" />
            </li>
          ))}
        </ul>
        {plan !== null && <PlanTask plan={plan} hcp={hcp} />}
        <p>
          <Link to="/ranking/$name" params={{ name: ranking.ranking }} className={styles.see}>
            {t("value.grid_see")}
          </Link>
        </p>
        <details className={styles.soft}>
          <summary className={styles.summary}>{t("value.rule")}</summary>
          <p>{ranking.help}</p>
        </details>
      </div>
    </Section>
  );
}

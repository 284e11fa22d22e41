import { useTranslation } from "react-i18next";
import type { VisitQuality } from "../../api/visitCheck";
import { Icon } from "../../ui/icons";
import styles from "./Quality.module.css";

interface QualityProps {
  quality: Pick<VisitQuality, "points" | "level" | "level_label" | "label" | "maximum" | "parts" | "help">;
}

/** What the record is worth to somebody else, and what would make it worth more: shown while one writes. */
export function Quality({ quality }: QualityProps) {
  const { t } = useTranslation();
  if (quality.points === null) return null;
  const held = quality.parts.filter((part) => part.holds);
  const gaps = quality.parts.filter((part) => !part.holds && part.text);
  const what = `${quality.points} / ${quality.maximum}`;
  return (
    <section className={styles.box} data-level={quality.level ?? undefined} aria-label={quality.label}>
      <div className={styles.head}>
        <b>{quality.label}</b>
        <span className={styles.level}>{quality.level_label}</span>
        <span className={styles.points}>{what}</span>
      </div>
      {held.length > 0 && (
        <ul className={styles.held}>
          {held.map((part) => (
            <li key={part.part}>
              <Icon name="check" size={16} />
              {part.label}
            </li>
          ))}
        </ul>
      )}
      {gaps.length > 0 && (
        <>
          <p className={styles.next}>{t("visit.quality_next")}</p>
          <ul className={styles.gaps}>
            {gaps.map((gap) => (
              <li key={gap.part}>
                <Icon name="plus" size={16} />
                <span>
                  <b>{gap.label}</b> {gap.text}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

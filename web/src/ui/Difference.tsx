import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Difference.module.css";
import { Icon } from "./icons";

export interface ChangedLine {
  key: string;
  label: ReactNode;
  /** null where there was nothing. */
  before: ReactNode;
  /** null where nothing is left. */
  after: ReactNode;
}

/** What changed, a line a field: what stood there, and what stands there after. */
export function Difference({ lines }: { lines: ChangedLine[] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.list}>
      {lines.map((line) => (
        <div key={line.key} className={styles.line}>
          <dt>{line.label}</dt>
          <dd className={styles.values}>
            {line.before !== null && <del aria-label={t("ui.before")}>{line.before}</del>}
            {line.before !== null && (
              <span className={styles.arrow}>
                <Icon name="right" size={12} />
              </span>
            )}
            <ins aria-label={t("ui.after")}>{line.after ?? t("app.none")}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

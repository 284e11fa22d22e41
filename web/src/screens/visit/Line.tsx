import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons";
import styles from "./VisitPage.module.css";

/** One of several things of a kind, with a way to take it out again. */
export function Line({ name, remove, children }: { name: string; remove: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.line} role="group" aria-label={name}>
      <button type="button" className={styles.remove} onClick={remove} aria-label={t("visit.remove_of", { what: name })}>
        <Icon name="close" size={18} />
      </button>
      {children}
    </div>
  );
}

/** The lines of one list; nothing at all while there are none. */
export function Lines({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section className={styles.lines} aria-label={title}>
      {children}
    </section>
  );
}

/** The few parts that every screen is made of. */
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, Unreachable } from "../api/problem";
import { Button } from "./Button";
import { Icon, type IconName } from "./icons";
import styles from "./parts.module.css";

interface SectionProps {
  title: ReactNode;
  icon?: IconName;
  count?: number | undefined;
  hint?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A titled group of cards. */
export function Section({ title, icon, count, hint, action, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.sectionHead}>
        <h2 id={id} className={styles.sectionTitle}>
          {icon && <Icon name={icon} size={18} />}
          <span>
            {title}
            {count !== undefined && count > 0 && <span className={styles.count}>{count}</span>}
          </span>
        </h2>
        {action}
      </header>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}

interface EmptyStateProps {
  title?: string;
  icon?: IconName;
  /** The step that fills it: a button or a link. */
  action?: ReactNode;
  children: ReactNode;
}

/** Says what belongs here and how it gets here. */
export function EmptyState({ title, icon, action, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon && <Icon name={icon} size={22} />}
      <div>
        {title && <p className={styles.emptyTitle}>{title}</p>}
        <p>{children}</p>
        {action && <div className={styles.emptyAction}>{action}</div>}
      </div>
    </div>
  );
}

/** The sentence for an error: the server's own where it gave one, in the reader's language. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof Unreachable) return t("error.unreachable");
    if (error instanceof ApiProblem && error.status === 412) return t("error.conflict");
    if (error instanceof ApiProblem && error.status < 500) return error.detail ?? error.message;
    return t("error.unexpected");
  };
}

interface ErrorNoticeProps {
  error: unknown;
  retry?: () => void;
  /** The screen's own title says already that something failed. */
  untitled?: boolean;
}

export function ErrorNotice({ error, retry, untitled = false }: ErrorNoticeProps) {
  const { t } = useTranslation();
  const textOf = useErrorText();
  const reference = error instanceof ApiProblem ? error.requestId : undefined;
  return (
    <div className={styles.error} role="alert">
      {!untitled && <p className={styles.emptyTitle}>{t("error.title")}</p>}
      <p>{textOf(error)}</p>
      {reference && <p className={styles.reference}>{t("error.reference", { id: reference })}</p>}
      {retry && (
        <Button variant="default" size="md" onClick={retry} className={styles.retry}>
          {t("app.retry")}
        </Button>
      )}
    </div>
  );
}

/** Grey lines that stand as high as the cards that will take their place. */
export function CardSkeletons({ count = 3, height = 92 }: { count?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.cards} role="status" aria-label={t("app.loading")}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.skeleton} data-animate data-radius="large" style={{ height }} />
      ))}
    </div>
  );
}

/** Grey rows that stand as high as those of the table that will take their place. */
export function RowSkeletons({ count = 8 }: { count?: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.rows} role="status" aria-label={t("app.loading")}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.skeleton} data-animate style={{ height: 36 }} />
      ))}
    </div>
  );
}

export function Cards({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={styles.cards} aria-label={label}>
      {children}
    </ul>
  );
}

/** A small fact with its own tone: `late` is the only one that shouts. */
export function Fact({ icon, tone, children }: { icon?: IconName; tone?: "late" | "soon" | "good"; children: ReactNode }) {
  return (
    <span className={styles.fact} data-tone={tone}>
      {icon && <Icon name={icon} size={15} />}
      {children}
    </span>
  );
}

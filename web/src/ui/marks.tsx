/** Small things that say something about a record: a state, a tag, a figure, a key, how far work has come. */
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { keyName } from "../lib/keys";
import { Button } from "./Button";
import { Icon, type IconName } from "./icons";
import styles from "./marks.module.css";
import { Meter } from "./Meter";

export type Tone = "plain" | "good" | "warn" | "danger" | "info" | "accent";

/** A state in one or two words; an icon or the word itself says what the colour says. */
export function Badge({ tone = "plain", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

interface ChipProps {
  children: ReactNode;
  /** Takes the chip away; `removeLabel` names it for those who do not see it. */
  remove?: () => void;
  removeLabel?: string;
}

/** One of several values: a tag, a filter, a chosen record. */
export function Chip({ children, remove, removeLabel }: ChipProps) {
  return (
    <span className={styles.chip} data-removable={remove ? true : undefined}>
      {children}
      {remove && (
        <button type="button" className={styles.remove} onClick={remove} aria-label={removeLabel}>
          <Icon name="close" size={14} />
        </button>
      )}
    </span>
  );
}

export function Chips({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {children}
    </div>
  );
}

/** A figure with its name; several stand in `Stats`. */
export function Stat({ label, value, hint }: { label: string; value: ReactNode; hint?: ReactNode }) {
  return (
    <div className={styles.stat}>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {hint && <dd className={styles.statHint}>{hint}</dd>}
    </div>
  );
}

export function Stats({ children }: { children: ReactNode }) {
  return <dl className={styles.stats}>{children}</dl>;
}

/** The keys to press, in the manner of the person's machine; `quiet` ones are not shown where nobody has keys. */
export function KeyHint({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  return (
    <span className={styles.keys} data-quiet={quiet || undefined}>
      {keys.split(/[+ ]/).map((key, index) => (
        <kbd key={index}>{keyName(key)}</kbd>
      ))}
    </span>
  );
}

interface ProgressProps {
  label: string;
  /** Of `max`; null while nobody knows how far it is. */
  value: number | null;
  max?: number;
  cancel?: (() => void) | undefined;
}

/** How far something is that takes more than a second, with a way to stop it where there is one. */
export function Progress({ label, value, max = 1, cancel }: ProgressProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const share = value === null || max === 0 ? null : Math.min(1, value / max);
  return (
    <div className={styles.progress}>
      <div className={styles.progressHead}>
        <label htmlFor={id}>{label}</label>
        {share !== null && (
          <span className={styles.percent}>
            {new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 }).format(share)}
          </span>
        )}
        {cancel && (
          <Button variant="default" size="sm" onClick={cancel}>
            {t("app.cancel")}
          </Button>
        )}
      </div>
      <Meter id={id} value={share} max={1} />
    </div>
  );
}

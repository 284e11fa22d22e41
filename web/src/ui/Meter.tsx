import type { ProgressHTMLAttributes } from "react";
import styles from "./Meter.module.css";

interface MeterProps extends Pick<ProgressHTMLAttributes<HTMLProgressElement>, "id" | "aria-label" | "aria-hidden"> {
  /** How much of `max`; null while that is not known. */
  value: number | null;
  max: number;
  /** "good" where all of it means that a work is done. */
  tone?: "accent" | "good";
}

/** How much of something: a bar, beside the words that say it. */
export function Meter({ value, max, tone = "accent", ...rest }: MeterProps) {
  const known = value === null ? {} : { value: Math.min(value, max), max: Math.max(max, 1) };
  return <progress className={styles.meter} data-tone={tone} {...known} {...rest} />;
}

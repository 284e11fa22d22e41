import type { Finding } from "../api/lint";
import styles from "./Lint.module.css";

/** The words of a finding within what stood around them when they were saved. */
export function Passage({ finding }: { finding: Finding }) {
  const text = finding.passage ?? "";
  const start = finding.passage_start ?? 0;
  const end = start + (finding.quote ?? "").length;
  return (
    <blockquote className={styles.passage}>
      {text.slice(0, start)}
      <mark data-severity={finding.severity}>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </blockquote>
  );
}

import { Icon } from "./icons";
import styles from "./Lacks.module.css";

/** What a promise still lacks, in sentences: shown while it is typed, so that nothing is refused later. */
export function Lacks({ lacks }: { lacks: Map<string, string> }) {
  if (lacks.size === 0) return null;
  return (
    <ul className={styles.lacks} aria-live="polite">
      {[...lacks].map(([pointer, message]) => (
        <li key={pointer} data-soft={pointer === "/confirm_at" || undefined}>
          <Icon name={pointer === "/confirm_at" ? "clock" : "warning"} size={16} />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}

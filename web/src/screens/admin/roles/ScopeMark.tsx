import styles from "./ScopeMark.module.css";
import type { Scope } from "./role";

/** How far a right reaches, as a shape: nothing, one, some, all. The word always stands beside it. */
export function ScopeMark({ scope }: { scope: Scope }) {
  return (
    <svg className={styles.mark} data-scope={scope} viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
      {scope === "none" && <path d="M4 8h8" fill="none" stroke="currentColor" strokeWidth={2} strokeLinecap="round" />}
      {scope === "own" && <circle cx={8} cy={8} r={3} fill="currentColor" />}
      {scope === "team" && (
        <g fill="currentColor">
          <circle cx={8} cy={4.5} r={2.6} />
          <circle cx={4} cy={11} r={2.6} />
          <circle cx={12} cy={11} r={2.6} />
        </g>
      )}
      {scope === "all" && <circle cx={8} cy={8} r={7} fill="currentColor" />}
    </svg>
  );
}

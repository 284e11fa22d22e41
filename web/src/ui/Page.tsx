import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "./icons";
import styles from "./Page.module.css";

interface PageProps {
  title: ReactNode;
  /** A `BackLink` to where the person most likely came from. */
  back?: ReactNode;
  /** One sentence on what this screen is for. */
  hint?: ReactNode;
  /** What can be done here; the most likely one first. */
  actions?: ReactNode;
  /** `text` keeps lines as short as reading wants them. */
  width?: "text" | "wide";
  children: ReactNode;
}

/** A screen: its title (which takes the focus on arrival), the way back, what can be done, and its parts. */
export function Page({ title, back, hint, actions, width = "wide", children }: PageProps) {
  return (
    <article className={styles.page} data-width={width}>
      <header className={styles.head}>
        <div className={styles.titles}>
          {back}
          <h1>{title}</h1>
          {hint && <p className={styles.hint}>{hint}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </article>
  );
}

/** The way back from a screen, by its name. */
export function BackLink({ children, ...link }: LinkProps & { children: ReactNode }) {
  return (
    <Link {...link} className={styles.back}>
      <Icon name="back" size={16} />
      {children}
    </Link>
  );
}

/** A row of tools that belong together; it wraps where it does not fit. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className={styles.toolbar}>
      {children}
    </div>
  );
}

import { useId, type ReactNode } from "react";
import styles from "./Settings.module.css";

interface SettingProps {
  title: string;
  /** What it is good for, or whom it concerns. */
  help?: ReactNode;
  children: ReactNode;
}

/** One thing to settle, under its name. */
export function Setting({ title, help, children }: SettingProps) {
  const id = useId();
  return (
    <section className={styles.setting} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {help && <p className={styles.help}>{help}</p>}
      {children}
    </section>
  );
}

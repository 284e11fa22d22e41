import type { ReactNode } from "react";
import { Section } from "../../../ui/parts";
import styles from "./PartsPage.module.css";

/** One part with its name in the source. */
export function Sample({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Section title={<code className={styles.name}>{name}</code>}>
      <div className={styles.sample}>{children}</div>
    </Section>
  );
}

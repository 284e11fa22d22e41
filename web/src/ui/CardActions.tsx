import { createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";
import styles from "./CardActions.module.css";
import { Icon, type IconName } from "./icons";

/** What can be done with a card by one tap: a row under the thumb, at its foot. */
export function CardActions({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

interface ActionProps {
  icon: IconName;
  label: string;
  /** What it acts on, for those who hear the card's buttons one by one. */
  about: string;
}

export function CardAction({ icon, label, about, onClick }: ActionProps & { onClick: () => void }) {
  return (
    <button type="button" className={styles.action} onClick={onClick} aria-label={`${label}: ${about}`}>
      <Icon name={icon} size={18} />
      <span>{label}</span>
    </button>
  );
}

type AnchorProps = ActionProps & { primary?: boolean } & ComponentProps<"a">;

function Anchor({ icon, label, about, primary, ...anchor }: AnchorProps) {
  return (
    <a {...anchor} className={styles.action} data-primary={primary || undefined} aria-label={`${label}: ${about}`}>
      <Icon name={icon} size={18} />
      <span>{label}</span>
    </a>
  );
}

export const CardActionLink = createLink(Anchor);

import { useId, type ReactNode } from "react";
import styles from "./Popover.module.css";
import { usePanel } from "./usePanel";

/** What the button that opens a panel needs: spread them on it. */
export interface Trigger {
  id: string;
  popoverTarget: string;
  "aria-expanded": boolean;
  "aria-haspopup": "dialog" | "menu";
}

interface PopoverProps {
  /** What the panel holds, for those who do not see it. */
  label: string;
  trigger: (props: Trigger) => ReactNode;
  align?: "start" | "end";
  form?: "panel" | "wide";
  children: ReactNode | ((close: () => void) => ReactNode);
}

/** A panel beside the button that opens it; on a phone at the bottom, under the thumb. */
export function Popover({ label, trigger, align = "start", form = "panel", children }: PopoverProps) {
  const id = useId();
  const { panel, open, onToggle, close } = usePanel(`${id}-button`, align);
  return (
    <>
      {trigger({ id: `${id}-button`, popoverTarget: id, "aria-expanded": open, "aria-haspopup": "dialog" })}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles.panel}
        data-form={form}
        onToggle={onToggle}
      >
        {open && (typeof children === "function" ? children(close) : children)}
      </div>
    </>
  );
}

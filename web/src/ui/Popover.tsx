import type { ReactNode } from "react";
import { usePanel, type Trigger } from "./usePanel";

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
  const panel = usePanel({ role: "dialog", label, align });
  return (
    <>
      {trigger(panel.trigger)}
      <div {...panel.face} data-form={form}>
        {panel.open && (typeof children === "function" ? children(panel.close) : children)}
      </div>
    </>
  );
}

import { cloneElement, useId, useRef, type KeyboardEvent, type ReactElement } from "react";
import styles from "./Popover.module.css";
import { placeOf } from "./usePanel";

interface TooltipProps {
  text: string;
  /** A button or a link: whatever takes the focus. */
  children: ReactElement<Record<string, unknown>>;
}

/** A few words on what something does, on hovering and on focus; Escape hides them. Nothing stands only here. */
export function Tooltip({ text, children }: TooltipProps) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const show = (event: { currentTarget: Element }) => {
    const shown = tip.current;
    if (shown === null || shown.matches(":popover-open")) return;
    shown.showPopover();
    const { top, left } = placeOf(
      event.currentTarget.getBoundingClientRect(),
      { width: shown.offsetWidth, height: shown.offsetHeight },
      { width: innerWidth, height: innerHeight },
      "start",
    );
    shown.style.setProperty("--panel-top", `${top}px`);
    shown.style.setProperty("--panel-left", `${left}px`);
  };
  const hide = () => {
    if (tip.current?.matches(":popover-open")) tip.current.hidePopover();
  };
  const events = {
    "aria-describedby": id,
    onPointerEnter: (event: { pointerType: string; currentTarget: Element }) => event.pointerType !== "touch" && show(event),
    onPointerLeave: hide,
    onPointerDown: hide,
    onFocus: (event: { currentTarget: Element }) => event.currentTarget.matches(":focus-visible") && show(event),
    onBlur: hide,
    onKeyDown: (event: KeyboardEvent) => event.key === "Escape" && hide(),
  };
  return (
    <>
      {cloneElement(children, events)}
      <span ref={tip} id={id} role="tooltip" popover="manual" className={styles.tip}>
        {text}
      </span>
    </>
  );
}

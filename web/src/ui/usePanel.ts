import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type RefObject } from "react";
import styles from "./Popover.module.css";

const gap = 6;
const margin = 8;

/** Where a panel of this size stands beside what opened it: below, above where there is no room, inside the window. */
export function placeOf(
  anchor: { top: number; bottom: number; left: number; right: number },
  panel: { width: number; height: number },
  window: { width: number; height: number },
  align: "start" | "end",
): { top: number; left: number } {
  const wanted = align === "start" ? anchor.left : anchor.right - panel.width;
  const left = Math.max(margin, Math.min(wanted, window.width - panel.width - margin));
  const below = anchor.bottom + gap;
  if (below + panel.height + margin <= window.height) return { top: below, left };
  const above = anchor.top - gap - panel.height;
  return { top: above >= margin ? above : Math.max(margin, window.height - panel.height - margin), left };
}

/** What the button that opens a panel needs: spread them on it. */
export interface Trigger {
  id: string;
  popoverTarget: string;
  "aria-expanded": boolean;
  "aria-haspopup": "dialog" | "menu";
}

interface PanelOptions {
  role: "dialog" | "menu";
  /** What the panel holds, for those who do not see it. */
  label: string;
  align: "start" | "end";
}

export interface Panel {
  trigger: Trigger;
  /** For the panel's element: it opens and closes by the browser's own popover. */
  face: {
    ref: RefObject<HTMLDivElement | null>;
    id: string;
    popover: "auto";
    role: PanelOptions["role"];
    "aria-label": string;
    className: string | undefined;
    onToggle: (event: { newState: string }) => void;
  };
  open: boolean;
  close: () => void;
}

/**
 * A panel in the browser's top layer, which a press elsewhere or Escape closes and which gives the focus
 * back. The element with the trigger's properties opens it and is where it stands.
 */
export function usePanel({ role, label, align }: PanelOptions): Panel {
  const id = useId();
  const anchor = `${id}-button`;
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const place = useCallback(() => {
    const shown = panel.current;
    const from = document.getElementById(anchor);
    if (shown === null || from === null) return;
    const size = { width: shown.offsetWidth, height: shown.offsetHeight };
    const { top, left } = placeOf(from.getBoundingClientRect(), size, { width: innerWidth, height: innerHeight }, align);
    shown.style.setProperty("--panel-top", `${top}px`);
    shown.style.setProperty("--panel-left", `${left}px`);
  }, [anchor, align]);
  useLayoutEffect(() => {
    if (open) place();
  });
  useEffect(() => {
    if (!open) return;
    addEventListener("scroll", place, { capture: true, passive: true });
    addEventListener("resize", place);
    // What it holds may still be on its way.
    const watch = new ResizeObserver(place);
    if (panel.current !== null) watch.observe(panel.current);
    return () => {
      watch.disconnect();
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    };
  }, [open, place]);
  const onToggle = useCallback((event: { newState: string }) => setOpen(event.newState === "open"), []);
  const close = useCallback(() => panel.current?.hidePopover(), []);
  return {
    trigger: { id: anchor, popoverTarget: id, "aria-expanded": open, "aria-haspopup": role },
    face: { ref: panel, id, popover: "auto", role, "aria-label": label, className: styles.panel, onToggle },
    open,
    close,
  };
}

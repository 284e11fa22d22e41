import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

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

export interface Panel {
  panel: RefObject<HTMLDivElement | null>;
  open: boolean;
  /** For the panel's `onToggle`: it opens and closes by the browser's own popover. */
  onToggle: (event: { newState: string }) => void;
  close: () => void;
}

/**
 * A panel in the browser's top layer, which a press elsewhere or Escape closes and which gives the focus
 * back. The element with `anchor` as its id opens it (`popoverTarget`) and is where it stands.
 */
export function usePanel(anchor: string, align: "start" | "end"): Panel {
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
  return { panel, open, onToggle, close };
}

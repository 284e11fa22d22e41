/** Whether a part that may scroll holds more than it shows: then it must be reached by the keyboard, and may say so. */
import { useEffect, useState, type RefObject } from "react";

export interface Hidden {
  /** Before or after what is shown of a part that scrolls sideways. */
  before: boolean;
  after: boolean;
  /** In either direction. */
  any: boolean;
}

const none: Hidden = { before: false, after: false, any: false };

export function useHidden(part: RefObject<HTMLElement | null>): Hidden {
  const [hidden, setHidden] = useState(none);
  useEffect(() => {
    const element = part.current;
    if (element === null) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const next = {
        before: scrollLeft > 1,
        after: scrollLeft + clientWidth < scrollWidth - 1,
        any: scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1,
      };
      setHidden((last) => (last.before === next.before && last.after === next.after && last.any === next.any ? last : next));
    };
    const resized = new ResizeObserver(look);
    resized.observe(element);
    // What is inside may grow while the part itself keeps its size.
    if (element.firstElementChild !== null) resized.observe(element.firstElementChild);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [part]);
  return hidden;
}

/** What makes a part that holds more than it shows reachable by the keyboard, under its name. */
export const reachable = ({ any }: Hidden, label: string) => (any ? ({ tabIndex: 0, role: "region", "aria-label": label } as const) : {});

import { useLayoutEffect, useRef, useState, type RefObject } from "react";

/** The width that an element has, and a render whenever it changes. */
export function useWidth<E extends HTMLElement>(first: number): [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const present = element.current;
    if (present === null) return;
    const measure = () => setWidth(Math.max(1, Math.floor(present.clientWidth)));
    const observer = new ResizeObserver(measure);
    observer.observe(present);
    measure();
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

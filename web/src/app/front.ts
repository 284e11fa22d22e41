/** What stands in front of the screen by a key or a button of the shell: one thing at a time. */
import { useSyncExternalStore } from "react";

export type Front = "palette" | "shortcuts";

let front: Front | null = null;
const watchers = new Set<() => void>();

export function show(next: Front | null): void {
  front = next;
  watchers.forEach((watcher) => watcher());
}

const close = () => show(null);

export function useFront(): { front: Front | null; close: () => void } {
  const now = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => front,
  );
  return { front: now, close };
}

/** Whether the tour is shown while this page is open: to newcomers, because somebody asked for it, or not now. */
import { useSyncExternalStore } from "react";

export type Showing = "to_newcomers" | "asked_for" | "not_now";

let showing: Showing = "to_newcomers";
const watchers = new Set<() => void>();

export function showTour(next: Showing): void {
  showing = next;
  for (const watcher of watchers) watcher();
}

export function useTourShowing(): Showing {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => showing,
  );
}

/** What the page keeps for a person once they have seen the tour, or ended it. */
export const seenTour = { name: "tour", value: "seen" } as const;

export const isNewcomer = (preferences: Record<string, unknown> | undefined): boolean =>
  preferences !== undefined && preferences[seenTour.name] === undefined;

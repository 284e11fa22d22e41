/** What can be done from the palette: each screen adds its own as long as it stands. */
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { IconName } from "../ui/icons";

export interface Action {
  /** Its own among all actions, such as `hcp.record_visit`. */
  id: string;
  label: string;
  icon?: IconName;
  /** Other words by which people may look for it, in any language. */
  keywords?: string;
  /** The shortcut that does the same. */
  keys?: string;
  run: () => void;
}

let registered: readonly (readonly Action[])[] = [];
const watchers = new Set<() => void>();

function change(next: readonly (readonly Action[])[]): void {
  registered = next;
  watchers.forEach((watcher) => watcher());
}

/** Offers `actions` in the palette until the returned function is called. What was added last stands first. */
export function addActions(actions: readonly Action[]): () => void {
  change([actions, ...registered]);
  return () => change(registered.filter((one) => one !== actions));
}

/** Offers a screen's actions in the palette as long as it stands. */
export function useActions(actions: readonly Action[]): void {
  const newest = useRef(actions);
  newest.current = actions;
  const which = actions.map(({ id, label, keys }) => `${id}\n${label}\n${keys ?? ""}`).join("\n\n");
  useEffect(() => {
    const stable = newest.current.map((action) => ({
      ...action,
      run: () => newest.current.find((one) => one.id === action.id)?.run(),
    }));
    return addActions(stable);
    // Only other actions or other words are worth registering anew.
  }, [which]);
}

export function useScreenActions(): Action[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => registered,
  ).flat();
}

/** Texts as they are compared: width, case and accents make no difference. */
export const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase();

/** Whether every word that was typed occurs in the action's label or keywords. */
export function matches(action: Pick<Action, "label" | "keywords">, typed: string): boolean {
  const text = folded(`${action.label} ${action.keywords ?? ""}`);
  return folded(typed).split(/\s+/u).filter(Boolean).every((word) => text.includes(word));
}

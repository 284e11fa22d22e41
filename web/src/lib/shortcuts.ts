/**
 * Keys that act without a command key. They keep out of the way of whoever types: nothing happens in an
 * input, while an input method composes, with another modifier, or in front of an open dialog; and the
 * person can switch them all off (WCAG 2.1.4).
 */
import { useEffect, useRef, useSyncExternalStore } from "react";
import { recall, remember } from "./device";

export interface Shortcut {
  /** One key, or two after each other: `j`, `?`, `g t`. */
  keys: string;
  /** What it does, for the sheet that lists what works here. */
  label: string;
  group: "screen" | "go" | "everywhere";
  run: () => void;
}

type Registered = readonly Shortcut[];

const storageKey = "ondo.shortcuts";
/** How long the first of two keys waits for the second, in milliseconds. */
const patience = 1500;

let registered: readonly Registered[] = [];
let off = recall(storageKey) === "off";
let begun: { key: string; at: number } | null = null;
const watchers = new Set<() => void>();

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
const tell = () => watchers.forEach((watcher) => watcher());

/** Adds shortcuts until the returned function is called. What was added last goes before. */
export function addShortcuts(shortcuts: Registered): () => void {
  registered = [shortcuts, ...registered];
  tell();
  return () => {
    registered = registered.filter((one) => one !== shortcuts);
    tell();
  };
}

export function setShortcuts(on: boolean): void {
  off = !on;
  remember(storageKey, on ? "on" : "off");
  tell();
}

export const areShortcutsOn = (): boolean => !off;

const editable = "input, textarea, select, [contenteditable=true], [role=textbox], [role=combobox], [role=searchbox]";
/** Inputs that take no letters: a shortcut does not disturb them. */
const keyless = "input[type=checkbox], input[type=radio], input[type=button], input[type=submit], input[type=range]";

/** Whether the person is writing, or answers something that stands in front of the screen. */
export function isOccupied(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]") !== null) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest("[role=menu], [role=listbox]") !== null) return true;
  const input = target.closest(editable);
  return input !== null && !input.matches(keyless);
}

/** Whether an input method is still deciding what the keys mean. */
export const isComposing = (event: { isComposing: boolean; keyCode: number }): boolean =>
  // 229 is what browsers report for the key that ends a composition, after `isComposing` has become false.
  event.isComposing || event.keyCode === 229;

/** The shortcut that this key completes, or "begun" when it is the first of two. */
export function shortcutFor(key: string, first: string | null, all: readonly Shortcut[]): Shortcut | "begun" | null {
  const wanted = first === null ? key : `${first} ${key}`;
  const found = all.find((shortcut) => shortcut.keys === wanted);
  if (found !== undefined) return found;
  if (first !== null) return shortcutFor(key, null, all);
  return all.some((shortcut) => shortcut.keys.startsWith(`${key} `)) ? "begun" : null;
}

export function onKeyDown(event: KeyboardEvent): void {
  if (off || event.defaultPrevented || isComposing(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isOccupied(event.target)) return;
  const first = begun !== null && event.timeStamp - begun.at < patience ? begun.key : null;
  if (event.key === "Shift") return;
  begun = null;
  const found = shortcutFor(event.key, first, registered.flat());
  if (found === null) return;
  event.preventDefault();
  if (found === "begun") begun = { key: event.key, at: event.timeStamp };
  else found.run();
}

/** Listens as long as the shell stands. */
export function useShortcutKeys(): void {
  useEffect(() => {
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Shortcuts of a screen, as long as it stands. Their labels and acts may change with every rendering. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts);
  newest.current = shortcuts;
  const which = shortcuts.map(({ keys, label, group }) => `${keys}\n${label}\n${group}`).join("\n\n");
  useEffect(() => {
    const stable = newest.current.map((shortcut) => ({
      ...shortcut,
      run: () => newest.current.find((one) => one.keys === shortcut.keys)?.run(),
    }));
    return addShortcuts(stable);
    // Only other keys or other words are worth registering anew.
  }, [which]);
}

const snapshot = () => registered;

/** All that works now, what was added last first, each key once. */
export function useActiveShortcuts(): Shortcut[] {
  const all = useSyncExternalStore(watch, snapshot).flat();
  return all.filter((shortcut, index) => all.findIndex((one) => one.keys === shortcut.keys) === index);
}

export function useShortcutsOn(): boolean {
  return useSyncExternalStore(watch, areShortcutsOn);
}

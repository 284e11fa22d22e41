/** Light, dark, or as the device is set: kept on the device, and said at the root element, from which all colours follow. */
import { useSyncExternalStore } from "react";
import { recall, remember } from "../lib/device";

export const colourSchemes = ["auto", "light", "dark"] as const;
export type ColourScheme = (typeof colourSchemes)[number];

const storageKey = "mantine-color-scheme-value";
const attribute = "data-mantine-color-scheme";
const darkDevice = () => matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

const isScheme = (value: string | null): value is ColourScheme => colourSchemes.some((one) => one === value);

let chosen: ColourScheme = "auto";

/** What is seen. */
const shown = (): "light" | "dark" => (chosen === "auto" ? (darkDevice().matches ? "dark" : "light") : chosen);

/** The bar of the browser or of the system around the page takes the page's colour, also when the person chose it. */
function apply(): void {
  const root = document.documentElement;
  root.setAttribute(attribute, shown());
  const paper = getComputedStyle(root).getPropertyValue("--paper").trim();
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.setAttribute("content", paper);
  for (const listener of listeners) listener();
}

function recollect(): void {
  const kept = recall(storageKey);
  chosen = isScheme(kept) ? kept : "auto";
  apply();
}

/** To be called once, before anything shows. */
export function startColours(): void {
  recollect();
  darkDevice().addEventListener("change", apply);
  // Another tab has chosen.
  addEventListener("storage", ({ key }) => key === storageKey && recollect());
}

function choose(scheme: ColourScheme): void {
  chosen = scheme;
  remember(storageKey, scheme);
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was chosen, and the way to choose. */
export function useColours(): { scheme: ColourScheme; choose: (scheme: ColourScheme) => void } {
  return { scheme: useSyncExternalStore(subscribe, () => chosen), choose };
}

/** Which of the two is seen. */
export const useShownColours = (): "light" | "dark" => useSyncExternalStore(subscribe, shown);

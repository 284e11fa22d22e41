/** Light, dark, or as the device is set: kept on the device, and said at the root element, from which all colours follow. */
import { useSyncExternalStore } from "react";
import { remember } from "../lib/device";
import { darkDevice, recallScheme, sayScheme, schemeKey, shownScheme, type ColourScheme } from "./scheme";

export { colourSchemes, type ColourScheme } from "./scheme";

const listeners = new Set<() => void>();

let chosen: ColourScheme = "auto";

const shown = () => shownScheme(chosen);

/** The bar of the browser or of the system around the page takes the page's colour, also when the person chose it. */
function apply(): void {
  sayScheme(chosen);
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.setAttribute("content", paper);
  for (const listener of listeners) listener();
}

function recollect(): void {
  chosen = recallScheme();
  apply();
}

/** To be called once, before anything shows. */
export function startColours(): void {
  recollect();
  darkDevice().addEventListener("change", apply);
  // Another tab has chosen.
  addEventListener("storage", ({ key }) => key === schemeKey && recollect());
}

function choose(scheme: ColourScheme): void {
  chosen = scheme;
  remember(schemeKey, scheme);
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

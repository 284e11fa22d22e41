/** Light or dark, as it is kept on the device: without a framework, so that it can be said before the page has come. */
import { recall } from "../lib/device";

export const colourSchemes = ["auto", "light", "dark"] as const;
export type ColourScheme = (typeof colourSchemes)[number];

export const schemeKey = "mantine-color-scheme-value";
const attribute = "data-mantine-color-scheme";

export const darkDevice = () => matchMedia("(prefers-color-scheme: dark)");

const isScheme = (value: string | null): value is ColourScheme => colourSchemes.some((one) => one === value);

/** What was chosen on this device; what cannot be read counts as not chosen. */
export function recallScheme(): ColourScheme {
  const kept = recall(schemeKey);
  return isScheme(kept) ? kept : "auto";
}

/** What is seen. */
export const shownScheme = (chosen: ColourScheme): "light" | "dark" => (chosen !== "auto" ? chosen : darkDevice().matches ? "dark" : "light");

/** Says it at the root element, from which all colours follow. */
export const sayScheme = (chosen: ColourScheme): void => document.documentElement.setAttribute(attribute, shownScheme(chosen));

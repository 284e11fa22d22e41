import { useComputedColorScheme } from "@mantine/core";
import { useEffect } from "react";

/** The bar of the browser or of the system around the page takes the page's colour, also when the person chose it. */
export function ThemeColour() {
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.setAttribute("content", paper);
  }, [scheme]);
  return null;
}

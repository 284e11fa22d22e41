import { MantineContext, MantineThemeProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { useShownColours } from "./colours";
import "./mantine.css";
import { theme } from "./theme";

const nothing = () => {};

/**
 * What Mantine's inputs ask for. It does not stand around the whole page, because Today has no inputs and comes
 * first; and it writes nothing to the document: colours are `colours.ts`, variables are `mantine.css`.
 */
export function Inputs({ children }: { children: ReactNode }) {
  const colorScheme = useShownColours();
  return (
    <MantineContext value={{ ...settings, colorScheme }}>
      <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>
    </MantineContext>
  );
}

const settings = {
  setColorScheme: nothing,
  clearColorScheme: nothing,
  getRootElement: () => document.documentElement,
  classNamesPrefix: "mantine",
  cssVariablesSelector: ":root",
  withStaticClasses: false,
};

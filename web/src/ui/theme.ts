import { createTheme, type MantineColorsTuple } from "@mantine/core";

// Mantine wants ten shades of a colour; the page itself takes its colours from tokens.css.
const ember: MantineColorsTuple = [
  "#fdf1ea",
  "#fbe0d2",
  "#f4bfa5",
  "#ec9b74",
  "#e27d4e",
  "#d46737",
  "#c25226",
  "#b0411c",
  "#963514",
  "#7c2b10",
];

export const theme = createTheme({
  primaryColor: "ember",
  primaryShade: { light: 7, dark: 6 },
  colors: { ember },
  defaultRadius: "md",
  focusRing: "auto",
  respectReducedMotion: true,
  // mantine.css gives every input, button and switch the height that a finger needs.
  components: { Input: { classNames: { wrapper: "input" } }, Button: { classNames: { root: "button", label: "button-words" } }, Switch: { classNames: { body: "switch-body" } } },
});

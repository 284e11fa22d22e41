// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/ui/tokens.css", "utf8");

/** The hexadecimal colours that one block of the tokens sets. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((found) => [found[1], found[2]]));
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ["paper", "surface", "surface-sunk", "surface-hover"];
const temperatures = ["enthusiastic", "favorable", "neutral", "skeptical", "prefers_competitor", "hard_to_meet"];
const tones = ["danger", "good", "warn", "info", ...temperatures];

/** Every ink with every ground that it stands on. */
const texts: [string, string][] = [
  ...["ink", "ink-soft", "accent-text"].flatMap((ink) => grounds.map((ground): [string, string] => [ink, ground])),
  ...tones.flatMap((tone): [string, string][] => [[tone, `${tone}-tint`], [tone, "surface"], [tone, "paper"]]),
  ...tones.map((tone): [string, string] => ["ink", `${tone}-tint`]),
  ["ink-soft", "accent-tint"],
  ["ink-soft", "danger-tint"],
  ["ink", "accent-tint"],
  ["accent-text", "accent-tint"],
  ["accent-ink", "accent"],
  ["accent-ink", "accent-hover"],
  ["toast-ink", "toast"],
  ["toast-ink", "toast-bad"],
  ["toast-accent", "toast"],
  ["toast-accent", "toast-bad"],
];
const edges: [string, string][] = grounds.map((ground) => ["line-strong", ground]);

const light = colours(":root");
const themes = { light, dark: { ...light, ...colours(':root[data-mantine-color-scheme="dark"]') } };

describe.each(Object.entries(themes))("colours in the %s", (_, theme) => {
  const of = (name: string): string => {
    const colour = theme[name];
    if (colour === undefined) throw new Error(`no token --${name}`);
    return colour;
  };

  it.each(texts)("--%s is read on --%s: 4.5:1 or more", (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edges)("--%s is seen on --%s: 3:1 or more", (edge, ground) => {
    expect(contrast(of(edge), of(ground))).toBeGreaterThanOrEqual(3);
  });
});

it("knows black from white", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 1);
});

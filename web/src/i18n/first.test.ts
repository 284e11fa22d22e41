// @vitest-environment node
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import first from "./en/first";

const endings = ["", ".ts", ".tsx", "/index.ts"];
const fileOf = (path: string): string | undefined => endings.map((ending) => path + ending).find((file) => /\.tsx?$/.test(file) && existsSync(file));

/** All modules to which plain imports lead from `file`: what comes with the page itself. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, "utf8");
  for (const [, path = ""] of source.matchAll(/^(?:import|export)\b(?! type)[^;]*?from "(\.[^"]+)"/gm)) {
    const found = fileOf(join(dirname(file), path));
    if (found !== undefined) withImports(found, seen);
  }
  return seen;
}

test("what comes with the page itself says only texts that come with it", () => {
  const missing = new Set<string>();
  for (const file of withImports("src/main.tsx")) {
    for (const [, area = ""] of readFileSync(file, "utf8").matchAll(/["`]([a-z_]+)\.[a-z_]+[\w.]*(?:["`]|\$\{)/g)) {
      if (existsSync(`src/i18n/en/${area}.json`) && !(area in first)) missing.add(`${area} (${file})`);
    }
  }
  // The names of the sections of administration are said by its own screens.
  expect([...missing].filter((one) => !one.endsWith("admin/sections.ts)"))).toEqual([]);
});

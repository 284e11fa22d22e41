// Fails the build when the first load of Today needs more compressed JavaScript than its budget.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const budget = 220 * 1024;
const folder = process.argv[2] ?? "dist";
const manifest = JSON.parse(readFileSync(join(folder, "bundle.json"), "utf8"));

// What a person who opens Today loads: the part that tools/vite/groups.mjs puts first, and the largest of the languages.
const roots = Object.keys(manifest).filter((name) => manifest[name].name === "first" && !manifest[name].isDynamicEntry);
if (roots.length !== 1) throw new Error("the bundle has no first part");
const catalogues = ["en", "ja", "zh"].map((language) => `src/i18n/${language}/first.ts`);

function collect(name, scripts, styles, seen = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`${name} is not in the bundle`);
  if (seen.has(name)) return;
  seen.add(name);
  scripts.add(chunk.file);
  for (const style of chunk.css ?? []) styles.add(style);
  for (const imported of chunk.imports ?? []) collect(imported, scripts, styles, seen);
}

const size = (file, ending) => statSync(join(folder, existsSync(join(folder, file + ending)) ? file + ending : file)).size;
const sum = (files, ending) => [...files].reduce((total, file) => total + size(file, ending), 0);

const scripts = new Set();
const styles = new Set();
for (const root of roots) collect(root, scripts, styles);
const largest = catalogues.map((name) => manifest[name].file).sort((a, b) => size(b, ".gz") - size(a, ".gz"))[0];
scripts.add(largest);

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const gzip = sum(scripts, ".gz");
console.log(`first load of Today: JavaScript ${kilobytes(gzip)} gzip, ${kilobytes(sum(scripts, ".br"))} brotli; ` +
  `styles ${kilobytes(sum(styles, ".gz"))} gzip`);
if (gzip > budget) {
  console.error(`over the budget of ${kilobytes(budget)}`);
  process.exit(1);
}

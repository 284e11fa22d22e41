// Fails the build when a text is missing in a language, is left over, or loses one of its {{facts}}.
import { readdirSync, readFileSync } from "node:fs";

const languages = ["en", "ja", "zh"];
const folder = new URL("../src/i18n/", import.meta.url);

function flatten(node, prefix, out) {
  for (const [key, value] of Object.entries(node)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === "string") out.set(path, value);
    else flatten(value, path, out);
  }
  return out;
}

/** Languages have different plural forms, so that `day_one` and `day_other` are one text here. */
function withoutPlural(texts) {
  const out = new Map();
  for (const [key, value] of texts) out.set(key.replace(/_(zero|one|two|few|many|other)$/, ""), value);
  return out;
}

const facts = (text) => [...new Set(text.match(/\{\{\s*\w+/g) ?? [])].map((f) => f.replace(/\W/g, "")).sort().join(",");

/** All areas of a language: a file each, whose name is the first part of its keys. */
function catalogue(language) {
  const areas = readdirSync(new URL(`${language}/`, folder)).filter((file) => file.endsWith(".json"));
  const read = (file) => JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), "utf8"));
  return Object.fromEntries(areas.map((file) => [file.replace(/\.json$/, ""), read(file)]));
}

const catalogues = new Map(
  languages.map((language) => [language, withoutPlural(flatten(catalogue(language), "", new Map()))]),
);

const errors = [];
const reference = catalogues.get("en");
for (const [language, texts] of catalogues) {
  for (const [key, text] of reference) {
    if (!texts.has(key)) errors.push(`${language}: "${key}" is missing`);
    else if (facts(texts.get(key)) !== facts(text)) errors.push(`${language}: "${key}" has other facts than English`);
  }
  for (const [key, text] of texts) {
    if (!reference.has(key)) errors.push(`${language}: "${key}" is not in English`);
    if (text.trim() === "") errors.push(`${language}: "${key}" is empty`);
  }
}

if (errors.length > 0) {
  console.error(errors.join("\n"));
  process.exit(1);
}
console.log(`catalogues: ${reference.size} texts in ${languages.length} languages`);

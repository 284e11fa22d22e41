/** What people read, from the same sources as the product: the page's catalogues and the business. */
import { readFileSync } from "node:fs";

export const languages = ["en", "ja", "zh"] as const;
export type Language = (typeof languages)[number];

type Labels = Record<Language, string>;
interface Area {
  [name: string]: string | Area;
}

const root = new URL("../../", import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));

/** A text of the page's catalogue, with its facts filled in. */
export function text(language: Language, key: string, facts: Record<string, string> = {}): string {
  const [group = "", ...names] = key.split(".");
  const found = names.reduce<string | Area | undefined>(
    (within, name) => (typeof within === "object" ? within[name] : undefined),
    read(`web/src/i18n/${language}/${group}.json`) as Area,
  );
  if (typeof found !== "string") throw new Error(`the catalogue has no ${key}`);
  return found.replace(/\{\{(\w+)(?:, number)?\}\}/g, (_, fact: string) => facts[fact] ?? "");
}

/** The fixed part of the subject of the task that a rule's template makes: the rest is the doctor's name. */
export function taskSubject(template: string, language: Language): string {
  const definition = read(`pharma/templates/${template}.json`) as { subject: Labels };
  const parts = definition.subject[language].split(/\{[^}]*\}/).map((part) => part.trim());
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}

/** The label of a choice. */
export function choice(object: string, field: string, code: string, language: Language): string {
  const definition = read(`pharma/objects/${object}.json`) as {
    fields: { name: string; choices?: string | { code: string; labels: Labels }[] }[];
  };
  const choices = definition.fields.find((one) => one.name === field)?.choices;
  if (typeof choices === "string") {
    // The list stands once, at another field: "object.field".
    const [owner = "", list = ""] = choices.split(".");
    return choice(owner, list, code, language);
  }
  const found = choices?.find((one) => one.code === code);
  if (found === undefined) throw new Error(`${object}.${field} has no ${code}`);
  return found.labels[language];
}

/**
 * How a text of the catalogues is said: the key leads to it, a count chooses its plural, values go into its slots.
 * Knows nothing of React; `words.ts` gives it to the screens.
 */
import type en from "./en";
import type first from "./en/first";
import type figures from "./en/figures.json";
import type mail from "./en/mail.json";
import type playbooks from "./en/playbooks.json";
import type studio from "./en/studio.json";

type Texts = typeof en &
  typeof first & { studio: typeof studio; figures: typeof figures; mail: typeof mail; playbooks: typeof playbooks };

/** A text with plurals is asked for by its name without the ending: the count chooses that. */
type Asked<Key extends string> = Key extends `${infer Stem}_${"one" | "other"}` ? Stem | Key : Key;
type Keys<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Asked<Key> : `${Key}.${Keys<Tree[Key]>}`;
}[keyof Tree & string];

/** Every text there is, by area and name. */
export type TextKey = Keys<Texts>;

/** What goes into the slots of a text; `count` also chooses its plural. */
export type Values = Record<string, unknown> & { count?: number };

/** Says a text; a key without one is said itself, so that what is missing is seen. */
export type TFunction = (key: TextKey, values?: Values) => string;

type Branch = { [name: string]: Branch | string };

const catalogues = new Map<string, Branch>();

/** A branch that is already there gets the new texts besides its own. */
function merge(into: Branch, texts: Branch): void {
  for (const [name, text] of Object.entries(texts)) {
    const found = into[name];
    if (typeof found === "object" && typeof text === "object") merge(found, text);
    else into[name] = text;
  }
}

/** Makes the texts known; what was known of the language stays. */
export function addTexts(language: string, texts: object): void {
  const known = catalogues.get(language) ?? {};
  merge(known, texts as Branch);
  catalogues.set(language, known);
}

function find(language: string, path: string[]): string | undefined {
  let at: Branch | string | undefined = catalogues.get(language);
  for (const name of path) at = typeof at === "object" ? at[name] : undefined;
  return typeof at === "string" ? at : undefined;
}

function once<Made>(make: (language: string) => Made): (language: string) => Made {
  const made = new Map<string, Made>();
  return (language) => {
    const found = made.get(language) ?? make(language);
    made.set(language, found);
    return found;
  };
}

const pluralOf = once((language) => new Intl.PluralRules(language));
const numberOf = once((language) => new Intl.NumberFormat(language));

function textOf(language: string, key: string, count: number | undefined): string | undefined {
  const path = key.split(".");
  if (count === undefined) return find(language, path);
  const last = path.pop() ?? "";
  return (
    find(language, [...path, `${last}_${pluralOf(language).select(count)}`]) ??
    find(language, [...path, `${last}_other`]) ??
    find(language, [...path, last])
  );
}

/** `{{name}}`; a count, and what is said as `{{name, number}}`, is written as the language writes numbers. */
const slot = /\{\{(\w+)(, number)?\}\}/g;

/** The voice of a language: says its texts. */
export const speakerOf = once((language): TFunction => (key, values) => {
  const text = textOf(language, key, values?.count);
  if (text === undefined || values === undefined || !text.includes("{{")) return text ?? key;
  return text.replace(slot, (_, name: string, number?: string) => {
    const value = values[name];
    const written = name === "count" || number !== undefined;
    return written && typeof value === "number" ? numberOf(language).format(value) : String(value ?? "");
  });
});

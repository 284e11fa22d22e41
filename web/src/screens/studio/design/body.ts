/** What the Studio reads and changes of definitions. Members that it does not know stay as they are. */
import type { Body } from "../../../api/definitions";
import type { Language } from "../../../i18n";

/** A text in the languages that it is written in. */
export type Texts = Partial<Record<Language, string>>;

export interface DefinedChoice {
  code: string;
  labels: Texts;
  retired?: boolean;
  [member: string]: unknown;
}

export interface DefinedField {
  name: string;
  type: string;
  labels: Texts;
  help?: Texts;
  required?: boolean;
  unique?: boolean;
  indexed?: boolean;
  searchable?: boolean;
  system?: boolean;
  rollup?: unknown;
  default?: unknown;
  reference?: string;
  max_length?: number;
  /** The list, or the name of the field that has it. */
  choices?: DefinedChoice[] | string;
  [member: string]: unknown;
}

/** A field in a form: its name, or its name with what is said of it there. */
export type LayoutItem = string | { field: string; [member: string]: unknown };

export interface FormSection {
  labels: Texts;
  fields: LayoutItem[];
  [member: string]: unknown;
}

export interface ObjectBody extends Body {
  object: string;
  labels: Texts;
  plural?: Texts;
  fields: DefinedField[];
  layouts?: { form?: FormSection[]; list?: string[]; [member: string]: unknown };
}

export const itemName = (item: LayoutItem): string => (typeof item === "string" ? item : item.field);

/** A text for the reader, or `otherwise` where there is none in any language. */
export function textFor(texts: Texts | undefined, language: string, otherwise: string): string {
  return texts?.[language as Language] || texts?.en || texts?.ja || texts?.zh || otherwise;
}

/** A name for addresses and columns out of what people call something: `Preferred conference` is `preferred_conference`. */
export function nameFrom(label: string): string {
  const words = label.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return words.replace(/^[^a-z]+/, "").replace(/_+$/, "").slice(0, 48);
}

/** The list with the item at `index` moved by so many places. */
export function moved<T>(list: readonly T[], index: number, by: number): T[] {
  const to = index + by;
  if (to < 0 || to >= list.length) return [...list];
  const next = [...list];
  const [item] = next.splice(index, 1);
  next.splice(to, 0, item as T);
  return next;
}

export const replaced = <T>(list: readonly T[], index: number, by: T): T[] => list.map((item, at) => (at === index ? by : item));
export const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index);

/** Without members that say nothing, so that a definition reads as somebody would have written it. */
export function tidy<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(([, member]) => member !== undefined && member !== "" && member !== false);
  return Object.fromEntries(kept) as T;
}

/** Texts without those that are empty; undefined when none is left. */
export function tidyTexts(texts: Texts | undefined): Texts | undefined {
  const kept = Object.entries(texts ?? {}).filter(([, text]) => text.trim() !== "");
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

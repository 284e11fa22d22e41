/** A record's fields while a person edits them: what was typed, and what of it is a change. */
import type { Field } from "../api/model";
import type { AnyRecord } from "../api/shapes";
import { jsonError } from "../ui/JsonInput";

/** Each field as its input holds it: text for most, a list for several choices and for tags. */
export type FieldDraft = Record<string, string | string[]>;

const editableTypes = new Set([
  "file",
  "instant",
  "json",
  "text",
  "long_text",
  "integer",
  "decimal",
  "boolean",
  "date",
  "choice",
  "choices",
  "reference",
  "email",
  "phone",
  "url",
  "tags",
]);

/** Whether the page offers an input for the field: the server has decided whether the reader may write it. */
export const isEditable = (field: Field): boolean => field.writable !== false && editableTypes.has(field.type);

/** A field's value as its input holds it. */
export function drafted(field: Field, value: unknown): string | string[] {
  if (isList(field)) return Array.isArray(value) ? (value as string[]) : [];
  if (value === null || value === undefined) return "";
  return field.type === "json" ? JSON.stringify(value, null, 2) : String(value);
}

const isList = (field: Field): boolean => field.type === "choices" || field.type === "tags";

export function draftOf(fields: Field[], record: AnyRecord): FieldDraft {
  return Object.fromEntries(fields.map((field) => [field.name, drafted(field, record[field.name])]));
}

/** The number that was typed, also in full-width digits; what is none goes as it was typed, for the server to say what is wrong. */
function numberIn(text: string): number | null {
  const plain = text.normalize("NFKC").replace(/^−/u, "-");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** What the API takes for what was typed; nothing typed empties the field. */
export function valueOf(field: Field, typed: string | string[]): unknown {
  if (Array.isArray(typed)) return typed.length === 0 ? null : typed;
  const text = typed.trim();
  if (text === "") return null;
  switch (field.type) {
    case "boolean":
      return text === "true";
    case "integer":
    case "decimal":
      return numberIn(text) ?? text;
    case "json":
      // What cannot be sent is not sent: `brokenFields` has told the person before.
      return jsonError(text) === null ? JSON.parse(text) : null;
    default:
      return text;
  }
}

/** Fields whose text is no value yet, so that there is nothing to send. */
export function brokenFields(fields: Field[], draft: FieldDraft): Field[] {
  return fields.filter((field) => field.type === "json" && jsonError(String(draft[field.name] ?? "")) !== null);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The fields that the person changed, compared with the record as it was when the editor opened. */
export function changesOf(fields: Field[], draft: FieldDraft, base: AnyRecord): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueOf(field, draft[field.name] ?? "");
    if (!same(value, valueOf(field, drafted(field, base[field.name])))) changes[field.name] = value;
  }
  return changes;
}

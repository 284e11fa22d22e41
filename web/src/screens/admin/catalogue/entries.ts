/** The data catalogue: every field of every kind of record, with who may see and change it. */
import type { Choice } from "../../../api/model";
import { fieldRuleOf, scopeOf, type RoleBody } from "../roles/role";
import type { DefinedField, Kind } from "../roles/useRoles";

export type Property = "required" | "unique" | "indexed" | "searchable" | "immutable" | "derived" | "tracked";

export interface Entry {
  object: string;
  objectLabel: string;
  name: string;
  label: string;
  field: DefinedField;
  choices: Choice[];
  properties: Property[];
  /** Roles that may see, and set, the field of some record. */
  readers: string[];
  writers: string[];
}

/** The list that a field names: its own, another field's ("hcp.temperature"), or the roles. */
function choicesOf(field: DefinedField, kinds: readonly Kind[], roles: readonly RoleBody[]): Choice[] {
  if (field.choices === undefined) return [];
  if (typeof field.choices !== "string") return field.choices;
  if (field.choices === "roles") return roles.map(({ role, labels }) => ({ code: role, labels }));
  const [object, name] = field.choices.split(".");
  const named = kinds.find((kind) => kind.name === object)?.fields.find((one) => one.name === name)?.definition.choices;
  return Array.isArray(named) ? named : [];
}

/** Every change of a field stands in the history, but for what is calculated from other records. */
function propertiesOf(field: DefinedField): Property[] {
  const all: [Property, boolean][] = [
    ["required", field.required === true],
    ["unique", field.unique === true],
    ["indexed", field.indexed === true],
    ["searchable", field.searchable === true],
    ["immutable", field.immutable === true],
    ["derived", field.rollup !== undefined],
    ["tracked", field.rollup === undefined],
  ];
  return all.filter(([, holds]) => holds).map(([property]) => property);
}

function readersOf(object: string, field: string, roles: readonly RoleBody[]): string[] {
  return roles
    .filter((role) => scopeOf(role, object, "read") !== "none" && fieldRuleOf(role, object, field) !== "hidden")
    .map(({ role }) => role);
}

function writersOf(object: string, field: DefinedField, roles: readonly RoleBody[]): string[] {
  if (field.system === true || field.rollup !== undefined) return [];
  const verbs = field.immutable === true ? (["create"] as const) : (["create", "update"] as const);
  return roles
    .filter((role) => verbs.some((verb) => scopeOf(role, object, verb) !== "none"))
    .filter((role) => fieldRuleOf(role, object, field.name) === "open")
    .map(({ role }) => role);
}

export function entriesOf(kinds: readonly Kind[], roles: readonly RoleBody[]): Entry[] {
  return kinds.flatMap((kind) =>
    kind.fields.map(({ name, label, definition }) => ({
      object: kind.name,
      objectLabel: kind.label,
      name,
      label,
      field: definition,
      choices: choicesOf(definition, kinds, roles),
      properties: propertiesOf(definition),
      readers: readersOf(kind.name, name, roles),
      writers: writersOf(kind.name, definition, roles),
    })),
  );
}

const purposes = ({ purpose }: DefinedField): (string | undefined)[] =>
  typeof purpose === "object" ? Object.values(purpose) : [purpose];

/** Why a field is kept, in a language; empty where nothing is said. */
export const purposeIn = ({ purpose }: DefinedField, language: string): string =>
  (typeof purpose === "object" ? purpose[language] : purpose) ?? "";

/** Whether the entry speaks of what was typed: by name, label in any language, purpose or choice. */
export function speaksOf(entry: Entry, words: string, language: string): boolean {
  const wanted = words.trim().toLocaleLowerCase(language);
  if (wanted === "") return true;
  const texts = [
    `${entry.object}.${entry.name}`,
    entry.objectLabel,
    ...Object.values(entry.field.labels ?? {}),
    ...purposes(entry.field),
    ...entry.choices.flatMap(({ labels }) => (typeof labels === "object" && labels !== null ? Object.values(labels) : [])),
  ];
  return texts.some((text) => text?.toLocaleLowerCase(language).includes(wanted));
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Codes and all three languages, for programs and for people alike; a byte order mark tells spreadsheets the encoding. */
export function asCsv(entries: readonly Entry[]): string {
  const head = ["object", "field", "label_en", "label_ja", "label_zh", "type", "reference", "choices", "properties", "purpose",
    "retention_months", "readers", "writers"];
  const rows = entries.map(({ object, name, field, choices, properties, readers, writers }) => [
    object,
    name,
    field.labels?.["en"] ?? "",
    field.labels?.["ja"] ?? "",
    field.labels?.["zh"] ?? "",
    field.type,
    field.reference ?? "",
    choices.map(({ code }) => code).join(" "),
    properties.join(" "),
    purposeIn(field, "en"),
    field.retention_months ? String(field.retention_months) : "",
    readers.join(" "),
    writers.join(" "),
  ]);
  return `\uFEFF${[head, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}

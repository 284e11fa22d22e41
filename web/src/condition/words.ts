/** A condition read aloud: `Temperature is skeptical or prefers competitor, and last visit 30 or more days ago`. */
import type { TFunction } from "i18next";
import { formatDay } from "../lib/dates";
import { argumentsOf, dayWords, me, questions, type Logic, type Value } from "./questions";
import { fullLabel, type PathField, type Schema } from "./schema";
import type { Group, Node, Related, Rule } from "./tree";

export interface Reading {
  schema: Schema;
  t: TFunction;
  language: string;
  zone: string;
  /** The title of a record, where it is known. */
  titleOf: (object: string, id: string) => string | undefined;
}

/** The whole tree in one sentence; empty for a tree that asks nothing. */
export function inWords(tree: Group, object: string, reading: Reading): string {
  return groupWords(tree, object, reading, false);
}

export function nodeWords(node: Node, object: string, reading: Reading, nested = false): string {
  switch (node.kind) {
    case "group":
      return groupWords(node, object, reading, nested);
    case "rule":
      return ruleWords(node, object, reading);
    case "related":
      return relatedWords(node, object, reading);
    case "raw":
      return logicWords(node.logic, object, reading);
  }
}

function groupWords({ join, negated, items }: Group, object: string, reading: Reading, nested: boolean): string {
  const { t } = reading;
  const parts = items.map((item) => nodeWords(item, object, reading, items.length > 1)).filter((part) => part !== "");
  if (parts.length === 0) return "";
  const joined = parts.join(t(join === "and" ? "condition.join_and" : "condition.join_or"));
  if (negated) return t("condition.negated", { what: joined });
  return nested && parts.length > 1 ? t("condition.brackets", { what: joined }) : joined;
}

function relatedWords({ quantifier, path, inside }: Related, object: string, reading: Reading): string {
  const set = reading.schema.related(object, path);
  const what = set === null ? "" : groupWords(inside, set.object, reading, false);
  const label = set?.label ?? path;
  if (what === "") return reading.t(`condition.any_${quantifier}`, { object: label });
  return reading.t(`condition.where_${quantifier}`, { object: label, what });
}

function ruleWords({ path, question, value, written }: Rule, object: string, reading: Reading): string {
  const field = reading.schema.find(object, path);
  if (field === null) return logicWords(written ?? questions[question].build(path, value), object, reading);
  return reading.t(`condition.says.${question}`, {
    field: fullLabel(field),
    value: valueWords(field, value, reading),
    ...(typeof value === "number" ? { count: value } : {}),
    ...rangeFacts(field, value, reading),
  });
}

/** Only a pair has two ends. */
function rangeFacts(field: PathField, value: Value, reading: Reading): { from: string; to: string } | object {
  if (!Array.isArray(value) || value.length !== 2) return {};
  const [from, to] = value.map((one) => oneWord(field, one, reading));
  return { from, to };
}

function valueWords(field: PathField, value: Value, reading: Reading): string {
  if (value === null) return "";
  if (!Array.isArray(value)) return oneWord(field, value, reading);
  const words = value.map((one) => oneWord(field, one, reading));
  if (words.length === 0) return reading.t("condition.nothing_chosen");
  return new Intl.ListFormat(reading.language, { type: "disjunction" }).format(words);
}

function oneWord(field: PathField, value: number | string, reading: Reading): string {
  const { t } = reading;
  if (typeof value === "number") return new Intl.NumberFormat(reading.language).format(value);
  switch (field.kind) {
    case "choice":
    case "many":
      return field.labelOf(value);
    case "reference":
      if (value === me) return t("condition.me");
      return reading.titleOf(field.target ?? "", value) ?? t("condition.someone");
    case "date":
    case "instant":
      return dayWord(value, reading);
    default:
      return t("condition.quoted", { text: value });
  }
}

export function dayWord(value: string, { t, language, zone }: Reading): string {
  const word = dayWords.find((one) => one === value);
  if (word !== undefined) return t(`condition.day.${word}`);
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? formatDay(value, language, zone) : value;
}

/* ---- Anything else that the server understands ---- */

const signs: Record<string, string> = {
  "==": "=", "===": "=", "!=": "≠", "!==": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥",
  "+": "+", "-": "−", "*": "×", "/": "÷", "%": "mod", cat: "&",
};

const spoken = [
  "days_since", "days_until", "today", "now", "me", "week_end", "month_end", "month_start", "next_month_end", "last_month_start", "changed", "was", "as_of", "max", "min", "if",
  "in", "contains", "missing", "!", "!!",
] as const;
const spokenKeys = { "!": "negated", "!!": "truth" } as const;

/** JSON Logic without an editor, still in words as far as they go. */
export function logicWords(logic: Logic, object: string, reading: Reading): string {
  const { t, schema } = reading;
  if (logic === null) return t("condition.says_nothing");
  if (typeof logic === "boolean") return t(logic ? "app.yes" : "app.no");
  if (typeof logic === "number") return new Intl.NumberFormat(reading.language).format(logic);
  if (typeof logic === "string") return constantWords(logic, reading);
  const words = (part: Logic): string => logicWords(part, object, reading);
  if (Array.isArray(logic)) return logic.map(words).join(t("condition.comma"));
  const [operator = ""] = Object.keys(logic as object);
  const parts = argumentsOf(logic as Record<string, Logic>);
  if (operator === "var") return fieldWords(parts[0], object, schema);
  if (operator === "and" || operator === "or") {
    return t("condition.brackets", { what: parts.map(words).join(t(`condition.join_${operator}`)) });
  }
  const sign = signs[operator];
  if (sign !== undefined) return parts.length === 1 ? `${sign}${words(parts[0])}` : parts.map(words).join(` ${sign} `);
  const known = spoken.find((one) => one === operator);
  if (known === undefined) return JSON.stringify(logic);
  const names = known === "changed" || known === "was" || known === "missing";
  const what = names ? parts.map((part) => fieldWords(part, object, schema)) : parts.map(words);
  if (known === "!" || known === "!!") return t(`condition.${spokenKeys[known]}`, { what: what[0] ?? "" });
  return t(`condition.word.${known}`, {
    what: what.join(t("condition.comma")),
    first: what[0] ?? "",
    second: what[1] ?? "",
    third: what[2] ?? "",
  });
}

const fieldWords = (path: Logic, object: string, schema: Schema): string => {
  const field = schema.find(object, String(path));
  return field === null ? String(path) : fullLabel(field);
};

const constantWords = (text: string, reading: Reading): string =>
  /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? dayWord(text, reading) : reading.t("condition.quoted", { text });

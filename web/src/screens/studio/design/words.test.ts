import { describe, expect, it } from "vitest";
import en from "../../../i18n/en/studio.json";
import ja from "../../../i18n/ja/studio.json";
import zh from "../../../i18n/zh/studio.json";
import { schemaOf, type Schema } from "../other/SchemaForm";

const languages = { en, ja, zh };
const files = import.meta.glob<Schema & { $id: string }>("../../../../../schemas/*.schema.json", { eager: true, import: "default" });

/** What these are about is shown by parts of their own: texts in languages, conditions, sources of values. */
const shownOtherwise = new Set(["label", "condition", "form_condition", "path"]);

type Found = { members: Set<string>; values: Set<string> };

function walk(node: unknown, found: Found): void {
  if (Array.isArray(node)) return node.forEach((one) => walk(one, found));
  if (typeof node !== "object" || node === null) return;
  for (const [key, inner] of Object.entries(node)) {
    if (key === "if" || key === "not") continue;
    if (key === "properties") Object.keys(inner as object).forEach((member) => found.members.add(member));
    if (key === "enum" && Array.isArray(inner)) inner.forEach((value) => found.values.add(String(value)));
    if (key === "$defs") {
      walk(Object.entries(inner as object).flatMap(([name, part]) => (shownOtherwise.has(name) ? [] : [part as unknown])), found);
    } else if (key === "properties") {
      walk(Object.values(inner as object), found);
    } else {
      walk(inner, found);
    }
  }
}

const found = (schema: unknown): Found => {
  const all: Found = { members: new Set(), values: new Set() };
  walk(schema, all);
  return all;
};

describe("words of definitions", () => {
  for (const [language, texts] of Object.entries(languages)) {
    it(`every member of every kind has a label (${language})`, () => {
      const labels = texts.member as Record<string, string>;
      const missing = Object.values(files).flatMap((schema) => [...found(schema).members].filter((member) => !labels[member]).map((member) => `${schema.$id} ${member}`));
      expect(missing).toEqual([]);
    });

    it(`every word that a form lets one choose has a label (${language})`, () => {
      const labels = texts.value as Record<string, string>;
      for (const kind of ["templates", "scores", "rankings", "forms", "lexicons", "playbooks", "deadlines", "holidays", "reviews"]) {
        expect([kind, [...found(schemaOf(kind)).values].filter((value) => !labels[value])]).toEqual([kind, []]);
      }
    });

    it(`every kind has a word and a form (${language})`, () => {
      const kinds = Object.keys(texts.kind);
      expect(kinds.filter((kind) => schemaOf(kind) === undefined)).toEqual([]);
      expect(kinds.length).toBe(Object.keys(files).length);
    });

    it(`labels of one kind differ from the general ones (${language})`, () => {
      const general = texts.member as Record<string, string>;
      const own = Object.values(texts.member_of as Record<string, Record<string, string>>).flatMap((words) => Object.entries(words));
      expect(own.length).toBeGreaterThan(0);
      for (const [member, word] of own) expect(word).not.toBe(general[member]);
    });
  }
});

import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import i18next, { type TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import { Model, type ModelObject } from "../api/model";
import en from "../i18n/en";
import ja from "../i18n/ja";
import zh from "../i18n/zh";
import { isComplete, me, questions, questionsFor, type QuestionName } from "./questions";
import { Schema, type Kind } from "./schema";
import { append, build, changeGroup, changeRule, group, parse, replace, rule, rulesOf, type Rule } from "./tree";
import { inWords } from "./words";

/** The business itself is what the tests stand on. */
const files = <T>(name: string): T[] => {
  const folder = resolve("../pharma", name);
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as T);
};

/** As the server does: a list of choices that stands at another field is told in full. */
function resolved(objects: ModelObject[]): ModelObject[] {
  const listOf = (choices: unknown) => {
    if (typeof choices !== "string") return choices;
    const [object, field] = choices.split(".");
    return objects.find((one) => one.object === object)?.fields.find((one) => one.name === field)?.choices;
  };
  for (const object of objects) for (const field of object.fields) if (field.choices) field.choices = listOf(field.choices) as never;
  return objects;
}

const objects = resolved(files<ModelObject>("objects"));
const system = { created_at: "Created on", updated_at: "Changed on", created_by: "Created by", updated_by: "Changed by" };
const schemaIn = (language: string) => new Schema(new Model(objects, language), system);
const schema = schemaIn("en");

await i18next.init({
  resources: { en: { translation: en }, ja: { translation: ja }, zh: { translation: zh } },
  lng: "en",
  interpolation: { escapeValue: false },
});
const say = (logic: unknown, language = "en", object = "hcp") => {
  const reading = {
    schema: schemaIn(language),
    t: i18next.getFixedT(language) as TFunction,
    language,
    zone: "Asia/Tokyo",
    titleOf: (_: string, id: string) => (id === "u1" ? "佐藤" : undefined),
  };
  return inWords(parse(logic, object, reading.schema), object, reading);
};

const temperature = { in: [{ var: "temperature" }, ["skeptical", "prefers_competitor"]] };
const longAgo = { ">=": [{ days_since: [{ var: "last_visit_at" }] }, 30] };

/** Everything that a condition of the business can be: of rules and dashboards, and some of a person's own. */
const conditions: { object: string; logic: unknown }[] = [
  ...files<{ object: string; condition?: unknown }>("rules").map(({ object, condition }) => ({ object, logic: condition })),
  ...files<{ widgets: { object: string; condition?: unknown }[] }>("dashboards").flatMap(({ widgets }) =>
    widgets.map(({ object, condition }) => ({ object, logic: condition })),
  ),
  ...[
    temperature,
    { and: [temperature, longAgo] },
    { and: [temperature, { or: [longAgo, { "!": [{ var: "last_visit_at" }] }] }] },
    { "!": [{ or: [temperature, { "==": [{ var: "owner" }, { me: [] }] }] }] },
    { some: [{ var: "visit" }, { ">=": [{ var: "held_at" }, "2026-01-01"] }] },
    { none: [{ var: "sign" }, true] },
    { all: [{ var: "referral.from_hcp" }, { and: [{ "==": [{ var: "strength" }, 1] }, { "!=": [{ var: "to_hcp" }, null] }] }] },
    { "==": [{ var: "primary_hco.prefecture" }, "東京都"] },
    { or: [{ in: ["KOL", { var: "tags" }] }, { in: ["trial", { var: "tags" }] }] },
    { if: [{ var: "kol" }, longAgo, temperature] },
    { ">": [{ "+": [{ var: "visit_count" }, 1] }, { "*": [2, 3] }] },
    { "<": [{ var: "next_action_due" }, { var: "last_visit_at" }] },
    { changed: ["temperature"] },
    { "==": [{ was: ["temperature"] }, "favorable"] },
    { some: [{ var: "no_such_object" }, true] },
    { "==": [{ var: "no_such_field" }, 1] },
    { cat: ["a", "b"] },
    true,
  ].map((logic) => ({ object: "hcp", logic })),
];

describe("a condition is read into a tree and written again", () => {
  it.each(conditions)("as it was: $logic", ({ object, logic }) => {
    const tree = parse(logic, object, schema);
    const written = build(tree);
    // `{"and": [x]}` and `x` mean the same; all else is the very same.
    const bare = (one: unknown): unknown => {
      const text = JSON.stringify(one);
      return text === undefined || text === "{}" ? undefined : JSON.parse(text);
    };
    expect(written).toEqual(bare(logic));
    expect(JSON.stringify(build(parse(written, object, schema)))).toBe(JSON.stringify(written));
  });

  it("asks nothing when it is empty", () => {
    expect(build(parse({}, "hcp", schema))).toBeUndefined();
    expect(build(parse(undefined, "hcp", schema))).toBeUndefined();
    expect(build(group("or", [group("and")]))).toBeUndefined();
  });

  it("takes a lone argument without its list, as JSON Logic does", () => {
    const tree = parse({ "!": { var: "last_visit_at" } }, "hcp", schema);
    expect(tree.items[0]).toMatchObject({ kind: "rule", path: "last_visit_at", question: "blank" });
  });

  it("keeps what it has no editor for, in its place", () => {
    const unknown = { "<": [{ var: "next_action_due" }, { var: "last_visit_at" }] };
    const tree = parse({ or: [temperature, unknown] }, "hcp", schema);
    expect(tree.items.map((item) => item.kind)).toEqual(["rule", "raw"]);
    const first = tree.items[0] as Rule;
    const changed = replace(tree, first.key, changeRule(first, { value: ["neutral"] }));
    expect(build(changed)).toEqual({ or: [{ in: [{ var: "temperature" }, ["neutral"]] }, unknown] });
  });

  it("does not take a question of one kind of field for that of another", () => {
    const asked = (logic: unknown) => parse(logic, "hcp", schema).items[0];
    expect(asked({ "==": [{ var: "temperature" }, "neutral"] })).toMatchObject({ question: "any_of" });
    expect(asked({ "==": [{ var: "department" }, "neutral"] })).toMatchObject({ question: "is" });
    expect(asked({ "==": [{ var: "owner" }, { me: [] }] })).toMatchObject({ question: "record_any_of", value: [me] });
    expect(asked({ "!": [{ var: "visit_count" }] })).toMatchObject({ kind: "raw" });
  });
});

describe("every question", () => {
  const samples: Record<Kind, string> = {
    text: "department", number: "visit_count", boolean: "kol", date: "next_action_due", instant: "last_visit_at",
    choice: "temperature", many: "tags", reference: "owner", opaque: "layout",
  };
  const valueOf = (name: QuestionName) => {
    switch (questions[name].entry) {
      case "codes": return ["neutral", "skeptical"];
      case "records": return [me, "u1"];
      case "texts": return ["a", "b"];
      case "text": return "a";
      case "number": case "count": return 7;
      case "numbers": return [1, 5];
      case "day": return "2026-03-01";
      case "days": return ["today", "2026-12-31"];
      default: return null;
    }
  };
  const asked = (Object.keys(samples) as Kind[])
    .filter((kind) => kind !== "opaque")
    .flatMap((kind) => questionsFor(kind).map((name) => ({ kind, name })));

  it.each(asked)("$name of a $kind is understood again as what was asked", ({ kind, name }) => {
    const value = valueOf(name);
    const logic = questions[name].build(samples[kind], value);
    expect(parse(logic, "hcp", schema)).toMatchObject({
      items: [{ kind: "rule", path: samples[kind], question: name, value }],
    });
  });

  it.each(asked)("$name of a $kind has words in three languages", ({ kind, name }) => {
    const logic = questions[name].build(samples[kind], valueOf(name));
    for (const language of ["en", "ja", "zh"]) {
      const words = say(logic, language);
      expect(words).not.toMatch(/\{\{|condition\.|undefined/);
      expect(words).toContain(schemaIn(language).find("hcp", samples[kind])?.label);
    }
  });

  it("is not asked before it is complete", () => {
    expect(isComplete("any_of", [])).toBe(false);
    expect(isComplete("in_last", Number.NaN)).toBe(false);
    expect(isComplete("between", [1, ""])).toBe(false);
    expect(isComplete("yes", null)).toBe(true);
  });

  it("“in the last 30 days” leaves out what never happened, “not for 60 days” takes it in", () => {
    expect(questions.in_last.build("last_visit_at", 30)).toEqual({
      and: [{ "!=": [{ var: "last_visit_at" }, null] }, { "<=": [0, { days_since: [{ var: "last_visit_at" }] }, 30] }],
    });
    expect(questions.not_for.build("last_visit_at", 60)).toEqual({
      or: [{ "==": [{ var: "last_visit_at" }, null] }, { ">=": [{ days_since: [{ var: "last_visit_at" }] }, 60] }],
    });
  });
});

describe("a condition in words", () => {
  it("reads in three languages", () => {
    const logic = { and: [temperature, longAgo] };
    expect(say(logic)).toBe("Emotional temperature is Skeptical or Prefers competitor, and Last visit 30 or more days ago");
    expect(say(logic, "ja")).toBe("感情温度が懐疑的または競合優先、かつ最終面会が30日以上前");
    expect(say(logic, "zh")).toBe("情感温度为怀疑或倾向竞品，且最近拜访在30天前或更早");
  });

  it("brackets what belongs together", () => {
    expect(say({ and: [temperature, { or: [longAgo, { "==": [{ var: "owner" }, "u1"] }] }] })).toMatch(/, and \(.*, or Responsible MR is 佐藤\)$/);
    expect(say({ "!": [{ or: [temperature, longAgo] }] })).toMatch(/^not \(/);
  });

  it("speaks of related records and of fields behind a reference", () => {
    expect(say({ some: [{ var: "visit" }, { "==": [{ var: "channel" }, "video"] }] }, "ja")).toMatch(/^「.*」に当てはまる.*がある$/);
    expect(say({ "==": [{ var: "primary_hco.prefecture" }, "東京都"] })).toBe("Institution › Prefecture or state is “東京都”");
  });

  it.each(conditions)("leaves nothing unsaid: $logic", ({ object, logic }) => {
    const words = say(logic, "en", object);
    expect(words).not.toMatch(/\{\{|condition\.|undefined/);
    expect(words === "").toBe(JSON.stringify(logic) === "{}" || logic === undefined);
  });
});

describe("a tree that is edited", () => {
  it("grows and shrinks without touching the rest", () => {
    const inner = group("or", [rule("kol", "yes")]);
    let tree = group("and", [rule("temperature", "any_of", ["neutral"]), inner]);
    tree = append(tree, inner.key, rule("tier", "any_of", ["A"]));
    expect(build(tree)).toEqual({
      and: [
        { in: [{ var: "temperature" }, ["neutral"]] },
        { or: [{ "==": [{ var: "kol" }, true] }, { in: [{ var: "tier" }, ["A"]] }] },
      ],
    });
    tree = changeGroup(tree, inner.key, { negated: true });
    expect(rulesOf(tree, "hcp", schema).map(({ rule: one }) => one.path)).toEqual(["temperature", "kol", "tier"]);
    tree = replace(tree, inner.key, null);
    expect(build(tree)).toEqual({ in: [{ var: "temperature" }, ["neutral"]] });
  });
});

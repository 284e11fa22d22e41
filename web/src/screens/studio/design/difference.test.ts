import { describe, expect, it } from "vitest";
import { differencesOf } from "./difference";

const field = (name: string, more: object = {}) => ({ name, type: "text", labels: { en: name.toUpperCase(), ja: name, zh: name }, ...more });
const object = (fields: object[], more: object = {}) => ({ object: "hcp", labels: { en: "Person", ja: "人", zh: "人" }, fields, ...more });
const told = (before: unknown, after: unknown) =>
  differencesOf(before, after, "en").map(({ path, before: was, after: is }) => ({
    path: path.map((step) => Object.values(step)[0]).join("/"),
    was: was !== null && "text" in was ? was.text : was,
    is: is !== null && "text" in is ? is.text : is,
  }));

describe("what differs between two definitions", () => {
  it("says nothing of what is the same in another order of members", () => {
    expect(told({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([]);
  });

  it("names fields by their labels, wherever they stand in the list", () => {
    const before = object([field("one"), field("two")]);
    const after = object([field("two", { required: true }), field("three")]);
    expect(told(before, after)).toEqual([
      { path: "fields", was: "ONE", is: null },
      { path: "fields/TWO/required", was: null, is: "✓" },
      { path: "fields", was: null, is: "THREE" },
    ]);
  });

  it("tells texts language by language, and an order that has changed", () => {
    const before = object([field("one"), field("two")]);
    const after = { ...object([field("two"), field("one")]), labels: { en: "Person", ja: "人物", zh: "人" } };
    expect(told(before, after)).toEqual([
      { path: "labels/ja", was: "人", is: "人物" },
      { path: "fields/order", was: "ONE · TWO", is: "TWO · ONE" },
    ]);
  });

  it("keeps conditions whole, with the object that they speak of", () => {
    const rule = (condition: object) => ({ rule: "r", object: "visit", condition, actions: [{ do: "task", due: { days: 7 } }] });
    const later = { ...rule({ "==": [{ var: "a" }, 2] }), actions: [{ do: "task", due: { days: 9 } }] };
    expect(told(rule({ "==": [{ var: "a" }, 1] }), later)).toEqual([
      {
        path: "condition",
        was: { condition: { "==": [{ var: "a" }, 1] }, object: "visit" },
        is: { condition: { "==": [{ var: "a" }, 2] }, object: "visit" },
      },
      { path: "actions/task/due/days", was: "7", is: "9" },
    ]);
  });
});

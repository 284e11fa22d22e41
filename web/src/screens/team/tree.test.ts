import { expect, test } from "vitest";
import { asTree } from "./tree";

const record = (id: string, title: string, parent: string | null = null) => ({ id, title, parent, version: 1 }) as never;

test("what belongs to another record stands under it, each level by title", () => {
  const records = [record("p2", "Zafirin", "a"), record("b", "Cardiology"), record("p1", "Alorin", "a"), record("a", "Diabetes"), record("i", "Type 2", "p1")];
  expect(asTree(records, "parent").map(({ label }) => label)).toEqual(["Cardiology", "Diabetes", "\u3000Alorin", "\u3000\u3000Type 2", "\u3000Zafirin"]);
});

test("without such a field they stand by title alone", () => {
  expect(asTree([record("b", "B", "a"), record("a", "A")]).map(({ value }) => value)).toEqual(["a", "b"]);
});

test("none is lost: not one whose upper record is not offered, nor those in a ring", () => {
  const records = [record("x", "Child", "gone"), record("r1", "One", "r2"), record("r2", "Two", "r1")];
  expect(asTree(records, "parent").map(({ value }) => value).toSorted()).toEqual(["r1", "r2", "x"]);
});

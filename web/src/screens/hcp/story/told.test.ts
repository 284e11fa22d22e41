import { expect, test } from "vitest";
import type { Memo } from "../../../api/shapes";
import { byEffect, correctedBy, isNew, latest, standing } from "./told";

const memo = (id: string, more: Partial<Memo> = {}): Memo => ({ id, created_at: "2026-11-01T00:00:00.000Z", by: "other", ...more }) as Memo;

test("E5: a corrected memo steps behind its correction, and so on back", () => {
  const memos = [memo("c", { corrects: "b" }), memo("b", { corrects: "a", corrections: 1 }), memo("a", { corrections: 1 }), memo("d")];
  expect(standing(memos).map((one) => one.id)).toEqual(["c", "d"]);
  expect(correctedBy(memos[0] as Memo, memos).map((one) => one.id)).toEqual(["b", "a"]);
  expect(correctedBy(memos[3] as Memo, memos)).toEqual([]);
});

test("E5: new is what others wrote after the last reading; nothing is before the first", () => {
  const since = "2026-10-31T12:00:00+09:00";
  expect(isNew(memo("a"), since, "me")).toBe(true);
  expect(isNew(memo("a", { by: "me" }), since, "me")).toBe(false);
  expect(isNew(memo("a"), "2026-11-01T00:00:00.000Z", "me")).toBe(false);
  expect(isNew(memo("a"), null, "me")).toBe(false);
});

test("what was read reaches to the newest", () => {
  expect(latest([])).toBeNull();
  expect(latest([memo("a"), memo("b", { created_at: "2026-11-03T00:00:00.000Z" })])).toBe("2026-11-03T00:00:00.000Z");
});

test("E1: words that worked are collected by what they did", () => {
  const memos = [memo("a"), memo("b", { effect: "softened" }), memo("c", { effect: "reacted" }), memo("d", { effect: "softened" })];
  expect(byEffect(memos, ["reacted", "softened", "acted"]).map(({ effect, memos: of }) => [effect, of.map((one) => one.id)])).toEqual([
    ["reacted", ["c"]],
    ["softened", ["b", "d"]],
    [null, ["a"]],
  ]);
});

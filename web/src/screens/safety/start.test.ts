import { expect, it } from "vitest";
import { sentenceAt, startOf } from "./start";

it("the words of a finding bring their whole sentence", () => {
  const note = "客户关心疗效。用药后出现皮疹，已停药。下周再约。";
  expect(sentenceAt(note, 12, 14)).toBe("用药后出现皮疹，已停药");
  expect(sentenceAt("発疹が出た", 0, 2)).toBe("発疹が出た");
  expect(sentenceAt("He asked. A rash came up! Fine.", 12, 16)).toBe("A rash came up");
});

it("a place that is not in the text brings nothing", () => {
  expect(sentenceAt("発疹", undefined, 2)).toBe("");
  expect(sentenceAt("発疹", 5, 9)).toBe("");
});

it("an address brings only what it may", () => {
  const visit = "0193a0a0-0000-7000-8000-000000000001";
  expect(startOf({ visit, field: "quick_note", from: "3", to: 5, kind: "adverse_event" })).toEqual({
    visit,
    field: "quick_note",
    from: 3,
    to: 5,
    kind: "adverse_event",
    follows: undefined,
  });
  expect(startOf({ visit: "x", field: "a b", from: "-1", to: "y", kind: "z" })).toEqual({
    visit: undefined,
    field: undefined,
    from: undefined,
    to: undefined,
    kind: undefined,
    follows: undefined,
  });
});

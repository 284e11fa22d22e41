import { expect, test } from "vitest";
import { Model } from "../api/model";
import { questions } from "../condition/questions";
import { Schema } from "../condition/schema";
import type { Condition } from "../api/records";
import { chipsOf } from "./chips";

const fields = [{ name: "due", type: "date" }, { name: "kol", type: "boolean" }];
const system = { created_at: "", updated_at: "", created_by: "", updated_by: "" };
const schema = new Schema(new Model([{ object: "hcp", fields }], "en"), system);
const soon = questions.in_next.build("due", 30) as Condition;
const leader = questions.yes.build("kol", null) as Condition;

test("a question is one chip, also where several conditions ask it", () => {
  expect(chipsOf(soon, "hcp", schema)).toEqual([soon]);
  expect(chipsOf({ and: [soon, leader] }, "hcp", schema)).toEqual([soon, leader]);
  expect(chipsOf({ or: [soon, leader] }, "hcp", schema)).toEqual([{ or: [soon, leader] }]);
  expect(chipsOf({}, "hcp", schema)).toEqual([]);
  expect(chipsOf(undefined, "hcp", schema)).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { isPlain, plainQuestionsFor } from "../../../condition/questions";
import { conditionOf, itemCondition, withCondition, withItemCondition } from "./shownWhen";

const section = { labels: { en: "Influence" }, fields: ["cdtm_interest"], when: { kind: ["pharmacist"] } };
const doctors = { in: [{ var: "kind" }, ["doctor"]] };

describe("E15: when a section or a field of a form is shown", () => {
  it("reads the short form and the long one as one condition, and writes one", () => {
    expect(conditionOf(section)).toEqual({ in: [{ var: "kind" }, ["pharmacist"]] });
    expect(conditionOf({ ...section, condition: doctors })).toEqual({ and: [{ in: [{ var: "kind" }, ["pharmacist"]] }, doctors] });
    expect(withCondition(section, doctors)).toEqual({ labels: { en: "Influence" }, fields: ["cdtm_interest"], condition: doctors });
    expect(withCondition(section, undefined)).toEqual({ labels: { en: "Influence" }, fields: ["cdtm_interest"] });
  });

  it("keeps what else is said of a field there", () => {
    const item = withItemCondition("cdtm_interest", doctors);
    expect(item).toEqual({ field: "cdtm_interest", condition: doctors });
    expect(itemCondition(item)).toEqual(doctors);
    expect(withItemCondition(item, undefined)).toBe("cdtm_interest");
    expect(withItemCondition({ field: "x", labels: { en: "X" }, condition: doctors }, undefined)).toEqual({ field: "x", labels: { en: "X" } });
  });

  it("offers only what a form can decide while one types", () => {
    expect(isPlain({ and: [doctors, { "==": [{ var: "country" }, "jp"] }] })).toBe(true);
    expect(isPlain({ "==": [{ var: "primary_hco.kind" }, "clinic"] })).toBe(false);
    expect(isPlain({ ">=": [{ days_since: [{ var: "last_visit_at" }] }, 30] })).toBe(false);
    expect(plainQuestionsFor("choice")).toEqual(["any_of", "none_of", "empty", "not_empty"]);
    expect(plainQuestionsFor("instant")).toEqual(["empty", "not_empty"]);
    expect(plainQuestionsFor("boolean")).toContain("yes");
  });
});

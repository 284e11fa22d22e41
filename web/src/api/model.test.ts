import { describe, expect, it } from "vitest";
import { Model } from "./model";

const model = new Model(
  [
    {
      object: "hcp",
      labels: { en: "Professional", ja: "医療従事者" },
      may: { read: "own", create: "none" },
      fields: [
        {
          name: "temperature",
          type: "choice",
          labels: { en: "Temperature", ja: "感情温度" },
          choices: [
            { code: "favorable", labels: { en: "Favorable", ja: "好意的" }, rank: 4 },
            { code: "old", labels: { en: "Old word" }, retired: true },
          ],
        },
      ],
      layouts: {
        form: [
          { fields: ["temperature"] },
          { fields: ["cdtm_interest"], when: { kind: ["pharmacist"] } },
          {
            fields: ["visit_count", { field: "temperature", labels: { en: "Attitude", ja: "自社製品への態度" }, condition: { "!!": [{ var: "kol" }] } }],
            condition: { "==": [{ var: "kind" }, "nurse"] },
          },
        ],
      },
    },
  ],
  "ja",
);

describe("the model", () => {
  it("speaks the reader's language, else English, else the code", () => {
    expect(model.choiceLabel("hcp", "temperature", "favorable")).toBe("好意的");
    expect(model.choiceLabel("hcp", "temperature", "old")).toBe("Old word");
    expect(model.choiceLabel("hcp", "temperature", "unheard_of")).toBe("unheard_of");
    expect(model.objectLabel("custom_thing")).toBe("custom_thing");
  });

  it("offers no retired choice", () => {
    expect(model.choices("hcp", "temperature").map((choice) => choice.code)).toEqual(["favorable"]);
  });

  it("shows a section only where it applies", () => {
    expect(model.formSections("hcp", { kind: "doctor" })).toHaveLength(1);
    expect(model.formSections("hcp", { kind: "pharmacist" })).toHaveLength(2);
  });

  it("asks for a field only where its condition holds, by the name that it has there", () => {
    const [, section] = model.formSections("hcp", { kind: "nurse", kol: true });
    expect(section?.fields).toEqual(["visit_count", "temperature"]);
    expect(model.formSections("hcp", { kind: "nurse" })[1]?.fields).toEqual(["visit_count"]);
    expect(model.sectionFields("hcp", section!).map((field) => model.nameOf(field))).toEqual(["自社製品への態度"]);
    expect(model.isAsked("hcp", "cdtm_interest", { kind: "doctor" })).toBe(false);
    expect(model.isAsked("hcp", "cdtm_interest", { kind: "pharmacist" })).toBe(true);
    expect(model.isAsked("hcp", "in_no_form", {})).toBe(true);
  });

  it("repeats the server's decision on what the reader may do", () => {
    expect(model.may("hcp", "read")).toBe(true);
    expect(model.may("hcp", "create")).toBe(false);
    expect(model.may("hidden", "read")).toBe(false);
  });
});

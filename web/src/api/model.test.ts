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

  it("repeats the server's decision on what the reader may do", () => {
    expect(model.may("hcp", "read")).toBe(true);
    expect(model.may("hcp", "create")).toBe(false);
    expect(model.may("hidden", "read")).toBe(false);
  });
});

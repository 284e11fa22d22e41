import { describe, expect, it } from "vitest";
import { Model } from "../../../api/model";
import { bandOf, inOrder } from "./bands";

const ranks = { enthusiastic: 5, favorable: 4, neutral: 3, skeptical: 2, prefers_competitor: 1, hard_to_meet: 0 };
const model = new Model(
  [
    {
      object: "hcp",
      fields: [
        { name: "temperature", type: "choice", choices: Object.entries(ranks).map(([code, rank]) => ({ code, rank })) },
        {
          name: "influence_on_doctors",
          type: "choice",
          choices: [
            { code: "high", rank: 3 },
            { code: "low", rank: 1 },
          ],
        },
      ],
    },
  ],
  "en",
);

describe("the map of an institution", () => {
  it("sorts temperatures into bands around the middle of the scale", () => {
    const band = (code: string | null) => bandOf(model, ["hard_to_meet"], code);
    expect(["enthusiastic", "favorable"].map(band)).toEqual(["warm", "warm"]);
    expect(band("neutral")).toBe("neutral");
    expect(["skeptical", "prefers_competitor"].map(band)).toEqual(["cold", "cold"]);
    expect([null, "hard_to_meet", ""].map(band)).toEqual(["unknown", "unknown", "unknown"]);
  });

  it("puts whose word weighs more first, then who was met last", () => {
    const people = [
      { id: 1, influence: "low", last_visit_at: "2026-11-01T00:00:00Z" },
      { id: 2, influence: "high", last_visit_at: null },
      { id: 3, influence: "high", last_visit_at: "2026-10-01T00:00:00Z" },
      { id: 4, influence: null, last_visit_at: "2026-11-02T00:00:00Z" },
    ];
    expect(inOrder(model, people).map(({ id }) => id)).toEqual([3, 2, 1, 4]);
  });
});

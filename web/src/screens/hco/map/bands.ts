/** How the map sorts people: into bands of warmth, the weightiest first. */
import type { Stakeholder } from "../../../api/hco";
import type { Model } from "../../../api/model";

export const bands = ["cold", "neutral", "warm", "unknown"] as const;
export type Band = (typeof bands)[number];

/** Below, at and above the middle of the scale; what says nothing of warmth (hard to meet) is unknown. */
export function bandOf(model: Model, leftOut: string[], temperature: string | null | undefined): Band {
  if (!temperature || leftOut.includes(temperature)) return "unknown";
  const ranks = model
    .choices("hcp", "temperature")
    .filter((choice) => !leftOut.includes(choice.code))
    .map((choice) => choice.rank ?? 0);
  const middle = (Math.min(...ranks) + Math.max(...ranks)) / 2;
  const rank = model.rank("hcp", "temperature", temperature) ?? middle;
  if (rank === middle) return "neutral";
  return rank < middle ? "cold" : "warm";
}

/** 3 to 0: how many of three bars their influence fills. */
export const weightOf = (model: Model, person: Pick<Stakeholder, "influence">): number =>
  person.influence ? (model.rank("hcp", "influence_on_doctors", person.influence) ?? 0) : 0;

/** Whose word weighs more first, then who was met last. */
export function inOrder<P extends Pick<Stakeholder, "influence" | "last_visit_at">>(model: Model, people: P[]): P[] {
  return people.toSorted(
    (a, b) => weightOf(model, b) - weightOf(model, a) || (b.last_visit_at ?? "").localeCompare(a.last_visit_at ?? ""),
  );
}

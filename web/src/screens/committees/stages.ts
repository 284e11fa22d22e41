/** The columns of the board: what is asked of a representative differs by how near the meeting is. */
import type { Meeting } from "../../api/committees";

export const stages = ["waiting", "week", "month", "later", "decided"] as const;
export type Stage = (typeof stages)[number];

const week = 7;
/** As the rule that makes the plan. */
const month = 31;

export function stageOf({ stage, days }: Pick<Meeting, "stage" | "days">): Stage {
  if (stage !== "ahead") return stage;
  if (days <= week) return "week";
  return days <= month ? "month" : "later";
}

/** Nearest first; what was decided, the latest first. */
export const inColumn = <M extends Pick<Meeting, "stage" | "days">>(meetings: M[], stage: Stage): M[] =>
  meetings
    .filter((meeting) => stageOf(meeting) === stage)
    .toSorted((a, b) => (stage === "decided" ? b.days - a.days : a.days - b.days));

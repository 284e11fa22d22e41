/** What a plan's own figures say. */
import type { AnyRecord } from "../../api/shapes";
import { addDays, dayOf, type Day } from "../../lib/dates";

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

export interface PlanFigures {
  doctors: number;
  written: number;
  read: number;
}

export const figuresOf = (plan: AnyRecord): PlanFigures => ({
  doctors: number(plan["doctors"]),
  written: number(plan["memos_complete"]),
  read: number(plan["doctors_read"]),
});

/** As long as the successor has for reading; the rule "handover_unread" tells the manager then. */
const readingDays = 14;

/** The parts of an open plan that are past their day. */
export function lateParts(plan: AnyRecord, now: Day): ("memos" | "reading")[] {
  if (plan["state"] !== "open") return [];
  const { doctors, written, read } = figuresOf(plan);
  const due = plan["due_on"];
  const started = plan["started_at"];
  const late: ("memos" | "reading")[] = [];
  if (typeof due === "string" && due < now && written < doctors) late.push("memos");
  if (typeof started === "string" && addDays(dayOf(started, "UTC"), readingDays) < now && read < doctors) late.push("reading");
  return late;
}

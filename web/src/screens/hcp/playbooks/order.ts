/** The order in which steps are read: those settled as they happened, then what is open and planned by its date. */
import type { PlaybookStep } from "../../../api/playbooks";

type Dated = Pick<PlaybookStep, "due_at" | "done_at" | "from" | "state">;

const isSettled = ({ state }: Dated): boolean => state === "done" || state === "skipped" || state === "stopped";

/** What has no date yet stands behind everything that has one. */
const never = "9999";

export function stepsInOrder<Step extends Dated>(steps: readonly Step[]): Step[] {
  const settled = steps.filter(isSettled).toSorted((one, other) => (one.done_at ?? never).localeCompare(other.done_at ?? never));
  const coming = steps.filter((step) => !isSettled(step)).toSorted((one, other) => (one.due_at ?? never).localeCompare(other.due_at ?? never));
  return [...settled, ...coming];
}

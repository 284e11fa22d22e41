/** How much of a deadline's time is left, in the unit in which a person counts it. */
export interface TimeLeft {
  late: boolean;
  unit: "days" | "hours" | "minutes";
  count: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Rounded down, so that nobody believes to have more time than there is; late time likewise. */
export function timeLeft(due: string, now: number): TimeLeft {
  const left = Date.parse(due) - now;
  const span = Math.abs(left);
  const late = left < 0;
  if (span >= 2 * day) return { late, unit: "days", count: Math.floor(span / day) };
  if (span >= hour) return { late, unit: "hours", count: Math.floor(span / hour) };
  return { late, unit: "minutes", count: Math.floor(span / minute) };
}

/** Where a warning begins: less than a working half day. */
export const isNear = (due: string, now: number): boolean => Date.parse(due) - now < 4 * hour;

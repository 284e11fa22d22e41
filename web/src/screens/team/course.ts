/** A figure's course over the periods as points of a small picture: plain arithmetic, tested without a browser. */
import type { Widget } from "../../api/dashboard";

export interface Point {
  x: number;
  y: number;
  value: number;
  period: number;
}

export interface Picture {
  /** Unbroken runs: a period without a figure parts the line, it does not bridge it. */
  runs: Point[][];
  points: Point[];
}

/** The top of the scale: a share's is all, a choice's its highest rank, other figures' their own largest. */
export function topOf(widget: Widget, highestRank: number | null): number {
  if (widget.measure === "share") return 1;
  if (widget.measure === "mean" && highestRank !== null) return highestRank;
  return Math.max(...widget.groups.map(({ value }) => value ?? 0), Number.MIN_VALUE);
}

/** Points within `width` × `height`, 0 at the bottom: scales never begin above it, which would exaggerate. */
export function picture(widget: Widget, top: number, width: number, height: number): Picture {
  const periods = widget.periods?.length ?? 0;
  const step = periods > 1 ? width / (periods - 1) : 0;
  const runs: Point[][] = [];
  for (let period = 0, open = false; period < periods; period++) {
    const value = widget.groups.find((group) => group.period === period)?.value ?? null;
    if (value === null) {
      open = false;
      continue;
    }
    const point = { x: period * step, y: height - (Math.min(value, top) / top) * height, value, period };
    if (open) runs.at(-1)?.push(point);
    else runs.push([point]);
    open = true;
  }
  return { runs, points: runs.flat() };
}

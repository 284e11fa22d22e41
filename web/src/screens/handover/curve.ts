/** A stepped line through readings on a scale of rows. */
export interface Reading {
  at: number;
  code: string;
  /** From the top, which is the warmest. */
  row: number;
}

interface Frame {
  width: number;
  height: number;
  /** Where the line begins; the scale's words stand before it. */
  left: number;
  now: number;
}

export interface Curve {
  path: string;
  points: { x: number; y: number; code: string }[];
  yOf: (row: number) => number;
}

const edge = 8;
const short = (value: number): number => Math.round(value * 10) / 10;

/** The readings oldest first; there is at least one. */
export function steps(readings: Reading[], rows: number, { width, height, left, now }: Frame): Curve {
  const from = readings[0]?.at ?? now;
  const span = Math.max(now - from, 1);
  const yOf = (row: number): number => short(edge + ((height - 2 * edge) * row) / Math.max(rows - 1, 1));
  const xOf = (at: number): number => short(left + edge + ((width - left - 2 * edge) * Math.min(at - from, span)) / span);
  const points = readings.map(({ at, code, row }) => ({ x: xOf(at), y: yOf(row), code }));
  const [first, ...rest] = points;
  const path = first === undefined ? "" : `M${first.x} ${first.y}${rest.map(({ x, y }) => `H${x}V${y}`).join("")}H${width - edge}`;
  return { path, points, yOf };
}

/**
 * Whether a condition of a form holds for what has been typed: the part of JSON Logic that forms may use
 * (`src/engine/layout.c` sees to that), with the same meaning as on the server.
 */
type Logic = unknown;
type Values = Record<string, unknown>;

/** Every constant and field is what it is; an operator gives what it finds. */
function valueOf(logic: Logic, values: Values): unknown {
  if (Array.isArray(logic)) return logic.map((one) => valueOf(one, values));
  if (typeof logic !== "object" || logic === null) return logic;
  const [operator, inside] = Object.entries(logic)[0] ?? [];
  if (operator === undefined) return true;
  if (operator === "var") return values[String(inside)] ?? null;
  const parts = Array.isArray(inside) ? (inside as Logic[]) : [inside];
  return operators[operator]?.(parts, values) ?? false;
}

const isTrue = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Nothing counts as 0 beside a number; beside anything else it has no order. */
function ordered(parts: Logic[], values: Values, fits: (a: number | string, b: number | string) => boolean): boolean {
  const found = parts.map((part) => valueOf(part, values));
  const numeric = found.some((value) => typeof value === "number");
  const sides = found.map((value) => (numeric && value === null ? 0 : value));
  if (!sides.every((value) => typeof value === "number" || (!numeric && typeof value === "string"))) return false;
  const known = sides as (number | string)[];
  return known.slice(1).every((value, index) => fits(known[index] ?? 0, value));
}

function isIn(needle: unknown, among: unknown): boolean {
  if (Array.isArray(among)) return among.includes(needle);
  return typeof among === "string" && typeof needle === "string" && among.includes(needle);
}

const operators: Record<string, (parts: Logic[], values: Values) => boolean> = {
  and: (parts, values) => parts.every((part) => isTrue(valueOf(part, values))),
  or: (parts, values) => parts.some((part) => isTrue(valueOf(part, values))),
  "!": ([part], values) => !isTrue(valueOf(part, values)),
  "!!": ([part], values) => isTrue(valueOf(part, values)),
  "==": ([a, b], values) => valueOf(a, values) === valueOf(b, values),
  "!=": ([a, b], values) => valueOf(a, values) !== valueOf(b, values),
  "<": (parts, values) => ordered(parts, values, (a, b) => a < b),
  "<=": (parts, values) => ordered(parts, values, (a, b) => a <= b),
  ">": (parts, values) => ordered(parts, values, (a, b) => a > b),
  ">=": (parts, values) => ordered(parts, values, (a, b) => a >= b),
  in: ([needle, among], values) => isIn(valueOf(needle, values), valueOf(among, values)),
};

/** No condition holds always. */
export const holds = (logic: Logic, values: Values): boolean => logic === undefined || isTrue(valueOf(logic, values));

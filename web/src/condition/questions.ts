/**
 * The questions that a condition asks of a field, each as the JSON Logic that asks it. A question is
 * read back by the pattern that it is built from, so that what one direction does the other undoes.
 */
import type { Kind } from "./schema";

export type Logic = unknown;
export type Value = null | number | string | (number | string)[];

/** What has to be entered for a question. */
export type Entry = "nothing" | "text" | "texts" | "number" | "numbers" | "codes" | "records" | "day" | "days" | "count";

/** The reader, among ids of users. */
export const me = "me";
/** Days that move with the calendar. */
export const dayWords = ["today", "week_end", "month_end"] as const;

export interface Question {
  kinds: Kind[];
  entry: Entry;
  /** What stands there before anything is entered. */
  begin: Value;
  build: (path: string, value: Value) => Logic;
  /** The path and the value, or null when the logic asks something else. */
  read: (logic: Logic) => Answered | null;
}

export interface Answered {
  path: string;
  value: Value;
}

/* ---- Patterns ---- */

/** A place in a pattern that a path or a value fills. */
class Hole {
  constructor(
    readonly name: "path" | "value" | "second",
    readonly fits: (logic: Logic) => boolean,
    readonly read: (logic: Logic) => unknown = (logic) => logic,
    readonly write: (value: unknown) => Logic = (value) => value,
  ) {}
}

type Bindings = Partial<Record<Hole["name"], unknown>>;
type Members = Record<string, Logic>;

const isObject = (logic: Logic): logic is Members => typeof logic === "object" && logic !== null && !Array.isArray(logic);
const isText = (logic: Logic): logic is string => typeof logic === "string";
const isNumber = (logic: Logic): logic is number => typeof logic === "number";

/** An operator's lone argument, written without its list, means the same. */
export function argumentsOf(logic: Members): Logic[] {
  const [value] = Object.values(logic);
  return Array.isArray(value) ? value : [value];
}

const pathHole = new Hole(
  "path",
  (logic) => isObject(logic) && "var" in logic && argumentsOf(logic).length === 1 && isText(argumentsOf(logic)[0]),
  (logic) => argumentsOf(logic as Members)[0],
  (path) => ({ var: path }),
);
const number = (name: "value" | "second" = "value") => new Hole(name, isNumber);
const text = new Hole("value", isText);
const texts = new Hole("value", (logic) => Array.isArray(logic) && logic.length > 0 && logic.every(isText));
const oneText = new Hole("value", isText, (logic) => [logic], (value) => (value as string[])[0]);

const isMe = (logic: Logic): boolean => isObject(logic) && "me" in logic;
const readRecord = (logic: Logic): Logic => (isMe(logic) ? me : logic);
const writeRecord = (value: unknown): Logic => (value === me ? { me: [] } : value);
const isRecord = (logic: Logic): boolean => isText(logic) || isMe(logic);
const records = new Hole(
  "value",
  (logic) => Array.isArray(logic) && logic.length > 0 && logic.every(isRecord),
  (logic) => (logic as Logic[]).map(readRecord),
  (value) => (value as string[]).map(writeRecord),
);
const oneRecord = new Hole("value", isRecord, (logic) => [readRecord(logic)], (value) => writeRecord((value as string[])[0]));

const wordOf = (logic: Logic): string | undefined => dayWords.find((word) => isObject(logic) && word in logic);
const isDay = (logic: Logic): boolean =>
  wordOf(logic) !== undefined || (isText(logic) && /^\d{4}-\d{2}-\d{2}$/.test(logic));
const day = (name: "value" | "second" = "value") =>
  new Hole(
    name,
    isDay,
    (logic) => wordOf(logic) ?? logic,
    (value) => (dayWords.some((word) => word === value) ? { [value as string]: [] } : value),
  );

function fill(pattern: Logic, bindings: Bindings): Logic {
  if (pattern instanceof Hole) return pattern.write(bindings[pattern.name]);
  if (Array.isArray(pattern)) return pattern.map((item) => fill(item, bindings));
  if (!isObject(pattern)) return pattern;
  return Object.fromEntries(Object.entries(pattern).map(([name, value]) => [name, fill(value, bindings)]));
}

function fits(pattern: Logic, logic: Logic, bindings: Bindings): boolean {
  if (pattern instanceof Hole) return bind(pattern, logic, bindings);
  if (Array.isArray(pattern)) {
    return Array.isArray(logic) && pattern.length === logic.length && pattern.every((item, at) => fits(item, logic[at], bindings));
  }
  if (!isObject(pattern)) return pattern === logic;
  if (!isObject(logic)) return false;
  const [name] = Object.keys(pattern);
  const names = Object.keys(logic);
  if (names.length !== 1 || names[0] !== name) return false;
  return fits(argumentsOf(pattern), argumentsOf(logic), bindings);
}

function bind(hole: Hole, logic: Logic, bindings: Bindings): boolean {
  if (!hole.fits(logic)) return false;
  const value = hole.read(logic);
  if (hole.name in bindings) return bindings[hole.name] === value;
  bindings[hole.name] = value;
  return true;
}

/** Values of two holes are a pair. */
const paired = ({ value, second }: Bindings): Value =>
  (second === undefined ? (value ?? null) : [value, second]) as Value;

function unpaired(path: string, value: Value, pattern: Logic): Bindings {
  const two = JSON.stringify(pattern, (_, part: unknown) => (part instanceof Hole ? part.name : part)).includes('"second"');
  if (!two || !Array.isArray(value)) return { path, value };
  return { path, value: value[0], second: value[1] };
}

interface Asked {
  kinds: Kind[];
  entry: Entry;
  begin?: Value;
  /** The first is what is built; the others are other words for the same, which are read too. */
  patterns: [Logic, ...Logic[]];
}

function question({ kinds, entry, begin = null, patterns }: Asked): Question {
  return {
    kinds,
    entry,
    begin,
    build: (path, value) => fill(patterns[0], unpaired(path, value, patterns[0])),
    read: (logic) => {
      for (const pattern of patterns) {
        const bindings: Bindings = {};
        if (fits(pattern, logic, bindings)) return { path: bindings.path as string, value: paired(bindings) };
      }
      return null;
    },
  };
}

/* ---- The questions ---- */

const P = pathHole;
const V = "value" as const;
const since = { days_since: [P] };
const until = { days_until: [P] };
const known = { "!=": [P, null] };
const weekEnd = { days_until: [{ week_end: [] }] };
const monthEnd = { days_until: [{ month_end: [] }] };
const monthStart = { days_until: [{ month_start: [] }] };
const nextMonthEnd = { days_until: [{ next_month_end: [] }] };
const lastMonthStart = { days_until: [{ last_month_start: [] }] };
const days: Kind[] = ["date", "instant"];
const count = number();

/** Any of several items of a list field: one question for each, joined. */
function among(negated: boolean): Question {
  const item = [{ in: [text, P] }, { contains: [P, text] }];
  const readItem = (logic: Logic): Bindings | null => {
    for (const pattern of item) {
      const bindings: Bindings = {};
      if (fits(pattern, logic, bindings)) return bindings;
    }
    return null;
  };
  const readAny = (logic: Logic): Answered | null => {
    const several = isObject(logic) && "or" in logic ? argumentsOf(logic) : [logic];
    const found = several.map(readItem);
    const path = found[0]?.path;
    if (path === undefined || !found.every((one) => one?.path === path)) return null;
    return { path: path as string, value: found.map((one) => one?.[V] as string) };
  };
  const buildAny = (path: string, value: Value): Logic => {
    const each = (value as string[]).map((one) => ({ in: [one, { var: path }] }));
    return each.length === 1 ? each[0] : { or: each };
  };
  return {
    kinds: ["many"],
    entry: "codes",
    begin: [],
    build: (path, value) => (negated ? { "!": [buildAny(path, value)] } : buildAny(path, value)),
    read: (logic) => {
      if (!negated) return readAny(logic);
      return isObject(logic) && "!" in logic ? readAny(argumentsOf(logic)[0]) : null;
    },
  };
}

/** Of a moment within days: from the beginning of the first to the end of the last. */
const all = {
  any_of: question({
    kinds: ["choice"],
    entry: "codes",
    begin: [],
    patterns: [{ in: [P, texts] }, { "==": [P, oneText] }, { "===": [P, oneText] }, { "==": [oneText, P] }],
  }),
  none_of: question({
    kinds: ["choice"],
    entry: "codes",
    begin: [],
    patterns: [{ "!": [{ in: [P, texts] }] }, { "!=": [P, oneText] }, { "!==": [P, oneText] }],
  }),
  record_any_of: question({
    kinds: ["reference"],
    entry: "records",
    begin: [],
    patterns: [{ in: [P, records] }, { "==": [P, oneRecord] }, { "===": [P, oneRecord] }, { "==": [oneRecord, P] }],
  }),
  record_none_of: question({
    kinds: ["reference"],
    entry: "records",
    begin: [],
    patterns: [{ "!": [{ in: [P, records] }] }, { "!=": [P, oneRecord] }, { "!==": [P, oneRecord] }],
  }),
  has_any: among(false),
  has_none: among(true),
  contains: question({
    kinds: ["text"],
    entry: "text",
    begin: "",
    patterns: [{ in: [text, P] }, { contains: [P, text] }],
  }),
  contains_not: question({
    kinds: ["text"],
    entry: "text",
    begin: "",
    patterns: [{ "!": [{ in: [text, P] }] }, { "!": [{ contains: [P, text] }] }],
  }),
  is: question({ kinds: ["text"], entry: "text", begin: "", patterns: [{ "==": [P, text] }, { "===": [P, text] }] }),
  is_not: question({ kinds: ["text"], entry: "text", begin: "", patterns: [{ "!=": [P, text] }, { "!==": [P, text] }] }),
  is_one_of: question({ kinds: ["text"], entry: "texts", begin: [], patterns: [{ in: [P, texts] }] }),
  is_none_of: question({ kinds: ["text"], entry: "texts", begin: [], patterns: [{ "!": [{ in: [P, texts] }] }] }),
  yes: question({
    kinds: ["boolean"],
    entry: "nothing",
    patterns: [{ "==": [P, true] }, { "===": [P, true] }, { "!!": [P] }, P],
  }),
  no: question({ kinds: ["boolean"], entry: "nothing", patterns: [{ "==": [P, false] }, { "===": [P, false] }] }),
  not_yes: question({
    kinds: ["boolean"],
    entry: "nothing",
    patterns: [{ "!": [P] }, { "!=": [P, true] }, { "!==": [P, true] }],
  }),
  equal: question({ kinds: ["number"], entry: "number", begin: 0, patterns: [{ "==": [P, count] }, { "===": [P, count] }] }),
  unequal: question({ kinds: ["number"], entry: "number", begin: 0, patterns: [{ "!=": [P, count] }, { "!==": [P, count] }] }),
  at_least: question({ kinds: ["number"], entry: "number", begin: 1, patterns: [{ ">=": [P, count] }, { "<=": [count, P] }] }),
  at_most: question({ kinds: ["number"], entry: "number", begin: 1, patterns: [{ "<=": [P, count] }, { ">=": [count, P] }] }),
  more: question({ kinds: ["number"], entry: "number", begin: 0, patterns: [{ ">": [P, count] }, { "<": [count, P] }] }),
  less: question({ kinds: ["number"], entry: "number", begin: 1, patterns: [{ "<": [P, count] }, { ">": [count, P] }] }),
  between: question({
    kinds: ["number"],
    entry: "numbers",
    begin: [0, 10],
    patterns: [{ "<=": [number(V), P, number("second")] }],
  }),
  in_last: question({
    kinds: days,
    entry: "count",
    begin: 30,
    patterns: [{ and: [known, { "<=": [0, since, count] }] }],
  }),
  not_for: question({
    kinds: days,
    entry: "count",
    begin: 60,
    patterns: [{ or: [{ "==": [P, null] }, { ">=": [since, count] }] }, { or: [{ "!": [P] }, { ">=": [since, count] }] }],
  }),
  ago: question({ kinds: days, entry: "count", begin: 30, patterns: [{ ">=": [since, count] }, { "<=": [count, since] }] }),
  in_next: question({
    kinds: days,
    entry: "count",
    begin: 30,
    patterns: [{ and: [known, { "<=": [0, until, count] }] }],
  }),
  ahead: question({ kinds: days, entry: "count", begin: 30, patterns: [{ ">=": [until, count] }, { "<=": [count, until] }] }),
  on_today: question({ kinds: days, entry: "nothing", patterns: [{ "==": [since, 0] }, { "==": [until, 0] }] }),
  past: question({ kinds: days, entry: "nothing", patterns: [{ ">": [since, 0] }, { "<": [until, 0] }] }),
  future: question({ kinds: days, entry: "nothing", patterns: [{ ">": [until, 0] }, { "<": [since, 0] }] }),
  this_week: question({
    kinds: days,
    entry: "nothing",
    patterns: [{ and: [known, { "<": [{ "-": [weekEnd, 7] }, until] }, { "<=": [until, weekEnd] }] }],
  }),
  this_month: question({
    kinds: days,
    entry: "nothing",
    patterns: [{ and: [known, { "<=": [monthStart, until, monthEnd] }] }],
  }),
  next_month: question({
    kinds: days,
    entry: "nothing",
    patterns: [{ and: [known, { "<": [monthEnd, until] }, { "<=": [until, nextMonthEnd] }] }],
  }),
  last_month: question({
    kinds: days,
    entry: "nothing",
    patterns: [{ and: [known, { "<=": [lastMonthStart, until] }, { "<": [until, monthStart] }] }],
  }),
  rest_of_month: question({
    kinds: days,
    entry: "nothing",
    patterns: [{ and: [known, { "<=": [0, until, monthEnd] }] }],
  }),
  on: question({
    kinds: ["date"],
    entry: "day",
    begin: "today",
    patterns: [{ "==": [P, day()] }, { "===": [P, day()] }, { "==": [day(), P] }],
  }),
  from: question({ kinds: days, entry: "day", begin: "today", patterns: [{ ">=": [P, day()] }, { "<=": [day(), P] }] }),
  before: question({ kinds: days, entry: "day", begin: "today", patterns: [{ "<": [P, day()] }, { ">": [day(), P] }] }),
  until: question({ kinds: ["date"], entry: "day", begin: "today", patterns: [{ "<=": [P, day()] }, { ">=": [day(), P] }] }),
  after: question({ kinds: ["date"], entry: "day", begin: "today", patterns: [{ ">": [P, day()] }, { "<": [day(), P] }] }),
  days_between: question({
    kinds: ["date"],
    entry: "days",
    begin: ["today", "month_end"],
    patterns: [{ "<=": [day(V), P, day("second")] }],
  }),
  empty: question({
    kinds: ["text", "number", "boolean", "date", "instant", "choice", "many", "reference", "opaque"],
    entry: "nothing",
    patterns: [{ "==": [P, null] }, { "===": [P, null] }, { "==": [null, P] }, { missing: [new Hole("path", isText)] }],
  }),
  not_empty: question({
    kinds: ["text", "number", "boolean", "date", "instant", "choice", "many", "reference", "opaque"],
    entry: "nothing",
    patterns: [known, { "!==": [P, null] }, { "!=": [null, P] }],
  }),
  /** JSON Logic's own word for an empty field, where emptiness is all that it can mean. */
  blank: question({
    kinds: ["text", "date", "instant", "choice", "many", "reference", "opaque"],
    entry: "nothing",
    patterns: [{ "!": [P] }],
  }),
  filled: question({
    kinds: ["text", "date", "instant", "choice", "many", "reference", "opaque"],
    entry: "nothing",
    patterns: [{ "!!": [P] }, P],
  }),
} as const satisfies Record<string, Question>;

export type QuestionName = keyof typeof all;
export const questions: Record<QuestionName, Question> = all;

/** Read where they stand, and never offered: another word says the same. */
const readOnly = new Set<QuestionName>(["blank", "filled"]);

/** What can be asked of fields of a kind, in the order in which people want it. */
export function questionsFor(kind: Kind): QuestionName[] {
  const names = Object.keys(questions) as QuestionName[];
  return names.filter((name) => questions[name].kinds.includes(kind) && !readOnly.has(name));
}

const formOperators = new Set(["var", "and", "or", "!", "!!", "==", "!=", "<", "<=", ">", ">=", "in"]);

/** Whether a form can decide it while one types, as the server has it (`engine/layout.c`). */
export function isPlain(logic: Logic): boolean {
  if (Array.isArray(logic)) return logic.every(isPlain);
  if (!isObject(logic)) return true;
  const [[name, inside] = ["", null], ...others] = Object.entries(logic);
  if (others.length > 0 || !formOperators.has(name)) return false;
  return name === "var" ? isText(inside) && !inside.includes(".") : isPlain(inside);
}

/** Of questionsFor, those that a form can decide. */
export const plainQuestionsFor = (kind: Kind): QuestionName[] =>
  questionsFor(kind).filter((name) => isPlain(questions[name].build("field", questions[name].begin)));

/** What the logic asks, if it asks one of the questions of a field of the kind that `kindOf` tells. */
export function readQuestion(
  logic: Logic,
  kindOf: (path: string) => Kind | null,
): (Answered & { question: QuestionName }) | null {
  for (const name of Object.keys(questions) as QuestionName[]) {
    const answered = questions[name].read(logic);
    if (answered === null) continue;
    const kind = kindOf(answered.path);
    if (kind !== null && questions[name].kinds.includes(kind)) return { ...answered, question: name };
  }
  return null;
}

/** Whether enough has been entered for the question to be asked. */
export function isComplete(name: QuestionName, value: Value): boolean {
  switch (questions[name].entry) {
    case "nothing":
      return true;
    case "codes":
    case "records":
    case "texts":
      return Array.isArray(value) && value.length > 0;
    case "numbers":
    case "days":
      return Array.isArray(value) && value.length === 2 && value.every((one) => one !== "" && one !== null);
    case "number":
    case "count":
      return typeof value === "number" && Number.isFinite(value);
    default:
      return typeof value === "string" && value !== "";
  }
}

/** The value for another question: kept where it means the same there. */
export function carried(from: QuestionName, to: QuestionName, value: Value): Value {
  return questions[from].entry === questions[to].entry ? value : questions[to].begin;
}

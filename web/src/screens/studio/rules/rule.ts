/** Rules as the Studio reads and changes them. */
import type { Body } from "../../../api/definitions";
import type { Condition } from "../../../api/records";
import type { Texts } from "../design/body";

export const moments = ["change", "create", "update", "daily", "after"] as const;
export type Moment = (typeof moments)[number];
export const deeds = ["task", "notify", "set", "create", "start", "stop"] as const;
export type Deed = (typeof deeds)[number];

/** A constant, or where the value comes from. */
export type Source = unknown;

export interface Action {
  do: Deed;
  template?: string;
  owner?: Source;
  to?: Source;
  kind?: string;
  about?: string;
  gather?: boolean;
  due?: { days: number } | "month_end";
  on?: string;
  object?: string;
  playbook?: string;
  /** The record that a playbook is started or stopped for. */
  for?: Source;
  at?: Source;
  values?: Record<string, Source>;
  [member: string]: unknown;
}

/** So many minutes after a moment of the record; `own` is a field of a person who may choose other minutes. */
export interface AfterMoment {
  field: string;
  minutes: number;
  own?: string;
}

export interface RuleBody extends Body {
  rule: string;
  labels: Texts;
  /** The heading under which it is listed, with all rules of the same words. */
  group?: Texts;
  object: string;
  when: Moment;
  condition: unknown;
  /** Of rules that wait for a moment to pass. */
  after?: AfterMoment;
  cause?: string[];
  actions: Action[];
  off?: boolean;
}

export interface TemplateBody extends Body {
  template: string;
  subject: Texts;
  body: Texts;
}

/** A heading and the rules under it. */
export interface RuleGroup<Rule> {
  title: string;
  rules: Rule[];
}

/** Rules under their headings; these in the order of the last requirement that each meets, those of no group last under `others`. */
export function grouped<Rule extends { label: string; body?: unknown }>(rules: Rule[], titleOf: (group: Texts) => string, others: string): RuleGroup<Rule>[] {
  const groups = new Map<string, Rule[]>();
  const bodyOf = (rule: Rule) => (rule.body ?? {}) as { group?: Texts; capability?: string };
  const last = (list: Rule[]) => list.map((rule) => bodyOf(rule).capability ?? "zz").sort(inOrder).at(-1) ?? "zz";
  for (const rule of rules) {
    const { group } = bodyOf(rule);
    const title = group === undefined ? others : titleOf(group);
    groups.set(title, [...(groups.get(title) ?? []), rule]);
  }
  return [...groups]
    .map(([title, list]) => ({ title, rules: list.toSorted((a, b) => inOrder(bodyOf(a).capability ?? "zz", bodyOf(b).capability ?? "zz") || a.label.localeCompare(b.label)) }))
    .sort((a, b) => Number(a.title === others) - Number(b.title === others) || inOrder(last(a.rules), last(b.rules)) || a.title.localeCompare(b.title));
}

/** E6 before E10; "zz" comes after all that have a number. */
const inOrder = (one: string, other: string): number => one.localeCompare(other, "en", { numeric: true });

type Members = Record<string, unknown>;
const isMembers = (node: unknown): node is Members => typeof node === "object" && node !== null && !Array.isArray(node);

function changedIn(node: unknown): string[] | null {
  if (!isMembers(node) || Object.keys(node).length !== 1) return null;
  const named = node["changed"];
  const list = Array.isArray(named) ? named : typeof named === "string" ? [named] : null;
  return list !== null && list.every((one): one is string => typeof one === "string") ? list : null;
}

/** Which fields must have changed (any of them), and what must hold besides. */
export interface Split {
  changed: string[];
  rest: Condition | undefined;
}

/** Takes apart what `joined` puts together; anything else stays a condition as a whole. */
export function split(condition: unknown): Split {
  const own = anyChanged(condition);
  if (own !== null) return { changed: own, rest: undefined };
  const parts = isMembers(condition) && Array.isArray(condition["and"]) ? (condition["and"] as unknown[]) : null;
  const at = parts?.findIndex((part) => anyChanged(part) !== null) ?? -1;
  if (parts === null || at < 0) return { changed: [], rest: bare(condition) };
  const others = parts.filter((_, index) => index !== at);
  return { changed: anyChanged(parts[at]) ?? [], rest: bare(others.length === 1 ? others[0] : { and: others }) };
}

function anyChanged(node: unknown): string[] | null {
  const one = changedIn(node);
  if (one !== null) return one;
  const members = isMembers(node) && Object.keys(node).length === 1 && Array.isArray(node["or"]) ? (node["or"] as unknown[]) : null;
  if (members === null || members.length === 0) return null;
  const all = members.map(changedIn);
  return all.every((names) => names !== null) ? all.flat().filter((name): name is string => name !== null) : null;
}

function bare(condition: unknown): Condition | undefined {
  if (condition === undefined || condition === true) return undefined;
  if (isMembers(condition) && Object.keys(condition).length === 0) return undefined;
  return condition as Condition;
}

/** The condition of a rule that waits for a change of any of these fields, and for `rest`. */
export function joined({ changed, rest }: Split): unknown {
  const parts: unknown[] = [];
  if (changed.length === 1) parts.push({ changed });
  if (changed.length > 1) parts.push({ or: changed.map((name) => ({ changed: [name] })) });
  const others = isMembers(rest) && Array.isArray(rest["and"]) && Object.keys(rest).length === 1 ? (rest["and"] as unknown[]) : rest === undefined ? [] : [rest];
  parts.push(...others);
  if (parts.length === 0) return {};
  return parts.length === 1 ? parts[0] : { and: parts };
}

/** Whether it is asked by the clock: there nothing changes, and its causes tell one act from the next. */
export const isTimed = (when: Moment): boolean => when === "daily" || when === "after";

/** The rule with another moment, and with no more than rules of that moment may say. */
export function wokenBy(body: RuleBody, when: Moment): RuleBody {
  const { cause, after, ...others } = body;
  const { rest } = split(body.condition);
  const timed = isTimed(when) ? { cause: cause ?? [], condition: joined({ changed: [], rest }) } : {};
  const moment = when === "after" ? { after: after ?? { field: "", minutes: 10 } } : {};
  return { ...others, when, ...timed, ...moment } as RuleBody;
}

/** The path of a value that comes from the record; null for anything else. */
export function pathOf(source: Source): string | null {
  if (!isMembers(source)) return null;
  const named = source["var"];
  if (typeof named === "string") return named;
  return Array.isArray(named) && named.length === 1 && typeof named[0] === "string" ? named[0] : null;
}

export const isMe = (source: Source): boolean => isMembers(source) && "me" in source;

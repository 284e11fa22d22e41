/** A role's definition, and single changes of it: what an administrator collects before publishing. */
import type { Body } from "../../../api/definitions";

export const verbs = ["read", "create", "update", "delete", "export", "import"] as const;
export const scopes = ["none", "own", "team", "all"] as const;
export const fieldRules = ["open", "read_only", "hidden"] as const;
export const rights = ["users", "configure", "import", "journal"] as const;

export type Verb = (typeof verbs)[number];
export type Scope = (typeof scopes)[number];
export type FieldRule = (typeof fieldRules)[number];

type Verbs = Partial<Record<Verb, Scope>>;

export interface RoleBody extends Body {
  role: string;
  labels: Partial<Record<string, string>>;
  objects: Record<string, Verbs>;
  fields?: Record<string, { hidden?: string[]; read_only?: string[] }>;
  may?: string[];
}

export type Change =
  | { kind: "scope"; object: string; verb: Verb; from: Scope; to: Scope }
  | { kind: "field"; object: string; field: string; from: FieldRule; to: FieldRule }
  | { kind: "right"; right: string; granted: boolean };

/** What stands for a change in lists, and what two changes of the same thing have in common. */
export function keyOf(change: Change): string {
  if (change.kind === "scope") return `scope ${change.object} ${change.verb}`;
  if (change.kind === "field") return `field ${change.object} ${change.field}`;
  return `right ${change.right}`;
}

/** How far the role reaches: objects that it does not name take what it says of "*". */
export function scopeOf(body: RoleBody, object: string, verb: Verb): Scope {
  return (body.objects[object] ?? body.objects["*"])?.[verb] ?? "none";
}

export function fieldRuleOf(body: RoleBody, object: string, field: string): FieldRule {
  const named = body.fields?.[object];
  if (named?.hidden?.includes(field)) return "hidden";
  return named?.read_only?.includes(field) ? "read_only" : "open";
}

export const hasRight = (body: RoleBody, right: string): boolean => body.may?.includes(right) ?? false;

/** Fields of an object that are not open. */
export function restrictedCount(body: RoleBody, object: string): number {
  const named = body.fields?.[object];
  return (named?.hidden?.length ?? 0) + (named?.read_only?.length ?? 0);
}

function withScope(body: RoleBody, object: string, verb: Verb, scope: Scope): RoleBody {
  // An object that gets a line of its own no longer takes anything from "*".
  const { [verb]: _, ...others } = body.objects[object] ?? body.objects["*"] ?? {};
  const line: Verbs = scope === "none" ? others : { ...others, [verb]: scope };
  return { ...body, objects: { ...body.objects, [object]: line } };
}

function withFieldRule(body: RoleBody, object: string, field: string, rule: FieldRule): RoleBody {
  const { hidden = [], read_only = [] } = body.fields?.[object] ?? {};
  const next = {
    hidden: [...hidden.filter((name) => name !== field), ...(rule === "hidden" ? [field] : [])],
    read_only: [...read_only.filter((name) => name !== field), ...(rule === "read_only" ? [field] : [])],
  };
  const { [object]: _, ...others } = body.fields ?? {};
  const line = {
    ...(next.hidden.length > 0 ? { hidden: next.hidden } : {}),
    ...(next.read_only.length > 0 ? { read_only: next.read_only } : {}),
  };
  return { ...body, fields: Object.keys(line).length > 0 ? { ...others, [object]: line } : others };
}

function withRight(body: RoleBody, right: string, granted: boolean): RoleBody {
  const others = (body.may ?? []).filter((one) => one !== right);
  return { ...body, may: granted ? [...others, right] : others };
}

export function applied(body: RoleBody, change: Change): RoleBody {
  if (change.kind === "scope") return withScope(body, change.object, change.verb, change.to);
  if (change.kind === "field") return withFieldRule(body, change.object, change.field, change.to);
  return withRight(body, change.right, change.granted);
}

/** All changes laid over a definition, also over a newer one than they were made on. */
export function appliedAll(body: RoleBody, changes: readonly Change[]): RoleBody {
  return changes.reduce(applied, body);
}

/** The change added to those collected; one that leads back to what is in force takes the other away. */
export function collected(changes: readonly Change[], change: Change): Change[] {
  const others = changes.filter((one) => keyOf(one) !== keyOf(change));
  const before = changes.find((one) => keyOf(one) === keyOf(change));
  if (change.kind === "right") return before === undefined ? [...others, change] : others;
  const from = before !== undefined && before.kind !== "right" ? before.from : change.from;
  return change.to === from ? others : [...others, { ...change, from } as Change];
}

/** What differs between two definitions of a role, for the objects and fields that there are. */
export function differences(before: RoleBody, after: RoleBody, objects: ReadonlyMap<string, readonly string[]>): Change[] {
  const changes: Change[] = [];
  for (const [object, fields] of objects) {
    for (const verb of verbs) {
      const [from, to] = [scopeOf(before, object, verb), scopeOf(after, object, verb)];
      if (from !== to) changes.push({ kind: "scope", object, verb, from, to });
    }
    for (const field of fields) {
      const [from, to] = [fieldRuleOf(before, object, field), fieldRuleOf(after, object, field)];
      if (from !== to) changes.push({ kind: "field", object, field, from, to });
    }
  }
  for (const right of new Set([...(before.may ?? []), ...(after.may ?? [])])) {
    if (hasRight(before, right) !== hasRight(after, right)) {
      changes.push({ kind: "right", right, granted: hasRight(after, right) });
    }
  }
  return changes;
}

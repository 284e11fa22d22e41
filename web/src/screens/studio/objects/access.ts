/** Who may do what with the records of an object: a part of each role's definition. */
import type { Body } from "../../../api/definitions";
import type { ObjectBody } from "../design/body";

export const scopes = ["none", "own", "team", "all"] as const;
export type Scope = (typeof scopes)[number];
/** `write` stands for making and changing, which people do not tell apart. */
export const verbs = ["read", "write", "delete", "export"] as const;
export type AccessVerb = (typeof verbs)[number];

type Verbs = Record<string, string>;

export interface RoleBody extends Body {
  role: string;
  objects: Record<string, Verbs>;
}

const partsOf: Record<AccessVerb, string[]> = { read: ["read"], write: ["create", "update"], delete: ["delete"], export: ["export"] };
const isScope = (word: string | undefined): word is Scope => scopes.some((one) => one === word);

/** What a role may do with an object; what is not said of it is said of all others (`*`). */
export function scopeOf(role: RoleBody, object: string, verb: AccessVerb): Scope {
  const said = role.objects[object] ?? role.objects["*"] ?? {};
  const word = said[partsOf[verb][0] ?? ""];
  return isScope(word) ? word : "none";
}

/** The role with another reach; nobody may change, delete or export what they may not read. */
export function withScope(role: RoleBody, object: string, verb: AccessVerb, scope: Scope): RoleBody {
  const now = Object.fromEntries(verbs.map((one) => [one, one === verb ? scope : scopeOf(role, object, one)])) as Record<AccessVerb, Scope>;
  const at = (one: Scope): number => scopes.indexOf(one);
  if (verb === "read") for (const one of verbs) now[one] = at(now[one]) > at(scope) ? scope : now[one];
  else if (at(now.read) < at(scope)) now.read = scope;
  const said = { ...(role.objects[object] ?? role.objects["*"] ?? {}) };
  for (const one of verbs) for (const part of partsOf[one]) said[part] = now[one];
  return { ...role, objects: beforeRest(role.objects, object, said) };
}

/** `*` reads best at the end, where it stands in the files. */
function beforeRest(objects: Record<string, Verbs>, object: string, said: Verbs): Record<string, Verbs> {
  if (objects[object] !== undefined || objects["*"] === undefined) return { ...objects, [object]: said };
  const { "*": rest, ...others } = objects;
  return { ...others, [object]: said, "*": rest };
}

/** The role without anything about the object, which is about to go. */
export function withoutObject(role: RoleBody, object: string): RoleBody {
  const fields = role["fields"] as Record<string, unknown> | undefined;
  const keep = <T>(members: Record<string, T>) => Object.fromEntries(Object.entries(members).filter(([name]) => name !== object));
  return { ...role, objects: keep(role.objects), ...(fields === undefined ? {} : { fields: keep(fields) }) };
}

export const mentions = (role: RoleBody, object: string): boolean =>
  role.objects[object] !== undefined || (role["fields"] as Record<string, unknown> | undefined)?.[object] !== undefined;

/** Whether records can be somebody's at all: without, everybody's reach is nothing or all. */
export const isOwned = (body: ObjectBody): boolean => Object.keys((body["ownership"] as object | undefined) ?? {}).length > 0;

export const navOf = (body: ObjectBody): string[] => (body.layouts?.["nav"] as string[] | undefined) ?? [];

export function withNav(body: ObjectBody, role: string, shown: boolean): ObjectBody {
  const others = navOf(body).filter((one) => one !== role);
  const nav = shown ? [...others, role] : others;
  const { nav: _, ...layouts } = body.layouts ?? {};
  return { ...body, layouts: nav.length === 0 ? layouts : { ...layouts, nav } };
}

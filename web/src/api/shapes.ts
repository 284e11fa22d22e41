/** Names for the generated shapes that the screens use. */
import type { NotificationKind } from "./notifications";
import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer Body } } ? Body : never;
type Got<O> = O extends { responses: { 200: infer R } } ? Json<R> : never;
type Sent<O> = O extends { requestBody?: { content: { "application/json": infer Body } } } ? Body : never;

export type Hcp = Got<paths["/api/v1/hcp/{id}"]["get"]>;
export type Hco = Got<paths["/api/v1/hco/{id}"]["get"]>;
export type Memo = Got<paths["/api/v1/memo/{id}"]["get"]>;
export type NewMemo = Sent<paths["/api/v1/memo"]["post"]>;
export type Sign = Got<paths["/api/v1/sign/{id}"]["get"]>;
export type Visit = Got<paths["/api/v1/visit/{id}"]["get"]>;
export type NewVisit = Sent<paths["/api/v1/visit"]["post"]>;
type Session = Got<paths["/api/v1/me"]["get"]> & {
  must_change_password?: boolean;
  sample?: boolean;
  may?: Partial<Record<Right, boolean>>;
  company?: { draft_minutes: number | null };
  preferences?: Record<string, unknown>;
};
/** `people` are the names of those whom the entries speak of, by id. */
export type Timeline = Got<paths["/api/v1/hcp/{id}/timeline"]["get"]> & { people?: Record<string, string> };
export type TimelineEntry = Timeline["items"][number];

/** Rights that belong to no object. */
export type Right = "users" | "journal" | "import" | "configure";
export type NameOrder = "as_written" | "family_first" | "given_first";

/** The signed-in person, as far as the page needs to know them. */
export interface Person {
  id: string;
  name: string;
  role: string;
  lang: string | null;
  zone: string;
  login: string;
  /** What the person may do besides records. */
  may: Partial<Record<Right, boolean>>;
  nameOrder: NameOrder;
  /** Kinds of notifications that are turned off. */
  muted: NotificationKind[];
  /** Their territory; null: none. */
  team: string | null;
  /** Minutes after a visit at which its draft is reminded of; null: as the company does. */
  draftMinutes: number | null;
  /** What counts then; null: the company reminds nobody. */
  companyDraftMinutes: number | null;
  /** Somebody else has set the password: nothing else is open until the person has chosen their own. */
  mustChangePassword: boolean;
  /** The company holds sample data. */
  hasSample: boolean;
  /** What the page keeps for the person, by name. */
  preferences: Record<string, unknown>;
}

export function personOf({ user, must_change_password, sample, may, company, preferences }: Session): Person {
  return {
    id: user.id,
    name: user.name ?? user.title,
    role: user.role ?? "",
    lang: user.lang ?? null,
    zone: user.zone ?? "UTC",
    login: user.login ?? "",
    may: may ?? {},
    nameOrder: user.name_order ?? "as_written",
    muted: user.muted ?? [],
    team: user.team ?? null,
    draftMinutes: user.draft_minutes ?? null,
    companyDraftMinutes: company?.draft_minutes ?? null,
    mustChangePassword: must_change_password === true,
    hasSample: sample === true,
    preferences: preferences ?? {},
  };
}

/** Any record: what every object has, and its fields by name. */
export interface AnyRecord {
  id: string;
  version?: number;
  title?: string;
  expanded?: Record<string, unknown>;
  [field: string]: unknown;
}

/** The record that `field` refers to, where the request asked to expand it. */
export function expanded(record: { expanded?: unknown }, field: string): AnyRecord | null {
  const all = record.expanded as Record<string, AnyRecord | null> | undefined;
  return all?.[field] ?? null;
}

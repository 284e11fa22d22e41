/** The places of the page that the shell and the palette lead to. A place that a person may not use is not shown. */
import type { Model } from "../api/model";
import type { Person, Right } from "../api/shapes";
import type { IconName } from "../ui/icons";

interface PlaceRule {
  to: string;
  icon: IconName;
  key: string;
  /** What it belongs to: every day's work, leading others, the system. */
  group: "day" | "manage" | "admin";
  /** The key that goes there after `g`. */
  go?: string;
  /** Only for those who may read this object, have this right, or one of these roles. */
  object?: string;
  right?: Right;
  /** Or only for those who have any of these. */
  rights?: readonly Right[];
  roles?: readonly string[];
  /** Only for those who may read others' records of it too. */
  reaches?: boolean;
  /** Only for those who may make its records for others too. */
  leads?: boolean;
  /** Only for those who may decide about others’ records. */
  reviews?: boolean;
}

/** In the order of the shell: a phone's bar has room for the first four and the rest. */
export const places = [
  { to: "/", icon: "today", key: "nav.today", group: "day", go: "t" },
  { to: "/customers", icon: "customers", key: "nav.customers", group: "day", go: "c", object: "hcp" },
  { to: "/tasks", icon: "task", key: "nav.tasks", group: "day", go: "k", object: "task" },
  { to: "/team", icon: "team", key: "nav.team", group: "manage", go: "m", object: "task", leads: true },
  { to: "/handover", icon: "handover", key: "nav.handover", group: "manage", go: "h", object: "handover_plan" },
  { to: "/committees", icon: "building", key: "nav.committees", group: "manage", go: "b", object: "committee" },
  { to: "/review", icon: "chat", key: "nav.review", group: "manage", go: "w", object: "topic", reaches: true },
  { to: "/safety", icon: "flag", key: "nav.safety", group: "manage", go: "f", object: "safety_report" },
  { to: "/compliance", icon: "lock", key: "nav.compliance", group: "manage", go: "l", object: "finding", reviews: true },
  { to: "/resources", icon: "star", key: "nav.resources", group: "manage", go: "r", object: "resource" },
  { to: "/imports", icon: "upload", key: "nav.imports", group: "manage", go: "i", right: "import" },
  { to: "/studio", icon: "pen", key: "nav.studio", group: "admin", go: "s", right: "configure" },
  { to: "/admin", icon: "settings", key: "nav.admin", group: "admin", go: "a", rights: ["users", "configure", "journal"] },
] as const satisfies PlaceRule[];

export type Place = (typeof places)[number];

/** The list of an object that an administrator has put into the navigation. */
export interface ObjectPlace {
  to: "/o/$object";
  object: string;
  label: string;
  icon: IconName;
  group: "day";
}

export const isObjectPlace = (place: Place | ObjectPlace): place is ObjectPlace => place.to === "/o/$object";

/** As placesFor, and after the day's work the lists that the business has for the person's role. */
export function navigationFor(model: Model, person: Pick<Person, "role" | "may">): (Place | ObjectPlace)[] {
  const own = placesFor(model, person);
  const lists = model
    .inNavigation(person.role)
    .map((object): ObjectPlace => ({ to: "/o/$object", object, label: model.pluralLabel(object), icon: "record", group: "day" }));
  const rest = own.findIndex(({ group }) => group !== "day");
  return rest < 0 ? [...own, ...lists] : [...own.slice(0, rest), ...lists, ...own.slice(rest)];
}

/** Those that the reader may use: the server has decided, the model and the person's rights say it. */
export function placesFor(model: Model, person: Pick<Person, "role" | "may">): Place[] {
  return places.filter((place: PlaceRule) => {
    if (place.object !== undefined && !model.may(place.object, "read")) return false;
    if (place.reaches === true && !model.reachesOthers(place.object ?? "", "read")) return false;
    if (place.leads === true && !model.reachesOthers(place.object ?? "", "create")) return false;
    if (place.reviews === true && !model.reachesOthers(place.object ?? "", "update")) return false;
    if (place.right !== undefined && person.may[place.right] !== true) return false;
    if (place.rights?.every((right) => person.may[right] !== true)) return false;
    return place.roles === undefined || place.roles.includes(person.role);
  });
}

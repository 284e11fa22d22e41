/** What the palette offers for what was typed, in the order in which it stands there. */
import type { Hit } from "../../api/search";
import type { Recent } from "../../lib/recent";
import { matches, type Action } from "../actions";

export type Line =
  | { kind: "action"; key: string; action: Action }
  | { kind: "record"; key: string; object: string; id: string; title: string; hit: Hit | null };

export interface Group {
  /** An object's name, or a heading of the palette's own. */
  name: string;
  lines: Line[];
}

/** So many records of an object; the list of that object shows the rest. */
const hitsPerObject = 5;
const actionsShown = 6;
/** People before places, places before the rest. */
const firstObjects = ["hcp", "hco"];

const rankOf = (object: string): number => {
  const at = firstObjects.indexOf(object);
  return at === -1 ? firstObjects.length : at;
};

const actionLine = (action: Action): Line => ({ kind: "action", key: `action.${action.id}`, action });

/** Found records, those of an object together. */
export function hitGroups(hits: readonly Hit[]): Group[] {
  const objects = [...new Set(hits.map((hit) => hit.object))].sort((a, b) => rankOf(a) - rankOf(b));
  return objects.map((object) => ({
    name: object,
    lines: hits
      .filter((hit) => hit.object === object)
      .slice(0, hitsPerObject)
      .map((hit): Line => ({ kind: "record", key: `${object}.${hit.id}`, object, id: hit.id, title: hit.title, hit })),
  }));
}

/** Before anything is typed: where the person was, and what is most at hand. */
export function openingGroups(recent: readonly Recent[], here: readonly Action[], usual: readonly Action[]): Group[] {
  const lines = recent.slice(0, hitsPerObject).map((record): Line => ({ kind: "record", key: `${record.object}.${record.id}`, ...record, hit: null }));
  return [
    { name: "recent", lines },
    { name: "here", lines: here.map(actionLine) },
    { name: "actions", lines: usual.map(actionLine) },
  ].filter((group) => group.lines.length > 0);
}

/** For what was typed: actions first, for they are there at once, then records as they are found. */
export function foundGroups(typed: string, actions: readonly Action[], hits: readonly Hit[]): Group[] {
  const found = actions.filter((action) => matches(action, typed)).slice(0, actionsShown);
  const groups = found.length === 0 ? [] : [{ name: "actions", lines: found.map(actionLine) }];
  return [...groups, ...hitGroups(hits)];
}

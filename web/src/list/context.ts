/**
 * Which list a record was opened from, so that its page can lead on to the next one. The address carries a
 * short name; what it stands for is kept for as long as the tab is open.
 */
import type { ListQuery } from "../api/records";

export interface ListContext {
  object: string;
  query: ListQuery;
  /** The address of the list. */
  back: string;
}

const prefix = "ondo.list.";

/** A short name for the same list every time (FNV-1a). */
function nameOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Keeps the list and gives its name for the address. */
export function keepContext(context: ListContext): string {
  const text = JSON.stringify(context);
  const name = nameOf(text);
  try {
    sessionStorage.setItem(prefix + name, text);
  } catch {
    // Without storage the record's page shows no way to the next one, and works otherwise.
  }
  return name;
}

export function contextOf(name: string): ListContext | null {
  try {
    const text = sessionStorage.getItem(prefix + name);
    return text === null ? null : (JSON.parse(text) as ListContext);
  } catch {
    return null;
  }
}

/** The records that a person looked at last, on this device: what the palette offers before a letter is typed. */
import { recall, remember } from "./device";

export interface Recent {
  object: string;
  id: string;
  title: string;
}

const keep = 10;
const keyOf = (person: string): string => `ondo.recent.${person}`;

export function recentRecords(person: string): Recent[] {
  try {
    const found: unknown = JSON.parse(recall(keyOf(person)) ?? "[]");
    return Array.isArray(found) ? found.filter(isRecent) : [];
  } catch {
    return [];
  }
}

const isRecent = (value: unknown): value is Recent =>
  typeof value === "object" && value !== null && ["object", "id", "title"].every((name) => typeof (value as never)[name] === "string");

/** The newest first, each once. */
export function lookedAt(person: string, record: Recent): void {
  const others = recentRecords(person).filter(({ object, id }) => object !== record.object || id !== record.id);
  remember(keyOf(person), JSON.stringify([record, ...others].slice(0, keep)));
}

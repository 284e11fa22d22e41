/** A new record in the making, kept on the device: a closed tab loses nothing. */
import { forget, recall, remember } from "../../lib/device";
import type { FieldDraft } from "../../record/fieldDraft";

const keyOf = (person: string, object: string): string => `ondo.new.${person}.${object}`;

export function recallNew(person: string, object: string): FieldDraft {
  try {
    const found: unknown = JSON.parse(recall(keyOf(person, object)) ?? "{}");
    return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as FieldDraft) : {};
  } catch {
    return {};
  }
}

export function keepNew(person: string, object: string, draft: FieldDraft): void {
  remember(keyOf(person, object), JSON.stringify(draft));
}

export function dropNew(person: string, object: string): void {
  forget(keyOf(person, object));
}

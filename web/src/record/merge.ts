/** Two people have changed the same record: what each of them did, field by field. */
import type { Field } from "../api/model";
import type { AnyRecord } from "../api/shapes";

export interface Clash {
  field: Field;
  was: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface Merge {
  /** Fields that both changed, to different values: the person chooses. */
  clashes: Clash[];
  /** Fields that only the other person changed: they stay. */
  theirs: Field[];
  /** What only this person changed: it is saved in any case. */
  mine: Record<string, unknown>;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Compares what was (`base`), what the person enters (`changes`) and what stands there now (`present`). */
export function mergeOf(fields: Field[], base: AnyRecord, changes: Record<string, unknown>, present: AnyRecord): Merge {
  const merge: Merge = { clashes: [], theirs: [], mine: {} };
  for (const field of fields) {
    const { name } = field;
    const [was, now] = [base[name], present[name]];
    const isMine = name in changes;
    const isTheirs = !same(was, now);
    if (isMine && isTheirs && !same(changes[name], now)) merge.clashes.push({ field, was, mine: changes[name], theirs: now });
    else if (isTheirs && !isMine) merge.theirs.push(field);
    else if (isMine && !isTheirs) merge.mine[name] = changes[name];
  }
  return merge;
}

export type Choice = "mine" | "theirs";

/** What is left to save once each clash is decided. */
export function mergedChanges(merge: Merge, choices: Record<string, Choice>): Record<string, unknown> {
  const chosen = merge.clashes.filter(({ field }) => (choices[field.name] ?? "mine") === "mine");
  return { ...merge.mine, ...Object.fromEntries(chosen.map(({ field, mine }) => [field.name, mine])) };
}

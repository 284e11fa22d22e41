import { useCallback, useMemo, useState } from "react";
import type { Body, DefinitionPart } from "../../../api/definitions";
import { forget, recall, remember } from "../../../lib/device";

/** A definition as it is in force; a body of null is not there yet. */
export interface Original {
  kind: string;
  name: string;
  version: number;
  body: Body | null;
}

type Kept = Record<string, { version: number; body: Body | null }>;

const keyOf = ({ kind, name }: { kind: string; name: string }): string => `${kind}/${name}`;

function kept(key: string): Kept {
  try {
    const read: unknown = JSON.parse(recall(key) ?? "{}");
    return typeof read === "object" && read !== null ? (read as Kept) : {};
  } catch {
    return {};
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Definitions while they are worked on, kept on this device until they are published. `key` is what is worked on:
 * an object, or a rule with its texts.
 */
export function useDraft(key: string, originals: Original[]) {
  const storageKey = `ondo.studio.${key}`;
  const [drafts, setDrafts] = useState(() => kept(storageKey));
  const put = useCallback(
    (next: Kept) => {
      setDrafts(next);
      if (Object.keys(next).length === 0) forget(storageKey);
      else remember(storageKey, JSON.stringify(next));
    },
    [storageKey],
  );
  const find = (kind: string, name: string) => originals.find((one) => one.kind === kind && one.name === name);
  const bodyOf = (kind: string, name: string): Body | null => {
    const draft = drafts[keyOf({ kind, name })];
    return draft === undefined ? (find(kind, name)?.body ?? null) : draft.body;
  };
  /** What equals what is in force is no change. */
  const changeSeveral = (parts: { kind: string; name: string; body: Body | null }[]) => {
    let next = drafts;
    for (const { kind, name, body } of parts) {
      const original = find(kind, name);
      const { [keyOf({ kind, name })]: before, ...others } = next;
      const isSame = same(body, original?.body ?? null);
      next = isSame ? others : { ...others, [keyOf({ kind, name })]: { version: before?.version ?? original?.version ?? 0, body } };
    }
    put(next);
  };
  const change = (kind: string, name: string, body: Body | null) => changeSeveral([{ kind, name, body }]);
  const changed = useMemo(
    () =>
      Object.entries(drafts).map(([path, { version, body }]): DefinitionPart => {
        const [kind = "", name = ""] = path.split("/");
        return { kind, name, version, body };
      }),
    [drafts],
  );
  return { bodyOf, change, changeSeveral, changed, clear: () => put({}), originalOf: (part: DefinitionPart) => find(part.kind, part.name) };
}

export type Draft = ReturnType<typeof useDraft>;

import { useCallback, useState } from "react";
import { forget, recall, remember } from "../../../lib/device";
import { collected, keyOf, type Change } from "./role";

const storageKey = (role: string) => `ondo.role.${role}`;

function kept(role: string): Change[] {
  try {
    const read: unknown = JSON.parse(recall(storageKey(role)) ?? "[]");
    return Array.isArray(read) ? (read as Change[]) : [];
  } catch {
    return [];
  }
}

/** The changes of a role that are not published yet, kept on this device until they are. */
export function useChanges(role: string) {
  const [changes, setChanges] = useState(() => kept(role));
  const put = useCallback(
    (next: Change[]) => {
      setChanges(next);
      if (next.length === 0) forget(storageKey(role));
      else remember(storageKey(role), JSON.stringify(next));
    },
    [role],
  );
  return {
    changes,
    put,
    add: (change: Change) => put(collected(changes, change)),
    takeBack: (change: Change) => put(changes.filter((one) => keyOf(one) !== keyOf(change))),
    clear: () => put([]),
  };
}

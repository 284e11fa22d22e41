import { useCallback, useEffect, useState } from "react";
import { randomId } from "../../lib/ids";
import { dropDraft, emptyDraft, keepDraft, recallDraft, type VisitDraft } from "./draft";

/** The draft of a visit, kept on the device at every change. */
export function useDraft(user: string, hcp: string) {
  const [found] = useState(() => recallDraft(user, hcp));
  const [draft, setDraft] = useState<VisitDraft>(() => found ?? emptyDraft());
  const [isKept, setKept] = useState(found !== null);
  const [isDone, setDone] = useState(false);

  useEffect(() => {
    if (!isDone && draft.changedAt > 0) setKept(keepDraft(user, hcp, draft));
  }, [user, hcp, draft, isDone]);

  const change = useCallback((values: Partial<VisitDraft>) => {
    setDraft((before) => ({ ...before, ...values, changedAt: Date.now() }));
  }, []);

  /** The server refused the request under this key: what is sent next is another request. */
  const renewKey = useCallback(() => setDraft((before) => ({ ...before, key: randomId(), sent: null })), []);

  const discard = useCallback(() => {
    dropDraft(user, hcp);
    setDraft(emptyDraft());
    setKept(false);
  }, [user, hcp]);

  const finish = useCallback(() => {
    setDone(true);
    dropDraft(user, hcp);
  }, [user, hcp]);

  return { draft, found, isKept, change, renewKey, discard, finish };
}

export type DraftState = ReturnType<typeof useDraft>;

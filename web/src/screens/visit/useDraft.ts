import { useCallback, useEffect, useState } from "react";
import { randomId } from "../../lib/ids";
import { dropDraft, emptyDraft, keepDraft, planPlace, recallPlanned, type VisitDraft } from "./draft";

/** The draft of a visit, kept on the device at every change; of each planned visit its own. */
export function useDraft(user: string, doctor: string, plan: string | undefined) {
  const place = planPlace(doctor, plan);
  const [found] = useState(() => recallPlanned(user, doctor, plan));
  const [draft, setDraft] = useState<VisitDraft>(() => found ?? emptyDraft());
  const [isKept, setKept] = useState(found !== null);
  const [isDone, setDone] = useState(false);

  useEffect(() => {
    if (!isDone && draft.changedAt > 0) setKept(keepDraft(user, place, draft));
  }, [user, place, draft, isDone]);

  const change = useCallback((values: Partial<VisitDraft>) => {
    setDraft((before) => ({ ...before, ...values, changedAt: Date.now() }));
  }, []);

  /** A draft that was kept elsewhere takes the place of an empty one. */
  const adopt = useCallback((kept: VisitDraft) => setDraft(kept), []);

  /** The server refused the request under this key: what is sent next is another request. */
  const renewKey = useCallback(() => setDraft((before) => ({ ...before, key: randomId(), sent: null })), []);

  const discard = useCallback(() => {
    dropDraft(user, place);
    setDraft(emptyDraft());
    setKept(false);
  }, [user, place]);

  const finish = useCallback(() => {
    setDone(true);
    dropDraft(user, place);
  }, [user, place]);

  return { draft, found, isKept, change, adopt, renewKey, discard, finish };
}

export type DraftState = ReturnType<typeof useDraft>;

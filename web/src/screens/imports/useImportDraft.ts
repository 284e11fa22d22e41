import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { readDraft, saveDraft } from "../../api/imports";
import { ApiProblem } from "../../api/problem";
import { forget, recall, remember } from "../../lib/device";
import { emptyDraft, type ImportDraft } from "./draft";

const typingPause = 500;

/** What was not saved yet when the tab closed, and the version it began with. */
interface Unsaved {
  version: number;
  draft: ImportDraft;
}

const placeOf = (id: string): string => `ondo.draft.import.${id}`;

function unsavedOf(id: string): Unsaved | null {
  try {
    return JSON.parse(recall(placeOf(id)) ?? "null") as Unsaved | null;
  } catch {
    return null;
  }
}

export interface DraftState {
  /** undefined until it was read. */
  draft: ImportDraft | undefined;
  change: (change: (before: ImportDraft) => ImportDraft) => void;
  /** Somebody else has saved meanwhile: theirs or mine. */
  conflict: boolean;
  takeTheirs: () => void;
  keepMine: () => void;
  /** Why it could be read or saved by nobody. */
  error: unknown;
  retry: () => void;
}

/** The draft of an import: kept at the server, so that it can be gone on with anywhere, and on the device until it is there. */
export function useImportDraft(id: string): DraftState {
  const kept = useQuery({
    queryKey: ["import", id, "draft"],
    queryFn: () => readDraft<ImportDraft>(id),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const [draft, setDraft] = useState<ImportDraft>();
  const [saved, setSaved] = useState<ImportDraft>();
  const [conflict, setConflict] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const version = useRef(0);
  const isSaving = useRef(false);

  // Taken once: later answers are of this screen's own saving.
  if (kept.data !== undefined && draft === undefined) {
    const theirs = kept.data.draft ?? emptyDraft;
    const unsaved = unsavedOf(id);
    version.current = kept.data.version;
    setSaved(theirs);
    setDraft(unsaved !== null && unsaved.version === kept.data.version ? unsaved.draft : theirs);
  }

  useEffect(() => {
    if (draft === undefined || draft === saved || conflict) return;
    remember(placeOf(id), JSON.stringify({ version: version.current, draft } satisfies Unsaved));
    const timer = setTimeout(() => {
      if (isSaving.current) return;
      isSaving.current = true;
      saveDraft(id, version.current, draft)
        .then((now) => {
          version.current = now;
          forget(placeOf(id));
          setError(null);
          setSaved(draft);
        })
        .catch((failure: unknown) => {
          if (failure instanceof ApiProblem && failure.status === 412) setConflict(true);
          else setError(failure);
        })
        .finally(() => {
          isSaving.current = false;
        });
    }, typingPause);
    return () => clearTimeout(timer);
  }, [id, draft, saved, conflict, attempt]);

  const change = useCallback((act: (before: ImportDraft) => ImportDraft) => {
    setDraft((before) => (before === undefined ? before : act(before)));
  }, []);
  const reload = async (use: (theirs: ImportDraft) => void) => {
    const theirs = await readDraft<ImportDraft>(id);
    version.current = theirs.version;
    use(theirs.draft ?? emptyDraft);
    setConflict(false);
  };
  const attend = (work: Promise<void>) => void work.catch(setError);
  return {
    draft,
    change,
    conflict,
    takeTheirs: () =>
      attend(
        reload((theirs) => {
          forget(placeOf(id));
          setSaved(theirs);
          setDraft(theirs);
        }),
      ),
    keepMine: () => attend(reload((theirs) => setSaved(theirs))),
    error: error ?? kept.error,
    retry: () => {
      setError(null);
      setAttempt((before) => before + 1);
      if (kept.isError) void kept.refetch();
    },
  };
}

import { useMutation, useQuery, keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { rehearse, stopRehearsal, type ImportOrder, type Rehearsal } from "../../api/imports";
import { ApiProblem } from "../../api/problem";
import { currentLanguage } from "../../i18n";
import { useStopOnLeaving } from "./useStopOnLeaving";

/** A rehearsal that is quicker than this is made again by itself after a change. */
const quick = 3000;
const typingPause = 700;

/** A file that takes long enough for a person to wonder. */
const longFile = 1024 * 1024;

/** Stopped by the person, here or in another window: no trouble, but nothing to go on with either. */
export const isStopped = (error: unknown): boolean => error instanceof ApiProblem && error.has("import_rehearsal_stopped");

/** What is said while every row is looked at. */
export const checkingText = ({ size }: { size: number }) => (size > longFile ? "imports.checking_long" : "imports.checking");

interface Timed {
  rehearsal: Rehearsal;
  /** The order that it rehearsed. */
  key: string;
  took: number;
}

export interface Rehearsing {
  rehearsal: Rehearsal | undefined;
  isChecking: boolean;
  /** What is shown was found out before the last change. */
  isOutdated: boolean;
  /** It was stopped before its end. */
  isStopped: boolean;
  /** Any other trouble. */
  error: unknown;
  /** Rehearses what is settled now. */
  again: () => void;
  /** Stops it; undefined when that was asked for already. */
  cancel: (() => void) | undefined;
}

/**
 * What the import would do. After a change it is rehearsed again by itself where that is quick; of a long
 * file when the person asks for it. While something else reads the file for the person (`isHeld`), it waits:
 * of two readings the newer one stops the older.
 */
export function useRehearsal(id: string, order: ImportOrder, offset: number, isHeld = false): Rehearsing {
  const wanted = JSON.stringify([order, offset]);
  const [asked, setAsked] = useState(wanted);
  const found = useQuery({
    queryKey: ["import", id, "rehearsal", asked, currentLanguage()],
    staleTime: Infinity,
    gcTime: 30 * 60_000,
    retry: false,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Timed> => {
      const began = performance.now();
      const [what, from] = JSON.parse(asked) as [ImportOrder, number];
      const rehearsal = await rehearse(id, what, from);
      return { rehearsal, key: asked, took: performance.now() - began };
    },
  });
  const isQuick = found.data === undefined || found.data.took < quick;
  useEffect(() => {
    if (wanted === asked || !isQuick || isHeld) return;
    const timer = setTimeout(() => setAsked(wanted), typingPause);
    return () => clearTimeout(timer);
  }, [wanted, asked, isQuick, isHeld]);
  const stop = useMutation({ mutationFn: () => stopRehearsal(id) });
  useStopOnLeaving(id, found.isFetching || isHeld);
  const wasStopped = !found.isFetching && isStopped(found.error);
  return {
    rehearsal: found.data?.rehearsal,
    isChecking: found.isFetching,
    isOutdated: found.data?.key !== wanted,
    isStopped: wasStopped,
    error: stop.error ?? (isStopped(found.error) ? null : found.error),
    again: () => {
      stop.reset();
      if (wanted === asked) void found.refetch();
      else setAsked(wanted);
    },
    cancel: stop.isIdle || stop.isError ? () => stop.mutate() : undefined,
  };
}

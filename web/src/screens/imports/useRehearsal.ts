import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { rehearse, type ImportOrder, type Rehearsal } from "../../api/imports";
import { currentLanguage } from "../../i18n";

/** A rehearsal that is quicker than this is made again by itself after a change. */
const quick = 3000;
const typingPause = 700;

/** A file that takes long enough for a person to wonder. */
const longFile = 1024 * 1024;

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
  error: unknown;
  /** Rehearses what is settled now. */
  again: () => void;
}

/**
 * What the import would do. After a change it is rehearsed again by itself where that is quick; of a long
 * file when the person asks for it.
 */
export function useRehearsal(id: string, order: ImportOrder, offset: number): Rehearsing {
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
    if (wanted === asked || !isQuick) return;
    const timer = setTimeout(() => setAsked(wanted), typingPause);
    return () => clearTimeout(timer);
  }, [wanted, asked, isQuick]);
  return {
    rehearsal: found.data?.rehearsal,
    isChecking: found.isFetching,
    isOutdated: found.data?.key !== wanted,
    error: found.error,
    again: () => (wanted === asked ? void found.refetch() : setAsked(wanted)),
  };
}

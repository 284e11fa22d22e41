import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo, type ReactNode } from "react";
import { checkSetQuery, type DefinitionPart } from "../../../api/definitions";

/** What the server finds wrong with a draft, with its place in one of the definitions. */
export interface FoundProblem {
  kind: string;
  name: string;
  /** Into the definition: `/fields/3/labels/en`; null for what is wrong elsewhere. */
  pointer: string | null;
  message: string;
}

interface Found {
  problems: FoundProblem[];
  isChecking: boolean;
}

const Problems = createContext<Found>({ problems: [], isChecking: false });

const typingPause = 400;

/** Has the changes checked while one works, and tells the parts below what was found. */
export function Checked({ changed, children }: { changed: DefinitionPart[]; children: ReactNode }) {
  const [settled] = useDebouncedValue(changed, typingPause);
  const check = useQuery({ ...checkSetQuery(settled), enabled: settled.length > 0 });
  const found = useMemo((): Found => {
    if (changed.length === 0) return { problems: [], isChecking: false };
    const problems = (check.data ?? []).map((problem) => located(problem, settled));
    return { problems, isChecking: check.isPending || settled !== changed };
  }, [check.data, check.isPending, settled, changed]);
  return <Problems.Provider value={found}>{children}</Problems.Provider>;
}

function located({ pointer, message }: { pointer: string; message: string }, parts: DefinitionPart[]): FoundProblem {
  const [, index, place] = /^\/definitions\/(\d+)(?:\/body)?(.*)$/.exec(pointer) ?? [];
  const part = index === undefined ? undefined : parts[Number(index)];
  if (part === undefined) return { kind: "", name: "", pointer: null, message };
  return { kind: part.kind, name: part.name, pointer: place ?? "", message };
}

export const useProblems = (): Found => useContext(Problems);

/** The message for what stands at `pointer` of a definition, or below it; undefined while nothing is wrong there. */
export function useProblemAt(kind: string, name: string): (pointer: string) => string | undefined {
  const { problems } = useProblems();
  return (pointer) =>
    problems.find(
      (one) =>
        one.kind === kind && one.name === name && one.pointer !== null && (one.pointer === pointer || one.pointer.startsWith(`${pointer}/`)),
    )?.message;
}

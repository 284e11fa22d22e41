import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { visitCheckQuery } from "../api/visitCheck";
import type { Instant } from "../lib/dates";

/** Typing rests this long before the promise is looked at. */
const typingPause = 350;

export interface PromiseCheck {
  /** What it lacks, in sentences by pointer; nothing while nothing is typed. */
  lacks: Map<string, string>;
  /** The deadline: the one given, or the one that the words themselves say ("within 72 hours"). */
  due: Instant | null;
}

/** A promise as the server will see it, while it is typed: by the check that visits are looked at with. */
export function usePromiseCheck(deliverable: string | null, due: Instant | null): PromiseCheck {
  const typed = (deliverable ?? "").trim();
  const body = typed === "" ? null : JSON.stringify({ promises: [{ deliverable: typed, ...(due === null ? {} : { due_at: due }) }] });
  const [rested] = useDebouncedValue(body, typingPause);
  const { data } = useQuery(visitCheckQuery(rested === null ? null : (JSON.parse(rested) as object)));
  const seen = rested === null ? undefined : data?.promises[0];
  return {
    lacks: new Map((seen?.missing ?? []).map(({ pointer, message }) => [pointer, message])),
    due: seen?.due_at ?? null,
  };
}

import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { stopRehearsal } from "../../api/imports";

/** Somebody who left cannot be told of it, and a rehearsal that goes on harms nobody. */
const stop = (id: string) => void stopRehearsal(id).catch(() => {});

/** Whether a step that has taken this one's place looks at a rehearsal of the import. */
const isLookedAt = (client: QueryClient, id: string): boolean =>
  client.getQueryCache().findAll({ queryKey: ["import", id, "rehearsal"] }).some((query) => query.getObserversCount() > 0);

/** Who leaves a rehearsal under way has no use for it: the server need not go on. */
export function useStopOnLeaving(id: string, isUnderWay: boolean): void {
  const client = useQueryClient();
  const now = useRef(isUnderWay);
  useEffect(() => {
    now.current = isUnderWay;
    if (!isUnderWay) return;
    const leave = () => stop(id);
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, [id, isUnderWay]);
  useEffect(
    () => () => {
      if (!now.current) return;
      // Only then it is known what stands here instead.
      setTimeout(() => isLookedAt(client, id) || stop(id));
    },
    [client, id],
  );
}

/** Who changed a record, when, what and why. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { recordKey } from "./records";

export interface HistoryEntry {
  at: string;
  by: string | null;
  by_name?: string | null;
  /** By which door: `page`, `api`, `import`, `rule`, … */
  via: string;
  version: number;
  action: string;
  changes: Record<string, { from: unknown; to: unknown }>;
  reason: string | null;
}

export interface HistoryPage {
  items: HistoryEntry[];
  next: string | null;
}

export async function fetchHistory(object: string, id: string, cursor: string | null, limit = 20): Promise<HistoryPage> {
  const path = `/api/v1/${object}/{id}/history` as "/api/v1/hco/{id}/history";
  const query = { limit, ...(cursor === null ? {} : { cursor }) };
  return (await answer(api.GET(path, { params: { path: { id }, query } }))) as unknown as HistoryPage;
}

export const historyQuery = (object: string, id: string) =>
  infiniteQueryOptions({
    queryKey: [...recordKey(object, id), "history", currentLanguage()],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => fetchHistory(object, id, pageParam),
    getNextPageParam: (page) => page.next,
  });

/** One change to many records: looked at before, done, and taken back. */
import { queryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api } from "./client";
import { listParameters, type ListQuery } from "./records";

export interface RecordName {
  id: string;
  title: string;
}

/** What a change of many records comes to, or came to. */
export interface Batch {
  id: string;
  object: string;
  preview: boolean;
  status: "running" | "done" | "failed" | "undoing" | "undone" | "cancelled";
  counts: { matching: number; changed: number; unchanged: number; refused: number };
  refused: { code: string; message: string; count: number; records: RecordName[] }[];
  examples: (RecordName & { before: Record<string, unknown>; after: Record<string, unknown> })[];
  follows: { object: string; action: string; count: number }[];
  undo: { removed: number; reverted: number; changed_since: number; refused: number } | null;
}

export interface BulkChange {
  /** The list that `all` speaks of. */
  list: Pick<ListQuery, "filter" | "q">;
  records: { ids: string[] } | { all: true; except: string[] };
  changes: Record<string, unknown>;
  preview: boolean;
}

const changePath = (object: string) => `/api/v1/${object}/change` as "/api/v1/hco/change";

export async function changeMany(object: string, { list, records, changes, preview }: BulkChange): Promise<Batch> {
  const query = "all" in records ? listParameters(list) : {};
  const body = { ...records, changes, preview } as never;
  return (await answer(api.POST(changePath(object), { params: { query }, body }))) as unknown as Batch;
}

/** Stops a preview that takes too long: it keeps nothing. */
export async function cancelPreview(id: string): Promise<void> {
  await answer(api.POST("/api/v1/batch/{id}/cancel", { params: { path: { id } } }));
}

export async function undoBatch(id: string): Promise<Batch> {
  return (await answer(api.POST("/api/v1/batch/{id}/undo", { params: { path: { id } } }))) as unknown as Batch;
}

const pollEvery = 700;

export const isUnderWay = (batch: Batch): boolean => batch.status === "running" || batch.status === "undoing";

/** A batch that goes on, asked for again until it has ended. */
export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ["batch", id, currentLanguage()],
    queryFn: async () => (await answer(api.GET("/api/v1/batch/{id}", { params: { path: { id } } }))) as unknown as Batch,
    refetchInterval: ({ state }) => (state.data === undefined || isUnderWay(state.data) ? pollEvery : false),
  });

/** A batch once it has ended. */
export async function ended(batch: Batch): Promise<Batch> {
  let latest = batch;
  while (isUnderWay(latest)) {
    await new Promise((resolve) => setTimeout(resolve, pollEvery));
    latest = (await answer(api.GET("/api/v1/batch/{id}", { params: { path: { id: batch.id } } }))) as unknown as Batch;
  }
  return latest;
}

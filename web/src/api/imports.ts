/** Imports: files brought, looked at, mended, run and taken back. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { answer, api, unlessGone } from "./client";
import type { components } from "./schema";
import { upload, type UploadOptions } from "./upload";

type Shapes = components["schemas"];
export type Import = Shapes["import"];
export type ImportCounts = Shapes["import_counts"];
export type ImportMap = Shapes["import_map"];
export type ImportPlan = Shapes["import_plan"];
export type FileColumn = Shapes["import_file_column"];
export type FailingRow = Shapes["import_failing_row"];
export type RehearsalProgress = Shapes["import_rehearsal_progress"];
export type Rehearsal = Shapes["import_rehearsal"];
export type UndoCounts = Shapes["undo_counts"];

/** How the file is to be read; what is null is found out. */
export interface SheetForm {
  encoding: string | null;
  delimiter: string | null;
  header: boolean | null;
}

/** New texts by line and column, both as the file counts them. */
export type Corrections = Record<string, Record<string, string>>;

export interface ImportOrder extends SheetForm {
  map: ImportMap;
  corrections: Corrections;
  skip_lines: number[];
}

const importKey = (id: string) => ["import", id] as const;
const one = (id: string) => ({ params: { path: { id } } });

const moving = new Set(["running", "cancelling", "undoing"]);
export const isMoving = (status: string): boolean => moving.has(status);

/** One import. While work on it goes on it is asked for again every second. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...importKey(id), "record"],
    queryFn: () => answer(api.GET("/api/v1/import/{id}", one(id))),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data.status) ? 1000 : false),
  });

export const importsQuery = infiniteQueryOptions({
  queryKey: ["imports"],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam }) =>
    answer(
      api.GET("/api/v1/import", {
        params: { query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) } },
      }),
    ),
  getNextPageParam: (page) => page.next,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.items.some((item) => isMoving(item.status))) ? 2000 : false,
});

/** What a staged file is, read in this form: columns, samples, and the map that is proposed. */
export const planQuery = (id: string, form: SheetForm) =>
  queryOptions({
    queryKey: [...importKey(id), "plan", form, currentLanguage()],
    staleTime: Infinity,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: (): Promise<ImportPlan> =>
      answer(api.POST("/api/v1/import/{id}/rehearsal", { ...one(id), body: { ...form } })),
  });

/** As many failing rows as are looked at at once. */
export const rowsAtOnce = 100;

/** Words to stop that are on their way: a rehearsal begun after them is not meant by them. */
const stopping = new Map<string, Promise<unknown>>();

/** Stops one's rehearsal, which then ends with `import_rehearsal_stopped`; one that has ended already is let be. */
export async function stopRehearsal(id: string): Promise<void> {
  const word = unlessGone(answer(api.POST("/api/v1/import/{id}/rehearsal/cancel", { ...one(id), keepalive: true })));
  const arrived = word.catch(() => {});
  stopping.set(id, arrived);
  void arrived.then(() => stopping.get(id) === arrived && stopping.delete(id));
  await word;
}

/** How far one's rehearsal is; null when none is under way. */
export const rehearsalProgressQuery = (id: string) =>
  queryOptions({
    queryKey: [...importKey(id), "progress"],
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchInterval: 500,
    queryFn: () => unlessGone(answer(api.GET("/api/v1/import/{id}/rehearsal", one(id)))),
  });

/** What the import would do now, with a part of the rows that would not be taken. */
export async function rehearse(id: string, order: ImportOrder, offset: number): Promise<Rehearsal> {
  await stopping.get(id);
  const body = { ...order, rows: { offset, limit: rowsAtOnce } };
  return answer(api.POST("/api/v1/import/{id}/rehearsal", { ...one(id), body }));
}

/** The rows that would not be taken, as a file. */
export async function failingFile(id: string, order: ImportOrder): Promise<Blob> {
  const file = api.POST("/api/v1/import/{id}/rejected", { ...one(id), body: { ...order }, parseAs: "blob" });
  return (await answer(file)) as unknown as Blob;
}

export interface Draft<T> {
  /** 0: nothing was saved yet. */
  version: number;
  draft: T | null;
}

export async function readDraft<T>(id: string): Promise<Draft<T>> {
  return (await answer(api.GET("/api/v1/import/{id}/draft", one(id)))) as Draft<T>;
}

/** Saves what was settled; `version` is the one that was seen. 412 when somebody else has saved meanwhile. */
export async function saveDraft(id: string, version: number, draft: object): Promise<number> {
  const saved = api.PUT("/api/v1/import/{id}/draft", {
    ...one(id),
    headers: { "If-Match": `"${version}"` },
    body: draft as never,
  });
  return (await answer(saved)).version;
}

export async function uploadImport(object: string, file: File, options: UploadOptions): Promise<Import> {
  const path = `/api/v1/import/${object}/upload?file_name=${encodeURIComponent(file.name)}`;
  return (await upload<Shapes["staged_import"]>(path, file, options)).import;
}

const untouched = new Set<unknown>(["model", "me", "import"]);

/** Everything that an import may have changed is old; what was settled for it is asked for no more. */
async function refreshAll(client: QueryClient, record: Import): Promise<void> {
  client.setQueryData(importQuery(record.id).queryKey, record);
  await client.invalidateQueries({ predicate: ({ queryKey }) => !untouched.has(queryKey[0]) });
}

export function useRunImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: ImportOrder) => answer(api.POST("/api/v1/import/{id}/run", { ...one(id), body: { ...order } })),
    onSuccess: (record) => refreshAll(client, record),
  });
}

/** Stops it: what it has saved is taken back. */
export function useCancelImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/v1/import/{id}/cancel", one(id))),
    onSettled: () => client.invalidateQueries({ queryKey: importKey(id) }),
  });
}

export const undoForeseenQuery = (id: string) =>
  queryOptions({
    queryKey: [...importKey(id), "undo"],
    staleTime: 0,
    gcTime: 0,
    queryFn: () => answer(api.GET("/api/v1/import/{id}/undo", one(id))),
  });

export function useUndoImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/v1/import/{id}/undo", one(id))),
    onSuccess: (record) => refreshAll(client, record),
  });
}

/** Stages the file once more. */
export function useStageAgain(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/v1/import/{id}/again", one(id))),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["imports"] });
      return client.invalidateQueries({ queryKey: importKey(id) });
    },
  });
}

export function useDropImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/import/{id}", one(id))),
    onSuccess: () => client.invalidateQueries({ queryKey: ["imports"] }),
  });
}

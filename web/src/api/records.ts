/**
 * Records of any object, read and changed by the object's name: what screens generated from the model
 * stand on. Every write carries an idempotency key, and a new record its id, so that a write may wait
 * for a network and be sent again without happening twice.
 */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { currentLanguage } from "../i18n";
import { randomId, recordId } from "../lib/ids";
import { answer, api } from "./client";
import type { AnyRecord } from "./shapes";

/** A condition in JSON Logic, as `docs/definitions.md` describes it. */
export type Condition = Record<string, unknown>;

/** What a list is asked for; what is left out is the server's own choice. */
export interface ListQuery {
  filter?: Condition | undefined;
  q?: string | undefined;
  /** Up to three fields, `-` before one for descending, comma between. */
  sort?: string | undefined;
  fields?: string[] | undefined;
  expand?: string[] | undefined;
  limit?: number | undefined;
  total?: boolean | undefined;
  /** The deleted ones, for those who may restore them. */
  deleted?: boolean | undefined;
}

export interface RecordList {
  items: AnyRecord[];
  next: string | null;
  /** Only where it was asked for. */
  total?: number;
}

/** A PATCH sends some fields where the document describes the whole input; the server checks what it gets. */
const some = (body: object): never => body as never;

// Paths of all objects have the same shape: the types of one stand for all.
const listPath = (object: string) => `/api/v1/${object}` as "/api/v1/hco";
const itemPath = (object: string) => `/api/v1/${object}/{id}` as "/api/v1/hco/{id}";
const restorePath = (object: string) => `/api/v1/${object}/{id}/restore` as "/api/v1/hco/{id}/restore";

/** The query string's members for a list. */
export function listParameters(query: ListQuery): Record<string, string | number | boolean> {
  const { filter, q, sort, fields, expand, limit, total, deleted } = query;
  return {
    ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
    ...(q ? { q } : {}),
    ...(sort ? { sort } : {}),
    ...(fields?.length ? { fields: fields.join(",") } : {}),
    ...(expand?.length ? { expand: expand.join(",") } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(total ? { total } : {}),
    ...(deleted ? { deleted } : {}),
  };
}

export async function fetchList(object: string, query: ListQuery, cursor: string | null = null): Promise<RecordList> {
  const parameters = { ...listParameters(query), ...(cursor === null ? {} : { cursor }) };
  return (await answer(api.GET(listPath(object), { params: { query: parameters } }))) as unknown as RecordList;
}

export const recordKey = (object: string, id: string) => ["record", object, id] as const;
export const listKey = (object: string) => ["list", object] as const;

/** One record, with the records that the fields in `expand` refer to. */
export const recordQuery = (object: string, id: string, expand: string[] = []) =>
  queryOptions({
    queryKey: [...recordKey(object, id), expand, currentLanguage()],
    queryFn: async (): Promise<AnyRecord> => {
      const query = expand.length === 0 ? {} : { expand: expand.join(",") };
      const record = answer(api.GET(itemPath(object), { params: { path: { id }, query } }));
      return (await record) as unknown as AnyRecord;
    },
  });

/** A list, a page after the other. */
export const listQuery = (object: string, query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: [...listKey(object), query, currentLanguage()],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => fetchList(object, query, pageParam),
    getNextPageParam: (page) => page.next,
  });

/** Is read again whenever lists of the object have become old: a sign for lists that keep their own rows. */
export const listChangesQuery = (object: string) =>
  queryOptions({
    queryKey: [...listKey(object), "changes"],
    staleTime: Infinity,
    gcTime: Infinity,
    queryFn: () => Promise.resolve(Date.now()),
  });

/** The titles of records, asked for by object; those that the reader may not see are left out. */
export const titlesQuery = (asked: Record<string, string[]>) =>
  queryOptions({
    queryKey: ["titles", asked, currentLanguage()],
    enabled: Object.keys(asked).length > 0,
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Record<string, string>> => {
      const lists = Object.entries(asked).map(([object, ids]) =>
        fetchList(object, { filter: { in: [{ var: "id" }, ids] }, fields: ["title"], limit: ids.length }),
      );
      const items = (await Promise.all(lists)).flatMap((list) => list.items);
      return Object.fromEntries(items.map((item) => [item.id, item.title ?? ""]));
    },
  });

/** How many records a condition holds for. */
export const countQuery = (object: string, query: Pick<ListQuery, "filter" | "q">) =>
  queryOptions({
    queryKey: [...listKey(object), "count", query],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<number> =>
      (await fetchList(object, { ...query, fields: ["title"], limit: 1, total: true })).total ?? 0,
  });

/** Makes everything old that shows this record, so that it is read again where it stands on a screen. */
export function refreshRecord(client: QueryClient, object: string, id: string): Promise<void> {
  void client.invalidateQueries({ queryKey: ["dashboard"] });
  void client.invalidateQueries({ queryKey: listKey(object) });
  void client.invalidateQueries({ queryKey: [object, id] });
  return client.invalidateQueries({ queryKey: recordKey(object, id) });
}

export interface RecordChange {
  /** The version that the person saw. */
  version: number;
  change: Record<string, unknown>;
}

export async function changeRecord(object: string, id: string, { version, change }: RecordChange): Promise<AnyRecord> {
  const changed = answer(
    api.PATCH(itemPath(object), {
      params: { path: { id } },
      headers: { "If-Match": `"${version}"`, "Idempotency-Key": randomId() },
      body: some(change),
    }),
  );
  return (await changed) as unknown as AnyRecord;
}

/** The queries that hold this one record, under the general key and under that of its own screen. */
const holding = (object: string, id: string) => ({
  predicate: ({ queryKey: [first, second, third, fourth] }: { queryKey: readonly unknown[] }) =>
    (first === "record" && second === object && third === id && Array.isArray(fourth)) ||
    (first === object && second === id && (third === "en" || third === "ja" || third === "zh")),
});

/**
 * Changes a record; the version makes sure that nobody else's change is overwritten unseen. The new
 * values show at once; what the server refuses is shown again as it was.
 */
export function useChangeRecord(object: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: RecordChange) => changeRecord(object, id, change),
    onMutate: async ({ change }) => {
      await client.cancelQueries(holding(object, id));
      const before = client.getQueriesData<AnyRecord>(holding(object, id));
      client.setQueriesData<AnyRecord>(holding(object, id), (record) => record && { ...record, ...change });
      return before;
    },
    onError: (_, __, before) => before?.forEach(([key, record]) => client.setQueryData(key, record)),
    onSettled: () => refreshRecord(client, object, id),
  });
}

export interface NewRecord {
  /** Made once for each record that a person means to create: sent again, it creates nothing more. */
  key: string;
  values: Record<string, unknown>;
}

export async function createRecord(object: string, { key, values }: NewRecord): Promise<AnyRecord> {
  const created = answer(
    api.POST(listPath(object), {
      headers: { "Idempotency-Key": key },
      body: some({ id: recordId(), ...values }),
    }),
  );
  return (await created) as unknown as AnyRecord;
}

export async function deleteRecord(object: string, id: string): Promise<void> {
  await answer(api.DELETE(itemPath(object), { params: { path: { id } }, headers: { "Idempotency-Key": randomId() } }));
}

export async function restoreRecord(object: string, id: string): Promise<void> {
  await answer(api.POST(restorePath(object), { params: { path: { id } }, headers: { "Idempotency-Key": randomId() } }));
}

export function useCreateRecord(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (record: NewRecord) => createRecord(object, record),
    onSuccess: (record) => refreshRecord(client, object, record.id),
  });
}

/** Deletes a record; `restore` takes that back. */
export function useDeleteRecord(object: string) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => deleteRecord(object, id),
    onSuccess: (_, id) => refreshRecord(client, object, id),
  });
  const restore = useMutation({
    mutationFn: (id: string) => restoreRecord(object, id),
    onSuccess: (_, id) => refreshRecord(client, object, id),
  });
  return { remove, restore };
}

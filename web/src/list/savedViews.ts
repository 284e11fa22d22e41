/** Views that people saved: records like any other, so that the server decides who sees and changes them. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { changeRecord, createRecord, deleteRecord, fetchList, listKey, restoreRecord, type Condition } from "../api/records";
import type { AnyRecord } from "../api/shapes";
import { randomId } from "../lib/ids";

export interface ViewContent {
  filter: Condition | undefined;
  sort: string;
  columns: string;
}

const mostViews = 200;

export const savedViewsQuery = (object: string) =>
  queryOptions({
    queryKey: [...listKey("saved_view"), object],
    staleTime: 5 * 60_000,
    queryFn: async (): Promise<AnyRecord[]> => {
      const filter = { "==": [{ var: "object" }, object] };
      return (await fetchList("saved_view", { filter, sort: "name", limit: mostViews, expand: ["owner"] })).items;
    },
  });

const bodyOf = ({ filter, sort, columns }: ViewContent) => ({
  filter: filter ?? null,
  sort: sort === "" ? null : sort,
  columns: columns.split(",").filter(Boolean),
});

export function useSavedViews(object: string) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: listKey("saved_view") });
  return {
    create: useMutation({
      mutationFn: ({ name, content }: { name: string; content: ViewContent }) =>
        createRecord("saved_view", { key: randomId(), values: { object, name, ...bodyOf(content) } }),
      onSettled,
    }),
    save: useMutation({
      mutationFn: ({ view, content }: { view: AnyRecord; content: ViewContent }) =>
        changeRecord("saved_view", view.id, { version: view.version ?? 0, change: bodyOf(content) }),
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ view, change }: { view: AnyRecord; change: { name?: string; shared?: boolean } }) =>
        changeRecord("saved_view", view.id, { version: view.version ?? 0, change }),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (id: string) => deleteRecord("saved_view", id), onSettled }),
    restore: useMutation({ mutationFn: (id: string) => restoreRecord("saved_view", id), onSettled }),
  };
}

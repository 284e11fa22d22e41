import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMe, useModel } from "../api/queries";
import type { Model } from "../api/model";
import type { Condition, ListQuery } from "../api/records";
import { useSchema } from "../condition/useReading";
import { readColumns, readSort, writeSort, type Column, type ListSearch } from "./address";
import { fieldsFor, isSortable } from "./fields";
import { savedViewsQuery } from "./savedViews";
import { useDefaultView } from "./useDefaultView";
import { differs, savedView, starterViews, type View } from "./views";

export type SetSearch = (change: Partial<ListSearch>, options?: { push?: boolean }) => void;

/** A list as it stands: what the address, its view and the model say together. */
export interface ListState {
  object: string;
  search: ListSearch;
  /** Changes the address; `push` where going back should undo it. */
  set: SetSearch;
  views: View[];
  view: View | null;
  /** Whether the list differs from its view. */
  isChanged: boolean;
  filter: Condition | undefined;
  sort: string;
  /** The order where neither the address nor the view says one. */
  ownSort: string;
  columns: Column[];
  /** What identifies the list: the records and their order. */
  asked: Pick<ListQuery, "filter" | "q" | "sort">;
  /** What the rows are read with. */
  query: ListQuery;
}

export function useListState(object: string, search: ListSearch, set: SetSearch): ListState {
  const model = useModel();
  const schema = useSchema();
  const views = useViews(object);
  const standard = useDefaultView(object);
  const view = views.find((one) => one.id === (search.view ?? standard.id)) ?? null;
  const shown = search.columns ?? view?.columns ?? ownColumns(model, object);
  const columns = useMemo(
    () => readColumns(shown).filter(({ path }) => schema.find(object, path)?.field != null),
    [shown, schema, object],
  );
  const ownSort = defaultSort(model, object);
  const sort = knownSort(search.sort ?? view?.sort ?? ownSort, model, object);
  const { q } = search;
  const chosen = search.filter ?? view?.filter;
  const filter = chosen !== undefined && Object.keys(chosen).length > 0 ? chosen : undefined;
  const fields = useMemo(() => fieldsFor(model, object, columns), [model, object, columns]);
  const asked = { filter, q, sort: sort === "" ? undefined : sort };
  const isChanged = differs(search, view);
  return { object, search, set, views, view, isChanged, filter, sort, ownSort, columns, asked, query: { ...asked, fields } };
}

function useViews(object: string): View[] {
  const me = useMe();
  const model = useModel();
  const saved = useQuery({ ...savedViewsQuery(object), enabled: model.may("saved_view", "read") }).data;
  return useMemo(() => {
    const own = (saved ?? []).map((record) => savedView(record, me.id));
    return [...starterViews(model, object, me.role), ...own.filter((view) => view.mine), ...own.filter((view) => !view.mine)];
  }, [saved, model, object, me.id, me.role]);
}

/** The columns of the model's layout; whose record it is says nothing where one sees only one's own. */
function ownColumns(model: Model, object: string): string {
  const names = model.listFields(object).map(({ name }) => name);
  const isOwn = model.object(object)?.may?.["read"] === "own";
  return names.filter((name) => !isOwn || name !== "owner").join(",");
}

/** By what names a record, as the model's list begins with it. */
function defaultSort(model: Model, object: string): string {
  const [first] = model.listFields(object);
  return isSortable(first) ? (first?.name ?? "") : "";
}

/** A field that is gone, hidden, or no longer indexed sorts nothing. */
const knownSort = (sort: string, model: Model, object: string): string =>
  writeSort(
    readSort(sort).filter(({ path }) => path === "created_at" || path === "id" || isSortable(model.field(object, path))),
  );

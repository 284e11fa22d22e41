/** Views: a list's filter, order and columns under a name. Some come with the business, the others people save. */
import type { Model } from "../api/model";
import type { AnyRecord } from "../api/shapes";
import type { Condition } from "../api/records";
import { sameJson, type ListSearch } from "./address";

export interface View {
  /** The name of one that comes with the business, or the id of one that somebody saved. */
  id: string;
  label: string;
  filter: Condition | undefined;
  sort: string | undefined;
  columns: string | undefined;
  /** Of a saved one: the record. */
  saved: AnyRecord | null;
  shared: boolean;
  mine: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const condition = (value: unknown): Condition | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
    ? (value as Condition)
    : undefined;

/** Columns are kept as a list of texts, `field` or `field:width`. */
const columnsOf = (value: unknown): string | undefined =>
  Array.isArray(value) && value.length > 0 ? value.filter((one) => typeof one === "string").join(",") : undefined;

/** The views that come with the business, for this reader's role. */
export function starterViews(model: Model, object: string, role: string): View[] {
  return model
    .views(object)
    .filter(({ roles }) => roles === undefined || roles.includes(role))
    .map((view) => ({
      id: view.view,
      label: model.label(view),
      filter: condition(view.filter),
      sort: view.sort?.join(","),
      columns: columnsOf(view.columns),
      saved: null,
      shared: false,
      mine: false,
    }));
}

export function savedView(record: AnyRecord, me: string): View {
  return {
    id: record.id,
    label: text(record["name"]) ?? record.title ?? record.id,
    filter: condition(record["filter"]),
    sort: text(record["sort"]),
    columns: columnsOf(record["columns"]),
    saved: record,
    shared: record["shared"] === true,
    mine: record["owner"] === me,
  };
}

/** Whether the address asks for something else than its view. */
export function differs(search: ListSearch, view: View | null): boolean {
  const { filter, sort, columns } = search;
  return (
    (filter !== undefined && !sameJson(condition(filter), view?.filter)) ||
    (sort !== undefined && sort !== view?.sort) ||
    (columns !== undefined && columns !== view?.columns)
  );
}

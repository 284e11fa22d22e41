import { createRoute, lazyRouteComponent, retainSearchParams } from "@tanstack/react-router";
import { app, text } from "../../app/root";
import { readListSearch, type ListSearch } from "../../list/address";

/** What the address of a list keeps, so that it can be sent to somebody. */
export interface ObjectSearch extends ListSearch {
  /** `deleted` shows what was deleted and can be restored. */
  show?: "deleted" | undefined;
}

export type RecordView = "related" | "files" | "history" | undefined;
const views = ["related", "files", "history"] as const;

const list = createRoute({
  getParentRoute: () => app,
  path: "/o/$object",
  validateSearch: (search: Record<string, unknown>): ObjectSearch => ({
    ...readListSearch(search),
    show: search["show"] === "deleted" ? "deleted" : undefined,
  }),
  component: lazyRouteComponent(() => import("./ObjectList"), "ObjectList"),
});

const create = createRoute({
  getParentRoute: () => app,
  path: "/o/$object/new",
  // Fields that are known already: /o/affiliation/new?hcp=…
  validateSearch: (search: Record<string, unknown>): Record<string, string> =>
    Object.fromEntries(Object.entries(search).flatMap(([name, value]) => (text(value) === undefined ? [] : [[name, String(value)]]))),
  component: lazyRouteComponent(() => import("./NewRecord"), "NewRecord"),
});

const record = createRoute({
  getParentRoute: () => app,
  path: "/o/$object/$id",
  validateSearch: (search: Record<string, unknown>): { view?: RecordView; list?: string | undefined } => ({
    view: views.find((view) => view === search["view"]),
    list: text(search["list"]),
  }),
  // The list that one came from goes along, whichever part of the page is looked at.
  search: { middlewares: [retainSearchParams(["list"])] },
  component: lazyRouteComponent(() => import("./RecordPage"), "RecordPage"),
});

export const objectRoutes = [list, create, record] as const;

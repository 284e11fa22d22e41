import { createRoute, lazyRouteComponent, retainSearchParams } from "@tanstack/react-router";
import { hcoQuery } from "../../api/hco";
import { app, text } from "../../app/root";

/** The first is the one that the address without a view means. */
export const hcoViews = ["people", "timeline", "profile", "history"] as const;
export type HcoView = (typeof hcoViews)[number];

/** What of an institution is looked at. */
export interface HcoLook {
  view?: HcoView | undefined;
  show?: string | undefined;
  /** The people line by line instead of as a map. */
  as?: "table" | undefined;
  /** The product whose way through the roles is shown. */
  product?: string | undefined;
}

interface HcoSearch extends HcoLook {
  /** The list that the record was opened from. */
  list?: string | undefined;
}

const hco = createRoute({
  getParentRoute: () => app,
  path: "/hco/$id",
  validateSearch: (search: Record<string, unknown>): HcoSearch => ({
    view: hcoViews.find((view) => view === search["view"]),
    show: text(search["show"]),
    as: search["as"] === "table" ? "table" : undefined,
    product: text(search["product"]),
    list: text(search["list"]),
  }),
  // The list that one came from goes along, whichever part of the page is looked at.
  search: { middlewares: [retainSearchParams(["list"])] },
  loader: ({ context, params }) => void context.client.prefetchQuery(hcoQuery(params.id)),
  component: lazyRouteComponent(() => import("./HcoPage"), "HcoPage"),
});

export const hcoRoutes = [hco] as const;

import { createRoute, lazyRouteComponent, retainSearchParams } from "@tanstack/react-router";
import { hcpQuery, timelineQuery } from "../../api/queries";
import { app, text } from "../../app/root";

const hcpViews = ["timeline", "story", "profile"] as const;
export type HcpView = (typeof hcpViews)[number];

const hcp = createRoute({
  getParentRoute: () => app,
  path: "/hcp/$id",
  validateSearch: (search: Record<string, unknown>): { view?: HcpView | undefined; list?: string | undefined } => ({
    view: hcpViews.find((view) => view === search["view"]),
    list: text(search["list"]),
  }),
  // The list that one came from goes along, whichever part of the page is looked at.
  search: { middlewares: [retainSearchParams(["list"])] },
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(hcpQuery(params.id));
    void context.client.prefetchInfiniteQuery(timelineQuery(params.id));
  },
  component: lazyRouteComponent(() => import("./HcpPage"), "HcpPage"),
});

export const hcpRoutes = [hcp] as const;

import { createRoute, lazyRouteComponent, retainSearchParams } from "@tanstack/react-router";
import { lastVisitsQuery } from "../../api/day";
import { hcpQuery, memosQuery, promisesQuery, signsQuery } from "../../api/queries";
import { storyQuery } from "../../api/story";
import { app, text } from "../../app/root";

/** The first is the one that the address without a view means. */
export const hcpViews = ["timeline", "playbooks", "temperature", "value", "trust", "story", "places", "profile", "history"] as const;
export type HcpView = (typeof hcpViews)[number];

interface HcpSearch {
  view?: HcpView | undefined;
  /** Which kinds of entries the timeline shows. */
  show?: string | undefined;
  /** The list that the record was opened from. */
  list?: string | undefined;
}

const hcp = createRoute({
  getParentRoute: () => app,
  path: "/hcp/$id",
  validateSearch: (search: Record<string, unknown>): HcpSearch => ({
    view: hcpViews.find((view) => view === search["view"]),
    show: text(search["show"]),
    list: text(search["list"]),
  }),
  // The list that one came from goes along, whichever part of the page is looked at.
  search: { middlewares: [retainSearchParams(["list"])] },
  loader: ({ context: { client }, params: { id } }) => {
    // What a person reads before going in; the rest comes when they look further.
    void client.prefetchQuery(hcpQuery(id));
    void client.prefetchQuery(memosQuery(id));
    void client.prefetchQuery(storyQuery(id));
    void client.prefetchQuery(lastVisitsQuery(id));
    void client.prefetchQuery(promisesQuery(id));
    void client.prefetchQuery(signsQuery(id));
  },
  component: lazyRouteComponent(() => import("./HcpPage"), "HcpPage"),
});

export const hcpRoutes = [hcp] as const;

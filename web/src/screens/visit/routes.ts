import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { lastVisitsQuery } from "../../api/day";
import { visitFormQuery } from "../../api/form";
import { hcpQuery, memosQuery } from "../../api/queries";
import { app, text } from "../../app/root";
import { needArea } from "../../i18n";

const newVisit = createRoute({
  getParentRoute: () => app,
  path: "/hcp/$id/visit/new",
  beforeLoad: () => needArea("playbooks"),
  /** `visit`: the planned one that is recorded. */
  validateSearch: (search: Record<string, unknown>): { visit?: string | undefined } => ({ visit: text(search["visit"]) }),
  loader: ({ context: { client }, params: { id } }) => {
    void client.prefetchQuery(hcpQuery(id));
    void client.prefetchQuery(visitFormQuery(id));
    void client.prefetchQuery(memosQuery(id));
    void client.prefetchQuery(lastVisitsQuery(id));
  },
  component: lazyRouteComponent(() => import("./VisitPage"), "VisitPage"),
});

/** A visit with somebody who is still to be chosen. */
const pick = createRoute({
  getParentRoute: () => app,
  path: "/visit/new",
  component: lazyRouteComponent(() => import("./PickDoctor"), "PickDoctor"),
});

const recorded = createRoute({
  getParentRoute: () => app,
  path: "/visit/$id",
  component: lazyRouteComponent(() => import("./RecordedVisit"), "RecordedVisit"),
});

export const visitRoutes = [newVisit, pick, recorded] as const;

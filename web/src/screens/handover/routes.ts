import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { packQuery } from "../../api/handover";
import { app } from "../../app/root";

const handovers = createRoute({
  getParentRoute: () => app,
  path: "/handover",
  validateSearch: (search: Record<string, unknown>): { state?: "ended" | undefined } => ({
    state: search["state"] === "ended" ? "ended" : undefined,
  }),
  component: lazyRouteComponent(() => import("./Handovers"), "Handovers"),
});

/** What is left to do: for the one who writes, for the one who reads. */
export const planShows = ["all", "missing", "unread"] as const;
export type PlanShow = (typeof planShows)[number];

const plan = createRoute({
  getParentRoute: () => app,
  path: "/handover/$plan",
  validateSearch: (search: Record<string, unknown>): { show?: PlanShow | undefined } => ({
    show: planShows.find((show) => show === search["show"]),
  }),
  component: lazyRouteComponent(() => import("./PlanPage"), "PlanPage"),
});

const pack = createRoute({
  getParentRoute: () => app,
  path: "/handover/$plan/$handover/pack",
  loader: ({ context: { client }, params }) => void client.prefetchQuery(packQuery(params.handover)),
  component: lazyRouteComponent(() => import("./PackPage"), "PackPage"),
});

export const handoverRoutes = [handovers, plan, pack] as const;

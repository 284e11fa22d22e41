import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";

export const queueRoutes = ["compliance", "safety", "quality"] as const;
export type QueueRoute = (typeof queueRoutes)[number];
export const queueStates = ["open", "confirmed", "cleared", "superseded"] as const;
export type QueueState = (typeof queueStates)[number];

interface QueueSearch {
  route?: QueueRoute | undefined;
  state?: QueueState | undefined;
}

const compliance = createRoute({
  getParentRoute: () => app,
  path: "/compliance",
  validateSearch: (search: Record<string, unknown>): QueueSearch => ({
    route: queueRoutes.find((route) => route === search["route"]),
    state: queueStates.find((state) => state === search["state"]),
  }),
  component: lazyRouteComponent(() => import("./Queue"), "Queue"),
});

export const complianceRoutes = [compliance] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";

interface ResourcesSearch {
  /** Whose line and holders are open. */
  open?: string | undefined;
}

const resources = createRoute({
  getParentRoute: () => app,
  path: "/resources",
  validateSearch: (search: Record<string, unknown>): ResourcesSearch => ({
    open: typeof search["open"] === "string" ? search["open"] : undefined,
  }),
  component: lazyRouteComponent(() => import("./Resources"), "Resources"),
});

export const resourcesRoutes = [resources] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { dashboardsQuery, placedAt } from "../../api/day";
import { dashboardQuery } from "../../api/queries";
import { app } from "../../app/root";

const today = createRoute({
  getParentRoute: () => app,
  path: "/",
  loader: ({ context: { client } }) => {
    void client
      .ensureQueryData(dashboardsQuery)
      .then((offered) => placedAt(offered, "today").forEach((name) => void client.prefetchQuery(dashboardQuery(name))))
      // The screen asks again, and tells what went wrong.
      .catch(() => {});
  },
  component: lazyRouteComponent(() => import("./Today"), "Today"),
});

export const todayRoutes = [today] as const;

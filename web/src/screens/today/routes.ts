import { createRoute } from "@tanstack/react-router";
import { dashboardsQuery, placedAt } from "../../api/day";
import { dashboardQuery } from "../../api/queries";
import { app } from "../../app/root";
import { Today } from "./Today";

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
  // The screen that comes first comes with the page itself.
  component: Today,
});

export const todayRoutes = [today] as const;

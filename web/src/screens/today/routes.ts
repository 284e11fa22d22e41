import { createRoute } from "@tanstack/react-router";
import { prefetchDashboards } from "../../api/day";
import { app } from "../../app/root";
import { Today } from "./Today";

const today = createRoute({
  getParentRoute: () => app,
  path: "/",
  loader: ({ context: { client } }) => void prefetchDashboards(client, "today"),
  // The screen that comes first comes with the page itself.
  component: Today,
});

export const todayRoutes = [today] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { scoreRulesQuery } from "../../api/curve";
import { app } from "../../app/root";

const warning = createRoute({
  getParentRoute: () => app,
  path: "/warning",
  loader: ({ context: { client } }) => void client.prefetchQuery(scoreRulesQuery()),
  component: lazyRouteComponent(() => import("./WarningPage"), "WarningPage"),
});

export const warningRoutes = [warning] as const;

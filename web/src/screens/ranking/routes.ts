import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";

const ranking = createRoute({
  getParentRoute: () => app,
  path: "/ranking/$name",
  component: lazyRouteComponent(() => import("./RankingPage"), "RankingPage"),
});

export const rankingRoutes = [ranking] as const;

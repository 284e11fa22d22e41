import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";

const today = createRoute({
  getParentRoute: () => app,
  path: "/",
  component: lazyRouteComponent(() => import("./Today"), "Today"),
});

export const todayRoutes = [today] as const;

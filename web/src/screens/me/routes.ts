import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";

const me = createRoute({
  getParentRoute: () => app,
  path: "/me",
  component: lazyRouteComponent(() => import("./MePage"), "MePage"),
});

export const meRoutes = [me] as const;

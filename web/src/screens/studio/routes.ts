import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app, text } from "../../app/root";

const parts = createRoute({
  getParentRoute: () => app,
  path: "/studio/ui",
  validateSearch: (search: Record<string, unknown>): { part?: string | undefined } => ({ part: text(search["part"]) }),
  component: lazyRouteComponent(() => import("./ui/PartsPage"), "PartsPage"),
});

export const studioPartsRoutes = [parts] as const;

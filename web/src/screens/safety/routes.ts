import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app, text } from "../../app/root";
import { startOf, type ReportStart } from "./start";

const queue = createRoute({
  getParentRoute: () => app,
  path: "/safety",
  validateSearch: (search: Record<string, unknown>): { which?: "closed" | undefined } => ({
    which: search["which"] === "closed" ? "closed" : undefined,
  }),
  component: lazyRouteComponent(() => import("./Safety"), "Safety"),
});

/** The address that findings in notes lead to: the visit, the field, and the place of the words in it. */
const newReport = createRoute({
  getParentRoute: () => app,
  path: "/safety/new",
  validateSearch: (search: Record<string, unknown>): ReportStart => startOf(search),
  component: lazyRouteComponent(() => import("./NewReport"), "NewReport"),
});

const report = createRoute({
  getParentRoute: () => app,
  path: "/safety/$id",
  validateSearch: (search: Record<string, unknown>): { list?: string | undefined } => ({ list: text(search["list"]) }),
  component: lazyRouteComponent(() => import("./ReportPage"), "ReportPage"),
});

export const safetyRoutes = [queue, newReport, report] as const;

import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { app, text } from "../../app/root";
import { needArea } from "../../i18n";

const parts = createRoute({
  getParentRoute: () => app,
  path: "/studio/ui",
  validateSearch: (search: Record<string, unknown>): { part?: string | undefined } => ({ part: text(search["part"]) }),
  component: lazyRouteComponent(() => import("./ui/PartsPage"), "PartsPage"),
});

/** Its texts come with it: nobody else needs them. */
const studio = createRoute({
  getParentRoute: () => app,
  path: "/studio",
  beforeLoad: () => needArea("studio"),
  component: lazyRouteComponent(() => import("./StudioLayout"), "StudioLayout"),
});

const index = createRoute({
  getParentRoute: () => studio,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/studio/objects", replace: true });
  },
});

const objects = createRoute({
  getParentRoute: () => studio,
  path: "/objects",
  component: lazyRouteComponent(() => import("./objects/ObjectsPage"), "ObjectsPage"),
});

/** `part` is one of the page's tabs, `field` the field that is open. */
const object = createRoute({
  getParentRoute: () => studio,
  path: "/objects/$object",
  validateSearch: (search: Record<string, unknown>): { part?: string | undefined; field?: string | undefined } => ({
    part: text(search["part"]),
    field: text(search["field"]),
  }),
  component: lazyRouteComponent(() => import("./objects/ObjectPage"), "ObjectPage"),
});

const rules = createRoute({
  getParentRoute: () => studio,
  path: "/rules",
  component: lazyRouteComponent(() => import("./rules/RulesPage"), "RulesPage"),
});

const rule = createRoute({
  getParentRoute: () => studio,
  path: "/rules/$rule",
  component: lazyRouteComponent(() => import("./rules/RulePage"), "RulePage"),
});

const dashboards = createRoute({
  getParentRoute: () => studio,
  path: "/dashboards",
  component: lazyRouteComponent(() => import("./dashboards/DashboardsPage"), "DashboardsPage"),
});

const dashboard = createRoute({
  getParentRoute: () => studio,
  path: "/dashboards/$dashboard",
  component: lazyRouteComponent(() => import("./dashboards/DashboardPage"), "DashboardPage"),
});

const other = createRoute({
  getParentRoute: () => studio,
  path: "/other",
  component: lazyRouteComponent(() => import("./other/OtherPage"), "OtherPage"),
});

const definition = createRoute({
  getParentRoute: () => studio,
  path: "/other/$kind/$name",
  component: lazyRouteComponent(() => import("./other/DefinitionPage"), "DefinitionPage"),
});

const files = createRoute({
  getParentRoute: () => studio,
  path: "/files",
  component: lazyRouteComponent(() => import("./files/FilesPage"), "FilesPage"),
});

const screens = [index, objects, object, rules, rule, dashboards, dashboard, other, definition, files] as const;

export const studioRoutes = [parts, studio.addChildren(screens)] as const;


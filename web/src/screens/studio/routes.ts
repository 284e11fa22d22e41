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

export const studioRoutes = [parts, studio.addChildren([index, objects, object])] as const;

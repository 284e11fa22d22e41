import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { importQuery, importsQuery } from "../../api/imports";
import { app, text } from "../../app/root";
import { asStep, type Step } from "./draft";

const imports = createRoute({
  getParentRoute: () => app,
  path: "/imports",
  loader: ({ context }) => void context.client.prefetchInfiniteQuery(importsQuery),
  component: lazyRouteComponent(() => import("./ImportsPage"), "ImportsPage"),
});

const newImport = createRoute({
  getParentRoute: () => app,
  path: "/imports/new",
  validateSearch: (search: Record<string, unknown>): { object?: string | undefined } => ({ object: text(search["object"]) }),
  component: lazyRouteComponent(() => import("./NewImport"), "NewImport"),
});

const oneImport = createRoute({
  getParentRoute: () => app,
  path: "/imports/$id",
  validateSearch: (search: Record<string, unknown>): { step?: Step | undefined } => ({ step: asStep(search["step"]) }),
  loader: ({ context, params }) => void context.client.prefetchQuery(importQuery(params.id)),
  component: lazyRouteComponent(() => import("./ImportPage"), "ImportPage"),
});

export const importsRoutes = [imports, newImport, oneImport] as const;

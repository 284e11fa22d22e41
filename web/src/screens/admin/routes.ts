import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { meQuery } from "../../api/queries";
import { app, text } from "../../app/root";
import { readJournalSearch } from "./journal/search";
import { sectionsFor } from "./sections";
import type { UsersSearch } from "./users/search";

const admin = createRoute({
  getParentRoute: () => app,
  path: "/admin",
  component: lazyRouteComponent(() => import("./AdminLayout"), "AdminLayout"),
});

/** The first part that the person may use; without any, the layout says so. */
const index = createRoute({
  getParentRoute: () => admin,
  path: "/",
  beforeLoad: async ({ context }) => {
    const first = sectionsFor(await context.client.ensureQueryData(meQuery))[0];
    if (first !== undefined) throw redirect({ to: first.to, replace: true });
  },
});

const roles = createRoute({
  getParentRoute: () => admin,
  path: "/roles",
  component: lazyRouteComponent(() => import("./roles/RolesPage"), "RolesPage"),
});

/** `object` names the kind of record whose fields are shown, or whose line is looked for. */
const role = createRoute({
  getParentRoute: () => admin,
  path: "/roles/$role",
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined; fields?: string | undefined } => ({
    q: text(search["q"]),
    fields: text(search["fields"]),
  }),
  component: lazyRouteComponent(() => import("./roles/RolePage"), "RolePage"),
});

const why = createRoute({
  getParentRoute: () => admin,
  path: "/why",
  validateSearch: (
    search: Record<string, unknown>,
  ): { user?: string | undefined; object?: string | undefined; id?: string | undefined } => ({
    user: text(search["user"]),
    object: text(search["object"]),
    id: text(search["id"]),
  }),
  component: lazyRouteComponent(() => import("./why/WhyPage"), "WhyPage"),
});

const catalogue = createRoute({
  getParentRoute: () => admin,
  path: "/catalogue",
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined; object?: string | undefined } => ({
    q: text(search["q"]),
    object: text(search["object"]),
  }),
  component: lazyRouteComponent(() => import("./catalogue/CataloguePage"), "CataloguePage"),
});

const users = createRoute({
  getParentRoute: () => admin,
  path: "/users",
  validateSearch: (search: Record<string, unknown>): UsersSearch => ({
    q: text(search["q"]),
    role: text(search["role"]),
    team: text(search["team"]),
    active: search["active"] === "no" || search["active"] === "all" ? search["active"] : undefined,
  }),
  component: lazyRouteComponent(() => import("./users/UsersPage"), "UsersPage"),
});

const journal = createRoute({
  getParentRoute: () => admin,
  path: "/journal",
  validateSearch: readJournalSearch,
  component: lazyRouteComponent(() => import("./journal/JournalPage"), "JournalPage"),
});

const sample = createRoute({
  getParentRoute: () => admin,
  path: "/sample",
  validateSearch: (search: Record<string, unknown>): { removal?: string | undefined } => ({ removal: text(search["removal"]) }),
  component: lazyRouteComponent(() => import("./sample/SamplePage"), "SamplePage"),
});

export const adminRoutes = [admin.addChildren([index, roles, role, why, catalogue, users, journal, sample])] as const;

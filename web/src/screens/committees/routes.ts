import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { boardScopes, type BoardScope } from "../../api/committees";
import { app } from "../../app/root";

interface CommitteesSearch {
  scope?: BoardScope | undefined;
  /** One list by date instead of columns. */
  as?: "list" | undefined;
}

const committees = createRoute({
  getParentRoute: () => app,
  path: "/committees",
  validateSearch: (search: Record<string, unknown>): CommitteesSearch => ({
    scope: boardScopes.find((scope) => scope === search["scope"]),
    as: search["as"] === "list" ? "list" : undefined,
  }),
  component: lazyRouteComponent(() => import("./Committees"), "Committees"),
});

export const committeesRoutes = [committees] as const;

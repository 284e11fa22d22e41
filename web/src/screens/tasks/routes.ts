import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app, text } from "../../app/root";
import type { Condition } from "../../api/records";

export const kindsShown = ["task", "promise"] as const;

export interface TasksSearch {
  /** Whose: mine, where nothing is said. */
  scope?: "team" | undefined;
  kind?: (typeof kindsShown)[number] | undefined;
  state?: "done" | undefined;
  hcp?: string | undefined;
  /** A condition (JSON Logic) on the one kind that is shown: the records behind a number elsewhere. */
  filter?: Condition | undefined;
}

const asCondition = (value: unknown): Condition | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Condition) : undefined;

const tasks = createRoute({
  getParentRoute: () => app,
  path: "/tasks",
  validateSearch: (search: Record<string, unknown>): TasksSearch => ({
    scope: search["scope"] === "team" ? "team" : undefined,
    kind: kindsShown.find((kind) => kind === search["kind"]),
    state: search["state"] === "done" ? "done" : undefined,
    hcp: text(search["hcp"]),
    filter: asCondition(search["filter"]),
  }),
  component: lazyRouteComponent(() => import("./Tasks"), "Tasks"),
});

export const tasksRoutes = [tasks] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { prefetchDashboards } from "../../api/day";
import type { Condition } from "../../api/records";
import { app, text } from "../../app/root";

const team = createRoute({
  getParentRoute: () => app,
  path: "/team",
  loader: ({ context: { client } }) => void prefetchDashboards(client, "team"),
  component: lazyRouteComponent(() => import("./Team"), "Team"),
});

export interface BehindSearch {
  object?: string | undefined;
  filter?: Condition | undefined;
  title?: string | undefined;
}

const asCondition = (value: unknown): Condition | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Condition) : undefined;

/** The records behind a number, of objects that have no list of their own. */
const behind = createRoute({
  getParentRoute: () => app,
  path: "/team/records",
  validateSearch: (search: Record<string, unknown>): BehindSearch => ({
    object: text(search["object"]),
    filter: asCondition(search["filter"]),
    title: text(search["title"]),
  }),
  component: lazyRouteComponent(() => import("./Behind"), "Behind"),
});

export const teamRoutes = [team, behind] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Condition } from "../../api/records";
import { needArea } from "../../i18n";
import { app, text } from "../../app/root";

/** What the figures are narrowed by: names of parameters of the dashboards. */
export interface TeamSearch {
  team?: string | undefined;
  owner?: string | undefined;
  product?: string | undefined;
  period?: string | undefined;
}

const team = createRoute({
  getParentRoute: () => app,
  path: "/team",
  beforeLoad: async () => {
    await Promise.all([needArea("figures"), needArea("playbooks")]);
  },
  validateSearch: (search: Record<string, unknown>): TeamSearch => ({
    team: text(search["team"]),
    owner: text(search["owner"]),
    product: text(search["product"]),
    period: text(search["period"]),
  }),
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

import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { recordQuery } from "../../api/records";
import type { ReviewSearch } from "../../api/review";
import { app, text } from "../../app/root";

const review = createRoute({
  getParentRoute: () => app,
  path: "/review",
  validateSearch: (search: Record<string, unknown>): ReviewSearch => ({
    week: text(search["week"]),
    product: text(search["product"]),
    subject: text(search["subject"]),
  }),
  component: lazyRouteComponent(() => import("./Review"), "Review"),
});

/** The week that a notification tells of. */
const noted = createRoute({
  getParentRoute: () => app,
  path: "/review/$id",
  loader: async ({ context: { client }, params: { id } }) => {
    const record = await client.ensureQueryData(recordQuery("weekly_review", id));
    throw redirect({ to: "/review", search: { week: String(record["week"]) }, replace: true });
  },
});

export const reviewRoutes = [review, noted] as const;

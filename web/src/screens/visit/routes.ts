import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { hcpQuery } from "../../api/queries";
import { app } from "../../app/root";

const newVisit = createRoute({
  getParentRoute: () => app,
  path: "/hcp/$id/visit/new",
  loader: ({ context, params }) => void context.client.prefetchQuery(hcpQuery(params.id)),
  component: lazyRouteComponent(() => import("./VisitPage"), "VisitPage"),
});

export const visitRoutes = [newVisit] as const;

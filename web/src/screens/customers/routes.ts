import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app, text } from "../../app/root";

const customers = createRoute({
  getParentRoute: () => app,
  path: "/customers",
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined; temperature?: string | undefined } => ({
    q: text(search["q"]),
    temperature: text(search["temperature"]),
  }),
  component: lazyRouteComponent(() => import("./Customers"), "Customers"),
});

export const customersRoutes = [customers] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root, text } from "../../app/root";

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined } => ({ to: text(search["to"]) }),
  component: lazyRouteComponent(() => import("./SignIn"), "SignIn"),
});

export const signInRoutes = [signIn] as const;

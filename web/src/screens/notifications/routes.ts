import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";

const notifications = createRoute({
  getParentRoute: () => app,
  path: "/notifications",
  validateSearch: (search: Record<string, unknown>): { show?: "unread" | undefined } => ({
    show: search["show"] === "unread" ? "unread" : undefined,
  }),
  component: lazyRouteComponent(() => import("./NotificationsPage"), "NotificationsPage"),
});

export const notificationsRoutes = [notifications] as const;

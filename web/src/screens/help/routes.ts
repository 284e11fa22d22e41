import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app, text } from "../../app/root";

const help = createRoute({
  getParentRoute: () => app,
  path: "/help",
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined } => ({ q: text(search["q"]) }),
  component: lazyRouteComponent(() => import("./HelpPage"), "HelpPage"),
});

const topic = createRoute({
  getParentRoute: () => app,
  path: "/help/$topic",
  component: lazyRouteComponent(() => import("./TopicPage"), "TopicPage"),
});

export const helpRoutes = [help, topic] as const;

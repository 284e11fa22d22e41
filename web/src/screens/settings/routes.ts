import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { app } from "../../app/root";

const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  component: lazyRouteComponent(() => import("./SettingsPage"), "SettingsPage"),
});

const start = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/language", replace: true });
  },
});

const language = createRoute({
  getParentRoute: () => settings,
  path: "/language",
  component: lazyRouteComponent(() => import("./LanguageSection"), "LanguageSection"),
});

const appearance = createRoute({
  getParentRoute: () => settings,
  path: "/appearance",
  component: lazyRouteComponent(() => import("./AppearanceSection"), "AppearanceSection"),
});

const notifications = createRoute({
  getParentRoute: () => settings,
  path: "/notifications",
  component: lazyRouteComponent(() => import("./NotificationsSection"), "NotificationsSection"),
});

const security = createRoute({
  getParentRoute: () => settings,
  path: "/security",
  component: lazyRouteComponent(() => import("./SecuritySection"), "SecuritySection"),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./TokensSection"), "TokensSection"),
});

/** Where the settings stood before they had parts. */
const me = createRoute({
  getParentRoute: () => app,
  path: "/me",
  beforeLoad: () => {
    throw redirect({ to: "/settings/language", replace: true });
  },
});

export const settingsRoutes = [
  settings.addChildren([start, language, appearance, notifications, security, tokens]),
  me,
] as const;

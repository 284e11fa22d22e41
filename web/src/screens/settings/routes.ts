import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { app, text } from "../../app/root";
import { needArea } from "../../i18n";

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

/** A subscription that another screen began: the dashboard, and what it is narrowed by. */
export interface MailSearch {
  subscribe?: string | undefined;
  team?: string | undefined;
  product?: string | undefined;
  period?: string | undefined;
}

const mail = createRoute({
  getParentRoute: () => settings,
  path: "/mail",
  beforeLoad: () => needArea("mail"),
  validateSearch: (search: Record<string, unknown>): MailSearch => ({
    subscribe: text(search["subscribe"]),
    team: text(search["team"]),
    product: text(search["product"]),
    period: text(search["period"]),
  }),
  component: lazyRouteComponent(() => import("./MailSection"), "MailSection"),
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
  settings.addChildren([start, language, appearance, notifications, mail, security, tokens]),
  me,
] as const;

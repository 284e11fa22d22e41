import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "../../app/root";
import { needArea } from "../../i18n";

/** Where the link in a mail leads that ends such mails: nobody need be signed in. */
const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: "/unsubscribe/$token",
  beforeLoad: () => needArea("mail"),
  component: lazyRouteComponent(() => import("./Unsubscribe"), "Unsubscribe"),
});

export const unsubscribeRoutes = [unsubscribe] as const;

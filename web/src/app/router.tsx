/** All addresses of the page. Each screen names its own in its `routes.ts`. */
import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { adminRoutes } from "../screens/admin/routes";
import { committeesRoutes } from "../screens/committees/routes";
import { reviewRoutes } from "../screens/review/routes";
import { safetyRoutes } from "../screens/safety/routes";
import { complianceRoutes } from "../screens/compliance/routes";
import { customersRoutes } from "../screens/customers/routes";
import { handoverRoutes } from "../screens/handover/routes";
import { hcoRoutes } from "../screens/hco/routes";
import { hcpRoutes } from "../screens/hcp/routes";
import { helpRoutes } from "../screens/help/routes";
import { importsRoutes } from "../screens/imports/routes";
import { objectRoutes } from "../screens/object/routes";
import { notificationsRoutes } from "../screens/notifications/routes";
import { passwordRoutes } from "../screens/password/routes";
import { playbooksRoutes } from "../screens/playbooks/routes";
import { rankingRoutes } from "../screens/ranking/routes";
import { resourcesRoutes } from "../screens/resources/routes";
import { settingsRoutes } from "../screens/settings/routes";
import { signInRoutes } from "../screens/sign_in/routes";
import { unsubscribeRoutes } from "../screens/unsubscribe/routes";
import { studioRoutes } from "../screens/studio/routes";
import { tasksRoutes } from "../screens/tasks/routes";
import { teamRoutes } from "../screens/team/routes";
import { warningRoutes } from "../screens/warning/routes";
import { todayRoutes } from "../screens/today/routes";
import { visitRoutes } from "../screens/visit/routes";
import { Failure } from "./Failure";
import { NotFound } from "./NotFound";
import { app, root } from "./root";

const routeTree = root.addChildren([
  ...signInRoutes,
  ...unsubscribeRoutes,
  ...passwordRoutes,
  app.addChildren([
    ...todayRoutes,
    ...customersRoutes,
    ...committeesRoutes,
    ...reviewRoutes,
    ...safetyRoutes,
    ...complianceRoutes,
    ...hcpRoutes,
    ...hcoRoutes,
    ...tasksRoutes,
    ...teamRoutes,
    ...warningRoutes,
    ...handoverRoutes,
    ...visitRoutes,
    ...playbooksRoutes,
    ...rankingRoutes,
    ...resourcesRoutes,
    ...importsRoutes,
    ...objectRoutes,
    ...adminRoutes,
    ...notificationsRoutes,
    ...settingsRoutes,
    ...studioRoutes,
    ...helpRoutes,
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Failure,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

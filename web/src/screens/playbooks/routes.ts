import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { app } from "../../app/root";
import { needArea } from "../../i18n";

const versions = createRoute({
  getParentRoute: () => app,
  path: "/playbooks",
  beforeLoad: () => needArea("playbooks"),
  component: lazyRouteComponent(() => import("./PlaybookVersions"), "PlaybookVersions"),
});

export const playbooksRoutes = [versions] as const;

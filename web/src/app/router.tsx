import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ApiProblem } from "../api/problem";
import { hcpQuery, meQuery, modelQuery, timelineQuery } from "../api/queries";
import { asLanguage, chooseLanguage, currentLanguage, type Language } from "../i18n";
import { Failure } from "./Failure";
import { NotFound } from "./NotFound";
import { Shell, ShellSkeleton } from "./Shell";

interface RouterContext {
  client: QueryClient;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined } => ({ to: text(search["to"]) }),
  component: lazyRouteComponent(() => import("../screens/sign_in/SignIn"), "SignIn"),
});

/** Everything behind the sign-in: it knows the person and the model before it shows a screen. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: Shell,
  pendingComponent: ShellSkeleton,
  errorComponent: Failure,
  beforeLoad: async ({ context, location }) => {
    const to = location.href === "/" ? undefined : location.href;
    try {
      const model = context.client.ensureQueryData(modelQuery());
      // Asked for at once, and refused to a person who must first choose a password: no error of its own.
      model.catch(() => {});
      const me = await context.client.ensureQueryData(meQuery);
      if (me.mustChangePassword) throw redirect({ to: "/password", search: { to } });
      await model;
      await speakAsPerson(context.client, me.lang);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      throw redirect({ to: "/sign-in", search: { to } });
    }
  },
});

/** For a person whose password somebody else has set: they choose their own before anything else. */
const password = createRoute({
  getParentRoute: () => root,
  path: "/password",
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined; lang?: Language | undefined } => ({
    to: text(search["to"]),
    lang: asLanguage(text(search["lang"])) ?? undefined,
  }),
  errorComponent: Failure,
  beforeLoad: async ({ context, search }) => {
    try {
      const me = await context.client.ensureQueryData(meQuery);
      const language = search.lang ?? asLanguage(me.lang);
      if (language !== null && language !== currentLanguage()) await chooseLanguage(language);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      throw redirect({ to: "/sign-in", search: { to: search.to } });
    }
  },
  component: lazyRouteComponent(() => import("../screens/password/PasswordPage"), "PasswordPage"),
});

/** The person's own language, kept at the server, wins over what this device was told before. */
async function speakAsPerson(client: QueryClient, lang: string | null): Promise<void> {
  const language = asLanguage(lang);
  if (language === null || language === currentLanguage()) return;
  await client.ensureQueryData(modelQuery(language));
  await chooseLanguage(language);
}

const today = createRoute({
  getParentRoute: () => app,
  path: "/",
  component: lazyRouteComponent(() => import("../screens/today/Today"), "Today"),
});

const customers = createRoute({
  getParentRoute: () => app,
  path: "/customers",
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined; temperature?: string | undefined } => ({
    q: text(search["q"]),
    temperature: text(search["temperature"]),
  }),
  component: lazyRouteComponent(() => import("../screens/customers/Customers"), "Customers"),
});

const hcpViews = ["timeline", "story", "profile"] as const;
export type HcpView = (typeof hcpViews)[number];

const hcp = createRoute({
  getParentRoute: () => app,
  path: "/hcp/$id",
  validateSearch: (search: Record<string, unknown>): { view?: HcpView | undefined } => ({
    view: hcpViews.find((view) => view === search["view"]),
  }),
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(hcpQuery(params.id));
    void context.client.prefetchInfiniteQuery(timelineQuery(params.id));
  },
  component: lazyRouteComponent(() => import("../screens/hcp/HcpPage"), "HcpPage"),
});

const newVisit = createRoute({
  getParentRoute: () => app,
  path: "/hcp/$id/visit/new",
  loader: ({ context, params }) => void context.client.prefetchQuery(hcpQuery(params.id)),
  component: lazyRouteComponent(() => import("../screens/visit/VisitPage"), "VisitPage"),
});

const me = createRoute({
  getParentRoute: () => app,
  path: "/me",
  component: lazyRouteComponent(() => import("../screens/me/MePage"), "MePage"),
});

const routeTree = root.addChildren([signIn, password, app.addChildren([today, customers, hcp, newVisit, me])]);

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

/** The roots that every screen's routes hang on, and what must be known before any screen shows. */
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { ApiProblem } from "../api/problem";
import { meQuery, modelQuery } from "../api/queries";
import { allTexts, asLanguage, chooseLanguage, currentLanguage } from "../i18n";
import { Failure } from "./Failure";
import { Shell, ShellSkeleton } from "./Shell";

export interface RouterContext {
  client: QueryClient;
}

/** A member of the address that is a text; undefined where it is missing or something else. */
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  // Today starts with few texts; every other screen waits for all of them.
  beforeLoad: ({ location }) => (location.pathname === "/" ? undefined : allTexts()),
});

/** Everything behind the sign-in: it knows the person and the model before it shows a screen. */
export const app = createRoute({
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

/** The person's own language, kept at the server, wins over what this device was told before. */
async function speakAsPerson(client: QueryClient, lang: string | null): Promise<void> {
  const language = asLanguage(lang);
  if (language === null || language === currentLanguage()) return;
  await client.ensureQueryData(modelQuery(language));
  await chooseLanguage(language);
}

import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { ApiProblem } from "../../api/problem";
import { meQuery } from "../../api/queries";
import { Failure } from "../../app/Failure";
import { root, text } from "../../app/root";
import { asLanguage, chooseLanguage, currentLanguage, type Language } from "../../i18n";

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
  component: lazyRouteComponent(() => import("./PasswordPage"), "PasswordPage"),
});

export const passwordRoutes = [password] as const;

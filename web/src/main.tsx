import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenPasswordNeeded, whenSignedOut } from "./api/client";
import { prefetchDashboards } from "./api/day";
import { ApiProblem } from "./api/problem";
import { meQuery } from "./api/queries";
import { Connection } from "./app/Connection";
import { makeRouter } from "./app/router";
import { NewVersion } from "./app/version/NewVersion";
import { keepShell } from "./app/version/newVersion";
import { allTexts, startTexts } from "./i18n";
import { watchEditing } from "./lib/editing";
import { startColours } from "./ui/colours";
import { Toasts } from "./ui/Toasts";
import "./ui/global.css";

/** Only what may go better the next time is tried again: never a refusal, and nothing while there is no network. */
const worthRetrying = (count: number, error: unknown): boolean =>
  count < 2 && navigator.onLine && !(error instanceof ApiProblem && error.status < 500);

const client = new QueryClient({
  defaultOptions: {
    // Without a network a request fails at once and says so, instead of waiting unseen.
    queries: { staleTime: 30_000, retry: worthRetrying, throwOnError: false, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
});
const router = makeRouter(client);

whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === "/sign-in") return;
  void router.navigate({ to: "/sign-in", search: { to: href } }).then(() => client.clear());
});

whenPasswordNeeded(() => {
  const { pathname, href } = router.state.location;
  if (pathname === "/sign-in" || pathname === "/password") return;
  void client.invalidateQueries({ queryKey: meQuery.queryKey });
  void router.navigate({ to: "/password", search: { to: href } });
});

/** The first screen has the network for itself; then come the other texts, and the shell is kept for the next time. Milliseconds. */
const shellDelay = 3000;

function prepare(): void {
  // What has not come by then is asked for again by the screen that needs it.
  allTexts().catch(() => {});
  void keepShell();
}

/**
 * What the first screen shows has mostly come by now (early.ts has asked for it): then it is drawn once, whole, and not
 * first without it. What takes longer is waited for with the shell in sight. Milliseconds.
 */
const patience = 300;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function firstAnswers(): Promise<void> {
  await router.load();
  if (router.state.location.pathname === "/") await prefetchDashboards(client, "today");
}

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no root element");
  await startTexts();
  await Promise.race([firstAnswers(), pause(patience)]);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Toasts>
          <Connection />
          <RouterProvider router={router} />
          <NewVersion />
        </Toasts>
      </QueryClientProvider>
    </StrictMode>,
  );
}

startColours();
watchEditing(document);
void start();
addEventListener("load", () => setTimeout(prepare, shellDelay), { once: true });

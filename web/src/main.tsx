import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenPasswordNeeded, whenSignedOut } from "./api/client";
import { ApiProblem } from "./api/problem";
import { meQuery } from "./api/queries";
import { makeRouter } from "./app/router";
import { startTexts } from "./i18n";
import { theme } from "./ui/theme";
import { Toasts } from "./ui/Toasts";
import "./ui/global.css";

/** Only what may go better the next time is tried again: never a refusal. */
const worthRetrying = (count: number, error: unknown): boolean =>
  count < 2 && !(error instanceof ApiProblem && error.status < 500);

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: worthRetrying, throwOnError: false } },
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

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no root element");
  await startTexts();
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <QueryClientProvider client={client}>
          <Toasts>
            <RouterProvider router={router} />
          </Toasts>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();

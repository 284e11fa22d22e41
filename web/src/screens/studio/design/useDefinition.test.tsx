// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { api } from "../../../api/client";
import { refreshDefinitions } from "../../../api/live";
import { useDefinition } from "./useDefinition";

const answerOf = (status: number, body: object) => ({ ...(status < 300 ? { data: body } : { error: body }), response: new Response(null, { status }) });

/** What the server has been asked and has not answered yet. */
const waiting: ((answer: object) => void)[] = [];
vi.spyOn(api, "GET").mockImplementation((() => new Promise((resolve) => waiting.push(resolve))) as never);
const answer = (status: number, body: object) => act(async () => waiting.shift()?.(answerOf(status, body)));

test("what is only begun stays on the screen while its first version, published meanwhile, is read", async () => {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => useDefinition("objects", "conference"), { wrapper });
  expect(result.current.isPending).toBe(true);
  await answer(404, { title: "no", status: 404, detail: "no" });
  await waitFor(() => expect(result.current.isNew).toBe(true));

  act(() => refreshDefinitions(client));
  await waitFor(() => expect(waiting).toHaveLength(1));
  expect(result.current).toMatchObject({ isNew: true, isPending: false, error: null, definition: { name: "conference", version: 0 } });
  await answer(200, { name: "conference", version: 1 });
  await waitFor(() => expect(result.current).toMatchObject({ isNew: false, definition: { version: 1 } }));
});

test("any other trouble is told as such", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => useDefinition("objects", "hcp"), { wrapper });
  await answer(403, { title: "no", status: 403, detail: "no" });
  await waitFor(() => expect(result.current.error).not.toBeNull());
  expect(result.current).toMatchObject({ isNew: false, definition: undefined });
});

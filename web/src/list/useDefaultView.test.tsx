// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "../api/client";
import { meQuery } from "../api/queries";
import type { Person } from "../api/shapes";
import { useDefaultView } from "./useDefaultView";

const refusal = { title: "no", status: 422, detail: "no" };
const patch = vi.spyOn(api, "PATCH");
const answers = (status: number) =>
  patch.mockResolvedValue({
    ...(status === 200 ? { data: {} } : { error: refusal }),
    response: new Response(null, { status }),
  } as never);

const asked = () =>
  (patch.mock.calls as unknown as [string, { body: unknown }][]).map(([path, { body }]) => [path, body]);

beforeEach(() => {
  patch.mockReset();
  answers(200);
});

/** The default view of `object` for somebody with these preferences; they never leave the page by themselves. */
function defaultViewOf(object: string, preferences: Record<string, unknown>) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(meQuery.queryKey, { id: "u1", preferences } as unknown as Person);
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  return renderHook(() => useDefaultView(object), { wrapper }).result;
}

test("each list has a default view of its own", () => {
  const views = { hcp: "v1", hco: "v2" };
  expect(defaultViewOf("hcp", { views }).current.id).toBe("v1");
  expect(defaultViewOf("hco", { views }).current.id).toBe("v2");
  expect(defaultViewOf("task", { views }).current.id).toBeNull();
  expect(defaultViewOf("hcp", {}).current.id).toBeNull();
});

test("choosing one is kept at the server and leaves those of other lists alone", async () => {
  const view = defaultViewOf("hcp", { views: { hco: "v2" } });
  await act(() => view.current.choose("v9"));
  expect(asked()).toEqual([["/api/v1/me", { preferences: { views: { hco: "v2", hcp: "v9" } } }]]);
  await waitFor(() => expect(view.current.id).toBe("v9"));
});

test("the plain list comes first again when the choice is taken back", async () => {
  const view = defaultViewOf("hcp", { views: { hcp: "v1", hco: "v2" } });
  await act(() => view.current.choose(null));
  expect(asked()).toEqual([["/api/v1/me", { preferences: { views: { hco: "v2" } } }]]);
  await waitFor(() => expect(view.current.id).toBeNull());
});

test("what the server refuses is not shown as kept", async () => {
  const view = defaultViewOf("hcp", { views: { hcp: "v1" } });
  answers(422);
  await act(() => view.current.choose("v9").catch(() => {}));
  await waitFor(() => expect(view.current.id).toBe("v1"));
});

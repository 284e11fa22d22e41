// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api } from "../../api/client";
import type { ImportOrder } from "../../api/imports";
import { useRehearsal } from "./useRehearsal";

const order: ImportOrder = { encoding: null, delimiter: null, header: null, map: { columns: [] }, corrections: {}, skip_lines: [] };
const counts = { rows: 1, created: 1 };
const stopped = { title: "no", status: 409, detail: "no", errors: [{ pointer: "", code: "import_rehearsal_stopped", message: "no" }] };
const answerOf = (status: number, body: object) => ({ ...(status < 300 ? { data: body } : { error: body }), response: new Response(null, { status }) });

/** Rehearsals that the server has not answered yet, and the words to stop that it got. */
let waiting: ((answer: object) => void)[] = [];
let words: string[] = [];
const post = vi.spyOn(api, "POST");

beforeEach(() => {
  waiting = [];
  words = [];
  post.mockImplementation(((path: string) => {
    if (!path.endsWith("/cancel")) return new Promise((resolve) => waiting.push(resolve));
    words.push(path);
    return Promise.resolve(answerOf(202, {}));
  }) as never);
});
afterEach(() => post.mockReset());

const clientOf = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

function rehearsing(client = clientOf(), id = "i1") {
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  return renderHook((what: ImportOrder) => useRehearsal(id, what, 0), { wrapper, initialProps: order });
}
const answer = (status: number, body: object) => act(async () => waiting.shift()?.(answerOf(status, body)));
const turn = () => act(() => new Promise((resolve) => setTimeout(resolve)));

test("a check that was stopped is no trouble, and can be made again", async () => {
  const { result } = rehearsing();
  await waitFor(() => expect(waiting).toHaveLength(1));
  act(() => result.current.cancel?.());
  await waitFor(() => expect(words).toHaveLength(1));
  expect(result.current.cancel).toBeUndefined();
  await answer(409, stopped);
  await waitFor(() => expect(result.current.isStopped).toBe(true));
  expect(result.current.error).toBeNull();
  act(() => result.current.again());
  await waitFor(() => expect(waiting).toHaveLength(1));
  expect(result.current.isStopped).toBe(false);
  expect(result.current.cancel).toBeDefined();
  await answer(200, { counts });
  await waitFor(() => expect(result.current.rehearsal?.counts).toEqual(counts));
  expect(result.current.isStopped).toBe(false);
});

test("other trouble is told as such", async () => {
  const { result } = rehearsing();
  await waitFor(() => expect(waiting).toHaveLength(1));
  await answer(409, { ...stopped, errors: [{ pointer: "", code: "import_not_staged", message: "no" }] });
  await waitFor(() => expect(result.current.error).not.toBeNull());
  expect(result.current.isStopped).toBe(false);
});

test("who leaves stops what is under way, and nothing that has ended", async () => {
  const first = rehearsing();
  await waitFor(() => expect(waiting).toHaveLength(1));
  first.unmount();
  await turn();
  expect(words).toEqual(["/api/v1/import/{id}/rehearsal/cancel"]);
  const second = rehearsing();
  await waitFor(() => expect(waiting).toHaveLength(2));
  waiting.shift();
  await answer(200, { counts });
  await waitFor(() => expect(second.result.current.isChecking).toBe(false));
  second.unmount();
  await turn();
  expect(words).toHaveLength(1);
});

test("the next step goes on with the check of the one before", async () => {
  const client = clientOf();
  const check = rehearsing(client);
  await waitFor(() => expect(waiting).toHaveLength(1));
  check.unmount();
  const confirm = rehearsing(client);
  await turn();
  expect(words).toEqual([]);
  await answer(200, { counts });
  await waitFor(() => expect(confirm.result.current.rehearsal?.counts).toEqual(counts));
});

test("closing the window stops it", async () => {
  rehearsing();
  await waitFor(() => expect(waiting).toHaveLength(1));
  act(() => void window.dispatchEvent(new Event("pagehide")));
  expect(words).toHaveLength(1);
});

import { afterEach, expect, test } from "vitest";
import { api, rememberCsrf } from "./client";

const sent: Request[] = [];

/** Stands where the network would, and keeps what was sent. */
const fetch = (request: Request) => {
  sent.push(request);
  return Promise.resolve(new Response("{}", { status: 200, headers: { "Content-Type": "application/json" } }));
};

afterEach(() => {
  sent.length = 0;
  rememberCsrf(null);
});

const last = (): Headers => sent[sent.length - 1]?.headers ?? new Headers();
const network = { baseUrl: "http://localhost/", fetch };

test("every write carries an idempotency key, a new one for each intention", async () => {
  await api.PATCH("/api/v1/me", { body: { lang: "ja" }, ...network });
  const first = last().get("Idempotency-Key");
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  await api.PATCH("/api/v1/me", { body: { lang: "ja" }, ...network });
  expect(last().get("Idempotency-Key")).not.toBe(first);
});

test("a write that brings its own key keeps it, so that it may be sent again", async () => {
  await api.PATCH("/api/v1/me", { body: { lang: "ja" }, headers: { "Idempotency-Key": "draft-1" }, ...network });
  expect(last().get("Idempotency-Key")).toBe("draft-1");
});

test("reading carries neither key nor token", async () => {
  rememberCsrf("token");
  await api.GET("/api/v1/me", { ...network });
  expect(last().has("Idempotency-Key")).toBe(false);
  expect(last().has("X-CSRF-Token")).toBe(false);
  await api.PATCH("/api/v1/me", { body: { lang: "ja" }, ...network });
  expect(last().get("X-CSRF-Token")).toBe("token");
});

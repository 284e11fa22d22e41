// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { takeEarly } from "./answers";

const asking = (path: string, language = "ja", method = "GET") =>
  new Request(new URL(path, "http://ondo.test"), { method, headers: { "Accept-Language": language } });

function early(language: string | null, ...paths: string[]): void {
  const me = Promise.resolve(new Response("{}"));
  const answers = new Map(paths.map((path) => [path, Promise.resolve(new Response(path))]));
  window.ondoEarly = { me, answers, language: Promise.resolve(language) };
}

afterEach(() => {
  delete window.ondoEarly;
});

test("an early answer is taken once; then the server is asked", async () => {
  early("ja", "/api/v1/model");
  expect(await (await takeEarly(asking("/api/v1/model")))?.text()).toBe("/api/v1/model");
  expect(await takeEarly(asking("/api/v1/model"))).toBeUndefined();
});

test("an answer in another language is left alone, but who one is has no language", async () => {
  early("ja", "/api/v1/model", "/api/v1/me");
  expect(await takeEarly(asking("/api/v1/model", "en"))).toBeUndefined();
  expect(await takeEarly(asking("/api/v1/me", "en"))).toBeDefined();
  early(null, "/api/v1/model");
  expect(await takeEarly(asking("/api/v1/model", "en"))).toBeUndefined();
});

test("only a plain reading of the same address is answered early", async () => {
  early("ja", "/api/v1/model", "/api/v1/list?texts=reader");
  expect(await takeEarly(asking("/api/v1/model?x=1"))).toBeUndefined();
  expect(await takeEarly(asking("/api/v1/list"))).toBeUndefined();
  expect(await takeEarly(asking("/api/v1/list?texts=reader"))).toBeDefined();
  expect(await takeEarly(asking("/api/v1/hcp"))).toBeUndefined();
  expect(await takeEarly(asking("/api/v1/model", "ja", "POST"))).toBeUndefined();
});

test("an early answer that never came does not stand in the way", async () => {
  early("ja");
  window.ondoEarly?.answers.set("/api/v1/model", Promise.reject(new TypeError("network")));
  expect(await takeEarly(asking("/api/v1/model"))).toBeUndefined();
});

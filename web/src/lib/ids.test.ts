import { expect, test } from "vitest";
import { randomId, recordId } from "./ids";

test("an id of a record is a UUID of version 7 that carries its time", () => {
  const at = Date.UTC(2026, 10, 22, 1, 2, 3);
  const id = recordId(at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
  expect(recordId(at + 1) > id).toBe(true);
});

test("a key is a UUID of version 4, and never the same", () => {
  expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(randomId()).not.toBe(randomId());
});

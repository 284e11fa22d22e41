import { expect, test } from "vitest";
import { temporaryPassword } from "./password";

test("a temporary password has four groups that can be read out, and is never the same", () => {
  const made = Array.from({ length: 200 }, temporaryPassword);
  for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  expect(new Set(made).size).toBe(made.length);
});

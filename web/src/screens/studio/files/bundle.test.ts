import { describe, expect, it } from "vitest";
import type { Definition } from "../../../api/definitions";
import { compared, readBundle } from "./bundle";

const file = (definitions: unknown) => JSON.stringify({ ondo: "definitions", exported_at: "2026-11-22T00:00:00.000Z", definitions });
const inForce = [{ kind: "rules", name: "one", version: 3, body: { rule: "one" } }] as unknown as Definition[];

describe("a file of definitions", () => {
  it("is read, or refused as a whole", () => {
    expect(readBundle(file([{ kind: "rules", name: "one", body: { rule: "one" } }]))?.parts).toHaveLength(1);
    for (const wrong of ["", "{}", "[]", file({}), file([{ kind: "rules" }]), JSON.stringify({ definitions: [] })]) {
      expect(readBundle(wrong)).toBeNull();
    }
  });

  it("is held against what is in force: only what differs counts, on the version that it would follow", () => {
    const bundle = readBundle(
      file([
        { kind: "rules", name: "one", body: { rule: "one" } },
        { kind: "rules", name: "one", body: { rule: "one", off: true } },
        { kind: "templates", name: "two", body: { template: "two" } },
      ]),
    );
    expect(bundle && compared(bundle, inForce)).toEqual([
      { kind: "rules", name: "one", body: { rule: "one", off: true }, version: 3, before: { rule: "one" } },
      { kind: "templates", name: "two", body: { template: "two" }, version: 0, before: null },
    ]);
  });
});

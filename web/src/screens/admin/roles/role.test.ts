import { describe, expect, it } from "vitest";
import { applied, appliedAll, collected, differences, fieldRuleOf, scopeOf, type Change, type RoleBody } from "./role";

const role: RoleBody = {
  role: "mr",
  labels: { en: "MR" },
  objects: { hcp: { read: "own", export: "own" }, "*": { read: "all" } },
  fields: { hcp: { read_only: ["tier"] } },
  may: ["import"],
};
const objects = new Map([
  ["hcp", ["tier", "email"]],
  ["product", ["name"]],
]);
const scope = (object: string, verb: "read" | "export", from: "none" | "own" | "all", to: "none" | "own" | "all"): Change => ({
  kind: "scope",
  object,
  verb,
  from,
  to,
});

describe("a role's definition", () => {
  it("gives objects that it does not name what it says of all others", () => {
    expect(scopeOf(role, "product", "read")).toBe("all");
    expect(scopeOf(role, "hcp", "export")).toBe("own");
    expect(scopeOf(role, "hcp", "delete")).toBe("none");
    expect(fieldRuleOf(role, "hcp", "tier")).toBe("read_only");
    expect(fieldRuleOf(role, "hcp", "email")).toBe("open");
  });

  it("keeps what an object took from all others when one verb of it changes", () => {
    const changed = applied(role, scope("product", "export", "none", "all"));
    expect(changed.objects["product"]).toEqual({ read: "all", export: "all" });
    expect(role.objects["product"]).toBeUndefined();
  });

  it("moves a field from one list to the other, and leaves no empty lists", () => {
    const hidden = applied(role, { kind: "field", object: "hcp", field: "tier", from: "read_only", to: "hidden" });
    expect(hidden.fields).toEqual({ hcp: { hidden: ["tier"] } });
    expect(applied(hidden, { kind: "field", object: "hcp", field: "tier", from: "hidden", to: "open" }).fields).toEqual({});
  });

  it("tells what differs, which applied gives the other one", () => {
    const after: RoleBody = { ...role, objects: { hcp: { read: "all" }, "*": { read: "all" } }, fields: {}, may: [] };
    const found = differences(role, after, objects);
    expect(found).toEqual([
      scope("hcp", "read", "own", "all"),
      scope("hcp", "export", "own", "none"),
      { kind: "field", object: "hcp", field: "tier", from: "read_only", to: "open" },
      { kind: "right", right: "import", granted: false },
    ]);
    expect(differences(appliedAll(role, found), after, objects)).toEqual([]);
    expect(differences(role, role, objects)).toEqual([]);
  });
});

describe("changes that are collected", () => {
  it("hold one for each thing, from what is in force, and none that leads back", () => {
    const first = collected([], scope("hcp", "read", "own", "all"));
    const second = collected(first, scope("hcp", "read", "all", "none"));
    expect(second).toEqual([scope("hcp", "read", "own", "none")]);
    expect(collected(second, scope("hcp", "read", "none", "own"))).toEqual([]);
    const right: Change = { kind: "right", right: "users", granted: true };
    expect(collected(collected([], right), { ...right, granted: false })).toEqual([]);
  });
});

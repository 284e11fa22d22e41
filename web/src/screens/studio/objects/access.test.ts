import { describe, expect, it } from "vitest";
import { scopeOf, withNav, withoutObject, withScope, type RoleBody } from "./access";
import { newObject, titledBy } from "./newObject";

const role: RoleBody = { role: "mr", objects: { hcp: { read: "own" }, "*": { read: "none" } }, may: [] };
const texts = (text: string) => ({ en: text, ja: text, zh: text });

describe("E15: who may do what with a new kind of record", () => {
  it("begins with what the role says of everything else", () => {
    expect(scopeOf(role, "conference", "read")).toBe("none");
    expect(scopeOf({ ...role, objects: { "*": { read: "all", create: "own" } } }, "conference", "write")).toBe("own");
  });

  it("lets nobody change what they may not read", () => {
    const next = withScope(role, "conference", "write", "all");
    expect(next.objects["conference"]).toEqual({ read: "all", create: "all", update: "all", delete: "none", export: "none" });
    expect(Object.keys(next.objects)).toEqual(["hcp", "conference", "*"]);
    expect(withScope(next, "conference", "read", "none").objects["conference"]?.["update"]).toBe("none");
    expect(role.objects["conference"]).toBeUndefined();
  });

  it("is taken back whole", () => {
    expect(withoutObject(withScope(role, "conference", "read", "all"), "conference").objects).toEqual(role.objects);
  });
});

describe("E15: a new kind of record", () => {
  const body = newObject({ name: "conference", labels: texts("Conference"), plural: texts("Conferences"), titleLabels: texts("Name"), owned: true, ownerLabels: texts("Owner") });

  it("can be called by one field", () => {
    expect(titledBy(body["title"] as never)).toBe("name");
    expect(titledBy({ en: "{a} {b}", ja: "{a}", zh: "{a}" })).toBeNull();
  });

  it("stands in the navigation of the roles that are named, and of none by itself", () => {
    const shown = withNav(withNav(body, "mr", true), "manager", true);
    expect(shown.layouts?.["nav"]).toEqual(["mr", "manager"]);
    expect(withNav(withNav(shown, "mr", false), "manager", false)).toEqual(body);
  });
});

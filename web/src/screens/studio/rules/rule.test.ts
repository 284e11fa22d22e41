import { describe, expect, it } from "vitest";
import { grouped, joined, pathOf, split, wokenBy, type RuleBody } from "./rule";

const known = { "!!": [{ var: "owner" }] };
const cold = { "==": [{ var: "temperature" }, "skeptical"] };

describe("what sets a rule off", () => {
  it("is taken apart into fields that change and the rest, and put together again", () => {
    for (const condition of [
      { and: [{ changed: ["temperature"] }, cold, known] },
      { and: [{ or: [{ changed: ["tier"] }, { changed: ["owner"] }] }, known] },
      { changed: ["owner"] },
      cold,
      {},
    ]) {
      expect(joined(split(condition))).toEqual(condition);
    }
  });

  it("keeps a change that stands deeper where it is", () => {
    const condition = { or: [{ changed: ["temperature"] }, cold] };
    expect(split(condition)).toEqual({ changed: [], rest: condition });
  });

  it("adds and takes away a field without touching the rest", () => {
    expect(joined({ changed: ["tier"], rest: { and: [cold, known] } })).toEqual({ and: [{ changed: ["tier"] }, cold, known] });
    expect(joined({ changed: [], rest: { and: [cold, known] } })).toEqual({ and: [cold, known] });
  });

  it("knows where a value comes from", () => {
    expect(pathOf({ var: "hcp.owner" })).toBe("hcp.owner");
    expect(pathOf({ var: ["owner"] })).toBe("owner");
    expect(pathOf({ me: [] })).toBeNull();
    expect(pathOf("open")).toBeNull();
  });
});

describe("the moment of a rule", () => {
  const rule: RuleBody = { rule: "r", labels: {}, object: "visit", when: "change", condition: { and: [{ changed: ["owner"] }, cold] }, actions: [] };

  it("takes away what rules of that moment may not say, and asks for what they must", () => {
    const daily = wokenBy(rule, "daily");
    expect(daily).toEqual({ ...rule, when: "daily", condition: cold, cause: [] });
    const after = wokenBy({ ...daily, cause: ["held_at"] }, "after");
    expect(after).toEqual({ ...rule, when: "after", condition: cold, cause: ["held_at"], after: { field: "", minutes: 10 } });
    expect(wokenBy(after, "create")).toEqual({ ...rule, when: "create", condition: cold });
  });

  it("keeps what was said of the moment when it is chosen again", () => {
    const after = wokenBy({ ...rule, after: { field: "held_at", minutes: 30, own: "owner.draft_minutes" } }, "after");
    expect(wokenBy(after, "after").after).toEqual({ field: "held_at", minutes: 30, own: "owner.draft_minutes" });
  });
});

describe("rules under their headings", () => {
  const rule = (label: string, capability: string | null, group?: string) => ({
    label,
    body: { ...(capability === null ? {} : { capability }), ...(group === undefined ? {} : { group: { en: group, ja: group, zh: group } }) },
  });
  it("stand in the order of what they are for, E6 before E10; those without a heading last", () => {
    const list = [rule("plan", "E10", "Area"), rule("warm", "E8", "MR"), rule("own", null), rule("rebuild", "E6", "MR"), rule("told", null, "Notices"), rule("ends", "E3", "Records"), rule("dates", "S13", "Records")];
    const groups = grouped(list, (group) => group.en ?? "", "Others");
    expect(groups.map(({ title, rules }) => [title, rules.map(({ label }) => label)])).toEqual([
      ["MR", ["rebuild", "warm"]],
      ["Area", ["plan"]],
      ["Records", ["ends", "dates"]],
      ["Notices", ["told"]],
      ["Others", ["own"]],
    ]);
  });
});

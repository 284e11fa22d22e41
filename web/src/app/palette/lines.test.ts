import { describe, expect, it } from "vitest";
import type { Hit } from "../../api/search";
import { foundGroups, hitGroups, openingGroups } from "./lines";

const hit = (object: string, id: string): Hit => ({ object, id, title: id, record: { id } });
const action = (id: string) => ({ id, label: id, run: () => {} });

describe("what the palette offers", () => {
  it("is, before a letter is typed, where the person was and what is at hand here", () => {
    const groups = openingGroups([{ object: "hcp", id: "1", title: "A" }], [action("visit")], [action("today")]);
    expect(groups.map(({ name, lines }) => [name, lines.map(({ key }) => key)])).toEqual([
      ["recent", ["hcp.1"]], ["here", ["action.visit"]], ["actions", ["action.today"]],
    ]);
    expect(openingGroups([], [], [])).toEqual([]);
  });

  it("is, then, actions by their words before records by object, people first", () => {
    const groups = foundGroups("to", [action("today"), action("visit")], [hit("task", "1"), hit("hco", "2"), hit("hcp", "3")]);
    expect(groups.map(({ name }) => name)).toEqual(["actions", "hcp", "hco", "task"]);
    expect(groups[0]?.lines).toHaveLength(1);
  });

  it("does not let one object fill it", () => {
    expect(hitGroups(Array.from({ length: 8 }, (_, id) => hit("hcp", String(id))))[0]?.lines).toHaveLength(5);
  });
});

// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { lookedAt, recentRecords } from "./recent";

beforeEach(() => localStorage.clear());

const doctor = (id: number) => ({ object: "hcp", id: String(id), title: `Dr ${id}` });

test("what was looked at last stands first, each once, and not without end", () => {
  for (let id = 0; id < 15; id += 1) lookedAt("me", doctor(id));
  lookedAt("me", { ...doctor(7), title: "new name" });
  const found = recentRecords("me");
  expect(found).toHaveLength(10);
  expect(found[0]).toEqual({ object: "hcp", id: "7", title: "new name" });
  expect(found.filter(({ id }) => id === "7")).toHaveLength(1);
});

test("it is each person's own, and rubbish on the device does no harm", () => {
  lookedAt("me", doctor(1));
  expect(recentRecords("you")).toEqual([]);
  localStorage.setItem("ondo.recent.me", "{");
  expect(recentRecords("me")).toEqual([]);
  localStorage.setItem("ondo.recent.me", '[{"object":1}]');
  expect(recentRecords("me")).toEqual([]);
});
